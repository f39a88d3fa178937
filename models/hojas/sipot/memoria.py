"""Lo que el contenido de un registro no dice de su renglón oficial, guardado para devolverlo igual mientras nadie lo cambie.

Solo lo que hace falta: las celdas que, leídas y vueltas a escribir, quedarían distintas (un número en columna de texto, una
fecha escrita con letras, las fechas de validación que puso la institución), los renglones que continúan al primero y los
números que unen cada renglón de las subtablas.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from models.hojas.sipot.celdas import Celda

Literales = dict[int, Celda]
"""Columna (desde 1) → lo que decía la celda."""


@dataclass(slots=True)
class RenglonDeTabla:
    """Un renglón de una subtabla: su fila en la hoja, el número que lo une, y si trae algo más que ese número."""

    fila: int
    id: Celda
    literales: Literales = field(default_factory=dict)
    con_datos: bool = True


@dataclass(slots=True)
class Memoria:
    """``renglones`` son los de la hoja principal, el propio y los que lo continúan; ``tablas`` va por hoja oficial."""

    renglones: list[Literales] = field(default_factory=list)
    tablas: dict[str, list[RenglonDeTabla]] = field(default_factory=dict)

    def to_json(self) -> str | None:
        """El texto con que se guarda; ``None`` si no hay nada que recordar."""
        if len(self.renglones) <= 1 and not any(self.renglones) and not self.tablas:
            return None
        tablas = {hoja: [[r.fila, _a(r.id), _as(r.literales), int(r.con_datos)] for r in filas]
                  for hoja, filas in self.tablas.items()}
        return json.dumps({"r": [_as(literales) for literales in self.renglones], "t": tablas},
                          ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def de_json(cls, texto: str) -> Memoria:
        crudo = json.loads(texto)
        tablas = {hoja: [RenglonDeTabla(fila, _de(numero), _des(literales), bool(con_datos))
                         for fila, numero, literales, con_datos in filas] for hoja, filas in crudo["t"].items()}
        return cls([_des(literales) for literales in crudo["r"]], tablas)


def _as(literales: Literales) -> dict[str, Any]:
    return {str(columna): _a(celda) for columna, celda in literales.items()}


def _des(literales: dict[str, Any]) -> Literales:
    return {int(columna): _de(celda) for columna, celda in literales.items()}


def _a(celda: Celda) -> Any:
    """Una fecha se distingue de un texto por ir en su propio objeto."""
    return {"d": celda.isoformat()} if isinstance(celda, dt.date) else celda


def _de(celda: Any) -> Celda:
    if not isinstance(celda, dict):
        leida: Celda = celda
        return leida
    texto = str(celda["d"])
    return dt.datetime.fromisoformat(texto) if "T" in texto else dt.date.fromisoformat(texto)
