"""Cómo se dice una carga: sus cuentas, sus columnas y lo que se halló en ella."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Formato


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """Una cuenta del resumen: su llave, cómo se lee en singular y en plural, su color y, si siempre se enseña, ``fija``."""

    llave: str
    uno: str
    varios: str
    color: str = ""
    fija: bool = False


TARJETAS = (
    Tarjeta("nuevos", "nuevo", "nuevos", "v", fija=True),
    Tarjeta("cambian", "cambia", "cambian", "a", fija=True),
    Tarjeta("errores", "con errores", "con errores", "r", fija=True),
    Tarjeta("por_corregir", "con correcciones propuestas", "con correcciones propuestas", "a"),
    Tarjeta("bajas", "baja por pedir", "bajas por pedir", "a"),
    Tarjeta("incompletos", "incompleto", "incompletos", "a"),
    Tarjeta("iguales", "ya está igual", "ya están iguales", fija=True),
)
"""En el orden en que se enseñan. ``errores`` son los ``malos`` del resumen."""

@dataclass(frozen=True, slots=True)
class Columnas:
    """Lo que pasó con las columnas de un libro: cuántas se reconocieron y, por su nombre, las demás."""

    reconocidas: int = 0
    parecidas: list[tuple[str, str]] = field(default_factory=list)
    ajenas: list[str] = field(default_factory=list)
    faltan: list[str] = field(default_factory=list)

    @property
    def novedades(self) -> bool:
        return bool(self.parecidas or self.ajenas or self.faltan)


def count_of(resumen: Mapping[str, Any], llave: str) -> int:
    """Una cuenta del resumen, por la llave de su tarjeta."""
    return int(resumen.get("malos" if llave == "errores" else llave, 0))


def por_cargar(resumen: Mapping[str, Any]) -> int:
    """Cuántos renglones cambiarían algo al cargarse."""
    return sum(count_of(resumen, llave) for llave in ("nuevos", "cambian", "bajas"))


def se_quedan_fuera(resumen: Mapping[str, Any]) -> int:
    """Cuántos no se cargan porque tienen errores o correcciones sin aceptar."""
    return count_of(resumen, "errores") + count_of(resumen, "por_corregir")


def columns_said(columnas: Iterable[Mapping[str, Any]], formato: Formato) -> Columnas:
    """Las columnas del expediente, dichas. Las que pone la casa (versión, fechas) no se mencionan."""
    dichas = Columnas()
    reconocidas = 0
    for columna in columnas:
        campo = formato.por_nombre.get(str(columna["campo"] or ""))
        encabezado = str(columna["encabezado"] or columna["letra"] or "")[:80]
        if columna["posicion"] is None:
            dichas.faltan.append(campo.etiqueta if campo else encabezado)
        elif columna["como"] == "ajena":
            dichas.ajenas.append(encabezado)
        elif columna["como"] != "nuestra":
            reconocidas += 1
            if columna["como"] == "parecida" and campo is not None:
                dichas.parecidas.append((encabezado, campo.etiqueta))
    return Columnas(reconocidas, dichas.parecidas, dichas.ajenas, [uno for uno in dichas.faltan if uno])


def said_of(resumen: Mapping[str, Any]) -> str:
    """Las cuentas en un renglón: «12 nuevos · 3 cambian»; vacío si todavía no hay."""
    contadas = [(count_of(resumen, tarjeta.llave), tarjeta) for tarjeta in TARJETAS]
    return " · ".join(f"{n:,} {tarjeta.uno if n == 1 else tarjeta.varios}" for n, tarjeta in contadas if n)
