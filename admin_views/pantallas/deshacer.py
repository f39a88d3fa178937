"""«Deshacer»: lo que acaba de hacer la persona vuelve a como estaba. Se ofrece en el aviso y, por un día, en el registro."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.domain.errores import NoExiste
from models.domain.estados import DESHACIBLES
from models.domain.lotes import done_in, find_lote
from models.domain.permissions import Accion
from models.domain.workflow.deshacer import PLAZO, find_deshacible, undo
from models.folios import a_folio, de_folio
from models.presentacion.fechas import fecha_y_hora
from models.presentacion.numeros import contar
from models.tareas import Lote

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def offer(lote: Lote, hechos: int) -> None:
    """Pone «Deshacer» junto al aviso de lo que se acaba de hacer, si ese acto se deshace."""
    if hechos and lote.acto in DESHACIBLES:
        flash(words_for(lote), "deshacer")


def words_for(lote: Lote) -> dict[str, str] | None:
    """Lo que ``deshacer.html`` necesita para ofrecer deshacer un lote; ``None`` si su acto no se deshace."""
    if lote.acto not in DESHACIBLES:
        return None
    cuales = "el registro" if lote.n == 1 else "los registros"
    return {"a": url_for("formato.deshacer", clave=lote.clave), "nombre": "lote", "valor": a_folio(lote.id),
            "texto": f"¿Se equivocó? Puede deshacer {DESHACIBLES[lote.acto]} mientras nadie toque {cuales}."}


def offer_in(vista: VistaFormato, fila: Any) -> dict[str, str] | None:
    """Lo mismo, para el registro: ``None`` si esta persona no tiene qué deshacerle."""
    acto = find_deshacible(vista.actor, vista.tabla, fila)
    return acto and {"a": vista.get_url(".deshacer"), "nombre": "id", "valor": a_folio(fila.id),
                     "texto": f"Puede deshacer {DESHACIBLES[acto.acto]} hasta el {fecha_y_hora(acto.instante + PLAZO)}, "
                              "si nadie toca antes el registro."}


def undo_acto(vista: VistaFormato) -> ResponseReturnValue:
    """Deshace lo de un lote, o lo último de un registro."""
    ids = _ids(vista)
    resultado = undo(vista.actor, vista.tabla, ids)
    cuentan = vista.tabla.formato.se_cuenta
    if resultado.hechos:
        flash(f"Deshecho: {contar(len(resultado.hechos), *cuentan)} como antes.", "bien")
    if resultado.fuera:
        flash(f"{contar(len(resultado.fuera), *cuentan)} sin deshacer. {resultado.fuera[0].razon}", "ojo")
    if len(ids) == 1:
        return redirect(vista.get_url(".details_view", id=a_folio(ids[0])))
    return redirect(vista.get_url(".index_view"))


def _ids(vista: VistaFormato) -> list[int]:
    if folio := request.form.get("id"):
        fila = vista.one(folio, Accion.VER)
        if fila is None:
            raise NoExiste()
        return [fila.id]
    try:
        lote = find_lote(vista.actor, de_folio(request.form.get("lote", "")))
    except ValueError:
        lote = None
    if lote is None or lote.clave != vista.tabla.clave or lote.acto not in DESHACIBLES:
        raise NoExiste()
    return done_in(lote)
