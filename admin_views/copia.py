"""«Copiar del periodo anterior»: se elige a cuál, se ve cuántos son y se copian en rojo."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.copia import TOPE, Copiado, copy_anterior, count_por_copiar, find_periodo
from models.domain.errores import NoExiste, ReglaRota
from models.domain.periods import Periodo, claves, etiqueta, periodo_en_curso
from models.domain.permissions import Accion, puede_en_formato
from models.formatos import Tabla
from models.presentacion.numeros import contar
from models.reloj import hoy

bp = Blueprint("copia", __name__)


@bp.route("/ipo/copia/<clave>", methods=["GET", "POST"])
def copiar(clave: str) -> ResponseReturnValue:
    """Elegir el periodo, ver cuántos registros se copiarían, y copiarlos."""
    tabla, error = _tabla(clave), ""
    destino = periodo_en_curso(tabla.formato.periodicidad, hoy(), tabla.formato.plazo_dias)
    try:
        if "ejercicio" in request.values:
            destino = find_periodo(tabla, _anio(request.values["ejercicio"]), request.values.get("periodo", ""))
        if request.method == "POST":
            _decir(tabla, destino, copy_anterior(actor(), tabla, destino))
            return redirect(url_for("formato.index_view", clave=clave, ejercicio=destino.ejercicio, periodo=destino.clave))
    except ReglaRota as falla:
        error = str(falla)
    origen, cuantos = count_por_copiar(actor(), tabla, destino)
    pagina = render_template(
        "copia.html", formato=tabla.formato, destino=destino, origen=origen, cuantos=cuantos, error=error, tope=TOPE,
        se_cuentan=contar(cuantos, *tabla.formato.se_cuenta), anios=range(hoy().year + 1, hoy().year - 7, -1),
        cambian=[campo.etiqueta for campo in tabla.formato.campos if campo.cambia_cada_periodo],
        periodos=[(c, etiqueta(c)) for c in claves(tabla.formato.periodicidad)])
    return (pagina, 422) if error else pagina


def _decir(tabla: Tabla, destino: Periodo, copiado: Copiado) -> None:
    singular, plural = tabla.formato.se_cuenta
    flash(f"Se copiaron {contar(copiado.nuevos, singular, plural)}. Revíselos: ninguno se publica sin que alguien lo vea.",
          "bien" if copiado.nuevos else "ojo")
    if copiado.ya_estaban:
        flash(f"{contar(copiado.ya_estaban, singular, plural)} ya se habían copiado antes.", "ojo")
    if copiado.fuera:
        flash(f"{contar(copiado.fuera, singular, plural)} no se pudieron copiar: ábralos y corríjalos primero.", "ojo")
    if copiado.quedan:
        flash(f"Quedan {copiado.quedan:,}; vuelva a copiar para seguir.", "ojo")


def _tabla(clave: str) -> Tabla:
    quien, tabla = actor(), g.foto.tablas.get(clave)
    if (tabla is None or tabla.formato.es_vigente or clave not in quien.claves
            or not puede_en_formato(quien, Accion.CAPTURAR, quien.sujeto_id or 0, clave)):
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _anio(texto: str) -> int:
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) == 4 else 0
