"""Las sesiones de un órgano, con su orden del día y su acta."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from fracciones_config import Catalogo
from models.base import db
from models.domain.campos_sueltos import CamposInvalidos, read_campos
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible, NoExiste
from models.domain.organos.campos import campos_de_sesion
from models.domain.organos.fichas import require_en_organos, touch
from models.domain.permissions import Accion, Actor
from models.folios import nuevo_id
from models.formatos import Tabla
from models.maestros import Organo
from models.organos import OrganoSesion
from models.reloj import ahora


def sesiones_de(organo: Organo) -> list[OrganoSesion]:
    """Todas, la más reciente primero."""
    return list(OrganoSesion.select().where(
        OrganoSesion.sujeto_id == organo.sujeto_id, OrganoSesion.organo_id == organo.id,
    ).order_by(OrganoSesion.fecha.desc(), OrganoSesion.id.desc()))


def find_sesion(organo: Organo, identificador: int) -> OrganoSesion:
    """Una sesión de ese órgano. Lanza ``NoExiste``."""
    fila = OrganoSesion.get_or_none(OrganoSesion.sujeto_id == organo.sujeto_id, OrganoSesion.id == identificador)
    if fila is None or fila.organo_id != organo.id:
        raise NoExiste()
    return fila  # type: ignore[no-any-return]


def datos_de(sesion: OrganoSesion) -> dict[str, Any]:
    """La sesión como datos de sus campos."""
    datos = {"numero": sesion.numero, "tipo": sesion.tipo, "fecha": sesion.fecha.isoformat(), "orden_dia": sesion.orden_dia,
             "acta": acta_de(sesion)}
    return {nombre: dato for nombre, dato in datos.items() if dato}


def acta_de(sesion: OrganoSesion) -> dict[str, Any] | None:
    """El archivo del acta (``id``, ``nombre``, ``bytes``, ``sha256``, ``tipo``); ``None`` si todavía no la hay."""
    return json.loads(sesion.acta) if sesion.acta else None


def save_sesion(actor: Actor, catalogo: Catalogo, organo: Organo, crudo: Mapping[str, Any],
                sesion: OrganoSesion | None = None) -> int:
    """Agrega o corrige una sesión y da su id. Lanza ``CamposInvalidos``, ``NoPermitido`` o ``ActoImposible``."""
    sujeto_id = require_en_organos(actor, Accion.CAPTURAR)
    if organo.baja_en is not None:
        raise ActoImposible("El órgano está dado de baja: deshaga la baja para cambiarlo.")
    datos = read_campos(campos_de_sesion(catalogo), crudo, ContextoDeSujeto(sujeto_id))
    acta = datos.get("acta")
    fila = {"numero": datos["numero"], "tipo": datos["tipo"], "fecha": dt.date.fromisoformat(datos["fecha"]),
            "orden_dia": datos.get("orden_dia", ""), "cambiado_en": ahora(),
            "acta": json.dumps(acta, ensure_ascii=False, sort_keys=True) if acta else None}
    identificador = sesion.id if sesion else nuevo_id()
    with db.atomic():
        _require_unica(organo, fila, identificador)
        if sesion is None:
            OrganoSesion.insert(sujeto_id=sujeto_id, id=identificador, organo_id=organo.id, **fila).execute()
        else:
            OrganoSesion.update(**fila).where(
                OrganoSesion.sujeto_id == sujeto_id, OrganoSesion.id == identificador).execute()
        touch(actor, organo.id, f"{'Corrigió' if sesion else 'Agregó'} la sesión «{fila['numero']}»")
    return int(identificador)


def remove_sesion(actor: Actor, organo: Organo, sesion: OrganoSesion, tablas: Iterable[Tabla]) -> None:
    """Quita una sesión anotada por error, si ningún registro se trajo de ella. Lanza ``ActoImposible``."""
    require_en_organos(actor, Accion.CAPTURAR)
    if organo.baja_en is not None:
        raise ActoImposible("El órgano está dado de baja: deshaga la baja para cambiarlo.")
    for tabla in tablas:
        traida, modelo = tabla.formato.trae_de, tabla.trabajo
        if traida is not None and traida.maestro == "sesion" and modelo.select(modelo.id).where(
                modelo.sujeto_id == sesion.sujeto_id, modelo.id == sesion.id, modelo.estado != "borrado").exists():
            raise ActoImposible(f"Tiene su registro en {tabla.formato.nombre_corto}. Bórrelo o retírelo allá primero.")
    with db.atomic():
        OrganoSesion.delete().where(OrganoSesion.sujeto_id == sesion.sujeto_id, OrganoSesion.id == sesion.id).execute()
        touch(actor, organo.id, f"Quitó la sesión «{sesion.numero}», anotada por error")


def _require_unica(organo: Organo, fila: Mapping[str, Any], menos: int) -> None:
    """Dos sesiones del mismo día con el mismo número son la misma: casi siempre, un doble envío."""
    if OrganoSesion.select(OrganoSesion.id).where(
            OrganoSesion.sujeto_id == organo.sujeto_id, OrganoSesion.organo_id == organo.id,
            OrganoSesion.fecha == fila["fecha"], OrganoSesion.numero == fila["numero"], OrganoSesion.id != menos).exists():
        raise CamposInvalidos({"numero": "Ya hay una sesión con ese número en esa fecha."})
