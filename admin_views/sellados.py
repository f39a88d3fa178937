"""Los datos sellados de una institución: cuáles hay, y abrir uno. Solo con el permiso de abrirlos; abrirlo queda apuntado."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template, request, send_file
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.archivos.subida import MIME
from models.domain.errores import NoExiste
from models.domain.padron import find_en_padron
from models.domain.sellados import Abierto, label_of, list_sellados, open_sellado
from models.folios import de_folio

bp = Blueprint("sellados", __name__)


@bp.get("/ipo/sujetos/<siglas>/sellados")
def lista(siglas: str) -> ResponseReturnValue:
    """Qué está sellado, por qué acta y desde cuándo; el dato no se ve."""
    sujeto = find_en_padron(actor(), siglas)
    sellados = [(uno, label_of(g.foto.catalogo, uno)) for uno in list_sellados(actor(), sujeto)]
    return render_template("sujetos/sellados.html", sujeto_visto=sujeto, sellados=sellados, formatos=g.foto.catalogo.por_clave)


@bp.post("/ipo/sujetos/<siglas>/sellados/<folio>")
def abrir(siglas: str, folio: str) -> ResponseReturnValue:
    """El original, para leerlo; con ``archivo``, el documento. Las dos cosas quedan apuntadas."""
    sujeto = find_en_padron(actor(), siglas)
    try:
        abierto = open_sellado(actor(), g.foto.catalogo, sujeto, de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    if request.form.get("archivo") == "si":
        return _send(abierto)
    return render_template("sujetos/sellado.html", sujeto_visto=sujeto, abierto=abierto)


def _send(abierto: Abierto) -> ResponseReturnValue:
    almacen = current_app.extensions["almacen"]
    if abierto.archivo is None or not almacen.existe(abierto.archivo):
        raise NoExiste()
    respuesta = send_file(almacen.abrir(abierto.archivo), mimetype=MIME["pdf"], as_attachment=True, download_name="sellado.pdf")
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta
