"""Una respuesta pública entera, con sus variantes comprimidas, y lo que se contesta con ella según lo que el cliente ya tiene.

Cada variante lleva su propio ETag fuerte: los bytes son otros.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from email.utils import formatdate, mktime_tz, parsedate_tz
from functools import lru_cache

import brotli

Cabeceras = list[tuple[str, str]]

VALE_LA_PENA = 512
"""Bytes: lo que mide menos no se comprime."""

CALIDAD_BROTLI, CALIDAD_GZIP = 5, 6
SUFIJOS = {"": "", "gzip": "-gz", "br": "-br"}
FIJO = 1024
"""Lo que pesan, más o menos, las cabeceras y la ficha de una página guardada."""

_TEXTO = ("text/", "application/json", "application/ld+json", "application/problem+json", "application/xml",
          "application/atom+xml", "image/svg+xml", "application/schema+json", "application/vnd.oai.openapi+json")


@dataclass(slots=True)
class Pagina:
    """Un 200 con su cuerpo. ``etag`` va sin comillas; sin él no hay 304."""

    estado: str
    cabeceras: Cabeceras
    cuerpo: bytes
    etag: str = ""
    se_comprime: bool = False
    comprimidos: dict[str, bytes] = field(default_factory=dict)

    @staticmethod
    def con(estado: str, cabeceras: Cabeceras, cuerpo: bytes) -> Pagina:
        """La que contestó el portal. Lo que depende de la variante se quita aquí y se pone al contestar."""
        dichas = {nombre.lower(): valor for nombre, valor in cabeceras}
        fijas = [(n, v) for n, v in cabeceras if n.lower() not in ("content-length", "date", "etag", "vary")]
        texto = dichas.get("content-type", "").startswith(_TEXTO) and "content-encoding" not in dichas
        etag = dichas.get("etag", "")
        return Pagina(estado, fijas, cuerpo, etag[1:-1] if etag[:1] == '"' else "", texto and len(cuerpo) >= VALE_LA_PENA)

    def variante(self, codificacion: str) -> bytes:
        """El cuerpo en esa codificación; se comprime una sola vez."""
        if not codificacion:
            return self.cuerpo
        hecho = self.comprimidos.get(codificacion)
        if hecho is None:
            hecho = self.comprimidos[codificacion] = _comprimir(self.cuerpo, codificacion)
        return hecho

    def etag_de(self, codificacion: str) -> str:
        return f'"{self.etag}{SUFIJOS[codificacion]}"'

    def cabeceras_de(self, codificacion: str, ultimo_cambio: int) -> Cabeceras:
        """Las fijas y las de la variante. ``ultimo_cambio`` en segundos; 0, no se dice."""
        puestas = list(self.cabeceras)
        if self.se_comprime:
            puestas.append(("Vary", "Accept-Encoding"))
        if codificacion:
            puestas.append(("Content-Encoding", codificacion))
        if self.etag:
            puestas.append(("ETag", self.etag_de(codificacion)))
        if ultimo_cambio:
            puestas.append(("Last-Modified", http_date(ultimo_cambio)))
        return puestas


@dataclass(slots=True)
class Recordada:
    """Una página y hasta cuándo vale: mientras el pulso de ``sujeto`` (``None``, de todos) y el ``momento`` sean los mismos.

    ``instante`` es el último cambio de lo que enseña, en milisegundos.
    """

    pagina: Pagina
    sujeto: int | None
    pulso: int
    momento: tuple[object, ...]
    instante: int

    @property
    def peso(self) -> int:
        pagina = self.pagina
        return FIJO + len(pagina.cuerpo) + sum(map(len, pagina.comprimidos.values()))


@lru_cache(maxsize=256)
def choose_codificacion(acepta: str) -> str:
    """La mejor de las que el cliente acepta: ``br``, ``gzip`` o ``""``. De ``gzip;q=0`` se entiende que no."""
    aceptadas = set()
    for parte in acepta[:400].lower().split(","):
        nombre, _, resto = parte.partition(";")
        calidad = resto.replace(" ", "").removeprefix("q=") if resto else "1"
        if calidad.strip("0.") or not resto:
            aceptadas.add(nombre.strip())
    return next((una for una in ("br", "gzip") if una in aceptadas), "")


def has_etag(si_no_es: str, etag: str) -> bool:
    """Si ``If-None-Match`` nombra ese ETag. La comparación es la débil, como manda RFC 9110."""
    if si_no_es.strip() == "*":
        return True
    return any(uno.strip().removeprefix("W/") == etag for uno in si_no_es.split(","))


@lru_cache(maxsize=512)
def http_date(segundos: int) -> str:
    return formatdate(segundos, usegmt=True)


def is_as_new(si_cambio: str, segundos: int) -> bool:
    """Si lo que el cliente tiene, según ``If-Modified-Since``, es al menos tan nuevo. Una fecha rara no cuenta."""
    leida = parsedate_tz(si_cambio)
    try:
        return leida is not None and mktime_tz(leida) >= segundos
    except (ValueError, OverflowError):
        return False


def _comprimir(cuerpo: bytes, codificacion: str) -> bytes:
    if codificacion == "br":
        return bytes(brotli.compress(cuerpo, mode=brotli.MODE_TEXT, quality=CALIDAD_BROTLI))
    return gzip.compress(cuerpo, CALIDAD_GZIP, mtime=0)
