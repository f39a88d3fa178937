"""Lo que calamine no cuenta de un .xlsx: qué celdas traen un error (#N/A) y cuáles una fórmula sin calcular. Las da en blanco.

Se miran en el XML de cada hoja, a pedazos, mientras calamine lee: son núcleos distintos.
"""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

from models.hojas.letras import columna_de

SIN_CALCULAR = "#SIN_CALCULAR!"
"""Lo que se pone en la celda de una fórmula sin resultado."""

Marcas = dict[int, dict[int, str]]
"""Fila (desde 1) → columna (desde 0) → lo que dice la celda."""

_TOPE = 100_000
_PEDAZO, _COLA = 1024 * 1024, 8 * 1024
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
_ERROR = re.compile(rb"<c r=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*? t=\"e\"[^>]*>(?:" + _FORMULA + rb")?<v>([^<]{0,40})</v>")
_VACIA = re.compile(rb"<c r=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*>" + _FORMULA + rb"(?:<v></v>|<v ?/>)?</c>")
_HOJA = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_ATRIBUTO = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_RELACION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")


def find_marcas(ruta: Path) -> dict[str, Marcas]:
    """Las de cada hoja, por su nombre; las hojas sin ninguna no van."""
    with zipfile.ZipFile(ruta) as libro:
        partes = _partes_de_hojas(libro)
        halladas = {nombre: _find_en(libro, parte) for nombre, parte in partes.items()}
    return {nombre: marcas for nombre, marcas in halladas.items() if marcas}


def _partes_de_hojas(libro: zipfile.ZipFile) -> dict[str, str]:
    """De cada hoja a la parte del paquete en que está."""
    nombres = set(libro.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= nombres:
        return {}
    relaciones = libro.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    destinos = {atributos.get("Id", ""): atributos.get("Target", "") for atributos in (
        dict(_ATRIBUTO.findall(relacion)) for relacion in _RELACION.findall(relaciones))}
    hallados = {}
    for hoja in _HOJA.findall(libro.read("xl/workbook.xml").decode("utf-8", "replace")):
        atributos = dict(_ATRIBUTO.findall(hoja))
        destino = destinos.get(atributos.get("r:id", ""), "")
        parte = destino.lstrip("/") if destino.startswith("/") else f"xl/{destino}"
        if parte in nombres and "name" in atributos:
            hallados[html.unescape(atributos["name"])] = parte
    return hallados


def _find_en(libro: zipfile.ZipFile, parte: str) -> Marcas:
    marcas: Marcas = {}
    cuantas, cola = 0, b""
    with libro.open(parte) as flujo:
        while (pedazo := flujo.read(_PEDAZO)) and cuantas < _TOPE:
            visto = cola + pedazo
            if b't="e"' in visto:
                for letras, fila, dice in _ERROR.findall(visto):
                    cuantas += _note(marcas, letras, fila, html.unescape(dice.decode("utf-8", "replace")) or "#N/A")
            if b"<f>" in visto or b"<f " in visto or b"<f/" in visto:
                for letras, fila in _VACIA.findall(visto):
                    cuantas += _note(marcas, letras, fila, SIN_CALCULAR)
            cola = visto[-_COLA:]
    return marcas


def _note(marcas: Marcas, letras: bytes, fila: bytes, dice: str) -> int:
    marcas.setdefault(int(fila), {})[columna_de(letras.decode()) - 1] = dice
    return 1
