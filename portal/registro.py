"""La página de un registro: todo lo que dice, quién responde por él y sus dos fechas."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from flask import Blueprint, Response, render_template

from fracciones_config import Formato
from models.formatos import Tabla
from models.hojas.disposicion import Identidad
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import Salida
from models.hojas.salidas.jsones import to_registros
from models.hojas.salidas.renglones import Bloque as DeSalida
from models.hojas.salidas.renglones import Titular
from models.publicados import Institucion, Lapida, Registro
from portal.celdas import Celda, full_cell
from portal.contexto import foto, publicados
from portal.descargas import find_forma
from portal.direcciones import absolute, find_id, find_institucion, find_tabla
from portal.errores import NoExiste, Retirado
from portal.respuestas import download

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
    tabla, bloque, _ = _solo(siglas, clave, folio)
    [registro] = to_registros(tabla, bloque, Enlaces(absolute("")))
    return download(orjson.dumps(registro), "application/json", f"{clave}-{folio}.json")


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>.<any(csv, xlsx, zip):extension>")
def en_archivo(siglas: str, clave: str, folio: str, extension: str) -> Response:
    """El registro solo, en CSV, en un libro de Excel o, con sus tablas, en un ZIP."""
    tabla, bloque, identidad = _solo(siglas, clave, folio)
    forma, nombre = find_forma(extension), f"{clave}-{folio}"
    cuerpo = b"".join(forma.escribir(Salida(tabla, [bloque], Enlaces(absolute("")), nombre, identidad)))
    return download(cuerpo, forma.tipo, forma.archivo(nombre))


def _solo(siglas: str, clave: str, folio: str) -> tuple[Tabla, DeSalida, Identidad]:
    institucion, tabla, registro = _buscar(siglas, clave, folio)
    fila = publicados().fila(institucion, tabla, registro.id)
    if fila is None:
        raise NoExiste("Ese registro acaba de retirarse.")
    bloque = DeSalida(Titular(institucion.siglas, institucion.nombre), [fila])
    return tabla, bloque, Identidad(clave, foto().numero, siglas)


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
