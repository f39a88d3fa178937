"""Los acuses: qué se hizo, a cuántos registros, quién, cuándo, y la huella con que se comprueba.

Un acuse es un lote confirmado. Lo lee quien lo hizo; y la Unidad, todos los de su institución.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.base import db
from models.domain.huellas import Hecho, chain, digest_of
from models.domain.permissions import Actor, Rol
from models.tareas import Lote, LoteRenglon
from models.versiones_publicas import read_versiones

POR_PAGINA = 50
COMPROBABLES = 20_000
"""Registros de un acuse que se comprueban al abrirlo (medio segundo)."""

_TROZO = 500


@dataclass(frozen=True, slots=True)
class Lugar:
    """Cuántos registros fueron de un periodo; lo vigente no lleva ``periodo`` ni ``ejercicio``."""

    ejercicio: int
    periodo: str
    n: int


def find_acuse(actor: Actor, identificador: int) -> Lote | None:
    """El acuse, si esta persona lo puede leer; ``None`` si no, o si no existe."""
    return Lote.get_or_none(*_suyos(actor), Lote.id == identificador)  # type: ignore[no-any-return]


def list_acuses(actor: Actor, clave: str = "", antes_de: int | None = None) -> list[Lote]:
    """Los acuses más recientes primero, uno más de ``POR_PAGINA`` si hay otra página."""
    condiciones = [*_suyos(actor)]
    if clave:
        condiciones.append(Lote.clave == clave)
    if antes_de is not None:
        condiciones.append(Lote.id < antes_de)
    return list(Lote.select().where(*condiciones).order_by(Lote.id.desc()).limit(POR_PAGINA + 1))


def lugares_of(lote: Lote) -> list[Lugar]:
    """De qué periodos fueron los registros, en orden."""
    lugares = []
    for llave, n in sorted(json.loads(lote.lugares or "{}").items()):
        ejercicio, _, periodo = llave.partition("/")
        lugares.append(Lugar(int(ejercicio), periodo, n))
    return lugares


def count_hechos(lote: Lote) -> int:
    """A cuántos registros se les hizo."""
    return sum(lugar.n for lugar in lugares_of(lote))


def verify_acuse(lote: Lote) -> bool | None:
    """Si lo que se publicó entonces sigue dando la huella del acuse; ``None`` si no es de los que se comprueban.

    Solo lo publicado se conserva versión por versión: un acuse de «devolver» no tiene con qué compararse.
    """
    if lote.acto != "publicar" or not lote.huella or lote.n > COMPROBABLES:
        return None
    huella = ""
    renglones = _renglones(lote)
    for i in range(0, len(renglones), _TROZO):
        huella = chain(huella, _published(lote, renglones[i:i + _TROZO]))
    return bool(huella == lote.huella)


def has_protegidos_despues(lote: Lote) -> bool:
    """Si de algo que este acto publicó se protegió después un dato: su huella ya no puede coincidir, y no es una falta."""
    ids = [registro for registro, _ in _renglones(lote)]
    return any('"protegidos":{' in version.contenido for i in range(0, len(ids), _TROZO)
               for version in read_versiones(db.obj, lote.clave, lote.sujeto_id, ids[i:i + _TROZO]))


def _suyos(actor: Actor) -> list[Any]:
    condiciones: list[Any] = [Lote.sujeto_id == actor.sujeto_id, Lote.confirmado_en.is_null(False)]
    return condiciones if actor.rol is Rol.UNIDAD else [*condiciones, Lote.usuario_id == actor.id]


def _renglones(lote: Lote) -> list[tuple[int, int]]:
    """(registro, versión después del acto) de lo hecho, por folio."""
    filas = LoteRenglon.select(LoteRenglon.registro_id, LoteRenglon.version).where(
        LoteRenglon.sujeto_id == lote.sujeto_id, LoteRenglon.lote_id == lote.id, LoteRenglon.resultado == "",
    ).order_by(LoteRenglon.registro_id).tuples()
    return [(registro, version + 1) for registro, version in filas]


def _published(lote: Lote, renglones: list[tuple[int, int]]) -> list[Hecho]:
    """Lo que este acto publicó: la primera versión pública de cada registro desde que se confirmó."""
    versiones = read_versiones(db.obj, lote.clave, lote.sujeto_id, [registro for registro, _ in renglones])
    primeras = {version.registro_id: version for version in reversed(versiones) if version.desde >= lote.confirmado_en}
    return [Hecho(registro, numero, primeras[registro].ejercicio, primeras[registro].periodo,
                  digest_of(primeras[registro].contenido))
            for registro, numero in renglones if registro in primeras]
