"""El volcado de cada noche: se encarga una vez al día y lo hace un hilo aparte, para que nadie espere su carga por él.

Si matan al trabajador, el arriendo vence y otro lo empieza de nuevo: lo que había quedado a medias nunca tuvo nombre, y el del
día anterior sigue en su lugar hasta que el nuevo está completo.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import suppress

from models.base import db
from models.mensajes import DEL_GARANTE, TareaDiaria
from models.presentacion.fechas import momento
from models.reloj import ahora, dia_de
from models.servicio.entorno import Entorno
from models.servicio.marca import Marca
from models.tareas import Trabajo
from models.trabajos.cola import Avance, enqueue
from models.volcado.deposito import EnObra
from models.volcado.taller import Taller

VOLCADO = "volcado"
"""El tipo del trabajo, y el nombre de la tarea del día."""


class Nocturno:
    """Quién hace el volcado en este proceso. Lo arma quien arma el proceso, como la base."""

    def __init__(self) -> None:
        self.taller: Taller | None = None

    def initialize(self, entorno: Entorno, marca: Marca) -> None:
        self.taller = Taller(entorno, marca)

    def order(self) -> Trabajo | None:
        """Encarga el de hoy, si ya es hora y nadie lo ha encargado."""
        hora = self.taller.deposito.hora if self.taller else None
        if hora is None or momento(ahora()).hour < hora:
            return None
        dia = dia_de(ahora()).isoformat()
        hoy = (TareaDiaria.sujeto_id == DEL_GARANTE) & (TareaDiaria.tarea == VOLCADO) & (TareaDiaria.dia == dia)
        if TareaDiaria.select().where(hoy).exists():
            return None
        with db.atomic():
            tarea = TareaDiaria.insert(sujeto_id=DEL_GARANTE, tarea=VOLCADO, dia=dia)
            nuevo = tarea.on_conflict_ignore().as_rowcount().execute()
            return enqueue(DEL_GARANTE, VOLCADO, {"dia": dia}, DEL_GARANTE, 0) if nuevo else None

    def do(self, trabajo: Trabajo) -> Generator[int | Avance]:
        """El oficio: hace el volcado y dice cuántos formatos van. Lo hecho no sobrevive a una muerte."""
        if self.taller is None:
            raise RuntimeError("Falta decir dónde va el volcado: nocturno.initialize(entorno, marca).")
        with suppress(EnObra):  # alguien lo mandó hacer con la orden: es el mismo
            for van in self.taller.make():
                yield Avance(van, firme=False)


nocturno = Nocturno()
"""El de este proceso."""


def find_ultimo() -> Trabajo | None:
    """El último que se encargó; ``None`` si nunca."""
    return Trabajo.select().where(  # type: ignore[no-any-return]
        Trabajo.sujeto_id == DEL_GARANTE, Trabajo.tipo == VOLCADO).order_by(Trabajo.id.desc()).first()


def message_of(trabajo: Trabajo) -> str:
    """Por qué falló; vacío si no."""
    return str(json.loads(trabajo.resultado).get("mensaje", "")) if trabajo.estado == "fallido" else ""
