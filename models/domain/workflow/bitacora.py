"""La bitácora: un renglón por acto y por registro, en la misma transacción."""

from collections.abc import Iterable
from typing import Any

from models.actos import Acto
from models.folios import nuevo_id

_POR_INSERCION = 1000


def log_actos(filas: Iterable[dict[str, Any]]) -> None:
    """Escribe actos; cada fila trae las columnas de ``Acto`` menos ``id``."""
    vacio = {"motivo": None, "cambios": None, "antes": None, "autoaprobacion": False}
    renglones = [{"id": nuevo_id(), **vacio, **fila} for fila in filas]
    for i in range(0, len(renglones), _POR_INSERCION):
        Acto.insert_many(renglones[i:i + _POR_INSERCION]).execute()
