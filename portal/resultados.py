"""Un resultado de la búsqueda, listo para pintarse: su título y lo que se halló en él, marcado."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from fracciones_config import Campo, TipoCampo
from models.busqueda.alcance import Alcance, Fechas, Montos
from models.busqueda.consulta import Consulta
from models.busqueda.marcado import Trozo, extract, is_marked, mark
from models.columnas import a_columna
from models.presentacion.textos import texto
from models.publicados import Hallazgo
from portal.celdas import list_cell
from portal.direcciones import to_registro
from portal.palabras import period_name, title_of

DATOS_POR_HALLAZGO = 4

_RANGOS = {TipoCampo.MONEDA: "montos", TipoCampo.FECHA: "fechas"}


@dataclass(frozen=True, slots=True)
class Dato:
    """Un dato del resultado: cómo se llama y qué dice, con lo buscado marcado."""

    etiqueta: str
    trozos: tuple[Trozo, ...]


@dataclass(frozen=True, slots=True)
class Resultado:
    """Lo que se enseña de un registro hallado."""

    hallazgo: Hallazgo
    ruta: str
    titulo: tuple[Trozo, ...]
    donde: str
    datos: tuple[Dato, ...]


def draw_resultado(hallazgo: Hallazgo, consulta: Consulta | None, alcance: Alcance) -> Resultado:
    """El resultado de un hallazgo."""
    formato, registro = hallazgo.tabla.formato, hallazgo.registro
    lugar = [hallazgo.institucion.nombre_corto, formato.nombre_corto]
    if registro.ejercicio:
        lugar.append(f"{registro.ejercicio}, {period_name(registro.periodo)}" if registro.periodo else str(registro.ejercicio))
    titulo = mark(title_of(formato, registro), consulta)
    return Resultado(hallazgo, to_registro(hallazgo.institucion.siglas, formato.clave, registro.folio), titulo,
                     " · ".join(lugar), tuple(_datos(hallazgo, consulta, alcance)))


def _datos(hallazgo: Hallazgo, consulta: Consulta | None, alcance: Alcance) -> list[Dato]:
    """Primero donde está lo buscado; si sobra lugar, los datos de lista que el título no dice ya."""
    formato = hallazgo.tabla.formato
    vistos = {campo.nombre: dato for campo, dato in _hallados(hallazgo, consulta, alcance)}
    for campo in formato.en_lista():
        if len(vistos) >= DATOS_POR_HALLAZGO:
            break
        if campo.nombre not in vistos and campo.nombre not in formato.titulo and campo.nombre in hallazgo.registro.datos:
            celda = list_cell(campo, hallazgo.registro, hallazgo.institucion.siglas)
            vistos[campo.nombre] = Dato(campo.etiqueta, (Trozo(celda.texto),))
    return list(vistos.values())[:DATOS_POR_HALLAZGO]


def _hallados(hallazgo: Hallazgo, consulta: Consulta | None, alcance: Alcance) -> Iterator[tuple[Campo, Dato]]:
    """Los campos donde está lo buscado: sus palabras, o un monto o una fecha del rango."""
    formato, datos = hallazgo.tabla.formato, hallazgo.registro.datos
    for campo in formato.campos:
        dato = datos.get(campo.nombre)
        if dato is None or campo.nombre in formato.titulo:
            continue
        rango: Montos | Fechas | None = getattr(alcance, _RANGOS[campo.tipo]) if campo.tipo in _RANGOS else None
        if rango is not None and _esta_en(a_columna(campo, dato), rango):
            yield campo, Dato(campo.etiqueta, (Trozo(texto(campo, dato), marcado=True),))
        elif consulta is not None and campo.se_busca:
            trozos = extract(" ".join(texto(campo, dato).split()), consulta)
            if is_marked(trozos):
                yield campo, Dato(campo.etiqueta, trozos)


def _esta_en(valor: object, rango: Montos | Fechas) -> bool:
    if not isinstance(valor, int | dt.date):
        return False
    desde, hasta = rango.desde, rango.hasta
    return (desde is None or valor >= desde) and (hasta is None or valor <= hasta)  # type: ignore[operator]
