"""Los mensajes de la demostración: una conversación, un aviso a todos, una observación abierta y lo del órgano garante."""

from __future__ import annotations

from models.demostracion.personas import Equipo
from models.domain.catalogo_vigente import Foto
from models.domain.mensajes.envio import Carta, send
from models.domain.mensajes.hilos import answer, find_entrada
from models.domain.observaciones.hacer import Pedido, observe
from models.domain.permissions import Actor
from models.folios import nuevo_id
from models.mensajes import Entrada
from models.reloj import ahora

SIN_LEER = 2
"""Avisos que cada quien tiene sin leer; los demás ya los leyó."""


def correspond(equipo: Equipo, foto: Foto) -> None:
    """Lo que se ha escrito la gente de una institución, y una observación de la Unidad sobre algo devuelto."""
    assert equipo.unidad.sujeto_id is not None
    _read_almost_all(equipo)
    send(equipo.unidad, Carta(
        "Cierre del trimestre", "Revisen, por favor, lo que todavía está en rojo y avísenme si en algún formato no se generó "
        "información, para proponerlo antes del límite.", ("todos",), nuevo_id()), foto.catalogo)
    if equipo.capturistas:
        _ask_and_answer(equipo, foto)
        _observe(equipo.unidad, equipo.capturistas[0], foto)


def correspond_garante(garante: Actor, foto: Foto) -> None:
    """Lo que el órgano garante les mandó a todas las Unidades."""
    send(garante, Carta(
        "Calendario de verificación", "La verificación de este ejercicio se hará por grupos de instituciones. Conviene tener "
        "atendidas las observaciones abiertas antes de que empiece.", ("unidades",), nuevo_id()), foto.catalogo)


def _ask_and_answer(equipo: Equipo, foto: Foto) -> None:
    quien = equipo.capturistas[0]
    envio = send(quien, Carta("Duda con un contrato", "¿El anexo técnico también se publica, o solo el contrato?", ("unidad",),
                              nuevo_id()), foto.catalogo)
    answer(equipo.unidad, find_entrada(equipo.unidad, envio.hilo_id),
           "Los dos, cada uno en su campo. Revise que el anexo no lleve datos personales.", nuevo_id())


def _observe(unidad: Actor, capturista: Actor, foto: Foto) -> None:
    """Sobre el primer registro devuelto que haya, de preferencia en lo de quien captura."""
    for formato in sorted(foto.catalogo.activos, key=lambda formato: formato.clave not in capturista.claves):
        modelo = foto.tablas[formato.clave].trabajo
        registro = formato.clave in unidad.claves and modelo.select(modelo.id).where(
            modelo.sujeto_id == unidad.sujeto_id, modelo.estado == "devuelto").first()
        if registro:
            assert unidad.sujeto_id is not None
            observe(unidad, foto.tablas[formato.clave], Pedido(
                unidad.sujeto_id, "El documento adjunto no corresponde con lo que dice el registro. Adjunte el correcto o "
                "aclare la diferencia en la nota.", 3, nuevo_id(), registro.id))
            return


def _read_almost_all(equipo: Equipo) -> None:
    """Deja leídos los avisos viejos: en una oficina en uso no están todos por leer."""
    suyas = Entrada.sujeto_id == equipo.unidad.sujeto_id
    Entrada.update(sin_leer=False, leida_en=ahora(), llave=None).where(suyas).execute()
    for persona in (equipo.unidad, *equipo.administradores, *equipo.capturistas):
        ultimas = [fila.id for fila in Entrada.select(Entrada.id).where(
            suyas, Entrada.usuario_id == persona.id).order_by(Entrada.orden.desc()).limit(SIN_LEER)]
        Entrada.update(sin_leer=True, leida_en=None).where(suyas, Entrada.id.in_(ultimas or [0])).execute()
