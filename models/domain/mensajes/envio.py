"""Enviar: a quiénes, en cuántas conversaciones, y quedan fijos.

Si todos los que reciben se pueden escribir entre sí, es una sola conversación. Si no (toda la institución, dos capturistas),
cada quien tiene la suya con quien escribe: contestar nunca llega a alguien a quien no se le podría escribir.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from peewee import IntegrityError

from fracciones_config import Catalogo
from models.base import db
from models.domain.errores import ActoImposible
from models.domain.mensajes.destinos import destinos_de, resolve
from models.domain.mensajes.textos import read_asunto, read_texto, searchable, summary_of
from models.domain.mensajes.trato import Contacto, como_contacto, contactos_de, se_tratan
from models.domain.permissions import Actor, Rol
from models.folios import nuevo_id
from models.mensajes import Entrada, Hilo, Mensaje
from models.reloj import ahora

POR_INSERCION = 200


@dataclass(frozen=True, slots=True)
class Carta:
    """Un mensaje por enviar. ``envio`` es el id con que se empezó a escribir: enviarlo dos veces es enviarlo una."""

    asunto: str
    texto: str
    para: tuple[str, ...]
    envio: int


@dataclass(frozen=True, slots=True)
class Envio:
    """Lo enviado: la primera conversación, cuántas son y a cuántas personas. ``repetido`` si ya estaba."""

    hilo_id: int
    conversaciones: int
    personas: int
    repetido: bool = False


def send(actor: Actor, carta: Carta, catalogo: Catalogo) -> Envio:
    """Manda la carta. Lanza ``ActoImposible`` con lo que falta; entonces no se mandó nada."""
    require_writes(actor)
    asunto, texto = read_asunto(carta.asunto), read_texto(carta.texto)
    contactos = contactos_de(actor, catalogo)
    ids, para = resolve(carta.para, destinos_de(actor, contactos, catalogo))
    reciben = [contacto for contacto in contactos if contacto.id in ids]
    yo, grupos = como_contacto(actor), conversations_of(reciben)
    try:
        with db.atomic():
            _write(yo, [(grupo, para) for grupo in grupos], asunto, texto, carta.envio)
    except IntegrityError as error:
        if _ya_enviada(yo, carta.envio):
            return Envio(carta.envio, len(grupos), len(reciben), repetido=True)
        raise ActoImposible("No se pudo enviar; vuelva a cargar la página e intente otra vez.") from error
    return Envio(carta.envio, len(grupos), len(reciben))


def require_writes(actor: Actor) -> None:
    """Lanza ``ActoImposible`` si su institución se extinguió: su gente lee, y ya no escribe."""
    if actor.solo_lectura:
        raise ActoImposible("Su institución se declaró extinta: puede leer sus mensajes, pero ya no escribir.")


def conversations_of(reciben: Iterable[Contacto]) -> list[list[Contacto]]:
    """En cuántas conversaciones se reparte un envío. El órgano garante es un equipo, y cada Unidad es otro."""
    todos = list(reciben)
    if all(se_tratan(una, otra) for una, otra in combinations(todos, 2)):
        return [todos] if todos else []
    equipos: dict[Any, list[Contacto]] = {}
    for contacto in todos:
        es_equipo = contacto.rol in (Rol.GARANTE, Rol.UNIDAD)
        equipos.setdefault((contacto.rol, contacto.sujeto_id) if es_equipo else contacto.id, []).append(contacto)
    return list(equipos.values())


def entrada_de(quien: Contacto, hilo: dict[str, Any], mensaje: dict[str, Any], **mas: Any) -> dict[str, Any]:
    """El renglón que una conversación ocupa en el buzón de alguien."""
    de = mas.pop("de", mensaje["autor_nombre"])
    resumen = summary_of(mensaje["texto"])
    return {"sujeto_id": quien.particion, "id": nuevo_id(), "usuario_id": quien.id, "tipo": hilo["tipo"], "acto": "",
            "asunto": hilo["asunto"], "de": de, "de_rol": mensaje["autor_rol"], "texto": resumen,
            "busca": searchable(hilo["asunto"], de, resumen), "hilo_id": hilo["id"], "en": hilo["sujeto_id"],
            "envio": hilo["envio"], "llave": f"hilo:{hilo['id']}", "sin_leer": True, "leida_en": None, "recibida": True,
            "enviada": False, "orden": mensaje["id"], "n": 1, "clave": None, "registro_id": None} | mas


def mensaje_de(autor: Contacto, sujeto_id: int, hilo_id: int, texto: str, identificador: int | None = None) -> dict[str, Any]:
    """La fila de un mensaje."""
    return {"sujeto_id": sujeto_id, "id": identificador or nuevo_id(), "hilo_id": hilo_id, "autor_id": autor.id,
            "autor_nombre": autor.nombre, "autor_rol": str(autor.rol), "texto": texto, "creado_en": ahora()}


def insert_all(modelo: type, filas: list[dict[str, Any]]) -> None:
    """Inserta por tandas."""
    for i in range(0, len(filas), POR_INSERCION):
        modelo.insert_many(filas[i:i + POR_INSERCION]).execute()  # type: ignore[attr-defined]


def _write(yo: Contacto, grupos: list[tuple[list[Contacto], str]], asunto: str, texto: str, envio: int) -> None:
    """La primera conversación lleva el id del envío: un segundo intento choca con él, y no entra nada."""
    hilos, mensajes, entradas = [], [], []
    for numero, (grupo, para) in enumerate(grupos):
        sujeto_id = yo.particion or grupo[0].particion
        hilo_id = nuevo_id() if numero else envio
        hilo = {"sujeto_id": sujeto_id, "id": hilo_id, "tipo": "mensaje", "asunto": asunto,
                "para": para, "envio": envio, "abierto_por": yo.id, "creado_en": ahora()}
        mensaje = mensaje_de(yo, sujeto_id, hilo_id, texto)
        hilos.append(hilo)
        mensajes.append(mensaje)
        entradas += [entrada_de(contacto, hilo, mensaje) for contacto in grupo]
        entradas.append(entrada_de(yo, hilo, mensaje, de=para if not numero else names_of(grupo), sin_leer=False,
                                   leida_en=ahora(), recibida=False, enviada=not numero))
    insert_all(Hilo, hilos)
    insert_all(Mensaje, mensajes)
    insert_all(Entrada, entradas)


def names_of(grupo: list[Contacto]) -> str:
    """Los nombres de un grupo, los primeros."""
    nombres = [contacto.nombre for contacto in grupo]
    return ", ".join(nombres[:3]) + (f" y {len(nombres) - 3} más" if len(nombres) > 3 else "")


def _ya_enviada(yo: Contacto, envio: int) -> bool:
    return bool(Entrada.select().where(
        Entrada.sujeto_id == yo.particion, Entrada.usuario_id == yo.id, Entrada.hilo_id == envio).exists())
