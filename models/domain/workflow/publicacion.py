"""Publicar y retirar: solo SQL, por conjuntos. La copia pública se basta a sí misma."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from peewee import SQL, Value

from models.adjuntos import Archivo, PubArchivo, PubArchivoAnterior, RegistroArchivo
from models.base import db
from models.busqueda.motores import indice_de
from models.busqueda.renglones import put_publicadas
from models.domain.actos_publicos import note_publicacion, note_retiro
from models.domain.workflow.conjuntos import Conjunto, any_of, ids_of
from models.domain.workflow.contadores import count_publicos, move_publicos
from models.domain.workflow.sumas import count_sumas, move_sumas
from models.formatos import Tabla
from models.pulso import beat
from models.versiones_publicas import close_versiones

_SISTEMA = ("ejercicio", "periodo", "contenido", "catalogo")


def publish(
    tabla: Tabla, suyos: Conjunto, publicos: Conjunto, lugares: Counter[tuple[int, str]], corregidos: Counter[tuple[int, str]],
    instante: int,
) -> None:
    """Copia a lo público el contenido de esos registros, ya con su ``numero_publico`` nuevo.

    ``publicos`` son los que ya lo eran: solo de ellos hay algo que quitar. ``lugares`` cuenta los que quedan, por
    (ejercicio, periodo), y ``corregidos``, de esos, los que ya lo eran.
    """
    antes, sumaban = count_publicos(tabla, publicos), count_sumas(tabla.publica, tabla, publicos)
    _remove_copias(tabla, publicos, instante, None)
    _insert_copias(tabla, suyos, instante)
    _insert_archivos(tabla, suyos)
    put_publicadas(tabla, suyos.en(tabla.trabajo))
    move_publicos(tabla, suyos.sujeto_id, antes, lugares, instante)
    note_publicacion(suyos.sujeto_id, tabla.clave, suyos.ids, antes, lugares, corregidos, instante)
    move_sumas(tabla, suyos.sujeto_id, sumaban, count_sumas(tabla.trabajo, tabla, suyos))
    beat(suyos.sujeto_id)


def withdraw(tabla: Tabla, publicos: Conjunto, instante: int, motivo: str) -> None:
    """Quita de lo público esos registros; queda la lápida en su última versión."""
    antes, sumaban = count_publicos(tabla, publicos), count_sumas(tabla.publica, tabla, publicos)
    _remove_copias(tabla, publicos, instante, motivo)
    move_publicos(tabla, publicos.sujeto_id, antes, Counter(), instante)
    note_retiro(publicos.sujeto_id, tabla.clave, publicos.ids, antes, instante, motivo)
    move_sumas(tabla, publicos.sujeto_id, sumaban, {})
    beat(publicos.sujeto_id)


def _remove_copias(tabla: Tabla, publicos: Conjunto, instante: int, retiro: str | None) -> None:
    """Quita lo que regía; lo que decía pasa a las versiones."""
    if not publicos.ids:
        return
    sujeto_id, ids = publicos.sujeto_id, publicos.ids
    suyas = ids_of(tabla.publica, sujeto_id, ids)
    close_versiones(tabla.publica, tabla.clave, suyas, instante, retiro)
    tabla.publica.delete().where(suyas).execute()
    _keep_archivos(sujeto_id, ids)
    PubArchivo.delete().where((PubArchivo.sujeto_id == sujeto_id) & any_of(PubArchivo.registro_id, ids)).execute()
    indice_de(db.obj).quitar((sujeto_id, i) for i in ids)


def _keep_archivos(sujeto_id: int, ids: Sequence[int]) -> None:
    """Recuerda qué archivos se entregaban: quien vuelva por uno sabrá qué pasó con su registro."""
    llave = [PubArchivo.sujeto_id, PubArchivo.archivo_id, PubArchivo.registro_id, PubArchivo.clave]
    suyos = PubArchivo.select(*llave).where((PubArchivo.sujeto_id == sujeto_id) & any_of(PubArchivo.registro_id, ids))
    PubArchivoAnterior.insert_from(suyos, [getattr(PubArchivoAnterior, campo.name) for campo in llave]
                                   ).on_conflict_ignore().execute()


def _insert_copias(tabla: Tabla, suyos: Conjunto, instante: int) -> None:
    trabajo, publica = tabla.trabajo, tabla.publica
    iguales = [*_SISTEMA, *(c for c in tabla.columnas.values() if c not in ("ejercicio", "periodo"))]
    destino: list[Any] = [publica.sujeto_id, publica.id, publica.numero, publica.actualizado_en,
                          publica.validado_en, publica.desde, *(getattr(publica, c) for c in iguales)]
    origen: list[Any] = [trabajo.sujeto_id, trabajo.id, trabajo.numero_publico, trabajo.contenido_en,
                         SQL(str(instante)), trabajo.publico_desde, *(getattr(trabajo, c) for c in iguales)]
    publica.insert_from(trabajo.select(*origen).where(suyos.en(trabajo)), destino).execute()


def _insert_archivos(tabla: Tabla, suyos: Conjunto) -> None:
    union = (Archivo.sujeto_id == RegistroArchivo.sujeto_id) & (Archivo.id == RegistroArchivo.archivo_id)
    consulta = (RegistroArchivo
                .select(RegistroArchivo.sujeto_id, RegistroArchivo.registro_id, RegistroArchivo.archivo_id,
                        Value(tabla.clave), Archivo.sha256, Archivo.nombre, Archivo.bytes, Archivo.tipo)
                .join(Archivo, on=union)
                .where(suyos.de(RegistroArchivo.sujeto_id, RegistroArchivo.registro_id), RegistroArchivo.clave == tabla.clave))
    PubArchivo.insert_from(consulta, [
        PubArchivo.sujeto_id, PubArchivo.registro_id, PubArchivo.archivo_id, PubArchivo.clave, PubArchivo.sha256,
        PubArchivo.nombre, PubArchivo.bytes, PubArchivo.tipo]).execute()
