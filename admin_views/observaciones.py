"""Observaciones: hacerlas, verlas con sus filtros, contestarlas, cerrarlas y reabrirlas."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.aplicabilidad import formatos_de
from models.domain.dias_habiles import count_habiles
from models.domain.errores import NoExiste, ReglaRota
from models.domain.mensajes.hilos import find_entrada, mark_read, read_hilo
from models.domain.observaciones.hacer import Pedido, find_observable, observe
from models.domain.observaciones.listas import (
    Cuenta,
    Filtro,
    count_observaciones,
    list_observaciones,
    nombres_de,
    observaciones_de,
)
from models.domain.observaciones.reglas import Situacion, es_de_su_lado, le_toca_atenderla
from models.domain.observaciones.seguir import (
    answer_observacion,
    close_observacion,
    find_observacion,
    reopen_observacion,
)
from models.domain.permissions import Accion, Objeto, Rol, puede, puede_en_todo
from models.domain.sujetos import find_por_siglas
from models.folios import a_folio, de_folio, nuevo_id
from models.formatos import Tabla
from models.mensajes import Observacion
from models.reloj import hoy
from models.sujetos import SujetoObligado

bp = Blueprint("observaciones", __name__)

DICHO = {"responder": "Su respuesta se envió.", "cerrar": "La observación quedó cerrada.",
         "reabrir": "Se reabrió la observación."}


@bp.get("/ipo/observaciones")
def lista() -> ResponseReturnValue:
    """Las observaciones de la persona: abiertas, atendidas o cerradas, primero la que vence antes."""
    _exigir()
    filtro = _read_filtro()
    pagina = list_observaciones(actor(), filtro, hoy())
    return render_template(
        "observaciones/lista.html", filtro=filtro, observaciones=pagina.observaciones, cuenta=board_count(),
        siguiente=_en_texto(pagina.siguiente), primera=not request.args.get("desde"), formatos=_formatos(),
        nombres=nombres_de({o.hecha_por for o in pagina.observaciones}), puede_hacer=_puede_hacer(),
        catalogo_por_clave=g.foto.catalogo.por_clave,
        instituciones=_instituciones(pagina.observaciones))


@bp.route("/ipo/observaciones/nueva", methods=["GET", "POST"])
def nueva() -> ResponseReturnValue:
    """Hacer una observación sobre un formato, un registro o un dato suyo."""
    if not _puede_hacer():
        raise NoExiste()
    sujeto_id, tabla = _sujeto_pedido(), _tabla_pedida()
    if sujeto_id is None or tabla is None:
        return render_template("observaciones/elegir.html", formatos=_formatos(), instituciones=_todas())
    registro = _folio_o_nada(request.values.get("registro", ""))
    if registro is None and request.values.get("registro"):
        raise NoExiste()
    titulo, error = find_observable(actor(), tabla, sujeto_id, registro), ""
    if request.method == "POST":
        pedido = Pedido(sujeto_id, request.form.get("texto", ""), _entero(request.form.get("dias", "")),
                        _folio_o_nada(request.form.get("envio", "")) or nuevo_id(), registro,
                        request.form.get("campo") or None)
        try:
            hecha = observe(actor(), tabla, pedido)
            flash("La observación se envió a quienes lo llevan.", "bien")
            return redirect(url_for(".ficha", folio=a_folio(hecha.id)))
        except NoExiste:
            raise
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template(
        "observaciones/nueva.html", formato=tabla.formato, titulo=titulo, error=error, tecleado=request.values,
        registro=registro, sujeto_pedido=SujetoObligado.get_or_none(SujetoObligado.id == sujeto_id),
        envio=request.form.get("envio") or a_folio(nuevo_id()))
    return (pagina, 422) if error else pagina


@bp.get("/ipo/observaciones/<folio>")
def ficha(folio: str) -> ResponseReturnValue:
    """Una observación con su conversación y lo que se puede hacer con ella; al abrirla queda leída."""
    observacion = _find(folio)
    with suppress(NoExiste):  # quien la ve sin haberla recibido no tiene nada que marcar
        mark_read(find_entrada(actor(), observacion.id))
    return _dibujar(observacion)


@bp.post("/ipo/observaciones/<folio>/<any(responder,cerrar,reabrir):acto>")
def seguir(folio: str, acto: str) -> ResponseReturnValue:
    """Contestar, cerrar o reabrir."""
    observacion, texto = _find(folio), request.form.get("texto", "")
    try:
        if acto == "responder":
            answer_observacion(actor(), observacion, texto, _folio_o_nada(request.form.get("envio", "")) or nuevo_id())
        elif acto == "cerrar":
            close_observacion(actor(), observacion)
        else:
            reopen_observacion(actor(), observacion, texto, _entero(request.form.get("dias", "5")))
    except ReglaRota as falla:
        return _dibujar(_find(folio), str(falla), acto, texto), 422
    flash(DICHO[acto], "bien")
    return redirect(url_for(".ficha", folio=folio))


def board_count() -> Cuenta:
    """La cuenta del tablero y del menú; una consulta por página, aunque se pida dos veces."""
    if "observaciones" not in g:
        g.observaciones = count_observaciones(actor(), hoy())
    return g.observaciones  # type: ignore[no-any-return]


def install(app: Flask) -> None:
    """Lo que toda plantilla de la oficina tiene de las observaciones."""
    app.jinja_env.globals.update(
        cuenta_de_observaciones=board_count, dias_habiles_hasta=lambda dia: count_habiles(hoy(), dia), dia_de_hoy=hoy,
        observaciones_de=lambda clave, registro=None: observaciones_de(actor(), clave, registro),
        puede_observar_en=lambda fila, clave: actor().sujeto_id is not None and puede(
            actor(), Accion.OBSERVAR, Objeto.de_fila(clave, fila) if fila else Objeto(actor().sujeto_id or 0, clave)))


def _dibujar(observacion: Observacion, error: str = "", acto: str = "", tecleado: str = "") -> str:
    tabla = g.foto.tablas.get(observacion.clave)
    g.pop("sin_leer", None)
    mensajes = read_hilo(observacion.sujeto_id, observacion.id)
    return render_template(
        "observaciones/ficha.html", o=observacion, formato=tabla.formato if tabla else None, mensajes=mensajes, error=error,
        acto=acto, tecleado=tecleado, envio=a_folio(nuevo_id()), folio=a_folio(observacion.id),
        nombres=nombres_de({observacion.hecha_por}), suya=es_de_su_lado(actor(), observacion),
        le_toca=le_toca_atenderla(actor(), observacion), instituciones=_instituciones([observacion]))


def _exigir() -> None:
    if actor().rol is Rol.GARANTE and not puede_en_todo(actor(), Accion.VERIFICAR):
        raise NoExiste()


def _puede_hacer() -> bool:
    quien = actor()
    if quien.rol is Rol.GARANTE:
        return puede_en_todo(quien, Accion.VERIFICAR)
    return any(puede(quien, Accion.OBSERVAR, Objeto(quien.sujeto_id or 0, clave)) for clave in quien.claves)


def _read_filtro() -> Filtro:
    args = request.args
    situacion = args.get("situacion", "abierta")
    return Filtro(
        situacion=Situacion(situacion) if situacion in list(Situacion) else None,
        clave=args.get("formato") if args.get("formato") in g.foto.catalogo.por_clave else None,
        sujeto_id=find_por_siglas(args["institucion"][:40]) if actor().rol is Rol.GARANTE and args.get("institucion") else None,
        vencidas=args.get("vencidas") == "si", desde=_de_texto(args.get("desde", "")))


def _sujeto_pedido() -> int | None:
    """El de la persona; para el órgano garante, el que eligió."""
    if actor().rol is Rol.GARANTE:
        return find_por_siglas(request.values.get("institucion", "")[:40])
    return actor().sujeto_id


def _tabla_pedida() -> Tabla | None:
    clave, sujeto_id = request.values.get("formato", ""), _sujeto_pedido()
    if not clave or sujeto_id is None:
        return None
    if clave not in {formato.clave for formato in formatos_de(sujeto_id, g.foto.catalogo)}:
        raise NoExiste()
    return g.foto.tablas[clave]  # type: ignore[no-any-return]


def _formatos() -> list[Any]:
    """Los que se pueden elegir: los suyos; para el órgano garante, los de la institución elegida o todos."""
    if actor().rol is not Rol.GARANTE:
        return [formato for formato in g.foto.catalogo.activos if formato.clave in actor().claves]
    sujeto_id = _sujeto_pedido()
    return list(formatos_de(sujeto_id, g.foto.catalogo) if sujeto_id else g.foto.catalogo.activos)


def _todas() -> list[SujetoObligado]:
    return list(SujetoObligado.select().order_by(SujetoObligado.nombre)) if actor().rol is Rol.GARANTE else []


def _instituciones(observaciones: list[Observacion]) -> dict[int, SujetoObligado]:
    """Para el órgano garante, la institución de cada una."""
    if actor().rol is not Rol.GARANTE:
        return {}
    ids = sorted({o.sujeto_id for o in observaciones} or {0})
    return {sujeto.id: sujeto for sujeto in SujetoObligado.select().where(SujetoObligado.id.in_(ids))}


def _find(folio: str) -> Observacion:
    identificador = _folio_o_nada(folio)
    if identificador is None:
        raise NoExiste()
    return find_observacion(actor(), identificador)


def _folio_o_nada(folio: str) -> int | None:
    try:
        return de_folio(folio)
    except ValueError:
        return None


def _entero(texto: str) -> int:
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 4 else 0


def _en_texto(siguiente: tuple[dt.date, int] | None) -> str | None:
    return f"{siguiente[0].isoformat()}_{a_folio(siguiente[1])}" if siguiente else None


def _de_texto(texto: str) -> tuple[dt.date, int] | None:
    dia, _, folio = texto.partition("_")
    try:
        return dt.date.fromisoformat(dia), de_folio(folio)
    except ValueError:
        return None
