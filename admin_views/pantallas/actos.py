"""Actos sobre uno o varios registros: se elige, se confirma viendo qué va a pasar, y se hace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from admin_views.pantallas import deshacer
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.estados import TRANSICIONES
from models.domain.lectores.crudo import DatoInvalido, to_parrafo
from models.domain.listas import where_of
from models.domain.lotes import Confirmacion, find_lote, freeze_lote, pares_of, summary_of
from models.domain.permissions import Accion, puede_en_formato
from models.domain.personales import read_freno
from models.domain.programacion import parse_programacion
from models.domain.validation import de_canonico
from models.domain.workflow import prever
from models.folios import a_folio, de_folio
from models.presentacion.motivos import COMUNES
from models.presentacion.numeros import contar
from models.presentacion.registro import title_of
from models.reloj import ahora
from models.tareas import Lote, Trabajo
from models.trabajos.despertador import despertar
from models.trabajos.encargo import EN_LINEA, confirm_and_do

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

SELECCION_MAXIMA = 500
"""Registros marcados a mano; para más, «todos los del filtro»."""

MUESTRA = 8


def freeze(vista: VistaFormato) -> ResponseReturnValue:
    """Congela lo elegido (marcado a mano, o todo el filtro) y lleva a confirmarlo."""
    acto = request.form.get("acto", "")
    if acto not in TRANSICIONES or acto == "editar":
        raise ActoImposible("Elija qué hacer con los registros.")
    if not _puede_el_acto(vista, acto):
        raise NoPermitido(f"Su perfil no permite: {TRANSICIONES[acto].nombre.lower()}.")
    pares = _todo_el_filtro(vista) if request.form.get("todos") else _marcados()
    lote = freeze_lote(vista.actor, vista.tabla, acto, pares)
    if not lote.n:
        flash("No eligió ningún registro. Marque al menos uno.", "ojo")
        return redirect(vista.get_url(".index_view"))
    return redirect(vista.get_url(".confirmar", lote=a_folio(lote.id)))


def freeze_one(vista: VistaFormato, acto: str, registro: int, version: int) -> str:
    """Congela un solo registro; da la dirección donde se confirma."""
    lote = freeze_lote(vista.actor, vista.tabla, acto, [(registro, version)])
    return vista.get_url(".confirmar", lote=a_folio(lote.id))


def confirm(vista: VistaFormato, lote: str) -> ResponseReturnValue:
    """La confirmación: cuántos, cuáles quedan fuera y por qué; al aceptar, se hace."""
    congelado = _find(vista, lote)
    if request.method != "POST":
        return _preguntar(vista, congelado)
    try:
        motivo = to_parrafo(request.form.get("motivo", ""))
    except DatoInvalido as error:
        return _preguntar(vista, congelado, error=str(error)), 422
    if TRANSICIONES[congelado.acto].pide_motivo and len(motivo) < 3:
        return _preguntar(vista, congelado, error="Escriba el motivo: lo leerá quien tenga que corregirlo."), 422
    if not _puede_el_acto(vista, congelado.acto):
        raise NoExiste()
    try:
        dicho = Confirmacion(motivo, desde=_desde(congelado.acto))
    except ActoImposible as error:
        return _preguntar(vista, congelado, error=str(error)), 422
    return after_confirming(vista, congelado, confirm_and_do(vista.actor, vista.tabla, congelado, dicho))


def after_confirming(vista: VistaFormato, lote: Lote, trabajo: Trabajo | None) -> ResponseReturnValue:
    """A dónde va quien confirmó: a la barra de lo largo, o a la lista, que dice lo hecho o deja deshacerlo."""
    if trabajo is None:
        return _contar(vista, lote)
    despertar()
    if lote.n > EN_LINEA:
        return redirect(url_for("avance.avance", folio=a_folio(trabajo.id)))
    return redirect(vista.get_url(".index_view"))


def grace_of(acto: str) -> int | None:
    """El instante en que sale lo que se publica ahora; ``None`` si el acto no espera. Los demás no los ve la ciudadanía."""
    segundos = current_app.extensions["entorno"].deshacer if acto == "publicar" else 0
    return ahora() + segundos * 1000 if segundos else None


def _desde(acto: str) -> int | None:
    """El que la persona fijó o, si no fijó ninguno, el de gracia."""
    if acto != "publicar":
        return None
    return parse_programacion(request.form.get("fecha", ""), request.form.get("hora", ""), ahora()) or grace_of(acto)


def _marcados() -> list[tuple[int, int]]:
    """Los pares ``folio:version`` de las casillas; los mal escritos no cuentan."""
    pares = []
    for marca in request.form.getlist("sel")[:SELECCION_MAXIMA]:
        folio, _, version = marca.partition(":")
        try:
            pares.append((de_folio(folio), int(version[:9])))
        except ValueError:
            continue
    return pares


def _todo_el_filtro(vista: VistaFormato) -> Iterator[tuple[int, int]]:
    return pares_of(vista.tabla, where_of(vista.actor, vista.tabla, read_filtro(vista.tabla, request.args)))


def _find(vista: VistaFormato, folio: str) -> Lote:
    try:
        lote = find_lote(vista.actor, de_folio(folio))
    except ValueError:
        lote = None
    if lote is None or lote.clave != vista.tabla.clave:
        raise NoExiste()
    return lote


def _puede_el_acto(vista: VistaFormato, acto: str) -> bool:
    accion: Accion = TRANSICIONES[acto].accion
    return puede_en_formato(vista.actor, accion, vista.actor.sujeto_id or 0, vista.tabla.clave)


def _preguntar(vista: VistaFormato, lote: Lote, error: str = "") -> str:
    if not _puede_el_acto(vista, lote.acto):
        raise NoExiste()
    previsto = prever(vista.actor, lote.acto, vista.tabla, lote)
    singular, plural = vista.tabla.formato.se_cuenta
    return vista.render(
        "formato/confirmar.html", lote=lote, folio_lote=a_folio(lote.id), transicion=TRANSICIONES[lote.acto],
        cuantos=contar(lote.n, singular, plural), previsto=previsto, error=error,
        muestra=[_renglon(vista, fila) for fila in previsto.aptas[:MUESTRA]],
        fuera=[(title_of(vista.tabla.formato, f.fila), f.razon) for f in previsto.fuera[:50]],
        motivo=request.form.get("motivo", ""), comunes=COMUNES.get(lote.acto, ()),
        fecha_fijada=request.form.get("fecha", ""), hora_fijada=request.form.get("hora", ""),
        con_personales=_count_personales(lote, previsto.aptas),
        detenidos=sum(f.razon == read_freno(f.fila.personales, f.fila.personales_motivo) for f in previsto.fuera if f.fila),
        propios=_count_propios(vista, lote, previsto.aptas),
        deshacer=current_app.extensions["entorno"].deshacer)


def _count_propios(vista: VistaFormato, lote: Lote, aptas: list[Any]) -> int:
    """Cuántos capturó o corrigió la misma persona que los va a aprobar."""
    aprueba = TRANSICIONES[lote.acto].pide_completo
    return sum(1 for fila in aptas if aprueba and fila.cambiado_por == vista.actor.id)


def _count_personales(lote: Lote, aptas: list[Any]) -> int:
    """Cuántos de los que se aprueban traen datos personales, ya con su motivo."""
    return sum(1 for fila in aptas if fila.personales) if TRANSICIONES[lote.acto].pide_completo else 0


def _renglon(vista: VistaFormato, fila: Any) -> dict[str, Any]:
    datos, _ = de_canonico(fila.contenido)
    return {"folio": a_folio(fila.id), "titulo": title_of(vista.tabla.formato, fila), "estado": fila.estado,
            "datos": datos}


def _contar(vista: VistaFormato, lote: Lote) -> ResponseReturnValue:
    """Dice lo que se hizo y lo que quedó fuera, y regresa a la lista (o al registro, si era uno)."""
    resumen = summary_of(lote)
    singular, plural = vista.tabla.formato.se_cuenta
    if resumen["hechos"]:
        flash(f"{TRANSICIONES[lote.acto].nombre}: hecho con {contar(resumen['hechos'], singular, plural)}.", "bien")
    razones: dict[str, int] = {}
    for _, razon in resumen["fuera"]:
        razones[razon] = razones.get(razon, 0) + 1
    for razon, n in razones.items():
        flash(f"{contar(n, singular, plural)} sin tocar. {razon}", "ojo")
    if resumen["hechos"]:
        flash(a_folio(lote.id), "acuse")
        deshacer.offer(lote, resumen["hechos"])
    return redirect(vista.get_url(".index_view"))
