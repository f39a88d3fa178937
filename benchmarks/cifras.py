"""Una cifra por renglón, en JSON; y la cuenta de las que rebasan su límite."""

from __future__ import annotations

import json
from typing import Any, Literal

Sentido = Literal["maximo", "minimo"]


class Libreta:
    """Imprime cada cifra en cuanto se tiene y recuerda las rotas."""

    def __init__(self) -> None:
        self.rotas: list[str] = []

    def anotar(
        self, figura: str, valor: float, unidad: str, limite: float | None = None, sentido: Sentido = "maximo",
        **detalles: Any,
    ) -> None:
        """``valor`` debe quedar de un lado de ``limite``; sin límite, la cifra solo se informa."""
        cumple = limite is None or (valor <= limite if sentido == "maximo" else valor >= limite)
        if not cumple:
            self.rotas.append(figura)
        renglon = {"figura": figura, "valor": round(valor, 3), "unidad": unidad, "limite": limite,
                   **({"sentido": sentido} if limite is not None else {}), "cumple": cumple, **_redondos(detalles)}
        print(json.dumps(renglon, ensure_ascii=False), flush=True)


def _redondos(detalles: dict[str, Any]) -> dict[str, Any]:
    return {nombre: round(valor, 3) if isinstance(valor, float) else valor for nombre, valor in detalles.items()}
