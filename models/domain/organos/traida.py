"""Traer a un formato lo que los órganos colegiados ya tienen: cada sesión, o cada integrante, como un registro en rojo.

Qué dato va en qué campo lo dice el formato (``trae_de``). El registro lleva el ``id`` de su sesión o integrante: traer otra
vez no duplica, y lo que ya está no se toca, porque alguien pudo completarlo.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from fracciones_config import Formato, TipoCampo
from fracciones_config.formato import Traida
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import NoPermitido, ReglaRota
from models.domain.organos.integrantes import datos_de as datos_de_integrante
from models.domain.organos.integrantes import is_vigente
from models.domain.organos.sesiones import datos_de as datos_de_sesion
from models.domain.periods import periodos
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.domain.workflow import guardar
from models.folios import a_folio
from models.formatos import Tabla
from models.maestros import Organo
from models.organos import OrganoIntegrante, OrganoSesion
from models.reloj import hoy


def bring_de_organos(actor: Actor, tabla: Tabla) -> int:
    """Trae lo que falte y dice cuántos registros nacieron. Lanza ``NoPermitido``."""
    traida = tabla.formato.trae_de
    if actor.sujeto_id is None or not puede(actor, Accion.CAPTURAR, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido("Ese formato no está a su cargo.")
    if traida is None:
        raise NoPermitido("Este formato no se llena con los órganos colegiados.")
    contexto, nuevos, modelo = ContextoDeSujeto(actor.sujeto_id), 0, tabla.trabajo
    ya = {i for (i,) in modelo.select(modelo.id).where(
        modelo.sujeto_id == actor.sujeto_id, modelo.id.in_([i for i, _ in _partes(actor.sujeto_id, traida)] or [0])).tuples()}
    for identificador, datos in _partes(actor.sujeto_id, traida):
        if identificador in ya:
            continue
        try:
            guardar(actor, tabla, _crudo(tabla.formato, traida, datos), identificador=identificador, contexto=contexto)
            nuevos += 1
        except ReglaRota:
            continue
    return nuevos


def _partes(sujeto_id: int, traida: Traida) -> Iterator[tuple[int, dict[str, Any]]]:
    """(id, datos) de cada sesión que ya fue, o de cada integrante de hoy, de los órganos que el formato quiere."""
    organos = {o.id: o for o in Organo.select().where(Organo.sujeto_id == sujeto_id)
               if not traida.solo or json.loads(o.datos).get("tipo") in traida.solo}
    if traida.maestro == "sesion":
        filas: list[Any] = list(OrganoSesion.select().where(OrganoSesion.sujeto_id == sujeto_id, OrganoSesion.fecha <= hoy()))
        leer: Any = datos_de_sesion
    else:
        todos = OrganoIntegrante.select().where(OrganoIntegrante.sujeto_id == sujeto_id)
        filas, leer = [fila for fila in todos if is_vigente(fila)], datos_de_integrante
    for fila in filas:
        if organo := organos.get(fila.organo_id):
            yield fila.id, leer(fila) | {"organo": {"id": a_folio(organo.id), "texto": organo.nombre}}


def _crudo(formato: Formato, traida: Traida, datos: dict[str, Any]) -> dict[str, Any]:
    crudo: dict[str, Any] = dict(traida.valores)
    for campo, columna in traida.campos.items():
        dato = datos.get(columna)
        if campo in traida.equivale:
            dato = traida.equivale[campo].get(str(dato))
        if formato.por_nombre[campo].tipo is TipoCampo.OPCION and dato not in formato.por_nombre[campo].opciones:
            continue
        if dato is not None:
            crudo[campo] = dato
    if not formato.es_vigente and "fecha" in datos:
        crudo |= _periodo(formato, dt.date.fromisoformat(datos["fecha"]))
    return crudo


def _periodo(formato: Formato, dia: dt.date) -> dict[str, Any]:
    """El ejercicio y el periodo en que cae el día; si no cae en ninguno, solo el ejercicio."""
    suyo = next((p.clave for p in periodos(formato.periodicidad, dia.year) if p.inicio <= dia <= p.fin), None)
    return {"ejercicio": dia.year} | ({"periodo": suyo} if suyo else {})
