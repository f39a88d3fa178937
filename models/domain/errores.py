"""Lo que puede salir mal en las reglas, dicho en español para la persona que lo intentó."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.domain.validation import Validacion


class ReglaRota(Exception):
    """Madre de todas: su texto se le puede enseñar tal cual a la persona."""


class NoPermitido(ReglaRota):
    """La persona no tiene esa facultad sobre ese objeto."""


class NoExiste(ReglaRota):
    """No existe, o no es de la persona: por fuera no se distingue."""

    def __init__(self) -> None:
        super().__init__("Ese registro no existe o no está a su cargo.")


class ActoImposible(ReglaRota):
    """El acto no cabe en el estado en que está el registro, o le falta el motivo."""


class DatosInvalidos(ReglaRota):
    """Hay datos mal escritos; ``validacion`` dice cuáles. No se guardó nada."""

    def __init__(self, validacion: Validacion) -> None:
        super().__init__("Hay datos por corregir; no se guardó.")
        self.validacion = validacion


class Conflicto(ReglaRota):
    """Otra persona guardó antes; ``actual`` es la fila como quedó."""

    def __init__(self, actual: Any) -> None:
        super().__init__("Otra persona cambió este registro mientras usted lo editaba.")
        self.actual = actual
