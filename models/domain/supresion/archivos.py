"""Los archivos de lo que se suprime: dejan de ser públicos, y sus bytes se van del disco si nadie más los usa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.actos import ContenidoAnterior, PubVersion
from models.adjuntos import Archivo, PubArchivo, RegistroArchivo
from models.cargas import Carga, CargaArchivo, CargaRegistro
from models.folios import a_folio, de_folio, nuevo_id
from models.hojas.cargas.situaciones import VIVAS
from models.sellado import PorBorrar, Sellado

CONTENIDO, EXPEDIENTE, VOLCADO, BASE = "contenido", "expediente", "volcado", "base"


def others_with(sujeto_id: int, registro_id: int, archivo_id: int) -> list[int]:
    """Los demás registros de la institución que usan, o usaron en público, ese mismo archivo.

    Lo que hoy es público está en ``PubArchivo``; lo que ya no rige, solo en su contenido.
    """
    usan = {fila.registro_id for modelo in (RegistroArchivo, PubArchivo) for fila in modelo.select().where(
        modelo.sujeto_id == sujeto_id, modelo.archivo_id == archivo_id, modelo.registro_id != registro_id)}
    for modelo in (PubVersion, ContenidoAnterior):
        usan |= {fila.registro_id for fila in modelo.select(modelo.registro_id).where(
            modelo.sujeto_id == sujeto_id, modelo.registro_id != registro_id,
            modelo.contenido.contains(f'"id":"{a_folio(archivo_id)}"'))}
    return sorted(usan)


def drop_archivos(sujeto_id: int, registro_id: int, archivos: Iterable[Mapping[str, Any]], borrar: bool) -> None:
    """Olvida esos archivos del registro. Sellados, sus bytes se quedan en el almacén y solo el sello los nombra."""
    for archivo_id, sha256 in sorted({(de_folio(str(dato["id"])), str(dato.get("sha256", ""))) for dato in archivos}):
        for modelo in (PubArchivo, RegistroArchivo):
            modelo.delete().where(modelo.sujeto_id == sujeto_id, modelo.registro_id == registro_id,
                                  modelo.archivo_id == archivo_id).execute()
        if others_with(sujeto_id, registro_id, archivo_id):
            continue
        CargaArchivo.delete().where(CargaArchivo.sujeto_id == sujeto_id, CargaArchivo.archivo_id == archivo_id).execute()
        Archivo.delete().where(Archivo.sujeto_id == sujeto_id, Archivo.id == archivo_id).execute()
        if borrar:
            note_por_borrar(sujeto_id, CONTENIDO, sha256)


def books_of(sujeto_id: int, registro_id: int) -> list[Carga]:
    """Las cargas cuyo libro trae el registro: las que lo hicieron o lo cambiaron, y las de ese mismo libro subido otra vez."""
    suyas = CargaRegistro.select(CargaRegistro.carga_id).where(
        CargaRegistro.sujeto_id == sujeto_id, CargaRegistro.registro_id == registro_id)
    directas = list(Carga.select().where(Carga.sujeto_id == sujeto_id, Carga.id.in_(suyas)).order_by(Carga.id))
    huellas = sorted({carga.sha256 for carga in directas if carga.sha256})
    return directas + list(Carga.select().where(
        Carga.sujeto_id == sujeto_id, Carga.sha256.in_(huellas), Carga.id.not_in([c.id for c in directas])).order_by(Carga.id))


def drop_libros(sujeto_id: int, registro_id: int) -> None:
    """Quita el libro original y el expediente de las cargas que ya acabaron. Las que siguen en curso conservan los suyos."""
    for carga in books_of(sujeto_id, registro_id):
        if carga.situacion in VIVAS:
            continue
        note_por_borrar(sujeto_id, EXPEDIENTE, f"{sujeto_id}-{a_folio(carga.id)}")
        if carga.sha256:
            Carga.update(sha256="", bytes=0).where(Carga.sujeto_id == sujeto_id, Carga.id == carga.id).execute()
            note_por_borrar(sujeto_id, CONTENIDO, carga.sha256)


def note_por_borrar(sujeto_id: int, clase: str, cual: str = "") -> None:
    """Apunta algo que hay que quitar del disco al terminar."""
    PorBorrar.insert(sujeto_id=sujeto_id, id=nuevo_id(), clase=clase, cual=cual).execute()


def is_named(sha256: str) -> bool:
    """Si algo de la base, de quien sea, todavía nombra ese contenido."""
    return any(modelo.select().where(modelo.sha256 == sha256).exists() for modelo in (Archivo, PubArchivo, Carga, Sellado))
