"""Cuánto suma lo publicado: de los totales que lleva el flujo de trabajo o, con filtros, sumando lo poco que pasa.

Un total nunca miente: dice de cuántos registros y cuántos traían el dato, no junta monedas, y no suma entre periodos lo
que cada periodo vuelve a decir completo (lo que no es ``acumulable``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL, Database

from fracciones_config import Campo, Formato, TipoCampo
from models.columnas import de_columna
from models.domain.periods import orden as orden_de_periodo
from models.formatos import Tabla
from models.preparadas import Preparada
from models.presentacion.textos import texto
from models.sumas import (
    Lugar,
    PubSuma,
    Suma,
    Sumas,
    add_fila,
    currency_of,
    join_suma,
    measures_of,
    selection_of,
    summable,
)

PESOS = "peso_mexicano"


@dataclass(frozen=True, slots=True)
class Monto:
    """Una suma en una moneda; ``moneda`` vacía son pesos, o lo que no es dinero."""

    moneda: str
    suma: int
    texto: str


@dataclass(frozen=True, slots=True)
class Total:
    """Lo que suma un campo. ``montos`` vacío: no se suma entre periodos (o años), y hay más de uno."""

    campo: Campo
    n: int
    con_valor: int
    montos: tuple[Monto, ...]


@dataclass(frozen=True, slots=True)
class Barra:
    """Una parte de lo publicado, para una gráfica: su clave, cuántos registros y cuánto suman (en unidades de columna)."""

    clave: str
    n: int
    con_valor: int
    suma: int
    texto: str = ""


@dataclass(frozen=True, slots=True)
class Totales:
    """Los totales de un formato, con los lugares de los que salen."""

    formato: Formato
    sumas: Mapping[Lugar, Suma] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Cuántos registros."""
        return sum(suma.con_valor for lugar, suma in self.sumas.items() if not lugar.campo)

    def del_periodo(self, periodo: str | None) -> Totales:
        """Los de un solo periodo; los mismos, si no se dice."""
        if periodo is None:
            return self
        return Totales(self.formato, {lugar: suma for lugar, suma in self.sumas.items() if lugar.periodo == periodo})

    def list_totales(self) -> list[Total]:
        """Uno por campo que se suma y que alguien trae: primero los que se ven en la lista."""
        campos = sorted(summable(self.formato), key=lambda campo: not campo.en_lista)
        return [total for campo in campos if (total := self.total(campo)).con_valor]

    def total(self, campo: Campo) -> Total:
        suyas = [(lugar, suma) for lugar, suma in self.sumas.items() if lugar.campo == campo.nombre and suma.con_valor]
        con_valor = sum(suma.con_valor for _, suma in suyas)
        if not self._se_junta(campo, suyas):
            return Total(campo, self.n, con_valor, ())
        por_moneda: defaultdict[str, int] = defaultdict(int)
        for lugar, suma in suyas:
            por_moneda["" if lugar.moneda == PESOS else lugar.moneda] += join_suma(suma.alta, suma.baja)
        return Total(campo, self.n, con_valor, tuple(
            Monto(moneda, suma, self._dicho(campo, moneda, suma)) for moneda, suma in sorted(por_moneda.items())))

    def por_periodo(self, campo: Campo | None) -> list[Barra]:
        """Los periodos (o, de varios años, los años), en su orden, con lo que suma ``campo`` en pesos o con cuántos hay."""
        anios = {lugar.ejercicio for lugar in self.sumas}
        if len(anios) > 1:
            return self._barras(campo, lambda lugar: str(lugar.ejercicio), sorted)
        return self._barras(campo, lambda lugar: lugar.periodo, lambda claves: sorted(claves, key=_de_calendario))

    def por_opcion(self, campo: Campo | None) -> list[Barra]:
        """Las opciones del campo que divide al formato, de la mayor a la menor."""
        barras = self._barras(campo, lambda lugar: lugar.opcion, sorted)
        return sorted(barras, key=lambda barra: -(barra.suma if campo else barra.n))

    def adds_up(self, campo: Campo) -> bool:
        """Si lo de varios periodos se puede juntar, o es uno solo."""
        return self._se_junta(campo, [(lugar, suma) for lugar, suma in self.sumas.items()
                                      if lugar.campo == campo.nombre and suma.con_valor])

    def _se_junta(self, campo: Campo, suyas: Iterable[tuple[Lugar, Suma]]) -> bool:
        return campo.acumulable or len({(lugar.ejercicio, lugar.periodo) for lugar, _ in suyas}) <= 1

    def _barras(self, campo: Campo | None, clave_de: Any, ordenar: Any) -> list[Barra]:
        cuentas: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for lugar, suma in self.sumas.items():
            cuenta = cuentas[clave_de(lugar)]
            if not lugar.campo:
                cuenta[0] += suma.con_valor
            elif campo is not None and lugar.campo == campo.nombre and lugar.moneda in ("", PESOS):
                cuenta[1] += suma.con_valor
                cuenta[2] += join_suma(suma.alta, suma.baja)
        return [Barra(clave, n, con_valor, suma, self._dicho(campo, "", suma) if campo else "")
                for clave in ordenar(cuentas) for n, con_valor, suma in [cuentas[clave]] if n]

    def _dicho(self, campo: Campo, moneda: str, suma: int) -> str:
        escrito = texto(campo, de_columna(campo, suma))
        de_moneda = currency_of(self.formato, campo) if moneda else None
        return f"{escrito} ({de_moneda.opciones.get(moneda, moneda)})" if de_moneda else escrito


def _de_calendario(periodo: str) -> Any:
    return orden_de_periodo(2000, periodo)


def main_measure(formato: Formato) -> Campo | None:
    """El campo que mejor dice cuánto: el primero de dinero que se ve en la lista o, si no, el primero que se suma."""
    campos = summable(formato)
    de_dinero = [campo for campo in campos if campo.tipo is TipoCampo.MONEDA]
    return next((campo for campo in de_dinero if campo.en_lista), next(iter(de_dinero or campos), None))


_COLUMNAS = (PubSuma.ejercicio, PubSuma.periodo, PubSuma.campo, PubSuma.opcion, PubSuma.moneda, PubSuma.con_valor,
             PubSuma.alta, PubSuma.baja)
_DEL_EJERCICIO = Preparada(lambda sujeto_id, clave, ejercicio: PubSuma.select(*_COLUMNAS).where(
    PubSuma.sujeto_id == sujeto_id, PubSuma.clave == clave, PubSuma.ejercicio == ejercicio, PubSuma.con_valor > 0))


def read_totales(base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int) -> Totales:
    """Los de un ejercicio de una institución, sin filtros: de los que se llevan."""
    if not measures_of(tabla).hay:
        return Totales(tabla.formato)
    return Totales(tabla.formato, {Lugar(*fila[:5]): Suma(*fila[5:]) for fila in _DEL_EJERCICIO(
        base, sujeto_id, tabla.clave, ejercicio)})


def sum_acotado(base: Database, tabla: Tabla, partes: Iterable[Any]) -> Totales:
    """Los de unos pocos registros, sumándolos; ``partes`` son las condiciones de ``acotados.find_acotado``."""
    columnas, grupos = selection_of(measures_of(tabla))
    consulta = tabla.publica.select(SQL(columnas)).where(*partes).group_by(SQL(grupos)).bind(base)
    return Totales(tabla.formato, _juntar(tabla, base.execute_sql(*consulta.sql()).fetchall()))


def _juntar(tabla: Tabla, filas: Iterable[tuple[Any, ...]]) -> Sumas:
    sumas: Sumas = {}
    for fila in filas:
        add_fila(sumas, measures_of(tabla), fila)
    return sumas
