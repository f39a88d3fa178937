"""La portada: el buscador, lo que más se consulta, las instituciones y lo que se publicó hace poco."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.contexto import foto, publicados
from portal.instituciones import group_by_poder
from portal.municipios import list_municipios
from portal.temas import themes_of

bp = Blueprint("inicio", __name__)

EJEMPLOS = ("pavimentación", "nómina", "licencias de construcción", "agua potable")


@bp.get("/")
def portada() -> str:
    """La portada del Estado."""
    actual, panorama = foto(), publicados().panorama()
    todas = publicados().instituciones()
    por_id = {institucion.id: institucion for institucion in todas}
    novedades = [(por_id[n.sujeto_id], actual.catalogo.por_clave[n.clave], n) for n in panorama.novedades
                 if n.sujeto_id in por_id and n.clave in actual.catalogo.por_clave]
    return render_template(
        "inicio.html", panorama=panorama, total=len(todas), grupos=group_by_poder(todas),
        temas=themes_of(actual.catalogo), novedades=novedades, ejemplos=EJEMPLOS,
        municipios=list_municipios(todas))
