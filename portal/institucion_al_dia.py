"""Una institución como estaba un día: cada obligación con lo que tenía, y lo que estaba aprobado."""

from __future__ import annotations

from flask import render_template

from models.publicados import Institucion
from models.publicados.cortes import Corte
from portal.constancia import draw_constancia, is_asked, of_institucion
from portal.contexto import publicados


def draw_institucion_al_dia(institucion: Institucion, al: Corte) -> str:
    """La página de ese día, o su constancia."""
    obligaciones = publicados().historia.obligaciones(institucion, al)
    if is_asked():
        return draw_constancia(of_institucion(institucion, obligaciones, al))
    no_aplican = sum(1 for o in obligaciones if o.no_aplica and not o.n)
    return render_template(
        "institucion_al_dia.html", institucion=institucion, al=al, obligaciones=obligaciones, no_aplican=no_aplican,
        con_algo=sum(1 for o in obligaciones if o.n), ultima=max((o.ultima for o in obligaciones), default=0))
