"""Deshacer en el acto una devolución, un borrado, una solicitud de baja o un descarte.

Lo deshace quien lo hizo, dentro del plazo y solo si nadie tocó el registro después; queda como un acto más. Lo necesario
para volver va en la bitácora (``Acto.antes``), escrito en la misma transacción que el acto.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from peewee import SQL, fn

from models.actos import Acto, ContenidoAnterior
from models.base import db
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.declaradas import read_declaradas
from models.domain.errores import NoPermitido
from models.domain.estados import DESHACIBLES, TRANSICIONES, Estado
from models.domain.mensajes.de_actos import Tocados, notify_acto
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.workflow.anteriores import keep_contenidos
from models.domain.workflow.bitacora import log_actos
from models.domain.workflow.conjuntos import ids_of
from models.domain.workflow.contadores import Lugar, move
from models.domain.workflow.puesta_al_dia import rewrite, validate_guardado
from models.domain.workflow.resultado import Fuera, Resultado
from models.formatos import Tabla
from models.motores import es_postgres
from models.reloj import ahora

PLAZO = 24 * 3600_000
"""Milisegundos en que todavía se puede deshacer."""

REBANADA = 2000

_COLUMNAS = ("estado", "motivo", "motivos_campo", "baja_motivo", "baja_por")
"""Lo que esos actos cambian en la fila, además del contenido."""


def what_it_was(acto: str, modelo: Any) -> Any:
    """Lo que hay que volver a poner para deshacer ``acto``, como JSON que arma la base; ``None`` si ese acto no se deshace."""
    if acto not in DESHACIBLES:
        return None
    partes = [parte for nombre in _COLUMNAS for parte in (SQL(f"'{nombre}'"), getattr(modelo, nombre))]
    return fn.json_build_object(*partes).cast("text") if es_postgres(db) else fn.json_object(*partes)


def find_deshacible(actor: Actor, tabla: Tabla, fila: Any) -> Acto | None:
    """El acto que esta persona puede deshacerle al registro; ``None`` si el último no es suyo, no se deshace o ya pasó."""
    return _deshacibles(actor, tabla, [fila]).get(fila.id)


def undo(actor: Actor, tabla: Tabla, ids: list[int]) -> Resultado:
    """Deshace el último acto de cada registro. Da los que volvieron a como estaban, y los que no y por qué."""
    if actor.sujeto_id is None or not puede(actor, Accion.VER, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido("Ese formato no está a su cargo.")
    resultado = Resultado()
    for rebanada in _rebanadas(sorted(set(ids))):
        with db.atomic():
            exigir_vigente(tabla)
            _undo_rebanada(actor, tabla, rebanada, resultado)
    return resultado


def _rebanadas(ids: list[int]) -> Iterator[list[int]]:
    for i in range(0, len(ids), REBANADA):
        yield ids[i:i + REBANADA]


def _undo_rebanada(actor: Actor, tabla: Tabla, ids: list[int], resultado: Resultado) -> None:
    modelo = tabla.trabajo
    consulta = modelo.select().where(*condiciones(actor, Accion.VER, tabla), modelo.id.in_(ids)).order_by(modelo.id)
    filas = {fila.id: fila for fila in (consulta.for_update() if db.obj.for_update else consulta)}
    actos = _deshacibles(actor, tabla, list(filas.values()))
    resultado.fuera += [Fuera(i, "Cambió después, o ya no está a tiempo de deshacerse.") for i in ids if i not in actos]
    resultado.fuera += _keep_out(tabla, filas, actos)
    if actos:
        _write(actor, tabla, filas, actos)
        resultado.hechos += sorted(actos)


def _keep_out(tabla: Tabla, filas: dict[int, Any], actos: dict[int, Acto]) -> list[Fuera]:
    """Lo borrado no vuelve a donde mientras tanto se declaró que no hay nada: se quita de ``actos`` y se dice por qué."""
    if not filas:
        return []
    declaradas = read_declaradas(next(iter(filas.values())).sujeto_id, tabla.clave)
    razones = {i: declaradas.reason(filas[i].ejercicio, filas[i].periodo) for i, acto in actos.items() if acto.acto == "borrar"}
    fuera = [Fuera(i, razon) for i, razon in razones.items() if razon]
    for uno in fuera:
        del actos[uno.id]
    return fuera


def _deshacibles(actor: Actor, tabla: Tabla, filas: list[Any]) -> dict[int, Acto]:
    """id → el último acto del registro, si es de los que esta persona puede deshacer ahora."""
    if not filas:
        return {}
    por_id = {fila.id: fila for fila in filas}
    recientes = Acto.select().where(
        Acto.sujeto_id == actor.sujeto_id, Acto.registro_id.in_(list(por_id)), Acto.usuario_id == actor.id,
        Acto.antes.is_null(False), Acto.instante > ahora() - PLAZO)
    return {acto.registro_id: acto for acto in recientes if _le_alcanza(actor, tabla, acto, por_id[acto.registro_id])}


def _le_alcanza(actor: Actor, tabla: Tabla, acto: Acto, fila: Any) -> bool:
    """Si es lo último que se le hizo, y la persona todavía tiene esa facultad sobre él."""
    return acto.version == fila.version and acto.acto in DESHACIBLES and puede(
        actor, TRANSICIONES[acto.acto].accion, Objeto.de_fila(tabla.clave, fila))


def _write(actor: Actor, tabla: Tabla, filas: dict[int, Any], actos: dict[int, Acto]) -> None:
    instante, sujeto_id = ahora(), next(iter(filas.values())).sujeto_id
    lugares = {i: (fila.ejercicio, fila.periodo) for i, fila in filas.items()}
    lugares |= _bring_back(tabla, [filas[i] for i, acto in actos.items() if acto.acto == "descartar"])
    modelo, iguales = tabla.trabajo, dict[str, list[int]]()
    for i, acto in actos.items():
        iguales.setdefault(acto.antes, []).append(i)
    diferencias: Counter[Lugar] = Counter()
    for antes, ids in iguales.items():
        columnas = json.loads(antes)
        modelo.update(**columnas, version=modelo.version + 1, cambiado_en=instante).where(
            ids_of(modelo, sujeto_id, ids)).execute()
        for i in ids:
            diferencias[(filas[i].ejercicio, filas[i].periodo, filas[i].estado)] -= 1
            diferencias[(*lugares[i], columnas["estado"])] += 1
    move(tabla, sujeto_id, diferencias, instante)
    log_actos({
        "sujeto_id": sujeto_id, "clave": tabla.clave, "registro_id": i, "acto": "deshacer", "estado_antes": filas[i].estado,
        "estado": Estado(json.loads(acto.antes)["estado"]), "version": filas[i].version + 1, "usuario_id": actor.id,
        "instante": instante, "motivo": DESHACIBLES[acto.acto]} for i, acto in actos.items())
    for hecho in DESHACIBLES:
        suyas = [filas[i] for i, acto in actos.items() if acto.acto == hecho]
        notify_acto(actor, f"deshacer_{hecho}", tabla, Tocados.de(suyas), "")


def _bring_back(tabla: Tabla, filas: list[Any]) -> dict[int, tuple[int, str]]:
    """Regresa el contenido que se había descartado. Da el (ejercicio, periodo) de cada registro."""
    if not filas:
        return {}
    keep_contenidos(filas)
    sujeto_id = filas[0].sujeto_id
    contexto, lugares = ContextoDeSujeto(sujeto_id), {}
    descartados = ContenidoAnterior.select().where(
        ContenidoAnterior.sujeto_id == sujeto_id, ContenidoAnterior.registro_id.in_([fila.id for fila in filas]))
    por_version = {(uno.registro_id, uno.version): uno for uno in descartados}
    for fila in filas:
        suyo = por_version[fila.id, fila.version - 1]
        validacion = validate_guardado(tabla, suyo.contenido, contexto)
        rewrite(tabla, fila, validacion, suyo.contenido_en, contexto, {
            "contenido": suyo.contenido, "catalogo": suyo.catalogo, "puesto_al_dia": 0})
        lugares[fila.id] = (int(str(validacion.datos.get("ejercicio", 0))), str(validacion.datos.get("periodo", "")))
    return lugares
