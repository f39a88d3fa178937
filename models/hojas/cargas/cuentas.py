"""Las cuentas de una carga ya revisada: lo que la persona ve antes de confirmar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.cargas import Carga
from models.hojas.cargas.reparto import share_archivos
from models.hojas.revision.expediente import Expediente

_ACCIONES = {"nuevos": "nuevo", "cambian": "cambia", "iguales": "igual", "bajas": "baja", "malos": "malo",
             "por_corregir": "por_corregir"}


def count_todo(carga: Carga, expediente: Expediente, leido: Mapping[str, Any], leido_en: int) -> dict[str, Any]:
    """El resumen de la carga. ``leido`` es el de la lectura; ``leido_en``, el instante en que se leyeron los maestros."""
    cuentas, reparto = expediente.counts(), share_archivos(carga, expediente)
    [(incompletos,)] = expediente.base.execute(
        "SELECT count(*) FROM renglon WHERE faltan > 0 AND accion IN ('nuevo', 'cambia')")
    return {"total": sum(cuentas.values())} | {dicho: cuentas.get(accion, 0) for dicho, accion in _ACCIONES.items()} | {
        "incompletos": incompletos, "hallazgos": expediente.count("hallazgo"),
        "archivos": {"piden": len(reparto.hallados) + len(reparto.faltan), "hallados": len(reparto.hallados),
                     "faltan": len(reparto.faltan), "sobran": len(reparto.sobran)},
        "forma": leido.get("forma"), "segundos": leido.get("segundos", 0), "leido_en": leido_en}

