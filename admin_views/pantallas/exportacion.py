"""Descargar la lista, tal como está filtrada y ordenada, y solo con lo que la persona ve. Memoria constante."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from models.hojas.disposicion import Identidad
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import FORMAS, Forma, Salida, form_of_tabla
from models.hojas.salidas.fuentes import iter_lista
from models.hojas.salidas.jsones import head_of
from models.hojas.salidas.renglones import Titular, to_bloques
from models.hojas.salidas.subtablas import find_tabla
from models.sujetos import SujetoObligado

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

DE_SIEMPRE = "excel"
"""La que da la dirección sin más: el CSV para Excel."""

_DE_TABLA = "tabla_"


def send(vista: VistaFormato, forma: str = DE_SIEMPRE) -> ResponseReturnValue:
    """La lista en una de las ``FORMAS`` o, con ``tabla_<campo>``, el CSV de ese campo. 404 si no hay tal."""
    tabla, elegida = vista.tabla, _find_forma(vista, forma)
    sujeto = SujetoObligado.get_by_id(vista.actor.sujeto_id)
    filtro = read_filtro(tabla, request.args)
    salida = Salida(
        tabla, to_bloques(Titular(sujeto.siglas, sujeto.nombre), iter_lista(vista.actor, tabla, filtro)),
        Enlaces(_base(), de_trabajo=True), tabla.clave, Identidad(tabla.clave, g.foto.numero, sujeto.siglas),
        head_of(tabla, sujeto.siglas, sujeto.nombre, filtro.ejercicio))
    return Response(elegida.escribir(salida), content_type=elegida.tipo, headers={
        "Content-Disposition": f'attachment; filename="{elegida.archivo(tabla.clave)}"'})


def _find_forma(vista: VistaFormato, clave: str) -> Forma:
    if clave in FORMAS:
        return FORMAS[clave]
    campo = find_tabla(vista.tabla.formato, clave.removeprefix(_DE_TABLA)) if clave.startswith(_DE_TABLA) else None
    if campo is None:
        abort(404)
    return form_of_tabla(campo, para_excel=True)


def _base() -> str:
    """Con qué empiezan las direcciones: el nombre del sitio si se dijo, y si no, aquel con que lo llamaron."""
    return str(current_app.extensions["entorno"].direccion or request.host_url.rstrip("/"))
