"""El buscador: en todo lo publicado, en una institución o en un tipo de información."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from fracciones_config import Campo, Formato
from models.busqueda.consulta import parse
from models.busqueda.normalizador import tokens
from models.folios import a_folio
from models.publicados import Hallazgo, Hallazgos, Institucion
from portal.celdas import Celda, list_cell
from portal.contexto import foto, publicados
from portal.direcciones import with_query
from portal.errores import NoExiste
from portal.instituciones import named_like
from portal.peticion import read_cursor, read_texto

bp = Blueprint("buscador", __name__)

SUGERENCIAS = 4
DATOS_POR_HALLAZGO = 4


@bp.get("/buscar")
def resultados() -> str:
    """Los registros públicos que tienen todo lo buscado, lo más nuevo primero."""
    texto = read_texto()
    institucion, formato = _institucion(request.args.get("institucion", "")), _formato(request.args.get("tema", ""))
    cursor, consulta = read_cursor(), parse(texto)
    hallazgos = Hallazgos() if consulta is None else publicados().buscar(
        consulta, institucion, formato.clave if formato else None, cursor.id if cursor else None)
    donde = {"q": texto, "institucion": institucion and institucion.siglas, "tema": formato and formato.clave}
    return render_template(
        "buscar.html", texto=texto, consulta=consulta, institucion=institucion, formato=formato, hallazgos=hallazgos,
        datos=_datos, es_primera=cursor is None, primera=with_query("/buscar", **donde),
        siguiente=with_query("/buscar", **donde, antes=a_folio(hallazgos.siguiente)) if hallazgos.siguiente else None,
        instituciones=publicados().instituciones(), formatos=foto().catalogo.activos,
        sugerencias=_sugerencias(texto) if cursor is None and not institucion and not formato else ([], []))


def _institucion(siglas: str) -> Institucion | None:
    if not siglas:
        return None
    hallada = publicados().institucion(siglas) if siglas.isascii() and siglas.isprintable() else None
    if hallada is None:
        raise NoExiste("No hay ninguna institución con esas siglas.")
    return hallada


def _formato(clave: str) -> Formato | None:
    formato = foto().catalogo.por_clave.get(clave)
    if clave and formato is None:
        raise NoExiste("Ese tipo de información no está en el catálogo.")
    return formato


def _sugerencias(texto: str) -> tuple[list[Institucion], list[Formato]]:
    """Las instituciones y los tipos de información que se llaman como lo buscado."""
    buscadas = set(tokens(texto))
    if not buscadas:
        return [], []
    formatos = [f for f in foto().catalogo.activos if buscadas <= set(tokens(f"{f.nombre} {f.nombre_corto}"))]
    return named_like(publicados().instituciones(), texto)[:SUGERENCIAS], formatos[:SUGERENCIAS]


def _datos(hallazgo: Hallazgo) -> list[tuple[Campo, Celda]]:
    """Los datos de lista que el título no dice ya."""
    formato, registro = hallazgo.tabla.formato, hallazgo.registro
    campos = [c for c in formato.en_lista() if c.nombre not in formato.titulo and c.nombre in registro.datos]
    return [(c, list_cell(c, registro, hallazgo.institucion.siglas)) for c in campos[:DATOS_POR_HALLAZGO]]
