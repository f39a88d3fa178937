"""Verificación: lo que una institución no ha publicado, solo para leer; y quién lo ha leído, a la vista de su Unidad."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.errores import NoExiste
from models.domain.padron import find_en_padron
from models.domain.permissions import Rol
from models.domain.validation import de_canonico
from models.domain.verificados import (
    PAGINA,
    count_sin_publicar,
    lecturas_de,
    names_by_clave,
    read_lista,
    read_registro,
)
from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.presentacion.registro import badge_of, public_text, title_of

bp = Blueprint("verificacion", __name__)


@bp.get("/ipo/sujetos/<siglas>/sin-publicar")
def formatos(siglas: str) -> ResponseReturnValue:
    """En qué formatos tiene registros sin publicar, y lo que ya se ha leído."""
    sujeto = find_en_padron(actor(), siglas)
    lecturas = lecturas_de(actor(), sujeto.id, 50)
    cuentas = count_sin_publicar(actor(), sujeto)
    return render_template("sujetos/sin_publicar.html", sujeto_visto=sujeto, lecturas=lecturas, PAGINA=PAGINA,
                           nombres=names_by_clave(g.foto.tablas, lecturas),
                           hay=[(f, cuentas[f.clave]) for f in g.foto.catalogo.formatos if f.clave in cuentas])


@bp.get("/ipo/sujetos/<siglas>/sin-publicar/<clave>")
def lista(siglas: str, clave: str) -> ResponseReturnValue:
    """Los registros sin publicar de un formato. Verlos queda apuntado."""
    sujeto, tabla = find_en_padron(actor(), siglas), _tabla(clave)
    filas = read_lista(actor(), sujeto, tabla, _id(request.args["desde"]) if request.args.get("desde") else None)
    return render_template("sujetos/sin_publicar_lista.html", sujeto_visto=sujeto, formato=tabla.formato,
                           filas=[(fila, a_folio(fila.id), badge_of(fila), public_text(fila)) for fila in filas],
                           siguiente=a_folio(filas[-1].id) if len(filas) == PAGINA else None)


@bp.get("/ipo/sujetos/<siglas>/sin-publicar/<clave>/<folio>")
def registro(siglas: str, clave: str, folio: str) -> ResponseReturnValue:
    """Un registro sin publicar, completo. Verlo queda apuntado."""
    sujeto, tabla = find_en_padron(actor(), siglas), _tabla(clave)
    fila = read_registro(actor(), sujeto, tabla, _id(folio))
    datos, vacios = de_canonico(fila.contenido)
    return render_template("sujetos/sin_publicar_registro.html", sujeto_visto=sujeto, formato=tabla.formato, fila=fila,
                           titulo=title_of(tabla.formato, fila), insignia=badge_of(fila), publico=public_text(fila),
                           datos=datos, vacios=vacios)


@bp.get("/ipo/lecturas")
def lecturas() -> ResponseReturnValue:
    """Para la Unidad: quién del órgano garante ha leído lo que su institución no ha publicado."""
    if actor().rol is not Rol.UNIDAD or actor().sujeto_id is None:
        raise NoExiste()
    hechas = lecturas_de(actor(), actor().sujeto_id or 0)
    return render_template("lecturas.html", lecturas=hechas, nombres=names_by_clave(g.foto.tablas, hechas))


def _tabla(clave: str) -> Tabla:
    tabla = g.foto.tablas.get(clave)
    if tabla is None:
        raise NoExiste()
    return tabla  # type: ignore[no-any-return]


def _id(folio: str) -> int:
    try:
        return de_folio(folio)
    except ValueError as error:
        raise NoExiste() from error
