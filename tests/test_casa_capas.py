"""La casa: las importaciones solo bajan (``docs/arquitectura.md``), y Flask no pasa de la capa 3."""

import ast
from collections.abc import Iterator

import pytest

from tests.codigo import Modulo, modulos

WEB = frozenset({"flask", "flask_admin", "flask_babel", "flask_login", "flask_principal", "flask_wtf", "jinja2",
                 "waitress", "werkzeug", "wtforms", "wtfpeewee"})
DINAMICAS = ("import_module", "importlib.import_module", "__import__")

PERMITIDAS: dict[tuple[str, str], str] = {
    ("models.esquema", "models.busqueda.motores"):
        "Crear las tablas fijas incluye la del buscador, y solo su motor sabe cómo se hace.",
    ("models.servicio.servidor", "waitress"):
        "Es quien sirve: envuelve la aplicación ya hecha, sin saber nada de peticiones.",
    ("models.servicio.canal", "waitress.task"):
        "La respuesta, como sale por esa conexión.",
    ("models.servicio.canal", "waitress.channel"):
        "La conexión de quien sirve: tampoco sabe qué se pide por ella.",
}
"""(quién, a quién) → por qué. Lo demás que suba de capa es una falta."""


def capa(nombre: str) -> int:
    """La capa de un módulo de la casa (``docs/arquitectura.md``)."""
    raiz, _, resto = nombre.partition(".")
    if raiz == "models":
        return 2 if "." in resto or _es_cuarto(nombre) else 1
    return {"fracciones_config": 0, "admin_views": 3, "portal": 3, "app": 4}[raiz]


def _es_cuarto(nombre: str) -> bool:
    """``models.domain`` es un cuarto; ``models.actos``, un módulo suelto. ``models`` a secas no es nada."""
    return any(m.nombre == nombre and m.es_paquete for m in modulos()) and nombre != "models"


def importados(modulo: Modulo) -> Iterator[str]:
    """Los nombres que un módulo importa, también dentro de funciones y con puntos."""
    for nodo in ast.walk(modulo.arbol):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            base = modulo.paquete.split(".")[:len(modulo.paquete.split(".")) + 1 - nodo.level] if nodo.level else []
            origen = ".".join([*base, *([nodo.module] if nodo.module else [])])
            yield from ({f"{origen}.{alias.name}" if _existe(f"{origen}.{alias.name}") else origen
                         for alias in nodo.names})
        elif isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in DINAMICAS:
            yield ast.literal_eval(nodo.args[0]) if isinstance(nodo.args[0], ast.Constant) else "?"


def _existe(nombre: str) -> bool:
    return any(modulo.nombre == nombre for modulo in modulos())


def faltas(modulo: Modulo) -> list[str]:
    """Lo que un módulo importa y no debería."""
    suya, casa = capa(modulo.nombre), modulo.nombre.partition(".")[0]
    malas = []
    for nombre in importados(modulo):
        raiz = nombre.partition(".")[0]
        if (modulo.nombre, nombre) in PERMITIDAS or (modulo.nombre, raiz) in PERMITIDAS:
            continue
        if raiz in ("fracciones_config", "models", "admin_views", "portal", "app"):
            de_al_lado = suya == capa(nombre) == 3 and raiz != casa
            if capa(nombre) > suya or de_al_lado:
                malas.append(nombre)
        elif raiz in WEB and suya < 3 or raiz in ("tests", "benchmarks", "?"):
            malas.append(nombre)
    return malas


def test_hay_modulos_en_las_cinco_capas() -> None:
    assert {capa(modulo.nombre) for modulo in modulos()} == {0, 1, 2, 3, 4}
    assert len(modulos()) > 60


def test_las_importaciones_solo_bajan() -> None:
    assert {modulo.nombre: malas for modulo in modulos() if (malas := faltas(modulo))} == {}


def test_toda_excepcion_se_usa() -> None:
    usadas = {(modulo.nombre, nombre) for modulo in modulos() for nombre in importados(modulo)}
    assert PERMITIDAS.keys() <= usadas


@pytest.mark.parametrize(("quien", "codigo", "malas"), [
    ("fracciones_config.campo", "from models.base import db", ["models.base"]),
    ("models.actos", "from models.domain.estados import Estado", ["models.domain.estados"]),
    ("models.actos", "def f():\n    from models.domain import estados", ["models.domain.estados"]),
    ("models.domain.plan", "import flask", ["flask"]),
    ("models.domain.plan", "from werkzeug.datastructures import MultiDict", ["werkzeug.datastructures"]),
    ("models.domain.plan", "from admin_views import rutas", ["admin_views.rutas"]),
    ("fracciones_config.campo", "from wtforms import Form", ["wtforms"]),
    ("portal.inicio", "from admin_views.rutas import CLASES", ["admin_views.rutas"]),
    ("admin_views.rutas", "import portal", ["portal"]),
    ("admin_views.rutas", "from app import create_app", ["app"]),
    ("models.base", "from .domain import plan", ["models.domain.plan"]),
    ("models.base", "from importlib import import_module\nimport_module('models.domain.plan')", ["models.domain.plan"]),
    ("models.base", "import tests.bases", ["tests.bases"]),
    ("models.domain.plan", "from models.actos import Acto\nfrom fracciones_config import Campo\nimport json", []),
    ("models.domain.workflow.actos", "from models.busqueda.motores import indice_de", []),
    ("admin_views.rutas", "import flask\nfrom models.domain.permissions import puede", []),
    ("app", "from portal import create_portal\nfrom admin_views import create_oficina", []),
])
def test_la_regla_sabe_fallar(quien: str, codigo: str, malas: list[str]) -> None:
    assert faltas(Modulo(quien, codigo)) == malas
