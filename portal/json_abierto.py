"""Los registros en JSON, para programas: los mismos datos que la página, con sus direcciones completas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fracciones_config import Formato, TipoCampo
from models.publicados import Institucion, Registro
from portal.direcciones import absolute, to_archivo, to_registro
from portal.palabras import iso


@dataclass(frozen=True, slots=True)
class Enlaces:
    """Las direcciones de una institución, sin depender de la petición: el cuerpo se calcula cuando ya terminó."""

    base: str
    siglas: str

    @classmethod
    def de(cls, institucion: Institucion) -> Enlaces:
        return cls(absolute(""), institucion.siglas)

    def registro(self, clave: str, folio: str) -> str:
        return self.base + to_registro(self.siglas, clave, folio)

    def archivo(self, dato: dict[str, Any]) -> str:
        return self.base + to_archivo(self.siglas, dato["id"], dato["nombre"])


def registro_json(formato: Formato, registro: Registro, enlaces: Enlaces) -> dict[str, Any]:
    """Un registro. ``datos`` lleva los datos tal como se guardan; a los archivos se les suma su dirección."""
    datos: dict[str, Any] = {**registro.ajenos, **registro.datos}
    for campo in formato.campos:
        if campo.tipo is TipoCampo.ARCHIVO and campo.nombre in registro.datos:
            dato = datos[campo.nombre]
            datos[campo.nombre] = {"nombre": dato["nombre"], "bytes": dato["bytes"], "sha256": dato["sha256"],
                                   "tipo": dato["tipo"], "direccion": enlaces.archivo(dato)}
    return {
        "folio": registro.folio, "direccion": enlaces.registro(formato.clave, registro.folio),
        "version": registro.numero, "ejercicio": registro.ejercicio or None, "periodo": registro.periodo or None,
        "fecha_actualizacion": iso(registro.actualizado_en), "fecha_validacion": iso(registro.validado_en),
        "publico_desde": iso(registro.publico_desde), "datos": datos, "vacios": dict(registro.vacios)}


def stream_json(
    institucion: Institucion, formato: Formato, ejercicio: int | None, tramos: Iterable[list[Registro]],
    enlaces: Enlaces,
) -> Iterator[bytes]:
    """Todos los registros en un solo documento, que se escribe conforme se leen."""
    cabeza = {
        "institucion": {"siglas": institucion.siglas, "nombre": institucion.nombre},
        "formato": {"clave": formato.clave, "nombre": formato.nombre, "fundamento": formato.fundamento},
        "ejercicio": ejercicio,
        "campos": [{"nombre": c.nombre, "tipo": str(c.tipo), "etiqueta": c.etiqueta} for c in formato.campos]}
    yield _json(cabeza)[:-1] + b',"registros":['
    primero = True
    for tramo in tramos:
        cuerpo = b",\n".join(_json(registro_json(formato, registro, enlaces)) for registro in tramo)
        yield (b"\n" if primero else b",\n") + cuerpo
        primero = False
    yield b"\n]}\n"


def _json(dato: object) -> bytes:
    return json.dumps(dato, ensure_ascii=False, separators=(",", ":")).encode()
