"""Quien guarda una copia la pone al día con ``?desde=``: lo que cambió, completo, y la baja de lo que ya no está."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest

from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow.supresion import suprimir
from models.folios import MAXIMO, de_folio
from models.publicados import copias
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar
from tests.test_portal_api import RUTA, b64, leer, rechazado
from tests.test_portal_historia import ANTIER, AYER, HOY, corregir, mudar

visita = pytest.fixture(visitar)


DESCARGA = f"/metepec/{CLAVE}/2026"


def folios(visita: Visita, ruta: str) -> list[str]:
    respuesta = visita.get(ruta)
    assert respuesta.status_code == 200, (ruta, respuesta.text[:200])
    return [fila["folio"] for fila in csv.DictReader(io.StringIO(respuesta.data.decode("utf-8-sig"), newline=""))]


def seguir(visita: Visita, ruta: str) -> tuple[list[str], list[str]]:
    """Lo que cambió y lo que ya no está, de todas las tandas."""
    registros, retirados = list[str](), list[str]()
    while ruta:
        cuerpo = leer(visita, ruta.removeprefix("http://localhost"))
        registros += [uno["folio"] for uno in cuerpo["registros"]]
        retirados += [uno["folio"] for uno in cuerpo["retirados"]]
        ruta = cuerpo["siguiente"]
    return registros, retirados


DE_ANTES = ("igual", "corregido", "retirado", "mudado", "protegido")


def con_de_todo(visita: Visita) -> dict[str, str]:
    """Hace tres días se publicó todo; después, a cada uno le pasó algo, menos al primero."""
    dicho = {que: visita.publicar(denominacion_convenio=que) for que in DE_ANTES}
    mudar(3, *dicho.values())
    corregir(visita, dicho["corregido"], denominacion_convenio="Ya corregido")
    visita.hacer("retirar", dicho["retirado"], motivo="Se publicó por duplicado.")
    corregir(visita, dicho["mudado"], ejercicio="2025")
    fila = visita.casa.fila(de_folio(dicho["protegido"]))
    orden = Orden((Objetivo("objetivo"),), "CT/12/2026", dt.date(2026, 1, 20), "Traía a una persona particular.", True)
    suprimir(visita.casa.laura.actor, visita.casa.tabla(), fila.id, fila.version, orden)
    return {**dicho, "nuevo": visita.publicar(persona=visita.casa.ramiro)}


def test_la_interfaz_da_lo_que_cambio_completo_y_lo_que_ya_no_esta(visita: Visita) -> None:
    dicho = con_de_todo(visita)
    cuerpo = leer(visita, f"{RUTA}?desde={AYER}")
    suyos = {uno["folio"]: uno for uno in cuerpo["registros"]}
    assert suyos.keys() == {dicho[que] for que in ("corregido", "mudado", "protegido", "nuevo")}
    assert suyos[dicho["corregido"]]["datos"]["denominacion_convenio"] == "Ya corregido"
    protegido = suyos[dicho["protegido"]]
    assert protegido["protegidos"].keys() == {"objetivo"} and "objetivo" not in protegido["datos"]
    [retirado] = cuerpo["retirados"]
    assert (retirado["folio"], retirado["motivo"]) == (dicho["retirado"], "Se publicó por duplicado.")
    assert retirado["so"] == "metepec" and retirado["retirado_en"] > AYER
    assert (cuerpo["desde"], cuerpo["anterior"], cuerpo["siguiente"]) == (AYER, None, None)
    assert visita.get(retirado["direccion"].removeprefix("http://localhost")).status_code == 410
    antes = (HOY.replace(year=HOY.year - 1)).isoformat()
    assert len(leer(visita, f"{RUTA}?desde={antes}")["registros"]) == 5, "desde antes de que hubiera nada, todo lo de hoy"
    assert seguir(visita, f"{RUTA}?desde={AYER}&institucion=toluca") == ([dicho["nuevo"]], [])
    assert seguir(visita, f"{RUTA}?desde=2100-01-01") == ([], [])


def test_de_un_anio_lo_que_paso_a_otro_es_una_baja_sin_motivo(visita: Visita) -> None:
    dicho = con_de_todo(visita)
    registros, retirados = seguir(visita, f"{RUTA}?desde={AYER}&ejercicio=2026")
    assert set(retirados) == {dicho["retirado"], dicho["mudado"]} and dicho["mudado"] not in registros
    bajas = {uno["folio"]: uno["motivo"] for uno in leer(visita, f"{RUTA}?desde={AYER}&ejercicio=2026")["retirados"]}
    assert bajas[dicho["mudado"]] is None
    assert seguir(visita, f"{RUTA}?desde={AYER}&ejercicio=2025") == ([dicho["mudado"]], [])


def test_por_tandas_se_ve_lo_mismo_y_una_sola_vez(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    con_de_todo(visita)
    for desde in (AYER, "2020-01-01"):
        de_una = seguir(visita, f"{RUTA}?desde={desde}")
        for visitas in (1, 50):
            monkeypatch.setattr(copias, "VISITAS", visitas)
            for limite in (1, 2, 3, 5):
                assert seguir(visita, f"{RUTA}?desde={desde}&limite={limite}") == de_una, (desde, limite)


def test_una_copia_puesta_al_dia_es_igual_a_lo_publicado(visita: Visita) -> None:
    """El guion de un programa: baja todo antier; hoy aplica lo que cambió, dos veces; y queda igual que bajarlo todo."""
    def bajar(consulta: str) -> Any:
        return leer(visita, f"{RUTA}?limite=500{consulta}")

    dicho = {que: visita.publicar(denominacion_convenio=que) for que in ("igual", "corregido", "retirado", "otra_vez")}
    mudar(3, *dicho.values())
    copia = {uno["folio"]: uno for uno in bajar("")["registros"]}
    assert set(copia) == set(dicho.values())
    corregir(visita, dicho["corregido"], denominacion_convenio="Ya corregido")
    visita.hacer("retirar", dicho["retirado"], motivo="Se publicó por duplicado.")
    visita.hacer("retirar", dicho["otra_vez"], motivo="Por error.")
    visita.hacer("restaurar", dicho["otra_vez"])
    visita.hacer("publicar", dicho["otra_vez"])
    for _ in range(2):
        cambios = bajar(f"&desde={AYER}")
        copia |= {uno["folio"]: uno for uno in cambios["registros"]}
        for uno in cambios["retirados"]:
            copia.pop(uno["folio"], None)
    assert copia == {uno["folio"]: uno for uno in bajar("")["registros"]}


@pytest.mark.parametrize("donde", [f"/metepec/{CLAVE}", DESCARGA, f"/datos/{CLAVE}", f"/datos/{CLAVE}/2026"])
def test_cada_descarga_da_lo_que_cambio(visita: Visita, donde: str) -> None:
    dicho = con_de_todo(visita)
    de_todas = {dicho["nuevo"]} if donde.startswith("/datos") else set()
    de_otro_anio = {dicho["mudado"]} if donde == f"/datos/{CLAVE}" else set()
    suyos = {dicho["corregido"], dicho["protegido"]} | de_todas | de_otro_anio
    respuesta = visita.get(f"{donde}.csv?desde={AYER}")
    assert f"-desde-{AYER}.csv" in respuesta.headers["Content-Disposition"]
    for ruta in (f"{donde}.csv?desde={AYER}", f"{donde}.tabla_contrapartes.csv?desde={AYER}"):
        assert set(folios(visita, ruta)) == suyos, ruta
    assert len(folios(visita, f"{donde}.csv?desde={AYER}")) == len(suyos), "una vez cada uno"
    cuerpo = json.loads(visita.get(f"{donde}.json?desde={AYER}").data)
    assert {uno["folio"] for uno in cuerpo["registros"]} == suyos
    assert {uno["folio"] for uno in cuerpo["retirados"]} == {dicho["retirado"], dicho["mudado"]} - de_otro_anio
    assert "retirados" not in json.loads(visita.get(f"{donde}.json").data)
    with zipfile.ZipFile(io.BytesIO(visita.get(f"{donde}.zip?desde={AYER}").data)) as paquete:
        assert sum(nombre.endswith(".csv") for nombre in paquete.namelist()) == 2
    assert visita.get(f"{donde}.xlsx?desde={AYER}").status_code == 200


def test_la_huella_cambia_con_el_dia_y_con_lo_publicado(visita: Visita) -> None:
    visita.publicar()
    huellas = {visita.get(f"{DESCARGA}.csv{consulta}").headers["ETag"] for consulta in ("", f"?desde={AYER}", f"?desde={HOY}")}
    assert len(huellas) == 3
    una = visita.get(f"{DESCARGA}.csv?desde={AYER}").headers["ETag"]
    assert visita.get(f"{DESCARGA}.csv?desde={AYER}", headers={"If-None-Match": una}).status_code == 304
    visita.publicar()
    assert visita.get(f"{DESCARGA}.csv?desde={AYER}", headers={"If-None-Match": una}).status_code == 200


def test_lo_mal_pedido_dice_que_esta_mal(visita: Visita) -> None:
    visita.publicar()
    for mala in ("desde=ayer", "desde=2026-13-01", "desde=2026-3-1", "desde=2100-01-01", "desde=1999-01-01", "desde=%00",
                 f"desde={AYER}&al={AYER}", f"desde={AYER}&periodo=T4", f"desde={AYER}&q=agua"):
        for donde in (DESCARGA, f"/datos/{CLAVE}"):
            respuesta = visita.get(f"{donde}.csv?{mala}")
            assert respuesta.status_code == 400 and respuesta.content_type.startswith("text/plain"), mala
    assert visita.get("/metepec/marco_normativo/2025.csv?desde=" + AYER).status_code in (400, 404)
    assert visita.get("/datos/marco_normativo/2025.csv?desde=" + AYER).status_code == 400
    for mala in ("desde=ayer", "desde=", f"desde={AYER}&q=agua", f"desde={AYER}&periodo=T4", f"desde={AYER}&al={AYER}",
                 "al=ayer", "al=2100-01-01", "al=1990-01-01", f"al={AYER}&q=agua", f"desde={AYER}&cursor=x",
                 f"desde={AYER}&cursor={b64('s1.1')}", f"al={AYER}&cursor={b64('d1.1.1')}",
                 f"desde={AYER}&cursor={b64('dffffffff.1.1')}", f"al={AYER}&cursor={b64('a1.1.ffffffffffffffff')}"):
        assert rechazado(visita.get(f"{RUTA}?{mala}"))["parametro"], mala
    rechazado(visita.get(f"{RUTA}?cursor={b64('d1.1.1')}"))


def test_un_cursor_inventado_da_una_tanda_y_nada_mas(visita: Visita) -> None:
    folio = visita.publicar()
    for claro, esperados in (("d0.0.0", [folio]), ("d1.0.0", [folio]), (f"d1.ffffffffffff.{MAXIMO:x}", []),
                             ("d7fffffff.1.1", [])):
        assert seguir(visita, f"{RUTA}?desde={AYER}&cursor={b64(claro)}") == (esperados, []), claro
    for claro, esperados in (("a0.0.0", [folio]), ("a1.7ea.0", [folio]), ("a1.7e9.0", []), ("a7fffffff.1.1", [])):
        assert [u["folio"] for u in leer(visita, f"{RUTA}?al={HOY}&cursor={b64(claro)}")["registros"]] == esperados, claro


# --- ?al= ---

def test_como_era_publico_un_dia_en_la_interfaz_y_en_lo_de_todas(visita: Visita) -> None:
    dicho = con_de_todo(visita)
    de_antes = {dicho[que] for que in DE_ANTES}
    cuerpo = leer(visita, f"{RUTA}?al={ANTIER}")
    suyos = {uno["folio"]: uno for uno in cuerpo["registros"]}
    assert suyos.keys() == de_antes and cuerpo["al"] == ANTIER
    assert suyos[dicho["corregido"]]["datos"]["denominacion_convenio"] == "corregido"
    assert suyos[dicho["retirado"]]["datos"] == {}, "de lo retirado va que estaba, y no qué decía"
    assert suyos[dicho["mudado"]]["ejercicio"] == 2026
    assert {uno["folio"] for uno in leer(visita, f"{RUTA}?al={HOY}")["registros"]} == {
        *de_antes, dicho["nuevo"]} - {dicho["retirado"]}
    for consulta in ("al=2020-01-01", f"al={ANTIER}&ejercicio=2025"):
        assert leer(visita, f"{RUTA}?{consulta}")["registros"] == []
    for donde in (DESCARGA, f"/datos/{CLAVE}", f"/datos/{CLAVE}/2026"):
        assert set(folios(visita, f"{donde}.csv?al={ANTIER}")) == de_antes, donde
    assert folios(visita, f"/datos/{CLAVE}.csv?al={ANTIER}&poder=judicial") == []
    assert f"{CLAVE}-al-{ANTIER}.csv" in visita.get(f"/datos/{CLAVE}.csv?al={ANTIER}").headers["Content-Disposition"]


def test_lo_de_un_dia_va_por_tandas(visita: Visita) -> None:
    for persona, anio in ((visita.casa.laura, "2026"), (visita.casa.laura, "2025"), (visita.casa.ramiro, "2026")):
        for _ in range(2):
            visita.publicar(persona=persona, ejercicio=anio)
    de_una = [uno["folio"] for uno in leer(visita, f"{RUTA}?al={HOY}")["registros"]]
    assert len(de_una) == len(set(de_una)) == 6
    for limite in (1, 2, 4):
        vistos, ruta = list[str](), f"{RUTA}?al={HOY}&limite={limite}"
        while ruta:
            tanda = leer(visita, ruta.removeprefix("http://localhost"))
            vistos += [uno["folio"] for uno in tanda["registros"]]
            ruta = tanda["siguiente"]
        assert vistos == de_una, limite


def test_un_registro_como_era_un_dia(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Original")
    mudar(3, folio)
    corregir(visita, folio, denominacion_convenio="Ya corregido")
    assert leer(visita, f"{RUTA}/metepec/{folio}?al={ANTIER}")["datos"]["denominacion_convenio"] == "Original"
    assert leer(visita, f"{RUTA}/metepec/{folio}?al={HOY}")["version"] == 2
    rechazado(visita.get(f"{RUTA}/metepec/{folio}?al=2020-01-01"), 404)
    rechazado(visita.get(f"{RUTA}/metepec/{folio}?al=ayer"))


def test_la_pagina_de_cambios_deja_descargar_lo_que_cambio(visita: Visita) -> None:
    folio = visita.publicar()
    enlaces = [a["href"] for a in visita.sopa(f"/metepec/{CLAVE}/cambios?desde={AYER}").select(".descargas a")][1:]
    assert len(enlaces) == 4 and f"/metepec/{CLAVE}.csv?desde={AYER}" in enlaces
    for enlace in enlaces:
        assert visita.get(enlace).status_code == 200
    assert folio in visita.get(enlaces[-1]).text
    assert len(visita.sopa(f"/metepec/{CLAVE}/cambios").select(".descargas a")) == 1


# --- por qué índice ---

@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_cada_pregunta_va_por_su_indice(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lo que cambió, por las fechas, aunque se pida un año; lo de un día, por el año: por las fechas leería todos los años."""
    base = visita.publicados.base
    visita.publicar()
    planes = list[str]()

    def explicar(sql: str, parametros: Any = None, *mas: Any) -> Any:
        if f'FROM "pub_{CLAVE}"' in sql and "validado_en" in sql.partition("WHERE")[2] and not sql.startswith("EXPLAIN"):
            planes.append(" ".join(fila[3] for fila in ejecutar(f"EXPLAIN QUERY PLAN {sql}", parametros)))
        return ejecutar(sql, parametros, *mas)

    ejecutar = base.execute_sql
    monkeypatch.setattr(base, "execute_sql", explicar)
    leer(visita, f"{RUTA}?institucion=metepec&ejercicio=2026&desde={AYER}")
    leer(visita, f"{RUTA}?institucion=metepec&ejercicio=2026&al={HOY}")
    de_cambios, *de_un_dia = [plan for plan in planes if "CORRELATED" not in plan]
    assert "validado_en" in de_cambios and de_un_dia
    assert all("ejercicio" in plan and "validado_en" not in plan for plan in de_un_dia), de_un_dia
