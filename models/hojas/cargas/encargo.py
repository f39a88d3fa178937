"""Encargar al trabajador que revise un libro o que lo cargue. En la transacción de quien llama; luego se le despierta."""

from __future__ import annotations

from models.cargas import Carga
from models.tareas import Trabajo
from models.trabajos.cola import enqueue

REVISAR, CARGAR = "revisar_carga", "cargar"
"""Los dos tipos de trabajo."""


def entrust(carga: Carga, tipo: str, usuario_id: int, total: int = 0) -> Trabajo:
    """Deja el trabajo en la cola y lo apunta en la carga."""
    trabajo = enqueue(carga.sujeto_id, tipo, {"carga": str(carga.id), "clave": carga.clave}, usuario_id, total)
    Carga.update(trabajo_id=trabajo.id).where(Carga.sujeto_id == carga.sujeto_id, Carga.id == carga.id).execute()
    carga.trabajo_id = trabajo.id
    return trabajo


def find_encargo(carga: Carga) -> Trabajo | None:
    """El último trabajo que se encargó por esta carga: dice cuánto lleva."""
    if carga.trabajo_id is None:
        return None
    return Trabajo.get_or_none(  # type: ignore[no-any-return]
        Trabajo.sujeto_id == carga.sujeto_id, Trabajo.id == carga.trabajo_id)
