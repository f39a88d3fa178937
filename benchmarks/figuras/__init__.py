"""Qué se mide, en orden: cada figura es una función que recibe el banco y anota sus cifras."""

from collections.abc import Callable, Mapping

from benchmarks.banco import Banco
from benchmarks.figuras import (
    arranque,
    busqueda,
    cambio,
    carga_en_vivo,
    fabrica,
    flujo,
    latido,
    libro_de_errores,
    libros,
    muchedumbre,
    oficina,
    personales,
    portal,
    publicar,
    rapidez,
    salidas,
    unidad,
)

FIGURAS: Mapping[str, Callable[[Banco], None]] = {
    "arranque": arranque.medir,
    "cambio": cambio.medir,
    "oficina": oficina.medir,
    "fabrica": fabrica.medir,
    "portal": portal.medir,
    "busqueda": busqueda.medir,
    "rapidez": rapidez.medir,
    "muchedumbre": muchedumbre.medir,
    "flujo": flujo.medir,
    "unidad": unidad.medir,
    "latido": latido.medir,
    "libros": libros.medir,
    "libro_de_errores": libro_de_errores.medir,
    "carga_en_vivo": carga_en_vivo.medir,
    "publicar": publicar.medir,
    "salidas": salidas.medir,
    "personales": personales.medir,
}
