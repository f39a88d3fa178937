"""Lo que se avisa cuando alguien hace un acto: uno por persona, formato y motivo, con la cuenta; nunca uno por registro."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Tocados:
    """Los registros de un acto, por columnas: en el lugar ``i`` de cada una está lo del mismo."""

    ids: Sequence[int]
    a_cargo_de: Sequence[int]
    areas: Sequence[int | None]
    baja_por: Sequence[int | None]

    @classmethod
    def de(cls, filas: Sequence[Any]) -> Tocados:
        return cls([fila.id for fila in filas], [fila.a_cargo_de for fila in filas],
                   [fila.area_responsable for fila in filas], [fila.baja_por for fila in filas])


def notify_acto(actor: Actor, acto: str, tabla: Tabla, tocados: Tocados, motivo: str) -> None:
    """Avisa de un acto a quienes les toca, menos a quien lo hizo. Unas cuantas consultas, en la transacción de quien llama."""
    if acto not in ASUNTOS or not tocados.ids or actor.sujeto_id is None:
        return
    cuantos = _a_quienes(acto, actor.sujeto_id, tabla, tocados)
    cuantos.pop(actor.id, None)
    huella = hashlib.sha256(motivo.encode()).hexdigest()[:12]
    unico = tocados.ids[0] if len(tocados.ids) == 1 else None
    accrue(Aviso(
        particion=actor.sujeto_id, usuario_id=usuario_id, acto=acto,
        asunto=ASUNTOS[acto].format(tabla.formato.nombre_corto), texto=TEXTOS[acto].format(motivo), de=actor.nombre,
        de_rol=str(actor.rol), clave=tabla.clave, registro_id=unico or _el_unico(acto, usuario_id, n, tocados), n=n,
        llave=f"acto:{acto}:{tabla.clave}:{actor.id}:{huella}") for usuario_id, n in sorted(cuantos.items()) if n)


def _a_quienes(acto: str, sujeto_id: int, tabla: Tabla, tocados: Tocados) -> Counter[int]:
    """Persona → de cuántos de esos registros se le avisa."""
    acto = acto.removeprefix("deshacer_")
    if acto == "solicitar_baja":
        return Counter(dict.fromkeys(_unidades(sujeto_id), len(tocados.ids)))
    if acto == "rechazar_baja":
        return Counter(quien for quien in tocados.baja_por if quien is not None)
    cuantos = Counter(tocados.a_cargo_de)
    if acto == "devolver":
        por_area = Counter(tocados.areas)
        for usuario_id, areas in holders_of(sujeto_id, tabla.formato, Rol.ADMINISTRADOR).items():
            cuantos[usuario_id] = len(tocados.ids) if areas is None else sum(por_area[area] for area in areas)
    return cuantos


def _el_unico(acto: str, usuario_id: int, n: int, tocados: Tocados) -> int | None:
    """El registro de que habla un aviso de uno solo, aunque el acto haya sido sobre varios."""
    if n != 1 or acto == "rechazar_baja":
        return None
    return next((uno for uno, quien in zip(tocados.ids, tocados.a_cargo_de, strict=True) if quien == usuario_id), None)


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
