"""Lo que una institución decía de sí y lo que le tocaba publicar: antes de cambiarlo se guarda, con sus fechas.

Quien cambia ``PubSujeto`` pasa por aquí en su misma transacción. Son renglones chicos, y solo cuando algo cambia de veras.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from models.sujetos import PubSujeto, PubSujetoAntes

SE_LEEN = ("siglas", "nombre", "nombre_corto", "poder", "municipio", "datos", "claves", "extinto_en", "extinto_motivo")
"""Las columnas que la ciudadanía lee."""


def keep_de_antes(sujeto_id: int, nuevas: Mapping[str, Any], instante: int) -> bool:
    """Si ``nuevas`` cambia algo de lo público, guarda lo que decía hasta ``instante``. Dice si hay algo que cambiar."""
    previo = PubSujeto.get_or_none(PubSujeto.sujeto_id == sujeto_id)
    if previo is None:
        return True
    decia = {columna: getattr(previo, columna) for columna in SE_LEEN}
    if all(decia[columna] == nuevas.get(columna, decia[columna]) for columna in SE_LEEN):
        return False
    if previo.publicado_en < instante:
        PubSujetoAntes.insert(
            sujeto_id=sujeto_id, desde=previo.publicado_en, hasta=instante,
            contenido=json.dumps(decia, ensure_ascii=False, sort_keys=True)).on_conflict_ignore().execute()
    return True
