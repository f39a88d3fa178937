"""Actos sobre muchos registros: se congela el conjunto, se confirma y se hace por rebanadas que sobreviven a un corte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from models.base import db
from models.domain.acta import Acta
from models.domain.permissions import Actor
from models.domain.workflow import Resultado, aplicar
from models.domain.workflow.conjuntos import any_of
from models.domain.workflow.motivos import from_json, to_json
from models.folios import nuevo_id
from models.formatos import Tabla
from models.reloj import ahora
from models.tareas import Lote, LoteRenglon

REBANADA = 2000


def freeze_lote(actor: Actor, tabla: Tabla, acto: str, pares: Iterable[tuple[int, int]]) -> Lote:
    """Congela los registros (id y versión que la persona ve) sobre los que va a confirmar ``acto``."""
    assert actor.sujeto_id is not None
    identificador, n = nuevo_id(), 0
    corriente = iter(pares)
    with db.atomic():
        while trozo := list(islice(corriente, REBANADA)):
            n += len(trozo)
            LoteRenglon.insert_many([
                {"sujeto_id": actor.sujeto_id, "lote_id": identificador, "registro_id": registro, "version": version}
                for registro, version in trozo]).on_conflict_ignore().execute()
        Lote.insert(sujeto_id=actor.sujeto_id, id=identificador, clave=tabla.clave, acto=acto, usuario_id=actor.id,
                    creado_en=ahora(), n=n).execute()
    return find_lote(actor, identificador)  # type: ignore[return-value]


def pares_of(tabla: Tabla, condiciones: list[Any]) -> Iterator[tuple[int, int]]:
    """Los (id, versión) que cumplen unas condiciones, por trozos y por llave: no crece con la tabla."""
    modelo, ultimo = tabla.trabajo, 0
    while trozo := list(modelo.select(modelo.id, modelo.version).where(*condiciones, modelo.id > ultimo)
                        .order_by(modelo.id).limit(REBANADA).tuples()):
        yield from trozo
        ultimo = trozo[-1][0]


def find_lote(actor: Actor, identificador: int) -> Lote | None:
    """El lote de esta persona; ``None`` si no existe o no es suyo."""
    return Lote.get_or_none(  # type: ignore[no-any-return]
        Lote.sujeto_id == actor.sujeto_id, Lote.id == identificador, Lote.usuario_id == actor.id)


@dataclass(frozen=True, slots=True)
class Confirmacion:
    """Lo que la persona dice al confirmar: por qué, qué datos señala, y desde qué instante (nulo: en el acto)."""

    motivo: str = ""
    por_campo: Mapping[str, str] = field(default_factory=dict)
    desde: int | None = None


def confirm_lote(actor: Actor, lote: Lote, dicho: Confirmacion) -> bool:
    """Confirma una sola vez: el segundo envío del mismo botón no hace nada. Dice si fue la primera."""
    suyo = (Lote.sujeto_id == lote.sujeto_id) & (Lote.id == lote.id)
    return bool(Lote.update(
        confirmado_en=ahora(), motivo=dicho.motivo, motivos_campo=to_json(dicho.por_campo), desde=dicho.desde,
    ).where(suyo, Lote.usuario_id == actor.id, Lote.confirmado_en.is_null()).execute())


def run_rebanada(actor: Actor, tabla: Tabla, lote: Lote, tamano: int = REBANADA) -> int:
    """Hace la siguiente rebanada del lote, en una transacción. Da cuántos renglones atendió; 0, ya no hay."""
    with db.atomic():
        consulta = LoteRenglon.select(LoteRenglon.registro_id, LoteRenglon.version).where(
            *_del_lote(lote), LoteRenglon.resultado.is_null()).order_by(LoteRenglon.registro_id).limit(tamano)
        renglones = db.execute_sql(*consulta.sql()).fetchall()
        if renglones:
            with Acta(lote) as acta:
                resultado = aplicar(actor, lote.acto, tabla, renglones, lote.motivo or "", from_json(lote.motivos_campo),
                                    tamano, acta.add)
                _note_resultado(lote, resultado)
    return len(renglones)


def _del_lote(lote: Lote) -> tuple[Any, Any]:
    return LoteRenglon.sujeto_id == lote.sujeto_id, LoteRenglon.lote_id == lote.id


def _note_resultado(lote: Lote, resultado: Resultado) -> None:
    """A los que quedaron fuera, su razón; a los demás de la rebanada, que son un tramo del lote, que ya se les hizo."""
    por_razon: dict[str, list[int]] = {}
    for fuera in resultado.fuera:
        por_razon.setdefault(fuera.razon, []).append(fuera.id)
    for razon, ids in por_razon.items():
        LoteRenglon.update(resultado=razon).where(*_del_lote(lote), any_of(LoteRenglon.registro_id, ids)).execute()
    if resultado.hechos:
        tramo = LoteRenglon.registro_id.between(resultado.hechos[0], resultado.hechos[-1])
        LoteRenglon.update(resultado="").where(*_del_lote(lote), tramo, LoteRenglon.resultado.is_null()).execute()


def count_atendidos(lote: Lote) -> int:
    """Cuántos renglones ya se hicieron o quedaron fuera."""
    return int(LoteRenglon.select().where(
        LoteRenglon.sujeto_id == lote.sujeto_id, LoteRenglon.lote_id == lote.id, LoteRenglon.resultado.is_null(False),
    ).count())


def summary_of(lote: Lote, fuera_hasta: int = 200) -> dict[str, Any]:
    """``{"hechos": n, "fuera": [(id, razón)], "por_hacer": n}`` de un lote."""
    del_lote = (LoteRenglon.sujeto_id == lote.sujeto_id) & (LoteRenglon.lote_id == lote.id)
    hechos = LoteRenglon.select().where(del_lote, LoteRenglon.resultado == "").count()
    por_hacer = LoteRenglon.select().where(del_lote, LoteRenglon.resultado.is_null()).count()
    fuera = LoteRenglon.select().where(del_lote, LoteRenglon.resultado != "").limit(fuera_hasta)
    return {"hechos": hechos, "fuera": [(r.registro_id, r.resultado) for r in fuera], "por_hacer": por_hacer}


def done_in(lote: Lote) -> list[int]:
    """Los registros a los que el lote sí les hizo el acto."""
    return [r.registro_id for r in LoteRenglon.select(LoteRenglon.registro_id).where(
        LoteRenglon.sujeto_id == lote.sujeto_id, LoteRenglon.lote_id == lote.id, LoteRenglon.resultado == "")]


def parametros_de(lote: Lote) -> dict[str, str]:
    """Lo que el trabajador necesita para seguir el lote."""
    return {"lote": str(lote.id), "clave": lote.clave}
