"""La pantalla de copiar del periodo anterior."""

import pytest

from tests.cliente import Sitio

pytest_plugins = "tests.sitio"

RUTA = "/ipo/copia/convenios"


def test_se_ve_cuantos_son_se_copian_y_se_llega_a_la_lista(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    for _ in range(2):
        casa.capturar(casa.julieta, periodo="T1", ejercicio="2026")
    assert RUTA in julieta.get(sitio.url()).texto
    pagina = julieta.get(RUTA, ejercicio="2026", periodo="T2")
    assert "Del 1.er trimestre de 2026 al 2.º trimestre de 2026 : 2 convenios" in pagina.visible
    lista = julieta.seguir(julieta.enviar(pagina.forma("main form[method=post]")))
    assert lista.avisos[0].startswith("Se copiaron 2 convenios.") and len(lista.sopa.select("tr[data-folio]")) == 2
    folio = lista.sopa.select_one("tr[data-folio]")["data-folio"]
    assert "Se copió de" in julieta.get(sitio.url(f"detalle?id={folio}")).visible
    otra_vez = julieta.seguir(julieta.enviar(pagina.forma("main form[method=post]")))
    assert any("ya se habían copiado" in aviso for aviso in otra_vez.avisos)


def test_sin_nada_que_copiar_se_dice(sitio: Sitio) -> None:
    assert "No hay qué copiar" in sitio.de(sitio.casa.julieta).get(RUTA, ejercicio="2020", periodo="T1").visible


@pytest.mark.parametrize("ejercicio, periodo", [("2026", "M1"), ("", "T1"), ("٢٠٢٦", "T1"), ("9" * 30, "T1"), ("2026", "\x00")])
def test_un_periodo_mal_escrito_no_copia_nada(ejercicio: str, periodo: str, sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    casa.capturar(casa.julieta, periodo="T1", ejercicio="2026")
    pagina = julieta.post(RUTA, {"ejercicio": ejercicio, "periodo": periodo})
    assert pagina.codigo == 422 and "Elija el ejercicio" in pagina.visible
    assert casa.tabla().trabajo.select().count() == 1


def test_sin_testigo_no_se_copia(sitio: Sitio) -> None:
    assert sitio.de(sitio.casa.julieta).post(RUTA, {"ejercicio": "2026", "periodo": "T2"}, ficha=False).codigo == 400
