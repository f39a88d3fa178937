"""El organigrama: de quién depende cada área, en qué orden va y cuándo se puede quitar.

Cada cambio deja en rojo el registro del área en su formato (``models.domain.masters``): la ciudadanía lo ve cuando se
publica. Un área en uso no se quita; se dice qué la detiene.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from peewee import fn

from fracciones_config import TipoCampo
from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.bajas import (
    Freno,
    frenos_de_registros,
    parse_baja,
    require_sin_frenos,
    restore_registro,
    withdraw_registro,
)
from models.domain.errores import ActoImposible, NoExiste
from models.domain.masters import CICLO, depends_on, require_projection, save_maestro
from models.domain.permissions import Actor
from models.domain.proyeccion import bring_one
from models.folios import a_folio
from models.formatos import Tabla
from models.maestros import Area, Persona
from models.presentacion.arbol import Nodo
from models.presentacion.numeros import contar
from models.reloj import ahora
from models.usuarios import Asignacion, Usuario

HACIA = {"subir": -1, "bajar": 1}


def read_areas(sujeto_id: int) -> list[Nodo]:
    """Las áreas vivas de una institución, con cuánta gente tiene cada una. Dos consultas, sean cuantas sean."""
    gente = dict(Persona.select(Persona.area_id, fn.COUNT(Persona.id)).where(
        Persona.sujeto_id == sujeto_id, Persona.baja_en.is_null()).group_by(Persona.area_id).tuples())
    areas = Area.select(Area.id, Area.nombre, Area.padre_id, Area.orden).where(
        Area.sujeto_id == sujeto_id, Area.baja_en.is_null()).order_by(Area.id).tuples()
    return [Nodo(id_, nombre, padre, orden or 0, contar(gente[id_], "persona", "personas") if id_ in gente else "")
            for id_, nombre, padre, orden in areas]


def find_area(actor: Actor, identificador: int) -> Area:
    """El área viva de la institución de esta persona. Lanza ``NoExiste``."""
    area = Area.get_or_none(
        Area.sujeto_id == actor.sujeto_id, Area.id == identificador, Area.baja_en.is_null())
    if area is None:
        raise NoExiste()
    return area  # type: ignore[no-any-return]


def move_area(actor: Actor, tabla: Tabla, area: Area, hacia: str) -> bool:
    """Sube o baja un área un lugar entre sus hermanas. Dice si se movió: la primera ya no sube."""
    require_projection(actor, tabla)
    hermanas = _hermanas(area)
    desde = [otra.id for otra in hermanas].index(area.id)
    destino = desde + HACIA[hacia]
    if not 0 <= destino < len(hermanas):
        return False
    hermanas[desde], hermanas[destino] = hermanas[destino], hermanas[desde]
    with db.atomic():
        for lugar, otra in enumerate(hermanas, start=1):
            if otra.orden != lugar:
                _change(actor, tabla, otra, {"orden": lugar})
    return True


def hang_area(actor: Actor, tabla: Tabla, area: Area, padre: Area | None) -> None:
    """Pone un área bajo otra (o hasta arriba), en el último lugar. Lanza ``ActoImposible`` si quedaría bajo sí misma."""
    require_projection(actor, tabla)
    if padre is not None and depends_on(area.sujeto_id, padre.id, area.id):
        raise ActoImposible(CICLO)
    if area.padre_id == (padre.id if padre else None):
        return
    superior = {"id": a_folio(padre.id), "texto": padre.nombre} if padre else None
    ultimo = Area.select(fn.MAX(Area.orden)).where(
        Area.sujeto_id == area.sujeto_id, _bajo(padre.id if padre else None), Area.baja_en.is_null()).scalar() or 0
    with db.atomic():
        _change(actor, tabla, area, {"area_superior": superior, "orden": ultimo + 1})


def frenos_de_area(area: Area, tablas: Collection[Tabla]) -> list[Freno]:
    """Lo que usa a un área: las que dependen de ella y su gente la detienen; lo demás solo se dice."""
    hijas = Area.select().where(Area.sujeto_id == area.sujeto_id, Area.padre_id == area.id, Area.baja_en.is_null()).count()
    gente = Persona.select().where(
        Persona.sujeto_id == area.sujeto_id, Persona.area_id == area.id, Persona.baja_en.is_null()).count()
    frenos = []
    if hijas:
        frenos.append(Freno(f"dependen de ella {contar(hijas, 'área', 'áreas')}: páselas a otra", "organigrama", "", True))
    if gente:
        frenos.append(Freno(f"{'trabaja' if gente == 1 else 'trabajan'} en ella {contar(gente, 'persona', 'personas')} del "
                            "directorio: cámbielas de área", "directorio", area.nombre, True))
    cuentas = Asignacion.select(Asignacion.usuario_id).where(
        Asignacion.sujeto_id == area.sujeto_id, Asignacion.areas.contains(a_folio(area.id))).distinct()
    frenos += [Freno(f"la cuenta «{cuenta.usuario}» solo ve ciertas áreas, y esta es una", "usuario", a_folio(cuenta.id))
               for cuenta in Usuario.select().where(Usuario.sujeto_id == area.sujeto_id, Usuario.id.in_(cuentas))]
    return frenos + frenos_de_registros(area.sujeto_id, TipoCampo.AREA, area.id, tablas)


def retire_area(actor: Actor, tabla: Tabla, area: Area, dia: str, tablas: Collection[Tabla]) -> None:
    """Da de baja un área desde un día (ISO); lo que la nombra se sigue leyendo igual.

    Lanza ``ActoImposible`` con lo que la detiene, o ``CamposInvalidos`` si el día es futuro.
    """
    require_projection(actor, tabla)
    instante = parse_baja(dia)
    with db.atomic():
        require_sin_frenos(frenos_de_area(area, tablas))
        withdraw_registro(actor, tabla, area.id, "El área ya no está en el organigrama.")
        _mark(area, instante)
        log_acto(actor, "organigrama", f"Dio de baja {area.nombre}", area.datos, area.id)


def areas_de_baja(sujeto_id: int) -> list[Area]:
    """Las dadas de baja, lo más reciente primero."""
    return list(Area.select().where(Area.sujeto_id == sujeto_id, Area.baja_en.is_null(False)).order_by(
        Area.baja_en.desc(), Area.id).limit(200))


def restore_area(actor: Actor, tabla: Tabla, identificador: int) -> Area:
    """Deshace la baja: vuelve a su lugar (o hasta arriba, si su superior ya no está) y su registro queda por revisar."""
    require_projection(actor, tabla)
    area = Area.get_or_none(Area.sujeto_id == actor.sujeto_id, Area.id == identificador, Area.baja_en.is_null(False))
    if area is None:
        raise NoExiste()
    with db.atomic():
        _mark(area, None)
        restore_registro(actor, tabla, area.id)
        superior = Area.get_or_none(Area.sujeto_id == area.sujeto_id, Area.id == area.padre_id)
        if superior is not None and superior.baja_en is not None:
            _change(actor, tabla, area, {"area_superior": None})
        else:
            bring_one(actor, tabla, find_area(actor, area.id))
        log_acto(actor, "organigrama", f"Deshizo la baja de {area.nombre}", "{}", area.id)
    return area  # type: ignore[no-any-return]


def _mark(area: Area, baja_en: int | None) -> None:
    Area.update(baja_en=baja_en, cambiado_en=ahora()).where(Area.sujeto_id == area.sujeto_id, Area.id == area.id).execute()


def _hermanas(area: Area) -> list[Area]:
    hermanas = Area.select().where(Area.sujeto_id == area.sujeto_id, _bajo(area.padre_id), Area.baja_en.is_null())
    return sorted(hermanas, key=lambda otra: (otra.orden or 10**9, otra.nombre, otra.id))


def _bajo(padre_id: int | None) -> Any:
    return Area.padre_id.is_null() if padre_id is None else Area.padre_id == padre_id


def _change(actor: Actor, tabla: Tabla, area: Area, cambios: Mapping[str, Any]) -> None:
    datos = {nombre: dato for nombre, dato in (json.loads(area.datos) | dict(cambios)).items() if dato is not None}
    datos.setdefault("nombre", area.nombre)
    save_maestro(area.sujeto_id, "area", datos, area.id)
    bring_one(actor, tabla, Area.get(Area.sujeto_id == area.sujeto_id, Area.id == area.id))
