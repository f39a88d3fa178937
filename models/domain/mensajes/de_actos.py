"""Lo que se avisa cuando alguien hace un acto: uno por persona, formato y motivo, con la cuenta; nunca uno por registro."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from fracciones_config import Formato
from models.domain.actores import pares_de
from models.domain.mensajes.avisos import Aviso, accrue
from models.domain.permissions import Actor, Rol
from models.folios import de_folio
from models.formatos import Tabla
from models.usuarios import Asignacion, Usuario

ASUNTOS: Mapping[str, str] = {
    "devolver": "Devuelto: {}", "publicar": "Publicado: {}", "retirar": "Retirado del portal: {}",
    "solicitar_baja": "Piden una baja: {}", "rechazar_baja": "No se aceptó la baja: {}",
    "deshacer_devolver": "Ya no está devuelto: {}", "deshacer_solicitar_baja": "Ya no piden la baja: {}",
}
"""Los actos que se avisan, y con qué asunto. De lo que se deshace se avisa a los mismos."""

TEXTOS: Mapping[str, str] = {
    "devolver": "Hay que corregir: {}", "publicar": "Lo que usted lleva ya se lee en el portal.", "retirar": "Motivo: {}",
    "solicitar_baja": "Motivo: {}", "rechazar_baja": "Motivo: {}",
    "deshacer_devolver": "Se devolvió por error y ya se deshizo: no hay que corregir nada.",
    "deshacer_solicitar_baja": "Se pidió por error y ya se deshizo: no hay que decidir nada.",
}


def notify_acto(actor: Actor, acto: str, tabla: Tabla, filas: list[Any], motivo: str) -> None:
    """Avisa de un acto a quienes les toca, menos a quien lo hizo. Unas cuantas consultas, en la transacción de quien llama."""
    if acto not in ASUNTOS or not filas:
        return
    cuantos = _a_quienes(acto, tabla, filas)
    cuantos.pop(actor.id, None)
    huella = hashlib.sha256(motivo.encode()).hexdigest()[:12]
    unico = filas[0].id if len(filas) == 1 else None
    accrue(Aviso(
        particion=filas[0].sujeto_id, usuario_id=usuario_id, acto=acto,
        asunto=ASUNTOS[acto].format(tabla.formato.nombre_corto), texto=TEXTOS[acto].format(motivo), de=actor.nombre,
        de_rol=str(actor.rol), clave=tabla.clave, registro_id=unico or _el_unico(acto, usuario_id, n, filas), n=n,
        llave=f"acto:{acto}:{tabla.clave}:{actor.id}:{huella}") for usuario_id, n in sorted(cuantos.items()) if n)


def _a_quienes(acto: str, tabla: Tabla, filas: list[Any]) -> Counter[int]:
    """Persona → de cuántos de esos registros se le avisa."""
    sujeto_id, acto = filas[0].sujeto_id, acto.removeprefix("deshacer_")
    if acto == "solicitar_baja":
        return Counter(dict.fromkeys(_unidades(sujeto_id), len(filas)))
    if acto == "rechazar_baja":
        return Counter(fila.baja_por for fila in filas if fila.baja_por is not None)
    cuantos = Counter(fila.a_cargo_de for fila in filas)
    if acto == "devolver":
        for usuario_id, areas in holders_of(sujeto_id, tabla.formato, Rol.ADMINISTRADOR).items():
            cuantos[usuario_id] = sum(1 for fila in filas if areas is None or fila.area_responsable in areas)
    return cuantos


def _el_unico(acto: str, usuario_id: int, n: int, filas: list[Any]) -> int | None:
    """El registro de que habla un aviso de uno solo, aunque el acto haya sido sobre varios."""
    if n != 1 or acto == "rechazar_baja":
        return None
    return next((int(fila.id) for fila in filas if fila.a_cargo_de == usuario_id), None)


def holders_of(sujeto_id: int, formato: Formato, rol: Rol) -> dict[int, frozenset[int] | None]:
    """Quienes llevan un formato con ese papel, y sus áreas (``None``, todas). Dos consultas."""
    por_par = [(Asignacion.alcance == alcance) & (Asignacion.valor == valor) for alcance, valor in pares_de(formato)]
    suyas = Asignacion.select().where(Asignacion.sujeto_id == sujeto_id, por_par[0] | por_par[1] | por_par[2])
    limites: dict[int, frozenset[int] | None] = {}
    for asignacion in suyas:
        areas = frozenset(de_folio(folio) for folio in json.loads(asignacion.areas))
        previo = limites.get(asignacion.usuario_id, frozenset())
        limites[asignacion.usuario_id] = None if previo is None or not areas else previo | areas
    activos = _activos(sujeto_id, rol, limites)
    return {usuario_id: areas for usuario_id, areas in limites.items() if usuario_id in activos}


def _activos(sujeto_id: int, rol: Rol, ids: Iterable[int]) -> set[int]:
    return {fila.id for fila in Usuario.select(Usuario.id).where(
        Usuario.sujeto_id == sujeto_id, Usuario.rol == rol, Usuario.activo, Usuario.id.in_(sorted(ids) or [0]))}


def _unidades(sujeto_id: int) -> list[int]:
    return [fila.id for fila in Usuario.select(Usuario.id).where(
        Usuario.sujeto_id == sujeto_id, Usuario.rol == Rol.UNIDAD, Usuario.activo)]
