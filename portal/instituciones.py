"""La lista de instituciones: todas, las que se llaman de cierto modo, o las que publican cierto formato."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request

from fracciones_config import Formato
from models.busqueda.normalizador import tokens
from models.presentacion.poderes import PODERES
from models.publicados import Conteo, Institucion
from portal.contexto import foto, publicados
from portal.direcciones import absolute, to_institucion
from portal.errores import NoExiste
from portal.palabras import iso
from portal.peticion import read_texto
from portal.respuestas import download

bp = Blueprint("instituciones", __name__)

COLUMNAS = ("siglas", "nombre", "nombre_corto", "poder", "municipio", "formatos_publicados", "registros",
            "ultimo_cambio", "direccion")

Grupos = list[tuple[str, str, list[Institucion]]]
"""``(poder, cómo se llama, sus instituciones)``, en el orden en que se enseñan."""


@bp.get("/instituciones")
def lista() -> str:
    """Todas las instituciones; con ``tema``, para elegir de cuál ver ese formato."""
    formato = _tema(request.args.get("tema", ""))
    texto = read_texto()
    todas = publicados().instituciones()
    visibles = named_like(todas, texto)
    if formato is not None:
        visibles = [i for i in visibles if formato.clave in i.claves]
    return render_template("instituciones.html", grupos=group_by_poder(visibles), texto=texto, formato=formato,
                           panorama=publicados().panorama(), total=len(visibles))


@bp.get("/instituciones.csv")
def en_csv() -> Response:
    """Todas las instituciones, en CSV."""
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(COLUMNAS)
    escritor.writerows([fila[columna] for columna in COLUMNAS] for fila in _filas())
    return download(salida.getvalue().encode(), "text/csv; charset=utf-8; header=present", "instituciones.csv")


@bp.get("/instituciones.json")
def en_json() -> Response:
    """Todas las instituciones, en JSON."""
    cuerpo = json.dumps({"instituciones": list(_filas())}, ensure_ascii=False).encode()
    return download(cuerpo, "application/json", "instituciones.json")


def group_by_poder(todas: list[Institucion]) -> Grupos:
    """Las instituciones por clase; las de una clase desconocida van al final, con su nombre tal cual."""
    poderes = [*PODERES, *sorted({i.poder for i in todas} - PODERES.keys())]
    grupos = [(poder, PODERES.get(poder, poder), [i for i in todas if i.poder == poder]) for poder in poderes]
    return [grupo for grupo in grupos if grupo[2]]


def named_like(todas: list[Institucion], texto: str) -> list[Institucion]:
    """Las que tienen en su nombre todo lo buscado, sin importar acentos ni plurales. Sin texto, todas."""
    buscadas = set(tokens(texto))
    if not buscadas:
        return [] if texto else todas
    return [i for i in todas
            if buscadas <= set(tokens(f"{i.nombre} {i.nombre_corto} {i.siglas} {i.municipio or ''}"))]


def _tema(clave: str) -> Formato | None:
    formato = foto().catalogo.por_clave.get(clave)
    if clave and formato is None:
        raise NoExiste("Ese tipo de información no está en el catálogo.")
    return formato


def _filas() -> Iterable[dict[str, object]]:
    panorama = publicados().panorama()
    for i in publicados().instituciones():
        conteo = panorama.de_sujeto.get(i.id, Conteo())
        valores = (i.siglas, i.nombre, i.nombre_corto, i.poder, i.municipio or "", conteo.partes, conteo.registros,
                   iso(conteo.ultima) if conteo.ultima else "", absolute(to_institucion(i.siglas)))
        yield dict(zip(COLUMNAS, valores, strict=True))
