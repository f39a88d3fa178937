"""La lista de un formato: colores con palabra, filtros que viven en la dirección, páginas por llave y papelera."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from models.base import db
from models.domain.workflow import guardar
from tests.cliente import Sitio, Visitante, folio
from tests.elenco import Casa
from tests.escenario import publicar

pytest_plugins = "tests.sitio"

PESO = 300_000
"""Bytes de una pantalla de la oficina la primera vez que se abre, con su hoja de estilo y su guion."""


def titulos(visitante: Visitante, ruta: str) -> list[str]:
    """El nombre del convenio de cada fila."""
    return [fila.select("td a.fuerte")[0].text for fila in visitante.get(ruta).renglones]


def convenios(casa: Casa, **cuales: dict[str, object]) -> dict[str, int]:
    """Un convenio por nombre, capturado por Julieta, con esos campos."""
    return {nombre: casa.capturar(casa.julieta, denominacion_convenio=nombre, **campos) for nombre, campos in cuales.items()}


# --- cada fila ---

@pytest.mark.parametrize("acto, color, se_lee", [
    (None, "rojo", "Sin revisar"), ("devolver", "rojo", "Devuelto «Falta la firma.»"),
    ("revisar", "amarillo", "Revisado por el área: falta publicar"), ("publicar", "limpio", "Publicado"),
])
def test_el_color_nunca_va_solo(acto: str | None, color: str, se_lee: str, sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    if acto:
        casa.hacer(casa.laura, acto, registro, motivo="Falta la firma.")
    [fila] = sitio.de(casa.laura).get(sitio.url()).renglones
    guardada = casa.fila(registro)
    assert fila["class"] == [color] and se_lee in fila.get_text(" ", strip=True)
    assert (fila["data-folio"], fila["data-estado"], fila["data-version"]) == (
        folio(registro), guardada.estado, str(guardada.version))


def test_dice_lo_que_falta_y_lo_que_ve_la_ciudadania(sitio: Sitio) -> None:
    casa = sitio.casa
    casa.capturar(casa.julieta, objetivo=None, convenio=None)
    publico = publicar(sitio, casa.julieta, casa.laura)
    casa.editar(casa.julieta, publico, nota="Se corrigió.")
    visible = sitio.de(casa.julieta).get(sitio.url()).visible
    assert "Incompleto: faltan 2 datos" in visible and "Nunca publicado" in visible
    assert "Público, con cambios sin publicar" in visible


def test_los_datos_se_leen_en_palabras(sitio: Sitio) -> None:
    casa = sitio.casa
    casa.capturar(casa.julieta, fecha_firma="31/12/2026", monto_recursos="1234567.5")
    visible = sitio.de(casa.julieta).get(sitio.url()).visible
    assert "31/12/2026" in visible and "$1,234,567.50" in visible


def test_vacia_invita_a_agregar_el_primero(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.julieta).get(sitio.url())
    assert "Todavía no hay" in pagina.visible and pagina.sopa.select("a[href='/ipo/f/convenios/nuevo']")
    assert "Nada coincide con esos filtros" in sitio.de(sitio.casa.laura).get(sitio.url(), q="nada de nada").visible


def test_quien_captura_solo_ve_lo_suyo_y_sus_actos(sitio: Sitio) -> None:
    casa = sitio.casa
    suyo, _ = casa.capturar(casa.julieta), casa.capturar(casa.beto)
    pagina = sitio.de(casa.julieta).get(sitio.url())
    assert pagina.folios == [folio(suyo)] and "1 convenio" in pagina.visible

    def actos(persona: object) -> list[str]:
        opciones = sitio.de(persona).get(sitio.url()).sopa.select("select#acto option")  # type: ignore[arg-type]
        return [str(opcion["value"]) for opcion in opciones]

    assert actos(casa.julieta) == ["borrar"]
    assert actos(casa.ernesto) == ["revisar", "devolver", "borrar"]
    assert actos(casa.laura) == ["revisar", "publicar", "devolver", "borrar", "retirar"]


# --- filtros, orden y búsqueda: la dirección basta ---

def test_se_busca_sin_acentos_ni_mayusculas_ni_plural(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    convenios(casa, **{"Bacheo en la colonia Peñón": {}, "Alumbrado público": {}})
    for buscado in ("penon", "PEÑÓN bacheos", "bache*", '"colonia peñón"'):
        assert titulos(laura, sitio.url(f"?q={buscado}")) == ["Bacheo en la colonia Peñón"], buscado
    assert titulos(laura, sitio.url("?q=bacheo alumbrado")) == []


def test_cada_filtro_se_queda_en_la_direccion_y_en_su_control(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hechos = convenios(casa, Uno={"ejercicio": "2025", "periodo": "T1"}, Dos={"ejercicio": "2026", "periodo": "T2"},
                       Tres={"ejercicio": "2026", "periodo": "T1", "area_responsable": casa.metepec.tesoreria})
    casa.hacer(casa.laura, "revisar", hechos["Dos"])
    for consulta, esperados in (("?ejercicio=2025", ["Uno"]), ("?periodo=T1", ["Tres", "Uno"]), ("?estado=revisado", ["Dos"]),
                                ("?ejercicio=2026&periodo=T1", ["Tres"]), ("?ejercicio=1999", []),
                                (f"?area_responsable={casa.metepec.tesoreria}", ["Tres"]),
                                ("?q=tres&orden=fecha_firma", ["Tres"])):
        pagina = laura.get(sitio.url(consulta))
        assert titulos(laura, sitio.url(consulta)) == esperados, consulta
        campos = pagina.forma("form.filtros").campos
        for nombre, [valor] in parse_qs(consulta[1:]).items():
            if nombre != "ejercicio" or esperados:
                assert campos.get(nombre) == valor, consulta


def test_el_orden_se_pide_en_el_encabezado_y_se_puede_voltear(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    convenios(casa, Beta={"monto_recursos": "20"}, Alfa={"monto_recursos": "300"}, Gama={"monto_recursos": None})
    assert titulos(laura, sitio.url("?orden=denominacion_convenio")) == ["Alfa", "Beta", "Gama"]
    assert titulos(laura, sitio.url("?orden=-denominacion_convenio")) == ["Gama", "Beta", "Alfa"]
    assert titulos(laura, sitio.url("?orden=-monto_recursos")) == ["Alfa", "Beta", "Gama"], "lo que no tiene, al final"
    pagina = laura.get(sitio.url("?orden=denominacion_convenio&q=alfa&desde=x"))
    [encabezado] = pagina.sopa.select("th[aria-sort]")
    assert encabezado["aria-sort"] == "ascending"
    assert parse_qs(urlsplit(str(encabezado.a["href"])).query) == {"orden": ["-denominacion_convenio"], "q": ["alfa"]}


def test_las_paginas_van_y_vuelven_por_su_direccion(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    crudo, actor, tabla = casa.crudo(casa.julieta), casa.julieta.actor, casa.tabla()
    with db.atomic():
        for numero in range(60):
            guardar(actor, tabla, crudo | {"denominacion_convenio": f"Convenio {numero:02}"})
    primera = laura.get(sitio.url("?ver=25&orden=denominacion_convenio"))
    segunda = laura.get(sitio.url(str(primera.sopa.select_one("a[rel=next]")["href"])))
    tercera = laura.get(sitio.url(str(segunda.sopa.select_one("a[rel=next]")["href"])))
    assert [len(p.folios) for p in (primera, segunda, tercera)] == [25, 25, 10]
    assert len({*primera.folios, *segunda.folios, *tercera.folios}) == 60 and not tercera.sopa.select("a[rel=next]")
    de_vuelta = laura.get(sitio.url(str(segunda.sopa.select_one("a[rel=prev]")["href"])))
    assert de_vuelta.folios == primera.folios and "60 convenios" in primera.visible
    assert "ver=25" in str(primera.sopa.select_one("a[rel=next]")["href"])


def test_una_direccion_descompuesta_ensena_la_lista(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    convenios(casa, Uno={})
    for consulta in ("?desde=nada", "?ver=7&orden=contrasena", "?estado=volando&periodo=T9&ejercicio=dosmil", "?page=-1"):
        assert titulos(laura, sitio.url(consulta)) == ["Uno"], consulta


# --- papelera y descarga ---

def test_lo_borrado_solo_esta_en_la_papelera_y_de_ahi_vuelve(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = convenios(casa, Uno={}, Dos={})["Uno"]
    casa.hacer(casa.laura, "borrar", registro)
    assert titulos(laura, sitio.url()) == ["Dos"]
    papelera = laura.get(str(laura.get(sitio.url()).sopa.find("a", string="Papelera")["href"]))
    assert papelera.folios == [folio(registro)]
    assert [str(o["value"]) for o in papelera.sopa.select("select#acto option")] == ["recuperar"]
    congelado = laura.enviar(papelera.forma("form[data-lote]"), sel=f"{folio(registro)}:2", acto="recuperar")
    laura.enviar(laura.seguir(congelado).forma("form.angosta"))
    assert sorted(titulos(laura, sitio.url())) == ["Dos", "Uno"]


def test_se_descarga_justo_lo_que_se_ve(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    convenios(casa, Uno={"monto_recursos": "1234.5"}, Dos={})
    pagina = laura.get(sitio.url("?q=uno"))
    liga = next(str(a["href"]) for a in pagina.sopa.select(".bajar a") if a.text.startswith("CSV para Excel"))
    descarga = laura.get(liga)
    assert descarga.cabeceras["Content-Disposition"] == 'attachment; filename="convenios-excel.csv"'
    encabezado, *filas = csv.reader(io.StringIO(descarga.texto.removeprefix("\ufeff")))
    assert descarga.texto.startswith("\ufeffFolio,Siglas de la institución,Institución,Estado,Ejercicio") and len(filas) == 1
    dicho = dict(zip(encabezado, filas[0], strict=True))
    assert (dicho["Nombre del convenio"], dicho["Estado"], dicho["Público desde"]) == ("Uno", "Sin revisar", "")
    assert "$1,234.50" in filas[0]


# --- peso ---

@pytest.mark.parametrize("pantalla", ["/ipo/tablero", "/ipo/f/licitaciones/", "/ipo/f/licitaciones/nuevo",
                                      "/ipo/f/remuneraciones/nuevo", "/ipo/f/obras_licitaciones/nuevo"])
def test_ninguna_pantalla_pesa_mas_de_la_cuenta(pantalla: str, sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    crudo = casa.crudo(casa.laura, "licitaciones")
    actor, tabla = casa.laura.actor, casa.tabla("licitaciones")
    with db.atomic():
        for _ in range(60):
            guardar(actor, tabla, crudo)
    pagina = laura.get(pantalla)
    partes = re.findall(r'(?:href|src)="(/ipo/estatico/[^"]+)"', pagina.texto)
    assert len(partes) == (4 if pantalla.endswith("nuevo") else 3)
    peso = len(pagina.cuerpo) + sum(len(laura.get(parte).cuerpo) for parte in partes)
    assert peso <= PESO, f"{pantalla} pesa {peso:,}"
