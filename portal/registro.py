"""La página de un registro: todo lo que dice, quién responde por él y sus dos fechas."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from fracciones_config import Formato
from models.formatos import Tabla
from models.publicados import Institucion, Lapida, Registro
from portal.celdas import Celda, full_cell
from portal.contexto import publicados
from portal.direcciones import find_id, find_institucion, find_tabla
from portal.errores import NoExiste, Retirado
from portal.json_abierto import Enlaces, registro_json
from portal.respuestas import download
from portal.tablas_csv import machine_csv

bp = Blueprint("registro", __name__)

EN_LA_FICHA = frozenset({"area_responsable", "ejercicio", "periodo"})
"""Los campos comunes que van en la ficha del registro, no entre sus datos."""


@dataclass(frozen=True, slots=True)
class Bloque:
    """Un grupo de campos con sus valores."""

    titulo: str
    pares: list[tuple[str, Celda]]


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>")
def pagina(siglas: str, clave: str, folio: str) -> str:
    """Un registro, o su lápida si se retiró."""
    institucion, tabla, registro = _buscar(siglas, clave, folio)
    return render_template("registro.html", institucion=institucion, formato=tabla.formato, registro=registro,
                           bloques=list(_bloques(tabla.formato, registro, institucion.siglas)),
                           area=full_cell(tabla.formato.por_nombre["area_responsable"], registro, institucion.siglas))


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>.json")
def en_json(siglas: str, clave: str, folio: str) -> Response:
    """El registro, en JSON."""
    institucion, tabla, registro = _buscar(siglas, clave, folio)
    cuerpo = registro_json(tabla.formato, registro, Enlaces.de(institucion))
    return download(json.dumps(cuerpo, ensure_ascii=False).encode(), "application/json", f"{clave}-{folio}.json")


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>.csv")
def en_csv(siglas: str, clave: str, folio: str) -> Response:
    """El registro, en un CSV de un renglón."""
    institucion, tabla, registro = _buscar(siglas, clave, folio)
    cuerpo = b"".join(machine_csv(tabla.formato, [[registro]], Enlaces.de(institucion)))
    return download(cuerpo, "text/csv; charset=utf-8; header=present", f"{clave}-{folio}.csv")


def _buscar(siglas: str, clave: str, folio: str) -> tuple[Institucion, Tabla, Registro]:
    institucion, tabla, identificador = find_institucion(siglas), find_tabla(clave), find_id(folio)
    hallado = publicados().registro(institucion, tabla, identificador)
    if hallado is None:
        raise NoExiste("No hay ningún registro público con ese folio en esta información.")
    if isinstance(hallado, Lapida):
        raise Retirado(hallado, institucion, tabla.formato)
    return institucion, tabla, hallado


def _bloques(formato: Formato, registro: Registro, siglas: str) -> list[Bloque]:
    bloques = [(grupo.titulo, formato.campos_de(grupo.clave)) for grupo in formato.grupos]
    sueltos = tuple(c for c in formato.campos if c.grupo is None and c.nombre not in EN_LA_FICHA)
    return [Bloque(titulo, [(c.etiqueta, full_cell(c, registro, siglas)) for c in campos])
            for titulo, campos in (*bloques, ("Notas", sueltos)) if campos]
