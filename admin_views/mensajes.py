"""Mensajes: la bandeja, escribir, leer y contestar; y cómo quiere cada quien que se le avise por correo."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor, usuario
from models.domain.errores import NoExiste, ReglaRota
from models.domain.mensajes.bandeja import TOPE, Carpeta, count_sin_leer, read_bandeja
from models.domain.mensajes.destinos import Destino, destinos_de
from models.domain.mensajes.entregas import entrega_de
from models.domain.mensajes.envio import Carta, Envio, send
from models.domain.mensajes.hilos import (
    answer,
    find_entrada,
    mark_all_read,
    mark_read,
    mark_unread,
    read_conversacion,
)
from models.domain.mensajes.preferencias import PreferenciaInvalida, save_preferencias
from models.domain.mensajes.trato import contactos_de
from models.domain.observaciones.seguir import can_see
from models.folios import a_folio, de_folio, instante_de, nuevo_id
from models.mensajes import Entrada
from models.presentacion.avisos import Enlace, enlace_de
from models.presentacion.entregas import say_periodo
from models.presentacion.numeros import contar

bp = Blueprint("mensajes", __name__)

CARPETAS = {Carpeta.RECIBIDOS: "Recibidos", Carpeta.SIN_LEER: "Sin leer", Carpeta.AVISOS: "Avisos del sistema",
            Carpeta.ENVIADOS: "Enviados"}


@bp.get("/ipo/mensajes")
def bandeja() -> ResponseReturnValue:
    """Lo recibido, lo enviado o los avisos, con lo más nuevo arriba."""
    pedida = request.args.get("carpeta", "")
    carpeta = Carpeta(pedida) if pedida in list(Carpeta) else Carpeta.RECIBIDOS
    texto = " ".join("".join(letra if letra.isprintable() else " " for letra in request.args.get("q", "")).split())[:100]
    pagina = read_bandeja(actor(), carpeta, texto, _folio_o_nada(request.args.get("antes", "")))
    siguiente = a_folio(pagina.siguiente) if pagina.siguiente else None
    return render_template("mensajes/bandeja.html", carpeta=carpeta, carpetas=CARPETAS, texto=texto,
                           entradas=pagina.entradas, siguiente=siguiente, primera=not request.args.get("antes"))


@bp.route("/ipo/mensajes/nuevo", methods=["GET", "POST"])
def nuevo() -> ResponseReturnValue:
    """Escribir a quien se elija."""
    error = ""
    if request.method == "POST":
        envio = _folio_o_nada(request.form.get("envio", "")) or nuevo_id()
        carta = Carta(request.form.get("asunto", ""), request.form.get("texto", ""),
                      tuple(filter(None, request.form.getlist("para"))), envio)
        try:
            _contar(send(actor(), carta, g.foto.catalogo))
            return redirect(url_for(".bandeja", carpeta="enviados"))
        except ReglaRota as falla:
            error = str(falla)
    destinos = destinos_de(actor(), contactos_de(actor(), g.foto.catalogo), g.foto.catalogo)
    pagina = render_template("mensajes/nuevo.html", grupos=_por_grupo(destinos), error=error, tecleado=request.form,
                             elegidos=request.values.getlist("para"), envio=request.form.get("envio") or a_folio(nuevo_id()))
    return (pagina, 422) if error else pagina


@bp.get("/ipo/mensajes/<folio>")
def leer(folio: str) -> ResponseReturnValue:
    """Una conversación o un aviso; al abrirlo queda leído."""
    entrada = _find(folio)
    if entrada.tipo == "observacion" and can_see(actor(), entrada.hilo_id):
        return redirect(url_for("observaciones.ficha", folio=a_folio(entrada.hilo_id)))
    mark_read(entrada)
    return _dibujar(entrada)


@bp.post("/ipo/mensajes/<folio>/responder")
def responder(folio: str) -> ResponseReturnValue:
    """Contestar en la conversación."""
    entrada = _find(folio)
    if entrada.tipo != "mensaje":
        raise NoExiste()
    try:
        nueva = answer(actor(), entrada, request.form.get("texto", ""),
                       _folio_o_nada(request.form.get("envio", "")) or nuevo_id())
    except ReglaRota as falla:
        return _dibujar(entrada, str(falla), request.form.get("texto", "")), 422
    flash("Su respuesta se envió." if nueva else "Esa respuesta ya se había enviado.", "bien")
    return redirect(url_for(".leer", folio=folio))


@bp.post("/ipo/mensajes/<folio>/sin-leer")
def sin_leer(folio: str) -> ResponseReturnValue:
    """Dejarla otra vez por leer."""
    mark_unread(_find(folio))
    flash("Quedó sin leer.", "bien")
    return redirect(url_for(".bandeja"))


@bp.post("/ipo/mensajes/leer-todo")
def leer_todo() -> ResponseReturnValue:
    """Dar por leído todo el buzón."""
    cuantas = mark_all_read(actor())
    flash(f"Se marcaron como leídos: {contar(cuantas, 'mensaje', 'mensajes')}." if cuantas else "No había nada sin leer.",
          "bien")
    return redirect(url_for(".bandeja"))


@bp.route("/ipo/mensajes/preferencias", methods=["GET", "POST"])
def preferencias() -> ResponseReturnValue:
    """El correo de la persona, y si quiere el resumen de cada día."""
    error, correo, quiere = "", usuario().correo or "", usuario().resumen is not False
    if request.method == "POST":
        correo, quiere = request.form.get("correo", ""), request.form.get("resumen") == "si"
        try:
            save_preferencias(actor(), correo, quiere)
            flash("Se guardaron sus preferencias.", "bien")
            return redirect(url_for(".preferencias"))
        except PreferenciaInvalida as falla:
            error = str(falla)
    pagina = render_template("mensajes/preferencias.html", correo=correo, quiere=quiere, error=error)
    return (pagina, 422) if error else pagina


def unread_count() -> str:
    """Lo que la barra dice: «», «3» o «99+». Una consulta por página, aunque se pida dos veces."""
    if "sin_leer" not in g:
        cuantas = count_sin_leer(actor())
        g.sin_leer = "" if not cuantas else f"{TOPE}+" if cuantas > TOPE else str(cuantas)
    return str(g.sin_leer)


def direccion_de(enlace: Enlace) -> str:
    """La dirección a donde lleva un aviso."""
    return url_for(enlace.ruta, **enlace.valores)


def _dibujar(entrada: Entrada, error: str = "", tecleado: str = "") -> str:
    g.pop("sin_leer", None)
    if entrada.hilo_id is None:
        return render_template("mensajes/aviso.html", entrada=entrada, enlace=enlace_de(entrada))
    conversacion = read_conversacion(actor(), entrada)
    return render_template("mensajes/hilo.html", conversacion=conversacion, error=error, tecleado=tecleado,
                           folio=a_folio(entrada.id), envio=a_folio(nuevo_id()))


def _contar(envio: Envio) -> None:
    if envio.repetido:
        flash("Ese mensaje ya se había enviado.", "bien")
        return
    aparte = "; cada quien le contesta solo a usted" if envio.conversaciones > 1 else ""
    flash(f"Se envió a {contar(envio.personas, 'persona', 'personas')}{aparte}.", "bien")


def _por_grupo(destinos: dict[str, Destino]) -> dict[str, list[Destino]]:
    grupos: dict[str, list[Destino]] = {}
    for destino in destinos.values():
        grupos.setdefault(destino.grupo, []).append(destino)
    return grupos


def _find(folio: str) -> Entrada:
    identificador = _folio_o_nada(folio)
    if identificador is None:
        raise NoExiste()
    return find_entrada(actor(), identificador)


def _folio_o_nada(folio: str) -> int | None:
    try:
        return de_folio(folio)
    except ValueError:
        return None


def install(app: Flask) -> None:
    """Lo que toda plantilla de la oficina tiene de los mensajes."""
    app.jinja_env.filters["instante_de_folio"] = instante_de
    app.jinja_env.globals.update(entrega_de=entrega_de, say_periodo=say_periodo)
    app.jinja_env.globals.update(mensajes_sin_leer=unread_count, direccion_de=direccion_de)
