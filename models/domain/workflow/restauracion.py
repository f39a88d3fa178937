"""Restaurar una versión: lo que un registro decía antes vuelve como una edición nueva, en rojo. Nunca directo a lo público."""

from __future__ import annotations

from typing import Any

from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import NoExiste
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.domain.validation import Validacion, canonico
from models.domain.versiones import Version
from models.domain.workflow.guardado import Apunte, Guardado, write_validado
from models.domain.workflow.puesta_al_dia import validate_guardado
from models.formatos import Tabla


def preview_restauracion(actor: Actor, tabla: Tabla, version: Version) -> Validacion:
    """Cómo quedaría esa versión con el formato en vigor. Sus ``problemas`` son lo que ya no cabe: se conserva, y falta."""
    return validate_guardado(tabla, canonico(version.datos, version.vacios), ContextoDeSujeto(actor.sujeto_id or 0))


def restore_version(actor: Actor, tabla: Tabla, fila: Any, version: Version, vista: int) -> Guardado:
    """Trae de vuelta esa versión, si el registro sigue en la que la persona vio (``vista``).

    Lo que el formato de hoy ya no admite se conserva y cuenta como faltante, así que no se publica sin corregirlo.
    Lanza ``NoPermitido``, ``NoExiste``, ``Conflicto`` o ``ActoImposible``, igual que ``guardar``.
    """
    if not puede(actor, Accion.EDITAR, Objeto.de_fila(tabla.clave, fila)):
        raise NoExiste()
    validacion = preview_restauracion(actor, tabla, version)
    apunte = Apunte("restaurar_version", version.nombre)
    return write_validado(actor, tabla, validacion, fila.id, vista, apunte)
