"""Deshacer una carga entera: lo nuevo va a la papelera, lo cambiado vuelve a como estaba y las bajas ya no se piden.

Todo o nada, y solo mientras cada registro siga tal como la carga lo dejó: si alguien ya lo revisó o lo editó, su trabajo manda.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from peewee import Value, fn

from models.actos import Acto, ContenidoAnterior
from models.adjuntos import RegistroArchivo
from models.cargas import ArchivoPendiente, Carga, CargaRegistro
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.declaradas import read_declaradas
from models.domain.errores import ActoImposible
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.workflow.carga_escritura import archivos_of, made_id
from models.domain.workflow.carga_mesa import tuplas
from models.domain.workflow.carga_previa import PREVIA, values_back
from models.domain.workflow.contadores import Lugar, move
from models.folios import a_folio, numerador
from models.formatos import Tabla
from models.presentacion.numeros import contar
from models.reloj import ahora

_EJEMPLOS = 5


@dataclass(frozen=True, slots=True)
class Deshecha:
    """Registros nuevos que fueron a la papelera, cambiados que volvieron a como estaban, y bajas que ya no se piden."""

    nuevos: int
    cambiados: int
    bajas: int


@dataclass(frozen=True, slots=True)
class _Vuelta:
    actor: Actor
    tabla: Tabla
    carga: Carga
    instante: int

    def hechos_por(self, accion: str) -> Any:
        """Lo apuntado de la carga en esa acción, unido a sus registros tal como los dejó."""
        modelo = self.tabla.trabajo
        return ((CargaRegistro.sujeto_id == self.carga.sujeto_id) & (CargaRegistro.carga_id == self.carga.id)
                & (CargaRegistro.accion == accion) & (modelo.sujeto_id == CargaRegistro.sujeto_id)
                & (modelo.id == CargaRegistro.registro_id) & (modelo.version == CargaRegistro.version))


def undo_load(actor: Actor, tabla: Tabla, carga: Carga) -> Deshecha:
    """Deshace la carga. En la transacción de quien llama; lanza ``ActoImposible`` si algo ya se tocó, y dice qué."""
    exigir_vigente(tabla)
    vuelta = _Vuelta(actor, tabla, carga, ahora())
    cuentas = Counter(dict(tuplas(CargaRegistro.select(CargaRegistro.accion, fn.COUNT(CargaRegistro.registro_id)).where(
        *_de_la_carga(carga)).group_by(CargaRegistro.accion))))
    _require_intactos(vuelta)
    hechos = (_bin_nuevos(vuelta), _bring_cambiados(vuelta), _drop_bajas(vuelta))
    if hechos != (cuentas["nuevo"], cuentas["cambia"], cuentas["baja"]):
        raise ActoImposible("Algunos registros de esta carga ya no están a su cargo, así que no puede deshacerla completa. "
                            "Pídalo a su Unidad de Información.")
    ArchivoPendiente.delete().where(
        ArchivoPendiente.sujeto_id == carga.sujeto_id, ArchivoPendiente.carga_id == carga.id).execute()
    return Deshecha(*hechos)


def _de_la_carga(carga: Carga) -> tuple[Any, Any]:
    return CargaRegistro.sujeto_id == carga.sujeto_id, CargaRegistro.carga_id == carga.id


def _require_intactos(vuelta: _Vuelta) -> None:
    """Lanza si alguno ya no está como la carga lo dejó; dice cuántos y los primeros."""
    modelo, carga = vuelta.tabla.trabajo, vuelta.carga
    intacto = modelo.select(modelo.id).where(
        modelo.sujeto_id == CargaRegistro.sujeto_id, modelo.id == CargaRegistro.registro_id,
        modelo.version == CargaRegistro.version)
    tocados = CargaRegistro.select(CargaRegistro.registro_id).where(*_de_la_carga(carga), ~fn.EXISTS(intacto))
    n = tocados.count()
    if n:
        folios = ", ".join(a_folio(uno) for (uno,) in tuplas(tocados.order_by(CargaRegistro.registro_id).limit(_EJEMPLOS)))
        mas = f" y {n - _EJEMPLOS:,} más" if n > _EJEMPLOS else ""
        raise ActoImposible(f"{contar(n, 'registro', 'registros')} de esta carga ya se revisaron o se editaron después: "
                            f"{folios}{mas}. Lo hecho por otras personas no se deshace; corrija esos registros a mano.")


def _bin_nuevos(vuelta: _Vuelta) -> int:
    modelo, actor = vuelta.tabla.trabajo, vuelta.actor
    son = [*condiciones(actor, Accion.BORRAR, vuelta.tabla), vuelta.hechos_por("nuevo"), modelo.numero_publico == 0]
    diferencias = _lugares(vuelta, son, -1)
    for (ejercicio, periodo, _), n in list(diferencias.items()):
        diferencias[ejercicio, periodo, str(Estado.BORRADO)] -= n
    _log(vuelta, son, "borrar", Value(str(Estado.BORRADO)), f"Se deshizo la carga del libro «{vuelta.carga.nombre}».")
    hechos = modelo.update({
        modelo.estado: str(Estado.BORRADO), modelo.version: modelo.version + 1, modelo.cambiado_en: vuelta.instante,
    }).from_(CargaRegistro).where(*son).execute()
    move(vuelta.tabla, vuelta.carga.sujeto_id, diferencias, vuelta.instante)
    return int(hechos)


def _bring_cambiados(vuelta: _Vuelta) -> int:
    modelo, carga = vuelta.tabla.trabajo, vuelta.carga
    son = [*condiciones(vuelta.actor, Accion.EDITAR, vuelta.tabla), vuelta.hechos_por("cambia")]
    columnas, fuentes = values_back(vuelta.tabla)
    previa = [PREVIA.sujeto_id == carga.sujeto_id, PREVIA.carga_id == carga.id, PREVIA.registro_id == modelo.id]
    _keep_contenidos(vuelta, son)
    diferencias = _lugares(vuelta, son, -1)
    _log(vuelta, son, "deshacer", modelo.estado, f"la carga del libro «{carga.nombre}»")
    cambios = columnas | {modelo.version: modelo.version + 1, modelo.cambiado_en: vuelta.instante}
    hechos = int(modelo.update(cambios).from_(CargaRegistro, *fuentes).where(*son, *previa).execute())
    if hechos:
        _set_estados(vuelta)
        vueltos = [vuelta.tabla.trabajo.id == CargaRegistro.registro_id, modelo.version == CargaRegistro.version + 1,
                   modelo.sujeto_id == carga.sujeto_id, *_de_la_carga(carga), CargaRegistro.accion == "cambia"]
        diferencias.update(_lugares(vuelta, vueltos, 1))
        _require_sin_declarar(vuelta, diferencias)
        _relink(vuelta, vueltos)
    move(vuelta.tabla, carga.sujeto_id, diferencias, vuelta.instante)
    return hechos


def _drop_bajas(vuelta: _Vuelta) -> int:
    modelo = vuelta.tabla.trabajo
    son = [*condiciones(vuelta.actor, Accion.SOLICITAR_BAJA, vuelta.tabla), vuelta.hechos_por("baja")]
    _log(vuelta, son, "deshacer", modelo.estado, "la solicitud de baja")
    return int(modelo.update({
        modelo.baja_motivo: None, modelo.baja_por: None, modelo.version: modelo.version + 1,
        modelo.cambiado_en: vuelta.instante}).from_(CargaRegistro).where(*son).execute())


def _lugares(vuelta: _Vuelta, son: list[Any], signo: int) -> Counter[Lugar]:
    modelo = vuelta.tabla.trabajo
    consulta = modelo.select(modelo.ejercicio, modelo.periodo, modelo.estado, fn.COUNT(modelo.id)).join(
        CargaRegistro, on=(CargaRegistro.registro_id == modelo.id)).where(*son).group_by(
        modelo.ejercicio, modelo.periodo, modelo.estado)
    return Counter({(ejercicio, periodo, estado): signo * n for ejercicio, periodo, estado, n in tuplas(consulta)})


def _log(vuelta: _Vuelta, son: list[Any], acto: str, estado: Any, motivo: str) -> None:
    modelo = vuelta.tabla.trabajo
    [(ultima,)] = tuplas(CargaRegistro.select(fn.MAX(CargaRegistro.fila)).where(*_de_la_carga(vuelta.carga)))
    columnas: dict[Any, Any] = {
        Acto.sujeto_id: modelo.sujeto_id, Acto.id: made_id(numerador.apartar((ultima or 0) + 1), '"t2"'),
        Acto.clave: Value(vuelta.tabla.clave), Acto.registro_id: modelo.id, Acto.acto: Value(acto),
        Acto.estado_antes: modelo.estado, Acto.estado: estado, Acto.version: modelo.version + 1,
        Acto.usuario_id: Value(vuelta.actor.id), Acto.instante: Value(vuelta.instante), Acto.motivo: Value(motivo),
        Acto.autoaprobacion: Value(False)}
    consulta = modelo.select(*columnas.values()).join(CargaRegistro, on=(CargaRegistro.registro_id == modelo.id)).where(*son)
    Acto.insert_from(consulta, list(columnas)).execute()


def _set_estados(vuelta: _Vuelta) -> None:
    """El acto de deshacer dice a qué estado volvió cada uno."""
    modelo, carga = vuelta.tabla.trabajo, vuelta.carga
    Acto.update({Acto.estado: modelo.estado}).from_(modelo).where(
        Acto.sujeto_id == carga.sujeto_id, Acto.instante == vuelta.instante, Acto.clave == vuelta.tabla.clave,
        Acto.acto == "deshacer", modelo.sujeto_id == Acto.sujeto_id, modelo.id == Acto.registro_id,
        modelo.version == Acto.version).execute()


def _keep_contenidos(vuelta: _Vuelta, son: list[Any]) -> None:
    modelo = vuelta.tabla.trabajo
    columnas: dict[Any, Any] = {
        ContenidoAnterior.sujeto_id: modelo.sujeto_id, ContenidoAnterior.registro_id: modelo.id,
        ContenidoAnterior.version: modelo.version, ContenidoAnterior.contenido: modelo.contenido,
        ContenidoAnterior.catalogo: modelo.catalogo, ContenidoAnterior.contenido_en: modelo.contenido_en}
    consulta = modelo.select(*columnas.values()).join(CargaRegistro, on=(CargaRegistro.registro_id == modelo.id)).where(*son)
    ContenidoAnterior.insert_from(consulta, list(columnas)).execute()


def _require_sin_declarar(vuelta: _Vuelta, diferencias: Counter[Lugar]) -> None:
    """Nada vuelve a donde mientras tanto se declaró que no hay nada."""
    declaradas = read_declaradas(vuelta.carga.sujeto_id, vuelta.tabla.clave)
    for (ejercicio, periodo, _), n in diferencias.items():
        if n > 0 and (razon := declaradas.reason(ejercicio, periodo)):
            raise ActoImposible(razon)


def _relink(vuelta: _Vuelta, vueltos: list[Any]) -> None:
    modelo, sujeto_id = vuelta.tabla.trabajo, vuelta.carga.sujeto_id
    cambiados = CargaRegistro.select(CargaRegistro.registro_id).where(
        *_de_la_carga(vuelta.carga), CargaRegistro.accion == "cambia")
    RegistroArchivo.delete().where(RegistroArchivo.sujeto_id == sujeto_id, RegistroArchivo.registro_id.in_(cambiados)).execute()
    for columna in archivos_of(vuelta.tabla):
        archivo = getattr(modelo, columna)
        consulta = modelo.select(modelo.sujeto_id, modelo.id, archivo, Value(vuelta.tabla.clave)).join(
            CargaRegistro, on=(CargaRegistro.registro_id == modelo.id)).where(*vueltos, archivo.is_null(False))
        RegistroArchivo.insert_from(consulta, [
            RegistroArchivo.sujeto_id, RegistroArchivo.registro_id, RegistroArchivo.archivo_id, RegistroArchivo.clave,
        ]).on_conflict_ignore().execute()
