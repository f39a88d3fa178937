"""Lo que una persona pidió ver de un formato: un periodo, unas opciones, unos límites, unas palabras, y en qué orden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import Dato
from models.columnas import a_columna
from models.formatos import ORDENABLES, Tabla

CAMPOS_FILTRABLES = frozenset({TipoCampo.OPCION, TipoCampo.SI_NO, TipoCampo.OPCIONES, TipoCampo.AREA})
"""Los tipos con pocos valores conocidos: caben en una lista desplegable. El periodo va aparte."""

DE_RANGO = frozenset({
    TipoCampo.FECHA, TipoCampo.ENTERO, TipoCampo.DECIMAL, TipoCampo.MONEDA, TipoCampo.PORCENTAJE, TipoCampo.ANIO})
"""Los tipos que se filtran «desde… hasta…», con los dos extremos dentro."""

SE_ORDENAN = ORDENABLES | {TipoCampo.TEXTO_LARGO}

Rango: TypeAlias = tuple[Dato | None, Dato | None]
"""``(desde, hasta)``, en la forma de dato de su campo; un extremo nulo no limita."""


@dataclass(frozen=True, slots=True)
class Orden:
    """Por qué campo, y si va de mayor a menor. Lo que no tiene ese dato va siempre al final."""

    campo: str
    descendente: bool = False

    def __str__(self) -> str:
        return f"-{self.campo}" if self.descendente else self.campo


@dataclass(frozen=True, slots=True)
class Filtro:
    """``valores`` va por nombre de campo, ya validado: clave de la opción, verdadero o falso, o el folio de un área.

    ``rangos``, también por nombre. Sin ``orden``, de lo más nuevo a lo más viejo.
    """

    texto: str = ""
    periodo: str | None = None
    valores: Mapping[str, Any] = field(default_factory=dict)
    rangos: Mapping[str, Rango] = field(default_factory=dict)
    orden: Orden | None = None

    @property
    def activo(self) -> bool:
        """Si deja algo fuera; el orden no."""
        return bool(self.texto or self.periodo or self.valores or self.rangos)

    @property
    def afina(self) -> bool:
        """Si mira datos que no están en ningún índice."""
        return bool(self.valores or self.rangos)


SIN_FILTRO = Filtro()


def filterable(formato: Formato) -> tuple[Campo, ...]:
    """Los campos del formato que el portal deja filtrar por uno de sus valores."""
    return tuple(campo for campo in formato.campos if campo.se_filtra and campo.tipo in CAMPOS_FILTRABLES)


def ranged(formato: Formato) -> tuple[Campo, ...]:
    """Los que se filtran por un rango: fechas y números que se ven en la lista, se suman o se declararon para eso.

    El ejercicio va en la dirección; y un campo no se filtra así si sus parámetros se llaman como otro campo.
    """
    return tuple(
        campo for campo in formato.campos if campo.tipo in DE_RANGO and campo.nombre != "ejercicio"
        and (campo.se_filtra or campo.en_lista or campo.sumable)
        and not {f"{campo.nombre}_desde", f"{campo.nombre}_hasta"} & formato.por_nombre.keys())


def sortable(formato: Formato) -> tuple[Campo, ...]:
    """Los campos por los que se puede ordenar."""
    return tuple(campo for campo in formato.campos if campo.tipo in SE_ORDENAN and campo.nombre != "ejercicio")


def conditions(tabla: Tabla, filtro: Filtro) -> list[Any]:
    """Las condiciones de periodo, opciones y rangos, sobre la tabla pública."""
    partes = [_es(tabla, nombre, valor) for nombre, valor in filtro.valores.items()]
    for nombre, rango in filtro.rangos.items():
        partes += _entre(tabla, nombre, rango)
    if filtro.periodo:
        partes.append(tabla.publica.periodo == filtro.periodo)
    return partes


def _es(tabla: Tabla, nombre: str, valor: Any) -> Any:
    columna, campo = tabla.field(nombre, publica=True), tabla.formato.por_nombre[nombre]
    if campo.tipo is TipoCampo.OPCIONES:
        return columna.contains(f'"{valor}"')  # la columna guarda la lista de claves, en JSON
    return columna == (a_columna(campo, {"id": valor}) if campo.es_maestro else valor)


def _entre(tabla: Tabla, nombre: str, rango: Rango) -> list[Any]:
    columna, campo = tabla.field(nombre, publica=True), tabla.formato.por_nombre[nombre]
    desde, hasta = (a_columna(campo, dato) for dato in rango)
    return [*([columna >= desde] if desde is not None else []), *([columna <= hasta] if hasta is not None else [])]
