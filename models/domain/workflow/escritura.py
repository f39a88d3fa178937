"""Escribir un acto en todos los registros que pueden recibirlo: por conjuntos, en la transacción de quien llama."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import Case

from models.domain.estados import Transicion
from models.domain.mensajes.de_actos import Tocados, notify_acto
from models.domain.permissions import Actor
from models.domain.workflow.bitacora import log_acto_de
from models.domain.workflow.conjuntos import Conjunto, gather
from models.domain.workflow.contadores import move
from models.domain.workflow.deshacer import what_it_was
from models.domain.workflow.motivos import to_json
from models.domain.workflow.publicacion import publish, withdraw
from models.domain.workflow.puesta_al_dia import revert_to_publico
from models.formatos import Tabla
from models.reloj import ahora


class Aptas(NamedTuple):
    """Los registros que van a recibir un acto, por columnas y en el orden de su id; todo, como estaba antes."""

    id: Sequence[int]
    version: Sequence[int]
    ejercicio: Sequence[int]
    periodo: Sequence[str]
    estado: Sequence[str]
    publica: Sequence[int | None]
    a_cargo_de: Sequence[int]
    area_responsable: Sequence[int | None]
    baja_por: Sequence[int | None]
    contenido: Sequence[str | bytes]


@dataclass(frozen=True, slots=True)
class Pedido:
    """Quién pide qué, a qué formato y por qué."""

    actor: Actor
    sujeto_id: int
    acto: str
    transicion: Transicion
    tabla: Tabla
    motivo: str
    por_campo: Mapping[str, str]


def write_acto(pedido: Pedido, aptas: Aptas) -> None:
    """Hace el acto a esas filas, que ya pasaron por el juez: estado, bitácora, lo público, contadores y avisos."""
    instante, tabla, sujeto_id = ahora(), pedido.tabla, pedido.sujeto_id
    modelo: Any = tabla.trabajo
    suyos = gather(modelo, sujeto_id, aptas.id)
    previas = list(modelo.select().where(suyos.en(modelo)).order_by(modelo.id)) if pedido.acto == "descartar" else []
    _log(pedido, suyos, instante)
    modelo.update(_columnas_del_acto(pedido, instante)).where(suyos.en(modelo)).execute()
    antes = Counter(zip(aptas.ejercicio, aptas.periodo, aptas.estado, strict=True))
    _write_publico(pedido, aptas, suyos, antes, instante)
    destinos = revert_to_publico(tabla, sujeto_id, previas) if previas else {}
    move(tabla, sujeto_id, _diferencias(pedido.transicion, aptas, antes, destinos), instante)
    tocados = Tocados(aptas.id, aptas.a_cargo_de, aptas.area_responsable, aptas.baja_por)
    notify_acto(pedido.actor, pedido.acto, tabla, tocados, pedido.motivo)


def _write_publico(
    pedido: Pedido, aptas: Aptas, suyos: Conjunto, antes: Mapping[tuple[int, str, str], int], instante: int,
) -> None:
    if pedido.acto == "publicar":
        ya = [i for i, numero in zip(aptas.id, aptas.publica, strict=True) if numero is not None]
        lugares: Counter[tuple[int, str]] = Counter()
        for (ejercicio, periodo, _), n in antes.items():
            lugares[ejercicio, periodo] += n
        publish(pedido.tabla, suyos, Conjunto(suyos.sujeto_id, ya), lugares, _corregidos(aptas) if ya else Counter(), instante)
    elif pedido.acto == "retirar":
        withdraw(pedido.tabla, suyos, instante, pedido.motivo)


def _corregidos(aptas: Aptas) -> Counter[tuple[int, str]]:
    """Dónde quedan los que ya eran públicos."""
    lugares = zip(aptas.ejercicio, aptas.periodo, aptas.publica, strict=True)
    return Counter((ejercicio, periodo) for ejercicio, periodo, numero in lugares if numero is not None)


def _log(pedido: Pedido, suyos: Conjunto, instante: int) -> None:
    modelo: Any = pedido.tabla.trabajo
    igual = {
        "clave": pedido.tabla.clave, "acto": pedido.acto, "usuario_id": pedido.actor.id, "instante": instante,
        "motivo": pedido.motivo or None, "antes": what_it_was(pedido.acto, modelo),
        "autoaprobacion": modelo.cambiado_por == pedido.actor.id if pedido.transicion.pide_completo else False}
    if pedido.transicion.a is not None:
        igual["estado"] = str(pedido.transicion.a)
    log_acto_de(modelo, suyos, igual)


def _diferencias(
    transicion: Transicion, aptas: Aptas, antes: Counter[tuple[int, str, str]], destinos: Mapping[int, tuple[int, str]],
) -> Counter[tuple[int, str, str]]:
    """Lo que cambia cada (ejercicio, periodo, estado). ``destinos`` son los que además cambian de lugar."""
    despues: Counter[tuple[int, str, str]] = Counter()
    for (ejercicio, periodo, estado), n in antes.items() if not destinos else ():
        despues[ejercicio, periodo, str(transicion.a or estado)] += n
    for registro, estado in zip(aptas.id, aptas.estado, strict=True) if destinos else ():
        despues[(*destinos[registro], str(transicion.a or estado))] += 1
    despues.subtract(antes)
    return despues


def _columnas_del_acto(pedido: Pedido, instante: int) -> dict[Any, Any]:
    modelo: Any = pedido.tabla.trabajo
    acto, motivo = pedido.acto, pedido.motivo
    cambio: dict[Any, Any] = {modelo.version: modelo.version + 1, modelo.cambiado_en: instante}
    if pedido.transicion.a is not None:
        cambio |= {modelo.estado: pedido.transicion.a, modelo.motivo: motivo or None,
                   modelo.motivos_campo: to_json(pedido.por_campo)}
    if acto == "publicar":
        cambio |= {
            modelo.numero_publico: modelo.numero_publico + 1, modelo.publica: modelo.numero_publico + 1,
            modelo.publico_desde: Case(None, [(modelo.publica.is_null(), instante)], modelo.publico_desde)}
    if acto == "retirar":
        cambio |= {modelo.publica: None}
    if acto == "solicitar_baja":
        cambio |= {modelo.baja_motivo: motivo, modelo.baja_por: pedido.actor.id}
    elif acto in ("rechazar_baja", "retirar", "borrar"):
        cambio |= {modelo.baja_motivo: None, modelo.baja_por: None}
    return cambio
