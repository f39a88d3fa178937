"""Los textos del portal: el pie, la denuncia, la accesibilidad, «Avisar de un error», y la marca que el garante configura."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from models.publicados import Institucion
from models.servicio.entorno import Entorno, read_entorno
from models.servicio.marca import EDITABLES, Marca
from models.servicio.marca_leida import MarcaInvalida, contrast, read_marca
from portal import create_portal
from portal.avisos import notice_for
from tests.bases import RAIZ
from tests.portal_prep import Visita, visitar
from tests.test_navegador_accesibilidad import PANTALLAS

visita = pytest.fixture(visitar)


def con_marca(visita: Visita, marca: Marca) -> Flask:
    return create_portal(visita.publicados, visita.almacen, marca)


# --- el pie ---

def test_toda_pagina_dice_su_ley_como_denunciar_y_su_licencia(visita: Visita) -> None:
    for ruta in ("/", "/instituciones", "/metepec/", "/acerca", "/denuncia", "/accesibilidad", "/metepec/organos/"):
        pie = visita.sopa(ruta).footer
        assert "Ley de Transparencia y Acceso a la Información Pública" in pie.text and "Abrogada" in pie.text
        assert "Cualquier persona puede denunciar ante el Infoem" in pie.text
        enlaces = {a["href"] for a in pie.select("a")}
        assert {"/denuncia", "/accesibilidad", "/acerca", "https://datos.gob.mx/libreusomx"} <= enlaces


def test_ninguna_liga_del_pie_ni_del_menu_esta_rota(visita: Visita) -> None:
    sopa = visita.sopa("/")
    for liga in sopa.select("footer a[href^='/'], header a[href^='/']"):
        assert visita.get(liga["href"].split("#")[0]).status_code == 200, liga
    assert visita.sopa("/instituciones").select_one("nav [aria-current=page]").text == "Instituciones"


def test_cada_pagina_se_presenta_a_quien_la_comparte(visita: Visita) -> None:
    for ruta in ("/", "/instituciones", "/metepec/", "/acerca", "/denuncia", "/accesibilidad", "/metepec/organos/"):
        sopa = visita.sopa(ruta)
        [dicho] = sopa.select("meta[name=description]")
        assert 40 < len(dicho["content"]) < 180
        [canonica] = sopa.select("link[rel=canonical]")
        assert canonica["href"] == f"http://localhost{ruta}" == sopa.select_one("meta[property='og:url']")["content"]
        assert sopa.select_one("meta[property='og:title']")["content"] in sopa.title.text


# --- denuncia y accesibilidad ---

def test_la_denuncia_trae_sus_pasos_y_el_contacto_del_garante(visita: Visita) -> None:
    app = con_marca(visita, replace(Marca(), garante="OIC", garante_nombre="Órgano de Prueba", garante_telefono="722 000 0000",
                                    garante_correo="quejas@oic.mx", denuncia_pasos=("Primero esto.", "Luego aquello.")))
    texto = app.test_client().get("/denuncia").text
    for dicho in ("ante el OIC que", "Órgano de Prueba (OIC)", "722 000 0000", "mailto:quejas@oic.mx", "Primero esto.",
                  "Luego aquello."):
        assert dicho in texto
    assert "Infoem" not in texto.replace("infoem.org.mx", "")


def test_la_declaracion_dice_la_norma_los_limites_y_a_quien_avisar(visita: Visita) -> None:
    app = con_marca(visita, replace(Marca(), accesibilidad_correo="a11y@garante.mx"))
    texto = app.test_client().get("/accesibilidad").text
    for dicho in ("WCAG", "2.2, nivel AA", "Límites que conocemos", "mailto:a11y@garante.mx", "axe-core"):
        assert dicho in texto
    assert "mailto:" not in con_marca(visita, Marca()).test_client().get("/accesibilidad").text


# --- avisar de un error ---

def aviso(visita: Visita, **datos: str) -> str:
    visita.describir(**datos)
    return visita.sopa("/metepec/").select_one(".avisar").decode()


def test_avisar_abre_un_correo_a_la_unidad_con_la_direccion_de_la_pagina(visita: Visita) -> None:
    visita.describir(unidad_correo="unidad@metepec.gob.mx", correo="otro@metepec.gob.mx")
    enlace = urlsplit(visita.sopa("/metepec/").select_one(".avisar a")["href"])
    assert (enlace.scheme, enlace.path) == ("mailto", "unidad@metepec.gob.mx")
    partes = parse_qs(enlace.query)
    assert partes["subject"] == ["Error en lo publicado: página de la institución (Metepec)"]
    assert "http://localhost/metepec/" in partes["body"][0] and "\r\n" in partes["body"][0]
    assert "+" not in enlace.query


def test_sin_correo_dice_a_quien_llamar(visita: Visita) -> None:
    assert "Llame a la Unidad de Información: 722 235 8101." in aviso(visita, unidad_telefono="722 235 8101")
    assert "dígaselo al Infoem" in aviso(visita)
    for malo in ("no tengo", "a@b@c", "x@y.mx?bcc=otro@z.mx", "a@b.mx\nBcc: c@d.mx"):
        assert "mailto:" not in aviso(visita, unidad_correo=malo)


def test_nada_de_lo_que_se_lee_se_cuela_en_el_correo(visita: Visita) -> None:
    with visita.app.test_request_context("/"):
        dicho = notice_for(Institucion(1, "x", "X", "X&bcc=malo@x.mx", "municipal", None, {"correo": "u@x.mx"}),
                           "Obras & más\r\nBcc: a@b.mx", "/x/")
    partes = parse_qs(urlsplit(dicho.enlace).query)
    assert set(partes) == {"subject", "body"} and "\r" not in unquote(dicho.enlace.split("body=")[0].split("subject=")[0])


def test_una_extinta_ya_no_recibe_avisos(visita: Visita) -> None:
    extinta = Institucion(1, "x", "X", "X", "municipal", None, {"unidad_correo": "u@x.mx"}, extinto_en="2026-01-01")
    with visita.app.test_request_context("/"):
        dicho = notice_for(extinta, "x", "/x/")
    assert not dicho.enlace and "ya no existe" in dicho.a_quien


# --- la marca ---

@pytest.fixture
def entorno(tmp_path: Path) -> Entorno:
    return read_entorno({"IPOMEX_ENTORNO": "pruebas", "IPOMEX_DATOS": str(tmp_path)})


def escribir(entorno: Entorno, yaml: str) -> Marca:
    entorno.marca.write_text(yaml, encoding="utf-8")
    return read_marca(entorno)


def test_sin_archivo_es_la_de_siempre_y_el_ejemplo_dice_lo_mismo(entorno: Entorno) -> None:
    assert read_marca(entorno) == Marca()
    ejemplo = (RAIZ / "despliegue" / "marca.yaml").read_text(encoding="utf-8")
    assert escribir(entorno, ejemplo) == Marca()
    assert [llave for llave in EDITABLES if f"\n{llave}:" not in ejemplo and not llave.startswith("licencia_")] == []


def test_lo_que_dice_el_archivo_manda_y_lo_demas_queda(entorno: Entorno) -> None:
    marca = escribir(entorno, "garante: OIC\nlicencia: CC-BY-4.0\ndenuncia_pasos:\n  - Uno.\ncolores:\n  marca: '#5a1032'\n")
    assert (marca.garante, marca.denuncia_pasos, marca.sistema) == ("OIC", ("Uno.",), "IPOMEX")
    assert marca.licencia_id == "CC-BY-4.0" and "Creative Commons" in marca.licencia and "creativecommons" in marca.licencia_url
    assert marca.colores["marca"] == "#5a1032" and marca.colores["sobre-marca"] == "#ffffff"


def test_en_la_demostracion_el_contacto_es_inventado(tmp_path: Path) -> None:
    marca = read_marca(read_entorno({"IPOMEX_ENTORNO": "demo", "IPOMEX_DATOS": str(tmp_path)}))
    assert marca.garante_correo.endswith(".ejemplo.mx") and marca.contrasena_demo


@pytest.mark.parametrize(("yaml", "falta"), [
    ("garante: OIC\nnombre: x\n", "marca.yaml:2:1: «nombre» no es de la marca"),
    ("garante: ''\n", "«garante» está vacía"), ("garante_correo: hola\n", "Eso no es un correo"),
    ("garante_sitio: javascript:alert(1)\n", "Eso no es una dirección"), ("denuncia_pasos: uno\n", "van en una lista"),
    ("licencia: La mía\n", "no se sabe dónde está"), ("colores:\n  marca: rojo\n", "«marca» no es un color"),
    ("colores:\n  marca: '#99ccff'\n", "no se lee: el contraste"), ("colores: azul\n", "Los colores van como"),
    ("garante: [a]\n", "lleva un texto"), ("garante: 'a\n", "YAML mal escrito")])
def test_una_marca_que_no_sirve_no_arranca_y_dice_por_que(entorno: Entorno, yaml: str, falta: str) -> None:
    with pytest.raises(MarcaInvalida, match=".") as dicho:
        escribir(entorno, yaml)
    assert falta in str(dicho.value)


def test_un_archivo_pedido_que_no_esta_se_dice(tmp_path: Path) -> None:
    with pytest.raises(MarcaInvalida, match="no se puede leer"):
        read_marca(read_entorno({"IPOMEX_ENTORNO": "pruebas", "IPOMEX_DATOS": str(tmp_path), "IPOMEX_MARCA": "no-esta.yaml"}))


def test_el_contraste_es_el_de_las_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


# --- nadie se queda sin revisar ---

def endpoint_de(visita: Visita, ruta: str) -> str:
    mapa = visita.app.url_map.bind("localhost")
    try:
        return str(mapa.match(urlsplit(re.sub(r"\{[^}]+\}", "0am67br5c0404g", ruta)).path)[0])
    except (NotFound, RequestRedirect):
        return ""


def test_toda_clase_de_pagina_se_revisa_con_axe(visita: Visita) -> None:
    """Quien agregue una página al portal la agrega a ``PANTALLAS`` de la prueba de accesibilidad."""
    paginas = {r.endpoint for r in visita.app.url_map.iter_rules()
               if not re.search(r"\.[a-z(<]|/estatico/|/archivo/|<any|sugerencias|/api/v1", r.rule)}
    revisadas = {endpoint_de(visita, ruta) for quien, ruta in PANTALLAS.values() if quien is None}
    assert paginas - revisadas == set()
