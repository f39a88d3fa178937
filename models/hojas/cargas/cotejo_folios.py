"""Cotejar los renglones que traen folio: si el registro es suyo, si sigue como el libro lo vio y qué le cambiaría."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fracciones_config import Formato
from models.domain.diferencias import Cambio, diferencias
from models.domain.errores import ActoImposible
from models.domain.estados import ROTULOS, TRANSICIONES, Estado
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.validation import de_canonico
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.cargas.ausentes import Ausentes
from models.hojas.cargas.conjuntos import any_of, in_chunks
from models.hojas.cargas.dictamen import Dictamen
from models.hojas.revision.expediente import BAJA, BUENO

AJENO = "Ese folio no existe o no está a su cargo. Revíselo, o bórrelo para que el renglón entre como nuevo."
SE_MOVIO = ("El registro cambió después de que se hizo este libro. Descargue la plantilla otra vez y repita ahí su cambio, "
            "para no borrar lo que otra persona hizo.")
TROZO = 1000
"""Registros que se traen por consulta, con todo su contenido."""


@dataclass(frozen=True, slots=True)
class _Renglon:
    fila: int
    accion: str
    registro: int | None
    version: int | None
    contenido: str | None
    huella: int | None


@dataclass(frozen=True, slots=True)
class _Registro:
    version: int
    estado: str
    contenido: str
    huella: int
    baja: bool


def collate_folios(actor: Actor, tabla: Tabla, base: Any, dictamen: Dictamen) -> None:
    """Resuelve todos los renglones con folio y guarda las diferencias de los que cambian."""
    vistos: dict[int, int] = {}
    assert actor.sujeto_id is not None
    ausentes = Ausentes(tabla, actor.sujeto_id, base)
    for trozo in in_chunks(_with_folio(base), TROZO):
        registros = {accion: _read(actor, tabla, accion, trozo) for accion in (BUENO, BAJA)}
        cambios, versiones = list[tuple[int, str]](), list[tuple[int, int, int]]()
        for renglon in trozo:
            suyo = registros[renglon.accion].get(renglon.registro or 0)
            resuelto = _resolve(tabla.formato, renglon, suyo, vistos, cambios, ausentes)
            dictamen.add([(renglon.fila, *resuelto)])
            if suyo is not None and renglon.registro is not None:
                versiones.append((renglon.fila, renglon.registro, suyo.version))
        base.execute("BEGIN")
        base.executemany("INSERT OR REPLACE INTO cambio VALUES (?, ?)", cambios)
        base.executemany("UPDATE renglon SET registro_id = ?2, version = ?3 WHERE fila = ?1", versiones)
        base.execute("COMMIT")
        dictamen.write()


def _with_folio(base: Any) -> Iterator[_Renglon]:
    filas = base.execute("SELECT fila, accion, folio, version, contenido, huella FROM renglon WHERE accion = 'baja' OR "
                         "(accion = 'nuevo' AND folio IS NOT NULL) ORDER BY fila").fetchall()
    for fila, accion, folio, version, contenido, huella in filas:
        yield _Renglon(fila, accion, _registro_de(folio), version, contenido, huella)


def _registro_de(folio: str | None) -> int | None:
    try:
        return de_folio(folio or "")
    except ValueError:
        return None


def _read(actor: Actor, tabla: Tabla, accion: str, trozo: list[_Renglon]) -> dict[int, _Registro]:
    """Los registros que la persona puede editar (o pedir que se den de baja)."""
    ids = [uno.registro for uno in trozo if uno.registro is not None and uno.accion == accion]
    if not ids:
        return {}
    m = tabla.trabajo
    facultad = Accion.SOLICITAR_BAJA if accion == "baja" else Accion.EDITAR
    consulta = m.select(m.id, m.version, m.estado, m.contenido, m.huella, m.baja_motivo.is_null(False)).where(
        *condiciones(actor, facultad, tabla), any_of(m.id, ids)).tuples()
    return {registro: _Registro(*resto) for registro, *resto in consulta}


def _resolve(
    formato: Formato, renglon: _Renglon, suyo: _Registro | None, vistos: dict[int, int], cambios: list[tuple[int, str]],
    ausentes: Ausentes,
) -> tuple[str, str | None]:
    """El dictamen del renglón, ya con lo que el libro no traía."""
    if (suyo is not None and renglon.accion == BUENO and renglon.contenido
            and ausentes.touches(renglon.contenido, suyo.contenido)):
        try:
            contenido, huella = ausentes.complete(renglon.fila, renglon.contenido, suyo.contenido)
        except ActoImposible as error:
            return "malo", str(error)
        renglon = replace(renglon, contenido=contenido, huella=huella)
    return _judge(formato, renglon, suyo, vistos, cambios)


def _judge(
    formato: Formato, renglon: _Renglon, suyo: _Registro | None, vistos: dict[int, int], cambios: list[tuple[int, str]],
) -> tuple[str, str | None]:
    if suyo is None or renglon.registro is None:
        return "malo", AJENO
    if primera := vistos.get(renglon.registro):
        return "malo", f"El folio ya viene en el renglón {primera} de este libro. Deje uno solo."
    vistos[renglon.registro] = renglon.fila
    es_baja = renglon.accion == "baja"
    if not es_baja and (suyo.contenido == renglon.contenido or suyo.huella == renglon.huella):
        return "igual", "No le cambia nada."
    if Estado(suyo.estado) not in TRANSICIONES["editar"].de:
        return "malo", f"Ese registro está en «{ROTULOS[Estado(suyo.estado)]}»: restáurelo antes de cambiarlo."
    if es_baja:
        return _judge_baja(renglon, suyo)
    if renglon.version is not None and renglon.version != suyo.version:
        return "malo", SE_MOVIO
    cambios.append((renglon.fila, _diferencias(formato, suyo.contenido, renglon.contenido or "")))
    return "cambia", None


def _judge_baja(renglon: _Renglon, suyo: _Registro) -> tuple[str, str | None]:
    if suyo.baja:
        return "igual", "Su baja ya está pedida."
    if renglon.version is not None and renglon.version != suyo.version:
        return "malo", SE_MOVIO
    return "baja", None


def _diferencias(formato: Formato, antes: str, ahora: str) -> str:
    """Como las guarda la bitácora: ``{campo: [antes, ahora]}``; lo vacío con razón, con su razón."""
    datos, vacios = de_canonico(antes)
    nuevos, vacios_nuevos = de_canonico(ahora)
    hallados = diferencias(formato, datos, nuevos, vacios, vacios_nuevos)
    return json.dumps({uno.campo: _par(uno) for uno in hallados}, ensure_ascii=False)


def _par(cambio: Cambio) -> list[Any]:
    return [cambio.vacio_antes if cambio.antes is None else cambio.antes,
            cambio.vacio_ahora if cambio.ahora is None else cambio.ahora]
