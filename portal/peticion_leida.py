"""La petición, que además apunta qué parámetros de la dirección leyó la página: los que nadie lee no cambian nada."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict


class Leidos(ImmutableMultiDict[str, str]):
    """Los parámetros. Pedir uno por su nombre lo apunta; recorrerlos todos los apunta todos."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(mapping)
        self._leidos: set[str] = set()
        self._todos = False

    @property
    def all_leidos(self) -> bool:
        """Si la página leyó cada uno de los que venían."""
        return self._todos or set(dict.keys(self)) <= self._leidos

    def __getitem__(self, key: str) -> str:
        self._leidos.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._leidos.add(str(key))
        return super().__contains__(key)

    def getlist(self, *args: Any, **mas: Any) -> list[Any]:
        self._leidos.add(str(args[0]))
        return super().getlist(*args, **mas)

    def __iter__(self) -> Iterator[str]:
        self._todos = True
        return super().__iter__()

    def keys(self) -> Any:
        self._todos = True
        return super().keys()

    def items(self, multi: bool = False) -> Any:
        self._todos = True
        return super().items(multi)

    def lists(self) -> Any:
        self._todos = True
        return super().lists()


class Peticion(Request):
    """La de Flask, con esos parámetros."""

    parameter_storage_class = Leidos
