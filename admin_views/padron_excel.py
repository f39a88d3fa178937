"""El padrón desde Excel, y las cartas de acceso de quienes todavía no entran."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from admin_views.sujetos import carta_de
from models.archivos.subida import MIME
from models.domain.cartas import POR_DOCUMENTO, find_por_entregar, issue_cartas
from models.domain.errores import ActoImposible, ReglaRota
from models.domain.padron_excel import COLUMNAS, FILAS, Celdas, import_padron, plan_of, strip_encabezado
from models.folios import a_folio
from models.hojas.lectura import BYTES, read_filas
from models.hojas.plantilla import Columna, make_plantilla
from models.presentacion.numeros import contar
from models.presentacion.poderes import PODERES

bp = Blueprint("padron_excel", __name__)

AYUDAS = {
    "nombre": "Como está en su ley o decreto.", "nombre_corto": "Para las listas; en blanco, vale el nombre oficial.",
    "poder": "Elija de la lista: de ella depende qué formatos le aplican.", "municipio": "Donde tiene su sede.",
    "siglas": "Su dirección en el portal: de 2 a 20 letras minúsculas sin acento, números o guiones.",
    "titular": "Quien lleva su Unidad de Información; se puede dejar en blanco.",
    "usuario": "Con el que va a entrar; en blanco, «unidad.» y las siglas."}


@bp.get("/ipo/sujetos/plantilla")
def plantilla() -> Response:
    """El libro para llenar."""
    columnas = [Columna(rotulo, AYUDAS[clave], tuple(PODERES.values()) if clave == "poder" else ())
                for clave, rotulo in COLUMNAS.items()]
    respuesta = Response(make_plantilla("Sujetos obligados", columnas, FILAS), content_type=MIME["xlsx"])
    respuesta.headers["Content-Disposition"] = 'attachment; filename="sujetos-obligados.xlsx"'
    return respuesta


@bp.route("/ipo/sujetos/importar", methods=["GET", "POST"])
def importar() -> ResponseReturnValue:
    """Subir el libro: se enseña qué pasaría con cada renglón, y todavía no se crea nada."""
    if request.method != "POST":
        return render_template("sujetos/importar.html", error="", plan=None, FILAS=FILAS)
    subido = request.files.get("archivo")
    try:
        renglones = strip_encabezado(read_filas(subido.read(BYTES + 1) if subido else b"", FILAS + 2, len(COLUMNAS)))
    except ReglaRota as falla:
        return render_template("sujetos/importar.html", error=str(falla), plan=None, FILAS=FILAS), 422
    plan = plan_of(renglones)
    visto = json.dumps([[nueva.fila, nueva.celdas] for nueva in plan.nuevas], ensure_ascii=False)
    return render_template("sujetos/importar.html", error="", plan=plan, visto=visto, PODERES=PODERES, FILAS=FILAS)


@bp.post("/ipo/sujetos/importar/confirmar")
def confirmar() -> ResponseReturnValue:
    """Da de alta lo que se vio. Lo que llega se vuelve a revisar entero: no se cree en la página."""
    try:
        creadas = import_padron(actor(), _read_visto(request.form.get("visto", "")), g.foto.catalogo)
    except ReglaRota as falla:
        return render_template("sujetos/importar.html", error=str(falla), plan=None, FILAS=FILAS), 422
    flash(f"Se dieron de alta {contar(len(creadas), 'institución', 'instituciones')}. Imprima ahora sus cartas de acceso."
          if creadas else "Todas estaban ya dadas de alta.", "bien")
    return redirect(url_for(".cartas"))


@bp.route("/ipo/sujetos/cartas", methods=["GET", "POST"])
def cartas() -> ResponseReturnValue:
    """Quiénes no han entrado; y las cartas de los que se elijan, que se ven una vez."""
    error = ""
    if request.method == "POST":
        try:
            hechas = issue_cartas(actor(), _read_ids(request.form.getlist("cuenta")))
            hojas = [carta_de(uno.sujeto, uno.cuenta, temporal) for uno, temporal in hechas]
            return render_template("sujetos/cartas.html", cartas=hojas, nueva=False, volver=None)
        except ActoImposible as falla:
            error = str(falla)
    pagina = render_template("sujetos/por_entregar.html", por_entregar=find_por_entregar(actor()), error=error,
                             POR_DOCUMENTO=POR_DOCUMENTO)
    return (pagina, 422) if error else pagina


def _read_ids(folios: list[str]) -> set[int]:
    pedidos = set(folios[:1000])
    return {uno.cuenta.id for uno in find_por_entregar(actor()) if a_folio(uno.cuenta.id) in pedidos}


def _read_visto(texto: str) -> list[tuple[int, Celdas]]:
    """Los renglones que la página enseñó. Lanza ``ActoImposible`` si no vienen como salieron."""
    try:
        crudo: Any = json.loads(texto)
        renglones = [(int(fila), [str(celda)[:2000] for celda in celdas]) for fila, celdas in crudo]
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise ActoImposible("La página estuvo abierta demasiado tiempo. Vuelva a subir el archivo.") from error
    if not 0 < len(renglones) <= FILAS or any(len(celdas) != len(COLUMNAS) for _, celdas in renglones):
        raise ActoImposible("No hay ninguna institución nueva que dar de alta.")
    return renglones
