"""Quién integra un órgano: agregar, corregir, decir hasta cuándo, y quitar lo que se anotó por error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fracciones_config import Catalogo
from models.base import db
from models.domain.campos_sueltos import CamposInvalidos, read_campos
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible, NoExiste
from models.domain.masters import cargo_de
from models.domain.organos.campos import campos_de_integrante
from models.domain.organos.fichas import require_en_organos, touch
from models.domain.permissions import Accion, Actor
from models.folios import a_folio, de_folio, nuevo_id
from models.maestros import Organo
from models.organos import OrganoIntegrante
from models.reloj import ahora, hoy


def integrantes_de(organo: Organo) -> list[OrganoIntegrante]:
    """Todos, los de hoy primero y en el orden en que se anotaron."""
    filas = list(OrganoIntegrante.select().where(
        OrganoIntegrante.sujeto_id == organo.sujeto_id, OrganoIntegrante.organo_id == organo.id,
    ).order_by(OrganoIntegrante.id))
    return sorted(filas, key=lambda fila: not is_vigente(fila))


def is_vigente(integrante: OrganoIntegrante) -> bool:
    """Si hoy sigue en el órgano."""
    return integrante.hasta is None or integrante.hasta >= hoy()


def find_integrante(organo: Organo, identificador: int) -> OrganoIntegrante:
    """Un integrante de ese órgano. Lanza ``NoExiste``."""
    fila = OrganoIntegrante.get_or_none(
        OrganoIntegrante.sujeto_id == organo.sujeto_id, OrganoIntegrante.id == identificador)
    if fila is None or fila.organo_id != organo.id:
        raise NoExiste()
    return fila  # type: ignore[no-any-return]


def datos_de(integrante: OrganoIntegrante) -> dict[str, Any]:
    """El integrante como datos de sus campos."""
    datos = {"persona": {"id": a_folio(integrante.persona_id), "texto": integrante.nombre}, "puesto": integrante.puesto,
             "desde": integrante.desde.isoformat()}
    return datos | ({"hasta": integrante.hasta.isoformat()} if integrante.hasta else {})


def save_integrante(actor: Actor, catalogo: Catalogo, organo: Organo, crudo: Mapping[str, Any],
                    integrante: OrganoIntegrante | None = None) -> int:
    """Agrega o corrige un integrante y da su id. Lanza ``CamposInvalidos``, ``NoPermitido`` o ``ActoImposible``."""
    sujeto_id = require_en_organos(actor, Accion.CAPTURAR)
    _require_vivo(organo)
    datos = read_campos(campos_de_integrante(catalogo), crudo, ContextoDeSujeto(sujeto_id))
    desde, hasta = (dt.date.fromisoformat(datos[n]) if n in datos else None for n in ("desde", "hasta"))
    if desde and hasta and hasta < desde:
        raise CamposInvalidos({"hasta": "Es anterior a la fecha en que se integró."})
    persona_id = de_folio(datos["persona"]["id"])
    identificador = integrante.id if integrante else nuevo_id()
    _require_sin_repetir(organo, persona_id, datos["puesto"], desde, hasta, identificador)
    conserva = integrante is not None and integrante.persona_id == persona_id
    fila = {"persona_id": persona_id, "nombre": datos["persona"]["texto"], "puesto": datos["puesto"], "desde": desde,
            "cargo": integrante.cargo if integrante and conserva else cargo_de(sujeto_id, persona_id), "hasta": hasta,
            "cambiado_en": ahora()}
    with db.atomic():
        if integrante is None:
            OrganoIntegrante.insert(sujeto_id=sujeto_id, id=identificador, organo_id=organo.id, **fila).execute()
        else:
            OrganoIntegrante.update(**fila).where(
                OrganoIntegrante.sujeto_id == sujeto_id, OrganoIntegrante.id == identificador).execute()
        touch(actor, organo.id, f"{'Corrigió' if integrante else 'Agregó'} a {fila['nombre']}")
    return int(identificador)


def remove_integrante(actor: Actor, organo: Organo, integrante: OrganoIntegrante) -> None:
    """Quita a quien se anotó por error. Quien de veras estuvo no se quita: se le pone hasta cuándo."""
    require_en_organos(actor, Accion.CAPTURAR)
    _require_vivo(organo)
    with db.atomic():
        OrganoIntegrante.delete().where(
            OrganoIntegrante.sujeto_id == organo.sujeto_id, OrganoIntegrante.id == integrante.id).execute()
        touch(actor, organo.id, f"Quitó a {integrante.nombre}, anotada por error")


def _require_vivo(organo: Organo) -> None:
    if organo.baja_en is not None:
        raise ActoImposible("El órgano está dado de baja: deshaga la baja para cambiarlo.")


def _require_sin_repetir(organo: Organo, persona_id: int, puesto: str, desde: dt.date | None, hasta: dt.date | None,
                         menos: int) -> None:
    """La misma persona no puede tener dos veces el mismo puesto en los mismos días."""
    for otra in integrantes_de(organo):
        if otra.id == menos or otra.persona_id != persona_id or otra.puesto != puesto:
            continue
        if (hasta is None or otra.desde <= hasta) and (otra.hasta is None or (desde is not None and desde <= otra.hasta)):
            raise CamposInvalidos({"persona": "Ya está en el órgano con ese puesto en esas fechas."})
