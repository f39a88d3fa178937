"""El organigrama: de quién depende cada área, en qué orden va y cuándo se puede quitar.

Cada cambio deja en rojo el registro del área en su formato (``models.domain.masters``): la ciudadanía lo ve cuando se
publica. Un área en uso no se quita; se dice qué la detiene.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from peewee import fn

from models.base import db
from models.domain.errores import ActoImposible, NoExiste
from models.domain.masters import CICLO, depends_on, require_projection, save_maestro
from models.domain.permissions import Actor
from models.domain.proyeccion import bring_one
from models.domain.workflow import aplicar
from models.folios import a_folio
from models.formatos import Tabla
from models.maestros import Area, Persona
from models.presentacion.arbol import Nodo
from models.presentacion.numeros import contar
from models.reloj import ahora

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


def stops_of(area: Area, tablas: Collection[Tabla]) -> list[str]:
    """Lo que impide quitar un área, en frases; ninguna, se puede."""
    hijas = Area.select().where(Area.sujeto_id == area.sujeto_id, Area.padre_id == area.id, Area.baja_en.is_null()).count()
    gente = Persona.select().where(
        Persona.sujeto_id == area.sujeto_id, Persona.area_id == area.id, Persona.baja_en.is_null()).count()
    formatos = [tabla.formato.nombre_corto for tabla in tablas if _la_usa(area, tabla)]
    return [frase for frase in (
        f"Dependen de ella {contar(hijas, 'área', 'áreas')}: páselas a otra." if hijas else "",
        f"Trabaja en ella {contar(gente, 'persona', 'personas')} del directorio: cámbielas de área." if gente == 1 else
        f"Trabajan en ella {contar(gente, 'persona', 'personas')} del directorio: cámbielas de área." if gente else "",
        f"Es el área responsable de registros en: {', '.join(formatos)}. Cámbieles el área responsable." if formatos else "",
    ) if frase]


def remove_area(actor: Actor, tabla: Tabla, area: Area, tablas: Collection[Tabla]) -> None:
    """Quita un área que nadie usa. Lanza ``ActoImposible`` con lo que la detiene."""
    require_projection(actor, tabla)
    with db.atomic():
        if paros := stops_of(area, tablas):
            raise ActoImposible(" ".join(paros))
        _withdraw_registro(actor, tabla, area)
        Area.update(baja_en=ahora(), cambiado_en=ahora()).where(
            Area.sujeto_id == area.sujeto_id, Area.id == area.id).execute()


def _withdraw_registro(actor: Actor, tabla: Tabla, area: Area) -> None:
    """Retira del portal el registro del área, o lo manda a la papelera si nunca se publicó."""
    fila: Any = tabla.trabajo.get_or_none(tabla.trabajo.sujeto_id == area.sujeto_id, tabla.trabajo.id == area.id)
    if fila is None or fila.estado in ("retirado", "borrado"):
        return
    acto = "retirar" if fila.publica is not None else "borrar"
    resultado = aplicar(actor, acto, tabla, [(fila.id, fila.version)], "El área ya no está en el organigrama.")
    if resultado.fuera:
        raise ActoImposible(resultado.fuera[0].razon)


def _la_usa(area: Area, tabla: Tabla) -> bool:
    modelo = tabla.trabajo
    suyo = (modelo.sujeto_id == area.sujeto_id) & (modelo.area_responsable == area.id) & (modelo.estado != "borrado")
    return bool(modelo.select(modelo.id).where(suyo, modelo.id != area.id).limit(1).exists())


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
