"""Entregar una hoja: se guarda una sola vez aunque llegue dos, y con ella se van su borrador y la presencia de quien la llenó.

Quien se quedó sin internet reintenta; quien oprime dos veces, o recarga, también. La segunda vez recibe lo de la primera.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from models.base import db
from models.borradores import Entrega
from models.domain.borradores import discard_de_hojas
from models.domain.contexto import ContextoDeSujeto
from models.domain.permissions import Actor
from models.domain.presencia import leave
from models.domain.proyeccion import guardar_proyectado
from models.domain.validation import Validacion, canonico, validar
from models.domain.workflow import Guardado, guardar
from models.domain.workflow.guardado import sin_folios
from models.folios import a_folio
from models.formatos import Tabla
from models.reloj import ahora


def deliver(
    actor: Actor, tabla: Tabla, crudo: Mapping[str, Any], vacios: Mapping[str, Any], *, envio: str,
    registro: int | None = None, version: int | None = None, borrador: int | None = None, motivo: str = "",
) -> Guardado:
    """Captura (sin ``registro``) o edita lo de una hoja. ``envio`` la distingue de cualquier otra; ``borrador``, si se
    abrió recuperando uno; ``motivo`` es por qué se publican los datos personales que traiga.

    Lanza lo mismo que ``guardar``.
    """
    with db.atomic():
        guardado: Guardado
        if registro is None:
            guardado = _writer(tabla)(actor, tabla, crudo, vacios, envio=envio, personales_motivo=motivo)
        else:
            guardado = _edit_once(actor, tabla, crudo, vacios, envio, registro, version, motivo)
            leave(actor, registro)
        discard_de_hojas(actor, tabla.clave, [envio] if registro is None else [envio, a_folio(registro)], borrador)
    return guardado


def _writer(tabla: Tabla) -> Any:
    return guardar_proyectado if tabla.formato.proyeccion else guardar


def _edit_once(
    actor: Actor, tabla: Tabla, crudo: Mapping[str, Any], vacios: Mapping[str, Any], envio: str, registro: int,
    version: int | None, motivo: str,
) -> Guardado:
    previa = _find_previa(actor, tabla, envio, registro)
    if previa is not None:
        validacion = validar(tabla.formato, crudo, vacios, ContextoDeSujeto(actor.sujeto_id or 0))
        if _huella(validacion) == previa.huella and not motivo:
            return Guardado(registro, previa.version, validacion)
        version = max(version or 0, previa.version)  # volvió atrás, corrigió y guardó: es sobre lo que él mismo dejó
    guardado: Guardado = _writer(tabla)(actor, tabla, crudo, vacios, registro=registro, version=version,
                                           personales_motivo=motivo)
    if not guardado.sin_cambios:
        _note(actor, envio, guardado)
    return guardado


def _note(actor: Actor, envio: str, guardado: Guardado) -> None:
    nueva = {"registro_id": guardado.id, "usuario_id": actor.id, "version": guardado.version,
             "huella": _huella(guardado.validacion), "instante": ahora()}
    Entrega.insert(sujeto_id=actor.sujeto_id, envio=envio, **nueva).on_conflict(
        conflict_target=[Entrega.sujeto_id, Entrega.envio], update=nueva).execute()


def _find_previa(actor: Actor, tabla: Tabla, envio: str, registro: int) -> Any:
    """Lo que esta hoja ya había dejado. Antes se espera el turno de la fila: la otra entrega puede ir a la mitad."""
    modelo = tabla.trabajo
    fila = modelo.select(modelo.id).where(modelo.sujeto_id == actor.sujeto_id, modelo.id == registro)
    (fila.for_update() if db.obj.for_update else fila).first()
    return Entrega.get_or_none(
        Entrega.sujeto_id == actor.sujeto_id, Entrega.envio == envio, Entrega.registro_id == registro,
        Entrega.usuario_id == actor.id)


def _huella(validacion: Validacion) -> str:
    datos, vacios = sin_folios((validacion.datos, validacion.vacios))
    return hashlib.sha256(canonico(datos, vacios).encode()).hexdigest()
