"""Los registros en CSV (RFC 4180), de dos maneras: para programas y para Excel.

El de los programas lleva identificadores estables, fechas ISO, punto decimal y nada alterado. El de Excel lleva
marca de orden de bytes, etiquetas, formas mexicanas y guarda contra fórmulas: abrirlo nunca ejecuta una celda.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.presentacion.fechas import fecha_y_hora
from models.presentacion.textos import texto, texto_vacio
from models.publicados import Registro
from portal.json_abierto import Enlaces
from portal.palabras import iso

MARCA_DE_ORDEN = "\ufeff"

AL_PRINCIPIO = {"folio": "Folio"}
AL_FINAL = {
    "fecha_actualizacion": "Fecha de actualización", "fecha_validacion": "Fecha de validación",
    "publico_desde": "Público desde", "vacios": "Campos vacíos con motivo",
    "direccion_permanente": "Dirección permanente"}
"""Columnas que no son campos del formato: nombre estable → etiqueta."""

_PELIGROSOS = frozenset("=+-@|")

Hacer = Callable[[Any, Enlaces], str]


def _json(dato: Any, enlaces: Enlaces) -> str:
    return json.dumps(dato, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _tal_cual(dato: Any, enlaces: Enlaces) -> str:
    return str(dato)


def _maestro(dato: Any, enlaces: Enlaces) -> str:
    return str(dato.get("texto", dato["id"]))


VALORES: Mapping[TipoCampo, Hacer] = {
    **{tipo: _tal_cual for tipo in TipoCampo},
    TipoCampo.SI_NO: lambda dato, enlaces: "true" if dato else "false",
    TipoCampo.OPCIONES: lambda dato, enlaces: "|".join(dato),
    TipoCampo.ARCHIVO: lambda dato, enlaces: enlaces.archivo(dato),
    TipoCampo.AREA: _maestro,
    TipoCampo.SERVIDOR_PUBLICO: _maestro,
    TipoCampo.ORGANO_COLEGIADO: _maestro,
    TipoCampo.TABLA: _json,
}
"""Cómo va cada tipo en el CSV de los programas; lo que no se dice va tal cual."""


def machine_csv(formato: Formato, tramos: Iterable[list[Registro]], enlaces: Enlaces) -> Iterator[bytes]:
    """El CSV para programas, por trozos."""
    encabezado = [*AL_PRINCIPIO, *(campo.nombre for campo in formato.campos), *AL_FINAL]
    return _escribir(encabezado, ([_renglon(formato, r, enlaces) for r in tramo] for tramo in tramos))


def excel_csv(formato: Formato, tramos: Iterable[list[Registro]], enlaces: Enlaces) -> Iterator[bytes]:
    """El CSV para Excel, por trozos."""
    encabezado = [*AL_PRINCIPIO.values(), *(campo.etiqueta for campo in formato.campos), *AL_FINAL.values()]
    yield MARCA_DE_ORDEN.encode()
    yield from _escribir([guard(titulo) for titulo in encabezado],
                         ([_renglon_de_excel(formato, r, enlaces) for r in tramo] for tramo in tramos))


def guard(celda: str) -> str:
    """La celda, con un apóstrofo por delante si Excel la tomaría por fórmula.

    Mira la primera letra después de quitar blancos, caracteres de control e invisibles; reconoce los signos anchos.
    """
    if celda[:1].isalnum():
        return celda
    if celda[:1] in ("\t", "\r", "\n"):
        return f"'{celda}"
    primera = next((c for c in celda if unicodedata.category(c)[0] not in "CZ"), "")
    return f"'{celda}" if unicodedata.normalize("NFKC", primera) in _PELIGROSOS else celda


def _renglon(formato: Formato, registro: Registro, enlaces: Enlaces) -> list[str]:
    return [
        registro.folio, *(_valor(campo, registro, enlaces) for campo in formato.campos),
        iso(registro.actualizado_en), iso(registro.validado_en), iso(registro.publico_desde),
        _json(registro.vacios, enlaces) if registro.vacios else "", enlaces.registro(formato.clave, registro.folio)]


def _valor(campo: Campo, registro: Registro, enlaces: Enlaces) -> str:
    dato = registro.datos.get(campo.nombre)
    if dato is None:
        return registro.ajenos.get(campo.nombre, "")
    return VALORES[campo.tipo](dato, enlaces)


def _renglon_de_excel(formato: Formato, registro: Registro, enlaces: Enlaces) -> list[str]:
    vacios = "; ".join(f"{formato.por_nombre[n].etiqueta}: {texto_vacio(v)}" for n, v in registro.vacios.items())
    return [
        registro.folio, *(excel_cell(campo, registro, enlaces) for campo in formato.campos),
        fecha_y_hora(registro.actualizado_en), fecha_y_hora(registro.validado_en), fecha_y_hora(registro.publico_desde),
        guard(vacios), enlaces.registro(formato.clave, registro.folio)]


def excel_cell(campo: Campo, registro: Registro, enlaces: Enlaces) -> str:
    """Una celda del CSV de Excel: como se lee en México, y sin que se ejecute."""
    dato = registro.datos.get(campo.nombre)
    if campo.nombre in registro.vacios:
        return guard(texto_vacio(registro.vacios[campo.nombre]))
    if dato is None:
        return guard(registro.ajenos.get(campo.nombre, ""))
    if campo.es_numero:  # lo escribió la casa: un menos por delante es un número, no una fórmula
        return texto(campo, dato)
    if campo.tipo is TipoCampo.ARCHIVO:
        return enlaces.archivo(dato)  # type: ignore[arg-type]
    if campo.tipo is TipoCampo.TABLA:
        return guard(_tabla_en_texto(campo, dato))
    return guard(texto(campo, dato))


def _tabla_en_texto(campo: Campo, filas: Any) -> str:
    """«Nombre: Rosa, RFC: …» por renglón."""
    return "\n".join(
        ", ".join(f"{c.etiqueta}: {texto(c, fila[c.nombre])}" for c in campo.campos if c.nombre in fila)
        for fila in filas)


def _escribir(encabezado: list[str], tramos: Iterable[list[list[str]]]) -> Iterator[bytes]:
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(encabezado)
    for tramo in tramos:
        escritor.writerows(tramo)
        yield _vaciar(salida)
    if salida.tell():
        yield _vaciar(salida)


def _vaciar(salida: io.StringIO) -> bytes:
    trozo = salida.getvalue().encode()
    salida.seek(0)
    salida.truncate()
    return trozo
