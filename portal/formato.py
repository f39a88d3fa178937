"""La página de un formato: una tabla que en un teléfono se vuelve tarjetas, con sus filtros y sus descargas."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup

from fracciones_config import Campo, Formato
from models.domain.periods import orden
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.disposicion import tablas_de
from models.presentacion.arbol import Nodo
from models.publicados import Pagina, SinInformacion
from portal.confirmado import list_confirmaciones
from portal.consulta_formato import ConsultaDeFormato, last_day, read_consulta
from portal.contexto import publicados
from portal.palabras import period_name
from portal.peticion import choices_of, filtered_by, read_cursor
from portal.renglones import De, draw_renglon

bp = Blueprint("formato", __name__)

COLUMNAS_CON_PERIODO = 5
"""Si el formato lista menos columnas que estas, cabe además el periodo."""


@bp.get("/<siglas:siglas>/<clave:clave>/")
def reciente(siglas: str, clave: str) -> str:
    """Lo vigente hoy o, si el formato va por periodos, el ejercicio más nuevo."""
    return _pintar(read_consulta(siglas, clave, None))


@bp.get("/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>/")
def del_ejercicio(siglas: str, clave: str, ejercicio: int) -> str:
    """Un ejercicio; si el formato es de lo vigente, lo que regía al cerrar ese año."""
    return _pintar(read_consulta(siglas, clave, ejercicio))


def _pintar(consulta: ConsultaDeFormato) -> str:
    pagina = _leer(consulta)
    columnas = list_columns(consulta.formato)
    siglas = consulta.institucion.siglas
    renglones = [draw_renglon(De(consulta.tabla, siglas, r.id, r.huella, columnas, r)) for r in pagina.registros]
    return render_template(
        "formato.html", consulta=consulta, institucion=consulta.institucion, formato=consulta.formato, pagina=pagina,
        columnas=columnas, tablas=tablas_de(consulta.formato),
        renglones=renglones, glosario=_glosario(consulta.tabla), raices=_raices(consulta, pagina),
        sin_informacion=_sin_informacion(consulta), confirmaciones=list_confirmaciones(consulta),
        con_columna_extra=any(r.suelto for r in renglones),
        total=_total(consulta, pagina), filtros=[(c, choices_of(c)) for c in filtered_by(consulta.formato)],
        periodos=_periodos(consulta), areas=_areas(pagina), ultimo_dia=last_day, **_vecinas(consulta, pagina))


def _leer(consulta: ConsultaDeFormato) -> Pagina:
    cursor = read_cursor()
    if consulta.al_cierre:
        return publicados().vigentes_al_cierre(consulta.institucion, consulta.tabla, consulta.ejercicio, cursor)
    return publicados().registros(consulta.institucion, consulta.tabla, consulta.ejercicio, consulta.filtro, cursor)


def list_columns(formato: Formato) -> tuple[Campo, ...]:
    """Las columnas de la tabla: las de la lista y, si cabe, el periodo."""
    columnas = tuple(campo for campo in formato.en_lista() if campo.nombre != "ejercicio")
    periodo = formato.por_nombre.get("periodo")
    if periodo is not None and periodo not in columnas and len(columnas) < COLUMNAS_CON_PERIODO:
        return (*columnas, periodo)
    return columnas


def _raices(consulta: ConsultaDeFormato, pagina: Pagina) -> list[Nodo]:
    """El organigrama dibujado: en la primera página de lo que rige hoy, sin filtros."""
    if consulta.al_cierre or consulta.filtro.activo or not pagina.es_primera:
        return []
    return publicados().organigrama(consulta.institucion, consulta.tabla)


def _sin_informacion(consulta: ConsultaDeFormato) -> list[SinInformacion]:
    if consulta.formato.es_vigente:
        return []
    dichos = publicados().sin_informacion(consulta.institucion, consulta.formato.clave, consulta.ejercicio)
    return sorted(dichos, key=lambda dicho: orden(consulta.ejercicio, dicho.periodo))


@lru_cache(maxsize=512)
def _glosario(tabla: Tabla) -> Markup:
    """Qué significa cada columna. No cambia mientras no cambie el formato: se arma una vez."""
    return Markup(render_template("_glosario.html", campos=tabla.formato.campos))  # noqa: S704 (ya viene escapado)


def _total(consulta: ConsultaDeFormato, pagina: Pagina) -> int | None:
    """Cuántos hay en total; ``None`` si averiguarlo costaría recorrer la tabla."""
    if pagina.es_primera and pagina.siguiente is None:
        return len(pagina.registros)
    if consulta.al_cierre:
        return None
    return publicados().contar(consulta.institucion, consulta.tabla, consulta.del_ejercicio, consulta.filtro)


def _vecinas(consulta: ConsultaDeFormato, pagina: Pagina) -> dict[str, Any]:
    return {
        "siguiente": consulta.ruta(antes=a_folio(pagina.siguiente)) if pagina.siguiente else None,
        "anterior": consulta.ruta(despues=a_folio(pagina.anterior)) if pagina.anterior else None,
        "primera": None if pagina.es_primera else consulta.ruta()}


def _periodos(consulta: ConsultaDeFormato) -> list[tuple[str, str]]:
    """Los periodos con registros, en el orden del calendario."""
    con_registros = [clave for clave, n in consulta.del_ejercicio.periodos.items() if n and clave]
    elegido = consulta.filtro.periodo
    claves = {*con_registros, *([elegido] if elegido else [])}
    return [(c, period_name(c)) for c in sorted(claves, key=lambda c: orden(consulta.ejercicio, c))]


def _areas(pagina: Pagina) -> list[str]:
    """Las áreas responsables de lo que está en la página."""
    areas = [r.datos.get("area_responsable") for r in pagina.registros]
    return sorted({str(area["texto"]) for area in areas if isinstance(area, dict) and "texto" in area})
