"""Con qué llave se guarda una petición: la misma página, pedida de dos maneras que dicen lo mismo, se guarda una vez."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from models.recuerdo.alacena import Llave

LARGO, PARAMETROS = 2000, 100
"""Letras y parámetros: una dirección con más no se recuerda."""


def key_of(ambiente: Mapping[str, Any], sitio: str) -> Llave | None:
    """La llave de una petición; ``None`` si no se recuerda.

    ``sitio`` es la dirección pública si se configuró: entonces las páginas dicen esa y da igual con qué nombre llegue.
    """
    consulta = ambiente.get("QUERY_STRING", "")
    ruta = ambiente.get("PATH_INFO", "")
    anfitrion = sitio or f"{ambiente.get('wsgi.url_scheme')}://{ambiente.get('HTTP_HOST', '')}"
    if len(consulta) + len(ruta) + len(anfitrion) > LARGO:
        return None
    try:
        return anfitrion, ruta, _en_orden(consulta) if consulta else ""
    except ValueError:  # trae más parámetros de los que nadie escribiría
        return None


def _en_orden(consulta: str) -> str:
    """Los parámetros por su nombre, escritos de una sola manera; los repetidos siguen en el orden en que venían."""
    texto = consulta.encode("latin-1", "replace").decode("utf-8", "surrogateescape")  # WSGI da los bytes como latin-1
    pares = parse_qsl(texto, keep_blank_values=True, errors="surrogateescape", max_num_fields=PARAMETROS)
    return urlencode(sorted(pares, key=lambda par: par[0]), errors="surrogateescape") or "?"
