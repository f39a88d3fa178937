"""Un archivo del paquete, y cómo se describe: nombre, lugar, tamaño, huella y esquema."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Recurso:
    """Un CSV del paquete. ``esquema`` es su Table Schema."""

    nombre: str
    titulo: str
    descripcion: str
    esquema: Mapping[str, Any]

    @property
    def ruta(self) -> str:
        return f"datos/{self.nombre}.csv"


@dataclass
class Caja:
    """El .zip en curso: cada CSV se escribe por trozos, y al cerrarlo ya se sabe cuánto pesa y cuál es su huella."""

    archivo: zipfile.ZipFile
    creado: float
    descritos: list[dict[str, Any]] = field(default_factory=list)

    def add(self, recurso: Recurso, trozos: Iterable[bytes]) -> None:
        """Agrega un CSV y lo describe."""
        huella, pesa = hashlib.sha256(), 0
        with self.archivo.open(self._entrada(recurso.ruta), "w", force_zip64=True) as destino:
            for trozo in trozos:
                huella.update(trozo)
                pesa += len(trozo)
                destino.write(trozo)
        self.descritos.append({
            "name": recurso.nombre, "path": recurso.ruta, "title": recurso.titulo, "description": recurso.descripcion,
            "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": pesa,
            "hash": f"sha256:{huella.hexdigest()}", "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
            "schema": dict(recurso.esquema)})

    def add_texto(self, ruta: str, contenido: bytes) -> None:
        """Agrega lo que no son datos: el descriptor, el léame, la licencia."""
        self.archivo.writestr(self._entrada(ruta), contenido)

    def _entrada(self, ruta: str) -> zipfile.ZipInfo:
        """Comprimida con el nivel de siempre de zlib: de noche nadie espera, y quien lo baja agradece que pese menos."""
        entrada = zipfile.ZipInfo(ruta, time.gmtime(self.creado)[:6])
        entrada.compress_type, entrada.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return entrada
