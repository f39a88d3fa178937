"""Proteger un dato publicado por error: qué dato, con qué acta, qué alcanza, y confirmarlo escribiendo una palabra."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from models.domain.errores import ActoImposible, Conflicto, NoExiste
from models.domain.lectores.crudo import plegar
from models.domain.permissions import Accion, puede_en_formato
from models.domain.supresion.alcance import find_publicados, label_of, measure
from models.domain.supresion.disco import clean_disk
from models.domain.supresion.orden import Orden, OrdenInvalida, read_orden
from models.domain.workflow.supresion import suprimir
from models.folios import a_folio
from models.presentacion.numeros import contar
from models.presentacion.registro import title_of
from models.reloj import hoy

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

PALABRA = "PROTEGER"
"""Lo que se escribe para confirmar."""

CAMBIO = "El registro cambió mientras usted decidía. Así está ahora: si sigue de acuerdo, confirme otra vez."

TECLEADOS = ("acta", "acta_fecha", "motivo", "destino")


def show(vista: VistaFormato) -> ResponseReturnValue:
    """El formulario; con POST, lo que alcanza; y confirmado, se suprime."""
    if not puede_en_formato(vista.actor, Accion.SUPRIMIR, vista.actor.sujeto_id or 0, vista.tabla.clave):
        raise NoExiste()
    fila = vista.one(request.values.get("id"), Accion.SUPRIMIR)
    if fila is None or not fila.numero_publico:
        raise NoExiste()
    if request.method != "POST":
        return _ask(vista, fila)
    try:
        orden = read_orden(vista.tabla.formato, request.form, request.form.getlist("objetivo"), hoy())
        return _confirmar(vista, fila, orden)
    except OrdenInvalida as error:
        return _ask(vista, fila, error.problemas), 422


def _confirmar(vista: VistaFormato, fila: Any, orden: Orden) -> ResponseReturnValue:
    if request.form.get("paso") != "confirmar":
        return _preview(vista, fila, orden)
    if plegar(request.form.get("palabra", "")) != plegar(PALABRA):
        return _preview(vista, fila, orden, f"Para confirmar escriba la palabra {PALABRA}."), 422
    try:
        hecho = suprimir(vista.actor, vista.tabla, fila.id, _version(), orden)
    except Conflicto as conflicto:
        return _preview(vista, conflicto.actual, orden, CAMBIO), 409
    except ActoImposible as error:
        return _ask(vista, fila, {"objetivo": str(error)}), 422
    en, que = contar(hecho.versiones, "versión pública", "versiones públicas"), "se borró" if orden.borrar else "quedó sellado"
    flash(f"Dato protegido en {en}. El original {que}. Se avisó al órgano garante.", "bien")
    if clean_disk(fila.sujeto_id):
        flash("Ya nadie lo puede leer. Falta terminar de quitarlo del disco: el sistema lo hará solo cuando nadie esté "
              "guardando.", "ojo")
    return redirect(vista.get_url(".details_view", id=a_folio(fila.id)))


def _ask(vista: VistaFormato, fila: Any, problemas: dict[str, str] | None = None) -> str:
    tecleado = {nombre: request.form.get(nombre, "") for nombre in TECLEADOS}
    return vista.render(
        "formato/suprimir.html", **_comun(vista, fila), publicados=find_publicados(vista.tabla, fila), tecleado=tecleado,
        marcados=request.form.getlist("objetivo"), problemas=problemas or {})


def _preview(vista: VistaFormato, fila: Any, orden: Orden, error: str = "") -> str:
    alcance = measure(vista.tabla, fila, orden.objetivos)
    marcados = [publicado for publicado in find_publicados(vista.tabla, fila) if publicado.objetivo in orden.objetivos]
    return vista.render(
        "formato/suprimir_confirmar.html", **_comun(vista, fila), orden=orden, alcance=alcance, marcados=marcados, error=error,
        copias=_named(vista, alcance.copias), archivos=_named(vista, alcance.archivos),
        objetivos=[(o.llave, label_of(vista.tabla, o)) for o in orden.objetivos],
        tecleado={nombre: request.form.get(nombre, "") for nombre in TECLEADOS}, palabra=PALABRA)


def _named(vista: VistaFormato, ids: list[int]) -> list[tuple[str, str]]:
    """(folio, título) de esos registros; sin título, los de otro formato."""
    titulos = {fila.id: title_of(vista.tabla.formato, fila) for fila in vista.acotada(Accion.VER).where(
        vista.tabla.trabajo.id.in_(ids))}
    return [(a_folio(id_), titulos.get(id_, "")) for id_ in ids]


def _comun(vista: VistaFormato, fila: Any) -> dict[str, Any]:
    return {"fila": fila, "folio": a_folio(fila.id), "titulo": title_of(vista.tabla.formato, fila)}


def _version() -> int:
    texto = request.form.get("version", "")
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else -1
