"""«Sin cambios»: marcar los formatos que siguen igual y, si es la Unidad, aprobar lo que otros propusieron."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.ausencias import APROBADA, DEVUELTA, PROPUESTA
from models.domain.errores import NoExiste, ReglaRota
from models.domain.permissions import Rol
from models.domain.por_confirmar import por_confirmar
from models.domain.sin_cambios import (
    Lugar,
    approve_sin_cambios,
    confirm_varios,
    confirmaciones_de,
    find_confirmacion,
    revoke_sin_cambios,
    send_back_sin_cambios,
)
from models.folios import de_folio
from models.formatos import Tabla
from models.presentacion.numeros import contar
from models.reloj import hoy
from models.sin_cambios import Confirmacion

bp = Blueprint("sin_cambios", __name__)

DICHO = {"aprobar": "Aprobado: la ciudadanía lee que se confirmó sin cambios.", "devolver": "Devuelto a quien lo propuso.",
         "revocar": "Revocado: el formato vuelve a deberse en ese periodo."}


@bp.route("/ipo/sin-cambios", methods=["GET", "POST"])
def lista() -> ResponseReturnValue:
    """Lo que se puede confirmar, lo propuesto y lo confirmado; al enviar, confirma o propone lo marcado."""
    _exigir()
    error = _confirmar() if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return redirect(url_for(".lista"))
    posibles = por_confirmar(actor(), [suyo for suyo in g.foto.catalogo.activos if suyo.clave in actor().claves], hoy())
    del_pedido = [uno for uno in posibles if uno.formato.clave == request.args.get("formato")]
    de = {situacion: confirmaciones_de(actor(), situacion) for situacion in (PROPUESTA, DEVUELTA, APROBADA)}
    pagina = render_template(
        "sin_cambios/lista.html", error=error, solo=del_pedido and del_pedido[0].formato.clave,
        abiertos=[uno for uno in del_pedido or posibles if uno.se_puede],
        cerrados=list({uno.formato.clave: uno for uno in del_pedido or posibles if uno.sin_publicar}.values()),
        por_decidir=de[PROPUESTA], devueltas=de[DEVUELTA], aprobadas=de[APROBADA], formatos=g.foto.catalogo.por_clave,
        marcadas=request.form.getlist("sel"), decide=actor().rol is Rol.UNIDAD)
    return (pagina, 422) if error else pagina


@bp.post("/ipo/sin-cambios/<folio>/<any(aprobar,devolver,revocar):acto>")
def decidir(folio: str, acto: str) -> ResponseReturnValue:
    """La Unidad aprueba, devuelve o revoca."""
    cual = _find(folio)
    tabla, motivo = _tabla(cual.clave), request.form.get("motivo", "")
    try:
        if acto == "aprobar":
            approve_sin_cambios(actor(), tabla, cual)
        else:
            (send_back_sin_cambios if acto == "devolver" else revoke_sin_cambios)(actor(), tabla, cual, motivo)
        flash(DICHO[acto], "bien")
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for(".lista"))


def _confirmar() -> str:
    """Confirma lo marcado. Da el error si no se hizo nada; si algo quedó fuera, lo avisa."""
    marcados = request.form.getlist("sel")
    if not marcados:
        return "Marque al menos un formato."
    hecho = confirm_varios(actor(), [_lugar(marca) for marca in marcados])
    fuera = [f"{tabla.formato.nombre_corto}: {motivo}" for tabla, motivo in hecho.fuera]
    if not hecho.confirmados:
        return " ".join(fuera)
    cuantos = contar(len(hecho.confirmados), "formato", "formatos")
    if hecho.confirmados[0].situacion == APROBADA:
        flash(f"Confirmado: {cuantos} sin cambios. La ciudadanía ya lo lee.", "bien")
    else:
        flash(f"Propuesto: {cuantos} sin cambios. Falta que la Unidad de Información lo apruebe.", "bien")
    for dicho in fuera:
        flash(f"No se confirmó {dicho}", "ojo")
    return ""


def _lugar(marca: str) -> Lugar:
    clave, _, resto = marca.partition(":")
    ejercicio, _, periodo = resto.partition(":")
    anio = int(ejercicio) if ejercicio.isascii() and ejercicio.isdigit() and len(ejercicio) == 4 else 0
    return _tabla(clave), anio, periodo


def _exigir() -> None:
    if actor().sujeto_id is None:
        raise NoExiste()


def _tabla(clave: str) -> Tabla:
    tabla = g.foto.tablas.get(clave)
    if tabla is None or clave not in actor().claves:
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _find(folio: str) -> Confirmacion:
    _exigir()
    try:
        return find_confirmacion(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
