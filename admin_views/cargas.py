"""Las cargas de Excel de una persona (la Unidad ve las de toda su institución)."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.errores import NoExiste
from models.domain.permissions import Accion, Alcance, alcance_de
from models.folios import a_folio, de_folio
from models.hojas.cargas import list_cargas, read_resumen
from models.hojas.cargas.situaciones import EN_CURSO, ROTULOS, Situacion
from models.presentacion.cargas import said_of
from models.usuarios import Usuario

bp = Blueprint("cargas", __name__)

POR_PAGINA = 50

COLORES = {Situacion.CARGADA: "v", Situacion.REVISADA: "a", Situacion.RECHAZADA: "r", Situacion.INTERRUMPIDA: "r"}


@bp.get("/ipo/cargas")
def lista() -> ResponseReturnValue:
    """De la más nueva a la más vieja, por páginas."""
    pagina = list_cargas(actor(), desde=_desde(), limite=POR_PAGINA)
    quienes = {fila.id: fila.nombre for fila in Usuario.select(Usuario.id, Usuario.nombre).where(
        Usuario.sujeto_id == actor().sujeto_id, Usuario.id.in_({carga.usuario_id for carga in pagina.cargas} or {0}))}
    return render_template(
        "cargas/lista.html", cargas=pagina.cargas, siguiente=a_folio(pagina.siguiente) if pagina.siguiente else None,
        quienes=quienes, formatos=g.foto.catalogo.por_clave, es_primera=not request.args.get("desde"),
        de_todos=alcance_de(actor(), Accion.VER) is Alcance.SUJETO)


def _desde() -> int | None:
    folio = request.args.get("desde", "")
    try:
        return de_folio(folio) if folio else None
    except ValueError as error:
        raise NoExiste() from error


@bp.app_template_global("situacion_de_carga")
def situacion_de_carga(situacion: str) -> tuple[str, str]:
    """``(palabras, color del sello)``."""
    return ROTULOS[Situacion(situacion)], "a" if situacion in EN_CURSO else COLORES.get(Situacion(situacion), "g")


@bp.app_template_global("resumen_de_carga")
def resumen_de_carga(carga: object) -> str:
    """Sus cuentas, en un renglón."""
    return said_of(read_resumen(carga))  # type: ignore[arg-type]
