"""Suprimir: un dato que no debía ser público deja de estar en todas las versiones de su registro, a la vez y para siempre.

Todo en una transacción: la fila de trabajo, la copia pública, sus versiones, lo que decía antes, la búsqueda, los archivos y
los rastros en otras tablas; y, en la bitácora, quién lo hizo y por qué acta, sin el dato. No cambia el estado del registro.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.actos import ContenidoAnterior, PubVersion
from models.actos_publicos import Clase
from models.base import db
from models.columnas import Valor, a_columna
from models.domain.actos_publicos import MARGEN, note_acto
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible, Conflicto, NoExiste, NoPermitido
from models.domain.masters import save_maestro, unproject
from models.domain.mensajes.de_supresion import notify_supresion
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.protegidos import build_protegido
from models.domain.supresion.archivos import BASE, VOLCADO, drop_archivos, drop_libros, note_por_borrar
from models.domain.supresion.limpio import LARGO, NADA, clean_contenido, files_in, find_dato, texts_of, to_json, worth_hiding
from models.domain.supresion.orden import Objetivo, Orden, OrdenInvalida
from models.domain.supresion.palabras import drop_palabras
from models.domain.supresion.rastros import Rastro, scrub
from models.domain.supresion.tachar import Tachador
from models.domain.validation import de_canonico
from models.domain.workflow.bitacora import log_actos
from models.domain.workflow.conjuntos import Conjunto
from models.domain.workflow.contadores import move, move_publicos
from models.domain.workflow.indizado import reindex_one
from models.domain.workflow.puesta_al_dia import rewrite, validate_guardado
from models.domain.workflow.sumas import count_sumas, move_sumas
from models.folios import nuevo_id
from models.formatos import Tabla
from models.presentacion.fechas import fecha
from models.pulso import beat
from models.reloj import ahora, hoy
from models.sellado import Sellado
from models.versiones_publicas import VersionPublica, read_versiones
from models.vigor import EsquemaCampo

ACTO = "suprimir"
_CON_DATO = "No escriba el dato aquí: esto se lee en el historial y le llega al órgano garante."
_TEXTOS = ("motivo", "baja_motivo", "personales_motivo")


@dataclass(frozen=True, slots=True)
class Suprimido:
    """Cuántas versiones públicas cambiaron y en qué versión quedó el registro."""

    versiones: int
    version: int


@dataclass(frozen=True, slots=True)
class _Caso:
    """El registro con todo lo que ha dicho."""

    actor: Actor
    tabla: Tabla
    fila: Any
    orden: Orden
    publicas: Sequence[VersionPublica]
    anteriores: Sequence[ContenidoAnterior]
    instante: int
    dia: dt.date

    @property
    def marca(self) -> dict[str, Any]:
        return self.orden.marca(self.dia)

    @property
    def contenidos(self) -> list[str]:
        return [self.fila.contenido, *(v.contenido for v in self.publicas), *(a.contenido for a in self.anteriores)]

    def clean(self, contenido: str) -> str:
        return clean_contenido(contenido, self.orden.objetivos, self.marca)


def suprimir(actor: Actor, tabla: Tabla, registro: int, version: int, orden: Orden) -> Suprimido:
    """Suprime lo que la orden dice, si el registro sigue en la versión que la persona vio.

    Lanza ``NoPermitido``, ``NoExiste``, ``Conflicto``, ``ActoImposible`` (nunca fue público, o ahí no hay nada) u
    ``OrdenInvalida`` (el motivo repite el dato); entonces nada cambió. Después hay que llamar a ``clean_disk``.
    """
    if actor.sujeto_id is None or not puede(actor, Accion.SUPRIMIR, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido("Solo la Unidad de Información suprime datos de los registros de su institución.")
    with db.atomic():
        exigir_vigente(tabla)
        caso = _read(actor, tabla, registro, version, orden)
        textos = _require_con_que(caso)
        tachador = Tachador(worth_hiding(textos))
        _seal(caso)
        n = _clean_versiones(caso, tachador)
        _clean_publica(caso)
        _clean_trabajo(caso, tachador)
        archivos = [dato for contenido in caso.contenidos for dato in files_in(tabla.formato, orden.objetivos, contenido)]
        drop_archivos(caso.fila.sujeto_id, registro, archivos, orden.borrar)
        drop_libros(caso.fila.sujeto_id, registro)
        scrub(Rastro(tabla, caso.fila.sujeto_id, registro, orden.objetivos, caso.marca, tachador,
                     Tachador(worth_hiding(textos, LARGO))))
        drop_palabras(textos)
        note_por_borrar(caso.fila.sujeto_id, VOLCADO, str(caso.instante + MARGEN))
        if orden.borrar:
            note_por_borrar(caso.fila.sujeto_id, BASE, tabla.clave)
        _log(caso)
        beat(caso.fila.sujeto_id)
    return Suprimido(n, caso.fila.version + 1)


def _read(actor: Actor, tabla: Tabla, registro: int, version: int, orden: Orden) -> _Caso:
    modelo = tabla.trabajo
    consulta = modelo.select().where(*condiciones(actor, Accion.SUPRIMIR, tabla), modelo.id == registro)
    fila = (consulta.for_update() if db.obj.for_update else consulta).first()
    if fila is None:
        raise NoExiste()
    if not fila.numero_publico:
        raise ActoImposible("Ese registro nunca ha sido público: corríjalo o bórrelo, no hace falta un acta.")
    if fila.version != version:
        raise Conflicto(fila)
    publicas = read_versiones(db.obj, tabla.clave, fila.sujeto_id, [registro])
    anteriores = ContenidoAnterior.select().where(
        ContenidoAnterior.sujeto_id == fila.sujeto_id, ContenidoAnterior.registro_id == registro)
    return _Caso(actor, tabla, fila, orden, publicas, list(anteriores), ahora(), hoy())


def _require_con_que(caso: _Caso) -> list[str]:
    """Que cada dato haya sido público, y que la orden no lo repita. Da cómo se pudo escribir, para tacharlo en otros textos."""
    formato, textos = caso.tabla.formato, list[str]()
    for objetivo in caso.orden.objetivos:
        hallados = [dato for contenido in caso.contenidos if (dato := find_dato(contenido, objetivo)) is not NADA]
        if all(find_dato(v.contenido, objetivo) is NADA for v in caso.publicas):
            raise ActoImposible(f"«{formato.por_nombre[objetivo.campo].etiqueta}» no ha tenido ningún dato público.")
        textos += [dicho for dato in hallados for dicho in texts_of(formato, objetivo, dato)]
    tachador = Tachador(worth_hiding(textos))
    mal = {nombre: _CON_DATO for nombre, dicho in (("motivo", caso.orden.motivo), ("acta", caso.orden.acta))
           if tachador.finds(dicho)}
    if mal:
        raise OrdenInvalida(mal)
    return textos


def _seal(caso: _Caso) -> None:
    """Guarda aparte cada original distinto, con la versión pública en que estaba. Si el acta ordena borrar, ninguno."""
    if caso.orden.borrar:
        return
    fuentes: list[tuple[int | None, str]] = [(v.numero, v.contenido) for v in caso.publicas]
    fuentes += [(None, contenido) for contenido in (caso.fila.contenido, *(a.contenido for a in caso.anteriores))]
    for objetivo in caso.orden.objetivos:
        vistos = set[str]()
        for numero, contenido in fuentes:
            if (dato := find_dato(contenido, objetivo)) is NADA or (original := to_json(dato)) in vistos:
                continue
            vistos.add(original)
            Sellado.insert(
                sujeto_id=caso.fila.sujeto_id, id=nuevo_id(), clave=caso.tabla.clave, registro_id=caso.fila.id,
                campo=objetivo.campo, columna=objetivo.columna or None, version=numero, original=original,
                sha256=dato.get("sha256") if isinstance(dato, dict) else None, acta=caso.orden.acta,
                acta_fecha=caso.orden.acta_fecha, sellado_por=caso.actor.id, sellado_en=caso.instante).execute()


def _clean_versiones(caso: _Caso, tachador: Tachador) -> int:
    """Las públicas, con el motivo de su retiro, y las de trabajo. Da en cuántas públicas estaba.

    La de hoy, que se cuenta aquí, se limpia en su copia (``_clean_publica``); si la base es de antes y la guarda también
    entre las versiones, ahí se limpia con ellas.
    """
    n = 0
    for publica in caso.publicas:
        limpio = caso.clean(publica.contenido)
        n += limpio != publica.contenido
        if limpio != publica.contenido or tachador.finds(publica.retiro):
            retiro = tachador.cross(publica.retiro) if publica.retiro else None
            PubVersion.update(contenido=limpio, retiro=retiro).where(
                PubVersion.sujeto_id == caso.fila.sujeto_id, PubVersion.registro_id == publica.registro_id,
                PubVersion.numero == publica.numero).execute()
    for anterior in caso.anteriores:
        limpio = caso.clean(anterior.contenido)
        if limpio != anterior.contenido:
            ContenidoAnterior.update(contenido=limpio).where(
                ContenidoAnterior.sujeto_id == anterior.sujeto_id, ContenidoAnterior.registro_id == anterior.registro_id,
                ContenidoAnterior.version == anterior.version).execute()
    return n


def _clean_publica(caso: _Caso) -> None:
    """La copia que hoy se lee, y sus palabras en la búsqueda."""
    tabla, publica = caso.tabla, caso.tabla.publica
    suya = (publica.sujeto_id == caso.fila.sujeto_id) & (publica.id == caso.fila.id)
    copia = publica.get_or_none(suya)
    if copia is None:
        return
    limpio, solo = caso.clean(copia.contenido), Conjunto(caso.fila.sujeto_id, [caso.fila.id])
    sumaba = count_sumas(publica, tabla, solo)
    publica.update(contenido=limpio, **_fisicas(caso, limpio)).where(suya).execute()
    _null_idas(caso, publica)
    move_sumas(tabla, caso.fila.sujeto_id, sumaba, count_sumas(publica, tabla, solo))
    reindex_one(tabla, caso.fila.sujeto_id, caso.fila.id, limpio)
    lugar = Counter({(int(copia.ejercicio), str(copia.periodo)): 1})
    move_publicos(tabla, caso.fila.sujeto_id, lugar, lugar, caso.instante)


def _fisicas(caso: _Caso, contenido: str) -> dict[str, Valor | None]:
    """Las columnas de los campos suprimidos, como quedan."""
    datos = de_canonico(contenido)[0]
    columnas: dict[str, Valor | None] = {}
    for objetivo in caso.orden.objetivos:
        try:
            valor = a_columna(caso.tabla.formato.por_nombre[objetivo.campo], datos.get(objetivo.campo))
        except (ValueError, TypeError, KeyError):
            valor = None  # se publicó cuando el campo era de otro tipo
        columnas[caso.tabla.columnas[objetivo.campo]] = valor
    return columnas


def _null_idas(caso: _Caso, modelo: Any) -> None:
    """Las columnas que el campo usó con otro tipo siguen en la tabla: también se vacían."""
    idas = EsquemaCampo.select(EsquemaCampo.columna).where(
        EsquemaCampo.clave == caso.tabla.clave, EsquemaCampo.nombre.in_([o.campo for o in caso.orden.objetivos]),
        EsquemaCampo.baja.is_null(False)).tuples()
    for (columna,) in idas:
        db.execute_sql(f'UPDATE "{modelo._meta.table_name}" SET "{columna}" = NULL '
                       f"WHERE sujeto_id = {db.obj.param} AND id = {db.obj.param}", (caso.fila.sujeto_id, caso.fila.id))


def _clean_trabajo(caso: _Caso, tachador: Tachador) -> None:
    """La fila de trabajo, con su maestro si lo proyecta. Sube de versión: quien la tenga abierta lo sabrá al guardar."""
    tabla, fila, modelo = caso.tabla, caso.fila, caso.tabla.trabajo
    textos = {columna: tachador.cross(getattr(fila, columna)) for columna in _TEXTOS if tachador.finds(getattr(fila, columna))}
    if fila.motivos_campo:
        campos = [o.campo for o in caso.orden.objetivos]
        textos["motivos_campo"] = tachador.cross_json(fila.motivos_campo, sin=campos)
    hechas = modelo.update(version=fila.version + 1, cambiado_en=caso.instante, **textos).where(
        modelo.sujeto_id == fila.sujeto_id, modelo.id == fila.id, modelo.version == fila.version).execute()
    if not hechas:
        raise Conflicto(fila)
    limpio, contexto = caso.clean(fila.contenido), ContextoDeSujeto(fila.sujeto_id)
    validacion = validate_guardado(tabla, limpio, contexto)
    fila.personales_motivo = textos.get("personales_motivo", fila.personales_motivo)
    rewrite(tabla, fila, validacion, fila.contenido_en, contexto, {
        "contenido": limpio, "catalogo": fila.catalogo, "puesto_al_dia": fila.puesto_al_dia})
    _null_idas(caso, modelo)
    if tabla.formato.proyeccion is not None:
        save_maestro(fila.sujeto_id, tabla.formato.proyeccion.maestro, unproject(tabla.formato, validacion.datos), fila.id)
    move(tabla, fila.sujeto_id, Counter({(fila.ejercicio, fila.periodo, str(fila.estado)): 0}), caso.instante)


def _log(caso: _Caso) -> None:
    """El acto, sin el dato, en la bitácora y en lo que se lee de los cambios; y los avisos."""
    orden, fila, marca = caso.orden, caso.fila, build_protegido(caso.marca)
    que = "se borró" if orden.borrar else "se selló"
    porque = f"Acta {orden.acta} del {fecha(orden.acta_fecha)}: {orden.motivo}"
    dicho, ultima = f"{porque} El original {que}.", caso.publicas[-1]
    note_acto(fila.sujeto_id, caso.tabla.clave, Clase.PROTECCION, ultima.ejercicio, ultima.periodo, porque, [fila.id])
    log_actos([{
        "sujeto_id": fila.sujeto_id, "clave": caso.tabla.clave, "registro_id": fila.id, "acto": ACTO,
        "estado_antes": fila.estado, "estado": fila.estado, "version": fila.version + 1, "usuario_id": caso.actor.id,
        "instante": caso.instante, "motivo": dicho,
        "cambios": json.dumps({o.campo: [marca, marca] for o in orden.objetivos}, ensure_ascii=False)}])
    notify_supresion(caso.actor, caso.tabla, fila, [_label(caso.tabla, o) for o in orden.objetivos], dicho)


def _label(tabla: Tabla, objetivo: Objetivo) -> str:
    campo = tabla.formato.por_nombre[objetivo.campo]
    return f"{campo.etiqueta}: {campo.subcampo(objetivo.columna).etiqueta}" if objetivo.columna else campo.etiqueta
