"""Cómo están dispuestos los libros de la casa: llaves, hojas e identidad."""

import pytest

from fracciones_config import load_catalogo
from models.hojas.disposicion import (
    SISTEMA,
    Identidad,
    hoja_principal,
    hojas_de_tablas,
    llaves_de,
    motivo_de,
    tablas_de,
)
from models.hojas.nuestras import NUESTRAS
from tests.bases import CATALOGO

FORMATOS = load_catalogo(CATALOGO).formatos


@pytest.mark.parametrize("texto", [
    "ipomex|convenios|12|metepec|2026|T3", "ipomex|marco_normativo|1|metepec|-|-", "ipomex|convenios|12|metepec|2026|-"])
def test_la_identidad_va_y_vuelve(texto: str) -> None:
    assert str(Identidad.parse(texto)) == texto


@pytest.mark.parametrize("texto", [
    "", "ipomex", "ipomex|convenios|12|metepec|2026", "otro|convenios|12|metepec|2026|T3", "ipomex|convenios|x|metepec|-|-",
    "ipomex|convenios|1|metepec|26|T3", "ipomex|convenios|1|metepec|2026|T3|más"])
def test_lo_que_no_es_una_identidad_no_se_adivina(texto: str) -> None:
    assert Identidad.parse(texto) is None


def test_las_llaves_de_cada_formato_no_se_repiten_y_los_motivos_van_al_final() -> None:
    assert FORMATOS
    for formato in FORMATOS:
        llaves = llaves_de(formato)
        assert len(set(llaves)) == len(llaves)
        assert llaves[:len(SISTEMA)] == SISTEMA
        cuantos = len(formato.campos)
        assert llaves[4:4 + cuantos] == tuple(campo.nombre for campo in formato.campos)
        assert all(llave.endswith("__motivo") for llave in llaves[4 + cuantos:])
        assert motivo_de("area_responsable") not in llaves, "un común obligatorio no admite razón"


def test_las_hojas_caben_en_excel_y_no_se_confunden_con_las_de_la_casa() -> None:
    for formato in FORMATOS:
        hojas = [hoja_principal(formato), *hojas_de_tablas(formato).values()]
        assert len(hojas) == 1 + len(tablas_de(formato)) == len({hoja.casefold() for hoja in hojas})
        assert all(0 < len(hoja) <= 31 and not set(hoja) & set("[]:*?/\\") for hoja in hojas)
        assert not set(hojas) & set(NUESTRAS)


def test_dos_tablas_de_nombre_largo_no_caen_en_la_misma_hoja() -> None:
    [primero, *_] = [formato for formato in FORMATOS if len(tablas_de(formato)) > 1]
    una, otra = tablas_de(primero)[:2]
    largo = "convocatorias_de_la_licitacion"
    gemelo = primero.model_copy(update={"campos": (
        una.model_copy(update={"nombre": f"{largo}_uno"}), otra.model_copy(update={"nombre": f"{largo}_dos"}))})
    hojas = list(hojas_de_tablas(gemelo).values())
    assert len(set(hojas)) == 2 and all(len(hoja) <= 31 for hoja in hojas)


def test_un_nombre_con_signos_prohibidos_o_ya_tomado_se_cambia() -> None:
    formato = FORMATOS[0]
    assert hoja_principal(formato.model_copy(update={"nombre_corto": "Altas/bajas: [2026]"})) == "Altas bajas 2026"
    assert hoja_principal(formato.model_copy(update={"nombre_corto": "instrucciones"})) == "Registros"
