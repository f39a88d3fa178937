"""«Recordar» en lo que falta: una entrega o todo lo vencido, una vez al día, y el renglón dice cuándo."""

import re

import pytest

from models.mensajes import Entrada, Recordatorio
from tests.cliente import Sitio, Visitante
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA, RECORDAR = "/ipo/faltantes", "/ipo/faltantes/recordar"


def recordar(laura: Visitante, clave: str = "convenios") -> Pagina:
    """Oprime «Recordar» en el primer renglón de ese formato."""
    pagina = laura.get(RUTA)
    entrega = pagina.sopa.select(f"input[name=entrega][value^='{clave}:']")[0]["value"]
    return laura.seguir(laura.enviar(pagina.forma(f"form:has(input[value='{entrega}'])")))


def test_se_recuerda_una_entrega_y_el_renglon_dice_cuando(sitio: Sitio) -> None:
    laura, julieta = sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    pagina = recordar(laura)
    assert re.fullmatch(r"Se recordó 1 entrega a 3 personas; lo leerán en sus mensajes\.", pagina.avisos[0])
    [dicho] = pagina.sopa.select(".recordado")
    assert re.fullmatch(r"Recordado el \d\d/\d\d/\d{4}", dicho.text)
    bandeja = julieta.get("/ipo/mensajes")
    liga = bandeja.sopa.select_one(".bandeja a")
    assert liga.text.startswith("Recordatorio: Convenios")
    aviso = julieta.get(str(liga["href"]))
    assert julieta.get(str(aviso.sopa.select_one("main .btn.p")["href"])).sopa.h1.text.startswith("Falta")


def test_el_mismo_dia_dice_que_ya_se_habia_recordado(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    recordar(laura)
    assert recordar(laura).avisos == ["Hoy ya se había recordado."]
    assert Entrada.select().count() == 3 and Recordatorio.select().count() == 1


def test_todo_lo_vencido_se_confirma_viendo_a_quienes(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    liga = laura.get(RUTA).sopa.select_one(f"a[href='{RECORDAR}']")
    confirmar = laura.get(str(liga["href"]))
    assert "Julieta Mondragón" in confirmar.visible and "Nadia" in confirmar.visible
    assert not Recordatorio.select().exists(), "ver la confirmación no manda nada"
    hecho = laura.seguir(laura.enviar(confirmar.forma("main form")))
    assert "Se recordó" in hecho.avisos[0] and len(hecho.sopa.select(".recordado")) == Recordatorio.select().count() > 20
    assert Entrada.select().where(Entrada.usuario_id == sitio.casa.julieta.id).count() == 1


@pytest.mark.parametrize("quien", ["julieta", "ernesto", "gabriela"])
def test_solo_la_unidad(quien: str, sitio: Sitio) -> None:
    visitante = sitio.de(getattr(sitio.casa, quien))
    assert visitante.get(RECORDAR).codigo == visitante.post(RECORDAR).codigo == 404
    if quien != "gabriela":
        assert not visitante.get(RUTA).sopa.select("form[action$=recordar]")
    assert not Entrada.select().exists()


def test_sin_testigo_o_con_una_entrega_inventada_no_se_manda(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert laura.post(RECORDAR, ficha=False).codigo == 400
    for entrega in ("convenios:2026:T9", "nada:0:", "x" * 900, "convenios"):
        assert laura.seguir(laura.post(RECORDAR, {"entrega": entrega})).avisos == ["Esa entrega ya no falta."]
    assert not Entrada.select().exists()


def test_lo_de_otra_institucion_no_se_toca(sitio: Sitio) -> None:
    recordar(sitio.de(sitio.casa.laura))
    assert {e.sujeto_id for e in Entrada.select()} == {sitio.casa.metepec.id}
    assert not sitio.de(sitio.casa.ramiro).get(RUTA).sopa.select(".recordado")
