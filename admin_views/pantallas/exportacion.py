"""Descargar la lista en CSV, tal como está filtrada y solo con lo que la persona ve. Memoria constante."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from models.base import db
from models.domain.estados import ROTULOS, Estado
from models.domain.listas import where_of
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.presentacion.registro import public_text
from models.presentacion.textos import texto

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

TROZO = 1000
_PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠")


def csv_of(vista: VistaFormato) -> ResponseReturnValue:
    """El CSV para Excel (con BOM) de lo que se ve en la lista."""
    condiciones = where_of(vista.actor, vista.tabla, read_filtro(vista.tabla, request.args))
    nombre = f"{vista.tabla.clave}.csv"
    return Response(_renglones(vista, condiciones), mimetype="text/csv", headers={
        "Content-Disposition": f'attachment; filename="{nombre}"', "Content-Type": "text/csv; charset=utf-8"})


def _renglones(vista: VistaFormato, condiciones: list[Any]) -> Iterator[str]:
    """Va leyendo por llave. Abre su propia conexión: Flask cierra la de la petición antes de consumir el cuerpo."""
    campos = vista.tabla.formato.campos
    modelo, ultimo = vista.tabla.trabajo, 0
    yield "\ufeff" + _renglon(["Folio", "Estado", "Lo público", *(campo.etiqueta for campo in campos)])
    with db.connection_context():
        while trozo := list(modelo.select().where(*condiciones, modelo.id > ultimo).order_by(modelo.id).limit(TROZO)):
            for fila in trozo:
                datos, _ = de_canonico(fila.contenido)
                celdas = [texto(campo, datos.get(campo.nombre)) for campo in campos]
                yield _renglon([a_folio(fila.id), ROTULOS[Estado(fila.estado)], public_text(fila), *celdas])
            ultimo = trozo[-1].id


def _renglon(celdas: list[str]) -> str:
    salida = io.StringIO()
    csv.writer(salida).writerow([_sin_formula(celda) for celda in celdas])
    return salida.getvalue()


def _sin_formula(celda: str) -> str:
    """Una celda que empieza como fórmula lleva apóstrofo: Excel la enseña y no la ejecuta."""
    visible = celda.lstrip(" \ufeff\n\r\t\x0b\x0c\xa0")
    return f"'{celda}" if visible.startswith(_PELIGROSOS) or celda.startswith(("\t", "\r")) else celda
