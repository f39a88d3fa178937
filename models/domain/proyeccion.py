"""Guardar en un formato que proyecta a un maestro: primero el maestro, luego su registro, en una transacción."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fracciones_config import Formato
from models.base import db
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible, DatosInvalidos, NoPermitido, ReglaRota
from models.domain.masters import CICLO, MODELOS, depends_on, project, require_projection, save_maestro, unproject
from models.domain.permissions import Actor
from models.domain.validation import Problema, Validacion, de_canonico, validar
from models.domain.versiones import Version
from models.domain.workflow import Guardado, guardar
from models.domain.workflow.restauracion import preview_restauracion, restore_version
from models.folios import de_folio
from models.formatos import Tabla


def guardar_proyectado(
    actor: Actor, tabla: Tabla, crudo: Mapping[str, Any], vacios: Mapping[str, Any] | None = None, *,
    registro: int | None = None, version: int | None = None, envio: str | None = None, personales_motivo: str | None = None,
) -> Guardado:
    """Como ``guardar``, y deja el maestro (área o persona) igual que su registro.

    El registro lleva el ``id`` de su maestro. Lanza lo mismo que ``guardar``.
    """
    require_projection(actor, tabla)
    proyeccion = tabla.formato.proyeccion
    assert proyeccion is not None and actor.sujeto_id is not None
    validacion = validar(tabla.formato, crudo, vacios or {}, ContextoDeSujeto(actor.sujeto_id))
    if registro is not None and proyeccion.maestro == "area":
        _note_ciclo(actor.sujeto_id, registro, tabla.formato, validacion)
    if validacion.problemas:
        raise DatosInvalidos(validacion)
    with db.atomic():
        guardado = guardar(actor, tabla, crudo, vacios, registro=registro, version=version, envio=envio,
                           personales_motivo=personales_motivo)
        if not guardado.sin_cambios:
            save_maestro(actor.sujeto_id, proyeccion.maestro, unproject(tabla.formato, validacion.datos), guardado.id)
    return guardado


def restore_proyectado(actor: Actor, tabla: Tabla, fila: Any, version: Version, vista: int) -> Guardado:
    """Como ``restore_version``, y deja el maestro igual. Aquí todo tiene que caber: un maestro no se guarda a medias."""
    require_projection(actor, tabla)
    assert tabla.formato.proyeccion is not None and actor.sujeto_id is not None
    validacion = preview_restauracion(actor, tabla, version)
    if tabla.formato.proyeccion.maestro == "area":
        _note_ciclo(actor.sujeto_id, fila.id, tabla.formato, validacion)
    if validacion.problemas:
        raise ActoImposible(f"Esa versión ya no cabe: {validacion.problemas[0].mensaje} Corrija el registro a mano.")
    with db.atomic():
        guardado = restore_version(actor, tabla, fila, version, vista)
        save_maestro(actor.sujeto_id, tabla.formato.proyeccion.maestro, unproject(tabla.formato, validacion.datos), fila.id)
    return guardado


def _note_ciclo(sujeto_id: int, area_id: int, formato: Formato, validacion: Validacion) -> None:
    """Apunta como problema que el área quede dependiendo de sí misma."""
    assert formato.proyeccion is not None
    [campo] = [campo for campo, columna in formato.proyeccion.campos.items() if columna == "area_superior"]
    superior: Any = validacion.datos.get(campo)
    if superior and depends_on(sujeto_id, de_folio(superior["id"]), area_id):
        validacion.problemas.append(Problema(campo, CICLO))


def bring_maestros(actor: Actor, tabla: Tabla) -> tuple[int, int]:
    """Lleva a su formato lo que los maestros tengan de nuevo o distinto. Da (nuevos, cambiados).

    Lo que la persona no puede tocar (retirado, en la papelera, a cargo de otra) se queda como está.
    """
    require_projection(actor, tabla)
    proyeccion = tabla.formato.proyeccion
    if proyeccion is None or actor.sujeto_id is None:
        raise NoPermitido("Este formato no se llena desde un maestro.")
    maestro = MODELOS[proyeccion.maestro]
    nuevos = cambiados = 0
    for fila in maestro.select().where(maestro.sujeto_id == actor.sujeto_id, maestro.baja_en.is_null()):
        guardado = bring_one(actor, tabla, fila)
        if guardado is not None:
            nuevos += guardado.nuevo
            cambiados += not guardado.nuevo and not guardado.sin_cambios
    return nuevos, cambiados


def bring_one(actor: Actor, tabla: Tabla, maestro: Any) -> Guardado | None:
    """Lleva un maestro a su registro; ``None`` si la persona no puede tocarlo."""
    modelo = tabla.trabajo
    propio = project(tabla.formato, json.loads(maestro.datos))
    actual = modelo.get_or_none(modelo.sujeto_id == actor.sujeto_id, modelo.id == maestro.id)
    try:
        if actual is None:
            return guardar(actor, tabla, propio, identificador=maestro.id)
        datos, vacios = de_canonico(actual.contenido)
        suyos = set(tabla.formato.proyeccion.campos) if tabla.formato.proyeccion else set()
        resto = {campo: dato for campo, dato in datos.items() if campo not in suyos}
        return guardar(actor, tabla, {**resto, **propio}, vacios, registro=actual.id, version=actual.version)
    except ReglaRota:
        return None

