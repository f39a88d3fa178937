"""Los sujetos obligados, para el órgano garante: el padrón, la página de cada uno, y dar de alta, corregir y extinguir.

Qué puede cada quien lo dice su permiso (``rutas``); el órgano garante no entra por nadie ni cambia registros.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from admin_views.identidad import actor
from fracciones_config import Formato
from models.conteos import PubResumen
from models.domain.actos_de_sujeto import actos_de_sujeto
from models.domain.altas import unlock_any
from models.domain.aplicabilidad import formatos_de
from models.domain.cumplimiento import Cumplimiento, Situacion, missing_of, read_cumplimiento
from models.domain.entrada import locked_among
from models.domain.errores import NoExiste, ReglaRota
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.tiempos import parse_fecha
from models.domain.padron import (
    Ficha,
    edit,
    extinguish,
    ficha_de,
    find_en_padron,
    find_siglas_nuevas,
    reactivate,
    register,
    rename_siglas,
    siglas_anteriores_de,
)
from models.domain.padron_lista import Pedido, find_renglones, gente_de
from models.domain.permissions import Accion, puede_en_todo
from models.domain.sujetos import SujetoInvalido
from models.domain.tramos import cut_tramo
from models.folios import de_folio
from models.presentacion.cartas import Carta
from models.presentacion.poderes import PODERES
from models.reloj import hoy
from models.sujetos import SujetoObligado
from models.usuarios import Usuario

bp = Blueprint("sujetos", __name__)

DICHOS = {"alta": "Se dio de alta", "corregir": "Se corrigieron sus datos", "siglas": "Cambió de siglas",
          "extinguir": "Se declaró extinta", "reactivar": "Se reactivó", "configurar": "La Unidad cambió su configuración",
          "aplicabilidad": "Se ajustó qué formatos le aplican", "prorroga": "Prórroga",
          "carta": "Se le dio una carta de acceso"}
"""Acto → cómo se lee en la historia."""


@bp.get("/ipo/sujetos")
def lista() -> ResponseReturnValue:
    """El padrón: se busca, se filtra, se ordena y se recorre por páginas."""
    pedido = read_pedido(request.args)
    tramo = cut_tramo(find_renglones(actor(), pedido), lambda r: str(r.sujeto.siglas), request.args.get("desde"))
    return render_template("sujetos/lista.html", tramo=tramo, pedido=pedido, PODERES=PODERES, puede=_puede_llevar())


@bp.route("/ipo/sujetos/nuevo", methods=["GET", "POST"])
def nuevo() -> ResponseReturnValue:
    """Una institución nueva con la cuenta de su Unidad. Su carta de acceso se ve aquí, una vez."""
    error = ""
    if request.method == "POST":
        try:
            sujeto, cuenta, temporal = register(
                actor(), request.form.get("siglas", ""), _ficha(request.form), request.form.get("titular", ""),
                request.form.get("usuario", ""), g.foto.catalogo)
            carta = carta_de(sujeto, cuenta, temporal)
            return render_template("sujetos/cartas.html", cartas=[carta], nueva=True, volver=sujeto)
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template("sujetos/nuevo.html", error=error, tecleado=request.form, PODERES=PODERES)
    return (pagina, 422) if error else pagina


@bp.get("/ipo/sujetos/<siglas>")
def ficha(siglas: str) -> ResponseReturnValue:
    """La página de una institución, solo para leer: quién la lleva, cómo va y lo que se ha hecho con ella."""
    sujeto = _find(siglas)
    if isinstance(sujeto, str):
        return redirect(url_for(".ficha", siglas=sujeto), 301)
    gente, formatos = gente_de(sujeto.id), formatos_de(sujeto.id, g.foto.catalogo)
    todos = read_cumplimiento(sujeto.id, formatos, hoy())
    return render_template(
        "sujetos/ficha.html", sujeto_visto=sujeto, cuentas=Counter(str(uno.situacion) for uno in todos),
        faltan=missing_of(todos), por_formato=_peores(todos), ultimas=_ultimas(sujeto.id), gente=gente,
        cerradas=locked_among(gente), DICHOS=DICHOS, PODERES=PODERES,
        actos=actos_de_sujeto(sujeto.id), anteriores=siglas_anteriores_de(sujeto.id), puede=_puede_llevar(),
        lleva_catalogo=puede_en_todo(actor(), Accion.ADMINISTRAR_CATALOGO), verifica=puede_en_todo(actor(), Accion.VERIFICAR),
        da_soporte=puede_en_todo(actor(), Accion.DAR_SOPORTE), abre_sellados=puede_en_todo(actor(), Accion.ABRIR_SELLADO))


@bp.route("/ipo/sujetos/<siglas>/editar", methods=["GET", "POST"])
def editar(siglas: str) -> ResponseReturnValue:
    """Corregir sus datos, cambiarle las siglas, declararla extinta o reactivarla."""
    sujeto = _find(siglas)
    if isinstance(sujeto, str):
        return redirect(url_for(".editar", siglas=sujeto), 301)
    if request.method != "POST":
        return _dibujar(sujeto, ficha_de(sujeto))
    try:
        cambios = edit(actor(), sujeto, _ficha(request.form), g.foto.catalogo)
    except ReglaRota as falla:
        return _dibujar(sujeto, _ficha(request.form), str(falla)), 422
    flash("Se guardó y ya se lee en el portal." if cambios else "No había cambios que guardar.", "bien")
    return redirect(url_for(".ficha", siglas=siglas))


@bp.post("/ipo/sujetos/<siglas>/<any(siglas,extinguir,reactivar):acto>")
def acto(siglas: str, acto: str) -> ResponseReturnValue:
    """Un acto que cambia la vida de la institución; pide sus propios datos."""
    sujeto, datos = _find(siglas), request.form
    if isinstance(sujeto, str):
        raise NoExiste()
    try:
        if acto == "siglas":
            siglas = datos.get("nuevas", "").strip()
            rename_siglas(actor(), sujeto, siglas, g.foto.catalogo)
            flash("Cambió de siglas. Las direcciones de antes llevan a las nuevas.", "bien")
        elif acto == "extinguir":
            extinguish(actor(), sujeto, _dia(datos.get("dia", "")), datos.get("motivo", ""), g.foto.catalogo)
            flash("Quedó declarada extinta: se sigue leyendo, y su gente ya no escribe.", "ojo")
        else:
            reactivate(actor(), sujeto, datos.get("motivo", ""), g.foto.catalogo)
            flash("Quedó reactivada: su gente puede volver a escribir.", "bien")
    except ReglaRota as falla:
        return _dibujar(sujeto, ficha_de(sujeto), str(falla), acto), 422
    return redirect(url_for(".ficha", siglas=siglas))


@bp.post("/ipo/sujetos/<siglas>/desbloquear/<folio>")
def desbloquear(siglas: str, folio: str) -> ResponseReturnValue:
    """Soporte: deja entrar a una cuenta de esa institución."""
    sujeto = _find(siglas)
    cuenta = None if isinstance(sujeto, str) else _find_cuenta(sujeto, folio)
    if cuenta is None:
        raise NoExiste()
    unlock_any(actor(), cuenta)
    flash(f"{cuenta.nombre} puede volver a entrar.", "bien")
    return redirect(url_for(".ficha", siglas=siglas, _anchor="gente"))


def read_pedido(args: MultiDict[str, str]) -> Pedido:
    """Lo que se pide ver del padrón; lo que no se entiende se ignora."""
    texto = "".join(letra for letra in args.get("q", "") if letra.isprintable())[:100]
    poder, situacion, orden = args.get("poder", ""), args.get("situacion", ""), args.get("orden", "")
    return Pedido(texto.strip(), poder if poder in PODERES else "",
                  situacion if situacion in ("activas", "extintas") else "", orden)


def carta_de(sujeto: SujetoObligado, cuenta: Usuario, temporal: str) -> Carta:
    """La carta de acceso de una cuenta, con la dirección por la que se llegó a la oficina."""
    return Carta(sujeto.nombre, cuenta.nombre, cuenta.usuario, temporal, f"{request.host_url}ipo", cuenta.contrasena_vence)


PEORES = {Situacion.VENCIDO: "vencido", Situacion.POR_VENCER: "por vencer", Situacion.AL_CORRIENTE: "al corriente",
          Situacion.SIN_INFORMACION: "sin información que publicar", Situacion.AUN_NO_TOCA: "todavía no toca",
          Situacion.NO_APLICA: "declaró que no le aplica"}
"""Situación → cómo se lee, de lo que más apremia a lo que menos."""


def _peores(todos: list[Cumplimiento]) -> list[tuple[Formato, str]]:
    """Cada formato con su situación más apremiante, en el orden de la ley."""
    orden, peores = list(PEORES), dict[str, Cumplimiento]()
    for uno in todos:
        previo = peores.get(uno.formato.clave)
        if previo is None or orden.index(uno.situacion) < orden.index(previo.situacion):
            peores[uno.formato.clave] = uno
    return [(uno.formato, PEORES[uno.situacion]) for uno in peores.values()]


def _ultimas(sujeto_id: int) -> list[tuple[PubResumen, Formato]]:
    """Lo último que publicó, de los formatos que siguen en el catálogo."""
    filas = PubResumen.select().where(PubResumen.sujeto_id == sujeto_id, PubResumen.n > 0).order_by(
        PubResumen.ultima_publicacion.desc()).limit(8)
    return [(fila, g.foto.catalogo.por_clave[fila.clave]) for fila in filas if fila.clave in g.foto.catalogo.por_clave]


def _ficha(datos: MultiDict[str, str]) -> Ficha:
    return Ficha(*(datos.get(nombre, "") for nombre in ("nombre", "nombre_corto", "poder", "municipio")))


def _dia(texto: str) -> dt.date:
    try:
        return dt.date.fromisoformat(parse_fecha(texto))
    except DatoInvalido as error:
        raise SujetoInvalido(f"El día en que se extinguió: {error}") from error


def _dibujar(sujeto: SujetoObligado, datos: Ficha, error: str = "", acto: str = "") -> str:
    return render_template("sujetos/editar.html", sujeto_visto=sujeto, datos=datos, error=error, acto=acto,
                           tecleado=request.form, PODERES=PODERES)


def _find(siglas: str) -> Any:
    """La institución; si esas siglas son de antes, las de hoy (texto). Lanza ``NoExiste``."""
    try:
        return find_en_padron(actor(), siglas)
    except NoExiste:
        nuevas = find_siglas_nuevas(siglas)
        if nuevas is None:
            raise
        return nuevas


def _find_cuenta(sujeto: SujetoObligado, folio: str) -> Usuario | None:
    try:
        return Usuario.get_or_none(Usuario.sujeto_id == sujeto.id, Usuario.id == de_folio(folio))  # type: ignore[no-any-return]
    except ValueError:
        return None


def _puede_llevar() -> bool:
    return puede_en_todo(actor(), Accion.ADMINISTRAR_SUJETOS)
