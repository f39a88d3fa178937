"""Las clases de corrección: cómo se llama cada una y qué le hace a la celda, dicho a la persona que la acepta."""

from __future__ import annotations

from enum import StrEnum


class Clase(StrEnum):
    """De qué se trata una corrección. Con su campo (``"<campo>|<clase>"``) es lo que la persona acepta."""

    ESPACIOS = "espacios"
    MOJIBAKE = "mojibake"
    FORMA = "forma"
    FECHA = "fecha"
    HORA = "hora"
    ANIO = "anio"
    MONEDA = "moneda"
    NUMERO = "numero"
    REDONDEO = "redondeo"
    LISTA = "lista"
    SI_NO = "si_no"
    PERIODO = "periodo"
    NOMBRE = "nombre"
    URL = "url"
    CORREO = "correo"
    TELEFONO = "telefono"
    VACIO = "vacio"


CLASES: dict[Clase, str] = {
    Clase.ESPACIOS: "Quitar los espacios dobles y los saltos de renglón que sobran",
    Clase.MOJIBAKE: "Arreglar las letras dañadas, como «LicitaciÃ³n»",
    Clase.FORMA: "Poner en mayúsculas, y sin guiones ni espacios",
    Clase.FECHA: "Escribir la fecha como día/mes/año",
    Clase.HORA: "Escribir la hora como 09:30",
    Clase.ANIO: "Escribir el año con sus cuatro cifras",
    Clase.MONEDA: "Escribir la cantidad sin signo de pesos, con coma en los miles y punto en los centavos",
    Clase.NUMERO: "Escribir el número solo con cifras",
    Clase.REDONDEO: "Redondear a los decimales que caben",
    Clase.LISTA: "Escribir la opción como está en la lista",
    Clase.SI_NO: "Escribir «Sí» o «No»",
    Clase.PERIODO: "Escribir el periodo como está en la lista",
    Clase.NOMBRE: "Escribir el nombre como está registrado",
    Clase.URL: "Completar la dirección de internet",
    Clase.CORREO: "Quitar lo que sobra del correo",
    Clase.TELEFONO: "Ordenar el teléfono",
    Clase.VACIO: "Escribir «No aplica»",
}
"""Qué hace cada una."""


def key_of(campo: str, clase: str) -> str:
    """El nombre con que se acepta y se recuerda una corrección."""
    return f"{campo}|{clase}"
