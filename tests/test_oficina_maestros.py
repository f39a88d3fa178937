"""El organigrama y el directorio: su formato y su maestro son lo mismo, visto de dos lados."""

import json

import pytest

from models.domain.masters import save_maestro
from models.folios import de_folio
from models.maestros import Area, Persona
from tests.cliente import Sitio, folio
from tests.pagina import Forma, Pagina

pytest_plugins = "tests.sitio"


def hoja(pagina: Pagina) -> Forma:
    return pagina.forma("form[data-captura]")


def nombre_del_area(sitio: Sitio) -> str:
    """El campo del organigrama que lleva el nombre del área."""
    proyeccion = sitio.casa.tabla("organigrama").formato.proyeccion
    assert proyeccion is not None
    return next(campo for campo, columna in proyeccion.campos.items() if columna == "nombre")


def test_capturar_en_el_organigrama_da_de_alta_el_area(sitio: Sitio) -> None:
    laura, campo = sitio.de(sitio.casa.laura), nombre_del_area(sitio)
    hecho = laura.enviar(hoja(laura.get(sitio.url("nuevo", "organigrama"))), **{campo: "Dirección del Agua"})
    area = Area.get(Area.nombre == "Dirección del Agua")
    assert (area.sujeto_id, folio(area.id)) == (sitio.casa.metepec.id, hecho.lleva_a[-14:])
    opciones = laura.get(sitio.url("nuevo")).sopa.select("select[name=area_responsable] option")
    assert "Dirección del Agua" in [opcion.text for opcion in opciones]


def test_corregir_el_registro_corrige_el_maestro(sitio: Sitio) -> None:
    laura, campo = sitio.de(sitio.casa.laura), nombre_del_area(sitio)
    hecho = laura.enviar(hoja(laura.get(sitio.url("nuevo", "organigrama"))), **{campo: "Direccion del Agua"})
    editar = laura.get(sitio.url(f"editar?id={hecho.lleva_a[-14:]}", "organigrama"))
    assert laura.enviar(hoja(editar), **{campo: "Dirección del Agua"}).codigo == 302
    assert Area.get(Area.id == de_folio(hecho.lleva_a[-14:])).nombre == "Dirección del Agua"


def test_el_doble_envio_es_una_sola_area(sitio: Sitio) -> None:
    laura, campo = sitio.de(sitio.casa.laura), nombre_del_area(sitio)
    forma, antes = hoja(laura.get(sitio.url("nuevo", "organigrama"))), Area.select().count()
    for _ in range(2):
        assert laura.enviar(forma, **{campo: "Dirección del Agua"}).codigo == 302
    assert Area.select().count() == antes + 1


def test_traer_pone_al_dia_lo_que_el_maestro_tiene_de_nuevo(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    tabla = casa.tabla("organigrama").trabajo

    def traer() -> list[str]:
        lista = laura.get(sitio.url("", "organigrama"))
        return laura.seguir(laura.enviar(lista.forma(f"form[action='{sitio.url('traer', 'organigrama')}']"))).avisos

    assert traer() == ["Se trajeron 2 registros nuevos y se actualizaron 0. Quedan sin revisar."]
    assert {fila.estado for fila in tabla.select()} == {"capturado"}
    assert {fila.sujeto_id for fila in tabla.select()} == {casa.metepec.id}, "las de Toluca no"
    assert traer() == ["Todo está al día: no hubo nada que traer."]
    datos = json.loads(Area.get(Area.id == de_folio(casa.metepec.obras)).datos)
    save_maestro(casa.metepec.id, "area", datos | {"nombre": "Dirección de Obra Pública"}, de_folio(casa.metepec.obras))
    assert traer() == ["Se trajeron 0 registros nuevos y se actualizaron 1. Quedan sin revisar."]
    assert "Dirección de Obra Pública" in laura.get(sitio.url("", "organigrama")).visible


@pytest.mark.parametrize("clave, dice", [("organigrama", "Traer del organigrama"), ("directorio", "Traer del directorio")])
def test_el_boton_esta_solo_donde_sirve(clave: str, dice: str, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert dice in laura.get(sitio.url("", clave)).visible
    assert "Traer" not in laura.get(sitio.url()).visible
    assert laura.post(sitio.url("traer")).codigo == 403


def test_traer_el_directorio_trae_a_las_personas(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    laura.post(sitio.url("traer", "directorio"))
    lista = laura.get(sitio.url("", "directorio"))
    assert len(lista.folios) == Persona.select().where(Persona.sujeto_id == sitio.casa.metepec.id).count()
    assert "Villanueva" in lista.visible
