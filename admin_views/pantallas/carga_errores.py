"""«Su Excel con los errores marcados»: el libro de la persona, con cada celda mala señalada y anotada."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, flash, redirect, request, send_file
from flask.typing import ResponseReturnValue

from admin_views.pantallas.carga import find_suya
from models.archivos.subida import MIME
from models.domain.errores import NoExiste, ReglaRota
from models.hojas.cargas import open_expediente
from models.hojas.errores import make_libro_de_errores, name_of

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def download(vista: VistaFormato, folio: str) -> ResponseReturnValue:
    """El libro como descarga; con ``solo=malos``, nada más los renglones por corregir. Si no se puede hacer, se dice."""
    carga, solo_malos = find_suya(vista, folio), request.args.get("solo") == "malos"
    if not carga.sha256:
        flash("El libro de esta carga se quitó del sistema porque traía un dato que después se protegió por acta.", "ojo")
        return redirect(vista.get_url(".carga", folio=carga.folio))
    original = current_app.extensions["almacen"].ruta(carga.sha256)
    if not original.is_file():
        raise NoExiste()
    try:
        with open_expediente(carga) as expediente:
            ruta = make_libro_de_errores(carga, expediente, original, solo_malos)
    except ReglaRota as error:
        flash(str(error), "ojo")
        return redirect(vista.get_url(".carga", folio=carga.folio))
    contenido = ruta.open("rb")
    ruta.unlink()
    respuesta: Response = send_file(contenido, mimetype=MIME["xlsx"], as_attachment=True,
                                    download_name=name_of(carga, solo_malos))
    respuesta.headers["Cache-Control"] = "private, no-store"
    return respuesta
