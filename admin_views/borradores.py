"""Los borradores de la persona: se guardan solos mientras teclea, y se recuperan o se descartan."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.tecleado import read_escrito
from admin_views.identidad import actor
from models.borradores import Borrador
from models.domain.borradores import (
    BorradorInvalido,
    DemasiadoPronto,
    DeQue,
    borradores_de,
    discard,
    known_campos,
    read_campos,
    save_borrador,
)
from models.domain.errores import NoExiste
from models.domain.estados import TRANSICIONES
from models.domain.permissions import Accion, condiciones
from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.presentacion.fechas import momento
from models.presentacion.registro import title_of

bp = Blueprint("borradores", __name__)


@bp.get("/ipo/borradores")
def lista() -> ResponseReturnValue:
    """«Mis borradores», los de hoy primero."""
    if actor().sujeto_id is None:
        raise NoExiste()
    return render_template("borradores/lista.html", borradores=[_renglon(uno) for uno in borradores_de(actor())])


@bp.post("/ipo/borradores/<clave>/guardar")
def guardar(clave: str) -> ResponseReturnValue:
    """Lo que el formulario manda solo, cada pocos segundos mientras se teclea."""
    tabla: Tabla | None = g.foto.tablas.get(clave)
    if tabla is None or clave not in actor().claves:
        raise NoExiste()
    try:
        campos = known_campos(tabla, dict(request.form.lists()))
        guardado = save_borrador(actor(), tabla, _de_que(), campos)
    except DemasiadoPronto as error:
        return jsonify(error=str(error)), 429, {"Retry-After": "1"}
    except BorradorInvalido as error:
        return jsonify(error=str(error)), 409
    if guardado is None:
        return jsonify(entregado=True)
    return jsonify(guardado=guardado.cambiado_en, hora=f"{momento(guardado.cambiado_en):%H:%M}")


@bp.post("/ipo/borradores/<folio>/descartar")
def descartar(folio: str) -> ResponseReturnValue:
    """Tira un borrador."""
    try:
        discard(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    flash("Se descartó el borrador.", "bien")
    return redirect(url_for("borradores.lista"))


def _de_que() -> DeQue:
    """De qué hoja es: trae el número de envío de esa hoja y, si edita un registro, su folio y la versión que se abrió."""
    envio, version = request.form.get("envio", ""), request.form.get("version", "")
    if len(envio) != 32 or not envio.isascii() or not envio.isalnum():
        raise NoExiste()
    numero = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return DeQue(envio, request.form.get("id", ""), numero)


def where_to(borrador: Borrador) -> str:
    """La dirección donde se recupera."""
    if borrador.registro_id is None:
        return url_for("formato.create_view", clave=borrador.clave, borrador=a_folio(borrador.id))
    return url_for("formato.edit_view", clave=borrador.clave, id=a_folio(borrador.registro_id),
                   borrador=a_folio(borrador.id))


def _renglon(borrador: Borrador) -> dict[str, Any]:
    tabla: Tabla = g.foto.tablas[borrador.clave]
    fila, campos = _fila(tabla, borrador), dict(read_campos(borrador))
    titulo = " · ".join(campos[nombre].strip() for nombre in tabla.formato.titulo if campos.get(nombre, "").strip())
    return {
        "folio": a_folio(borrador.id), "formato": tabla.formato, "cuando": borrador.cambiado_en,
        "escrito": read_escrito(tabla.formato, campos),
        "que": "Registro nuevo" if borrador.registro_id is None else "Cambios a un registro",
        "titulo": titulo[:120] or (title_of(tabla.formato, fila) if fila is not None else "Todavía sin nombre"),
        "recuperar": where_to(borrador) if borrador.registro_id is None or fila is not None else "",
        "cambio": fila is not None and fila.version != borrador.version}


def _fila(tabla: Tabla, borrador: Borrador) -> Any:
    """El registro que se editaba, si todavía se puede editar."""
    modelo = tabla.trabajo
    return modelo.select().where(
        *condiciones(actor(), Accion.EDITAR, tabla), modelo.id == (borrador.registro_id or 0),
        modelo.estado.in_(list(TRANSICIONES["editar"].de))).first()
