"""El flujo de trabajo: el único lugar que escribe ``estado``.

``guardar`` captura y edita; ``aplicar`` hace todos los demás actos. Cada uno revisa el permiso, cambia comparando la versión, y
escribe en la misma transacción la bitácora, los contadores y —si toca— lo público y su índice.
"""

from models.domain.workflow.actos import Prevision, aplicar, prever
from models.domain.workflow.guardado import Guardado, guardar
from models.domain.workflow.resultado import Fuera, Resultado

__all__ = ["Fuera", "Guardado", "Prevision", "Resultado", "aplicar", "guardar", "prever"]
