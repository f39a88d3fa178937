"""Los borradores de una hoja: ofrecerlos al abrirla, y abrirla con uno."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from admin_views.borradores import where_to
from models.borradores import Borrador
from models.domain.borradores import borradores_de, find_borrador
from models.domain.errores import NoExiste
from models.folios import a_folio, de_folio

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def find_recuperado(vista: VistaFormato, fila: Any) -> Borrador | None:
    """El borrador que se pide recuperar (``?borrador=folio``). Lanza ``NoExiste`` si no es de esta persona o de esta hoja."""
    folio = request.args.get("borrador")
    if not folio:
        return None
    try:
        borrador = find_borrador(vista.actor, de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    if borrador.clave != vista.tabla.clave or borrador.registro_id != (None if fila is None else fila.id):
        raise NoExiste()
    return borrador


def offer_borradores(vista: VistaFormato, fila: Any, abierto: Borrador | None) -> list[dict[str, Any]]:
    """Los de esta hoja que esperan, el más reciente primero: cuándo, y dónde se recuperan. Ninguno si ya se abrió uno."""
    if abierto is not None or request.method == "POST":
        return []
    registro = None if fila is None else fila.id
    return [{"folio": a_folio(uno.id), "cuando": uno.cambiado_en, "recuperar": where_to(uno)}
            for uno in borradores_de(vista.actor, vista.tabla.clave, con_lo_escrito=False) if uno.registro_id == registro]
