"""Que los contadores digan lo que hay: nadie cuenta filas, así que nadie notaría que mienten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from peewee import fn

from models.conteos import PubResumen, Tablero
from models.domain.catalogo_vigente import Foto
from models.domain.workflow.sumas import count_publicadas
from models.sumas import PubSuma, join_suma

Lugar = tuple[Any, ...]


def check_tablero(foto: Foto) -> Iterator[str]:
    """``tablero`` contra las tablas de trabajo, por sujeto, formato, ejercicio, periodo y estado."""
    for clave, tabla in foto.tablas.items():
        m: Any = tabla.trabajo
        lugar = (m.sujeto_id, m.ejercicio, m.periodo, m.estado)
        dicho = Tablero.select(
            Tablero.sujeto_id, Tablero.ejercicio, Tablero.periodo, Tablero.estado, Tablero.n,
        ).where(Tablero.clave == clave)
        yield from _compare("tablero", clave, dicho, m.select(*lugar, fn.COUNT(m.id)).group_by(*lugar))


def check_resumen(foto: Foto) -> Iterator[str]:
    """``pub_resumen`` contra las tablas públicas, por sujeto, formato, ejercicio y periodo."""
    for clave, tabla in foto.tablas.items():
        m: Any = tabla.publica
        lugar = (m.sujeto_id, m.ejercicio, m.periodo)
        dicho = PubResumen.select(
            PubResumen.sujeto_id, PubResumen.ejercicio, PubResumen.periodo, PubResumen.n,
        ).where(PubResumen.clave == clave)
        yield from _compare("pub_resumen", clave, dicho, m.select(*lugar, fn.COUNT(m.id)).group_by(*lugar))


def check_sumas(foto: Foto) -> Iterator[str]:
    """``pub_suma`` contra las tablas públicas: cuántos y cuánto, por sujeto, periodo, campo, opción y moneda."""
    for clave, tabla in foto.tablas.items():
        segun = _read_sumas(clave)
        hay = {(sujeto_id, *lugar): (suma.con_valor, join_suma(suma.alta, suma.baja))
               for sujeto_id, sumas in count_publicadas(tabla).items() for lugar, suma in sumas.items()}
        for lugar in sorted(segun.keys() | hay.keys(), key=str):
            if segun.get(lugar, (0, 0)) != hay.get(lugar, (0, 0)):
                yield (f"pub_suma de {clave}, sujeto {lugar[0]}, {'/'.join(map(str, lugar[1:]))}: dice "
                       f"{segun.get(lugar)} y hay {hay.get(lugar)}")


def _read_sumas(clave: str) -> dict[Lugar, tuple[int, int]]:
    """Lo que ``pub_suma`` dice de un formato: lugar → (cuántos, cuánto)."""
    s = PubSuma
    filas = s.select(s.sujeto_id, s.ejercicio, s.periodo, s.campo, s.opcion, s.moneda, s.con_valor, s.alta, s.baja).where(
        s.clave == clave).tuples()
    dichas = {tuple(fila[:6]): (fila[6], join_suma(fila[7], fila[8])) for fila in filas}
    return {lugar: suma for lugar, suma in dichas.items() if suma != (0, 0)}


def _compare(nombre: str, clave: str, dicho: Any, contado: Any) -> Iterator[str]:
    segun, hay = _count(dicho), _count(contado)
    for lugar in sorted(segun.keys() | hay.keys(), key=str):
        if segun[lugar] != hay[lugar]:
            yield (f"{nombre} de {clave}, sujeto {lugar[0]}, {'/'.join(map(str, lugar[1:]))}: dice {segun[lugar]} y hay "
                   f"{hay[lugar]}")


def _count(consulta: Any) -> Counter[Lugar]:
    return Counter({tuple(lugar): n for *lugar, n in consulta.tuples()})
