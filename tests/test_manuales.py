"""Los manuales no envejecen: cada botón, liga o título que citan entre «…» está en las pantallas, con esas palabras."""

import re
from functools import cache
from pathlib import Path

import pytest

from models.domain.ausencias import approve, propose
from models.domain.permissions import Rol
from models.domain.sin_cambios import confirm
from models.presentacion.manual import ARCHIVOS, DOCS
from tests.bases import RAIZ
from tests.cliente import Sitio
from tests.escenario import publicar, ultimo_cerrado
from tests.ilustraciones import IMAGENES
from tests.rastreo import lo_que_se_lee

pytest_plugins = "tests.sitio"

_CITA = re.compile(r"«([^»]+)»")
PLANTILLAS = (RAIZ / "admin_views" / "templates", RAIZ / "admin_views" / "estatico", RAIZ / "portal" / "plantillas")


def citas(rol: Rol) -> set[str]:
    """Lo que el manual de un papel cita, sin lo que es un ejemplo."""
    texto = " ".join((DOCS / ARCHIVOS[rol]).read_text(encoding="utf-8").replace("**", "").split())
    return set(_CITA.findall(texto))


def patron(cita: str) -> re.Pattern[str]:
    """Como se busca: « … », con espacios, es cualquier cosa; lo demás va a la letra."""
    return re.compile(r".{1,40}?".join(re.escape(parte) for parte in re.split(r" … | …$", cita)))


@cache
def en_las_plantillas() -> str:
    """Lo que dicen las plantillas: ahí está también lo que solo aparece tras un acto."""
    rutas = [ruta for carpeta in PLANTILLAS for ruta in sorted([*carpeta.rglob("*.html"), *carpeta.rglob("*.js")])]
    return " ".join(" ".join(_sin_marcas(ruta) for ruta in rutas).split())


def _sin_marcas(ruta: Path) -> str:
    texto = re.sub(r"{%.*?%}|{#.*?#}", "", ruta.read_text(encoding="utf-8"), flags=re.S)
    con_literales = re.sub(r"{{(.*?)}}", lambda dicho: " x ".join(re.findall(r"'([^']*)'", dicho[1])) or "x", texto, flags=re.S)
    return re.sub(r"<[^>]+>", " ", re.sub(r"\${.*?}", "x", con_literales))


def poblar(sitio: Sitio) -> None:
    """Un registro en cada estado, para que se vean todos los botones."""
    casa = sitio.casa
    publicar(sitio, casa.julieta, casa.laura)
    publicar(sitio, casa.julieta, casa.laura, "padrones", ejercicio="2023", periodo="T1")
    casa.editar(casa.julieta, publicar(sitio, casa.julieta, casa.laura), nota="Otra cosa.")
    casa.hacer(casa.ernesto, "devolver", casa.capturar(casa.julieta), motivo="Falta la firma.")
    casa.hacer(casa.ernesto, "revisar", casa.capturar(casa.julieta))
    casa.capturar(casa.julieta)
    tabla = casa.tabla("padrones")
    approve(casa.laura.actor, casa.tabla("auditorias"),
            propose(casa.laura.actor, casa.tabla("auditorias"), "no_aplica", "No se practican auditorías propias."))
    cerrado = ultimo_cerrado(tabla.formato)
    confirm(casa.laura.actor, tabla, cerrado.ejercicio, cerrado.clave)


def test_lo_que_citan_los_manuales_esta_en_las_pantallas(sitio: Sitio) -> None:
    poblar(sitio)
    casa = sitio.casa
    texto = lo_que_se_lee(sitio, casa.laura, casa.ernesto, casa.julieta, casa.gabriela) + sitio.anonimo().get("/ipo").visible
    todo = f"{texto}\n{en_las_plantillas()}"
    faltan = {(ARCHIVOS[rol], cita) for rol in Rol for cita in citas(rol) if not patron(cita).search(todo)}
    assert not faltan, "\n".join(sorted(f"{archivo}: «{cita}»" for archivo, cita in faltan))


@pytest.mark.parametrize(("cita", "texto", "esta"), [
    ("Guardar", "Guardar y agregar otro", True), ("Guardar todo", "Guardar y agregar otro", False),
    ("Faltan … entregas", "Faltan 16 entregas: 3 vencidas", True), ("Más…", "Más", False),
    ("Ver la versión …", "Ver la versión 3", True)])
def test_una_cita_se_busca_a_la_letra_salvo_lo_que_cambia(cita: str, texto: str, esta: bool) -> None:
    assert bool(patron(cita).search(texto)) is esta


def test_las_imagenes_de_los_manuales_son_pocas_ligeras_y_dicen_que_se_ve() -> None:
    citadas = {(alt, nombre) for archivo in ARCHIVOS.values()
               for alt, nombre in re.findall(r"!\[(.*?)\]\(capturas/(.+?)\)", (DOCS / archivo).read_text(encoding="utf-8"))}
    hechas = {ruta.name: ruta.stat().st_size for ruta in (DOCS / "capturas").iterdir()}
    assert {nombre for _, nombre in citadas} == hechas.keys() == {f"{nombre}.png" for nombre in IMAGENES}
    assert len(hechas) <= 25 and all(peso <= 120_000 for peso in hechas.values()), hechas
    assert all(len(alt) > 15 for alt, _ in citadas)


def test_la_ayuda_ensena_sus_imagenes(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    imagenes = julieta.get("/ipo/ayuda/captura").sopa.select("main img")
    assert imagenes and all(imagen["alt"] and imagen["loading"] == "lazy" for imagen in imagenes)
    assert all(julieta.get(str(imagen["src"])).cabeceras["Content-Type"] == "image/png" for imagen in imagenes)
