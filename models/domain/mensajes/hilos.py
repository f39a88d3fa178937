"""Una conversación: leerla, contestar y saber quién la ha leído."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import Case, IntegrityError

from models.base import db
from models.domain.errores import NoExiste
from models.domain.mensajes.envio import entrada_de, mensaje_de, require_writes
from models.domain.mensajes.textos import read_texto, searchable, summary_of
from models.domain.mensajes.trato import como_contacto, particion_de
from models.domain.permissions import Actor
from models.folios import nuevo_id
from models.mensajes import DEL_GARANTE, Entrada, Hilo, Mensaje
from models.reloj import ahora
from models.usuarios import Usuario

MENSAJES = 300
"""Los últimos que se enseñan de una conversación."""


@dataclass(frozen=True, slots=True)
class Participante:
    """Alguien de la conversación; ``leida_en`` es cuándo leyó lo último, y nulo si no lo ha leído."""

    id: int
    nombre: str
    rol: str
    leida_en: int | None


@dataclass(frozen=True, slots=True)
class Conversacion:
    """Un hilo con lo que se ha escrito y quiénes están; ``copias`` son las otras conversaciones del mismo envío."""

    hilo: Hilo
    entrada: Entrada
    mensajes: list[Mensaje]
    participantes: list[Participante]
    copias: list[Entrada]


def find_entrada(actor: Actor, identificador: int) -> Entrada:
    """Una entrada de su buzón, por su id o por el de la conversación. Lanza ``NoExiste``."""
    suya = (Entrada.sujeto_id == particion_de(actor.sujeto_id)) & (Entrada.usuario_id == actor.id)
    entrada = (Entrada.get_or_none(suya, Entrada.id == identificador)
               or Entrada.get_or_none(suya, Entrada.hilo_id == identificador))
    if entrada is None:
        raise NoExiste()
    return entrada  # type: ignore[no-any-return]


def read_conversacion(actor: Actor, entrada: Entrada) -> Conversacion:
    """La conversación de una entrada suya. Lanza ``NoExiste`` si la entrada es un aviso."""
    hilo = Hilo.get_or_none(Hilo.sujeto_id == entrada.en, Hilo.id == entrada.hilo_id)
    if hilo is None:
        raise NoExiste()
    return Conversacion(hilo, entrada, read_hilo(hilo.sujeto_id, hilo.id), _participantes(hilo), _copias(hilo, actor))


def read_hilo(sujeto_id: int, hilo_id: int) -> list[Mensaje]:
    """Lo escrito en una conversación, en su orden; lo último, si es muy larga. Quién puede leerla lo ve quien llama."""
    return list(Mensaje.select().where(Mensaje.sujeto_id == sujeto_id, Mensaje.hilo_id == hilo_id)
                .order_by(Mensaje.creado_en.desc(), Mensaje.id.desc()).limit(MENSAJES))[::-1]


def mark_read(entrada: Entrada) -> None:
    """La da por leída. Un aviso leído suelta su llave: lo que pase después llega en otro."""
    if not entrada.sin_leer:
        return
    suelta = Case(None, [(Entrada.llave.startswith("acto:"), None)], Entrada.llave)
    Entrada.update(sin_leer=False, leida_en=ahora(), llave=suelta).where(
        Entrada.sujeto_id == entrada.sujeto_id, Entrada.id == entrada.id).execute()


def mark_unread(entrada: Entrada) -> None:
    """La deja otra vez por leer."""
    Entrada.update(sin_leer=True).where(Entrada.sujeto_id == entrada.sujeto_id, Entrada.id == entrada.id).execute()


def mark_all_read(actor: Actor) -> int:
    """Da por leído todo lo que hay en su buzón; da cuántas."""
    suelta = Case(None, [(Entrada.llave.startswith("acto:"), None)], Entrada.llave)
    return int(Entrada.update(sin_leer=False, leida_en=ahora(), llave=suelta).where(
        Entrada.sujeto_id == particion_de(actor.sujeto_id), Entrada.usuario_id == actor.id, Entrada.sin_leer).execute())


def answer(actor: Actor, entrada: Entrada, crudo: str, envio: int) -> bool:
    """Contesta a todos los de la conversación. Falso si ese envío ya estaba. Lanza ``ActoImposible`` o ``NoExiste``."""
    texto = read_texto(crudo, "la respuesta")
    hilo = Hilo.get_or_none(Hilo.sujeto_id == entrada.en, Hilo.id == entrada.hilo_id)
    if hilo is None:
        raise NoExiste()
    try:
        with db.atomic():
            append(actor, hilo, texto, envio)
    except IntegrityError:
        return False
    return True


def append(actor: Actor, hilo: Hilo, texto: str, envio: int | None = None) -> None:
    """Agrega un mensaje a la conversación y lo pone por leer a los demás. En la transacción de quien llama."""
    require_writes(actor)
    yo = como_contacto(actor)
    mensaje = mensaje_de(yo, hilo.sujeto_id, hilo.id, texto, envio)
    Mensaje.insert(**mensaje).execute()
    resumen = summary_of(texto)
    dicho = {"texto": resumen, "orden": nuevo_id(), "tipo": hilo.tipo}
    Entrada.update(**dicho, de=yo.nombre, de_rol=str(yo.rol), busca=searchable(hilo.asunto, yo.nombre, resumen),
                   sin_leer=True, recibida=True).where(*_del_hilo(hilo), Entrada.usuario_id != yo.id).execute()
    Entrada.update(**dicho, enviada=True, sin_leer=False, leida_en=ahora()).where(
        *_del_hilo(hilo), Entrada.usuario_id == yo.id).execute()


def ensure_entrada(actor: Actor, hilo: Hilo) -> None:
    """Pone la conversación en el buzón de quien escribe en ella, si no la tenía."""
    yo = como_contacto(actor)
    resto = {"sujeto_id": hilo.sujeto_id, "id": hilo.id, "tipo": hilo.tipo, "asunto": hilo.asunto, "envio": hilo.envio}
    vacio = {"autor_nombre": actor.nombre, "autor_rol": str(actor.rol), "texto": "", "id": hilo.id}
    Entrada.insert(**entrada_de(yo, resto, vacio, sin_leer=False, recibida=False)).on_conflict_ignore().execute()


def _del_hilo(hilo: Hilo) -> tuple[Any, ...]:
    """Las entradas de una conversación: las de su institución y las del órgano garante."""
    return Entrada.sujeto_id.in_([hilo.sujeto_id, DEL_GARANTE]), Entrada.hilo_id == hilo.id


def _participantes(hilo: Hilo) -> list[Participante]:
    filas = {entrada.usuario_id: entrada for entrada in Entrada.select().where(*_del_hilo(hilo))}
    cuentas = Usuario.select(Usuario.id, Usuario.nombre, Usuario.rol).where(Usuario.id.in_(sorted(filas)))
    return [Participante(u.id, u.nombre, u.rol, None if filas[u.id].sin_leer else filas[u.id].leida_en)
            for u in cuentas.order_by(Usuario.rol, Usuario.nombre)]


def _copias(hilo: Hilo, actor: Actor) -> list[Entrada]:
    """Las otras conversaciones del mismo envío; solo las ve quien lo mandó."""
    if hilo.abierto_por != actor.id:
        return []
    return list(Entrada.select().where(
        Entrada.sujeto_id == particion_de(actor.sujeto_id), Entrada.usuario_id == actor.id, Entrada.envio == hilo.envio,
        Entrada.hilo_id != hilo.id).order_by(Entrada.id).limit(500))
