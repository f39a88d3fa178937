"""Avisar a las Unidades que el catálogo cambió: qué formatos, y qué de cada uno; solo los que las obligan."""

from __future__ import annotations

from collections.abc import Mapping

from fracciones_config import Catalogo
from models.domain.aplicabilidad import formatos_por_sujeto
from models.domain.mensajes.avisos import Aviso, post_once
from models.domain.permissions import Rol
from models.domain.plan import hacer_plan
from models.presentacion.numeros import contar
from models.usuarios import Usuario

RENGLONES = 30


def notify_catalogo(actual: Catalogo, nuevo: Catalogo, numero: int) -> None:
    """Deja el aviso a cada Unidad a la que le cambia algo. En la transacción que pone en vigor el catálogo."""
    pasos: dict[str, list[str]] = {}
    for paso in hacer_plan(actual, nuevo).pasos:
        pasos.setdefault(paso.clave, []).append(paso.texto)
    unidades = list(Usuario.select().where(Usuario.rol == Rol.UNIDAD, Usuario.activo)) if pasos else []
    if not unidades:
        return
    sujetos = sorted({unidad.sujeto_id for unidad in unidades})
    antes, despues = formatos_por_sujeto(sujetos, actual), formatos_por_sujeto(sujetos, nuevo)
    nombres = {clave: formato.nombre_corto for catalogo in (actual, nuevo) for clave, formato in catalogo.por_clave.items()}
    avisos = []
    for unidad in unidades:
        aplican = {f.clave for f in (*antes.get(unidad.sujeto_id, ()), *despues.get(unidad.sujeto_id, ()))}
        suyos = {clave: textos for clave, textos in pasos.items() if clave in aplican}
        if suyos:
            avisos.append(_aviso(unidad, suyos, nombres, numero))
    post_once(avisos)


def _aviso(unidad: Usuario, suyos: Mapping[str, list[str]], nombres: Mapping[str, str], numero: int) -> Aviso:
    renglones = [f"{nombres[clave]}: {texto}" for clave, textos in suyos.items() for texto in textos]
    mas = [f"y {len(renglones) - RENGLONES} cambios más"] if len(renglones) > RENGLONES else []
    asunto = f"Cambió lo que se pide en {contar(len(suyos), 'formato', 'formatos')}"
    return Aviso(unidad.sujeto_id, unidad.id, "catalogo", asunto,
                 "\n".join(renglones[:RENGLONES] + mas), llave=f"catalogo:{numero}",
                 clave=next(iter(suyos)) if len(suyos) == 1 else None)
