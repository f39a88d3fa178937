"""Una carga, en una sola página: su avance, lo que se leyó, lo que falta decidir y lo que dejó. Se puede dejar y volver."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from admin_views.pantallas.plantilla import require_carga
from models.cargas import ArchivoPendiente, Carga
from models.domain.errores import ActoImposible, NoExiste
from models.folios import de_folio
from models.hojas.cargas import find_carga, open_expediente, read_opciones, read_reparto, read_resumen
from models.hojas.cargas.encargo import find_encargo
from models.hojas.cargas.situaciones import EN_CURSO, Situacion
from models.hojas.previa import VISTAS, build_previa, choose_vista
from models.hojas.receta.clases import CLASES, Clase, key_of
from models.hojas.receta.memoria import accepted_before
from models.hojas.revision.expediente import Expediente
from models.presentacion.cargas import TARJETAS, columns_said, count_of, por_cargar, se_quedan_fuera
from models.usuarios import Usuario

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

SE_VEN = 200
"""Nombres de archivos, hallazgos o clases de error que se enseñan; de lo demás se dice cuánto es."""


def show(vista: VistaFormato, folio: str) -> ResponseReturnValue:
    """La página de la carga, según en qué va."""
    return draw(vista, find_suya(vista, folio))


def show_estado(vista: VistaFormato, folio: str) -> ResponseReturnValue:
    """Cuánto lleva, en JSON, para la barra."""
    carga = find_suya(vista, folio)
    return jsonify(_avance(carga))


def find_suya(vista: VistaFormato, folio: str) -> Carga:
    """La carga de ese folio en este formato; 404 si no existe o no es de la persona."""
    require_carga(vista)
    try:
        carga = find_carga(vista.actor, de_folio(folio))
    except ValueError as error:
        raise NoExiste() from error
    if carga.clave != vista.tabla.clave:
        raise NoExiste()
    return carga


def draw(vista: VistaFormato, carga: Carga, error: str = "", tecleado: Mapping[str, str] | None = None) -> str:
    """Dibuja la página; ``error`` y ``tecleado`` vuelven a quien confirmó sin decir lo que hacía falta."""
    resumen = read_resumen(carga)
    comun = {"carga": carga, "resumen": resumen, "avance": _avance(carga), "error": error, "tecleado": tecleado or {},
             "activa": carga.situacion in EN_CURSO, "quien": _quien(carga), "tarjetas": TARJETAS,
             "esperan_archivo": _esperan_archivo(carga), "por_cargar": por_cargar(resumen),
             "fuera": se_quedan_fuera(resumen), "opciones": read_opciones(carga)}
    return vista.render("cargas/carga.html", **comun, **(_leido(vista, carga, resumen)
                                                         if carga.situacion == Situacion.REVISADA else {}))


def _leido(vista: VistaFormato, carga: Carga, resumen: dict[str, Any]) -> dict[str, Any]:
    """Lo que hay en el expediente. Si ya no está, la página lo dice y ofrece revisarlo otra vez."""
    try:
        expediente: Expediente = open_expediente(carga)
    except ActoImposible:
        return {"expediente": False}
    with closing(expediente):
        que = choose_vista(request.args.get("ver", ""), {vista: count_of(resumen, vista) for vista in VISTAS})
        despues = request.args.get("desde", "")
        fila = int(despues) if despues.isascii() and despues.isdigit() and len(despues) < 8 else 0
        return {
            "expediente": True, "previa": build_previa(vista.actor, vista.tabla, expediente, que, fila),
            "correcciones": _correcciones(carga, vista, expediente), "problemas": expediente.group_problemas()[:SE_VEN],
            "del_libro": [p for p in expediente.list_de("problema", limite=20) if p["fila"] is None],
            "avisos": expediente.avisos(), "columnas": columns_said(expediente.columnas(), vista.tabla.formato),
            "hallazgos": [{**h, "etiqueta": _etiqueta(vista, h["campo"])}
                          for h in expediente.list_de("hallazgo", limite=SE_VEN)],
            "reparto": read_reparto(carga), "SE_VEN": SE_VEN}


def _correcciones(carga: Carga, vista: VistaFormato, expediente: Expediente) -> list[dict[str, Any]]:
    """Las que se proponen, juntas por columna y clase; marcadas, las que ya se aceptaron en esta carga o en otra."""
    antes = accepted_before(carga.sujeto_id, carga.clave)
    return [{**grupo, "llave": key_of(grupo["campo"], grupo["clase"]), "etiqueta": _etiqueta(vista, grupo["campo"]),
             "que": CLASES[Clase(grupo["clase"])] if grupo["clase"] in list(Clase) else grupo["clase"],
             "marcada": bool(grupo["aceptadas"]) or key_of(grupo["campo"], grupo["clase"]) in antes}
            for grupo in expediente.group_correcciones()]


def _etiqueta(vista: VistaFormato, campo: str | None) -> str:
    """El rótulo de un campo; de una tabla llega ``tabla.columna``."""
    nombre, _, columna = str(campo or "").partition(".")
    suyo = vista.tabla.formato.por_nombre.get(nombre)
    if suyo is None:
        return nombre.replace("_", " ")
    sub = next((c.etiqueta for c in suyo.campos if c.nombre == columna), "")
    return f"{suyo.etiqueta}: {sub}" if sub else suyo.etiqueta


def _avance(carga: Carga) -> dict[str, Any]:
    """En qué va el trabajo. ``estado`` distinto de ``en_curso`` quiere decir que la página ya cambió."""
    trabajo = find_encargo(carga)
    return {"estado": "en_curso" if carga.situacion in EN_CURSO else str(carga.situacion),
            "hecho": trabajo.hecho if trabajo else 0, "total": trabajo.total if trabajo else 0}


def _esperan_archivo(carga: Carga) -> int:
    """Cuántos de sus registros esperan todavía un archivo que el libro nombró."""
    return int(ArchivoPendiente.select().where(
        ArchivoPendiente.sujeto_id == carga.sujeto_id, ArchivoPendiente.carga_id == carga.id).count())


def _quien(carga: Carga) -> str:
    nombre = Usuario.select(Usuario.nombre).where(Usuario.sujeto_id == carga.sujeto_id, Usuario.id == carga.usuario_id).scalar()
    return str(nombre or "")
