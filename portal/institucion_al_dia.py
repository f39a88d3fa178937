"""Una institución como estaba un día: cada obligación con lo que tenía, y lo que estaba aprobado."""

from __future__ import annotations

from flask import render_template

from models.publicados import Institucion
from models.publicados.cortes import Corte
from portal.constancia import draw_constancia, is_asked, of_institucion
from portal.contexto import publicados


def draw_institucion_al_dia(hoy: Institucion, al: Corte) -> str:
    """La página de ese día, o su constancia."""
    institucion, es_de_entonces = institucion_of(hoy, al)
    obligaciones = publicados().historia.obligaciones(institucion, al)
    if is_asked():
        return draw_constancia(of_institucion(institucion, obligaciones, al))
    no_aplican = sum(1 for o in obligaciones if o.no_aplica and not o.n)
    return render_template(
        "institucion_al_dia.html", institucion=institucion, es_de_entonces=es_de_entonces, al=al,
        obligaciones=obligaciones, no_aplican=no_aplican,
        con_algo=sum(1 for o in obligaciones if o.n), ultima=max((o.ultima for o in obligaciones), default=0))


def institucion_of(hoy: Institucion, al: Corte) -> tuple[Institucion, bool]:
    """La institución como se leía ese día; y si es la de entonces: de antes de que se guardara, se da la de hoy."""
    entonces = publicados().historia.institucion(hoy, al)
    return entonces or hoy, entonces is not None
