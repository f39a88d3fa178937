"""Llenar el organigrama o el directorio desde Excel: la plantilla, lo que pasaría, y cargarlo al confirmar.

Lo subido se guarda en el almacén: la vista previa tiene dirección propia, y volver a ella no pide el archivo otra vez.
"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.adjuntos import Archivo
from models.archivos.subida import MIME, receive
from models.domain.errores import NoExiste, ReglaRota
from models.domain.masters import options_of
from models.domain.permissions import Accion, puede_en_formato
from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.hojas.lectura import BYTES, HojaRechazada
from models.hojas.maestros.cotejo import PROPIA, build_plan
from models.hojas.maestros.libros import make_libro
from models.hojas.maestros.plan import CAMBIA, FILAS, IGUAL, NO_CABE, NUEVO, Plan
from models.hojas.maestros.volcado import load_plan
from models.presentacion.numeros import contar

bp = Blueprint("importacion", __name__)

PANTALLA = {"organigrama": "organigrama.arbol", "directorio": "directorio.lista"}
SE_VEN = 300
"""Renglones de cada clase que enseña la vista previa."""


@bp.get("/ipo/<any(organigrama,directorio):que>/plantilla")
def plantilla(que: str) -> Response:
    """El libro para llenar; con ``con=datos``, con lo que ya está."""
    tabla = _exigir(que)
    con_datos = request.args.get("con") == "datos"
    respuesta = Response(make_libro(actor().sujeto_id or 0, tabla, con_datos), content_type=MIME["xlsx"])
    respuesta.headers["Content-Disposition"] = f'attachment; filename="{que}.xlsx"'
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta


@bp.route("/ipo/<any(organigrama,directorio):que>/importar", methods=["GET", "POST"])
def importar(que: str) -> ResponseReturnValue:
    """Subir el libro, y ver qué pasaría con cada renglón. Nada se escribe todavía."""
    tabla = _exigir(que)
    responsable = request.values.get("responsable", "")[:40]
    if request.method == "POST":
        try:
            archivo = _receive()
            build_plan(actor().sujeto_id or 0, tabla, _read(archivo), responsable)
            return redirect(url_for(".importar", que=que, archivo=a_folio(archivo.id), responsable=responsable or None))
        except ReglaRota as error:
            return _render(que, tabla, responsable, error=str(error)), 422
    folio = request.args.get("archivo", "")
    if not folio:
        return _render(que, tabla, responsable)
    archivo = _find(folio)
    try:
        return _render(que, tabla, responsable, folio, build_plan(actor().sujeto_id or 0, tabla, _read(archivo), responsable))
    except HojaRechazada as error:
        return _render(que, tabla, responsable, error=str(error)), 422


@bp.post("/ipo/<any(organigrama,directorio):que>/importar/confirmar")
def confirmar(que: str) -> ResponseReturnValue:
    """Carga lo que se vio. Si algo cambió desde entonces, se vuelve a enseñar."""
    tabla = _exigir(que)
    folio, responsable = request.form.get("archivo", ""), request.form.get("responsable", "")[:40]
    archivo = _find(folio)
    de_nuevo = redirect(url_for(".importar", que=que, archivo=folio, responsable=responsable or None))
    try:
        plan = build_plan(actor().sujeto_id or 0, tabla, _read(archivo), responsable)
        if plan.huella != request.form.get("huella"):
            flash("Algo cambió desde que vio esta página. Revise otra vez antes de cargar.", "ojo")
            return de_nuevo
        volcado = load_plan(actor(), tabla, plan, request.form.get("cuales") == "buenos", folio)
    except ReglaRota as error:
        flash(str(error), "ojo")
        return de_nuevo
    quedan = len(plan.de(NO_CABE)) + len(volcado.fuera)
    flash(f"Se cargaron {contar(volcado.nuevos, 'renglón nuevo', 'renglones nuevos')} y cambiaron {volcado.cambiados}. "
          "Quedan por revisar y publicar.", "bien")
    if quedan:
        quedaron = contar(quedan, "renglón quedó", "renglones quedaron")
        flash(f"{quedaron} fuera: aquí dice por qué. {_porques(volcado.fuera)}", "ojo")
        return de_nuevo
    return redirect(url_for(PANTALLA[que]))


def _porques(fuera: list[tuple[int, str]]) -> str:
    return " ".join(f"Fila {fila}: {razon}" for fila, razon in fuera[:5])


def _render(que: str, tabla: Tabla, responsable: str, folio: str = "", plan: Plan | None = None, error: str = "") -> str:
    vistos = {accion: plan.de(accion) for accion in (NO_CABE, NUEVO, CAMBIA, IGUAL)} if plan else {}
    return render_template(
        "importar.html", que=que, formato=tabla.formato, plan=plan, vistos=vistos, error=error, folio=folio, FILAS=FILAS,
        responsable=responsable, areas=options_of(actor().sujeto_id or 0, "area"), PROPIA=PROPIA, SE_VEN=SE_VEN,
        pantalla=url_for(PANTALLA[que]))


def _receive() -> Archivo:
    subido = request.files.get("archivo")
    if subido is None or not subido.filename:
        raise HojaRechazada("Elija el archivo de Excel.")
    contenido = subido.stream.read(BYTES + 1)
    if len(contenido) > BYTES:
        raise HojaRechazada("El archivo pesa más de 2 MB. Deje en él solo la lista, sin imágenes, y vuelva a subirlo.")
    return receive(actor(), current_app.extensions["almacen"], subido.filename, BytesIO(contenido), ("xlsx",))


def _find(folio: str) -> Archivo:
    """El archivo que esta persona subió; 404 si no es suyo."""
    try:
        archivo = Archivo.get_or_none(Archivo.sujeto_id == actor().sujeto_id, Archivo.id == de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    if archivo is None or archivo.subido_por != actor().id or archivo.tipo != "xlsx" or archivo.bytes > BYTES:
        raise NoExiste()
    return archivo  # type: ignore[no-any-return]


def _read(archivo: Archivo) -> bytes:
    try:
        with current_app.extensions["almacen"].abrir(archivo.sha256) as flujo:
            return bytes(flujo.read())
    except FileNotFoundError as error:
        raise NoExiste() from error


def _exigir(que: str) -> Tabla:
    """La tabla del formato; 404 si la persona no lo lleva."""
    quien, tabla = actor(), g.foto.tablas.get(que)
    if tabla is None or not (quien.sujeto_id and que in quien.claves
                             and puede_en_formato(quien, Accion.CAPTURAR, quien.sujeto_id, que)):
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]
