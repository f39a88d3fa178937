"""Recorrer la oficina por sus ligas, como cada quien la ve, y apuntar todo lo que se lee."""

import html
import re
from urllib.parse import urlsplit

from tests.cliente import Sitio, Visitante
from tests.elenco import Persona

TOPE = 90
"""Páginas por persona; de cada clase de página se abren pocas: las demás dicen lo mismo."""

DE_CADA_CLASE = 2
_DATO = re.compile(r"/[0-9a-z]{14}\b|=[^&]*")


def lo_que_se_lee(sitio: Sitio, *personas: Persona) -> str:
    """Todo el texto de las páginas a las que esas personas llegan siguiendo ligas desde su tablero."""
    return "\n".join(texto for persona in personas for texto in _paginas(sitio.de(persona)))


def _paginas(visitante: Visitante) -> list[str]:
    por_ver, vistas, clases = ["/ipo/tablero", "/ipo/f/convenios/", "/ipo/f/convenios/revisar"], set[str](), dict[str, int]()
    textos: list[str] = []
    while por_ver and len(textos) < TOPE:
        ruta = por_ver.pop(0)
        clase = _DATO.sub("=", re.sub(r"/f/(?!convenios|organigrama|directorio|acuerdos)[a-z_]+", "/f/x", ruta))
        if ruta in vistas or clases.get(clase, 0) >= DE_CADA_CLASE:
            continue
        vistas.add(ruta)
        clases[clase] = clases.get(clase, 0) + 1
        pagina = visitante.get(ruta)
        if pagina.lleva_a:
            por_ver.insert(0, pagina.lleva_a)
        if pagina.codigo == 200 and pagina.es_html:
            textos.append(_texto(pagina.texto, pagina.visible))
            por_ver += [str(liga["href"]) for liga in pagina.sopa.select("a[href^='/ipo']")
                        if not urlsplit(str(liga["href"])).path.startswith(("/ipo/ayuda", "/ipo/estatico"))]
    return textos


def _texto(crudo: str, visible: str) -> str:
    """Lo que se lee, también lo que una plantilla guarda para cuando haga falta."""
    return " ".join((visible + " " + html.unescape(re.sub(r"<[^>]+>", " ", crudo))).split())
