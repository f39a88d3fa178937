"""De una cuenta a un actor: su papel, su sujeto y los formatos que le tocan, según el catálogo en vigor."""

import json
from collections.abc import Iterable, Mapping

from fracciones_config import Catalogo, Formato
from models.domain.aplicabilidad import formatos_de
from models.domain.permissions import Actor, Permiso, Rol
from models.folios import de_folio
from models.sujetos import SujetoObligado
from models.usuarios import Asignacion, Usuario

Limites = Mapping[str, frozenset[int] | None]
"""Formato → ``None`` si lo ve completo, o los ids de las áreas a que se limita."""


def actor_de(usuario: Usuario, catalogo: Catalogo) -> Actor:
    """El actor de una cuenta. Lo asignado se cruza con lo que aplica a su sujeto obligado."""
    rol = Rol(usuario.rol)
    if usuario.sujeto_id is None:
        return Actor(usuario.id, usuario.nombre, rol, None, permisos=permisos_de(usuario))
    asignaciones = [] if rol is Rol.UNIDAD else list(Asignacion.select().where(
        Asignacion.sujeto_id == usuario.sujeto_id, Asignacion.usuario_id == usuario.id))
    limites = limites_de(usuario, asignaciones, formatos_de(usuario.sujeto_id, catalogo))
    areas = {clave: suyas for clave, suyas in limites.items() if suyas is not None}
    return Actor(usuario.id, usuario.nombre, rol, usuario.sujeto_id, frozenset(limites), areas,
                 solo_lectura=not SujetoObligado.select(SujetoObligado.activo).where(
                     SujetoObligado.id == usuario.sujeto_id).scalar())


def permisos_de(usuario: Usuario) -> frozenset[Permiso]:
    """Los permisos de una cuenta del órgano garante; una de institución no tiene ninguno.

    Abrir lo sellado no viene con «todos»: se da expresamente.
    """
    if Rol(usuario.rol) is not Rol.GARANTE:
        return frozenset()
    if usuario.permisos is None:
        return frozenset(Permiso) - {Permiso.SELLADOS}
    return frozenset(map(Permiso, usuario.permisos.split()))


def limites_de(usuario: Usuario, asignaciones: Iterable[Asignacion], formatos: Iterable[Formato]) -> Limites:
    """Los formatos de una cuenta y su límite de áreas: si una asignación no limita, el formato queda sin límite."""
    if Rol(usuario.rol) is Rol.UNIDAD:
        return {formato.clave: None for formato in formatos}
    limites: dict[str, frozenset[int] | None] = {}
    formatos = tuple(formatos)
    for asignacion in asignaciones:
        areas = frozenset(de_folio(folio) for folio in json.loads(asignacion.areas))
        for clave in claves_de([(asignacion.alcance, asignacion.valor)], formatos):
            previo = limites.get(clave, frozenset())
            limites[clave] = None if previo is None or not areas else previo | areas
    return limites


def claves_de(pares: Iterable[tuple[str, str]], formatos: Iterable[Formato]) -> frozenset[str]:
    """Los formatos que nombran unos pares (alcance, valor): ``("articulo", "12")``, ``("fraccion", "12-XI")``…"""
    pedidos = set(pares)
    return frozenset(formato.clave for formato in formatos if pedidos & set(pares_de(formato)))


def pares_de(formato: Formato) -> tuple[tuple[str, str], ...]:
    """Las tres maneras de asignar un formato: él solo, con su fracción o con su artículo."""
    return (("formato", formato.clave), ("fraccion", f"{formato.articulo}-{formato.fraccion}"),
            ("articulo", str(formato.articulo)))
