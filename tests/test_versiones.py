"""Las versiones de un registro: todas se pueden ver y traer de vuelta; ninguna se pierde ni llega sola a la ciudadanía."""

from typing import Any

import pytest

from models.actos import Acto, ContenidoAnterior
from models.domain.errores import ActoImposible, Conflicto, NoExiste
from models.domain.validation import de_canonico
from models.domain.versiones import find_publica, find_version
from models.domain.workflow.restauracion import preview_restauracion, restore_version
from tests.bases import Base
from tests.catalogos import agregar_campo, cambiar_campo, con_cambio, poner_en_vigor, quitar_campo
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa, Persona


def nota(casa: Casa, registro: int, numero: int) -> Any:
    return find_version(casa.fila(registro), numero).datos.get("nota")


def traer(casa: Casa, persona: Persona, registro: int, numero: int, vista: int | None = None) -> Any:
    fila = casa.fila(registro)
    return restore_version(persona.actor, casa.tabla(), fila, find_version(fila, numero), vista or fila.version)


def con_tres(casa: Casa) -> int:
    """Un registro de Julieta con tres contenidos distintos y un acto en medio: versiones 1, 2 y 4 (la 3 fue revisarlo)."""
    registro = casa.capturar(casa.julieta, nota="Uno")
    casa.editar(casa.ernesto, registro, nota="Dos")
    casa.hacer(casa.ernesto, "revisar", registro)
    casa.editar(casa.laura, registro, nota="Tres")
    return registro


def test_cada_version_dice_lo_que_decia(casa: Casa, base: Base) -> None:
    registro = con_tres(casa)
    assert [nota(casa, registro, numero) for numero in (1, 2, 3, 4)] == ["Uno", "Dos", "Dos", "Tres"]
    for numero in (0, -1, 5):
        with pytest.raises(NoExiste):
            find_version(casa.fila(registro), numero)
    integro(base)


def test_restaurar_es_una_edicion_en_rojo_con_su_nombre_en_la_bitacora(casa: Casa, base: Base) -> None:
    registro = con_tres(casa)
    casa.hacer(casa.laura, "publicar", registro)
    publicado = casa.publica(registro).contenido
    guardado = traer(casa, casa.julieta, registro, 1)
    fila = casa.fila(registro)
    assert (fila.estado, fila.version, guardado.version) == ("capturado", 6, 6)
    assert de_canonico(fila.contenido)[0]["nota"] == "Uno"
    assert fila.cambiado_por == casa.julieta.id and casa.publica(registro).contenido == publicado, "lo público no se movió"
    acto = Acto.select().where(Acto.registro_id == registro).order_by(Acto.id.desc()).first()
    assert (acto.acto, acto.motivo, acto.estado_antes, acto.cambios) == (
        "restaurar_version", "versión 1", "publicado", '{"nota": ["Tres", "Uno"]}')
    assert nota(casa, registro, 4) == "Tres", "lo reemplazado también se puede traer"
    integro(base)


def test_se_restaura_lo_que_la_ciudadania_leyo_y_lo_descartado(casa: Casa, base: Base) -> None:
    registro = casa.capturar(casa.julieta, nota="La pública")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota="La descartada")
    casa.hacer(casa.julieta, "descartar", registro)
    assert nota(casa, registro, 3) == "La descartada", "descartar no la perdió"
    traer(casa, casa.julieta, registro, 3)
    assert nota(casa, registro, 5) == "La descartada"
    fila = casa.fila(registro)
    publica = find_publica(CLAVE, fila, 1)
    assert publica.nombre == "versión pública 1" and publica.datos["nota"] == "La pública"
    restore_version(casa.julieta.actor, casa.tabla(), fila, publica, fila.version)
    assert nota(casa, registro, 6) == "La pública"
    with pytest.raises(NoExiste):
        find_publica(CLAVE, fila, 2)
    integro(base)


def test_si_alguien_lo_cambio_mientras_tanto_no_se_pisa(casa: Casa) -> None:
    registro = con_tres(casa)
    with pytest.raises(Conflicto):
        traer(casa, casa.julieta, registro, 1, vista=3)
    assert nota(casa, registro, 4) == "Tres" and casa.fila(registro).version == 4


def test_restaurar_lo_mismo_que_hay_no_hace_nada(casa: Casa) -> None:
    registro = con_tres(casa)
    assert traer(casa, casa.julieta, registro, 4).sin_cambios and casa.fila(registro).version == 4


@pytest.mark.parametrize("quien", ["beto", "nadia", "ramiro", "ines"])
def test_quien_no_puede_editarlo_no_puede_restaurarlo(quien: str, casa: Casa) -> None:
    registro = con_tres(casa)
    with pytest.raises(NoExiste):
        traer(casa, getattr(casa, quien), registro, 1)
    assert casa.fila(registro).version == 4


def test_lo_retirado_y_lo_borrado_no_se_restauran_asi(casa: Casa) -> None:
    registro = con_tres(casa)
    casa.hacer(casa.laura, "borrar", registro)
    with pytest.raises(ActoImposible, match="papelera"):
        traer(casa, casa.laura, registro, 1)


def test_lo_que_el_formato_ya_no_admite_se_dice_se_conserva_y_no_se_publica(base_propia: Base, casa: Casa) -> None:
    poner_en_vigor(con_cambio("convenios", agregar_campo()))
    registro = casa.capturar(casa.julieta, compromiso="Regar", nota="Con compromiso")
    casa.editar(casa.julieta, registro, compromiso="12", nota="Otra")
    poner_en_vigor(con_cambio("convenios", agregar_campo(tipo="entero")))
    previa = preview_restauracion(casa.julieta.actor, casa.tabla(), find_version(casa.fila(registro), 1))
    assert [problema.campo for problema in previa.problemas] == ["compromiso"]
    guardado = traer(casa, casa.julieta, registro, 1)
    fila = casa.fila(registro)
    assert de_canonico(fila.contenido)[0]["compromiso"] == "Regar" and "compromiso" in guardado.validacion.faltan
    assert casa.hacer(casa.laura, "publicar", registro).fuera[0].razon == "Falta un dato obligatorio."
    integro(base_propia)


def test_un_campo_que_ya_no_existe_se_queda_en_el_historial(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="El de antes")
    casa.editar(casa.julieta, registro, objetivo="Otro", nota="Otra")
    poner_en_vigor(con_cambio("convenios", quitar_campo("objetivo")))
    traer(casa, casa.julieta, registro, 1)
    assert "objetivo" not in de_canonico(casa.fila(registro).contenido)[0]
    assert find_version(casa.fila(registro), 1).datos["objetivo"] == "El de antes"


def test_un_obligatorio_nuevo_no_impide_restaurar_pero_falta(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, nota=None)
    casa.editar(casa.julieta, registro, nota="Ya")
    poner_en_vigor(con_cambio("convenios", cambiar_campo("objetivo", longitud=5)))
    assert "objetivo" in traer(casa, casa.julieta, registro, 1).validacion.faltan


def test_capturar_no_cuesta_y_editar_cuesta_una_fila(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    assert ContenidoAnterior.select().count() == 0
    casa.editar(casa.julieta, registro, nota="Una")
    casa.hacer(casa.ernesto, "revisar", registro)
    assert ContenidoAnterior.select().count() == 1


def test_de_lo_que_no_se_guardo_no_se_inventa_nada(casa: Casa) -> None:
    """Un registro editado antes de que los contenidos se guardaran: su primera versión no se conoce."""
    registro = con_tres(casa)
    ContenidoAnterior.delete().where(ContenidoAnterior.version == 1).execute()
    with pytest.raises(NoExiste):
        find_version(casa.fila(registro), 1)
    assert nota(casa, registro, 2) == "Dos"
