"""``/diccionario/<clave>``: qué significa cada columna de un formato, para leerse y en CSV."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, render_template

from models.esquemas.diccionario import COLUMNAS, all_entries, entries_of, entries_of_tabla
from models.hojas.disposicion import tablas_de
from models.publicados import Conteo
from portal.contexto import foto, publicados
from portal.direcciones import find_tabla
from portal.palabras import article_of
from portal.respuestas import download

bp = Blueprint("diccionario", __name__, url_prefix="/diccionario")


@bp.get("/<clave:clave>")
def pagina(clave: str) -> str:
    """El diccionario de un formato."""
    formato = find_tabla(clave).formato
    return render_template(
        "diccionario.html", formato=formato, entradas=entries_of(formato), articulo=article_of(foto().catalogo, formato),
        paquete=foto().catalogo.paquete_por_clave.get(formato.paquete),
        tablas=[(campo, entries_of_tabla(formato, campo)) for campo in tablas_de(formato)],
        conteo=publicados().panorama().de_clave.get(formato.clave, Conteo()))


@bp.get("/<clave:clave>.csv")
def en_csv(clave: str) -> Response:
    """Lo mismo, en CSV: un renglón por columna, también las que dicen por qué otra está vacía."""
    formato = find_tabla(clave).formato
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(COLUMNAS)
    escritor.writerows(entrada.de_maquina for entrada in all_entries(formato))
    return download(salida.getvalue().encode(), "text/csv; charset=utf-8; header=present", f"diccionario-{formato.clave}.csv")
