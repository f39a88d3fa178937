"""Lo que viene en la dirección: filtros, orden, columnas, cursores y palabras.

Lo que no se conoce se ignora; un parámetro conocido con un valor imposible es un 404 que dice cuál.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import Dato
from models.busqueda.consulta import LARGO_MAXIMO
from models.columnas import a_columna
from models.domain.lectura import DatoInvalido, leer
from models.domain.periods import claves
from models.folios import de_folio
from models.publicados import Cursor, Filtro, Orden
from models.publicados.filtros import Rango, filterable, ranged, sortable
from portal.errores import NoExiste

PROPIOS = frozenset({
    "q", "antes", "despues", "para", "periodo", "orden", "columnas", "al", "constancia", "desde", "hasta", "de", "a",
    "so", "poder", "municipio", "ejercicio", "institucion", "tema", "limite", "cursor"})
"""Los parámetros del portal: un campo que se llame así no se filtra."""

COLUMNAS_MAXIMAS = 12
LARGO_DE_NUMERO = 40

_SI_NO = {"si": True, "no": False}

Parametros = Mapping[str, str]


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
    """Los campos que esta pantalla deja filtrar por un valor."""
    return tuple(campo for campo in filterable(formato) if campo.nombre not in PROPIOS)


def read_filtro(formato: Formato) -> Filtro:
    """El filtro y el orden de la dirección; 404 si pide un valor que el formato no tiene."""
    dichos = request.args
    if not dichos:
        return Filtro()
    valores = {campo.nombre: _valor(campo, dicho) for campo in filtered_by(formato) if (dicho := dichos.get(campo.nombre))}
    rangos = {campo.nombre: rango for campo in ranged(formato) if (rango := _rango(campo, dichos))}
    return Filtro(read_texto(), read_periodo(formato), valores, rangos, read_orden(formato))


def read_periodo(formato: Formato) -> str | None:
    """El periodo elegido; 404 si no es de los de este formato."""
    periodo = request.args.get("periodo") or None
    if periodo is not None and (formato.es_vigente or periodo not in claves(formato.periodicidad)):
        raise NoExiste("Ese periodo no existe en esta información.")
    return periodo


def read_orden(formato: Formato) -> Orden | None:
    """``orden=campo``, o ``orden=-campo`` de mayor a menor; 404 si es un campo por el que no se ordena."""
    dicho = request.args.get("orden", "")
    nombre = dicho.removeprefix("-")
    if nombre not in formato.por_nombre:
        return None
    if not any(campo.nombre == nombre for campo in sortable(formato)):
        raise NoExiste("Esta información no se puede ordenar por esa columna.")
    return Orden(nombre, dicho.startswith("-"))


def read_columnas(formato: Formato) -> tuple[Campo, ...]:
    """Las columnas que se pidió ver, en el orden en que se dijeron; vacía si ninguna. Los nombres ajenos se ignoran.

    Van separadas por comas, o repetido el parámetro, como las manda una lista de casillas.
    """
    if "columnas" not in request.args:
        return ()
    dichas = dict.fromkeys(",".join(request.args.getlist("columnas")[:COLUMNAS_MAXIMAS * 4]).split(","))
    suyas = formato.por_nombre
    return tuple(suyas[nombre] for nombre in dichas if nombre in suyas)[:COLUMNAS_MAXIMAS]


def names_of(columnas: tuple[Campo, ...]) -> str:
    """Las columnas como van en la dirección."""
    return ",".join(campo.nombre for campo in columnas)


def query_of(filtro: Filtro) -> dict[str, str]:
    """El filtro y el orden, otra vez como parámetros de una dirección."""
    dichos = {"q": filtro.texto, "periodo": filtro.periodo or "",
              **{nombre: written(valor) for nombre, valor in filtro.valores.items()}}
    for nombre, (desde, hasta) in filtro.rangos.items():
        dichos |= {f"{nombre}_desde": written(desde), f"{nombre}_hasta": written(hasta)}
    return {**dichos, "orden": str(filtro.orden or "")}


def written(valor: Any) -> str:
    """Un valor de filtro como va en la dirección."""
    if isinstance(valor, bool):
        return "si" if valor else "no"
    return "" if valor is None else str(valor)


def choices_of(campo: Campo) -> Mapping[str, str]:
    """Lo que se puede elegir en un filtro: valor en la dirección → lo que se lee."""
    return {"si": "Sí", "no": "No"} if campo.tipo is TipoCampo.SI_NO else campo.opciones


def _valor(campo: Campo, dicho: str) -> Any:
    if campo.tipo is TipoCampo.AREA:
        return _area(campo, dicho)
    if dicho not in choices_of(campo):
        raise NoExiste(f"«{campo.etiqueta}» no tiene esa opción.")
    return _SI_NO[dicho] if campo.tipo is TipoCampo.SI_NO else dicho


def _area(campo: Campo, dicho: str) -> str:
    try:
        de_folio(dicho)
    except ValueError as error:
        raise NoExiste(f"«{campo.etiqueta}»: esa área no existe.") from error
    return dicho


def _rango(campo: Campo, dichos: Parametros) -> Rango | None:
    """El rango de un campo; si viene al revés, se endereza."""
    desde, hasta = (_extremo(campo, dichos.get(f"{campo.nombre}_{cual}", "")) for cual in ("desde", "hasta"))
    if desde is None and hasta is None:
        return None
    if desde is not None and hasta is not None and a_columna(campo, desde) > a_columna(campo, hasta):  # type: ignore[operator]
        return hasta, desde
    return desde, hasta


def _extremo(campo: Campo, dicho: str) -> Dato | None:
    try:
        dato = leer(campo, dicho[:LARGO_DE_NUMERO])
        a_columna(campo, dato)
    except (DatoInvalido, ValueError) as error:
        raise NoExiste(f"«{campo.etiqueta}»: {error}") from error
    return dato
