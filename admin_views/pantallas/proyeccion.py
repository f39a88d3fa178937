"""Traer al formato lo que el organigrama o el directorio tengan de nuevo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from models.domain.proyeccion import bring_maestros
from models.presentacion.numeros import contar

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def bring(vista: VistaFormato) -> ResponseReturnValue:
    """Proyecta los maestros y dice cuántos registros nacieron o cambiaron."""
    nuevos, cambiados = bring_maestros(vista.actor, vista.tabla)
    if nuevos or cambiados:
        flash(f"Se trajeron {contar(nuevos, 'registro nuevo', 'registros nuevos')} y se actualizaron {cambiados}. "
              "Quedan sin revisar.", "bien")
    else:
        flash("Todo está al día: no hubo nada que traer.", "bien")
    return redirect(vista.get_url(".index_view"))
