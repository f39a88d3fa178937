"""Dos personas en el mismo registro: se avisan, y si una guarda antes, la otra elige de cada dato con cuál quedarse."""

import json
from typing import Any

import pytest

from models.borradores import Presencia
from models.domain.presencia import arrive
from models.domain.validation import de_canonico
from tests.cliente import Sitio, Visitante, folio
from tests.pagina import Forma, Pagina

pytest_plugins = "tests.sitio"


def hoja(pagina: Pagina) -> Forma:
    return pagina.forma("form[data-captura]")


def chocar(sitio: Sitio, registro: int, de_ernesto: dict[str, Any], de_julieta: dict[str, Any]) -> tuple[Visitante, Pagina]:
    """Los dos lo abren, Ernesto guarda y luego Julieta."""
    julieta, ernesto = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.ernesto)
    formas = [hoja(v.get(sitio.url(f"editar?id={folio(registro)}"))) for v in (julieta, ernesto)]
    assert ernesto.enviar(formas[1], **de_ernesto).codigo == 302
    choque = julieta.enviar(formas[0], **de_julieta)
    assert choque.codigo == 409
    return julieta, choque


def renglones(choque: Pagina) -> dict[str, str]:
    """Campo → lo que viene marcado."""
    return {str(r["name"]): str(r["value"]) for r in choque.sopa.select("table.choque input[checked]")}


def test_lo_que_cambio_cada_quien_viene_marcado_y_al_guardar_quedan_los_dos(sitio_de_cada: Sitio) -> None:
    sitio = sitio_de_cada
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, objetivo="Antes", nota="Antes", monto_recursos="100")
    julieta, choque = chocar(sitio, registro, {"objetivo": "De Ernesto", "monto_recursos": "200"},
                             {"nota": "De Julieta", "monto_recursos": "300"})
    assert renglones(choque) == {"tomar__objetivo": "otra", "tomar__nota": "mia", "tomar__monto_recursos": "mia"}
    assert "Usted no lo cambió" in choque.visible and "Solo usted lo cambió" in choque.visible
    assert "Lo cambiaron los dos" in choque.visible and "$200.00" in choque.visible
    assert julieta.enviar(hoja(choque)).codigo == 302
    datos = de_canonico(casa.fila(registro).contenido)[0]
    assert (datos["objetivo"], datos["nota"], datos["monto_recursos"]) == ("De Ernesto", "De Julieta", "300.00")


def test_de_cada_dato_se_elige(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, objetivo="Antes", nota="Antes", contrapartes=[{"nombre": "DIF"}])
    julieta, choque = chocar(sitio, registro,
                             {"objetivo": "De Ernesto", "nota": "", "contrapartes-0-nombre": "Cruz Roja"},
                             {"objetivo": "De Julieta", "nota": "De Julieta"})
    elegir = {"tomar__objetivo": "otra", "tomar__nota": "otra", "tomar__contrapartes": "mia"}
    assert julieta.enviar(hoja(choque), **elegir).codigo == 302
    datos = de_canonico(casa.fila(registro).contenido)[0]
    assert (datos["objetivo"], datos.get("nota"), datos["contrapartes"]) == ("De Ernesto", None, [{"nombre": "DIF"}])


def test_lo_que_no_se_eligio_queda_en_el_historial(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, objetivo="Antes")
    julieta, choque = chocar(sitio, registro, {"objetivo": "De Ernesto"}, {"objetivo": "De Julieta"})
    julieta.enviar(hoja(choque))
    assert "De Ernesto" in julieta.get(sitio.url(f"version?id={folio(registro)}&n=2")).visible


def test_un_archivo_y_lo_mal_escrito_tambien_se_eligen(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, monto_recursos="100")
    julieta, choque = chocar(sitio, registro, {"monto_recursos": "200", "convenio__quitar": "si"}, {"monto_recursos": "300"})
    assert renglones(choque)["tomar__convenio"] == "otra"
    mala = julieta.enviar(hoja(choque), monto_recursos="mucho", tomar__monto_recursos="mia")
    assert mala.codigo == 422
    assert julieta.enviar(hoja(mala), tomar__monto_recursos="otra", tomar__convenio="otra").codigo == 302
    datos = de_canonico(casa.fila(registro).contenido)[0]
    assert datos["monto_recursos"] == "200.00" and "convenio" not in datos


def test_si_solo_cambio_de_estado_se_dice(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    forma = hoja(julieta.get(sitio.url(f"editar?id={folio(registro)}")))
    casa.hacer(casa.ernesto, "revisar", registro)
    choque = julieta.enviar(forma, nota="La corrección")
    assert choque.codigo == 409 and "está en «Revisado por el área: falta publicar»" in choque.visible
    assert renglones(choque) == {"tomar__nota": "mia"}


# --- presencia ---

def test_quien_abre_ve_a_quien_ya_estaba(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    ruta = "/ipo/presencia/convenios"
    assert json.loads(julieta.post(ruta, {"id": folio(registro)}).texto) == {"otros": []}
    pagina = sitio.de(casa.laura).get(sitio.url(f"editar?id={folio(registro)}"))
    assert "Julieta Mondragón también tiene abierto este registro desde las" in pagina.visible
    [dicho] = json.loads(sitio.de(casa.laura).post(ruta, {"id": folio(registro)}).texto)["otros"]
    assert dicho in pagina.visible
    assert sitio.de(casa.laura).get(sitio.url(f"editar?id={folio(registro)}")).visible.count("Laura Nava también") == 0
    julieta.post(ruta, {"id": folio(registro), "fin": "si"})
    assert [p.usuario_id for p in Presencia.select()] == [casa.laura.id]


def test_abrir_la_hoja_no_escribe_y_latir_no_alarga_la_sesion(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    julieta.get(sitio.url(f"editar?id={folio(registro)}"))
    assert not Presencia.select().exists()


@pytest.mark.parametrize("quien", ["beto", "nadia", "gabriela", "ines"])
def test_quien_no_puede_editarlo_no_esta_ni_sabe_quien_esta(quien: str, sitio: Sitio) -> None:
    casa, registro = sitio.casa, sitio.casa.capturar(sitio.casa.julieta)
    arrive(casa.julieta.actor, registro)
    assert sitio.de(getattr(casa, quien)).post("/ipo/presencia/convenios", {"id": folio(registro)}).codigo == 404
    assert [p.usuario_id for p in Presencia.select()] == [casa.julieta.id]


def test_la_presencia_pide_post_y_testigo(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    assert julieta.get("/ipo/presencia/convenios", id=folio(registro)).codigo == 405
    assert julieta.post("/ipo/presencia/convenios", {"id": folio(registro)}, ficha=False).codigo == 400
    for malo in ("", "x", "0" * 14):
        assert julieta.post("/ipo/presencia/convenios", {"id": malo}).codigo == 404
    assert not Presencia.select().exists()
