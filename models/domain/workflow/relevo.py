"""El relevo: los registros a cargo de una persona pasan a cargo de otra. Quién los capturó no cambia nunca."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import Table

from models.base import db
from models.formatos import Tabla
from models.usuarios import Usuario
from models.vigor import EsquemaCampo


def hand_over(de: Usuario, a: Usuario, tablas: Iterable[Tabla]) -> int:
    """Cambia el cargo de todos los registros, en cualquier estado. Da cuántos eran. En la transacción de quien llama.

    También los de formatos que el catálogo ya no tiene: si el formato vuelve, vuelven a manos de quien sigue.
    """
    vistas = EsquemaCampo.select(EsquemaCampo.clave).distinct().tuples()
    claves = {tabla.clave for tabla in tablas} | {clave for (clave,) in vistas}
    return sum(_hand_over(Table(f"reg_{clave}"), de, a) for clave in sorted(claves))


def _hand_over(tabla: Table, de: Usuario, a: Usuario) -> int:
    cambio = tabla.update({tabla.c.a_cargo_de: a.id}).where(tabla.c.sujeto_id == de.sujeto_id, tabla.c.a_cargo_de == de.id)
    return int(cambio.execute(db.obj))
