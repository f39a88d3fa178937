"""«Cómo citar»: una cita lista para copiarse, de cualquier vista del portal."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from models.presentacion.fechas import fecha, solo_fecha
from models.publicados import Institucion
from portal.contexto import marca
from portal.direcciones import absolute


def cite(institucion: Institucion | None, titulo: str, ruta: str, dia: dt.date | str | int, folio: str = "") -> str:
    """Quién lo publicó, qué es, con qué folio, dónde y de qué día. ``dia``: una fecha, su forma ISO o un instante.

    Sin ``institucion``, es de todo el portal: lo firma el órgano garante.
    """
    cuando = solo_fecha(dia) if isinstance(dia, int) else fecha(dia)
    quien = institucion.nombre if institucion else marca().garante_nombre
    que = f"«{titulo}»" + (f", folio {folio}" if folio else "")
    return f"{quien}. {que}. {marca().sistema}, {marca().lema}. Como estaba el {cuando}. {absolute(ruta)}"


def install(app: Flask) -> None:
    """La deja a la mano de las plantillas."""
    app.jinja_env.globals.update(cita_de=cite)
