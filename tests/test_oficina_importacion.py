"""La pantalla que carga el organigrama y el directorio desde Excel: se ve antes, se confirma, y lo subido no se pierde."""

import pytest

from models.adjuntos import Archivo
from models.maestros import Area, Persona
from tests.cliente import Sitio, Visitante
from tests.libros import AREAS, PERSONAS, celdas, hostiles, libro
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

ARBOL = (("Presidencia", "", "Presidenta", "Gobernar"), ("Archivo", "Presidencia", "Jefa", "Guardar"))


def subir(quien: Visitante, contenido: bytes, que: str = "organigrama", **campos: str) -> Pagina:
    forma = quien.get(f"/ipo/{que}/importar").forma("form[data-subir]")
    return quien.enviar(forma, archivo=("mis áreas.xlsx", contenido), **campos)


def cargar(quien: Visitante, previa: Pagina) -> Pagina:
    return quien.seguir(quien.enviar(previa.forma("form[data-cargar]")))


def test_se_ve_se_confirma_y_el_arbol_queda(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    previa = laura.seguir(subir(laura, libro(AREAS, *ARBOL), responsable="propia"))
    assert "Todavía no se guarda nada" in previa.visible and "Nuevas (2)" in previa.visible
    assert not Area.select().where(Area.nombre == "Archivo").exists()
    arbol = cargar(laura, previa)
    assert "Se cargaron 2 renglones nuevos y cambiaron 0." in arbol.avisos[0]
    nombres = [liga.text for liga in arbol.sopa.select(".arbol-areas a.fuerte")]
    assert nombres.index("Presidencia") < nombres.index("Archivo")
    otra_vez = laura.seguir(subir(laura, libro(AREAS, *ARBOL)))
    assert "no hay nada que cargar" in otra_vez.visible and otra_vez.sopa.select_one("form[data-cargar]") is None


def test_lo_que_no_cabe_se_dice_por_celda_y_se_cargan_solo_las_buenas(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    previa = laura.seguir(subir(laura, libro(AREAS, *ARBOL, ("Mala", "Nadie", "", ""))))
    fila = previa.sopa.select_one("table tbody tr")
    assert fila.select_one("[data-t=Celda]").text == "B4" and "no es un área" in fila.text
    despues = cargar(laura, previa)
    assert "Se cargaron 2" in despues.avisos[0] and "1 renglón quedó fuera" in despues.avisos[1]
    assert "B4" in despues.visible, "lo que quedó fuera se sigue viendo, sin subir el archivo otra vez"


def test_si_algo_cambio_desde_que_se_vio_se_ensena_de_nuevo(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    contenido = libro(AREAS, *ARBOL)
    previa = laura.seguir(subir(laura, contenido))
    cargar(laura, laura.seguir(subir(laura, libro(AREAS, ARBOL[0]))))
    de_nuevo = cargar(laura, previa)
    assert "Algo cambió" in de_nuevo.avisos[0] and not Area.select().where(Area.nombre == "Archivo").exists()
    cargar(laura, de_nuevo)
    assert Area.select().where(Area.nombre == "Archivo").exists()


def test_el_directorio_y_su_plantilla(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    plantilla = laura.get("/ipo/directorio/plantilla")
    assert plantilla.cabeceras["Content-Disposition"] == 'attachment; filename="directorio.xlsx"'
    assert {"Folio", "Nombre", "Área en la que trabaja"} <= set(celdas(plantilla.cuerpo)[0])
    assert "Villanueva" in str(celdas(laura.get("/ipo/directorio/plantilla", con="datos").cuerpo))
    previa = laura.seguir(subir(laura, libro(PERSONAS, ("Ana", "Ríos", "", "Jefa", "Tesorería Municipal")), "directorio"))
    assert "Ana Ríos" in cargar(laura, previa).visible and Persona.select().where(Persona.nombre == "Ana Ríos").exists()


@pytest.mark.parametrize("nombre", ["bomba", "entidades", "no es excel", "vacío", "sin renglones", "zip cortado"])
def test_un_archivo_que_no_sirve_se_rechaza_con_su_razon(nombre: str, sitio: Sitio) -> None:
    pagina = subir(sitio.de(sitio.casa.laura), hostiles()[nombre])
    assert pagina.codigo == 422 and len(pagina.errores) > 20


def test_sin_archivo_o_con_otro_nombre_se_dice(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    sin_nada = laura.enviar(laura.get("/ipo/organigrama/importar").forma("form[data-subir]"))
    assert sin_nada.codigo == 422 and "Elija el archivo" in sin_nada.errores
    forma = laura.get("/ipo/organigrama/importar").forma("form[data-subir]")
    otro = laura.enviar(forma, archivo=("a.xls", libro(AREAS, *ARBOL)))
    assert otro.codigo == 422 and ".xlsx" in otro.errores


def test_un_guion_en_una_celda_no_se_ejecuta(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    laura.texto_ajeno = True
    previa = laura.seguir(subir(laura, libro(("Nombre del área", "<b>x"), ("<script>alert(1)</script>", "y"))))
    assert "<script>alert(1)" not in previa.texto and "<script>alert(1)" not in cargar(laura, previa).texto
    laura.texto_ajeno = False


@pytest.mark.parametrize("que", ["organigrama", "directorio"])
def test_a_quien_no_le_toca_no_existe_y_lo_subido_es_de_quien_lo_subio(que: str, sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    for persona in (casa.nadia, casa.gabriela):
        for ruta in ("importar", "plantilla"):
            assert sitio.de(persona).get(f"/ipo/{que}/{ruta}").codigo == 404
        assert sitio.de(persona).post(f"/ipo/{que}/importar/confirmar").codigo == 404
    subida = subir(laura, libro(AREAS if que == "organigrama" else PERSONAS, ("X", "", "", "", "")), que).lleva_a
    assert laura.get(subida).codigo == 200
    for persona in (casa.ernesto, casa.ramiro):
        assert sitio.de(persona).get(subida).codigo == 404
    assert laura.post(f"/ipo/{que}/importar", {"archivo": ("a.xlsx", b"x")}, ficha=False).codigo == 400
    assert laura.post(f"/ipo/{que}/importar/confirmar", {"archivo": subida[-14:]}, ficha=False).codigo == 400
    assert laura.get(f"/ipo/{que}/importar/confirmar").codigo == 405
    assert Archivo.select().where(Archivo.subido_por == casa.laura.id, Archivo.nombre == "mis áreas.xlsx").exists()
