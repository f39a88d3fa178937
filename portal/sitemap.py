"""``/sitemap.xml``: el índice, una parte con las páginas generales (0) y una por institución (su número de alta)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from models.publicados.mapa import Cambiado
from portal.contexto import foto, publicados
from portal.direcciones import absolute, to_diccionario, to_formato, to_informacion, to_institucion, to_registro
from portal.errores import NoExiste
from portal.palabras import iso

bp = Blueprint("sitemap", __name__)

GENERALES = ("/", "/instituciones", "/datos", "/api/", "/acerca", "/accesibilidad", "/denuncia")
NORMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

Direccion = tuple[str, int]
"""La ruta y cuándo cambió (milisegundos; 0 si no se sabe)."""


@bp.get("/sitemap.xml")
def indice() -> Response:
    """Las partes, cada una con la fecha del último cambio de su institución."""
    partes = [("/sitemap/0.xml", 0), *((f"/sitemap/{numero}.xml", cambio) for numero, cambio in publicados().mapa.partes())]
    return _xml("sitemapindex", "sitemap", partes)


@bp.get("/sitemap/<int(max=2147483647):numero>.xml")
def parte(numero: int) -> Response:
    """Una parte."""
    if numero == 0:
        return _xml("urlset", "url", _generales())
    siglas = publicados().mapa.siglas(numero)
    if siglas is None:
        raise NoExiste("Esa parte del mapa no existe: empiece por /sitemap.xml.")
    paginas = list(publicados().mapa.pages(numero))
    ultimo = max((pagina.cambio for pagina in paginas), default=0)
    return _xml("urlset", "url", [(to_institucion(siglas), ultimo), *((_ruta(siglas, una), una.cambio) for una in paginas)])


def _generales() -> Iterable[Direccion]:
    yield from ((ruta, 0) for ruta in GENERALES)
    anios = publicados().mapa.de_todas()
    for formato in foto().catalogo.activos:
        suyos = anios.get(formato.clave, [])
        yield to_diccionario(formato.clave), 0
        if suyos:
            yield to_informacion(formato.clave), max(ultima for _, ultima in suyos)
        yield from ((to_informacion(formato.clave, anio), ultima) for anio, ultima in suyos if anio)


def _ruta(siglas: str, pagina: Cambiado) -> str:
    if pagina.folio:
        return to_registro(siglas, pagina.clave, pagina.folio)
    return to_formato(siglas, pagina.clave, pagina.ejercicio)


def _xml(raiz: str, cada: str, direcciones: Iterable[Direccion]) -> Response:
    base = escape(absolute(""))
    renglones = [f"<{cada}><loc>{base}{escape(ruta)}</loc>{f'<lastmod>{iso(cambio)}</lastmod>' if cambio else ''}</{cada}>"
                 for ruta, cambio in direcciones]
    cuerpo = "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', f'<{raiz} xmlns="{NORMA}">', *renglones, f"</{raiz}>", ""))
    return Response(cuerpo, content_type="application/xml; charset=utf-8")
