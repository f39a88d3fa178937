"""Lo que un registro nuevo trae ya escrito: el periodo en curso, el área de la última vez o lo de otro registro."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import request

from models.domain.errores import NoExiste
from models.domain.masters import options_of
from models.domain.periods import claves, periodo_en_curso
from models.domain.permissions import Accion
from models.domain.protegidos import split_vacios
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.reloj import hoy

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def origin_of_datos(vista: VistaFormato) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lo que un registro nuevo trae escrito: lo de otro (``?de=folio``), o lo que se puede suponer."""
    if folio := request.args.get("de"):
        fila = vista.one(folio, Accion.VER)
        if fila is None:
            raise NoExiste()
        datos, vacios = de_canonico(fila.contenido)
        return datos, split_vacios(vacios)[0]
    return _prellenado(vista), {}


def _prellenado(vista: VistaFormato) -> dict[str, Any]:
    """El ejercicio y el periodo en curso, y el área del último registro de la persona (o la única que hay)."""
    formato, datos = vista.tabla.formato, _bajo_que_area(vista)
    if not formato.es_vigente:
        actual = periodo_en_curso(formato.periodicidad, hoy(), formato.plazo_dias)
        datos |= {"ejercicio": actual.ejercicio, "periodo": actual.clave} | _periodo_pedido(vista)
    areas = dict(options_of(vista.actor.sujeto_id or 0, "area"))
    previa = _area_de_la_ultima_vez(vista)
    elegida = previa if previa in areas else next(iter(areas), None) if len(areas) == 1 else None
    return datos | ({"area_responsable": {"id": elegida, "texto": areas[elegida]}} if elegida else {})


def _periodo_pedido(vista: VistaFormato) -> dict[str, Any]:
    """El periodo, si se llegó desde lo que falta."""
    ejercicio, periodo = request.args.get("ejercicio", ""), request.args.get("periodo", "")
    se_entiende = re.fullmatch(r"2[01][0-9]{2}", ejercicio) and periodo in claves(vista.tabla.formato.periodicidad)
    return {"ejercicio": int(ejercicio), "periodo": periodo} if se_entiende else {}


def _bajo_que_area(vista: VistaFormato) -> dict[str, Any]:
    """El área superior, si se llegó desde el organigrama con «Agregar debajo»."""
    folio, nombres = request.args.get("bajo"), dict(options_of(vista.actor.sujeto_id or 0, "area"))
    if "area_superior" not in vista.tabla.formato.por_nombre or folio not in nombres:
        return {}
    return {"area_superior": {"id": folio, "texto": nombres[folio]}}


def _area_de_la_ultima_vez(vista: VistaFormato) -> str | None:
    modelo = vista.tabla.trabajo
    ultima = modelo.select(modelo.area_responsable).where(
        modelo.sujeto_id == vista.actor.sujeto_id, modelo.a_cargo_de == vista.actor.id).order_by(modelo.id.desc()).first()
    return a_folio(ultima.area_responsable) if ultima is not None and ultima.area_responsable else None
