"""Lo que el formulario de una tabla ofrece: listas desplegables, rangos, orden y columnas. Para las dos tablas, igual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from fracciones_config import Campo, TipoCampo
from models.formatos import Tabla
from models.publicados import Filtro
from models.publicados.filtros import ranged
from portal.columnas import Consulta, Encabezado, list_encabezados, list_ordenes
from portal.peticion import choices_of, filtered_by, written

_DE_FECHA = Markup(' type="date"')
_DE_NUMERO = Markup(' inputmode="decimal" autocomplete="off" maxlength="40"')

RECORDADOS = 512
"""Unos 5 MB."""

SIN_COLUMNA = frozenset({"ejercicio"})


@dataclass(frozen=True, slots=True)
class Selector:
    """Una lista desplegable: ``opciones`` va de valor en la dirección a lo que se lee."""

    nombre: str
    etiqueta: str
    opciones: Mapping[str, str] = field(hash=False)
    elegidos: frozenset[str] = frozenset()
    varios: bool = False


@dataclass(frozen=True, slots=True)
class EntreDos:
    """Un «desde… hasta…», con lo ya escrito."""

    campo: Campo
    desde: str
    hasta: str
    atributos: Markup


@dataclass(frozen=True, slots=True)
class Vista:
    """El formulario entero. ``sin_orden`` dice por qué no se puede ordenar, si no hay ``ordenes``.

    ``pedidas``: si las columnas ``visibles`` se eligieron.
    """

    filtro: Filtro
    selectores: Sequence[Selector]
    rangos: Sequence[EntreDos]
    ordenes: Sequence[tuple[str, str]]
    sin_orden: str
    posibles: Sequence[Campo]
    visibles: frozenset[str]
    pedidas: bool

    @property
    def orden(self) -> str:
        return str(self.filtro.orden or "")

    @property
    def resumen_de_filtros(self) -> str:
        """«periodo, tipo de convenio…»: lo que hay dentro, sin abrirlo."""
        nombres = [uno.etiqueta.lower() for uno in self.selectores] + [uno.campo.etiqueta.lower() for uno in self.rangos]
        return ", ".join(nombres[:3]) + ("…" if len(nombres) > 3 else "")


@dataclass(frozen=True, slots=True)
class Pedido:
    """De qué se dibujan los controles. Dos con la misma dirección y las mismas listas se dibujan igual.

    ``accion`` es a dónde se manda el formulario y ``ruta``, la página que se está viendo, que ya trae filtro, orden y
    columnas. ``propios`` son los selectores que la pantalla agrega; ``periodos`` y ``areas``, pares de valor y nombre.
    """

    tabla: Tabla
    accion: str
    ruta: str
    propios: tuple[Selector, ...]
    periodos: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    sin_orden: str
    columnas: tuple[Campo, ...] = field(compare=False)
    consulta: Consulta = field(compare=False)


@dataclass(frozen=True, slots=True)
class Controles:
    """El formulario, ya dibujado, y los encabezados de la tabla."""

    formulario: Markup
    encabezados: tuple[Encabezado, ...]


@lru_cache(maxsize=RECORDADOS)
def draw_controles(pedido: Pedido) -> Controles:
    """Dibujarlos cuesta la quinta parte de la página, y casi todas las visitas ven los mismos."""
    consulta, columnas = pedido.consulta, pedido.columnas
    vista = _build_vista(pedido)
    piezas: Any = current_app.jinja_env.get_template("_filtros.html").module
    return Controles(Markup(piezas.formulario(vista, pedido.accion)),  # noqa: S704 (la plantilla ya escapó)
                     tuple(list_encabezados(consulta, columnas, not pedido.sin_orden)))


def _build_vista(pedido: Pedido) -> Vista:
    consulta, filtro, areas = pedido.consulta, pedido.consulta.filtro, dict(pedido.areas)
    selectores = [*pedido.propios, *(uno for campo in filtered_by(pedido.tabla.formato)
                                     if (uno := _selector(campo, filtro, areas)).opciones)]
    if len(pedido.periodos) > 1:
        selectores.insert(0, Selector("periodo", "Periodo", dict(pedido.periodos), frozenset({filtro.periodo or ""})))
    return Vista(
        filtro, selectores, [_entre(campo, filtro) for campo in ranged(pedido.tabla.formato)],
        () if pedido.sin_orden else tuple(list_ordenes(consulta, pedido.columnas)), pedido.sin_orden,
        _possible(pedido.tabla), frozenset(campo.nombre for campo in pedido.columnas), bool(consulta.columnas))


def _selector(campo: Campo, filtro: Filtro, areas: Mapping[str, str]) -> Selector:
    elegido = frozenset({written(filtro.valores[campo.nombre])} if campo.nombre in filtro.valores else ())
    return Selector(campo.nombre, campo.etiqueta, areas if campo.tipo is TipoCampo.AREA else choices_of(campo), elegido)


def _entre(campo: Campo, filtro: Filtro) -> EntreDos:
    desde, hasta = filtro.rangos.get(campo.nombre, (None, None))
    return EntreDos(campo, written(desde), written(hasta), _DE_FECHA if campo.tipo is TipoCampo.FECHA else _DE_NUMERO)


@lru_cache(maxsize=512)
def _possible(tabla: Tabla) -> tuple[Campo, ...]:
    return tuple(campo for campo in tabla.formato.campos if campo.nombre not in SIN_COLUMNA)
