"""Qué campo de un formato va en cada columna de un libro oficial: por el esqueleto que guarda, o por los títulos que cita."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from fracciones_config.campo import Campo
from fracciones_config.formato import Formato
from fracciones_config.oficial import ColumnaOficial, LibroOficial, Parte, TablaOficial
from fracciones_config.sipot.campos import COMUNES, is_id
from fracciones_config.sipot.libro import ColumnaSipot, HojaSipot, LibroSipot
from fracciones_config.sipot.titulos import ACTUALIZACION, VALIDACION, de_sistema, llano, separar_tabla
from fracciones_config.tipos import TipoCampo

PARTES: dict[TipoCampo, tuple[Parte | None, ...]] = {
    TipoCampo.PERIODO: ("inicio", "termino"),
    TipoCampo.SERVIDOR_PUBLICO: ("nombre", "primer_apellido", "segundo_apellido", "cargo"),
    TipoCampo.OPCION: ("clave", "denominacion"),
}
"""De los tipos que el libro oficial parte en varias columnas, qué pedazo es cada título que el campo cita."""

Destino = tuple[str | None, Parte | None, str | None]
"""Campo, parte, y el campo ``tabla`` en que vive si el libro lo tiene en su hoja principal."""


def bind(formato: Formato, libro: LibroSipot) -> LibroOficial:
    """El esqueleto de un libro con el campo de cada columna; las que el formato no conoce quedan sin campo.

    Los títulos se comparan sin acentos ni mayúsculas; si uno se repite, se van tomando en su orden.
    """
    guardado = formato.sipot.libro if formato.sipot else None
    destinos = _Destinos(_de_libro(guardado.columnas) if guardado else _de_titulos(formato))
    columnas = tuple(_ligar(columna, destinos, libro.principal) for columna in libro.principal.columnas)
    por_hoja = {columna.tabla: columna.campo for columna in columnas if columna.tabla}
    tablas = tuple(_ligar_tabla(formato, guardado, hoja, por_hoja.get(hoja.nombre)) for hoja in libro.tablas.values())
    return LibroOficial(
        clave=libro.clave or str(libro.formato), titulo=libro.titulo, nombre_corto=libro.nombre_corto,
        descripcion=libro.descripcion, columnas=columnas, tablas=tablas, listas=libro.listas or {},
        **({"rotulos": libro.rotulos} if libro.rotulos and all(libro.rotulos) else {}))


def count_propias(oficial: LibroOficial) -> int:
    """Cuántas columnas que no son de todo formato tienen campo: dice si un libro es de este formato."""
    return sum(columna.campo is not None and de_sistema(*_titulo(columna)) is None for columna in oficial.columnas)


class _Destinos:
    """Los destinos por título; cada uno se toma una vez, salvo que sea el único."""

    def __init__(self, pares: Iterable[tuple[str, Destino]]) -> None:
        self._por_titulo: dict[str, deque[Destino]] = defaultdict(deque)
        for titulo, destino in pares:
            self._por_titulo[llano(titulo)].append(destino)

    def take(self, titulo: str) -> Destino | None:
        cola = self._por_titulo.get(llano(titulo))
        return cola.popleft() if cola else None


def _de_libro(columnas: Sequence[ColumnaOficial]) -> Iterable[tuple[str, Destino]]:
    return ((separar_tabla(c.titulo)[0] or c.titulo, (c.campo, c.parte, c.en)) for c in columnas)


def _de_titulos(formato: Formato) -> Iterable[tuple[str, Destino]]:
    """Los títulos que citan los campos; los de tablas que el libro no tiene aparte van en su hoja principal."""
    for campo in formato.campos:
        yield from _de_campo(campo, None)
        if campo.campos and not campo.sipot:
            for columna in campo.campos:
                yield from _de_campo(columna, campo.nombre)


def _de_campo(campo: Campo, en: str | None) -> Iterable[tuple[str, Destino]]:
    partes = PARTES.get(campo.tipo, ())
    for i, titulo in enumerate(campo.sipot):
        yield titulo, (campo.nombre, partes[i] if len(campo.sipot) > 1 and i < len(partes) else None, en)


def _ligar(columna: ColumnaSipot, destinos: _Destinos, hoja: HojaSipot) -> ColumnaOficial:
    campo, parte, en = destinos.take(columna.titulo) or _comun(columna, hoja)
    return ColumnaOficial(titulo=columna.crudo or columna.titulo, codigo=columna.codigo, id=columna.campo_id, campo=campo,
                          parte=parte, en=en, posicion=columna.posicion, lista=columna.lista, tabla=columna.tabla)


def _comun(columna: ColumnaSipot, hoja: HojaSipot) -> Destino:
    """Una columna de todo formato, aunque su título varíe; solo la primera de cada una."""
    rol = de_sistema(columna.titulo, columna.codigo)
    if rol is None or any(de_sistema(c.titulo, c.codigo) == rol for c in hoja.columnas[: hoja.columnas.index(columna)]):
        return None, None, None
    campo, parte = COMUNES[rol]
    return (campo, parte, None) if rol not in (ACTUALIZACION, VALIDACION) else (None, parte, None)


def _ligar_tabla(formato: Formato, guardado: LibroOficial | None, hoja: HojaSipot, nombre: str | None) -> TablaOficial:
    suya = next((t for t in guardado.tablas if t.campo == nombre), None) if guardado and nombre else None
    campo = formato.por_nombre.get(nombre or "")
    propios = campo.campos if campo is not None and campo.campos else formato.campos if nombre is None else ()
    destinos = _Destinos(_de_libro([c for c in suya.columnas if c.parte != "id"]) if suya else
                         (par for propio in propios for par in _de_campo(propio, None)))
    columnas = []
    for columna in hoja.columnas:
        es_id = is_id(columna, hoja.columnas)
        destino: Destino = (None, "id", None) if es_id else destinos.take(columna.titulo) or (None, None, None)
        columnas.append(ColumnaOficial(
            titulo=columna.crudo or columna.titulo, codigo=columna.codigo, id=columna.campo_id, campo=destino[0],
            parte=destino[1], posicion=columna.posicion, lista=columna.lista))
    return TablaOficial(hoja=hoja.nombre, campo=nombre, columnas=tuple(columnas))


def _titulo(columna: ColumnaOficial) -> tuple[str, int | None]:
    return separar_tabla(columna.titulo)[0], columna.codigo
