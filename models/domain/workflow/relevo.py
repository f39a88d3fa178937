"""El relevo: los registros a cargo de una persona pasan a cargo de otra. Quién los capturó no cambia nunca."""

from __future__ import annotations

from collections.abc import Iterable

from models.formatos import Tabla
from models.usuarios import Usuario


def hand_over(de: Usuario, a: Usuario, tablas: Iterable[Tabla]) -> int:
    """Cambia el cargo de todos los registros, en cualquier estado. Da cuántos eran. En la transacción de quien llama."""
    return sum(
        int(tabla.trabajo.update(a_cargo_de=a.id).where(
            tabla.trabajo.sujeto_id == de.sujeto_id, tabla.trabajo.a_cargo_de == de.id).execute())
        for tabla in tablas)
