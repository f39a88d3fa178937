"""Lo que se decide en la página de una carga: correcciones, archivos, cargar, cancelar, reanudar y deshacer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from admin_views.pantallas.carga import draw, find_suya
from admin_views.pantallas.cargar import receive_archivos
from models.cargas import Carga
from models.domain.errores import ReglaRota
from models.hojas.cargas import accept_correcciones, cancel_carga, confirm_carga, read_resumen, resume_carga, undo_carga
from models.presentacion.cargas import se_quedan_fuera
from models.presentacion.numeros import contar
from models.trabajos.despertador import despertar

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

MOTIVO_MINIMO, MOTIVO_MAXIMO = 10, 1000
"""Caracteres de la razón para cargar datos personales."""

SIN_RAZON = (f"Escriba por qué se cargan esos datos personales, en una frase (de {MOTIVO_MINIMO} a {MOTIVO_MAXIMO:,} letras), "
             "o quítelos de su libro.")

Acto = Callable[["VistaFormato", Carga], ResponseReturnValue | None]


def decide(vista: VistaFormato, folio: str, acto: str) -> ResponseReturnValue:
    """Hace el acto y vuelve a la página de la carga; lo que no se pueda, se dice ahí."""
    carga = find_suya(vista, folio)
    try:
        respuesta = ACTOS[acto](vista, carga)
    except ReglaRota as error:
        flash(str(error), "ojo")
        respuesta = None
    despertar()
    return respuesta or redirect(vista.get_url(".carga", folio=carga.folio))


def _correcciones(vista: VistaFormato, carga: Carga) -> None:
    elegidas = request.form.getlist("ofrecida" if request.form.get("todas") else "correccion")
    accept_correcciones(vista.actor, carga, elegidas)
    flash("Se aplican las correcciones marcadas y se revisa el libro otra vez. Su archivo no se toca.", "bien")


def _archivos(vista: VistaFormato, carga: Carga) -> None:
    subidos = [uno for uno in request.files.getlist("archivos") if uno.filename]
    if not subidos:
        flash("Elija los archivos que quiere agregar.", "ojo")
        return
    receive_archivos(vista, carga, subidos)


def _confirmar(vista: VistaFormato, carga: Carga) -> ResponseReturnValue | None:
    """Con datos personales hace falta una razón; con renglones que se quedan fuera, decir que se sabe."""
    resumen, motivo = read_resumen(carga), " ".join(request.form.get("personales_motivo", "").split())
    solo_buenos = request.form.get("solo_buenos") == "si"
    if resumen.get("hallazgos") and not MOTIVO_MINIMO <= len(motivo) <= MOTIVO_MAXIMO:
        return draw(vista, carga, SIN_RAZON, request.form), 422
    if (fuera := se_quedan_fuera(resumen)) and not solo_buenos:
        cuantos = contar(fuera, "renglón se queda fuera", "renglones se quedan fuera")
        return draw(vista, carga, f"Marque que sabe que {cuantos}, o corríjalos antes.", request.form), 422
    confirm_carga(vista.actor, carga, solo_buenos=solo_buenos, personales_motivo=motivo)
    return None


def _cancelar(vista: VistaFormato, carga: Carga) -> None:
    cancel_carga(vista.actor, carga)
    flash("La carga se canceló. No se guardó nada.", "bien")


def _reanudar(vista: VistaFormato, carga: Carga) -> None:
    resume_carga(vista.actor, carga)
    flash("La carga sigue desde donde estaba.", "bien")


def _deshacer(vista: VistaFormato, carga: Carga) -> None:
    hecho = undo_carga(vista.actor, carga)
    partes = [(hecho.nuevos, "nuevo fue a la papelera", "nuevos fueron a la papelera"),
              (hecho.cambiados, "cambiado volvió a como estaba", "cambiados volvieron a como estaban"),
              (hecho.bajas, "baja ya no se pide", "bajas ya no se piden")]
    flash(f"Se deshizo la carga: {'; '.join(contar(*parte) for parte in partes if parte[0]) or 'no había nada'}.", "bien")


ACTOS: Mapping[str, Acto] = {
    "correcciones": _correcciones, "archivos": _archivos, "confirmar": _confirmar, "cancelar": _cancelar,
    "reanudar": _reanudar, "deshacer": _deshacer,
}
"""Los actos de una carga, por su nombre en la dirección."""
