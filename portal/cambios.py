"""Qué ha cambiado: publicaciones, correcciones, retiros y lo aprobado, en página y en canal Atom."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from fracciones_config import Formato
from models.folios import a_folio, de_folio
from models.publicados import Institucion
from models.publicados.cambios import Lugar, PaginaDeCambios
from models.publicados.cortes import start_of_day
from models.reloj import dia_de
from portal.atom import TIPO, Canal, write_atom
from portal.cambios_en_palabras import Dicho, say
from portal.contexto import marca, publicados
from portal.cortes import read_dia
from portal.direcciones import find_institucion, find_tabla, to_cambios, with_query
from portal.errores import NoExiste

bp = Blueprint("cambios", __name__)

_LUGAR = re.compile(r"([0-9]{1,15})\.([0-9a-z]{14})")


@dataclass(frozen=True, slots=True)
class De:
    """De qué se piden los cambios: de todo, de una institución o de un formato suyo; y desde qué día."""

    institucion: Institucion | None = None
    formato: Formato | None = None
    desde: dt.date | None = None

    @property
    def siglas(self) -> str:
        return self.institucion.siglas if self.institucion else ""

    @property
    def clave(self) -> str:
        return self.formato.clave if self.formato else ""

    @property
    def titulo(self) -> str:
        """«Qué ha cambiado en Convenios de Metepec»."""
        if self.institucion is None:
            return "Qué ha cambiado"
        return f"Qué ha cambiado en {self.formato.nombre_corto + ' de ' if self.formato else ''}{self.institucion.nombre_corto}"

    def ruta(self, extension: str = "", **mas: object) -> str:
        """La dirección de esto mismo, en página o en canal."""
        return with_query(to_cambios(self.siglas, self.clave, extension), desde=self.desde, **mas)


@bp.get("/cambios")
def del_estado() -> str:
    """Lo último de todas las instituciones; con ``?desde=2026-03-01``, lo de ese día para acá."""
    return _page(De(desde=read_dia("desde")))


@bp.get("/cambios.atom")
def del_estado_en_atom() -> Response:
    """Lo mismo, en canal."""
    return _feed(De(desde=read_dia("desde")))


@bp.get("/<siglas:siglas>/cambios")
def de_institucion(siglas: str) -> str:
    """Lo último de una institución."""
    return _page(De(find_institucion(siglas), desde=read_dia("desde")))


@bp.get("/<siglas:siglas>/cambios.atom")
def de_institucion_en_atom(siglas: str) -> Response:
    """Lo mismo, en canal."""
    return _feed(De(find_institucion(siglas), desde=read_dia("desde")))


@bp.get("/<siglas:siglas>/<clave:clave>/cambios")
def de_formato(siglas: str, clave: str) -> str:
    """Lo último de un formato de una institución."""
    return _page(De(find_institucion(siglas), find_tabla(clave).formato, read_dia("desde")))


@bp.get("/<siglas:siglas>/<clave:clave>/cambios.atom")
def de_formato_en_atom(siglas: str, clave: str) -> Response:
    """Lo mismo, en canal."""
    return _feed(De(find_institucion(siglas), find_tabla(clave).formato, read_dia("desde")))


def _page(de: De) -> str:
    antes = _read_lugar()
    pagina, dichos = _read(de, antes)
    return render_template(
        "cambios.html", de=de, institucion=de.institucion, formato=de.formato, dias=_by_day(dichos), canal=de.ruta(".atom"),
        siguiente=_next(de, pagina), es_primera=antes is None)


def _feed(de: De) -> Response:
    antes = _read_lugar()
    pagina, dichos = _read(de, antes)
    nombre = "/".join(("cambios", *([str(de.institucion.id)] if de.institucion else []), *([de.clave] if de.clave else [])))
    propia = de.ruta(".atom", sigue=request.args.get("sigue", ""))
    canal = Canal(nombre, f"{de.titulo} · {marca().sistema}", propia, de.ruta(), _next(de, pagina, ".atom"))
    respuesta = Response(write_atom(canal, dichos), content_type=TIPO)
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _read(de: De, antes: Lugar | None) -> tuple[PaginaDeCambios, list[Dicho]]:
    """La página que se pidió, y lo que dice. Lo de una institución que ya no está en la lista no se dice."""
    cambios, desde = publicados().cambios, start_of_day(de.desde) if de.desde else None
    if de.institucion is None:
        pagina = cambios.del_estado(desde, antes)
        titulares = cambios.titulares(pagina.cambios)
    else:
        pagina = cambios.de(de.institucion.id, de.clave or None, desde, antes)
        titulares = {de.institucion.id: de.institucion}
    return pagina, [say(uno, titulares[uno.sujeto_id]) for uno in pagina.cambios if uno.sujeto_id in titulares]


def _next(de: De, pagina: PaginaDeCambios, extension: str = "") -> str | None:
    if pagina.siguiente is None:
        return None
    instante, id_ = pagina.siguiente
    return de.ruta(extension, sigue=f"{instante}.{a_folio(id_)}")


def _read_lugar() -> Lugar | None:
    """Desde dónde sigue, que viene en ``?sigue=``; 404 si está mal hecho."""
    dicho = request.args.get("sigue", "")
    if not dicho:
        return None
    hallado = _LUGAR.fullmatch(dicho)
    try:
        if hallado is None:
            raise ValueError
        return int(hallado[1]), de_folio(hallado[2])
    except ValueError as error:
        raise NoExiste("Esa página de cambios no existe; empiece desde la primera.") from error


def _by_day(dichos: list[Dicho]) -> list[tuple[dt.date, list[Dicho]]]:
    dias: dict[dt.date, list[Dicho]] = {}
    for dicho in dichos:
        dias.setdefault(dia_de(dicho.cambio.instante), []).append(dicho)
    return list(dias.items())

