"""La hoja «Instrucciones»: cómo se llena, qué es cada columna y a quién preguntar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fracciones_config import TipoCampo
from models.hojas.disposicion import CAUSAS, PALABRA_DE_BAJA, hoja_principal, hojas_de_tablas, tablas_de
from models.hojas.plantillas.columnas import CAMPO, OBLIGATORIO, Columna, Contexto

TITULO, PARRAFO, ENCABEZADO, RENGLON = "titulo", "parrafo", "encabezado", "renglon"

_CUANDO = {
    "no_aplica": "al caso no le toca ese dato (por ejemplo, un procedimiento sin junta de aclaraciones).",
    "no_se_genero": "debía haber un dato y no lo hubo.",
    "reservado": "lo hay, pero está clasificado como reservado.",
}

Linea = tuple[str, tuple[str, ...]]
"""Clase de renglón y sus celdas."""


def lines_of(contexto: Contexto, de_quien: str, contacto: str, columnas: Sequence[Columna], con_datos: bool) -> Iterator[Linea]:
    """Los renglones de la hoja, en su orden."""
    formato = contexto.formato
    yield TITULO, (formato.nombre,)
    yield PARRAFO, (f"{de_quien} · {formato.fundamento}",)
    yield PARRAFO, (formato.instrucciones,)
    yield TITULO, ("Cómo se llena",)
    for numero, paso in enumerate(_pasos(contexto, con_datos), start=1):
        yield PARRAFO, (f"{numero}. {paso}",)
    yield TITULO, ("Si un dato no existe",)
    yield PARRAFO, ("No deje la celda en blanco ni ponga guiones: escriba una de estas palabras y, en la columna «Por qué no "
                    "hay…» de ese dato (están al final, a la derecha), el motivo.",)
    for causa, palabra in CAUSAS.items():
        yield PARRAFO, (f"«{palabra}»: {_CUANDO[causa]}",)
    yield TITULO, ("Qué va en cada columna",)
    yield ENCABEZADO, ("Columna", "¿Obligatoria?", "Qué va", "Ejemplo")
    for columna in columnas:
        if columna.clase in (CAMPO, OBLIGATORIO) and columna.campo is not None:
            yield RENGLON, _de_columna(columna)
    for campo in tablas_de(formato):
        yield TITULO, (f"Hoja «{hojas_de_tablas(formato)[campo.nombre]}»: {campo.etiqueta}",)
        yield ENCABEZADO, ("Columna", "¿Obligatoria?", "Qué va", "Ejemplo")
        yield RENGLON, ("Número", "Sí", "El que puso en la hoja principal, en la celda de este registro.", "1")
        for sub in campo.campos:
            yield RENGLON, (sub.etiqueta, "Sí" if sub.obligatorio else "No", sub.ayuda, sub.ejemplo)
    yield TITULO, ("A quién preguntar",)
    yield PARRAFO, (contacto,)


def _de_columna(columna: Columna) -> tuple[str, ...]:
    campo = columna.campo
    assert campo is not None
    si = "Sí" if campo.obligatorio else "Según el caso" if campo.obligatorio_si else "No"
    opciones = f" Opciones: {'; '.join(campo.opciones.values())}." if campo.opciones else ""
    return campo.etiqueta, si, f"{campo.ayuda}{opciones}", campo.ejemplo


def _pasos(contexto: Contexto, con_datos: bool) -> Iterator[str]:
    formato = contexto.formato
    uno, varios = formato.se_cuenta
    yield (f"Escriba un {uno} por renglón en la hoja «{hoja_principal(formato)}», desde la fila 3. Lo que lleva asterisco "
           "(*) es obligatorio; se puede cargar incompleto y terminarlo después.")
    if con_datos:
        yield (f"Los {varios} que ya están traen su folio. Corrija en su lugar lo que cambió; lo que no toque, no cambia. "
               "Los nuevos van abajo, con el folio en blanco.")
        yield f"Para pedir que uno se retire, elija «{PALABRA_DE_BAJA}» en su columna y escriba el motivo al lado."
    else:
        yield "El renglón que dice «Ejemplo» es una muestra: no se carga. Puede borrarlo."
    yield ("Donde hay lista, elija de la flecha de la celda. Las fechas, como 31/12/2026; el dinero, en pesos y sin letras. "
           "Ponga el cursor sobre un encabezado para leer qué va.")
    if tablas_de(formato):
        yield ("Los datos con varios renglones van en su propia hoja: en la celda del registro ponga un número (1, 2, 3…) y "
               "repítalo en la columna «Número» de cada uno de sus renglones.")
    if any(campo.tipo is TipoCampo.ARCHIVO for campo in formato.campos):
        yield ("En las columnas de archivos escriba el nombre del archivo. Al cargar este libro, súbalos con él: varios a la "
               "vez o en un .zip. El mismo archivo sirve para varios renglones.")
    yield ("Guarde el libro y cárguelo en el sistema, en «Cargar desde Excel». Antes de guardar nada verá qué es nuevo, qué "
           "cambia y qué hay que corregir, con su celda.")
    yield "No cambie los encabezados. El orden de las columnas no importa, y las que no use se pueden quedar en blanco."


def write_instrucciones(hoja: Any, lineas: Iterator[Linea], estilos: dict[str, Any]) -> None:
    """Escribe los renglones; los párrafos, a lo ancho de las cuatro columnas."""
    for columna, ancho in enumerate((36, 14, 74, 46)):
        hoja.set_column(columna, columna, ancho)
    hoja.hide_gridlines(2)
    hoja.set_paper(1)
    hoja.set_landscape()
    hoja.fit_to_pages(1, 0)
    for fila, (clase, celdas) in enumerate(lineas):
        estilo = estilos[clase]
        if len(celdas) == 1:
            hoja.set_row(fila, _alto(celdas[0], 165) + (10 if clase == TITULO else 0))
            hoja.merge_range(fila, 0, fila, 3, "", estilo)
            hoja.write_string(fila, 0, celdas[0], estilo)
            continue
        hoja.set_row(fila, max(_alto(texto, ancho) for texto, ancho in zip(celdas, (34, 12, 72, 44), strict=True)))
        for columna, texto in enumerate(celdas):
            hoja.write_string(fila, columna, texto, estilo)


def _alto(texto: str, caben: int) -> float:
    """Puntos de alto que pide un texto en una celda donde caben tantas letras por renglón."""
    return 15.5 * (1 + len(texto) // caben)
