"""La página de una institución: sus datos, sus obligaciones y cómo va cada una."""

import pytest

from models.domain.sujetos import publish_no_aplica
from models.sujetos import PubSujeto, SiglasAnteriores
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def fila(visita: Visita, clave: str) -> str:
    """Lo que la página de Metepec dice de un formato."""
    [hallada] = visita.sopa("/metepec/").select(f"tr[data-clave={clave}]")
    return " ".join(hallada.get_text(" ").split())


def test_ensena_sus_datos_y_los_de_su_unidad(visita: Visita) -> None:
    visita.describir(domicilio="Av. Villada 37", telefono="722 235 8100", correo="hola@metepec.gob.mx",
                     sitio="https://metepec.gob.mx", horario="9 a 18 h", unidad_titular="Laura Nava",
                     unidad_correo="unidad@metepec.gob.mx", unidad_telefono="722 235 8101", unidad_horario="9 a 17 h")
    texto = visita.texto("/metepec/")
    for dato in ("H. Ayuntamiento de Metepec", "Av. Villada 37", "722 235 8100", "9 a 18 h", "Laura Nava", "722 235 8101",
                 "9 a 17 h"):
        assert dato in texto
    enlaces = {a["href"] for a in visita.sopa("/metepec/").select(".ficha a")}
    assert enlaces == {"mailto:hola@metepec.gob.mx", "mailto:unidad@metepec.gob.mx", "https://metepec.gob.mx"}


def test_sin_datos_lo_dice(visita: Visita) -> None:
    assert len(visita.sopa("/metepec/").select(".ficha .sin-dato")) == 3


def test_un_sitio_que_no_es_de_la_red_no_es_enlace(visita: Visita) -> None:
    visita.describir(sitio="javascript:alert(1)", domicilio="<script>alert(1)</script>")
    assert visita.sopa("/metepec/").select(".ficha a, .ficha script") == []


def test_cada_obligacion_dice_como_va(visita: Visita) -> None:
    visita.publicar()
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "Se convoca por edictos.")
    assert "XII Convenios" in fila(visita, CLAVE)
    assert "1 Publicado Actualizado el" in fila(visita, CLAVE)
    assert "No aplica Por qué no aplica Se convoca por edictos." in fila(visita, "agenda_reuniones")
    assert "Sin información publicada todavía" in fila(visita, "licitaciones")
    assert "1 de" in visita.texto("/metepec/") and "1 no aplica" in visita.texto("/metepec/")


def test_van_por_articulo_y_en_el_orden_de_la_ley(visita: Visita) -> None:
    sopa = visita.sopa("/metepec/")
    assert [a.text.strip()[:11] for a in sopa.select(".indice a")] == ["Artículo 12", "Artículo 15"]
    fracciones = [td.text for td in sopa.select("table")[0].select(".fraccion")]
    assert fracciones[:4] == ["I", "II", "II", "II"] and fracciones[-1] == "XXIII"
    assert not sopa.select("tr[data-clave=diario_debates]")


def test_las_siglas_viejas_y_las_mayusculas_redirigen(visita: Visita) -> None:
    SiglasAnteriores.create(siglas="aytometepec", sujeto_id=visita.casa.metepec.id)
    for vieja, nueva in (("/aytometepec/", "/metepec/"), ("/METEPEC/", "/metepec/"), ("/AytoMetepec/", "/metepec/"),
                         (f"/aytometepec/{CLAVE}/2026.csv?periodo=T1", f"/metepec/{CLAVE}/2026.csv?periodo=T1"),
                         ("/ipo/portal/aytometepec.web", "/ipo/portal/metepec.web")):
        respuesta = visita.get(vieja)
        assert (respuesta.status_code, respuesta.headers["Location"]) == (301, nueva)


def test_la_direccion_del_sistema_anterior_sigue_llevando(visita: Visita) -> None:
    respuesta = visita.get("/ipo/portal/metepec.web")
    assert (respuesta.status_code, respuesta.headers["Location"]) == (301, "/metepec/")
    assert visita.get("/ipo/portal/nadie.web").status_code == 404


def test_sin_diagonal_final_redirige(visita: Visita) -> None:
    for ruta in ("/metepec", f"/metepec/{CLAVE}", f"/metepec/{CLAVE}/2026"):
        respuesta = visita.get(ruta)
        assert respuesta.status_code == 308
        assert respuesta.headers["Location"].endswith(f"{ruta}/")


def test_sus_obligaciones_se_descargan(visita: Visita) -> None:
    visita.publicar()
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "Se convoca por edictos.")
    filas = {o["clave"]: o for o in visita.get("/metepec.json").get_json()["obligaciones"]}
    assert (filas[CLAVE]["situacion"], filas[CLAVE]["registros"]) == ("publicado", 1)
    assert filas["agenda_reuniones"]["no_aplica"] == "Se convoca por edictos."
    assert filas["licitaciones"]["situacion"] == "sin_informacion"
    renglones = visita.get("/metepec.csv").text.split("\r\n")
    assert renglones[0].startswith("clave,nombre,articulo,fraccion,situacion,registros")
    assert len(renglones) == len(filas) + 2


def test_una_institucion_que_aun_no_se_publica_no_existe(visita: Visita) -> None:
    PubSujeto.delete().where(PubSujeto.siglas == "toluca").execute()
    assert visita.get("/toluca/").status_code == 404
