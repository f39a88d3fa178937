"""Copiar del periodo anterior: lo que ya estaba, otra vez en rojo, para revisarlo y corregir lo que cambió.

Copiar dos veces no duplica: cada copia recuerda de qué registro salió y a qué periodo. Y una copia que nadie ha revisado ni
editado no se publica (``workflow.actos``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.domain.contexto import ContextoDeSujeto
from models.domain.declaradas import require_sin_declarar
from models.domain.errores import ActoImposible, NoPermitido, ReglaRota
from models.domain.periods import Periodo, anterior, periodos
from models.domain.permissions import Accion, Actor, condiciones, puede_en_formato
from models.domain.protegidos import split_vacios
from models.domain.validation import de_canonico
from models.domain.workflow import guardar
from models.domain.workflow.copiado import copy_mark
from models.folios import a_folio
from models.formatos import Tabla

TOPE = 500
"""Registros por vez; para más, se vuelve a pedir y sigue donde iba."""


@dataclass(frozen=True, slots=True)
class Copiado:
    """Lo que resultó: copias nuevas, las que ya estaban, las que no pudieron ser, y cuántas quedan para otra vez."""

    nuevos: int = 0
    ya_estaban: int = 0
    fuera: int = 0
    quedan: int = 0


def find_periodo(tabla: Tabla, ejercicio: int, clave: str) -> Periodo:
    """El periodo de un formato. Lanza ``ActoImposible`` si no es uno de los suyos."""
    if not tabla.formato.es_vigente and 2004 <= ejercicio <= 2199:
        for periodo in periodos(tabla.formato.periodicidad, ejercicio):
            if periodo.clave == clave:
                return periodo
    raise ActoImposible("Elija el ejercicio y el periodo al que se copia.")


def count_por_copiar(actor: Actor, tabla: Tabla, destino: Periodo) -> tuple[Periodo, int]:
    """De qué periodo se copiaría, y cuántos registros hay ahí."""
    origen = anterior(tabla.formato.periodicidad, destino)
    return origen, _por_copiar(actor, tabla, origen).count()


def copy_anterior(actor: Actor, tabla: Tabla, destino: Periodo) -> Copiado:
    """Copia a ``destino`` lo del periodo que va justo antes; lo que cambia cada periodo queda en blanco."""
    if actor.sujeto_id is None or not puede_en_formato(actor, Accion.CAPTURAR, actor.sujeto_id, tabla.clave):
        raise NoPermitido("Ese formato no está a su cargo.")
    require_sin_declarar(actor.sujeto_id, tabla.clave, destino.ejercicio, destino.clave)
    origen = anterior(tabla.formato.periodicidad, destino)
    contexto, cuentas = ContextoDeSujeto(actor.sujeto_id), {"nuevos": 0, "ya_estaban": 0, "fuera": 0}
    ids = _ids_por_copiar(actor, tabla, origen)
    hechas = _ya_copiados(actor, tabla, ids, destino)
    pendientes = [id_ for id_ in ids if id_ not in hechas]
    modelo = tabla.trabajo
    for fila in _por_copiar(actor, tabla, origen).where(modelo.id.in_(pendientes[:TOPE])).order_by(modelo.id):
        cuentas[_copy_one(actor, tabla, fila, destino, contexto)] += 1
    cuentas["ya_estaban"] += len(hechas)
    return Copiado(**cuentas, quedan=max(0, len(pendientes) - TOPE))


def _copy_one(actor: Actor, tabla: Tabla, fila: Any, destino: Periodo, contexto: ContextoDeSujeto) -> str:
    datos, vacios = de_canonico(fila.contenido)
    cambian = {campo.nombre for campo in tabla.formato.campos if campo.cambia_cada_periodo}
    crudo = {nombre: dato for nombre, dato in datos.items() if nombre not in cambian}
    crudo |= {"ejercicio": destino.ejercicio, "periodo": destino.clave}
    quedan = {nombre: vacio for nombre, vacio in split_vacios(vacios)[0].items() if nombre not in cambian}
    try:
        guardado = guardar(actor, tabla, crudo, quedan, contexto=contexto,
                           envio=copy_mark(fila.id, destino.ejercicio, destino.clave), personales_motivo=fila.personales_motivo)
    except ReglaRota:
        return "fuera"
    return "nuevos" if guardado.nuevo else "ya_estaban"


def _por_copiar(actor: Actor, tabla: Tabla, origen: Periodo) -> Any:
    modelo = tabla.trabajo
    return modelo.select().where(
        *condiciones(actor, Accion.VER, tabla), modelo.ejercicio == origen.ejercicio, modelo.periodo == origen.clave,
        modelo.estado.not_in(["borrado", "retirado"]))


def _ids_por_copiar(actor: Actor, tabla: Tabla, origen: Periodo) -> list[int]:
    return [id_ for (id_,) in _por_copiar(actor, tabla, origen).select(tabla.trabajo.id).order_by(tabla.trabajo.id).tuples()]


def _ya_copiados(actor: Actor, tabla: Tabla, ids: list[int], destino: Periodo) -> set[int]:
    """De cuáles ya hay copia en ese periodo, aunque después se haya editado, movido o borrado."""
    modelo, hechas = tabla.trabajo, set[int]()
    for inicio in range(0, len(ids), TOPE):
        marcas = {copy_mark(id_, destino.ejercicio, destino.clave): id_ for id_ in ids[inicio:inicio + TOPE]}
        filas = modelo.select(modelo.envio).where(
            modelo.sujeto_id == actor.sujeto_id, modelo.envio.in_(list(marcas))).tuples()
        hechas |= {marcas[envio] for (envio,) in filas}
    return hechas


def origin_of(envio: str | None) -> str | None:
    """El folio del registro del que se copió; ``None`` si no es copia."""
    if not envio or not envio.startswith("copia:"):
        return None
    return a_folio(int(envio.split(":")[1]))
