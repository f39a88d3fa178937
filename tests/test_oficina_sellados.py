"""Los datos sellados: solo los abre quien recibió ese permiso, y cada lectura queda a la vista de la Unidad."""

import datetime as dt

import pytest

from models.adjuntos import Archivo
from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow.supresion import suprimir
from models.folios import a_folio, de_folio
from models.lecturas import Lectura
from models.sellado import Sellado
from models.usuarios import Usuario
from tests.cliente import Sitio, Visitante
from tests.escenario import CAMPO_DE_ARCHIVO, publicar, subir

pytest_plugins = "tests.sitio"

DATO = "Xiquetez Tzompantzin 4471"
RUTA = "/ipo/sujetos/metepec/sellados"


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture
def sellado(sitio: Sitio) -> int:
    """Una nota, una columna y un archivo, sellados."""
    casa = sitio.casa
    archivo = subir(sitio, casa.julieta, titulo="Credencial de una persona")
    registro = publicar(sitio, casa.julieta, casa.laura, nota=DATO, contrapartes=[{"nombre": "Ana", "primer_apellido": "Vega"}],
                        **{CAMPO_DE_ARCHIVO: archivo})
    objetivos = (Objetivo(CAMPO_DE_ARCHIVO), Objetivo("contrapartes", "nombre"), Objetivo("nota"))
    orden = Orden(objetivos, "CT/12/2026", dt.date(2026, 1, 20), "Traía a una persona particular.", False)
    suprimir(casa.laura.actor, casa.tabla(), registro, casa.fila(registro).version, orden)
    assert not Archivo.select().where(Archivo.id == de_folio(archivo)).exists()
    return registro


def con_permiso(sitio: Sitio, permisos: str = "sellados") -> Visitante:
    Usuario.update(permisos=permisos).where(Usuario.id == sitio.casa.gabriela.id).execute()
    return sitio.de(sitio.casa.gabriela, otra_vez=True)


def test_con_el_permiso_se_ve_cuales_hay_y_se_abre_uno_y_queda_apuntado(sitio: Sitio, sellado: int) -> None:
    garante = con_permiso(sitio)
    assert "Datos sellados" in garante.get("/ipo/sujetos/metepec").visible
    lista = garante.get(RUTA)
    assert "CT/12/2026" in lista.visible and DATO not in lista.texto and not Lectura.select().exists()
    nota = Sellado.get(Sellado.campo == "nota")
    abierto = garante.enviar(lista.forma(f"form[action$='{a_folio(nota.id)}']"))
    assert abierto.codigo == 200 and DATO in abierto.visible and "quedó apuntada" in abierto.visible
    [lectura] = Lectura.select()
    assert (lectura.por_id, lectura.registro_id, lectura.titulo) == (sitio.casa.gabriela.id, sellado, "Dato sellado: Nota")
    assert "Dato sellado: Nota" in sitio.de(sitio.casa.laura).get("/ipo/lecturas").visible
    columna = Sellado.get(Sellado.columna == "nombre")
    assert "Ana" in garante.enviar(lista.forma(f"form[action$='{a_folio(columna.id)}']")).visible


def test_el_archivo_sellado_se_descarga_y_tambien_queda_apuntado(sitio: Sitio, sellado: int) -> None:
    garante = con_permiso(sitio)
    suyo = Sellado.get(Sellado.campo == CAMPO_DE_ARCHIVO)
    abierto = garante.enviar(garante.get(RUTA).forma(f"form[action$='{a_folio(suyo.id)}']"))
    bajado = garante.post(f"{RUTA}/{a_folio(suyo.id)}", {"archivo": "si"})
    assert "Descargar el archivo" in abierto.visible and bajado.codigo == 200
    assert bajado.cabeceras["Cache-Control"] == "private, no-store" and Lectura.select().count() == 2


@pytest.mark.parametrize("permisos", ["", "sujetos catalogo verificacion soporte"])
def test_los_demas_permisos_no_bastan(permisos: str, sitio: Sitio, sellado: int) -> None:
    garante = con_permiso(sitio, permisos)
    uno = Sellado.get(Sellado.registro_id == sellado)
    assert garante.get(RUTA).codigo == garante.post(f"{RUTA}/{a_folio(uno.id)}").codigo == 404
    assert "Datos sellados" not in garante.get("/ipo/sujetos/metepec").visible and not Lectura.select().exists()


@pytest.mark.parametrize("quien", ["gabriela", "laura", "ernesto", "julieta", "ramiro"])
def test_nadie_mas_ni_siquiera_quien_lo_sello_ni_quien_todo_lo_puede(quien: str, sitio: Sitio, sellado: int) -> None:
    visitante, uno = sitio.de(getattr(sitio.casa, quien)), Sellado.get(Sellado.registro_id == sellado)
    assert visitante.get(RUTA).codigo == visitante.post(f"{RUTA}/{a_folio(uno.id)}").codigo == 404
    assert not Lectura.select().exists()


def test_el_de_otra_institucion_no_existe_y_verlo_no_basta_ni_sin_testigo(sitio: Sitio, sellado: int) -> None:
    garante, uno = con_permiso(sitio), Sellado.get(Sellado.registro_id == sellado)
    ajena = f"/ipo/sujetos/toluca/sellados/{a_folio(uno.id)}"
    assert garante.post(ajena).codigo == 404 and garante.get(f"{RUTA}/{a_folio(uno.id)}").codigo == 405
    assert garante.post(f"{RUTA}/nada").codigo == 404
    assert garante.post(f"{RUTA}/{a_folio(uno.id)}", ficha=False).codigo == 400 and not Lectura.select().exists()
    assert "No tiene datos sellados" in garante.get("/ipo/sujetos/toluca/sellados").visible
