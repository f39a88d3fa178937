"""Lo publicado de un formato, en su libro oficial de SIPOT; y qué no cabe en él. Solo para quien publica."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from models.archivos.subida import MIME
from models.domain.errores import NoExiste
from models.domain.permissions import Accion, puede_en_formato
from models.hojas.sipot.perdidas import to_texto
from models.hojas.sipot.publicado import return_libro
from models.reloj import hoy
from models.servicio.entorno import Entorno
from models.sujetos import SujetoObligado

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

PRIMERO, ULTIMO = 1900, 2200


def download(vista: VistaFormato) -> ResponseReturnValue:
    """El libro del ejercicio pedido; con ``que=informe``, en texto, lo que no cabe en él."""
    if not has_libro(vista):
        raise NoExiste()
    sujeto, ejercicio = SujetoObligado.get_by_id(vista.actor.sujeto_id), _ejercicio()
    entorno: Entorno = current_app.extensions["entorno"]
    with TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "libro.xlsx"
        devuelto = return_libro(vista.tabla, sujeto, ejercicio, ruta, entorno.direccion or request.host_url.rstrip("/"))
        if request.args.get("que") == "informe":
            return _attach(to_texto(devuelto.perdidas).encode(), "text/plain; charset=utf-8",
                           f"no-cabe-{vista.tabla.clave}-{sujeto.siglas}-{ejercicio}.txt")
        return _attach(ruta.read_bytes(), MIME["xlsx"], f"sipot-{vista.tabla.clave}-{sujeto.siglas}-{ejercicio}.xlsx")


def has_libro(vista: VistaFormato) -> bool:
    """Si la persona publica en este formato y el formato tiene libro oficial."""
    return vista.tabla.formato.sipot is not None and puede_en_formato(
        vista.actor, Accion.PUBLICAR, vista.actor.sujeto_id or 0, vista.tabla.clave)


def _ejercicio() -> int:
    """El año pedido; si no se dice o no se entiende, el de hoy."""
    pedido = request.args.get("ejercicio", "")
    anio = int(pedido) if pedido.isascii() and pedido.isdecimal() and len(pedido) == 4 else 0
    return anio if PRIMERO <= anio <= ULTIMO else hoy().year


def _attach(contenido: bytes, tipo: str, nombre: str) -> Response:
    respuesta = Response(contenido, content_type=tipo)
    respuesta.headers["Content-Disposition"] = f'attachment; filename="{nombre}"'
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta
