"""A quién se le dice que un dato se suprimió: al órgano garante y a quien lleva el registro. El dato no va."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.domain.mensajes.avisos import Aviso, post_once
from models.domain.permissions import Actor, Rol
from models.folios import a_folio
from models.formatos import Tabla
from models.mensajes import DEL_GARANTE
from models.sujetos import SujetoObligado
from models.usuarios import Usuario

ACTO = "suprimir"


def notify_supresion(actor: Actor, tabla: Tabla, fila: Any, campos: Sequence[str], dicho: str) -> None:
    """Deja los avisos, en la transacción de quien suprime. ``campos`` son etiquetas; ``dicho``, el acta y el motivo."""
    sujeto = SujetoObligado.get(SujetoObligado.id == fila.sujeto_id)
    folio, que = a_folio(fila.id), ", ".join(f"«{campo}»" for campo in campos)
    texto = f"{sujeto.nombre}, {tabla.formato.nombre_corto}, registro {folio}: se protegió {que}. {dicho}"
    asunto = f"Dato protegido por acta: {tabla.formato.nombre_corto}, {sujeto.nombre_corto}"
    del_garante = Usuario.select().where(Usuario.rol == Rol.GARANTE, Usuario.activo)
    avisos = [_aviso(DEL_GARANTE, persona.id, asunto, texto, actor) for persona in del_garante]
    if fila.a_cargo_de != actor.id:
        avisos.append(_aviso(fila.sujeto_id, fila.a_cargo_de, asunto, texto, actor, tabla.clave, fila.id))
    post_once(avisos)


def _aviso(
    particion: int, usuario_id: int, asunto: str, texto: str, actor: Actor, clave: str | None = None,
    registro: int | None = None,
) -> Aviso:
    return Aviso(particion, usuario_id, ACTO, asunto, texto, de=actor.nombre, de_rol=str(actor.rol), clave=clave,
                 registro_id=registro)
