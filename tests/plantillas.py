"""Pedir una plantilla y leerla como la lee una hoja de cálculo."""

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.hojas.disposicion import hojas_de_tablas
from models.hojas.plantillas.libro import Pedida, write_plantilla
from tests.elenco import CLAVE, Casa, Persona


def pedir(casa: Casa, clave: str = CLAVE, persona: Persona | None = None, **mas: Any) -> Workbook:
    """La plantilla de un formato de Metepec (o de la institución de la persona), ya abierta."""
    return load_workbook(BytesIO(bytes_de(casa, clave, persona, **mas)))


def bytes_de(casa: Casa, clave: str = CLAVE, persona: Persona | None = None, **mas: Any) -> bytes:
    sujeto = casa.institucion_de(persona).sujeto if persona else casa.metepec.sujeto
    salida = BytesIO()
    write_plantilla(Pedida(sujeto, casa.tabla(clave), persona.actor if persona else None, **mas), salida)
    return salida.getvalue()


def renglones(hoja: Worksheet) -> list[dict[str, Any]]:
    """Lo escrito desde la fila 3, por llave; sin lo que va en blanco."""
    llaves = [celda.value for celda in hoja[1]]
    return [{llave: celda for llave, celda in zip(llaves, fila, strict=False) if celda is not None}
            for fila in hoja.iter_rows(min_row=3, values_only=True)]


def registros(libro: Workbook, casa: Casa, clave: str = CLAVE) -> list[dict[str, Any]]:
    """Los renglones con lo que hay en las hojas de sus tablas ya puesto en su campo, y los días como fecha."""
    filas = [{llave: _dia(valor) for llave, valor in fila.items()} for fila in renglones(libro.worksheets[0])]
    for nombre, hoja in hojas_de_tablas(casa.tabla(clave).formato).items():
        partes = [{llave: _dia(valor) for llave, valor in parte.items()} for parte in renglones(libro[hoja])]
        for fila in filas:
            if nombre in fila:
                suyas = [parte for parte in partes if parte["id"] == fila[nombre]]
                fila[nombre] = [{llave: valor for llave, valor in parte.items() if llave != "id"} for parte in suyas]
    return filas


def _dia(valor: Any) -> Any:
    return valor.date() if isinstance(valor, dt.datetime) else valor
