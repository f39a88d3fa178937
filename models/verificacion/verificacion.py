"""La lista de pruebas, y cómo se corren todas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from models.archivos.almacen import AlmacenEnDisco
from models.domain.catalogo_vigente import Foto
from models.verificacion.actos_publicos import check_actos_publicos
from models.verificacion.archivos import check_archivos
from models.verificacion.base import check_base, check_esquema
from models.verificacion.confirmaciones import check_confirmaciones
from models.verificacion.contadores import check_resumen, check_sumas, check_tablero
from models.verificacion.organos import check_organos
from models.verificacion.prorrogas import check_prorrogas
from models.verificacion.publico import check_indice, check_publicados, check_versiones
from models.verificacion.volcado import check_volcado
from models.volcado.deposito import Deposito

POR_PRUEBA = 50
"""Cuántos renglones se enseñan de cada prueba: bastan para saber qué pasó."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Algo que está mal: en qué prueba, y qué."""

    prueba: str
    texto: str


Prueba = Callable[[Foto], Iterator[str]]

PRUEBAS: Mapping[str, Prueba] = {
    "la base está entera": check_base,
    "las columnas de cada formato existen": check_esquema,
    "el tablero dice lo que hay": check_tablero,
    "el resumen público dice lo que hay": check_resumen,
    "los totales públicos suman lo que hay": check_sumas,
    "todo lo público tiene su registro": check_publicados,
    "todo lo público tiene su versión": check_versiones,
    "los cambios públicos suman lo que hay": check_actos_publicos,
    "los órganos colegiados públicos están completos": check_organos,
    "lo confirmado sin cambios lo confirmó alguien": check_confirmaciones,
    "cada prórroga en vigor se puede leer": check_prorrogas,
    "la búsqueda encuentra lo público y nada más": check_indice,
}
"""Nombre de la prueba → cómo se hace. Los archivos y el volcado van aparte: están en el disco."""


def verify(
    foto: Foto, almacen: AlmacenEnDisco, deposito: Deposito | None = None,
) -> Iterator[tuple[str, list[Hallazgo]]]:
    """Corre las pruebas, de una en una; da el nombre de cada una y lo que halló. Sin ``deposito`` no se mira el volcado."""
    del_disco: dict[str, Prueba] = {"los archivos están completos": _con(almacen)}
    if deposito is not None:
        del_disco["el volcado está entero y al día"] = lambda foto: check_volcado(deposito)
    for nombre, prueba in {**PRUEBAS, **del_disco}.items():
        yield nombre, [Hallazgo(nombre, texto) for texto in islice(prueba(foto), POR_PRUEBA)]


def _con(almacen: AlmacenEnDisco) -> Prueba:
    return lambda foto: check_archivos(almacen)
