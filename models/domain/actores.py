"""De una cuenta a un actor: su papel, su sujeto y los formatos que le tocan, según el catálogo en vigor."""

import json

from fracciones_config import Catalogo, Formato
from models.domain.aplicabilidad import formatos_de
from models.domain.permissions import Actor, Rol
from models.folios import de_folio
from models.usuarios import Asignacion, Usuario


def actor_de(usuario: Usuario, catalogo: Catalogo) -> Actor:
    """El actor de una cuenta. Lo asignado se cruza con lo que aplica a su sujeto obligado."""
    rol = Rol(usuario.rol)
    if usuario.sujeto_id is None:
        return Actor(usuario.id, usuario.nombre, rol, None)
    formatos = formatos_de(usuario.sujeto_id, catalogo)
    if rol is Rol.UNIDAD:
        return Actor(usuario.id, usuario.nombre, rol, usuario.sujeto_id, frozenset(f.clave for f in formatos))
    asignaciones = list(Asignacion.select().where(
        Asignacion.sujeto_id == usuario.sujeto_id, Asignacion.usuario_id == usuario.id))
    claves, areas = _resolver(asignaciones, formatos)
    return Actor(usuario.id, usuario.nombre, rol, usuario.sujeto_id, claves, areas)


def _resolver(
    asignaciones: list[Asignacion], formatos: tuple[Formato, ...],
) -> tuple[frozenset[str], dict[str, frozenset[int]]]:
    """Los formatos asignados y su límite de áreas: si una asignación no limita, el formato queda sin límite."""
    limites: dict[str, frozenset[int] | None] = {}
    for asignacion in asignaciones:
        areas = frozenset(de_folio(folio) for folio in json.loads(asignacion.areas))
        for formato in formatos:
            if not _le_toca(asignacion, formato):
                continue
            previo = limites.get(formato.clave, frozenset())
            limites[formato.clave] = None if previo is None or not areas else previo | areas
    return frozenset(limites), {clave: areas for clave, areas in limites.items() if areas is not None}


def _le_toca(asignacion: Asignacion, formato: Formato) -> bool:
    valor = {"formato": formato.clave, "fraccion": f"{formato.articulo}-{formato.fraccion}",
             "articulo": str(formato.articulo)}
    return bool(valor.get(asignacion.alcance) == asignacion.valor)
