"""Qué dijo un registro en cada una de sus versiones públicas: el único lugar que lo sabe.

La de hoy es su copia en ``pub_<clave>``; las que ya no rigen, ``pub_version``. Cada contenido está así una sola vez, y pasa
a ``pub_version`` en la misma transacción que lo reemplaza o lo retira. Las bases de antes guardaban la de hoy en los dos
lados: esos renglones abiertos se quedan donde están, nadie los lee, y cerrarlos los vuelve como los demás.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from peewee import EXCLUDED, SQL, Database, Value

from models.actos import PubVersion
from models.base import Modelo

_IGUALES = ("ejercicio", "periodo", "numero", "contenido", "catalogo", "actualizado_en", "validado_en")

_TROZO = 500
"""Registros que se piden de cada vez."""


class VersionPublica(NamedTuple):
    """Una versión pública. ``hasta`` nulo es la de hoy. ``retiro``, si terminó en un retiro: el motivo."""

    registro_id: int
    ejercicio: int
    periodo: str
    numero: int
    contenido: str
    catalogo: int
    actualizado_en: int
    validado_en: int
    desde: int
    hasta: int | None
    retiro: str | None


def read_versiones(
    base: Database, clave: str, sujeto_id: int, ids: Sequence[int], numero: int | None = None,
) -> list[VersionPublica]:
    """Las versiones de esos registros de un formato (o la de ese número), por registro y de la primera a la última.

    Una sola consulta por cada ``_TROZO`` registros: lo que otro publique entretanto no falta ni sale dos veces.
    """
    leidas: list[VersionPublica] = []
    for i in range(0, len(ids), _TROZO):
        esos = list(ids[i:i + _TROZO])
        lugares, del_numero = ", ".join([base.param] * len(esos)), "" if numero is None else f" AND numero = {base.param}"
        parametros = [sujeto_id, *esos, *([] if numero is None else [numero])]
        leidas += map(VersionPublica._make, base.execute_sql(
            f"SELECT registro_id, {', '.join(_IGUALES)}, desde, hasta, retiro FROM pub_version AS v WHERE v.sujeto_id = "
            f"{base.param} AND registro_id IN ({lugares}){del_numero} AND clave = {base.param} AND hasta IS NOT NULL UNION ALL "
            f'SELECT id, {", ".join(_IGUALES)}, validado_en, NULL, NULL FROM "pub_{clave}" AS p '
            f"WHERE p.sujeto_id = {base.param} AND id IN ({lugares}){del_numero} ORDER BY 1, 4",
            [*parametros, clave, *parametros]).fetchall())
    return leidas


def columns_of_today(publica: Any) -> list[Any]:
    """Las de una ``FilaPublica``, en su orden, de la versión de hoy: su ``desde`` es el de la versión, no el del registro."""
    return [publica.id, *(getattr(publica, nombre) for nombre in _IGUALES), publica.validado_en]


def close_versiones(publica: type[Modelo], clave: str, condicion: Any, instante: int, retiro: str | None) -> None:
    """Pasa a ``pub_version`` las copias que cumplen eso y están por quitarse, con el instante en que dejan de regir."""
    copia: Any = publica
    origen = [copia.sujeto_id, copia.id, Value(clave), *(getattr(copia, nombre) for nombre in _IGUALES), copia.validado_en,
              SQL(str(int(instante))), Value(retiro)]
    destino = [getattr(PubVersion, nombre) for nombre in (
        "sujeto_id", "registro_id", "clave", *_IGUALES, "desde", "hasta", "retiro")]
    PubVersion.insert_from(publica.select(*origen).where(condicion), destino).on_conflict(
        conflict_target=[PubVersion.sujeto_id, PubVersion.registro_id, PubVersion.numero],
        update={campo: getattr(EXCLUDED, campo.name)
                for campo in (PubVersion.contenido, PubVersion.hasta, PubVersion.retiro)}).execute()
