"""Los datos de la institución y lo que le tocaba publicar, como estaban un día: quien los cambia guarda lo de antes."""

import datetime as dt
import json

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.sujetos import publish_sujeto
from models.reloj import atrasado, hoy
from models.servicio.borrador import refresh_claves
from models.sujetos import Aplicabilidad, PubSujeto, PubSujetoAntes, SujetoObligado
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def hace(dias: int) -> str:
    return (hoy() - dt.timedelta(days=dias)).isoformat()


def publicar_datos(visita: Visita, dias: int, **datos: str) -> None:
    """Como si la Unidad los hubiera guardado hace esos días."""
    sujeto = SujetoObligado.get_by_id(visita.casa.metepec.id)
    sujeto.datos = json.dumps(datos)
    sujeto.save()
    with atrasado(dias):
        publish_sujeto(sujeto, vigente.foto.catalogo)


@pytest.fixture
def con_pasado(visita: Visita) -> Visita:
    """Hace treinta días se publicó por primera vez; hace diez cambió la titular, y hace cinco, otra vez, en dos pasos."""
    PubSujeto.delete().where(PubSujeto.sujeto_id == visita.casa.metepec.id).execute()
    publicar_datos(visita, 30, unidad_titular="Ana Primera", telefono="722 111 1111")
    publicar_datos(visita, 10, unidad_titular="Berta Segunda", telefono="722 111 1111")
    publicar_datos(visita, 5, unidad_titular="Carla Tercera", telefono="722 111 1111")
    return visita


def test_se_lee_quien_llevaba_la_unidad_ese_dia(con_pasado: Visita) -> None:
    for dias, titular in ((29, "Ana Primera"), (11, "Ana Primera"), (10, "Berta Segunda"), (6, "Berta Segunda"),
                          (5, "Carla Tercera"), (0, "Carla Tercera")):
        pagina = con_pasado.sopa(f"/metepec/?al={hace(dias)}")
        assert titular in pagina.main.text and "son los de ese día" in pagina.main.text, dias
        assert json.loads(con_pasado.get(f"/metepec.json?al={hace(dias)}").text)["datos"]["unidad_titular"] == titular
    assert "Carla Tercera" in con_pasado.sopa("/metepec/").main.text
    antes = con_pasado.sopa(f"/metepec/?al={hace(31)}").main.text
    assert "de entonces no se guardaron" in antes and "Carla Tercera" in antes


def test_publicar_lo_mismo_no_guarda_nada_ni_mueve_la_fecha(con_pasado: Visita) -> None:
    desde = PubSujeto.get_by_id(con_pasado.casa.metepec.id).publicado_en
    publicar_datos(con_pasado, 0, unidad_titular="Carla Tercera", telefono="722 111 1111")
    assert PubSujetoAntes.select().count() == 2
    assert PubSujeto.get_by_id(con_pasado.casa.metepec.id).publicado_en == desde


def test_lo_que_le_tocaba_publicar_es_lo_de_ese_dia(con_pasado: Visita) -> None:
    """Lo que el órgano garante dejó de pedirle sigue en la lista de cuando se lo pedía."""
    id_ = con_pasado.casa.metepec.id
    Aplicabilidad.insert(sujeto_id=id_, clave=CLAVE, aplica=False).execute()
    refresh_claves(vigente.foto.catalogo)
    assert con_pasado.sopa("/metepec/").select(f"tr[data-clave={CLAVE}]") == []
    assert con_pasado.sopa(f"/metepec/?al={hace(1)}").select(f"tr[data-clave={CLAVE}]")
    assert con_pasado.sopa(f"/metepec/?al={hace(0)}").select(f"tr[data-clave={CLAVE}]") == []
    filas = con_pasado.get(f"/metepec.csv?al={hace(1)}").text
    assert f"\n{CLAVE}," in filas and f"\n{CLAVE}," not in con_pasado.get("/metepec.csv").text


def test_si_cambian_las_siglas_su_direccion_es_la_de_hoy_y_el_nombre_el_de_entonces(con_pasado: Visita) -> None:
    sujeto = SujetoObligado.get_by_id(con_pasado.casa.metepec.id)
    nombre, sujeto.nombre, sujeto.siglas = sujeto.nombre, "Nombre nuevo", "otras"
    sujeto.save()
    publish_sujeto(sujeto, vigente.foto.catalogo)
    pagina = con_pasado.sopa(f"/otras/?al={hace(3)}")
    assert pagina.h1.text == nombre and pagina.select_one("tr[data-clave] a")["href"].startswith("/otras/")
    assert "Nombre nuevo" in con_pasado.sopa("/otras/").h1.text
