"""Descargar la lista en CSV, tal como está filtrada y solo con lo que la persona ve. Memoria constante."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from fracciones_config import Campo
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
_PELIGROSOS = frozenset("=+-@|")


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
                celdas = [_celda(campo, datos.get(campo.nombre)) for campo in campos]
                yield _renglon([a_folio(fila.id), ROTULOS[Estado(fila.estado)], public_text(fila), *celdas])
            ultimo = trozo[-1].id


def _renglon(celdas: list[str]) -> str:
    salida = io.StringIO()
    csv.writer(salida).writerow(celdas)
    return salida.getvalue()


def _celda(campo: Campo, dato: Any) -> str:
    """El texto de un dato; el menos de un número lo puso la casa, y no es fórmula."""
    escrito = texto(campo, dato)
    return escrito if campo.es_numero else _sin_formula(escrito)


def _sin_formula(celda: str) -> str:
    """Una celda que empieza como fórmula, tras cualquier blanco o signo ancho, lleva apóstrofo: Excel no la ejecuta."""
    visible = celda.lstrip("".join(letra for letra in celda if unicodedata.category(letra)[0] in "CZ"))
    primera = unicodedata.normalize("NFKC", visible[:1])[:1]
    return f"'{celda}" if primera in _PELIGROSOS or celda[:1] in ("\t", "\r", "\n") else celda
