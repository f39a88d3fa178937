"""Lo que viene en la dirección: filtros, cursores y palabras. Lo que no se conoce se ignora; lo mal hecho es un 404."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from fracciones_config import Campo, Formato, TipoCampo
from models.busqueda.consulta import LARGO_MAXIMO
from models.domain.periods import claves
from models.folios import de_folio
from models.publicados import Cursor, Filtro
from models.publicados.filtros import filterable
from portal.errores import NoExiste

PROPIOS = frozenset({"q", "antes", "despues", "para", "periodo"})
"""Los parámetros del portal: un campo que se llame así no se filtra."""

_SI_NO = {"si": True, "no": False}


def read_texto(nombre: str = "q") -> str:
    """Lo tecleado, sin caracteres de control y del largo que se busca."""
    crudo = request.args.get(nombre, "")[: LARGO_MAXIMO * 2]
    return " ".join("".join(c if c.isprintable() else " " for c in crudo).split())[:LARGO_MAXIMO]


def read_cursor() -> Cursor | None:
    """La posición que viene en la dirección; 404 si está mal hecha."""
    for nombre, hacia_atras in (("antes", False), ("despues", True)):
        if folio := request.args.get(nombre):
            try:
                return Cursor(de_folio(folio), hacia_atras)
            except ValueError as error:
                raise NoExiste("Esa página de resultados no existe; empiece desde la primera.") from error
    return None


def filtered_by(formato: Formato) -> tuple[Campo, ...]:
    """Los campos que esta pantalla deja filtrar."""
    return tuple(campo for campo in filterable(formato) if campo.nombre not in PROPIOS)


def read_filtro(formato: Formato) -> Filtro:
    """El filtro de la dirección; 404 si pide un valor que el formato no tiene."""
    valores: dict[str, Any] = {}
    for campo in filtered_by(formato):
        if dicho := request.args.get(campo.nombre):
            valores[campo.nombre] = _valor(campo, dicho)
    periodo = request.args.get("periodo") or None
    if periodo is not None and (formato.es_vigente or periodo not in claves(formato.periodicidad)):
        raise NoExiste("Ese periodo no existe en esta información.")
    return Filtro(read_texto(), periodo, valores)


def query_of(filtro: Filtro) -> dict[str, str]:
    """El filtro, otra vez como parámetros de una dirección."""
    valores = {n: ("si" if v else "no") if isinstance(v, bool) else str(v) for n, v in filtro.valores.items()}
    return {"q": filtro.texto, "periodo": filtro.periodo or "", **valores}


def choices_of(campo: Campo) -> Mapping[str, str]:
    """Lo que se puede elegir en un filtro: valor en la dirección → lo que se lee."""
    return {"si": "Sí", "no": "No"} if campo.tipo is TipoCampo.SI_NO else campo.opciones


def _valor(campo: Campo, dicho: str) -> Any:
    if dicho not in choices_of(campo):
        raise NoExiste(f"«{campo.etiqueta}» no tiene esa opción.")
    return _SI_NO[dicho] if campo.tipo is TipoCampo.SI_NO else dicho
