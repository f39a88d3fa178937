"""Las listas para elegir, en la hoja oculta ``_catalogos``: una columna por lista distinta, de cualquier largo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from models.hojas.disposicion import CAUSAS
from models.hojas.nuestras import CATALOGOS


@dataclass(slots=True)
class Listas:
    """Reparte columnas: la primera son las causas de vacío; pedir dos veces la misma lista da el mismo lugar."""

    _columnas: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)

    @property
    def causas(self) -> str:
        return self.place(tuple(CAUSAS.values()), "Vacío con razón")

    def place(self, opciones: Sequence[str], rotulo: str) -> str:
        """Dónde quedan esas opciones, como ``=_catalogos!$B$2:$B$40``; ``""`` si no hay ninguna."""
        if not opciones:
            return ""
        numero, _ = self._columnas.setdefault(tuple(opciones), (len(self._columnas), rotulo))
        letra = xl_col_to_name(numero)
        return f"{CATALOGOS}!${letra}$2:${letra}${len(opciones) + 1}"

    def write(self, hoja: Any, formato: Any) -> None:
        """Escribe la hoja, renglón por renglón; todo como texto."""
        hoja.write_row(0, 0, [rotulo for _, rotulo in self._columnas.values()], formato)
        for fila, opciones in enumerate(zip_longest(*self._columnas), start=1):
            for columna, opcion in enumerate(opciones):
                if opcion is not None:
                    hoja.write_string(fila, columna, opcion, formato)
