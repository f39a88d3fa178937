"""El canal de cambios: Atom (RFC 4287), por páginas (RFC 5005), y con lápida de lo que se retiró (RFC 6721)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from models.actos_publicos import Clase
from portal.cambios_en_palabras import Dicho
from portal.contexto import marca
from portal.direcciones import absolute
from portal.palabras import iso

TIPO = "application/atom+xml; charset=utf-8"
ATOM, LAPIDAS = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
SIN_CAMBIOS_AUN = "2004-01-01T00:00:00-06:00"
"""La fecha de un canal que todavía no tiene nada."""

_NO_CABEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Lo que XML 1.0 no admite."""

_BORRABLES = (Clase.PUBLICACION, Clase.CORRECCION)

ET.register_namespace("", ATOM)
ET.register_namespace("at", LAPIDAS)


@dataclass(frozen=True, slots=True)
class Canal:
    """De qué es el canal y sus direcciones; ``siguiente``, la de su página siguiente."""

    nombre: str
    titulo: str
    propia: str
    pagina: str
    siguiente: str | None = None


def write_atom(canal: Canal, dichos: Sequence[Dicho]) -> bytes:
    """El documento."""
    raiz = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "es-MX"})
    _add(raiz, "id", tag_of(canal.nombre))
    _add(raiz, "title", canal.titulo)
    _add(raiz, "updated", iso(_updated(dichos)) if dichos else SIN_CAMBIOS_AUN)
    _add(ET.SubElement(raiz, f"{{{ATOM}}}author"), "name", marca().sistema)
    _add(raiz, "rights", f"Licencia {marca().licencia}")
    for rel, ruta, tipo in (("self", canal.propia, "application/atom+xml"), ("alternate", canal.pagina, "text/html"),
                            ("next", canal.siguiente, "application/atom+xml")):
        if ruta:
            _add(raiz, "link", rel=rel, href=absolute(ruta), type=tipo)
    for dicho in dichos:
        (_lapida if _was_deleted(dicho) else _entrada)(raiz, dicho)
    return ET.tostring(raiz, encoding="utf-8", xml_declaration=True)


def tag_of(nombre: str) -> str:
    """Un identificador permanente (RFC 4151): no cambia aunque cambien las siglas o la dirección."""
    return f"tag:{urlsplit(absolute('')).hostname},2026:{nombre}"


def _updated(dichos: Sequence[Dicho]) -> int:
    return max(dicho.cambio.retirado_en or dicho.cambio.instante for dicho in dichos)


def _was_deleted(dicho: Dicho) -> bool:
    """Si habla de un registro que después se retiró: su entrada se borra del canal, con la razón."""
    return dicho.cambio.clase in _BORRABLES and dicho.cambio.retirado_en is not None


def _id(dicho: Dicho) -> str:
    return tag_of(f"cambio/{dicho.cambio.sujeto_id}/{dicho.cambio.folio}")


def _entrada(raiz: ET.Element, dicho: Dicho) -> None:
    entrada = ET.SubElement(raiz, f"{{{ATOM}}}entry")
    cuando = iso(dicho.cambio.instante)
    _add(entrada, "id", _id(dicho))
    _add(entrada, "title", f"{dicho.institucion.nombre_corto}: {dicho.frase}. {dicho.de_que}")
    _add(entrada, "updated", cuando)
    _add(entrada, "published", cuando)
    _add(ET.SubElement(entrada, f"{{{ATOM}}}author"), "name", dicho.institucion.nombre)
    _add(entrada, "category", term=str(dicho.cambio.clase), label=dicho.rotulo)
    _add(entrada, "link", rel="alternate", href=absolute(dicho.ruta), type="text/html")
    _add(entrada, "summary", dicho.motivo or f"{dicho.frase}. {dicho.de_que}, de {dicho.institucion.nombre}.")


def _lapida(raiz: ET.Element, dicho: Dicho) -> None:
    lapida = ET.SubElement(raiz, f"{{{LAPIDAS}}}deleted-entry", ref=_id(dicho), when=iso(dicho.cambio.retirado_en or 0))
    ET.SubElement(lapida, f"{{{LAPIDAS}}}comment").text = _clean(f"El registro se retiró. {dicho.cambio.retiro or ''}".strip())


def _add(padre: ET.Element, nombre: str, texto: str | None = None, **atributos: str) -> None:
    ET.SubElement(padre, f"{{{ATOM}}}{nombre}", atributos).text = _clean(texto) if texto else None


def _clean(texto: str) -> str:
    return _NO_CABEN.sub("", texto)

