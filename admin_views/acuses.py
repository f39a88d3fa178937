"""Los acuses: la constancia de cada acto, para imprimir y archivar."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.acuses import (
    POR_PAGINA,
    count_hechos,
    find_acuse,
    has_protegidos_despues,
    list_acuses,
    lugares_of,
    verify_acuse,
)
from models.domain.errores import NoExiste
from models.domain.estados import TRANSICIONES
from models.domain.lotes import summary_of
from models.domain.workflow.motivos import from_json
from models.folios import a_folio, de_folio
from models.reloj import ahora
from models.tareas import Lote, Trabajo
from models.usuarios import Usuario

bp = Blueprint("acuses", __name__)

FUERA_HASTA = 100


@bp.get("/ipo/acuses")
def lista() -> ResponseReturnValue:
    """Los acuses de la persona; la Unidad ve los de toda su institución."""
    if actor().sujeto_id is None:
        raise NoExiste()
    clave = request.args.get("formato", "")
    lotes = list_acuses(actor(), clave if clave in actor().claves else "", _antes_de())
    pagina, hay_mas = lotes[:POR_PAGINA], len(lotes) > POR_PAGINA
    formatos = [formato for formato in g.foto.catalogo.activos if formato.clave in actor().claves]
    return render_template(
        "acuses/lista.html", lotes=pagina, siguiente=a_folio(pagina[-1].id) if hay_mas else "", elegido=clave,
        quienes=_nombres(pagina), formatos=formatos, por_clave=g.foto.catalogo.por_clave, transiciones=TRANSICIONES,
        hechos={lote.id: count_hechos(lote) for lote in pagina}, trabajos=_trabajos(pagina))


@bp.get("/ipo/acuses/<folio>")
def acuse(folio: str) -> ResponseReturnValue:
    """Un acuse: folio, formato, periodos, registros, quién, cuándo y huella."""
    lote = _find(folio)
    formato = g.foto.catalogo.por_clave.get(lote.clave)
    return render_template(
        "acuses/acuse.html", lote=lote, folio=a_folio(lote.id), formato=formato, transicion=TRANSICIONES[lote.acto],
        lugares=lugares_of(lote), hechos=count_hechos(lote), resumen=summary_of(lote, FUERA_HASTA),
        quien=_nombres([lote]).get(lote.usuario_id, "Persona que ya no está"), coincide=(coincide := verify_acuse(lote)),
        protegido=coincide is False and has_protegidos_despues(lote),
        trabajo=_trabajos([lote]).get(lote.trabajo_id), ahora_mismo=ahora(), por_campo=_por_campo(lote, formato))


def _por_campo(lote: Lote, formato: object) -> list[tuple[str, str]]:
    campos = getattr(formato, "por_nombre", {})
    return [(campos[nombre].etiqueta, motivo) for nombre, motivo in from_json(lote.motivos_campo).items() if nombre in campos]


def _find(folio: str) -> Lote:
    try:
        lote = find_acuse(actor(), de_folio(folio)) if actor().sujeto_id else None
    except ValueError:
        lote = None
    if lote is None:
        raise NoExiste()
    return lote


def _antes_de() -> int | None:
    try:
        return de_folio(request.args.get("antes", ""))
    except ValueError:
        return None


def _nombres(lotes: list[Lote]) -> dict[int, str]:
    ids = sorted({lote.usuario_id for lote in lotes})
    return dict(Usuario.select(Usuario.id, Usuario.nombre).where(
        Usuario.sujeto_id == actor().sujeto_id, Usuario.id.in_(ids)).tuples())


def _trabajos(lotes: list[Lote]) -> dict[int, Trabajo]:
    """El trabajo que hace cada lote largo o programado."""
    ids = [lote.trabajo_id for lote in lotes if lote.trabajo_id]
    filas = Trabajo.select().where(Trabajo.sujeto_id == actor().sujeto_id, Trabajo.id.in_(ids)) if ids else []
    return {fila.id: fila for fila in filas}
