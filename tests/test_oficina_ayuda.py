"""La ayuda: en toda página de la oficina, en el mismo lugar; y dice lo que el manual dice de esa pantalla."""

import json

import pytest

from admin_views.ayuda import tema_de
from models.domain.permissions import Rol
from models.presentacion.manual import find_secciones, secciones_de
from models.sujetos import SujetoObligado
from tests.cliente import Sitio, Visitante
from tests.pagina import Pagina
from tests.plano import Plano, leer

pytest_plugins = "tests.sitio"

PAGINAS = sorted({(renglon.ruta, renglon.caso) for renglon in leer()
                  if renglon.cara == "oficina" and "GET" in renglon.metodos and "200" in renglon.esperado.values()})


def lugar_de_la_ayuda(pagina: Pagina) -> list[str]:
    """Lo que hay en el encabezado, en su orden, sin lo que cambia con la persona."""
    return [cosa.find(string=True).strip() for cosa in pagina.sopa.select("header .quien > a, header .quien button")]


def ayuda_de(visitante: Visitante, pagina: Pagina) -> Pagina:
    [liga] = pagina.sopa.select("header a.ayuda")
    return visitante.get(str(liga["href"]))


def test_toda_pagina_tiene_su_ayuda_en_el_mismo_lugar(sitio: Sitio) -> None:
    plano, vistas = Plano(sitio), set()
    for ruta, caso in PAGINAS:
        for nombre in ("unidad", "capturista", "garante"):
            visitante = plano.visitante(nombre)
            pagina = visitante.get(plano.direccion(ruta, caso))
            if pagina.codigo == 200 and pagina.es_html:
                assert lugar_de_la_ayuda(pagina) == ["Mensajes", "Ayuda", "Contraseña", "Salir"], (ruta, nombre)
                vistas.add(ruta.partition(" ")[2])
    assert len(vistas) > 25


def test_tambien_en_la_entrada_y_en_las_paginas_de_error(sitio: Sitio) -> None:
    nadie = sitio.anonimo()
    entrada = nadie.get("/ipo")
    ayuda = ayuda_de(nadie, entrada)
    assert ayuda.codigo == 200 and "contraseña de un solo uso" in ayuda.visible and "Infoem" in ayuda.visible
    laura = sitio.de(sitio.casa.laura)
    assert ayuda_de(laura, laura.get("/ipo/nada")).codigo == 200


@pytest.mark.parametrize("ruta, titulo", [
    ("/ipo/f/convenios/nuevo", "Capturar un registro"), ("/ipo/f/convenios/", "La lista y sus colores"),
    ("/ipo/faltantes", "El tablero y lo que falta"), ("/ipo/copia/convenios", "Para todo un periodo"),
    ("/ipo/sin-cambios", "Cuando no hay qué capturar"), ("/ipo/contrasena", "Entrar la primera vez")])
def test_cada_pantalla_abre_lo_suyo(ruta: str, titulo: str, sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    ayuda = ayuda_de(julieta, julieta.get(ruta))
    assert titulo in [h.text for h in ayuda.sopa.select("main h1, main h2")] and ayuda.sopa.select("main li, main section p")


def test_lo_que_su_manual_no_explica_esta_en_el_de_quien_captura(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert ayuda_de(laura, laura.get("/ipo/f/convenios/nuevo")).sopa.h1.text == "Capturar un registro"
    assert ayuda_de(laura, laura.get("/ipo/f/convenios/")).sopa.h1.text == "Todos los días"
    assert sitio.de(sitio.casa.gabriela).get("/ipo/ayuda/captura").sopa.h1.text == "Capturar un registro"


def test_dice_a_quien_preguntar(sitio: Sitio) -> None:
    casa = sitio.casa
    SujetoObligado.update(datos=json.dumps({"unidad_titular": "María Olascoaga", "unidad_correo": "unidad@metepec.mx"})).where(
        SujetoObligado.id == casa.metepec.id).execute()
    de_julieta = sitio.de(casa.julieta).get("/ipo/ayuda/captura")
    assert "María Olascoaga" in de_julieta.visible and "unidad@metepec.mx" in de_julieta.visible
    assert "Infoem" in sitio.de(casa.laura).get("/ipo/ayuda/captura").visible
    assert "María" not in sitio.de(casa.ines).get("/ipo/ayuda/captura").visible, "es de otra institución"


def test_un_tema_que_no_existe_da_el_manual_completo(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.julieta).get("/ipo/ayuda/nada")
    assert pagina.sopa.h1.text == "El manual"
    assert len(pagina.sopa.select("main section h2")) == len(secciones_de(Rol.CAPTURISTA)) + 1


def test_solo_se_dan_las_imagenes_del_manual(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    for nombre in ("nada.webp", "..%2Fmanual-unidad.md", "%2e%2e/manual-unidad.md"):
        assert julieta.get(f"/ipo/ayuda/capturas/{nombre}").codigo == 404


@pytest.mark.parametrize("rol", list(Rol))
def test_toda_seccion_de_un_manual_ayuda_en_algo_que_existe(rol: Rol) -> None:
    temas = {tema_de(ruta.partition(" ")[2]) for ruta, _ in PAGINAS}
    for seccion in secciones_de(rol):
        assert seccion.temas <= temas, (seccion.titulo, seccion.temas - temas)
        assert "<script" not in seccion.html and "<!--" not in seccion.html and "&lt;" not in seccion.html


def test_cada_tema_tiene_quien_lo_explique() -> None:
    temas = {tema_de(ruta.partition(" ")[2]) for ruta, _ in PAGINAS if not ruta.startswith("oficina ayuda.")}
    sin_explicar = {tema for tema in temas if not any(find_secciones(rol, tema) for rol in Rol)}
    assert sin_explicar <= SIN_PAGINA, f"Póngalo en TEMAS, o «<!-- ayuda: … -->» en un manual: {sin_explicar - SIN_PAGINA}"


SIN_PAGINA = {"salud", "estatico", "casa", "sesion"}
"""Lo que no es una página."""
