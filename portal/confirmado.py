"""«Confirmado sin cambios el…»: cuáles confirmaciones dice la página de un formato."""

from __future__ import annotations

from models.publicados import SinCambios
from portal.consulta_formato import ConsultaDeFormato


def list_confirmaciones(consulta: ConsultaDeFormato) -> list[SinCambios]:
    """Las que dicen algo de lo que se está viendo, de lo último confirmado a lo primero.

    De lo vigente, la última, si lo público no ha cambiado desde entonces (o la última de ese año). De un ejercicio, las de
    los periodos que siguen sin registros; el ejercicio más nuevo enseña también las de los años que le siguen.
    """
    todas = consulta.dichos.sin_cambios
    if consulta.al_cierre:
        return [una for una in todas if una.ejercicio == consulta.ejercicio][:1]
    if consulta.formato.es_vigente:
        return [una for una in todas if una.desde >= consulta.del_ejercicio.ultima][:1]
    es_el_mas_nuevo = not any(anio > consulta.ejercicio for anio in consulta.resumen.con_registros)
    return [una for una in todas
            if (una.ejercicio == consulta.ejercicio or es_el_mas_nuevo and una.ejercicio > consulta.ejercicio)
            and not consulta.resumen.de(una.ejercicio).periodos.get(una.periodo)]
