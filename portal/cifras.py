"""Los totales y las gráficas de lo que se está viendo, ya dibujados: solo cambian cuando cambian las cifras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from fracciones_config import Campo, Formato, TipoCampo
from models.formatos import Tabla
from models.publicados.acotados import TOPE
from models.publicados.totales import Barra, Totales, main_measure
from models.sumas import Lugar, Suma, dividing_field
from portal.graficas import Grafica, Parte
from portal.palabras import capitalize_first, period_name

RECORDADAS = 512
A_LA_VISTA = 3
"""Totales que se ven sin abrir nada."""

TOO_MANY = f"El total no se calcula con estos filtros sobre más de {TOPE:,} registros: elija además un periodo."


@dataclass(frozen=True, slots=True)
class Cifras:
    """``totales`` va antes de la tabla y ``graficas``, después; vacíos, si no hay qué decir."""

    totales: Markup = Markup()
    graficas: Markup = Markup()


def cifras_of(tabla: Tabla, totales: Totales | None) -> Cifras:
    """Las de unos totales; ``None``, los que no se pudieron calcular."""
    return _draw(tabla, None if totales is None else tuple(totales.sumas.items()))


@lru_cache(maxsize=RECORDADAS)
def _draw(tabla: Tabla, sumas: tuple[tuple[Lugar, Suma], ...] | None) -> Cifras:
    piezas: Any = current_app.jinja_env.get_template("_cifras.html").module
    formato = tabla.formato
    if sumas is None:
        return Cifras(Markup(piezas.sin_total(TOO_MANY)) if main_measure(formato) else Markup())  # noqa: S704
    totales = Totales(formato, dict(sumas))
    lista, graficas = totales.list_totales(), [una for una in _graficas(totales) if una.hay_que_ver]
    return Cifras(
        Markup(piezas.totales(lista[:A_LA_VISTA], lista[A_LA_VISTA:], formato, bool(graficas))) if lista else Markup(),  # noqa: S704
        Markup(piezas.graficas(graficas)) if graficas else Markup())  # noqa: S704 (las plantillas ya escaparon)


def _graficas(totales: Totales) -> Iterator[Grafica]:
    formato, campo = totales.formato, main_measure(totales.formato)
    if campo is not None and not totales.total(campo).con_valor:
        campo = None
    de_anios = len({lugar.ejercicio for lugar in totales.sumas}) > 1
    cuando = None if de_anios and campo is not None and not campo.acumulable else campo
    por_que = "año" if de_anios else "periodo"
    yield _grafica(formato, cuando, por_que, totales.por_periodo(cuando),
                   {} if de_anios else {lugar.periodo: capitalize_first(period_name(lugar.periodo)) for lugar in totales.sumas})
    divide = dividing_field(formato)
    if divide is not None:
        cuanto = campo if campo is not None and totales.adds_up(campo) else None
        yield _grafica(formato, cuanto, divide.etiqueta, totales.por_opcion(cuanto), {**divide.opciones, "": "Sin ese dato"})


def _grafica(formato: Formato, campo: Campo | None, por: str, barras: list[Barra], nombres: dict[str, str]) -> Grafica:
    que = campo.etiqueta if campo else capitalize_first(formato.se_cuenta[1])
    return Grafica(f"{que} por {por.lower()}", capitalize_first(por), que, tuple(
        Parte(nombres.get(barra.clave) or barra.clave, float(_unidades(campo, barra.suma) if campo else barra.n),
              barra.texto if campo else f"{barra.n:,}", barra.n) for barra in barras))


def _unidades(campo: Campo, suma: int) -> float:
    return suma / {TipoCampo.MONEDA: 100, TipoCampo.ENTERO: 1}.get(campo.tipo, 1_000_000)
