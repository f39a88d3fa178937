"""La lista de instituciones: todas, las de una clase o un municipio, las que se llaman así, o las que publican algo."""

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
from portal.municipios import Municipio, key_of, list_municipios
from portal.palabras import iso
from portal.peticion import read_texto
from portal.respuestas import download
from portal.temas import themes_of

bp = Blueprint("instituciones", __name__)

COLUMNAS = ("siglas", "nombre", "nombre_corto", "poder", "municipio", "formatos_publicados", "registros",
            "ultimo_cambio", "direccion")

Grupos = list[tuple[str, str, list[Institucion]]]
"""``(poder, cómo se llama, sus instituciones)``, en el orden en que se enseñan."""


@bp.get("/instituciones")
def lista() -> str:
    """Todas las instituciones, o las de una clase o un municipio; con ``tema``, para elegir de cuál ver ese formato."""
    formato, texto = _tema(request.args.get("tema", "")), read_texto()
    todas = publicados().instituciones()
    municipios = list_municipios(todas)
    municipio, clase = _municipio(municipios), _clase(todas)
    visibles = [i for i in named_like(todas, texto) if (formato is None or formato.clave in i.claves)
                and (not clase or i.poder == clase)
                and (municipio is None or key_of(i.municipio or "") == municipio.clave)]
    return render_template(
        "instituciones.html", grupos=group_by_poder(visibles), texto=texto, formato=formato, municipio=municipio,
        clase=clase, municipios=municipios, clases=[(poder, nombre) for poder, nombre, _ in group_by_poder(todas)],
        panorama=publicados().panorama(), total=len(visibles), temas=themes_of(foto().catalogo) if municipio else [])


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


def _municipio(municipios: list[Municipio]) -> Municipio | None:
    clave = request.args.get("municipio", "")
    hallado = next((m for m in municipios if m.clave == key_of(clave)), None)
    if clave and hallado is None:
        raise NoExiste("Ninguna institución es de ese municipio.")
    return hallado


def _clase(todas: list[Institucion]) -> str:
    clase = request.args.get("clase", "")
    if clase and not any(i.poder == clase for i in todas):
        raise NoExiste("No hay instituciones de esa clase.")
    return clase


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
