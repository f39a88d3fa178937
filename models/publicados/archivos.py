"""Los archivos que la ciudadanía puede descargar: solo los que están en un registro público en este momento."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import Database

from models.adjuntos import PubArchivo, PubArchivoAnterior


@dataclass(frozen=True, slots=True)
class ArchivoPublico:
    """Un archivo publicado; ``tipo`` es ``pdf`` o ``xlsx``, y ``sha256`` su huella y su nombre en el almacén."""

    id: int
    nombre: str
    bytes: int
    tipo: str
    sha256: str


def find_archivo(base: Database, sujeto_id: int, archivo_id: int) -> ArchivoPublico | None:
    """El archivo, si algún registro público de la institución lo tiene hoy."""
    fila: Any = PubArchivo.select().where(
        PubArchivo.sujeto_id == sujeto_id, PubArchivo.archivo_id == archivo_id).bind(base).first()
    return ArchivoPublico(fila.archivo_id, fila.nombre, fila.bytes, fila.tipo, fila.sha256) if fila else None


def find_dueno_anterior(base: Database, sujeto_id: int, archivo_id: int) -> tuple[str, int] | None:
    """(clave, registro) del último que llevó un archivo que ya no se entrega; ``None`` si nadie lo llevó."""
    fila = PubArchivoAnterior.select(PubArchivoAnterior.clave, PubArchivoAnterior.registro_id).where(
        PubArchivoAnterior.sujeto_id == sujeto_id, PubArchivoAnterior.archivo_id == archivo_id,
    ).order_by(PubArchivoAnterior.registro_id.desc()).bind(base).tuples().first()
    return (str(fila[0]), int(fila[1])) if fila else None


def find_vivos(base: Database, sujeto_id: int, registro_id: int) -> frozenset[int]:
    """Los archivos de un registro que hoy se entregan."""
    return frozenset(id_ for (id_,) in PubArchivo.select(PubArchivo.archivo_id).where(
        PubArchivo.sujeto_id == sujeto_id, PubArchivo.registro_id == registro_id).bind(base).tuples())
