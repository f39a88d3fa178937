"""Los borradores: lo que se va tecleando se guarda solo, para esa persona y esa hoja, hasta que se guarde de verdad."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.base import db
from models.borradores import Borrador, Entrega
from models.domain.errores import NoExiste, NoPermitido, ReglaRota
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.folios import a_folio, de_folio, nuevo_id
from models.formatos import Tabla
from models.reloj import ahora
from models.usuarios import Usuario

TAMANO_MAXIMO = 256 * 1024
"""Caracteres de un borrador. Un formulario lleno ronda los 20 mil; una tabla de 500 renglones, los 200 mil."""

POR_PERSONA = 50
ENTRE = 1000
"""Milisegundos entre dos guardados del mismo borrador."""

VIDA = 60 * 86_400_000
"""Milisegundos que dura un borrador que nadie toca."""

Campos = Sequence[tuple[str, str]]


class BorradorInvalido(ReglaRota):
    """El borrador no cabe, o ya hay demasiados: el mensaje dice qué hacer."""


class DemasiadoPronto(ReglaRota):
    """Se guardó hace menos de un segundo: basta con volver a intentarlo."""

    def __init__(self) -> None:
        super().__init__("Espere un segundo.")


@dataclass(frozen=True, slots=True)
class DeQue:
    """De qué hoja es un borrador: la de un registro nuevo (su número de envío), o la de uno que se edita."""

    envio: str
    folio: str = ""
    version: int = 0

    @property
    def llave(self) -> str:
        return self.folio or self.envio


def save_borrador(actor: Actor, tabla: Tabla, de_que: DeQue, campos: Campos) -> Borrador | None:
    """Guarda lo que va tecleado. ``None`` si esa hoja ya se entregó: es una señal que llegó tarde.

    Lanza ``NoPermitido``, ``NoExiste``, ``BorradorInvalido`` o ``DemasiadoPronto``.
    """
    texto = json.dumps([[nombre, valor] for nombre, valor in campos], ensure_ascii=False)
    if len(texto) > TAMANO_MAXIMO:
        raise BorradorInvalido("Lo escrito es demasiado largo para guardarlo como borrador: oprima Guardar.")
    registro = _require_hoja(actor, tabla, de_que)
    with db.atomic():
        if _ya_se_entrego(actor, tabla, de_que):
            return None
        previo = find_de_hoja(actor, tabla.clave, de_que.llave)
        instante = ahora()
        if previo is None:
            return _create(actor, tabla, de_que, registro, texto, instante)
        if 0 <= instante - previo.cambiado_en < ENTRE:
            raise DemasiadoPronto()
        Borrador.update(campos=texto, version=de_que.version, cambiado_en=instante).where(
            Borrador.sujeto_id == previo.sujeto_id, Borrador.id == previo.id).execute()
    return find_borrador(actor, previo.id)


def find_borrador(actor: Actor, identificador: int) -> Borrador:
    """El borrador, si es de esta persona. Lanza ``NoExiste``."""
    suyo = Borrador.get_or_none(Borrador.sujeto_id == actor.sujeto_id, Borrador.id == identificador,
                                Borrador.usuario_id == actor.id)
    if suyo is None:
        raise NoExiste()
    return suyo  # type: ignore[no-any-return]


def find_de_hoja(actor: Actor, clave: str, llave: str) -> Borrador | None:
    """El borrador que esta persona tiene de una hoja."""
    return Borrador.get_or_none(  # type: ignore[no-any-return]
        Borrador.sujeto_id == actor.sujeto_id, Borrador.usuario_id == actor.id, Borrador.clave == clave,
        Borrador.llave == llave)


def borradores_de(actor: Actor, clave: str | None = None, con_lo_escrito: bool = True) -> list[Borrador]:
    """Los de esta persona en los formatos que hoy lleva, el más reciente primero.

    Sin ``con_lo_escrito`` no se lee lo tecleado, que puede ser mucho: para decir cuántos son o cuándo, no hace falta.
    """
    columnas = [campo for nombre, campo in Borrador._meta.fields.items() if con_lo_escrito or nombre != "campos"]
    suyos = Borrador.select(*columnas).where(Borrador.sujeto_id == actor.sujeto_id, Borrador.usuario_id == actor.id)
    if clave is not None:
        suyos = suyos.where(Borrador.clave == clave)
    return [uno for uno in suyos.order_by(Borrador.cambiado_en.desc(), Borrador.id) if uno.clave in actor.claves]


def read_campos(borrador: Borrador) -> list[tuple[str, str]]:
    """Lo tecleado, como lo mandaría el formulario."""
    return [(nombre, valor) for nombre, valor in json.loads(borrador.campos)]


def discard(actor: Actor, identificador: int) -> None:
    """Tira un borrador propio. Lanza ``NoExiste``."""
    suyo = find_borrador(actor, identificador)
    Borrador.delete().where(Borrador.sujeto_id == suyo.sujeto_id, Borrador.id == suyo.id).execute()


def discard_de_hojas(actor: Actor, clave: str, llaves: Iterable[str], borrador: int | None = None) -> None:
    """Tira los de unas hojas que ya se guardaron, y el que se recuperó. En la transacción de quien las guarda."""
    Borrador.delete().where(
        Borrador.sujeto_id == actor.sujeto_id, Borrador.usuario_id == actor.id, Borrador.clave == clave,
        Borrador.llave.in_(sorted(set(llaves))) | (Borrador.id == (borrador or 0))).execute()


def hand_over_borradores(de: Usuario, a: Usuario) -> int:
    """Pasa a otra cuenta los borradores de quien se va. En la transacción de quien releva. Da cuántos eran."""
    suyos = list(Borrador.select().where(Borrador.sujeto_id == de.sujeto_id, Borrador.usuario_id == de.id))
    ocupadas = set(Borrador.select(Borrador.clave, Borrador.llave).where(
        Borrador.sujeto_id == a.sujeto_id, Borrador.usuario_id == a.id).tuples())
    for uno in suyos:
        repetida = (uno.clave, uno.llave) in ocupadas
        Borrador.update(usuario_id=a.id, llave=f"{uno.llave}~{a_folio(uno.id)}" if repetida else uno.llave).where(
            Borrador.sujeto_id == uno.sujeto_id, Borrador.id == uno.id).execute()
    return len(suyos)


def purge_viejos() -> int:
    """Borra los borradores que nadie ha tocado en ``VIDA`` y las entregas que ya no pueden repetirse. Da cuántos borradores."""
    limite = ahora() - VIDA
    Entrega.delete().where(Entrega.instante < limite).execute()
    return int(Borrador.delete().where(Borrador.cambiado_en < limite).execute())


def _require_hoja(actor: Actor, tabla: Tabla, de_que: DeQue) -> int | None:
    """El id del registro que se edita, si la persona puede editarlo; ``None`` si es nuevo y puede capturarlo."""
    if actor.sujeto_id is None or not puede(actor, Accion.CAPTURAR, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido("Ese formato no está a su cargo.")
    if not de_que.folio:
        return None
    try:
        registro = de_folio(de_que.folio)
    except ValueError as error:
        raise NoExiste() from error
    modelo = tabla.trabajo
    if not modelo.select().where(*condiciones(actor, Accion.EDITAR, tabla), modelo.id == registro).exists():
        raise NoExiste()
    return registro


def _ya_se_entrego(actor: Actor, tabla: Tabla, de_que: DeQue) -> bool:
    modelo: Any = Entrega if de_que.folio else tabla.trabajo
    return bool(modelo.select().where(modelo.sujeto_id == actor.sujeto_id, modelo.envio == de_que.envio).exists())


def _create(actor: Actor, tabla: Tabla, de_que: DeQue, registro: int | None, texto: str, instante: int) -> Borrador:
    suyos = Borrador.select().where(Borrador.sujeto_id == actor.sujeto_id, Borrador.usuario_id == actor.id)
    if suyos.count() >= POR_PERSONA:
        raise BorradorInvalido(f"Ya tiene {POR_PERSONA} borradores: descarte en «Mis borradores» los que no vaya a usar.")
    identificador = nuevo_id()
    Borrador.insert(
        sujeto_id=actor.sujeto_id, id=identificador, usuario_id=actor.id, clave=tabla.clave, llave=de_que.llave,
        registro_id=registro, version=de_que.version, campos=texto, creado_en=instante, cambiado_en=instante,
    ).on_conflict_ignore().execute()  # dos señales a la vez: basta con la primera
    previo = find_de_hoja(actor, tabla.clave, de_que.llave)
    assert previo is not None
    return previo


def known_campos(tabla: Tabla, campos: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """De lo que llegó, solo lo que es del formato: nada de testigos, números de envío ni campos inventados."""
    nombres = tabla.formato.por_nombre.keys() | {"personales_motivo"}
    return [(llave, valor) for llave, valores in campos.items()
            if llave.partition("__")[0].partition("-")[0] in nombres for valor in valores]
