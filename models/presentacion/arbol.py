"""Un árbol para dibujarlo: de renglones que dicen de quién dependen, a ramas en su orden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Nodo:
    """Un área en el organigrama. ``nota`` es lo que se lee debajo de su nombre; ``orden`` 0 es «sin lugar»: va al final."""

    id: int
    nombre: str
    padre_id: int | None
    orden: int = 0
    nota: str = ""
    hijos: list[Nodo] = field(default_factory=list)


def build_arbol(nodos: Iterable[Nodo]) -> list[Nodo]:
    """Las raíces, con sus hijos. Nada se pierde: lo que cuelga de algo que no está, o de sí mismo, queda como raíz."""
    por_id = {nodo.id: nodo for nodo in nodos}
    raices: list[Nodo] = []
    for nodo in por_id.values():
        padre = por_id.get(nodo.padre_id) if nodo.padre_id is not None else None
        (raices if padre is None or _se_muerde_la_cola(nodo, por_id) else padre.hijos).append(nodo)
    for nodo in por_id.values():
        nodo.hijos.sort(key=_lugar)
    return sorted(raices, key=_lugar)


def _se_muerde_la_cola(nodo: Nodo, por_id: dict[int, Nodo]) -> bool:
    """Si subiendo de jefe en jefe se vuelve al mismo nodo."""
    vistos: set[int] = set()
    arriba = nodo.padre_id
    while arriba is not None and arriba in por_id and arriba not in vistos:
        if arriba == nodo.id:
            return True
        vistos.add(arriba)
        arriba = por_id[arriba].padre_id
    return False


def _lugar(nodo: Nodo) -> tuple[int, str, int]:
    return (nodo.orden or 10**9, nodo.nombre, nodo.id)
