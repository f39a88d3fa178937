"""El diccionario de datos de un formato: columna por columna, qué es, cómo viene y si siempre debe estar."""

from __future__ import annotations

from dataclasses import dataclass

from fracciones_config import Campo, Formato, TipoCampo
from models.esquemas.ejemplos import cell_of
from models.esquemas.tabla import DEL_SISTEMA, RENGLON
from models.hojas.disposicion import FOLIO, tablas_de
from models.hojas.salidas.columnas import Columna, Que, columns_of

COLUMNAS = ("tabla", "columna", "etiqueta", "tipo", "significado", "ejemplo", "obligatorio", "opciones")
"""Las del diccionario en CSV."""


@dataclass(frozen=True, slots=True)
class Entrada:
    """Una columna. ``tabla``: el campo al que pertenece, si no es de los registros. ``opciones``: clave → rótulo."""

    columna: str
    etiqueta: str
    tipo: TipoCampo | None
    significado: str
    ejemplo: str = ""
    obligatorio: str = "no"
    opciones: tuple[tuple[str, str], ...] = ()
    tabla: str = ""

    @property
    def de_maquina(self) -> tuple[str, ...]:
        """Sus celdas en el CSV."""
        opciones = "|".join(f"{clave}: {rotulo}" for clave, rotulo in self.opciones)
        return (self.tabla, self.columna, self.etiqueta, str(self.tipo or "sistema"), self.significado, self.ejemplo,
                self.obligatorio, opciones)


def entries_of(formato: Formato) -> list[Entrada]:
    """Las columnas de los registros, en el orden del CSV; la que dice por qué otra está vacía no se repite por cada una."""
    return [_entrada(formato, columna) for columna in columns_of(formato, de_trabajo=False) if columna.que is not Que.MOTIVO]


def entries_of_tabla(formato: Formato, campo: Campo) -> list[Entrada]:
    """Las de un campo ``tabla``."""
    folio = Entrada(FOLIO, "Folio", None, "El del registro al que pertenece el renglón.", obligatorio="sí", tabla=campo.nombre)
    renglon = Entrada(RENGLON, "Renglón", None, "Su lugar en la tabla de ese registro, desde 1.", "1", "sí",
                      tabla=campo.nombre)
    return [folio, renglon, *(_de_campo(formato, suyo, campo.nombre) for suyo in campo.campos)]


def all_entries(formato: Formato) -> list[Entrada]:
    """Todas: las de los registros, las que dicen por qué algo está vacío, y las de sus tablas."""
    motivos = [Entrada(c.llave, c.rotulo, None, "La razón, si la columna está vacía con razón.")
               for c in columns_of(formato, de_trabajo=False) if c.que is Que.MOTIVO]
    return [*entries_of(formato), *motivos,
            *(entrada for campo in tablas_de(formato) for entrada in entries_of_tabla(formato, campo))]


def _entrada(formato: Formato, columna: Columna) -> Entrada:
    if columna.campo is not None:
        return _de_campo(formato, columna.campo)
    significado, esquema = DEL_SISTEMA[columna.que]
    siempre = esquema.get("constraints", {}).get("required")
    return Entrada(columna.llave, columna.rotulo, None, significado, obligatorio="sí" if siempre else "no")


def _de_campo(formato: Formato, campo: Campo, tabla: str = "") -> Entrada:
    return Entrada(campo.nombre, campo.etiqueta, campo.tipo, campo.ayuda, cell_of(campo) or "", _obligatorio(formato, campo),
                   tuple(campo.opciones.items()), tabla)


def _obligatorio(formato: Formato, campo: Campo) -> str:
    si = campo.obligatorio_si
    if si is None or campo.obligatorio:
        return "sí" if campo.obligatorio else "no"
    otro = formato.por_nombre[si.campo]
    valores = [("Sí" if valor else "No") if isinstance(valor, bool) else otro.opciones.get(str(valor), str(valor))
               for valor in si.es]
    return f"si «{otro.etiqueta}» es {' o '.join(valores)}"
