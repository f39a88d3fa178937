"""Cómo va cada tipo de campo en una celda: su formato de número, su ancho y el valor que se escribe.

Los textos van siempre como texto: nada que empiece con ``=`` se vuelve fórmula, ni un cero a la izquierda se pierde.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from fracciones_config import Campo, TipoCampo
from models.domain.periods import etiqueta
from models.folios import de_folio
from models.hojas.plantillas.nombres import Nombres
from models.presentacion.fechas import fecha

Valor: TypeAlias = str | int | float | dt.date

TEXTO, FECHA, PESOS, ENTERO, LIBRE = "@", "dd/mm/yyyy", '"$"#,##0.00', "#,##0", "#,##0.######"
SIN_MILES = "0"

_EXCEL_DESDE = dt.date(1900, 3, 1)
"""Antes de este día el calendario de Excel cuenta uno de más: esas fechas van como texto."""


@dataclass(frozen=True, slots=True)
class Celda:
    """De un tipo: el formato de número de su columna, su ancho en letras, y cómo se escribe un dato."""

    formato: str
    ancho: int
    valor: Callable[[Campo, Any, Mapping[TipoCampo, Nombres]], Valor]


def _tal_cual(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    return dato  # type: ignore[no-any-return]


def _numero(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    """El número, si Excel lo conserva entero (15 cifras); si no, sus cifras como texto."""
    exacto = Decimal(dato)
    aproximado = float(exacto)
    return aproximado if Decimal(format(aproximado, ".15g")) == exacto else str(dato)


def _fecha(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    dia = dt.date.fromisoformat(dato)
    return dia if dia >= _EXCEL_DESDE else fecha(dia)


def _periodo(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    return etiqueta(dato)


def _si_no(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    return "Sí" if dato else "No"


def _opcion(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    return str(campo.opciones.get(dato, dato))


def _opciones(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    rotulos = [campo.opciones.get(clave, clave) for clave in dato]
    return "; ".join(dato if any(";" in rotulo for rotulo in rotulos) else rotulos)


def _archivo(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    return str(dato["nombre"])


def _maestro(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    folio = str(dato["id"])
    return nombres[campo.tipo].de.get(de_folio(folio), folio)


def _de_tabla(campo: Campo, dato: Any, nombres: Mapping[TipoCampo, Nombres]) -> Valor:
    raise TypeError("Una tabla va en su propia hoja.")


_CORTO, _LARGO = Celda(TEXTO, 28, _tal_cual), Celda(TEXTO, 44, _tal_cual)
_CANTIDAD, _QUIEN = Celda(LIBRE, 16, _numero), Celda(TEXTO, 34, _maestro)

CELDAS: dict[TipoCampo, Celda] = {
    TipoCampo.TEXTO: _CORTO,
    TipoCampo.TEXTO_LARGO: _LARGO,
    TipoCampo.NOTA: _LARGO,
    TipoCampo.ENTERO: Celda(ENTERO, 14, _tal_cual),
    TipoCampo.DECIMAL: _CANTIDAD,
    TipoCampo.MONEDA: Celda(PESOS, 18, _numero),
    TipoCampo.PORCENTAJE: _CANTIDAD,
    TipoCampo.FECHA: Celda(FECHA, 14, _fecha),
    TipoCampo.HORA: Celda(TEXTO, 10, _tal_cual),
    TipoCampo.ANIO: Celda(SIN_MILES, 11, _tal_cual),
    TipoCampo.PERIODO: Celda(TEXTO, 18, _periodo),
    TipoCampo.SI_NO: Celda(TEXTO, 10, _si_no),
    TipoCampo.OPCION: Celda(TEXTO, 26, _opcion),
    TipoCampo.OPCIONES: Celda(TEXTO, 34, _opciones),
    TipoCampo.URL: Celda(TEXTO, 38, _tal_cual),
    TipoCampo.CORREO: _CORTO,
    TipoCampo.TELEFONO: Celda(TEXTO, 22, _tal_cual),
    TipoCampo.ARCHIVO: Celda(TEXTO, 30, _archivo),
    TipoCampo.AREA: _QUIEN,
    TipoCampo.SERVIDOR_PUBLICO: _QUIEN,
    TipoCampo.ORGANO_COLEGIADO: _QUIEN,
    TipoCampo.TABLA: Celda(SIN_MILES, 16, _de_tabla),
}
"""Cómo va cada tipo en una celda."""
