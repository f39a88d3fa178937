"""Lo que el trabajador hace por su cuenta cada día: avisar de los plazos y mandar los resúmenes por correo."""

from __future__ import annotations

from models.domain.catalogo_vigente import vigente
from models.domain.mensajes.plazos import notify_plazos_de_todos
from models.presentacion.fechas import momento
from models.reloj import ahora, hoy
from models.servicio.correo_diario import send_resumenes
from models.servicio.entorno import Entorno
from models.servicio.smtp import Smtp, read_smtp

MIRADA = 60.0
"""Segundos entre miradas: pregunta qué falta, y casi siempre no falta nada."""

DESDE = 7
"""La hora de la Ciudad de México desde la que se manda el correo."""

PAUSA, PAUSA_MAXIMA = 60_000, 3_600_000
"""Milisegundos que se deja en paz a un servidor de correo que no contesta: se duplican hasta una hora."""


class Diario:
    """Las tareas del día. Un servidor de correo caído no estorba a nada más."""

    def __init__(self, entorno: Entorno) -> None:
        self.smtp: Smtp | None = read_smtp(entorno.smtp) if entorno.smtp else None
        self.direccion = entorno.direccion
        self.caidas = 0
        self.no_antes = 0

    def look(self) -> None:
        """Una mirada: hace lo que hoy falte."""
        notify_plazos_de_todos(vigente.recargar().catalogo, hoy())
        if self.smtp is None or momento(ahora()).hour < DESDE or ahora() < self.no_antes:
            return
        if send_resumenes(self.smtp, self.direccion).caido:
            self.no_antes = ahora() + min(PAUSA * 2 ** self.caidas, PAUSA_MAXIMA)
            self.caidas = min(self.caidas + 1, 10)
        else:
            self.caidas = 0
