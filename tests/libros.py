"""Libros de Excel para las pruebas: bien hechos, y hechos para dañar."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

AREAS = ("Nombre del área", "Área de la que depende", "Puesto de quien la encabeza", "Atribuciones")
PERSONAS = ("Nombre", "Primer apellido", "Segundo apellido", "Cargo", "Área en la que trabaja")


def libro(encabezados: Sequence[str], *filas: Sequence[Any]) -> bytes:
    """Un libro de una hoja."""
    nuevo = Workbook()
    hoja = nuevo.active
    assert hoja is not None
    hoja.append(list(encabezados))
    for fila in filas:
        hoja.append(list(fila))
    return _bytes(nuevo)


def celdas(contenido: bytes, hoja: str | None = None) -> list[list[Any]]:
    """Lo que dice un libro, fila por fila."""
    abierto = load_workbook(io.BytesIO(contenido))
    return [list(fila) for fila in (abierto[hoja] if hoja else abierto.worksheets[0]).iter_rows(values_only=True)]


def con_parte(contenido: bytes, nombre: str, datos: bytes) -> bytes:
    """El mismo libro con una de sus partes cambiada por otra."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as viejo, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo:
        for parte in viejo.infolist():
            if parte.filename != nombre:
                nuevo.writestr(parte, viejo.read(parte))
        nuevo.writestr(nombre, datos)
    return salida.getvalue()


def hoja_con(filas: str) -> bytes:
    """El XML de una hoja con esas filas."""
    return (f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<dimension ref="A1:XFD1048576"/><sheetData>{filas}</sheetData></worksheet>').encode()


def hostiles() -> dict[str, bytes]:
    """Nombre → un libro que no debe tirar nada."""
    bueno = libro(AREAS, ("Dirección", "", "Director", "Dirigir"))
    hoja = "xl/worksheets/sheet1.xml"
    en_linea = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    cabeza = f"<row r=\"1\">{en_linea.format('A1', 'Nombre del área')}</row>"
    entidades = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    return {
        "bomba": con_parte(bueno, hoja, b"<worksheet>" + b" " * 60_000_000),
        "entidades": con_parte(bueno, hoja, entidades),
        "entidades en utf-16": con_parte(bueno, hoja, entidades.decode().encode("utf-16")),
        "macros": con_parte(bueno, "xl/vbaProject.bin", b"x"),
        "dimensiones enormes": con_parte(bueno, hoja, hoja_con(
            cabeza + f"<row r=\"1048576\">{en_linea.format('XFD1048576', 'lejos')}</row>")),
        "filas al revés": con_parte(bueno, hoja, hoja_con(cabeza + '<row r="-5"></row><row r="x"></row>')),
        "hoja que no es hoja": con_parte(bueno, hoja, b"<html>no</html>"),
        "xml roto": con_parte(bueno, hoja, b"<worksheet><sheetData><row>"),
        "zip cortado": bueno[: len(bueno) // 2],
        "sin libro": con_parte(bueno, "xl/workbook.xml", b""),
        "no es excel": b"%PDF-1.4 %%EOF",
        "vacío": b"",
        "sin renglones": libro(AREAS),
        "sin encabezados": libro(("a", "b"), ("c", "d")),
        "encabezado repetido": libro(("Nombre del área", "Nombre del área"), ("a", "b")),
    }


def _bytes(nuevo: Workbook) -> bytes:
    salida = io.BytesIO()
    nuevo.save(salida)
    return salida.getvalue()
