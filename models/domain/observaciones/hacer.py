"""Hacer una observación: de qué habla, a quiénes les llega y para cuándo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import IntegrityError

from models.base import db
from models.domain.dias_habiles import add_habiles
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.mensajes.de_actos import holders_of
from models.domain.mensajes.envio import entrada_de, insert_all, mensaje_de
from models.domain.mensajes.textos import read_texto
from models.domain.mensajes.trato import Contacto, como_contacto
from models.domain.observaciones.reglas import ORIGEN_DE, Situacion, puede_observar
from models.domain.permissions import Accion, Actor, Objeto, Rol, condiciones
from models.formatos import Tabla
from models.mensajes import Entrada, Hilo, Mensaje, Observacion
from models.presentacion.registro import title_of
from models.reloj import ahora, hoy
from models.usuarios import Usuario

DIAS = 60
"""Días hábiles que se pueden dar, cuando más."""


@dataclass(frozen=True, slots=True)
class Pedido:
    """Una observación por hacer. ``envio`` es el id con que se empezó a escribir: hacerla dos veces es hacerla una."""

    sujeto_id: int
    texto: str
    dias: int
    envio: int
    registro_id: int | None = None
    campo: str | None = None


def observe(actor: Actor, tabla: Tabla, pedido: Pedido) -> Observacion:
    """La hace y avisa. Lanza ``ActoImposible``, ``NoPermitido`` o ``NoExiste``; entonces no queda nada."""
    texto = read_texto(pedido.texto, "qué hay que corregir o aclarar")
    if not 1 <= pedido.dias <= DIAS:
        raise ActoImposible(f"Dé de 1 a {DIAS} días hábiles para atenderla.")
    if pedido.campo is not None and pedido.campo not in tabla.formato.por_nombre:
        raise ActoImposible("Ese dato ya no está en el formato; elija otro.")
    fila, titulo = _find_fila(actor, tabla, pedido)
    objeto = Objeto(pedido.sujeto_id, tabla.clave) if fila is None else Objeto.de_fila(tabla.clave, fila)
    if not puede_observar(actor, objeto):
        raise NoPermitido("Su perfil no permite hacer observaciones en ese formato.")
    try:
        with db.atomic():
            return _write(actor, tabla, pedido, fila, titulo, texto)
    except IntegrityError as error:
        previa = Observacion.get_or_none(Observacion.sujeto_id == pedido.sujeto_id, Observacion.id == pedido.envio,
                                         Observacion.hecha_por == actor.id)
        if previa is None:
            raise ActoImposible("No se pudo guardar; vuelva a cargar la página e intente otra vez.") from error
        return previa  # type: ignore[no-any-return]


def find_observable(actor: Actor, tabla: Tabla, sujeto_id: int, registro_id: int | None) -> str:
    """El nombre de lo que se va a observar. Lanza ``NoExiste`` si no lo puede ver."""
    fila, titulo = _find_fila(actor, tabla, Pedido(sujeto_id, "", 0, 0, registro_id))
    objeto = Objeto(sujeto_id, tabla.clave) if fila is None else Objeto.de_fila(tabla.clave, fila)
    if not puede_observar(actor, objeto):
        raise NoExiste()
    return titulo


def _find_fila(actor: Actor, tabla: Tabla, pedido: Pedido) -> tuple[Any, str]:
    """La fila de trabajo y el título. El órgano garante solo alcanza lo público, y lee el título de ahí."""
    if pedido.registro_id is None:
        return None, tabla.formato.nombre_corto
    trabajo, publica = tabla.trabajo, tabla.publica
    if actor.rol is Rol.GARANTE:
        copia = publica.get_or_none(publica.sujeto_id == pedido.sujeto_id, publica.id == pedido.registro_id)
        fila = copia and trabajo.get_or_none(trabajo.sujeto_id == pedido.sujeto_id, trabajo.id == pedido.registro_id)
    else:
        copia = fila = trabajo.select().where(
            *condiciones(actor, Accion.OBSERVAR, tabla), trabajo.sujeto_id == pedido.sujeto_id,
            trabajo.id == pedido.registro_id).first()
    if fila is None:
        raise NoExiste()
    return fila, title_of(tabla.formato, copia)


def _write(actor: Actor, tabla: Tabla, pedido: Pedido, fila: Any, titulo: str, texto: str) -> Observacion:
    yo = como_contacto(actor)
    vence = add_habiles(hoy(), pedido.dias)
    hilo = {"sujeto_id": pedido.sujeto_id, "id": pedido.envio, "tipo": "observacion", "asunto": f"Observación: {titulo}"[:200],
            "para": tabla.formato.nombre_corto, "envio": pedido.envio, "abierto_por": actor.id, "creado_en": ahora()}
    mensaje = mensaje_de(yo, pedido.sujeto_id, pedido.envio, texto)
    Hilo.insert(**hilo).execute()
    Mensaje.insert(**mensaje).execute()
    comun = {"clave": tabla.clave, "registro_id": pedido.registro_id}
    reciben = list(_reciben(actor, tabla, pedido.sujeto_id, fila))
    insert_all(Entrada, [entrada_de(quien, hilo, mensaje, **comun) for quien in reciben])
    Entrada.insert(**entrada_de(yo, hilo, mensaje, **comun, de=tabla.formato.nombre_corto, sin_leer=False, leida_en=ahora(),
                                recibida=False, enviada=True)).execute()
    return Observacion.create(  # type: ignore[no-any-return]
        sujeto_id=pedido.sujeto_id, id=pedido.envio, **comun, campo=pedido.campo, titulo=titulo, origen=ORIGEN_DE[actor.rol],
        hecha_por=actor.id, responsable_id=actor.id, a_cargo_de=fila.a_cargo_de if fila is not None else None,
        area_id=fila.area_responsable if fila is not None else None, vence=vence, situacion=Situacion.ABIERTA)


def _reciben(actor: Actor, tabla: Tabla, sujeto_id: int, fila: Any) -> Iterable[Contacto]:
    """La Unidad, quienes administran el formato y quien tiene el registro a su cargo (o todos los que lo llevan)."""
    ids = {usuario_id for usuario_id, areas in holders_of(sujeto_id, tabla.formato, Rol.ADMINISTRADOR).items()
           if fila is None or areas is None or fila.area_responsable in areas}
    if fila is None:
        ids |= holders_of(sujeto_id, tabla.formato, Rol.CAPTURISTA).keys()
    else:
        ids.add(fila.a_cargo_de)
    cuentas = Usuario.select().where(
        Usuario.sujeto_id == sujeto_id, Usuario.activo, (Usuario.rol == Rol.UNIDAD) | Usuario.id.in_(sorted(ids)))
    return (Contacto(u.id, u.nombre, Rol(u.rol), u.sujeto_id) for u in cuentas if u.id != actor.id)
