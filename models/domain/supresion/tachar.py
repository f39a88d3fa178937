"""Tachar un dato dentro de otros textos: motivos, mensajes, avisos. Lo tachado dice que ahí había un dato protegido."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from models.domain.lectores.crudo import plegar

TACHADO = "[dato protegido]"


class Tachador:
    """Quita de cualquier texto, con acentos o sin ellos, los que se le dieron. Sin ninguno, no cambia nada."""

    def __init__(self, textos: Iterable[str]) -> None:
        dichos = list(textos)
        formas = sorted({*dichos, *map(plegar, dichos)}, key=lambda t: (-len(t), t))
        self._patron = re.compile("|".join(map(re.escape, formas)), re.IGNORECASE) if formas else None

    def finds(self, texto: str | None) -> bool:
        """Si el texto trae alguno."""
        return bool(texto and self._patron and (self._patron.search(texto) or self._patron.search(plegar(texto))))

    def cross(self, texto: str) -> str:
        """El texto, ya tachado."""
        return self._patron.sub(TACHADO, texto) if self._patron else texto

    def cross_json(self, guardado: str, sin: Iterable[str] = ()) -> str:
        """Lo mismo en un JSON; de un objeto, además, se quitan las llaves ``sin``."""
        leido = json.loads(guardado)
        if isinstance(leido, dict):
            for llave in sin:
                leido.pop(llave, None)
        return json.dumps(self._walk(leido), ensure_ascii=False)

    def _walk(self, valor: Any) -> Any:
        if isinstance(valor, str):
            return self.cross(valor)
        if isinstance(valor, list):
            return [self._walk(uno) for uno in valor]
        if isinstance(valor, dict):
            return {llave: self._walk(uno) for llave, uno in valor.items()}
        return valor
