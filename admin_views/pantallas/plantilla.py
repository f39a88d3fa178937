"""La plantilla de Excel de un formato: vacía o con lo que ya está, de un periodo o de todos."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from flask import request, send_file
from flask.typing import ResponseReturnValue

from admin_views.pantallas.lectura_de_periodo import read_periodo
from models.archivos.subida import MIME
from models.domain.errores import NoExiste
from models.hojas.plantillas.libro import Pedida, write_plantilla
from models.sujetos import SujetoObligado

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def download(vista: VistaFormato) -> ResponseReturnValue:
    """El libro, como descarga. ``con=datos``: con lo que ya está; ``ejercicio`` y ``periodo``, los de esa entrega."""
    require_carga(vista)
    ejercicio, periodo = read_periodo(vista.tabla.formato, request.args)
    sujeto = SujetoObligado.get_by_id(vista.actor.sujeto_id)
    pedida = Pedida(sujeto, vista.tabla, vista.actor, request.args.get("con") == "datos", ejercicio, periodo)
    salida = TemporaryFile()  # noqa: SIM115 -- la cierra la respuesta cuando termina de mandarse
    write_plantilla(pedida, salida)
    salida.seek(0)
    partes = ["plantilla", vista.tabla.clave, sujeto.siglas, str(ejercicio or ""), periodo or ""]
    respuesta = send_file(salida, mimetype=MIME["xlsx"], as_attachment=True,
                          download_name=f"{'-'.join(filter(None, partes))}.xlsx")
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta


def require_carga(vista: VistaFormato) -> None:
    """404 si la persona no captura en el formato, o si este se llena desde su propia pantalla."""
    if not vista.can_create or vista.tabla.formato.proyeccion is not None:
        raise NoExiste()
