"""«Cargar desde Excel»: se elige el libro y, si los hay, los archivos que nombra; de ahí se va a la página de su carga."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from admin_views.pantallas.carga import find_suya
from admin_views.pantallas.lectura_de_periodo import read_periodo
from admin_views.pantallas.plantilla import require_carga
from models.cargas import Carga
from models.domain.errores import ReglaRota
from models.domain.periods import claves, etiqueta
from models.hojas.cargas import Subido, attach_archivos, list_cargas, receive_libro
from models.hojas.cargas.sustitucion import replace_carga
from models.hojas.lectura import HojaRechazada
from models.reloj import hoy
from models.trabajos.despertador import despertar

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

RECIENTES = 5
EJERCICIOS = 7


def receive(vista: VistaFormato) -> ResponseReturnValue:
    """La página y, con POST, el libro: se recibe y se manda revisar. Un libro que no se acepta no se guarda (422)."""
    require_carga(vista)
    anterior = _anterior(vista)
    if request.method != "POST":
        return _render(vista, anterior)
    try:
        carga = _receive_libro(vista)
    except ReglaRota as error:
        return _render(vista, anterior, str(error)), 422
    if anterior is not None:
        replace_carga(vista.actor, anterior, carga)
    receive_archivos(vista, carga, request.files.getlist("archivos"))
    despertar()
    return redirect(vista.get_url(".carga", folio=carga.folio))


def _receive_libro(vista: VistaFormato) -> Carga:
    libro = request.files.get("libro")
    if libro is None or not libro.filename:
        raise HojaRechazada("Elija el libro de Excel que quiere cargar.")
    ejercicio, periodo = read_periodo(vista.tabla.formato, request.form)
    almacen = current_app.extensions["almacen"]
    return receive_libro(vista.actor, vista.tabla, almacen, libro.filename, libro.stream,
                         {"ejercicio": ejercicio, "periodo": periodo})


def receive_archivos(vista: VistaFormato, carga: Carga, subidos: list[FileStorage]) -> None:
    """Los archivos que vinieron con el libro. Lo que no se acepte se dice; el libro sigue."""
    elegidos = [Subido(uno.filename, uno.stream) for uno in subidos if uno.filename]
    if not elegidos:
        return
    try:
        reparto = attach_archivos(vista.actor, carga, current_app.extensions["almacen"], elegidos)
    except ReglaRota as error:
        flash(str(error), "ojo")
        return
    for nombre, razon in reparto.rechazados[:5]:
        flash(f"«{nombre}» no se aceptó. {razon}", "ojo")
    if len(reparto.rechazados) > 5:
        flash(f"Otros {len(reparto.rechazados) - 5} archivos tampoco se aceptaron.", "ojo")


def _anterior(vista: VistaFormato) -> Carga | None:
    """La carga que este libro, ya corregido, viene a sustituir."""
    folio = request.values.get("en_vez_de", "")
    return find_suya(vista, folio) if folio else None


def _render(vista: VistaFormato, anterior: Carga | None, error: str = "") -> str:
    formato = vista.tabla.formato
    return vista.render(
        "cargas/cargar.html", anterior=anterior, error=error, elegido=read_periodo(formato, request.values),
        recientes=list_cargas(vista.actor, formato.clave, limite=RECIENTES).cargas,
        anios=range(hoy().year + 1, hoy().year - EJERCICIOS, -1),
        periodos=[(c, etiqueta(c)) for c in claves(formato.periodicidad)],
        lleva_archivos=any(campo.tipo == "archivo" for campo in formato.campos))
