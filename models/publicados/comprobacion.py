"""Los cajones del índice traen de más en las orillas de un rango: aquí se quitan, leyendo solo lo hallado, por su llave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import Database

from fracciones_config import Campo
from models.busqueda.alcance import Alcance, Fechas, Montos
from models.busqueda.indice import Hallado, Par
from models.busqueda.renglones import amounts_of, dates_of
from models.formatos import Tabla

_Condicion = tuple[str, list[Any]]


def drop_de_mas(
    base: Database, tablas: Mapping[str, Tabla], hallados: Sequence[Hallado], alcance: Alcance,
) -> list[Hallado]:
    """Los que de veras tienen un monto y una fecha en el rango, en su orden."""
    if alcance.es_exacto or not hallados:
        return list(hallados)
    por_clave: dict[str, list[Par]] = {}
    for uno in hallados:
        por_clave.setdefault(uno.clave, []).append(uno.par)
    buenos: set[Par] = set()
    for clave in por_clave.keys() & tablas.keys():
        buenos |= _cumplen(base, tablas[clave], por_clave[clave], alcance)
    return [uno for uno in hallados if uno.par in buenos]


def _cumplen(base: Database, tabla: Tabla, pares: list[Par], alcance: Alcance) -> set[Par]:
    """De esos registros, uno por uno y por su llave, los que cumplen: no se recorre a nadie más."""
    pedidas = [_alguno(base, tabla, campos, rango) for campos, rango in (
        (amounts_of(tabla), alcance.montos), (dates_of(tabla), alcance.fechas)) if rango is not None]
    valores = [valor for _, suyos in pedidas for valor in suyos]
    filas = read_por_llave(base, tabla, pares, (), [condicion for condicion, _ in pedidas], valores)
    return {(int(sujeto_id), int(id_)) for sujeto_id, id_ in filas}


def read_por_llave(
    base: Database, tabla: Tabla, pares: Sequence[Par], columnas: Sequence[str], condiciones: Sequence[str] = (),
    valores: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    """``(sujeto_id, id, *columnas)`` de esos registros públicos, sin orden. ``condiciones`` le dice «p» a la tabla."""
    esos = ", ".join(f"({int(sujeto_id)}, {int(id_)})" for sujeto_id, id_ in pares)
    dadas = "".join(f", p.{columna}" for columna in columnas)
    y_ademas = "".join(f" AND {condicion}" for condicion in condiciones)
    sql = (f'WITH j (sujeto_id, id) AS (VALUES {esos}) SELECT p.sujeto_id, p.id{dadas} '
           f'FROM j CROSS JOIN "pub_{tabla.clave}" AS p WHERE p.sujeto_id = j.sujeto_id AND p.id = j.id{y_ademas}')
    return list(base.execute_sql(sql, list(valores)).fetchall())


def _alguno(base: Database, tabla: Tabla, campos: Sequence[Campo], rango: Montos | Fechas) -> _Condicion:
    """Que alguno de esos campos esté en el rango; en un formato que no tiene de esos, ninguno lo está."""
    if not campos:
        return "1 = 0", []
    partes: list[str] = []
    valores: list[Any] = []
    for campo in campos:
        columna = f'p."{tabla.columnas[campo.nombre]}"'
        suyas = [f"{columna} {signo} {base.param}" for signo, limite in ((">=", rango.desde), ("<=", rango.hasta))
                 if limite is not None]
        partes.append(f"({' AND '.join(suyas or [f'{columna} IS NOT NULL'])})")
        valores += [str(limite) if isinstance(rango, Fechas) else limite
                    for limite in (rango.desde, rango.hasta) if limite is not None]
    return f"({' OR '.join(partes)})", valores
