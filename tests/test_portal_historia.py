"""Qué era público un día: el formato, la institución y el registro como estaban; y lo que nunca se vuelve a leer."""

import datetime as dt
import re
from typing import Any

import pytest

from models.actos import PubVersion
from models.actos_publicos import PubActo
from models.folios import de_folio
from models.publicados.cortes import Corte
from models.publicados.vigencias import AlCorte
from models.reloj import MEXICO, hoy
from tests.bases import Base
from tests.elenco import CLAVE, Casa
from tests.portal_prep import Visita, visitar
from tests.versiones import mudar_hoy

visita = pytest.fixture(visitar)

HOY = hoy()
ANTIER = (HOY - dt.timedelta(days=2)).isoformat()
AYER = (HOY - dt.timedelta(days=1)).isoformat()
PAGINA = f"/metepec/{CLAVE}/2026/"


def hace(dias: int) -> int:
    """Milisegundos que hay que restar."""
    return dias * 86_400_000


def mudar(dias: int, *folios: str) -> None:
    """Como si todo lo que se ha hecho con esos registros hubiera pasado hace unos días."""
    ids = [de_folio(folio) for folio in folios]
    for modelo, instantes in ((PubVersion, ("desde", "hasta")), (PubActo, ("instante",))):
        for nombre in instantes:
            campo = getattr(modelo, nombre)
            modelo.update({campo: campo - hace(dias)}).where(modelo.registro_id.in_(ids), campo > ahora_menos(dias)).execute()
    mudar_hoy(hace(dias), *ids, desde=ahora_menos(dias))


def mudar_todo(dias: int) -> None:
    """Como si todo lo hecho hasta ahora hubiera pasado hace unos días."""
    for modelo, nombre in ((PubVersion, "desde"), (PubVersion, "hasta"), (PubActo, "instante")):
        campo = getattr(modelo, nombre)
        modelo.update({campo: campo - hace(dias)}).execute()
    mudar_hoy(hace(dias))


def ahora_menos(dias: int) -> int:
    return int((dt.datetime.now(MEXICO) - dt.timedelta(days=dias)).timestamp() * 1000)


def corregir(visita: Visita, folio: str, **campos: Any) -> None:
    visita.casa.editar(visita.casa.laura, de_folio(folio), **campos)
    visita.hacer("publicar", folio)


def test_que_decia_este_formato_hace_dos_dias(visita: Visita) -> None:
    """El guion de quien pregunta: publicado antier, corregido ayer; lo de hoy nadie lo había publicado."""
    folio = visita.publicar(denominacion_convenio="Texto original")
    mudar(2, folio)
    corregir(visita, folio, denominacion_convenio="Ya corregido")
    nuevo = visita.publicar(denominacion_convenio="De hoy")
    assert visita.folios(PAGINA) == [nuevo, folio]
    assert visita.folios(f"{PAGINA}?al={ANTIER}") == [folio]
    assert visita.folios(f"{PAGINA}?al={HOY}") == [nuevo, folio]
    antes = visita.texto(f"{PAGINA}?al={ANTIER}")
    assert "Texto original" in antes and "Ya corregido" not in antes and "1 convenio ese día" in antes
    assert f"Así estaba al terminar el {dt.date.fromisoformat(ANTIER):%d/%m/%Y}" in antes
    assert "Ya corregido" in visita.texto(f"{PAGINA}?al={HOY}")
    tres = (HOY - dt.timedelta(days=3)).isoformat()
    assert "no tenía pública esta información" in visita.texto(f"{PAGINA}?al={tres}")


def test_las_descargas_son_las_de_ese_dia(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Texto original")
    mudar(2, folio)
    corregir(visita, folio, denominacion_convenio="Ya corregido")
    enlaces = [a["href"] for a in visita.sopa(f"{PAGINA}?al={ANTIER}").select(".descargas a")]
    assert len(enlaces) == 4 and all(f"al={ANTIER}" in enlace for enlace in enlaces)
    for enlace in enlaces:
        respuesta = visita.get(enlace)
        assert respuesta.status_code == 200 and f"al-{ANTIER}" in respuesta.headers["Content-Disposition"]
        if ".xlsx" not in enlace:
            assert "Texto original" in respuesta.text and "Ya corregido" not in respuesta.text


def test_lo_que_despues_se_retiro_se_cuenta_y_se_nombra_pero_no_se_lee(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Esto no se debía publicar")
    mudar(2, folio)
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    texto = visita.texto(f"{PAGINA}?al={ANTIER}")
    assert visita.folios(f"{PAGINA}?al={ANTIER}") == [folio]
    assert "Era público. Se retiró después" in texto and "Se publicó por duplicado." in texto
    for ruta in (PAGINA, f"/metepec/{CLAVE}/2026.csv", f"/metepec/{CLAVE}/2026.json"):
        assert "no se debía publicar" not in visita.get(f"{ruta}?al={ANTIER}").text
    assert visita.folios(f"{PAGINA}?al={HOY}") == []


def test_lo_retirado_y_vuelto_a_publicar_tampoco_se_lee_como_era(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Esto no se debía publicar")
    mudar(2, folio)
    visita.hacer("retirar", folio, motivo="Llevaba un domicilio.")
    visita.hacer("restaurar", folio)
    corregir(visita, folio, denominacion_convenio="Ya sin domicilio")
    assert "no se debía publicar" not in visita.get(f"{PAGINA}?al={ANTIER}").text
    assert "Ya sin domicilio" in visita.texto(f"{PAGINA}?al={HOY}")


def test_lo_vigente_un_dia(visita: Visita) -> None:
    clave = "marco_normativo"
    siempre, derogada = (visita.publicar(clave, denominacion=nombre) for nombre in ("Siempre", "Derogada"))
    mudar(2, siempre, derogada)
    visita.hacer("retirar", derogada, clave, motivo="Se derogó con la reforma.")
    assert set(visita.folios(f"/metepec/{clave}/?al={ANTIER}")) == {siempre, derogada}
    assert visita.folios(f"/metepec/{clave}/?al={HOY}") == [siempre]
    assert visita.folios(f"/metepec/{clave}/{HOY.year}/?al={HOY}") == [siempre]


IMPOSIBLES = {
    "2026-02-30": "no existe o está mal escrita", "ayer": "mal escrita", "2026-3-1": "mal escrita", "20260301": "mal escrita",
    "٢٠٢٦-٠٣-٠١": "mal escrita", "2026-03-01T00:00": "mal escrita", "\x00": "mal escrita", "9" * 400: "mal escrita",
    "9999-12-31": "todavía no llega", "0001-01-01": "Antes del 01/01/2004",
}


def test_una_fecha_imposible_se_dice_en_espanol(visita: Visita) -> None:
    folio = visita.publicar()
    for ruta in (PAGINA, f"/metepec/{CLAVE}/", f"/metepec/{CLAVE}/2026.csv", f"/metepec/{CLAVE}/r/{folio}"):
        for dicho, dice in IMPOSIBLES.items():
            respuesta = visita.get(ruta, query_string={"al": dicho})
            assert (respuesta.status_code, dice in respuesta.text) == (400, True), (ruta, dicho)


def test_sin_dia_es_la_pagina_de_siempre(visita: Visita) -> None:
    folio = visita.publicar()
    assert visita.folios(f"{PAGINA}?al=") == [folio]
    campo = visita.sopa(PAGINA).select_one("form.como-estaba input[name=al]")
    assert campo["type"] == "date" and campo["max"] == HOY.isoformat()


@pytest.mark.parametrize("ventana", [1, 2, 1000])
def test_va_por_paginas_en_los_dos_sentidos(ventana: int, visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    visita.publicados.por_pagina = 2
    monkeypatch.setattr(AlCorte.__init__, "__defaults__", (ventana,))
    folios = [visita.publicar() for _ in range(5)]
    mudar(2, *folios)
    corregir(visita, folios[1], objetivo="Otro")
    visita.hacer("retirar", folios[3], motivo="Se publicó por duplicado.")
    nuevo = visita.publicar()
    quedan, vistas, ruta = folios[::-1], [], f"{PAGINA}?al={ANTIER}"
    while ruta:
        sopa = visita.sopa(ruta)
        vistas.append([str(fila["data-folio"]) for fila in sopa.select("tr[data-folio]")])
        siguiente, ultima = sopa.select_one("a[rel=next]"), ruta
        ruta = siguiente["href"] if siguiente else ""
    assert [folio for vista in vistas for folio in vista] == quedan and nuevo not in quedan
    if ventana > 2:
        atras = visita.sopa(ultima).select_one("a[rel=prev]")["href"]
        assert visita.folios(atras) == quedan[2:4]


def test_lo_de_un_dia_se_halla_por_los_indices(base: Base, casa: Casa) -> None:
    """Ni recorre las versiones ni las ordena, aunque sean un millón."""
    from tests.test_actos_publicos import plan_de

    recorrido = AlCorte(None, casa.tabla(), casa.metepec.id, 2026, 2_000_000_000_000)  # type: ignore[arg-type]
    for consulta, id_ in (recorrido._abiertas(), recorrido._cerradas()):
        plan = plan_de(base, *consulta.where(id_ < 10**18).order_by(id_.desc()).limit(26).sql())
        assert "SCAN" not in plan and "Seq Scan" not in plan and "TEMP B-TREE" not in plan and "Sort" not in plan, plan
    assert "pub_version_cerrada" in plan


def test_el_dia_termina_a_medianoche_de_mexico() -> None:
    corte = Corte(dt.date(2026, 3, 1))
    assert dt.datetime.fromtimestamp(corte.instante / 1000, MEXICO) == dt.datetime(2026, 3, 2, tzinfo=MEXICO)
    assert re.fullmatch(r"\d{13}", str(corte.instante))
