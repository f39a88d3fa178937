"""La página de un formato: una tabla que en un teléfono se vuelve tarjetas, con sus filtros y sus descargas."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup

from fracciones_config import Campo
from models.domain.periods import orden
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.disposicion import tablas_de
from models.presentacion.arbol import Nodo
from models.publicados import Pagina, SinInformacion
from models.publicados.acotados import TOPE
from models.publicados.totales import Totales
from portal.al_dia import draw_al_dia
from portal.cifras import Cifras, cifras_of
from portal.columnas import columns_of, list_encabezados, order_in_words
from portal.confirmado import list_confirmaciones
from portal.constancia import draw_de_formato, is_asked
from portal.consulta_formato import ConsultaDeFormato, last_day, read_consulta
from portal.contexto import publicados
from portal.controles import Pedido, draw_controles
from portal.direcciones import to_formato, with_query
from portal.palabras import capitalize_first, period_name
from portal.peticion import names_of, read_cursor
from portal.puestos import list_puestos
from portal.renglones import De, Renglon, draw_renglon

bp = Blueprint("formato", __name__)


@bp.get("/<siglas:siglas>/<clave:clave>/")
def reciente(siglas: str, clave: str) -> str:
    """Lo vigente hoy o, si el formato va por periodos, el ejercicio más nuevo."""
    return _pintar(read_consulta(siglas, clave, None))


@bp.get("/<siglas:siglas>/<clave:clave>/<ejercicio:ejercicio>/")
def del_ejercicio(siglas: str, clave: str, ejercicio: int) -> str:
    """Un ejercicio; si el formato es de lo vigente, lo que regía al cerrar ese año."""
    return _pintar(read_consulta(siglas, clave, ejercicio))


def _pintar(consulta: ConsultaDeFormato) -> str:
    if consulta.al is not None:
        return draw_de_formato(consulta) if is_asked() else draw_al_dia(consulta)
    pagina = _leer(consulta)
    columnas, totales = columns_of(consulta), _totales(consulta, pagina)
    renglones = _draw(consulta, pagina, columnas)
    return render_template(
        "formato.html", consulta=consulta, institucion=consulta.institucion, formato=consulta.formato, pagina=pagina,
        columnas=columnas, tablas=tablas_de(consulta.formato),
        renglones=renglones, glosario=_glosario(consulta.tabla), raices=_raices(consulta, pagina),
        sin_informacion=_sin_informacion(consulta), confirmaciones=list_confirmaciones(consulta),
        con_columna_extra=any(r.suelto for r in renglones), total=_total(consulta, pagina, totales),
        cifras=_cifras(consulta, totales, pagina),
        areas=_areas(pagina), ultimo_dia=last_day, **_controles(consulta, pagina, columnas), **_vecinas(consulta, pagina))


def _leer(consulta: ConsultaDeFormato) -> Pagina:
    cursor = read_cursor()
    if consulta.al_cierre:
        return publicados().vigentes_al_cierre(consulta.institucion, consulta.tabla, consulta.ejercicio, cursor)
    return publicados().registros(consulta.institucion, consulta.tabla, consulta.ejercicio, consulta.filtro, cursor)


def _draw(consulta: ConsultaDeFormato, pagina: Pagina, columnas: tuple[Campo, ...]) -> list[Renglon]:
    siglas, elegidas = consulta.institucion.siglas, names_of(consulta.columnas)
    return [draw_renglon(De(consulta.tabla, siglas, r.id, r.huella, columnas, r, elegidas)) for r in pagina.registros]


def _controles(consulta: ConsultaDeFormato, pagina: Pagina, columnas: tuple[Campo, ...]) -> dict[str, Any]:
    """El formulario, los encabezados y los filtros puestos; de lo que regía al cierre de un año no hay qué elegir."""
    if consulta.al_cierre:
        return {"formulario": "", "encabezados": list_encabezados(consulta, columnas, False), "puestos": [], "orden": "",
                "sin_orden": ""}
    filtro, areas = consulta.filtro, publicados().agregados.areas(consulta.institucion)
    dibujo = draw_controles(Pedido(
        consulta.tabla, to_formato(consulta.institucion.siglas, consulta.formato.clave, consulta.ejercicio), consulta.ruta(),
        (), tuple(_periodos(consulta).items()), tuple(areas.items()), "" if _is_sortable(consulta, pagina) else TOO_MANY,
        columnas, consulta))
    return {"formulario": dibujo.formulario, "encabezados": dibujo.encabezados,
            "puestos": list(list_puestos(consulta, areas)) if filtro.activo else [],
            "orden": order_in_words(consulta) if pagina.ordenada else "",
            "sin_orden": TOO_MANY if filtro.orden and not pagina.ordenada else ""}


TOO_MANY = f"Son más de {TOPE:,} registros: filtre por periodo o busque palabras para poder ordenarlos."


def _is_sortable(consulta: ConsultaDeFormato, pagina: Pagina) -> bool:
    """Si son pocos, o ya se logró. Con palabras no se sabe de antemano: se deja intentar."""
    resumen, filtro = consulta.del_ejercicio, consulta.filtro
    n = resumen.periodos.get(filtro.periodo, 0) if filtro.periodo else resumen.n
    return n <= TOPE or pagina.ordenada or bool(filtro.texto and not filtro.orden)


def _raices(consulta: ConsultaDeFormato, pagina: Pagina) -> list[Nodo]:
    """El organigrama dibujado: en la primera página de lo que rige hoy, sin filtros."""
    if consulta.al_cierre or consulta.filtro.activo or not pagina.es_primera:
        return []
    return publicados().organigrama(consulta.institucion, consulta.tabla)


def _sin_informacion(consulta: ConsultaDeFormato) -> list[SinInformacion]:
    if consulta.formato.es_vigente:
        return []
    dichos = consulta.dichos.sin_informacion_de(consulta.ejercicio)
    return sorted(dichos, key=lambda dicho: orden(consulta.ejercicio, dicho.periodo))


@lru_cache(maxsize=512)
def _glosario(tabla: Tabla) -> Markup:
    """Qué significa cada columna. No cambia mientras no cambie el formato: se arma una vez."""
    return Markup(render_template("_glosario.html", campos=tabla.formato.campos))  # noqa: S704 (ya viene escapado)


def _totales(consulta: ConsultaDeFormato, pagina: Pagina) -> Totales | None:
    """Lo que suman; solo van en la primera página."""
    if consulta.al_cierre or not pagina.es_primera or not pagina.registros:
        return None
    return publicados().agregados.totales(consulta.institucion, consulta.tabla, consulta.del_ejercicio, consulta.filtro)


def _cifras(consulta: ConsultaDeFormato, totales: Totales | None, pagina: Pagina) -> Cifras:
    if consulta.al_cierre or not pagina.es_primera or not pagina.registros:
        return Cifras()
    return cifras_of(consulta.tabla, totales)


def _total(consulta: ConsultaDeFormato, pagina: Pagina, totales: Totales | None) -> int | None:
    """Cuántos hay en total; ``None`` si averiguarlo costaría recorrer la tabla."""
    if pagina.total is not None:
        return pagina.total
    if totales is not None and totales.sumas and (consulta.filtro.afina or consulta.filtro.texto):
        return totales.n
    if pagina.es_primera and pagina.siguiente is None:
        return len(pagina.registros)
    if consulta.al_cierre:
        return None
    return publicados().contar(consulta.institucion, consulta.tabla, consulta.del_ejercicio, consulta.filtro)


def _vecinas(consulta: ConsultaDeFormato, pagina: Pagina) -> dict[str, Any]:
    lugar = to_formato(consulta.institucion.siglas, consulta.formato.clave, consulta.ejercicio)
    return {
        "siguiente": consulta.ruta(antes=a_folio(pagina.siguiente)) if pagina.siguiente else None,
        "anterior": consulta.ruta(despues=a_folio(pagina.anterior)) if pagina.anterior else None,
        "primera": None if pagina.es_primera else consulta.ruta(),
        "sin_filtros": with_query(lugar, columnas=names_of(consulta.columnas), orden=consulta.filtro.orden)}


def _periodos(consulta: ConsultaDeFormato) -> dict[str, str]:
    """Los periodos con registros, en el orden del calendario."""
    con_registros = [clave for clave, n in consulta.del_ejercicio.periodos.items() if n and clave]
    elegido = consulta.filtro.periodo
    claves = {*con_registros, *([elegido] if elegido else [])}
    return {clave: capitalize_first(period_name(clave)) for clave in sorted(claves, key=lambda c: orden(consulta.ejercicio, c))}


def _areas(pagina: Pagina) -> list[str]:
    """Las áreas responsables de lo que está en la página."""
    areas = [r.datos.get("area_responsable") for r in pagina.registros]
    return sorted({str(area["texto"]) for area in areas if isinstance(area, dict) and "texto" in area})
