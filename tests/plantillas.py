"""Pedir una plantilla, leerla como la lee una hoja de cálculo, llenarla y cargarla de verdad."""

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.cargas import Carga
from models.hojas.cargas import receive_libro
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.encargo import REVISAR
from models.hojas.cargas.oficio import do_cargar, do_revisar
from models.hojas.disposicion import hojas_de_tablas
from models.hojas.plantillas.libro import Pedida, write_plantilla
from models.tareas import Trabajo
from tests.cargador import releer
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


def llenar(contenido: bytes, *filas: dict[str, Any], desde: int = 4, **tablas: list[dict[str, Any]]) -> bytes:
    """La plantilla con esos renglones escritos; ``tablas``: campo → los de su hoja. El de ejemplo se queda."""
    libro = load_workbook(BytesIO(contenido))
    for hoja, suyas in ((libro.worksheets[0], list(filas)), *((libro[f"Tabla_{nombre}"], t) for nombre, t in tablas.items())):
        columnas = {celda.value: celda.column for celda in hoja[1]}
        for numero, fila in enumerate(suyas, start=desde):
            for llave, valor in fila.items():
                hoja.cell(numero, columnas[llave], valor)
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def subir_de_verdad(
    casa: Casa, persona: Persona, contenido: bytes, nombre: str = "convenios.xlsx", clave: str = CLAVE,
) -> Carga:
    """La persona sube el libro y el trabajador lo revisa: lo lee de verdad, en su proceso."""
    carga = receive_libro(persona.actor, casa.tabla(clave), carpeta.almacen, nombre, BytesIO(contenido), {})
    hacer_trabajo(carga)
    return releer(carga)


def hacer_trabajo(carga: Carga) -> None:
    """Lo que haría el trabajador con lo último que se encargó de la carga."""
    trabajo = Trabajo.get(Trabajo.id == releer(carga).trabajo_id)
    list((do_revisar if trabajo.tipo == REVISAR else do_cargar)(trabajo))
    Trabajo.update(estado="terminado").where(Trabajo.id == trabajo.id).execute()


def _dia(valor: Any) -> Any:
    return valor.date() if isinstance(valor, dt.datetime) else valor
