"""Un dato protegido: se publicó por error, la Unidad lo suprimió, y en su lugar solo queda la marca de que lo hubo.

Se guarda en el contenido, junto a ``datos`` y ``vacios``: ``{"protegidos": {campo: {"acta": str, "desde": "2026-11-22"}}}``. De
una tabla puede protegerse toda o solo algunas de sus columnas (``"columnas": [nombre, …]``): entonces sus renglones siguen,
sin esas celdas. Leído, es un vacío más, con la causa ``protegido``, así que se compara, se restaura y se enseña como los demás;
pero nadie lo captura: solo vale el que ya estaba guardado (``Protegido``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.presentacion.fechas import fecha

CAUSA = "protegido"

Marcas = dict[str, dict[str, Any]]
"""Campo → ``{"acta", "desde"}`` y, si solo son algunas columnas de una tabla, ``"columnas"``."""

_NADA: Mapping[str, Any] = {}


class Protegido(dict[str, Any]):
    """El vacío de un dato protegido: ``causa``, ``motivo`` (para leerse), ``acta``, ``desde`` y quizá ``columnas``.

    Es de su propia clase para que lo que alguien mande con la misma causa no pase por uno.
    """

    @property
    def columnas(self) -> frozenset[str]:
        """Las de la tabla que se protegieron; vacío si fue el campo entero."""
        return frozenset(self.get("columnas", ()))

    @property
    def marca(self) -> dict[str, Any]:
        """Como se guarda."""
        return {llave: dicho for llave, dicho in self.items() if llave not in ("causa", "motivo")}


def build_protegido(marca: Mapping[str, Any]) -> Protegido:
    """El vacío que dice esa marca."""
    motivo = f"Protegido desde el {fecha(str(marca['desde']))} por el acta {marca['acta']}"
    return Protegido(causa=CAUSA, motivo=motivo, **marca)


def read_marcas(contenido: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Las marcas de un contenido ya leído de su JSON; casi siempre ninguna."""
    marcas: Mapping[str, Mapping[str, Any]] = contenido.get("protegidos", _NADA)
    return marcas


def read_vacios(contenido: Mapping[str, Any], con_columnas: bool = True) -> dict[str, Any]:
    """Los vacíos de un contenido con lo protegido entre ellos; sin ``con_columnas``, solo los campos protegidos enteros."""
    vacios: dict[str, Any] = contenido["vacios"]
    if "protegidos" not in contenido:
        return vacios
    leidos = {campo: build_protegido(marca) for campo, marca in contenido["protegidos"].items()
              if con_columnas or "columnas" not in marca}
    return {**vacios, **leidos}


def split_vacios(vacios: Mapping[str, Any]) -> tuple[dict[str, Any], Marcas]:
    """Lo contrario: (los vacíos que alguien dio, las marcas)."""
    marcas = {campo: vacio.marca for campo, vacio in vacios.items() if isinstance(vacio, Protegido)}
    return {campo: vacio for campo, vacio in vacios.items() if campo not in marcas}, marcas


def keeps(vacio: Protegido, dato: Any) -> bool:
    """Si la marca sigue: hasta que alguien escribe un dato nuevo ahí (en una tabla, en todas sus celdas protegidas)."""
    if dato is None:
        return not vacio.columnas
    return bool(vacio.columnas) and any(columna not in renglon for renglon in dato for columna in vacio.columnas)


def keep_protegidos(datos: Mapping[str, Any], vacios: dict[str, Any], antes: Mapping[str, Any]) -> list[str]:
    """Suma a ``vacios`` lo protegido que había ``antes`` y en cuyo lugar no se escribió nada. Da esos campos."""
    siguen = {campo: vacio for campo, vacio in antes.items()
              if isinstance(vacio, Protegido) and campo not in vacios and keeps(vacio, datos.get(campo))}
    vacios.update(siguen)
    return list(siguen)


def has_protegidos(contenido: str) -> bool:
    """Si un contenido, en JSON, puede traer datos protegidos, sin leerlo."""
    return '"protegidos":{' in contenido
