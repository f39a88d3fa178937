"""La institución como estaba un día, y la constancia imprimible de los tres: qué dice, su huella y cómo se comprueba."""

import json
from typing import Any

import pytest

from models.domain.ausencias import NO_APLICA, approve, propose, revoke
from models.folios import de_folio
from tests.elenco import CLAVE
from tests.html_valido import faltas_de_html
from tests.portal_prep import Visita, visitar
from tests.test_portal_historia import ANTIER, AYER, HOY, corregir, mudar, mudar_todo

visita = pytest.fixture(visitar)

FORMATO = f"/metepec/{CLAVE}/2026/"


def huella(visita: Visita, ruta: str) -> str:
    return str(visita.sopa(ruta).select_one("code.larga").text)


def rutas_de(folio: str, dia: object) -> list[str]:
    return [f"{ruta}?al={dia}&constancia=1" for ruta in ("/metepec/", FORMATO, f"/metepec/{CLAVE}/r/{folio}")]


def test_que_tenia_esta_institucion_antier(visita: Visita) -> None:
    """El guion: en la institución elijo el día; leo lo que tenía y lo que no le aplicaba entonces, y de ahí voy al formato."""
    folio = visita.publicar()
    tabla, quien = visita.casa.tabla("padrones"), visita.casa.laura.actor
    ausencia = propose(quien, tabla, NO_APLICA, "El ayuntamiento no opera padrones.")
    approve(quien, tabla, ausencia)
    mudar_todo(2)
    visita.publicar()
    ausencia.situacion = "aprobada"
    revoke(quien, tabla, ausencia, "Empezó un programa.")
    assert visita.sopa("/metepec/").select_one("form.como-estaba")["action"] == "/metepec/"
    sopa = visita.sopa(f"/metepec/?al={ANTIER}")
    fila = sopa.select_one(f"tr[data-clave={CLAVE}]")
    assert fila.select_one(".num").text == "1" and fila["data-situacion"] == "publicado"
    assert fila.a["href"] == f"/metepec/{CLAVE}/?al={ANTIER}"
    assert visita.folios(fila.a["href"]) == [folio]
    padrones = sopa.select_one("tr[data-clave=padrones]")
    assert padrones["data-situacion"] == "no_aplica" and "no opera padrones" in padrones.text
    assert "no se guarda historia" in sopa.main.text
    assert "de entonces no se guardaron" in sopa.main.text, "se dio de alta hoy"
    hoy = visita.sopa(f"/metepec/?al={HOY}")
    assert hoy.select_one(f"tr[data-clave={CLAVE}] .num").text == "2"
    assert hoy.select_one("tr[data-clave=padrones]")["data-situacion"] == "sin_informacion"
    filas = {o["clave"]: o for o in json.loads(visita.get(f"/metepec.json?al={ANTIER}").text)["obligaciones"]}
    assert (filas[CLAVE]["registros"], filas["padrones"]["situacion"]) == (1, "no_aplica")
    assert visita.get("/metepec/?al=2026-02-30").status_code == 400


def test_la_constancia_dice_que_quien_donde_y_que_vale(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Reforestar el cerro")
    mudar(2, folio)
    for ruta in rutas_de(folio, ANTIER):
        texto = visita.texto(ruta)
        assert f"{ANTIER[8:]}/{ANTIER[5:7]}/{ANTIER[:4]}" in texto and "H. Ayuntamiento de Metepec" in texto
        assert "no es una certificación" in texto and "firmarla la Unidad de Información" in texto
        assert len(huella(visita, ruta)) == 64
    assert "Reforestar el cerro" in visita.texto(rutas_de(folio, ANTIER)[2])
    assert folio in visita.texto(rutas_de(folio, ANTIER)[1])


def test_la_huella_se_comprueba_en_la_misma_pagina(visita: Visita) -> None:
    folio = visita.publicar()
    mudar(2, folio)
    for ruta in rutas_de(folio, ANTIER):
        suya = huella(visita, ruta)
        comprobar = visita.sopa(ruta).select_one("a.larga")["href"]
        assert comprobar.endswith(suya) and "La huella coincide" in visita.texto(comprobar)
        for otra in ("0" * 64, "nada", suya[:-1], "%00", "9" * 500):
            assert "La huella no coincide" in visita.texto(f"{ruta}&huella={otra}")


def test_lo_que_pasa_despues_no_cambia_la_huella_de_ese_dia(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Como estaba")
    mudar(2, folio)
    antes = [huella(visita, ruta) for ruta in rutas_de(folio, ANTIER)]
    de_ayer = [huella(visita, ruta) for ruta in rutas_de(folio, AYER)]
    corregir(visita, folio, denominacion_convenio="Como quedó")
    visita.publicar()
    assert [huella(visita, ruta) for ruta in rutas_de(folio, ANTIER)] == antes
    assert [huella(visita, ruta) for ruta in rutas_de(folio, AYER)] == de_ayer
    hoy = [huella(visita, ruta) for ruta in rutas_de(folio, HOY)]
    assert not set(hoy) & set(antes), "lo de hoy es otra cosa"


def test_de_lo_retirado_se_hace_constar_que_lo_hubo(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Esto no se debía publicar")
    mudar(2, folio)
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    texto = visita.texto(rutas_de(folio, ANTIER)[1])
    assert folio in texto and "después se retiró" in texto and "no se debía publicar" not in texto
    assert visita.get(rutas_de(folio, ANTIER)[2]).status_code == 410


def test_va_por_hojas(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.constancia.POR_HOJA", 2)
    folios = [visita.publicar() for _ in range(3)]
    mudar(2, *folios)
    primera = visita.sopa(f"{FORMATO}?al={ANTIER}&constancia=1")
    segunda = primera.select_one("a[rel=next]")["href"]
    assert "constancia=1" in segunda and folios[0] in visita.texto(segunda)
    assert "3 registros públicos ese día; en esta hoja, 2." in visita.texto(f"{FORMATO}?al={ANTIER}&constancia=1")
    assert "La huella coincide" in visita.texto(visita.sopa(segunda).select_one("a.larga")["href"])
    assert visita.get(f"{FORMATO}?al={ANTIER}&constancia=1&antes=nada").status_code == 404


def test_un_dato_protegido_se_ve_protegido_en_la_constancia(visita: Visita) -> None:
    folio = visita.publicar(fuente_recursos="Dato que no debe leerse")
    mudar(2, folio)
    publica: Any = visita.casa.tabla().publica
    contenido = json.loads(publica.get(publica.id == de_folio(folio)).contenido)
    del contenido["datos"]["fuente_recursos"]
    contenido["protegidos"] = {"fuente_recursos": {"acta": "CT/12/2026", "desde": "2026-11-22"}}
    publica.update(contenido=json.dumps(contenido)).where(publica.id == de_folio(folio)).execute()
    corregir(visita, folio, fuente_recursos="Recursos propios")
    for ruta in (f"/metepec/{CLAVE}/r/{folio}/v/1", f"/metepec/{CLAVE}/r/{folio}?al={ANTIER}", rutas_de(folio, ANTIER)[2],
                 f"/metepec/{CLAVE}/r/{folio}/versiones?de=1&a=2"):
        texto = visita.texto(ruta)
        assert "rotegido" in texto and "no debe leerse" not in texto, ruta


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)  # las plantillas no saben de motores
def test_el_html_esta_bien_escrito(visita: Visita) -> None:
    folio = visita.publicar()
    mudar(2, folio)
    rutas = [*rutas_de(folio, ANTIER), f"/metepec/?al={ANTIER}", f"{FORMATO}?al={AYER}&constancia=1&huella=x", "/metepec/",
             FORMATO]
    assert faltas_de_html({ruta: visita.get(ruta).data for ruta in rutas}) == []
