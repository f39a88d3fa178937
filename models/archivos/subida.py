"""Recibir un archivo: se mira lo que es por sus bytes, no por su nombre, y solo entran PDF y hojas de Excel."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import BinaryIO

from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.domain.errores import NoPermitido, ReglaRota
from models.domain.permissions import Actor
from models.folios import nuevo_id
from models.reloj import ahora

TAMANO_MAXIMO = 25 * 1024 * 1024
"""25 MB, en bytes."""

MIME = {"pdf": "application/pdf",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

_DISCO_MINIMO = 50 * 1024 * 1024
_COLA = 2048


class ArchivoRechazado(ReglaRota):
    """El archivo no se acepta; el mensaje dice qué se recibió y qué se espera."""


def receive(actor: Actor, almacen: AlmacenEnDisco, nombre: str, flujo: BinaryIO, acepta: tuple[str, ...]) -> Archivo:
    """Guarda un archivo subido por ``actor`` y da su fila. Lanza ``ArchivoRechazado``; entonces nada queda guardado."""
    if actor.sujeto_id is None:
        raise NoPermitido("El órgano garante no sube archivos de registros.")
    contenido = flujo.read(TAMANO_MAXIMO + 1)
    nombre = clean_nombre(nombre)
    tipo = _require_tipo(nombre, contenido, acepta)
    if almacen.libre() < _DISCO_MINIMO:
        raise ArchivoRechazado("El servidor no tiene espacio para más archivos. Avise a su Unidad de Información.")
    sha256, tamano = almacen.guardar(io.BytesIO(contenido))
    return Archivo.create(  # type: ignore[no-any-return]
        sujeto_id=actor.sujeto_id, id=nuevo_id(), sha256=sha256, nombre=nombre, bytes=tamano, tipo=tipo,
        subido_por=actor.id, subido_en=ahora())


def clean_nombre(nombre: str) -> str:
    """El nombre para enseñar y descargar: sin rutas ni caracteres de control, hasta 200 letras."""
    solo = nombre.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", solo) if unicodedata.category(c)[0] != "C")
    visible = visible.strip(" .") or "archivo"
    if len(visible) > 200:
        raiz, punto, final = visible.rpartition(".")
        visible = f"{raiz[:190]}{punto}{final[:8]}" if punto else visible[:200]
    return visible


def sniff(contenido: bytes) -> str | None:
    """``pdf`` o ``xlsx`` según los bytes; ``None`` si no es ninguno."""
    if contenido.startswith(b"%PDF-") and b"%%EOF" in contenido[-_COLA:]:
        return "pdf"
    if contenido.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(contenido)) as libro:
                nombres = set(libro.namelist())
        except (zipfile.BadZipFile, ValueError):
            return None
        return "xlsx" if {"[Content_Types].xml", "xl/workbook.xml"} <= nombres else None
    return None


def _require_tipo(nombre: str, contenido: bytes, acepta: tuple[str, ...]) -> str:
    esperado = " o ".join(tipo.upper() for tipo in acepta)
    if not contenido:
        raise ArchivoRechazado(f"«{nombre}» está vacío. Elija el archivo otra vez.")
    if len(contenido) > TAMANO_MAXIMO:
        raise ArchivoRechazado(f"«{nombre}» pesa más de 25 MB. Redúzcalo o divídalo, y vuelva a subirlo.")
    tipo = sniff(contenido)
    if tipo not in acepta:
        recibido = f"es {tipo.upper()}" if tipo else "no es un PDF ni un Excel completo"
        raise ArchivoRechazado(f"«{nombre}» {recibido}; aquí va {esperado}. Guárdelo como {esperado} y súbalo de nuevo.")
    if not nombre.lower().endswith(f".{tipo}"):
        raise ArchivoRechazado(f"«{nombre}» es {tipo.upper()} por dentro, pero su nombre no termina en .{tipo}. "
                               "Cámbiele el nombre y súbalo de nuevo.")
    return tipo
