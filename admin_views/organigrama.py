"""El organigrama dibujado: se ordena aquí; los datos de cada área se llenan en su formato."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.sueltos import read_dia
from admin_views.identidad import actor
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.errores import ActoImposible, NoExiste, ReglaRota
from models.domain.organigrama import (
    HACIA,
    areas_de_baja,
    find_area,
    frenos_de_area,
    hang_area,
    move_area,
    read_areas,
    restore_area,
    retire_area,
)
from models.domain.permissions import Accion, puede_en_formato
from models.folios import de_folio
from models.formatos import Tabla
from models.maestros import Area
from models.presentacion.arbol import build_arbol
from models.presentacion.fechas import fecha
from models.reloj import hoy

bp = Blueprint("organigrama", __name__)

CLAVE = "organigrama"


@bp.get("/ipo/organigrama")
def arbol() -> ResponseReturnValue:
    """El árbol de las áreas, con botones para ordenarlo."""
    _exigir(Accion.VER)
    areas = read_areas(actor().sujeto_id or 0)
    return render_template("organigrama/arbol.html", raices=build_arbol(areas), areas=sorted(areas, key=lambda a: a.nombre),
                           clave=CLAVE, puede_ordenar=_puede(Accion.CAPTURAR), de_baja=areas_de_baja(actor().sujeto_id or 0))


@bp.post("/ipo/organigrama/mover")
def mover() -> ResponseReturnValue:
    """Un lugar arriba o abajo (``mover=subir:folio``), o debajo de otra (``area`` y ``bajo``; vacío, hasta arriba)."""
    tabla = _exigir(Accion.CAPTURAR)
    hacia, _, folio = request.form.get("mover", "").partition(":")
    try:
        if hacia in HACIA:
            area = _find(folio)
            if not move_area(actor(), tabla, area, hacia):
                flash(f"{area.nombre} ya está en ese extremo.", "ojo")
        else:
            area = _find(request.form.get("area", ""))
            bajo = request.form.get("bajo", "")
            hang_area(actor(), tabla, area, _find(bajo) if bajo else None)
            flash(f"{area.nombre} cambió de lugar. Su registro queda por revisar y publicar.", "bien")
    except ActoImposible as error:
        flash(str(error), "ojo")
    return redirect(url_for(".arbol", _anchor=f"a-{folio or request.form.get('area', '')}"))


@bp.route("/ipo/organigrama/<folio>/quitar", methods=["GET", "POST"])
def quitar(folio: str) -> ResponseReturnValue:
    """Da de baja un área con fecha, o dice qué la detiene."""
    tabla, area = _exigir(Accion.CAPTURAR), _find(folio)
    tablas = [g.foto.tablas[clave] for clave in g.foto.tablas]
    error = ""
    if request.method == "POST":
        try:
            retire_area(actor(), tabla, area, read_dia(request.form.get("dia", "")), tablas)
            flash(f"{area.nombre} ya no está en el organigrama.", "bien")
            return redirect(url_for(".arbol"))
        except CamposInvalidos as falla:
            error = falla.problemas["baja"]
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("organigrama/quitar.html", area=area, folio=folio, frenos=frenos_de_area(area, tablas),
                             error=error, dia=request.form.get("dia", fecha(hoy())))
    return (pagina, 409) if error else pagina


@bp.post("/ipo/organigrama/<folio>/reactivar")
def reactivar(folio: str) -> ResponseReturnValue:
    """Deshace la baja de un área."""
    tabla = _exigir(Accion.CAPTURAR)
    try:
        area = restore_area(actor(), tabla, de_folio(folio))
        flash(f"{area.nombre} está otra vez en el organigrama. Su registro queda por revisar y publicar.", "bien")
    except ValueError as error:
        raise NoExiste() from error
    except NoExiste:
        raise
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for(".arbol"))


def _puede(accion: Accion) -> bool:
    quien = actor()
    return bool(quien.sujeto_id and CLAVE in quien.claves and puede_en_formato(quien, accion, quien.sujeto_id, CLAVE))


def _exigir(accion: Accion) -> Tabla:
    """La tabla del organigrama; 404 si la persona no lo lleva."""
    tabla = g.foto.tablas.get(CLAVE)
    if tabla is None or not _puede(accion):
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _find(folio: str) -> Area:
    try:
        return find_area(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
