"""Lo que un registro decía antes: se guarda en el momento de reemplazarlo, para poder verlo y traerlo de vuelta."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.actos import ContenidoAnterior

_POR_INSERCION = 500


def keep_contenidos(filas: Sequence[Any]) -> None:
    """Guarda el contenido que esas filas de trabajo tienen ahora. En la transacción de quien está por cambiarlo."""
    renglones = [{"sujeto_id": fila.sujeto_id, "registro_id": fila.id, "version": fila.version, "contenido": fila.contenido,
                  "catalogo": fila.catalogo, "contenido_en": fila.contenido_en} for fila in filas]
    for i in range(0, len(renglones), _POR_INSERCION):
        ContenidoAnterior.insert_many(renglones[i:i + _POR_INSERCION]).execute()
