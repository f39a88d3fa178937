"""El directorio en la oficina: las personas por área. Sus datos se llenan en su formato; aquí se buscan y se dan de baja."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import read_dia
from admin_views.identidad import actor
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.directorio import TOPE, find_persona, frenos_de_persona, read_directorio, restore_persona, retire_persona
from models.domain.errores import NoExiste, ReglaRota
from models.domain.permissions import Accion, puede_en_formato
from models.folios import de_folio
from models.formatos import Tabla
from models.maestros import Persona
from models.presentacion.fechas import fecha
from models.reloj import hoy

bp = Blueprint("directorio", __name__)

CLAVE = "directorio"


@bp.get("/ipo/directorio")
def lista() -> ResponseReturnValue:
    """Las personas por área; con ``q``, las que coinciden; con ``bajas``, las que ya no están."""
    tabla, busca, bajas = _exigir(Accion.VER), request.args.get("q", "")[:200], request.args.get("bajas") == "si"
    return render_template(
        "directorio/lista.html", directorio=read_directorio(actor().sujeto_id or 0, tabla, busca, bajas), busca=busca,
        bajas=bajas, clave=CLAVE, tope=TOPE, edita=_puede(Accion.CAPTURAR))


@bp.route("/ipo/directorio/<folio>/baja", methods=["GET", "POST"])
def baja(folio: str) -> ResponseReturnValue:
    """Da de baja a una persona con fecha, o dice qué la detiene."""
    tabla, una = _exigir(Accion.CAPTURAR), _find(folio)
    tablas = [g.foto.tablas[clave] for clave in g.foto.tablas]
    error = ""
    if request.method == "POST":
        try:
            retire_persona(actor(), tabla, una, read_dia(request.form.get("dia", "")), tablas)
            flash(f"{una.nombre} ya no está en el directorio.", "bien")
            return redirect(url_for(".lista"))
        except CamposInvalidos as falla:
            error = falla.problemas["baja"]
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("directorio/baja.html", una=una, folio=folio, frenos=frenos_de_persona(una, tablas), error=error,
                             dia=request.form.get("dia", fecha(hoy())))
    return (pagina, 409) if error else pagina


@bp.post("/ipo/directorio/<folio>/reactivar")
def reactivar(folio: str) -> ResponseReturnValue:
    """Deshace la baja de una persona."""
    tabla, una = _exigir(Accion.CAPTURAR), _find(folio)
    try:
        restore_persona(actor(), tabla, una)
        flash(f"{una.nombre} está otra vez en el directorio. Su registro queda por revisar y publicar.", "bien")
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for(".lista"))


def _puede(accion: Accion) -> bool:
    quien = actor()
    return bool(quien.sujeto_id and CLAVE in quien.claves and puede_en_formato(quien, accion, quien.sujeto_id, CLAVE))


def _exigir(accion: Accion) -> Tabla:
    """La tabla del directorio; 404 si la persona no lo lleva."""
    tabla = g.foto.tablas.get(CLAVE)
    if tabla is None or not _puede(accion):
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _find(folio: str) -> Persona:
    try:
        return find_persona(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
