"""Un formato como estaba un día: la tabla de entonces, sin filtros, con su constancia y sus descargas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template

from models.domain.periods import orden
from models.folios import a_folio
from models.publicados import Lapida
from models.publicados.historia import AlDia
from portal.columnas import columns_of, list_encabezados
from portal.consulta_formato import ConsultaDeFormato
from portal.contexto import publicados
from portal.peticion import read_cursor
from portal.renglones import De, Renglon, draw_renglon


@dataclass(frozen=True, slots=True)
class RenglonAlDia:
    """Un renglón de entonces; con ``lapida``, el registro se retiró después y ya no se lee qué decía."""

    renglon: Renglon
    lapida: Lapida | None = None


def draw_al_dia(consulta: ConsultaDeFormato) -> str:
    """La página de un formato al terminar un día."""
    assert consulta.al is not None
    al_dia, columnas = read_al_dia(consulta), columns_of(consulta)
    siglas, pagina = consulta.institucion.siglas, al_dia.pagina
    renglones = [RenglonAlDia(draw_renglon(De(consulta.tabla, siglas, r.id, r.huella, columnas, r, "")),
                              al_dia.retirados.get(r.id)) for r in pagina.registros]
    return render_template(
        "formato_al_dia.html", consulta=consulta, institucion=consulta.institucion, formato=consulta.formato, pagina=pagina,
        al=consulta.al, renglones=renglones, encabezados=list_encabezados(consulta, columnas, False),
        n=consulta.resumen.de(consulta.ejercicio).n, **said_of(consulta), **pages_of(consulta, al_dia))


def read_al_dia(consulta: ConsultaDeFormato, tamano: int | None = None, *, crudo: bool = False) -> AlDia:
    """La página que se pidió de lo que era público ese día."""
    assert consulta.al is not None
    return publicados().historia.pagina(
        consulta.institucion, consulta.tabla, consulta.ejercicio, consulta.al, read_cursor(),
        tamano or publicados().por_pagina, crudo)


def said_of(consulta: ConsultaDeFormato) -> dict[str, Any]:
    """Lo que estaba aprobado de ese formato."""
    assert consulta.al is not None
    aprobados = publicados().historia.aprobados(consulta.institucion.id, consulta.al, consulta.formato.clave)
    dichos = sorted(aprobados.sin_informacion(consulta.ejercicio), key=lambda dicho: orden(consulta.ejercicio, dicho.periodo))
    return {"sin_informacion": dichos, "confirmaciones": aprobados.sin_cambios(consulta.ejercicio)}


def pages_of(consulta: ConsultaDeFormato, al_dia: AlDia, **mas: object) -> dict[str, str | None]:
    """Las páginas vecinas."""
    pagina = al_dia.pagina
    return {"siguiente": consulta.ruta(antes=a_folio(pagina.siguiente), **mas) if pagina.siguiente else None,
            "anterior": consulta.ruta(despues=a_folio(pagina.anterior), **mas) if pagina.anterior else None,
            "primera": None if pagina.es_primera else consulta.ruta(**mas)}
