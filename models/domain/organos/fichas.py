"""Los órganos de una institución: verlos, darlos de alta, corregirlos, y darlos de baja con fecha.

Uno en uso no se borra nunca: se da de baja, deja las listas donde se elige, y lo que lo nombra se sigue leyendo igual.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fracciones_config import Catalogo, TipoCampo
from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.bajas import frenos_de_registros, parse_baja
from models.domain.campos_sueltos import CamposInvalidos, read_campos
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.masters import save_maestro
from models.domain.organos.campos import campos_de_organo
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.formatos import Tabla
from models.maestros import Organo
from models.organos import OrganoIntegrante, OrganoSesion, PubOrgano
from models.presentacion.numeros import contar
from models.reloj import ahora

FORMATO = "acuerdos_actas"
"""Quien lleva este formato lleva los órganos: la ley los nombra ahí."""

REPETIDO = "Ya hay un órgano con ese nombre."


def puede_en_organos(actor: Actor, accion: Accion) -> bool:
    """Si la persona tiene esa acción sobre los órganos de su institución."""
    return actor.sujeto_id is not None and puede(actor, accion, Objeto(actor.sujeto_id, FORMATO))


def require_en_organos(actor: Actor, accion: Accion) -> int:
    """El sujeto de la persona, si tiene la acción. Lanza ``NoPermitido``."""
    if actor.sujeto_id is None or not puede_en_organos(actor, accion):
        raise NoPermitido("Eso lo decide la Unidad de Información." if accion is not Accion.CAPTURAR else
                          "Los órganos colegiados los lleva quien tiene a su cargo los acuerdos y actas.")
    return actor.sujeto_id


def find_organo(actor: Actor, identificador: int) -> Organo:
    """Un órgano de la institución de esta persona, esté o no de baja. Lanza ``NoExiste``."""
    organo = Organo.get_or_none(Organo.sujeto_id == actor.sujeto_id, Organo.id == identificador)
    if organo is None or not puede_en_organos(actor, Accion.VER):
        raise NoExiste()
    return organo  # type: ignore[no-any-return]


def save_organo(actor: Actor, catalogo: Catalogo, crudo: Mapping[str, Any], organo: Organo | None = None,
                visto: int | None = None) -> int:
    """Guarda los datos de un órgano y da su id. ``visto`` es el ``cambiado_en`` que la persona tenía enfrente.

    Lanza ``CamposInvalidos``, ``NoPermitido``, o ``ActoImposible`` si otra persona lo cambió antes.
    """
    sujeto_id = require_en_organos(actor, Accion.CAPTURAR)
    datos = read_campos(campos_de_organo(catalogo), crudo)
    with db.atomic():
        if organo is not None and visto != find_organo(actor, organo.id).cambiado_en:
            raise ActoImposible("Otra persona cambió este órgano mientras usted lo editaba. Compare y guarde de nuevo.")
        repetido = Organo.select(Organo.id).where(
            Organo.sujeto_id == sujeto_id, Organo.nombre == datos["nombre"], Organo.baja_en.is_null(),
            Organo.id != (organo.id if organo else 0)).exists()
        if repetido:
            raise CamposInvalidos({"nombre": REPETIDO})
        if organo is not None and json.loads(organo.datos) == datos:
            return int(organo.id)
        identificador = save_maestro(sujeto_id, "organo", datos, organo.id if organo else None)
        touch(actor, identificador, "Cambió sus datos" if organo else "Lo dio de alta", organo.datos if organo else "{}")
    return identificador


def touch(actor: Actor, organo_id: int, detalle: str, antes: str = "{}") -> None:
    """Apunta que la persona cambió algo de un órgano. En la transacción de quien llama."""
    Organo.update(tocado_por=actor.id, tocado_en=ahora()).where(
        Organo.sujeto_id == actor.sujeto_id, Organo.id == organo_id).execute()
    log_acto(actor, "organo", detalle, antes, organo_id)


def holds_of(organo: Organo, tablas: Iterable[Tabla]) -> list[tuple[str, str]]:
    """Lo que usa al órgano: (frase, clave del formato que lo nombra, o vacía)."""
    partes = [("integrante", "integrantes", OrganoIntegrante), ("sesión", "sesiones", OrganoSesion)]
    frenos = frenos_de_registros(organo.sujeto_id, TipoCampo.ORGANO_COLEGIADO, organo.id, tablas)
    frases = [(freno.frase, freno.cual) for freno in frenos]
    for singular, plural, modelo in partes:
        n = modelo.select().where(modelo.sujeto_id == organo.sujeto_id, modelo.organo_id == organo.id).count()
        frases += [(f"tiene {contar(n, singular, plural)}", "")] if n else []
    publico = PubOrgano.select().where(PubOrgano.sujeto_id == organo.sujeto_id, PubOrgano.id == organo.id).exists()
    return frases + ([("la ciudadanía lo lee en el portal", "")] if publico else [])


def retire_organo(actor: Actor, organo: Organo, dia: str) -> None:
    """Lo da de baja desde un día (ISO), que no puede ser futuro: deja las listas y queda su historia."""
    require_en_organos(actor, Accion.RETIRAR)
    if organo.baja_en is not None:
        raise ActoImposible("Ese órgano ya está dado de baja.")
    instante = parse_baja(dia)
    with db.atomic():
        Organo.update(baja_en=instante, cambiado_en=ahora()).where(
            Organo.sujeto_id == organo.sujeto_id, Organo.id == organo.id).execute()
        touch(actor, organo.id, "Lo dio de baja")


def restore_organo(actor: Actor, organo: Organo) -> None:
    """Deshace la baja."""
    require_en_organos(actor, Accion.RETIRAR)
    if organo.baja_en is None:
        raise ActoImposible("Ese órgano no está dado de baja.")
    with db.atomic():
        Organo.update(baja_en=None, cambiado_en=ahora()).where(
            Organo.sujeto_id == organo.sujeto_id, Organo.id == organo.id).execute()
        touch(actor, organo.id, "Deshizo su baja")


def delete_organo(actor: Actor, organo: Organo, tablas: Iterable[Tabla]) -> None:
    """Borra el que nadie usa (se dio de alta por error). Lanza ``ActoImposible`` con lo que lo detiene."""
    require_en_organos(actor, Accion.RETIRAR)
    with db.atomic():
        if usos := holds_of(organo, tablas):
            raise ActoImposible(f"No se borra porque está en uso: {'; '.join(frase for frase, _ in usos)}. Delo de baja.")
        Organo.delete().where(Organo.sujeto_id == organo.sujeto_id, Organo.id == organo.id).execute()
        log_acto(actor, "organo", f"Borró «{organo.nombre}», que nadie usaba", organo.datos, organo.id)
