"""Veinte preguntas de la gente, en un navegador de verdad: cada una se contesta en tres pasos o menos desde la portada."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import TELEFONO, Vigia, abrir_pagina
from tests.preguntas import Pregunta, Visita, leer_preguntas
from tests.servidor import correr, servir

pytest_plugins = ("tests.navegador",)

PREGUNTAS = leer_preguntas()
PASOS = 3


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """La demostración, con dos instituciones enteras, servida."""
    datos: Path = tmp_path_factory.mktemp("preguntas") / "datos"
    correr("tests.demostrado", str(datos))
    with servir(datos) as direccion:
        yield direccion


def test_son_veinte_y_ninguna_pide_mas_de_tres_pasos() -> None:
    assert [pregunta.numero for pregunta in PREGUNTAS] == list(range(1, 21))
    assert all(1 <= len(pregunta.pasos) <= PASOS for pregunta in PREGUNTAS)


@pytest.mark.parametrize("pregunta", PREGUNTAS, ids=lambda pregunta: f"{pregunta.numero}")
def test_se_contesta_como_dice_el_documento(pregunta: Pregunta, portal: str, chromium: Browser) -> None:
    vigia = Vigia(portal)
    pagina = abrir_pagina(chromium, vigia, TELEFONO if pregunta.numero % 2 else {"width": 1280, "height": 900})
    visita = Visita(pagina)
    for paso in pregunta.pasos:
        visita.da(paso)
    visita.comprueba(pregunta.respuesta)
    assert not vigia.faltas
    pagina.context.close()
