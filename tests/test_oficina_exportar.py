"""Descargar la lista de la oficina: lo que se ve, en el orden en que se ve, en todas las formas, y nada de nadie más."""

import csv
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from models.domain.estados import Estado
from models.domain.listas import Filtro
from models.hojas.salidas.formas import FORMAS
from models.hojas.salidas.fuentes import iter_lista
from tests.cliente import Sitio, folio
from tests.elenco import CLAVE, Casa
from tests.escenario import publicar

pytest_plugins = "tests.sitio"


def leer(texto: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texto, newline="")))


# --- la fuente, en los dos motores ---

def test_la_lista_entera_sale_en_su_orden_por_tramos(casa: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.hojas.salidas.fuentes.TROZO", 2)
    nombres = ["Beta", "Delta", "Alfa", "Gama", "Épsilon"]
    ids = [casa.capturar(casa.julieta, denominacion_convenio=nombre) for nombre in nombres]
    casa.hacer(casa.laura, "publicar", ids[0])
    tabla = casa.tabla()

    def orden(filtro: Filtro, quien: str = "laura") -> list[int]:
        tramos = list(iter_lista(getattr(casa, quien).actor, tabla, filtro))
        assert all(len(tramo) <= 2 for tramo in tramos)
        return [ids.index(fila.id) for tramo in tramos for fila in tramo]

    assert orden(Filtro()) == [4, 3, 2, 1, 0]
    assert orden(Filtro(orden="denominacion_convenio", descendente=False)) == sorted(range(5), key=lambda n: nombres[n])
    assert orden(Filtro(estado=Estado.PUBLICADO)) == [0]
    [fila] = next(iter_lista(casa.laura.actor, tabla, Filtro(estado=Estado.PUBLICADO)))
    publica = tabla.publica.get(tabla.publica.sujeto_id == casa.metepec.id, tabla.publica.id == ids[0])
    assert (fila.validado_en, fila.desde, fila.estado) == (publica.validado_en, publica.desde, "publicado")
    sin_publicar = next(iter_lista(casa.laura.actor, tabla, Filtro(estado=Estado.CAPTURADO)))[0]
    assert sin_publicar.validado_en is None and sin_publicar.actualizado_en
    assert list(iter_lista(casa.ramiro.actor, tabla, Filtro())) == []


# --- las formas ---

def test_cada_forma_trae_lo_que_la_lista_ensena(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    uno = publicar(sitio, casa.julieta, casa.laura)
    casa.capturar(casa.julieta, denominacion_convenio="Otro", ejercicio="2025")
    for forma in FORMAS:
        respuesta = laura.get(sitio.url(f"exportar/{forma}?ejercicio=2026"))
        assert respuesta.cabeceras["Content-Type"] == FORMAS[forma].tipo
        assert respuesta.cabeceras["Content-Disposition"] == f'attachment; filename="{FORMAS[forma].archivo(CLAVE)}"'
    [fila] = leer(laura.get(sitio.url("exportar/csv?ejercicio=2026")).texto)
    assert (fila["folio"], fila["so"], fila["estado"], fila["contrapartes"]) == (folio(uno), "metepec", "publicado", "1")
    assert fila["direccion"].endswith(f"/ipo/f/{CLAVE}/detalle?id={folio(uno)}")
    assert fila["fecha_validacion"][10] == fila["fecha_actualizacion"][10] == "T"
    assert laura.get(fila["direccion"].removeprefix("http://localhost")).codigo == 200
    [tabla] = leer(laura.get(sitio.url("exportar/tabla_contrapartes?ejercicio=2026")).cuerpo.decode("utf-8-sig"))
    assert tabla["Folio"] == folio(uno)
    assert len(json.loads(laura.get(sitio.url("exportar/json")).texto)["registros"]) == 2
    with zipfile.ZipFile(io.BytesIO(laura.get(sitio.url("exportar/zip")).cuerpo)) as paquete:
        assert paquete.namelist() == ["convenios.csv", "convenios.tabla_contrapartes.csv"]


def test_el_libro_sirve_para_volver_a_cargarlo(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    libro = load_workbook(io.BytesIO(sitio.de(casa.laura).get(sitio.url("exportar/xlsx")).cuerpo))
    hoja = libro["Convenios"]
    fila = dict(zip([celda.value for celda in hoja[1]], [celda.value for celda in hoja[3]], strict=True))
    assert (fila["folio"], fila["version"], fila["baja"], fila["estado"]) == (folio(registro), 1, None, "Sin revisar")
    assert libro.properties.identifier == f"ipomex|{CLAVE}|1|metepec|-|-"
    assert fila["contrapartes"] == libro["Tabla_contrapartes"]["A3"].value == 1


def test_lo_que_no_existe_no_se_descarga(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    for forma in ("pdf", "tabla_nota", "tabla_", "tabla_otra", "%2e%2e"):
        assert laura.get(sitio.url(f"exportar/{forma}")).codigo == 404, forma


def test_quien_no_lleva_el_formato_no_lo_descarga(sitio: Sitio) -> None:
    casa = sitio.casa
    casa.capturar(casa.julieta)
    for forma in (*FORMAS, "tabla_contrapartes"):
        assert sitio.de(casa.nadia).get(sitio.url(f"exportar/{forma}")).codigo == 404
        assert sitio.anonimo().get(sitio.url(f"exportar/{forma}")).codigo in (302, 303)
    assert leer(sitio.de(casa.ramiro).get(sitio.url("exportar/csv")).texto) == []


def test_solo_se_lee(sitio: Sitio) -> None:
    assert sitio.de(sitio.casa.laura).post(sitio.url("exportar/csv"), {}).codigo == 405


def test_la_lista_ofrece_cada_forma_con_su_filtro(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    assert not laura.get(sitio.url()).sopa.select(".bajar"), "sin registros no hay qué descargar"
    casa.capturar(casa.julieta)
    pagina = laura.get(sitio.url("?ejercicio=2026"))
    ligas = {str(a["href"]) for a in pagina.sopa.select(".bajar a")}
    assert ligas == {sitio.url(f"exportar/{forma}?ejercicio=2026") for forma in (
        "xlsx", "excel", "csv", "json", "zip", "tabla_contrapartes")}
    assert "Lo que enseña la lista con estos filtros: 1 convenio" in pagina.visible
