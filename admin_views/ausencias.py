"""«Este formato no nos aplica» y «no se generó información»: proponerlo, y que la Unidad lo decida."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from fracciones_config import Formato
from models.ausencias import Ausencia
from models.domain.ausencias import (
    APROBADA,
    DEVUELTA,
    NO_APLICA,
    NO_SE_GENERO,
    PROPUESTA,
    approve,
    ausencias_de,
    find_ausencia,
    propose,
    propose_fraccion,
    revoke,
    send_back,
    textos_usados,
)
from models.domain.errores import NoExiste, ReglaRota
from models.domain.periods import claves, etiqueta
from models.domain.permissions import Rol
from models.folios import de_folio
from models.formatos import Tabla
from models.reloj import hoy

bp = Blueprint("ausencias", __name__)

DICHO = {"aprobar": "Aprobada: la ciudadanía ya la lee.", "devolver": "Devuelta a quien la propuso.",
         "revocar": "Revocada: el formato vuelve a deberse."}


@bp.get("/ipo/ausencias")
def lista() -> ResponseReturnValue:
    """Las propuestas por decidir, lo aprobado y lo devuelto."""
    _exigir()
    de = {estado: ausencias_de(actor(), [estado]) for estado in (PROPUESTA, APROBADA, DEVUELTA)}
    return render_template("ausencias/lista.html", por_decidir=de[PROPUESTA], aprobadas=de[APROBADA], devueltas=de[DEVUELTA],
                           formatos=g.foto.catalogo.por_clave, decide=actor().rol is Rol.UNIDAD)


@bp.route("/ipo/ausencias/<clave>/proponer", methods=["GET", "POST"])
def proponer(clave: str) -> ResponseReturnValue:
    """Proponer que un formato no aplica, o que en un periodo no se generó información."""
    tabla, error = _tabla(clave), ""
    tipo = NO_SE_GENERO if request.values.get("tipo") == NO_SE_GENERO and not tabla.formato.es_vigente else NO_APLICA
    if request.method == "POST":
        try:
            cuantas = _proponer(tabla, tipo)
            flash("Quedó propuesta; la decide la Unidad de Información." if cuantas == 1 else
                  f"Quedaron propuestas {cuantas}, una por formato de la fracción.", "bien")
            return redirect(url_for(".lista"))
        except ReglaRota as falla:
            error = str(falla)
    pagina = render_template(
        "ausencias/proponer.html", formato=tabla.formato, tipo=tipo, error=error, tecleado=request.form,
        textos=textos_usados(actor(), tipo), hermanos=_hermanos(tabla.formato), anios=range(hoy().year, hoy().year - 7, -1),
        periodos=[(c, etiqueta(c)) for c in claves(tabla.formato.periodicidad)])
    return (pagina, 422) if error else pagina


@bp.post("/ipo/ausencias/<folio>/<any(aprobar,devolver,revocar):acto>")
def decidir(folio: str, acto: str) -> ResponseReturnValue:
    """La Unidad aprueba, devuelve o revoca."""
    ausencia = _find(folio)
    tabla, motivo = _tabla(ausencia.clave), request.form.get("motivo", "")
    try:
        if acto == "aprobar":
            approve(actor(), tabla, ausencia)
        else:
            (send_back if acto == "devolver" else revoke)(actor(), tabla, ausencia, motivo)
        flash(DICHO[acto], "bien")
    except ReglaRota as error:
        flash(str(error), "ojo")
    return redirect(url_for(".lista"))


def _proponer(tabla: Tabla, tipo: str) -> int:
    """Una propuesta o, si se pidió la fracción completa, una por cada formato suyo que la persona lleva."""
    texto, ejercicio = request.form.get("texto", ""), request.form.get("ejercicio", "")
    if tipo == NO_SE_GENERO:
        anio = int(ejercicio) if ejercicio.isascii() and ejercicio.isdigit() and len(ejercicio) == 4 else 0
        propose(actor(), tabla, tipo, texto, anio, request.form.get("periodo", ""))
        return 1
    formatos = _hermanos(tabla.formato) if request.form.get("fraccion") == "si" else [tabla.formato]
    return propose_fraccion(actor(), [g.foto.tablas[formato.clave] for formato in formatos], texto)


def _hermanos(formato: Formato) -> list[Formato]:
    """Los formatos de la misma fracción que la persona lleva, con él mismo."""
    return [otro for otro in g.foto.catalogo.activos
            if otro.fundamento == formato.fundamento and otro.clave in actor().claves]


def _exigir() -> None:
    if actor().sujeto_id is None:
        raise NoExiste()


def _tabla(clave: str) -> Tabla:
    _exigir()
    tabla = g.foto.tablas.get(clave)
    if tabla is None or clave not in actor().claves:
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _find(folio: str) -> Ausencia:
    _exigir()
    try:
        return find_ausencia(actor(), de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
