"""«Archivos pendientes»: los que un libro nombró y no llegaron. Se agregan después; uno puede servir a muchos registros."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.cargas import ArchivoPendiente
from models.domain.errores import NoExiste, ReglaRota
from models.domain.permissions import Accion, puede_en_formato
from models.formatos import Tabla
from models.hojas.cargas.pendientes import Resuelto, attach_pendiente, attach_pendientes, count_pendientes, list_pendientes
from models.hojas.cargas.zips import Subido
from models.presentacion.numeros import contar

bp = Blueprint("archivos_pendientes", __name__)

POR_PAGINA = 100


@dataclass(frozen=True, slots=True)
class Esperan:
    """Un formato y a cuántos de sus campos les falta un archivo."""

    tabla: Tabla
    cuantos: int


@bp.get("/ipo/archivos-pendientes")
def lista() -> ResponseReturnValue:
    """En qué formatos hay registros que esperan un archivo."""
    quien = actor()
    if quien.sujeto_id is None:
        raise NoExiste()
    claves = [clave for (clave,) in ArchivoPendiente.select(ArchivoPendiente.clave).where(
        ArchivoPendiente.sujeto_id == quien.sujeto_id).distinct().tuples()]
    suyas = [g.foto.tablas[clave] for clave in sorted(claves) if clave in g.foto.tablas and clave in quien.claves]
    esperan = [Esperan(tabla, count_pendientes(quien, tabla)) for tabla in suyas]
    return render_template("cargas/pendientes.html", esperan=[uno for uno in esperan if uno.cuantos])


@bp.route("/ipo/archivos-pendientes/<clave>", methods=["GET", "POST"])
def de_formato(clave: str) -> ResponseReturnValue:
    """Los nombres que faltan en un formato, y agregar sus archivos: uno a uno, varios a la vez o en un ``.zip``."""
    tabla = _tabla(clave)
    if request.method == "POST":
        try:
            _tell(_attach(tabla))
        except ReglaRota as error:
            flash(str(error), "ojo")
        return redirect(url_for(".de_formato", clave=clave))
    desde = request.args.get("desde", "")[:300]
    pendientes = list_pendientes(actor(), tabla, desde=desde, limite=POR_PAGINA + 1)
    siguiente = pendientes[POR_PAGINA - 1].plegado if len(pendientes) > POR_PAGINA else None
    return render_template("cargas/pendientes_de_formato.html", formato=tabla.formato, pendientes=pendientes[:POR_PAGINA],
                           siguiente=siguiente, desde=desde, cuantos=count_pendientes(actor(), tabla))


def _attach(tabla: Tabla) -> Resuelto:
    subidos = [Subido(uno.filename, uno.stream) for uno in request.files.getlist("archivos") if uno.filename]
    if not subidos:
        raise ReglaRota("Elija los archivos que quiere agregar.")
    almacen, plegado, campo = current_app.extensions["almacen"], request.form.get("plegado", ""), request.form.get("campo", "")
    if not plegado:
        return attach_pendientes(actor(), tabla, almacen, subidos)
    suyo = tabla.formato.por_nombre.get(campo)
    if suyo is None or suyo.tipo != "archivo":
        raise NoExiste()
    return attach_pendiente(actor(), tabla, almacen, plegado, campo, subidos[0])


def _tell(hecho: Resuelto) -> None:
    if hecho.registros:
        flash(f"Se completaron {contar(hecho.registros, 'registro', 'registros')}. Quedan sin revisar.", "bien")
    if hecho.quedan:
        flash(f"Faltan {contar(hecho.quedan, 'registro', 'registros')} con esos mismos archivos: súbalos otra vez y se sigue "
              "donde iba.", "ojo")
    if hecho.sobran:
        flash(f"Ningún registro espera: {', '.join(hecho.sobran[:8])}{'…' if len(hecho.sobran) > 8 else ''}.", "ojo")
    for nombre, razon in hecho.rechazados[:5]:
        flash(f"{nombre}: {razon}", "ojo")
    if not (hecho.registros or hecho.sobran or hecho.rechazados):
        flash("Ningún registro esperaba ya esos archivos.", "ojo")


def _tabla(clave: str) -> Tabla:
    quien, tabla = actor(), g.foto.tablas.get(clave)
    if tabla is None or not (quien.sujeto_id and clave in quien.claves
                             and puede_en_formato(quien, Accion.EDITAR, quien.sujeto_id, clave)):
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]
