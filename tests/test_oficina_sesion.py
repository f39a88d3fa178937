"""Cuánto le queda a la sesión: preguntarlo no la alarga, «Seguir trabajando» sí, y nadie la alarga más de doce horas."""

import json
from typing import Any

from models.domain.sesiones import OCIO, TOTAL
from models.reloj import ahora
from models.usuarios import Sesion
from tests.cliente import Sitio, Visitante

pytest_plugins = "tests.sitio"


def hace(**milisegundos: int) -> None:
    """Como si la sesión se hubiera visto (o creado) hace tanto."""
    Sesion.update({getattr(Sesion, nombre): ahora() - cuanto for nombre, cuanto in milisegundos.items()}).execute()


def preguntar(visitante: Visitante) -> Any:
    return json.loads(visitante.get("/ipo/sesion").texto)


def test_dice_lo_que_queda_y_preguntarlo_no_la_alarga(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(vista=OCIO - 240_000)
    for _ in range(2):
        dicho = preguntar(julieta)
        assert dicho["viva"] and dicho["se_alarga"] and 200_000 < dicho["quedan"] <= 240_000
    julieta.post("/ipo/presencia/convenios", {"id": "x"})
    assert preguntar(julieta)["quedan"] <= 240_000, "tener abierta la página no es trabajar"


def test_seguir_trabajando_la_alarga(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(vista=OCIO - 240_000)
    seguida = julieta.post("/ipo/sesion/seguir")
    assert seguida.codigo == 200 and json.loads(seguida.texto)["quedan"] > OCIO - 10_000
    assert preguntar(julieta)["quedan"] > OCIO - 10_000


def test_teclear_tambien_es_trabajar(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(vista=OCIO - 240_000)
    assert julieta.post("/ipo/borradores/convenios/guardar", {"envio": "a" * 32, "objetivo": "Uno"}).codigo == 200
    assert preguntar(julieta)["quedan"] > OCIO - 10_000


def test_pasadas_doce_horas_no_hay_quien_la_alargue(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(creada=TOTAL - 120_000)
    dicho = json.loads(julieta.post("/ipo/sesion/seguir").texto)
    assert dicho["viva"] and not dicho["se_alarga"] and dicho["quedan"] <= 120_000


def test_terminada_lo_dice_y_ya_no_se_alarga(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(vista=OCIO + 1000)
    assert preguntar(julieta) == {"viva": False}
    assert julieta.post("/ipo/sesion/seguir").codigo == 302
    assert preguntar(julieta) == {"viva": False} and preguntar(sitio.anonimo()) == {"viva": False}
    hace(vista=0)


def test_da_el_testigo_con_que_se_envia(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    julieta.ficha = preguntar(julieta)["testigo"]
    assert julieta.post("/ipo/sesion/seguir").codigo == 200


def test_seguir_pide_post_y_testigo(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    hace(vista=OCIO - 240_000)
    assert julieta.get("/ipo/sesion/seguir").codigo == 405
    assert julieta.post("/ipo/sesion/seguir", ficha=False).codigo == 400
