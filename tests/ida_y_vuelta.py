"""Leer un libro oficial, validar sus renglones como la casa y devolverlo, sin base de datos; y comparar celda por celda."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import python_calamine

from fracciones_config import Formato, TipoCampo
from fracciones_config.oficial import LibroOficial
from models.domain.lectores.crudo import plegar
from models.domain.validation import validar
from models.folios import a_folio
from models.hojas.disposicion import CAUSAS, ID, motivo_de
from models.hojas.sipot.celdas import plain_celda
from models.hojas.sipot.devolucion import Devuelto, write_libro
from models.hojas.sipot.renglon_oficial import Publicado
from models.hojas.sipot.traducido import LibroTraducido, translate_libro

DATOS = Path(__file__).resolve().parents[1] / "../shared/datos"
AREA = "Secretaría del Ayuntamiento"
_CAUSAS = {plegar(texto): causa for causa, texto in CAUSAS.items()}


class Contexto:
    """Un área, la de identificador 7, con el nombre que se diga; ningún archivo."""

    def __init__(self, area: str) -> None:
        self.area = area

    def maestro(self, tipo: TipoCampo, identificador: int) -> str | None:
        return self.area

    def archivo(self, identificador: int) -> None:
        return None


class Abierto:
    """Un libro abierto con calamine."""

    forma = "xlsx"
    avisos: tuple[str, ...] = ()

    def __init__(self, ruta: Path) -> None:
        self._libro = python_calamine.load_workbook(str(ruta))
        self.pestanas = [Pestana(nombre) for nombre in self._libro.sheet_names]

    def read_hoja(self, nombre: str) -> HojaLeida:
        return HojaLeida(self._libro.get_sheet_by_name(nombre).to_python(skip_empty_area=False))


class Pestana:
    de_celdas = True

    def __init__(self, nombre: str) -> None:
        self.nombre = nombre


class HojaLeida:
    def __init__(self, filas: list[list[Any]]) -> None:
        self.filas = filas

    def rows(self) -> Iterator[list[Any]]:
        return iter(self.filas)


def publicar(ruta: Path, formato: Formato, areas: tuple[str, ...] = (AREA,)) -> tuple[list[Publicado], LibroTraducido]:
    """Los registros de un libro, como si cada uno se hubiera cargado y publicado. Falla si algo está mal escrito."""
    traducido = translate_libro(Abierto(ruta), formato, areas)
    assert traducido is not None, "no se reconoció como oficial"
    registros = []
    for fila, crudo, vacios in renglones(traducido, formato):
        area = crudo.get("area_responsable")
        if area is not None:
            crudo["area_responsable"] = a_folio(7)
        validacion = validar(formato, crudo, vacios, Contexto(str(area)))
        assert validacion.se_guarda, (fila, validacion.problemas)
        registros.append(Publicado(
            fila, int(str(validacion.datos.get("ejercicio", 0))), str(validacion.datos.get("periodo", "")), validacion.datos,
            validacion.vacios, 1_780_000_000_000, 1_780_000_000_000, traducido.memorias.get(fila)))
    return registros, traducido


def renglones(traducido: LibroTraducido, formato: Formato) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """(fila, lo que se da a leer, los vacíos con su motivo) de cada renglón de la hoja principal traducida."""
    principal, *_ = traducido.pestanas
    archivos = {c.nombre for c in formato.campos if c.tipo is TipoCampo.ARCHIVO}
    de_tabla = {nombre: _por_id(traducido, hoja) for nombre, hoja in _hojas(traducido, formato).items()}
    for fila, celdas in _dictados(traducido.read_hoja(principal.nombre).rows()):
        crudo = {llave: valor for llave, valor in celdas.items() if llave in formato.por_nombre and llave not in archivos}
        for nombre, por_id in de_tabla.items():
            if nombre in crudo:
                crudo[nombre] = por_id.get(crudo[nombre], [])
        causas = {llave: _CAUSAS[plegar(valor)] for llave, valor in crudo.items()
                  if isinstance(valor, str) and plegar(valor) in _CAUSAS and motivo_de(llave) in celdas}
        vacios = {llave: {"causa": causa, "motivo": celdas[motivo_de(llave)]} for llave, causa in causas.items()}
        yield fila, {llave: valor for llave, valor in crudo.items() if llave not in causas}, vacios


def _hojas(traducido: LibroTraducido, formato: Formato) -> dict[str, str]:
    tablas = [c.nombre for c in formato.campos if c.campos]
    return dict(zip(tablas, (p.nombre for p in traducido.pestanas[1:]), strict=True))


def _por_id(traducido: LibroTraducido, hoja: str) -> dict[Any, list[dict[str, Any]]]:
    por_id: dict[Any, list[dict[str, Any]]] = {}
    for _, celdas in _dictados(traducido.read_hoja(hoja).rows()):
        por_id.setdefault(celdas.pop(ID), []).append(celdas)
    return por_id


def _dictados(filas: Iterator[list[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    llaves = next(filas, [])
    for numero, fila in enumerate(filas, start=2):
        celdas = {llave: valor for llave, valor in zip(llaves, fila, strict=False) if llave and valor != ""}
        if celdas:
            yield numero, celdas


def devolver(destino: Path, formato: Formato, registros: list[Publicado], oficial: LibroOficial | None = None) -> Devuelto:
    """Escribe el libro oficial de unos registros."""
    suyo = oficial or (formato.sipot.libro if formato.sipot else None)
    assert suyo is not None
    return write_libro(destino, formato, suyo, registros, 2026,
                       lambda archivo: f"https://ejemplo.gob.mx/{archivo['id']}/{archivo['nombre']}", lambda persona: {})


def cells_of(ruta: Path) -> dict[str, dict[str, Any]]:
    """Hoja → celda → valor, de todo lo escrito. Con tipo y valor; solo se igualan la fecha sin hora y el número entero."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        libro = openpyxl.load_workbook(ruta)
    return {hoja.title: {celda.coordinate: _tal_cual(celda.value) for fila in hoja.iter_rows() for celda in fila
                         if celda.value is not None and str(celda.value).strip()} for hoja in libro}


def _tal_cual(valor: Any) -> Any:
    plano = plain_celda(valor)
    return (type(plano).__name__ if not isinstance(plano, int | float) else "número", plano)


def differences(antes: Path, despues: Path) -> list[str]:
    """Las celdas distintas entre dos libros."""
    uno, otro = cells_of(antes), cells_of(despues)
    return [f"{hoja}!{celda}: {uno.get(hoja, {}).get(celda)} → {otro.get(hoja, {}).get(celda)}"
            for hoja in {**uno, **otro} for celda in sorted({**uno.get(hoja, {}), **otro.get(hoja, {})})
            if uno.get(hoja, {}).get(celda) != otro.get(hoja, {}).get(celda)]


def midnight(dia: dt.date) -> dt.datetime:
    return dt.datetime.combine(dia, dt.time())
