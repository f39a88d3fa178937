"""Traer al formato lo que el organigrama o el directorio tengan de nuevo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from models.domain.organos.traida import bring_de_organos
from models.domain.proyeccion import bring_maestros
from models.presentacion.numeros import contar

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def bring(vista: VistaFormato) -> ResponseReturnValue:
    """Proyecta los maestros y dice cuántos registros nacieron o cambiaron."""
    if vista.tabla.formato.trae_de is not None:
        return _bring_de_organos(vista)
    nuevos, cambiados = bring_maestros(vista.actor, vista.tabla)
    if nuevos or cambiados:
        flash(f"Se trajeron {contar(nuevos, 'registro nuevo', 'registros nuevos')} y se actualizaron {cambiados}. "
              "Quedan sin revisar.", "bien")
    else:
        flash("Todo está al día: no hubo nada que traer.", "bien")
    return redirect(vista.get_url(".index_view"))


def _bring_de_organos(vista: VistaFormato) -> ResponseReturnValue:
    nuevos = bring_de_organos(vista.actor, vista.tabla)
    flash(f"Se trajeron {contar(nuevos, 'registro nuevo', 'registros nuevos')} de los órganos colegiados. Quedan sin revisar."
          if nuevos else "No hubo nada nuevo que traer de los órganos colegiados.", "bien")
    return redirect(vista.get_url(".index_view"))
