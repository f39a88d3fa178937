"""Lo que el buscador sugiere: mientras se teclea, y cuando no halló nada. Lo retirado no se sugiere."""

from typing import Any

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.vocabulario import Vocabulario, rebuild_palabras
from models.palabras import PubPalabra
from models.publicados.palabras import distance
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def sugeridas(visita: Visita, tecleado: str) -> list[dict[str, Any]]:
    respuesta = visita.get(f"/buscar/sugerencias?q={tecleado}")
    assert respuesta.status_code == 200 and respuesta.mimetype == "application/json"
    return list(respuesta.json["sugerencias"])


def textos(visita: Visita, tecleado: str) -> list[str]:
    return [una["texto"] for una in sugeridas(visita, tecleado)]


def test_sugiere_palabras_como_se_escriben_y_cada_una_halla_algo(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Reforestación de jardines públicos")
    visita.publicar(denominacion_convenio="Jardín botánico y jardín del arte", objetivo="Jardineras")
    rebuild_palabras(vigente.foto.tablas)
    palabras = [una for una in sugeridas(visita, "jardi") if una["que_es"] == "Buscar"]
    assert [una["texto"] for una in palabras] == ["jardín", "jardineras"]
    assert all("Jard" in visita.texto(una["ruta"]) for una in palabras)
    assert "reforestación jardín" in textos(visita, "reforestación jar")
    assert textos(visita, "JARDÍ") == textos(visita, "jardi")


def test_sugiere_instituciones_y_tipos_por_su_comienzo(visita: Visita) -> None:
    assert {"texto", "que_es", "ruta"} == set(sugeridas(visita, "mete")[0])
    assert "/metepec/" in [una["ruta"] for una in sugeridas(visita, "mete")]
    assert "/informacion/remuneraciones/" in [una["ruta"] for una in sugeridas(visita, "remun")]
    assert "/metepec/remuneraciones/" in [una["ruta"] for una in sugeridas(visita, "sueldos metepec")]


def test_lo_retirado_deja_de_sugerirse_antes_de_que_nadie_rehaga_las_palabras(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Zarigüeya")
    rebuild_palabras(vigente.foto.tablas)
    assert "zarigüeya" in textos(visita, "zari") and "zarigüeya" in visita.texto("/buscar?q=zarihueya")
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    assert "zarigüeya" not in textos(visita, "zari") and "zarigüeya" not in visita.texto("/buscar?q=zarihueya")
    assert rebuild_palabras(vigente.foto.tablas) == PubPalabra.select().count()
    assert not PubPalabra.select().where(PubPalabra.forma == "zarigüeya").exists()


def test_quiso_decir_lleva_a_algo_y_respeta_los_filtros(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Jardín botánico")
    rebuild_palabras(vigente.foto.tablas)
    [enlace] = [a for a in visita.sopa("/buscar?q=jardni+botanico&institucion=metepec").select(".nada a")
                if "jard" in a.text and "institucion=metepec" in a["href"]][:1]
    assert enlace.text == "jardín botanico" and "Jardín botánico" in visita.texto(enlace["href"])
    assert "¿Quiso decir" not in visita.texto("/buscar?q=zzzzqqq")


def test_con_menos_palabras(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Jardín")
    visita.publicar(denominacion_convenio="Panteón")
    assert "Con menos palabras sí hay" in visita.texto("/buscar?q=jardin+panteon")


def test_las_palabras_solo_se_rehacen_si_algo_cambio(visita: Visita) -> None:
    visita.publicar(denominacion_convenio="Jardín")
    vocabulario, sin_prisa = Vocabulario(espera=0), Vocabulario()
    assert vocabulario.look(vigente.foto.tablas) and vocabulario.look(vigente.foto.tablas) is None
    assert sin_prisa.look(vigente.foto.tablas)
    visita.publicar(denominacion_convenio="Panteón")
    assert vocabulario.look(vigente.foto.tablas) and sin_prisa.look(vigente.foto.tablas) is None


def test_sin_letras_o_con_basura_no_sugiere_y_no_se_cae(visita: Visita) -> None:
    for tecleado in ("", "a", "%00%00", "%25%25%25", "_____", "'\";--", "9" * 500, "ñ" * 300, "{{{", "%F0%9F%98%80"):
        assert sugeridas(visita, tecleado) == []


@pytest.mark.parametrize(("una", "otra", "lejos"), [
    ("jardin", "jardin", 0), ("jardni", "jardin", 1), ("jardn", "jardin", 1), ("jarbines", "jardin", 3), ("abc", "xyz", 3),
])
def test_distancia(una: str, otra: str, lejos: int) -> None:
    assert distance(una, otra, 3) == distance(otra, una, 3) == lejos
