"""El navegador en las pruebas: el sistema servido de verdad, y cada persona del elenco ante su pantalla.

``sitio_servido``  el sistema en marcha, con lo que dejó ``siembra.py``
``persona``     ``persona("capt1.metepec")`` es una página de quien ya entró; ``persona(None)``, de un ciudadano
``capturista``, ``administrador``, ``unidad`` y ``ciudadania``: sus pantallas (``pantallas.py``), listas para usarse

Al terminar, ninguna página debe haber dicho un error en la consola, pedido algo a otro sitio ni abierto un diálogo.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import ANCHO, TELEFONO, SinChromium, Vigia, abrir_chromium, abrir_pagina, entrar
from tests.elenco import CONTRASENA
from tests.fabrica import pdf
from tests.pantallas import Ciudadania, Oficina
from tests.servidor import Sitio, correr, servir


@pytest.fixture(scope="session")
def sembrado(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``sembrado("nombre")`` da una carpeta de datos recién sembrada: se siembra una vez y se copia."""
    original = tmp_path_factory.mktemp("siembra")
    correr("tests.siembra", str(original))
    return lambda nombre: Path(shutil.copytree(original, tmp_path_factory.mktemp(nombre) / "datos"))


@pytest.fixture(scope="session")
def sitio_servido(sembrado: Callable[[str], Path]) -> Iterator[Sitio]:
    datos = sembrado("navegador")
    with servir(datos) as direccion:
        yield Sitio(direccion, json.loads((datos / "siembra.json").read_text()), datos=datos)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Sin Chromium la suite falla, salvo con ``PARCIAL=1``."""
    with ExitStack() as pila:
        try:
            navegador = pila.enter_context(abrir_chromium())
        except SinChromium as falta:
            (pytest.skip if os.environ.get("PARCIAL") == "1" else pytest.fail)(str(falta))
        yield navegador


@pytest.fixture
def vigia(sitio_servido: Sitio) -> Iterator[Vigia]:
    vigia = Vigia(sitio_servido.direccion)
    yield vigia
    if vigia.faltas:
        pytest.fail("La página hizo lo que no debe:\n" + "\n".join(vigia.faltas), pytrace=False)


@pytest.fixture(scope="session")
def sesion(sitio_servido: Sitio, chromium: Browser) -> Callable[[str | None], str | None]:
    """La cookie de esa persona, que entra la primera vez que se pide; ``None`` si es un ciudadano."""
    def de(usuario: str | None) -> str | None:
        if usuario and usuario not in sitio_servido.sesiones:
            sitio_servido.sesiones[usuario] = entrar(chromium, sitio_servido.direccion, usuario, CONTRASENA)
        return sitio_servido.sesiones[usuario] if usuario else None

    return de


@pytest.fixture
def persona(
    sesion: Callable[[str | None], str | None], chromium: Browser, vigia: Vigia,
) -> Iterator[Callable[..., Page]]:
    """Da una página a quien se diga, con la medida que se diga."""
    paginas: list[Page] = []

    def dar(usuario: str | None = None, medida: dict[str, int] = ANCHO) -> Page:
        paginas.append(abrir_pagina(chromium, vigia, medida, sesion(usuario)))
        return paginas[-1]

    yield dar
    for pagina in paginas:
        pagina.context.close()


@pytest.fixture
def capturista(persona: Callable[..., Page]) -> Oficina:
    return Oficina(persona("capt1.metepec"))


@pytest.fixture
def administrador(persona: Callable[..., Page]) -> Oficina:
    return Oficina(persona("admin1.metepec"))


@pytest.fixture
def unidad(persona: Callable[..., Page]) -> Oficina:
    return Oficina(persona("unidad.metepec"))


@pytest.fixture
def ciudadania(persona: Callable[..., Page]) -> Ciudadania:
    """Quien lee el portal en su teléfono."""
    return Ciudadania(persona(None, TELEFONO))


@pytest.fixture
def un_pdf(tmp_path: Path) -> Path:
    archivo = tmp_path / "Contrato AD-900.pdf"
    archivo.write_bytes(pdf("Contrato AD-900-2026"))
    return archivo
