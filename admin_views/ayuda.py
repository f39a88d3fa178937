"""La ayuda: en el mismo lugar de cada página (WCAG 3.2.6), lo que el manual dice de esa pantalla y a quién preguntar."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from admin_views.identidad import actor
from models.domain.configuracion import CAMPOS
from models.domain.errores import NoExiste
from models.domain.permissions import Rol
from models.presentacion.manual import DOCS, Seccion, find_secciones, secciones_de
from models.sujetos import SujetoObligado

bp = Blueprint("ayuda", __name__)

TEMAS: Mapping[str, str] = {
    "entrada.entrar": "entrar", "entrada.contrasena": "contrasena", "tablero.faltantes": "faltantes",
    "tablero.formatos": "formatos", "formato.index_view": "lista", "formato.details_view": "registro",
    "formato.historial": "registro", "formato.version": "registro", "formato.create_view": "captura",
    "formato.edit_view": "captura", "formato.confirmar": "confirmar", "formato.acciones": "confirmar",
    "tablero.revision": "revision", "formato.revision": "revision", "formato": "lista", "organos_partes": "organos",
    "padron_excel": "sujetos", "sellados": "sujetos", "recordatorios": "faltantes", "sin_cambios": "sin-cambios",
    "primeros_pasos": "primeros-pasos", "formato.plantilla": "cargas", "formato.cargar": "cargas", "formato.carga": "cargas",
    "formato.carga_estado": "cargas", "formato.carga_acto": "cargas", "formato.carga_errores": "cargas",
    "archivos_pendientes": "archivos-pendientes", "formato.suprimir": "suprimir",
}
"""Pantalla, o grupo de pantallas → su tema; los demás grupos se llaman como su tema."""

ENTRAR = "entrar"
DEL_CONTACTO = ("unidad_titular", "unidad_telefono", "unidad_correo", "unidad_horario")


def tema_de(endpoint: str) -> str:
    """El tema de una pantalla."""
    grupo = endpoint.partition(".")[0]
    return TEMAS.get(endpoint) or TEMAS.get(grupo) or grupo


@bp.app_template_global("ruta_de_ayuda")
def ruta_de_ayuda(con_sesion: bool) -> str:
    """A dónde lleva «Ayuda» en esta página."""
    if not con_sesion:
        return url_for("ayuda.entrar")
    if request.endpoint is None or request.endpoint.startswith("ayuda."):
        return url_for("ayuda.manual")
    return url_for("ayuda.tema", tema=tema_de(request.endpoint))


@bp.get("/ipo/ayuda/entrar")
def entrar() -> ResponseReturnValue:
    """Cómo se entra: la única que se lee sin sesión."""
    return render_template("ayuda/tema.html", secciones=find_secciones(Rol.CAPTURISTA, ENTRAR), contacto=None, todas=None)


@bp.get("/ipo/ayuda/<tema>")
def tema(tema: str) -> ResponseReturnValue:
    """Lo que el manual dice de una pantalla; si no dice nada, el manual completo."""
    secciones = find_secciones(actor().rol, tema)
    return _pagina(secciones) if secciones else manual()


@bp.get("/ipo/ayuda/")
def manual() -> ResponseReturnValue:
    """El manual completo del papel de la persona."""
    return _pagina(secciones_de(actor().rol), completo=True)


@bp.get("/ipo/ayuda/capturas/<nombre>")
def captura(nombre: str) -> Response:
    """Una imagen del manual."""
    carpeta = DOCS / "capturas"
    if not carpeta.is_dir() or nombre not in {ruta.name for ruta in carpeta.iterdir()}:
        raise NoExiste()
    return send_from_directory(carpeta, nombre)


def _pagina(secciones: tuple[Seccion, ...], completo: bool = False) -> str:
    return render_template("ayuda/tema.html", secciones=secciones, completo=completo, contacto=_contacto(),
                           todas=None if completo else url_for(".manual"))


def _contacto() -> list[tuple[str, str]]:
    """A quién preguntar en su institución: (etiqueta, dato) de lo que su Unidad haya escrito."""
    quien = actor()
    sujeto = SujetoObligado.get_or_none(SujetoObligado.id == quien.sujeto_id) if quien.sujeto_id else None
    if sujeto is None or quien.rol is Rol.UNIDAD:
        return []
    datos, etiquetas = json.loads(sujeto.datos), {campo.nombre: campo.etiqueta for campo in CAMPOS}
    return [(etiquetas[nombre], str(datos[nombre])) for nombre in DEL_CONTACTO if datos.get(nombre)]
