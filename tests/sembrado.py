"""Libros buenos a los que se les siembran faltas: de todos los tipos, en la hoja principal y en la de una tabla."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from fracciones_config import TipoCampo
from models.hojas.disposicion import Identidad
from models.hojas.revision.pedido import Pedido
from tests.test_revision_igual import DE_TODO, pedido_de_todo

T = TipoCampo
PRINCIPAL, TABLA = "Registros de prueba", "Tabla_tabla"
CAMPOS = [campo.nombre for campo in DE_TODO.campos]
BUENOS: dict[str, Any] = {
    "texto": "Obra {n}", "texto_largo": "Uno\nDos {n}", "nota": "En firma {n}", "entero": 7, "decimal": 1.5, "moneda": 1234.5,
    "porcentaje": 12.5, "fecha": dt.date(2026, 12, 31), "hora": "09:30", "si_no": "No", "opcion": "Licitación",
    "opciones": "Estatal", "url": "https://x.gob.mx/a", "correo": "unidad@x.gob.mx", "telefono": "722 226 1980",
    "archivo": "contrato.pdf", "servidor_publico": "Tesorería", "organo_colegiado": "Tesorería", "ejercicio": 2026,
    "periodo": "1.er trimestre", "otro_anio": 2025, "si": "", "con": "", "area_responsable": "Obras públicas"}
"""Una celda buena de cada campo; ``{n}`` es el número de renglón."""

MALOS: dict[str, tuple[Any, ...]] = {
    "texto": ("x" * 200,), "texto_largo": ("y" * 5_000,), "nota": ("w" * 4_500,), "entero": ("doce", -9, 1.5),
    "decimal": ("mucho", 101), "moneda": ("1.5 millones", -5, "1.234"), "porcentaje": ("la mitad",),
    "fecha": ("31/06/2026", "mañana", 2026), "hora": ("25:00",), "si_no": ("tal vez",), "opcion": ("Concurso",),
    "opciones": ("Municipal",), "url": ("no hay",), "correo": ("juan perez",), "telefono": ("12",),
    "servidor_publico": ("Nadie Conocido",), "organo_colegiado": ("Otro que no",), "ejercicio": ("dos mil",),
    "periodo": ("siempre",), "otro_anio": ("26",), "area_responsable": ("Catastro",)}
"""Lo que no se entiende de cada campo."""

DUDOSOS: dict[str, tuple[Any, ...]] = {
    "texto": ("Dos  espacios {n}", "LicitaciÃ³n {n}"), "entero": ("1,234.00",), "decimal": ("12,5",),
    "moneda": ("$1,234.50", "1.234,50 MXN", "(0.00)"), "porcentaje": ("12.5%",),
    "fecha": ("31-12-26", "31 de diciembre de 2026", 46387, "dic 31 2026"), "hora": ("9.30 hrs",), "si_no": ("X",),
    "opcion": ("licitacion",), "opciones": ("estatal",), "url": ("www.x.gob.mx",), "correo": ("unidad @x.gob.mx",),
    "telefono": ("Tel. 722 226 1980",), "servidor_publico": ("tesoreria",), "organo_colegiado": ("TESORERÍA",),
    "otro_anio": ("'2025",), "periodo": ("1er trim",), "area_responsable": ("obras publicas",)}
"""Lo que se entiende y se propone corregir."""

MALOS_DE_TABLA: dict[str, tuple[Any, ...]] = {"numero": ("z" * 200,), "monto": ("mucho", "1.234")}
DUDOSOS_DE_TABLA: dict[str, tuple[Any, ...]] = {"numero": ("a  b {n}",), "monto": ("$5.00",)}

Celda = tuple[str, str]
"""(hoja, celda)."""


@dataclass
class Sembrado:
    """Un libro con faltas: qué celda lleva cada una y si se propone corregirla; ``buenas``, lo que decía antes."""

    libro: Workbook
    faltas: dict[Celda, bool] = field(default_factory=dict)
    buenas: dict[Celda, Any] = field(default_factory=dict)

    def save(self, ruta: Path) -> Path:
        self.libro.save(ruta)
        return ruta

    def mend(self) -> None:
        """Corrige todo lo sembrado."""
        mend(self.libro, self.buenas)


def mend(libro: Workbook, buenas: dict[Celda, Any]) -> None:
    """Escribe en un libro lo que iba en cada celda."""
    for (hoja, celda), valor in buenas.items():
        libro[hoja][celda] = valor


def pedido(**extra: Any) -> Pedido:
    return pedido_de_todo(DE_TODO, procesos=1, **extra)


def build_bueno(renglones: int) -> Workbook:
    """Un libro sin faltas, con la disposición de la casa y cosas de la persona: formatos, listas, notas y otra hoja."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = PRINCIPAL
    hoja.append(CAMPOS)
    hoja.append([DE_TODO.por_nombre[nombre].etiqueta for nombre in CAMPOS])
    tabla = libro.create_sheet(TABLA)
    tabla.append(["id", "numero", "monto"])
    tabla.append(["Número", "Número", "Monto"])
    for n in range(renglones):
        hoja.append([_bueno(nombre, n) for nombre in CAMPOS])
        for vez in range(2):
            tabla.append([n + 1, f"Lote {n}-{vez}", 5.5])
    hoja.row_dimensions[1].hidden = True
    hoja.freeze_panes = "A3"
    hoja["A2"].comment, hoja["A3"].comment = Comment("Ayuda de la plantilla", "IPOMEX"), Comment("Nota mía", "Yo")
    hoja["B3"].fill, hoja["C2"].font = PatternFill("solid", fgColor="FFDDEEFF"), Font(bold=True)
    lista = DataValidation(type="list", formula1='"Licitación,Otra"')
    hoja.add_data_validation(lista)
    lista.add("K3:K500")
    apuntes = libro.create_sheet("Mis apuntes")
    apuntes["A1"], apuntes["B2"] = "No tocar", "=1+1"
    libro.create_sheet("_ipomex").append([str(Identidad(DE_TODO.clave, 0, "x"))])
    libro["_ipomex"].sheet_state = "veryHidden"
    libro.properties.identifier = str(Identidad(DE_TODO.clave, 0, "x"))
    return libro


def sow(renglones: int, faltas: int, semilla: int) -> Sembrado:
    """Un libro de ``renglones`` con ``faltas`` sembradas al azar, una por celda y de todas las clases."""
    azar, sembrado = random.Random(semilla), Sembrado(build_bueno(renglones))
    lugares = [(PRINCIPAL, n, nombre) for n in range(renglones) for nombre in CAMPOS if nombre in MALOS.keys() | DUDOSOS.keys()]
    lugares += [(TABLA, n, nombre) for n in range(2 * renglones) for nombre in ("numero", "monto")]
    for hoja, n, nombre in azar.sample(lugares, min(faltas, len(lugares))):
        malos, dudosos = (MALOS, DUDOSOS) if hoja == PRINCIPAL else (MALOS_DE_TABLA, DUDOSOS_DE_TABLA)
        posibles = [(valor, False) for valor in malos.get(nombre, ())] + [(valor, True) for valor in dudosos.get(nombre, ())]
        valor, se_propone = azar.choice(posibles)
        posicion = CAMPOS.index(nombre) if hoja == PRINCIPAL else ("id", "numero", "monto").index(nombre)
        celda = f"{get_column_letter(posicion + 1)}{n + 3}"
        sembrado.buenas[hoja, celda] = sembrado.libro[hoja][celda].value
        sembrado.libro[hoja][celda].number_format = "General"  # un número en una celda de fecha sería una fecha
        sembrado.libro[hoja][celda] = valor.replace("{n}", str(n)) if isinstance(valor, str) else valor
        sembrado.faltas[hoja, celda] = se_propone
    return sembrado


def _bueno(nombre: str, n: int) -> Any:
    if nombre == "tabla":
        return n + 1
    valor = BUENOS[nombre]
    return valor.replace("{n}", str(n)) if isinstance(valor, str) else valor
