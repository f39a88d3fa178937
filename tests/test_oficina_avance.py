"""Lo largo: más de doscientos registros los hace el trabajador; la barra se puede dejar, volver a hallar y detener."""

import json

from models.base import db
from models.domain.workflow import guardar
from models.tareas import Trabajo
from models.trabajos.encargo import EN_LINEA
from models.trabajos.trabajador import attend_all
from tests.cliente import Sitio
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

MUCHOS = EN_LINEA + 1


def publicar_muchos(sitio: Sitio) -> Pagina:
    """Laura publica todo lo que hay, que es más de lo que cabe en una petición; da a dónde la llevan."""
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    crudo, actor, tabla = casa.crudo(casa.julieta), casa.julieta.actor, casa.tabla()
    with db.atomic():
        for _ in range(MUCHOS):
            guardar(actor, tabla, crudo)
    lista = laura.get(sitio.url())
    confirmar = laura.seguir(laura.enviar(lista.forma("form[data-lote]"), todos="si", acto="publicar"))
    return laura.enviar(confirmar.forma("form.angosta"))


def test_lo_largo_se_ve_avanzar_y_termina(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecha = publicar_muchos(sitio)
    assert hecha.lleva_a.startswith("/ipo/avance/")
    pendiente = laura.seguir(hecha)
    assert "Puede dejar esta página y volver; el trabajo sigue." in pendiente.visible and f"de {MUCHOS}" in pendiente.visible
    assert json.loads(laura.get(f"{hecha.lleva_a}/estado").texto) == {
        "estado": "pendiente", "hecho": 0, "total": MUCHOS, "fuera": 0}
    assert casa.tabla().trabajo.select().where(casa.tabla().trabajo.estado == "publicado").count() == 0
    attend_all("prueba")
    terminado = laura.seguir(hecha)
    assert "Terminó." in terminado.visible and f"Hechos: {MUCHOS}" in terminado.visible
    assert json.loads(laura.get(f"{hecha.lleva_a}/estado").texto) == {
        "estado": "terminado", "hecho": MUCHOS, "total": MUCHOS, "fuera": 0}
    assert casa.tabla().trabajo.select().where(casa.tabla().trabajo.estado == "publicado").count() == MUCHOS


def test_al_terminar_dice_cuales_quedaron_fuera(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecha = publicar_muchos(sitio)
    movido = casa.tabla().trabajo.select().order_by(casa.tabla().trabajo.id).first().id
    casa.editar(casa.julieta, movido, nota="Mientras tanto.")
    attend_all("prueba")
    terminado = laura.seguir(hecha)
    assert f"Hechos: {MUCHOS - 1}" in terminado.visible and "Cambió después de que usted lo vio." in terminado.visible
    liga = terminado.sopa.select_one("main ul a")
    assert laura.get(str(liga["href"])).codigo == 200


def test_se_puede_detener_y_lo_hecho_queda_hecho(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    hecha = publicar_muchos(sitio)
    detenido = laura.seguir(laura.enviar(laura.seguir(hecha).forma(f"form[action='{hecha.lleva_a}/cancelar']")))
    assert "Se detuvo. Lo que ya se había hecho queda hecho." in detenido.avisos
    assert "Se detuvo a petición suya." in detenido.visible and f"Por hacer: {MUCHOS}" in detenido.visible
    assert attend_all("prueba") == 0 and Trabajo.get().estado == "cancelado"
    assert laura.post(f"{hecha.lleva_a}/cancelar").codigo == 302, "detener lo detenido no falla"


def test_el_avance_es_solo_de_quien_lo_pidio(sitio: Sitio) -> None:
    hecha = publicar_muchos(sitio)
    for persona in (sitio.casa.ernesto, sitio.casa.ramiro, sitio.casa.gabriela):
        assert sitio.de(persona).get(hecha.lleva_a).codigo == 404
        assert sitio.de(persona).post(f"{hecha.lleva_a}/cancelar").codigo == 404
    assert Trabajo.get().estado == "pendiente"


def test_lo_corto_se_hace_en_el_acto(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    casa.capturar(casa.julieta)
    lista = laura.get(sitio.url())
    confirmar = laura.seguir(laura.enviar(lista.forma("form[data-lote]"), sel=lista.sopa.select("[name=sel]")[0]["value"],
                                          acto="publicar"))
    assert laura.enviar(confirmar.forma("form.angosta")).lleva_a == sitio.url() and Trabajo.select().count() == 0
