"""El resumen de cada día por correo: a cada quien uno, y nunca dos.

Antes de mandar se aparta el envío en la base (``tomado``) y se confirma: dos procesos nunca mandan el mismo, y si matan a uno
a la mitad ese día no se vuelve a intentar, porque nadie sabe si alcanzó a salir (cuando más una vez). Lo que se perdió sigue
sin leer y va en el resumen del día siguiente. Si el servidor dijo que no lo recibió, entonces sí se reintenta.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from models.base import db
from models.domain.mensajes.resumen import Resumen, make_resumen, recipients
from models.mensajes import DEL_GARANTE, ResumenCorreo, TareaDiaria
from models.presentacion.fechas import momento
from models.presentacion.numeros import contar
from models.reloj import ahora, dia_de
from models.servicio.smtp import Cartero, Dudoso, NoEntregado, Rechazado, Smtp
from models.sujetos import SujetoObligado
from models.usuarios import Usuario

registro = logging.getLogger("ipomex.correo")

TAREA = "resumen"
INTENTOS = 8
MINUTO = 60_000
PAUSA_MAXIMA = 60
"""Minutos entre intentos, cuando más: 1, 2, 4, 8…"""


@dataclass(slots=True)
class Hecho:
    """Lo que pasó en una vuelta. ``caido``: el servidor no contesta y se dejó para después."""

    enviados: int = 0
    fallidos: int = 0
    caido: bool = False


def send_resumenes(smtp: Smtp, direccion: str) -> Hecho:
    """Manda los de hoy que falten. ``direccion`` es la del sitio (``https://…``), o vacía. Nunca lanza por el correo."""
    hecho, dia = Hecho(), dia_de(ahora()).isoformat()
    particiones = [DEL_GARANTE, *(fila.id for fila in SujetoObligado.select(SujetoObligado.id))]
    hechas = {fila.sujeto_id for fila in TareaDiaria.select().where(
        TareaDiaria.sujeto_id.in_(particiones), TareaDiaria.tarea == TAREA, TareaDiaria.dia == dia)}
    with Cartero(smtp) as cartero:
        for cuenta in _por_reintentar(particiones, dia):
            _send_one(cartero, cuenta, dia, direccion, hecho)
        for particion in particiones:
            if particion in hechas:
                continue
            for cuenta in recipients(particion):
                _send_one(cartero, cuenta, dia, direccion, hecho)
                if hecho.caido:
                    return hecho
            TareaDiaria.insert(sujeto_id=particion, tarea=TAREA, dia=dia).on_conflict_ignore().execute()
    return hecho


def _por_reintentar(particiones: list[int], dia: str) -> Iterable[Usuario]:
    pendientes = [fila.usuario_id for fila in ResumenCorreo.select().where(
        ResumenCorreo.sujeto_id.in_(particiones), ResumenCorreo.dia == dia, ResumenCorreo.situacion == "pendiente",
        ResumenCorreo.siguiente <= ahora())]
    return list(Usuario.select().where(Usuario.id.in_(pendientes or [0]), Usuario.correo.is_null(False), Usuario.activo))


def _send_one(cartero: Cartero, cuenta: Usuario, dia: str, direccion: str, hecho: Hecho) -> None:
    resumen = make_resumen(cuenta)
    if hecho.caido or resumen is None or not _take(resumen, dia):
        return
    try:
        cartero.deliver(build_mensaje(resumen, dia, cartero.smtp.de, direccion))
    except NoEntregado as error:
        hecho.caido = True
        _put_off(resumen, dia, str(error))
        registro.warning("el servidor de correo no recibió: %s; se reintentará", error)
    except Rechazado as error:
        hecho.fallidos += 1
        _close(resumen, dia, "fallido", str(error))
    except Dudoso as error:
        hecho.fallidos += 1
        _close(resumen, dia, "enviado", f"dudoso: {error}")
    else:
        hecho.enviados += 1
        _close(resumen, dia, "enviado")


def _take(resumen: Resumen, dia: str) -> bool:
    """Aparta el envío, y lo confirma antes de mandar. Falso si ya lo tiene otro o ya se mandó hoy."""
    with db.atomic():
        nuevo = ResumenCorreo.insert(
            sujeto_id=resumen.particion, usuario_id=resumen.usuario_id, dia=dia, situacion="tomado", hasta=resumen.hasta,
            intentos=1).on_conflict_ignore().as_rowcount().execute()
        return bool(nuevo or ResumenCorreo.update(
            situacion="tomado", hasta=resumen.hasta, intentos=ResumenCorreo.intentos + 1).where(
            *_suyo(resumen, dia), ResumenCorreo.situacion == "pendiente", ResumenCorreo.siguiente <= ahora()).execute())


def _put_off(resumen: Resumen, dia: str, error: str) -> None:
    """Lo deja para después, cada vez más tarde; pasados ``INTENTOS`` ya no se intenta ese día."""
    fila = ResumenCorreo.get(*_suyo(resumen, dia))
    if fila.intentos >= INTENTOS:
        _close(resumen, dia, "fallido", error)
        return
    pausa = min(2 ** (fila.intentos - 1), PAUSA_MAXIMA) * MINUTO
    ResumenCorreo.update(situacion="pendiente", siguiente=ahora() + pausa, error=error).where(*_suyo(resumen, dia)).execute()


def _close(resumen: Resumen, dia: str, situacion: str, error: str | None = None) -> None:
    ResumenCorreo.update(situacion=situacion, error=error).where(*_suyo(resumen, dia)).execute()


def _suyo(resumen: Resumen, dia: str) -> tuple[object, ...]:
    return (ResumenCorreo.sujeto_id == resumen.particion, ResumenCorreo.usuario_id == resumen.usuario_id,
            ResumenCorreo.dia == dia)


def build_mensaje(resumen: Resumen, dia: str, de: str, direccion: str) -> EmailMessage:
    """El correo: texto y HTML con lo mismo."""
    total = "más de 99 mensajes" if resumen.total > 99 else contar(resumen.total, "mensaje", "mensajes")
    mas = resumen.total - len(resumen.renglones)
    renglones = resumen.renglones + ([f"y {mas} más"] if mas > 0 else [])
    correo = EmailMessage()
    correo["Subject"], correo["From"], correo["To"] = f"IPOMEX: {total} sin leer", f"IPOMEX <{de}>", resumen.correo
    correo["Date"] = format_datetime(momento(ahora()))
    correo["Message-ID"] = f"<resumen-{resumen.usuario_id}-{dia}@{de.rpartition('@')[2]}>"
    correo["Auto-Submitted"], correo["Content-Language"] = "auto-generated", "es-MX"
    if direccion:
        correo["List-Unsubscribe"] = f"<{direccion}/ipo/mensajes/preferencias>"
    donde = f"{direccion}/ipo/mensajes" if direccion else "la oficina de IPOMEX, en «Mensajes»"
    baja = "Para dejar de recibir este resumen, entre a «Mensajes» y elija «Avisos por correo»."
    correo.set_content("\n".join([
        f"{resumen.nombre}:", "", f"Tiene {total} sin leer:", "", *(f"- {r}" for r in renglones), "", f"Léalos en {donde}.", "",
        baja, ""]))
    liga = f'<a href="{html.escape(donde)}">{html.escape(donde)}</a>' if direccion else html.escape(donde)
    correo.add_alternative(
        f'<!doctype html><html lang="es-MX"><body><p>{html.escape(resumen.nombre)}:</p><p>Tiene {total} sin leer:</p><ul>'
        + "".join(f"<li>{html.escape(r)}</li>" for r in renglones)
        + f"</ul><p>Léalos en {liga}.</p><p><small>{html.escape(baja)}</small></p></body></html>", subtype="html")
    return correo
