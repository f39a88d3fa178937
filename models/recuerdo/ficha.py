"""Lo que el portal dice de una respuesta para que se pueda recordar. Viaja en el ambiente WSGI de la petición."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

LLAVE = "ipomex.ficha"


@dataclass(slots=True)
class Ficha:
    """``sujetos``: de quiénes depende; si no es exactamente uno, depende de todos.

    ``entera``: el cuerpo está completo en memoria. ``reconocida``: la página leyó todos los parámetros de la dirección; la
    que trae otros no se recuerda, para que nadie llene la memoria con ``?x=1``, ``?x=2``… ``pasajera``: enseña algo que
    cambia sin que se mueva ningún pulso.
    """

    sujetos: set[int] = field(default_factory=set)
    entera: bool = False
    reconocida: bool = False
    pasajera: bool = False

    @property
    def sujeto(self) -> int | None:
        """De quién depende; ``None``, de todos."""
        return next(iter(self.sujetos)) if len(self.sujetos) == 1 else None


def ficha_de(ambiente: Mapping[str, Any]) -> Ficha:
    """La de esta petición; una suelta si nadie va a recordar la respuesta."""
    return cast("Ficha | None", ambiente.get(LLAVE)) or Ficha()
