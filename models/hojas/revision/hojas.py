"""Qué es cada hoja de un libro, en cuál están los registros y en qué renglón sus encabezados."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from fracciones_config import Campo, Formato
from models.hojas.disposicion import hojas_de_tablas, tablas_de
from models.hojas.libros.apertura import Hoja, Libro, Pestana
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.nuestras import IDENTIDAD, NUESTRAS
from models.hojas.revision.encabezados import Hallada, Rotulario, build_rotulario, build_rotulario_de_tabla, plain
from models.hojas.revision.pedido import Pedido

PRINCIPAL, NUESTRA, AJENA = "principal", "nuestra", "ajena"
DE_TABLA = "de_tabla"
"""Cómo se reconoció la columna de una tabla en un CSV."""

_A_LA_VISTA = 30
"""Renglones en que se buscan los encabezados."""


@dataclass(slots=True)
class Plano:
    """Una hoja y dónde está lo suyo: ``rotulos`` es la última fila de encabezados, desde 1; los datos van debajo."""

    hoja: Hoja
    rotulos: int
    columnas: list[Hallada]

    @property
    def posiciones(self) -> dict[str, int]:
        """De cada llave a su columna, desde 0."""
        return {columna.llave: columna.posicion for columna in self.columnas if columna.llave}

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Sus renglones de datos, cada uno con su número de fila."""
        yield from enumerate(islice(self.hoja.rows(), self.rotulos, None), start=self.rotulos + 1)


@dataclass(slots=True)
class Reconocido:
    """Un libro reconocido. ``hojas`` es ``(nombre, clase)``; ``tablas``, de cada campo ``tabla`` a su hoja."""

    principal: Plano
    tablas: dict[str, Plano] = field(default_factory=dict)
    hojas: list[tuple[str, str]] = field(default_factory=list)
    identidad: list[list[Any]] = field(default_factory=list)


def recognize(libro: Libro, pedido: Pedido) -> Reconocido:
    """Reconoce las hojas de un libro. Lanza ``LibroRechazado`` si en ninguna hay columnas de este formato."""
    formato = pedido.formato
    de_tabla = _hojas_de_tablas(libro.pestanas, formato)
    candidatas = [p for p in libro.pestanas if p.de_celdas and _clase(p.nombre, de_tabla) == AJENA]
    principal = _find_principal(libro, candidatas, build_rotulario(formato, pedido.anteriores))
    if principal is None:
        raise LibroRechazado(_sin_columnas(formato))
    if libro.forma == "csv":
        principal.columnas = _sin_tablas(principal.columnas, formato)
    hojas = [(p.nombre, PRINCIPAL if p.nombre == principal.hoja.nombre else _clase(p.nombre, de_tabla)) for p in libro.pestanas]
    reconocido = Reconocido(principal, hojas=hojas)
    for nombre, campo in de_tabla.items():
        plano = _read_plano(libro.read_hoja(nombre), build_rotulario_de_tabla(campo, pedido.anteriores), minimo=1)
        if plano is not None:
            reconocido.tablas[campo.nombre] = plano
    propia = next((p.nombre for p in libro.pestanas if p.nombre.casefold() == IDENTIDAD), None)
    if propia is not None:
        reconocido.identidad = list(islice(libro.read_hoja(propia).rows(), 5))
    return reconocido


def _sin_tablas(columnas: Sequence[Hallada], formato: Formato) -> list[Hallada]:
    """Un CSV es una sola hoja: la columna de una tabla solo dice cuántos renglones tiene, y no se lee."""
    tablas = {campo.nombre for campo in tablas_de(formato)}
    return [replace(columna, llave="", como=DE_TABLA) if columna.llave in tablas else columna for columna in columnas]


def _hojas_de_tablas(pestanas: Sequence[Pestana], formato: Formato) -> dict[str, Campo]:
    """De cada hoja que es la de un campo ``tabla`` a su campo: por su nombre, o por el rótulo del campo."""
    por_nombre = {hoja.casefold(): formato.por_nombre[nombre] for nombre, hoja in hojas_de_tablas(formato).items()}
    por_rotulo = {plain(campo.etiqueta)[:28]: campo for campo in tablas_de(formato)}
    hallados: dict[str, Campo] = {}
    for pestana in pestanas:
        campo = por_nombre.get(pestana.nombre.casefold()) or (
            por_rotulo.get(plain(pestana.nombre.removeprefix("Tabla_"))[:28]) if pestana.nombre.startswith("Tabla_") else None)
        if campo is not None and campo not in hallados.values():
            hallados[pestana.nombre] = campo
    return hallados


def _clase(nombre: str, de_tabla: dict[str, Campo]) -> str:
    if nombre in de_tabla:
        return f"tabla:{de_tabla[nombre].nombre}"
    ajenas_a_los_datos = nombre.casefold() in {propia.casefold() for propia in NUESTRAS} or nombre.startswith("Hidden_")
    return NUESTRA if ajenas_a_los_datos else AJENA


def _find_principal(libro: Libro, candidatas: Sequence[Pestana], rotulario: Rotulario) -> Plano | None:
    """La primera hoja a la vista que de verdad es de este formato; si ninguna lo es del todo, la que más se le parece."""
    mejor: Plano | None = None
    for pestana in sorted(candidatas, key=lambda p: not p.visible):
        plano = _read_plano(libro.read_hoja(pestana.nombre), rotulario, minimo=1)
        if plano is None:
            continue
        reconocidas, todas = len(plano.posiciones), len(plano.columnas)
        if reconocidas >= 3 and reconocidas * 2 >= todas:
            return plano
        if mejor is None or reconocidas > len(mejor.posiciones):
            mejor = plano
    return mejor


def _read_plano(hoja: Hoja, rotulario: Rotulario, minimo: int) -> Plano | None:
    """El renglón que más columnas nombra; si el siguiente también las nombra (llaves y, debajo, rótulos), valen los dos."""
    vistas = list(islice(hoja.rows(), _A_LA_VISTA))
    puntos = [rotulario.score(fila) for fila in vistas]
    if not puntos or max(puntos) < minimo:
        return None
    donde = puntos.index(max(puntos))
    if donde and puntos[donde - 1] * 2 >= puntos[donde]:
        donde -= 1
    ultimo = donde
    if donde + 1 < len(puntos) and puntos[donde + 1] * 2 >= puntos[donde]:
        ultimo += 1
    llaves, rotulos = vistas[donde], vistas[ultimo]
    textos = [(i, llave if rotulario.score([llave]) else rotulo)
              for i, (llave, rotulo) in enumerate(zip(llaves, rotulos, strict=False))]
    return Plano(hoja, ultimo + 1, rotulario.match([(i, " ".join(str(t).split())) for i, t in textos if str(t).strip()]))


def _sin_columnas(formato: Formato) -> str:
    return (f"No se reconoció ninguna columna de «{formato.nombre_corto}» en este libro. Si es de otro formato, súbalo en su "
            "página; si no, copie sus datos en la plantilla de este formato y súbala.")
