"""Copiar del periodo anterior: en rojo, una sola vez, y nada se publica sin que alguien lo vea."""

import pytest

from models.domain.copia import copy_anterior, count_por_copiar, find_periodo, origin_of
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.validation import de_canonico
from models.folios import a_folio
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa, Persona


def copiar(casa: Casa, quien: Persona, clave: str = CLAVE, periodo: str = "T2") -> tuple[int, int, int]:
    copiado = copy_anterior(quien.actor, casa.tabla(clave), find_periodo(casa.tabla(clave), 2026, periodo))
    return copiado.nuevos, copiado.ya_estaban, copiado.fuera


def copias(casa: Casa, clave: str = CLAVE) -> list[object]:
    modelo = casa.tabla(clave).trabajo
    return list(modelo.select().where(modelo.envio.startswith("copia:")).order_by(modelo.id))


def test_se_copia_lo_del_periodo_anterior_en_rojo_y_con_su_origen(base: Base, casa: Casa) -> None:
    uno = casa.capturar(casa.julieta, periodo="T1", ejercicio="2026", denominacion_convenio="Reforestar")
    casa.hacer(casa.laura, "publicar", uno)
    casa.capturar(casa.julieta, periodo="T4", ejercicio="2025")
    assert copiar(casa, casa.julieta) == (1, 0, 0)
    [copia] = copias(casa)
    datos, _ = de_canonico(copia.contenido)
    assert (copia.estado, copia.ejercicio, copia.periodo) == ("capturado", 2026, "T2")
    assert datos["denominacion_convenio"] == "Reforestar" and origin_of(copia.envio) == a_folio(uno)
    assert casa.fila(uno).estado == "publicado"
    integro(base)


def test_copiar_dos_veces_es_copiar_una_aunque_la_copia_se_haya_corregido_o_borrado(casa: Casa) -> None:
    for nombre in ("Uno", "Dos", "Tres"):
        casa.capturar(casa.julieta, periodo="T1", ejercicio="2026", denominacion_convenio=nombre)
    assert copiar(casa, casa.julieta) == (3, 0, 0)
    corregida, borrada, _ = copias(casa)
    casa.editar(casa.julieta, corregida.id, denominacion_convenio="Uno, segunda etapa")
    casa.hacer(casa.julieta, "borrar", borrada.id)
    assert copiar(casa, casa.julieta) == (0, 3, 0)
    assert de_canonico(casa.fila(corregida.id).contenido)[0]["denominacion_convenio"] == "Uno, segunda etapa"
    assert len(copias(casa)) == 3


def test_una_copia_que_nadie_ha_visto_no_se_publica(casa: Casa) -> None:
    casa.capturar(casa.julieta, periodo="T1", ejercicio="2026")
    copiar(casa, casa.julieta)
    [copia] = copias(casa)
    [fuera] = casa.hacer(casa.laura, "publicar", copia.id).fuera
    assert fuera.razon == "Es copia del periodo anterior y nadie la ha revisado."
    casa.hacer(casa.ernesto, "revisar", copia.id)
    assert casa.hacer(casa.laura, "publicar", copia.id).hechos == [copia.id]


def test_lo_que_cambia_cada_periodo_queda_en_blanco(casa: Casa) -> None:
    clave = "informes_ejecucion"
    casa.capturar(casa.julieta, clave, periodo="T1", ejercicio="2026")
    cambian = [campo.nombre for campo in casa.tabla(clave).formato.campos if campo.cambia_cada_periodo]
    assert cambian and copiar(casa, casa.julieta, clave)[0] == 1
    [copia] = copias(casa, clave)
    assert not set(cambian) & set(de_canonico(copia.contenido)[0])


def test_cada_quien_copia_solo_lo_que_ve(casa: Casa) -> None:
    casa.capturar(casa.julieta, periodo="T1", ejercicio="2026")
    casa.capturar(casa.ines, periodo="T1", ejercicio="2026")
    assert copiar(casa, casa.beto) == (0, 0, 0), "Beto no ve lo de Julieta"
    assert copiar(casa, casa.ramiro) == (1, 0, 0)
    assert {copia.sujeto_id for copia in copias(casa)} == {casa.toluca.id}
    for persona in (casa.nadia, casa.gabriela):
        with pytest.raises(NoPermitido):
            copiar(casa, persona)


def test_se_dice_de_donde_y_cuantos_antes_de_copiar(casa: Casa) -> None:
    casa.capturar(casa.julieta, periodo="T4", ejercicio="2025")
    origen, cuantos = count_por_copiar(casa.laura.actor, casa.tabla(), find_periodo(casa.tabla(), 2026, "T1"))
    assert (origen.ejercicio, origen.clave, cuantos) == (2025, "T4", 1)


@pytest.mark.parametrize("ejercicio, periodo", [(2026, "M1"), (2026, ""), (1, "T1"), (99999, "T1")])
def test_un_periodo_que_no_es_suyo_se_dice(ejercicio: int, periodo: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match="Elija"):
        find_periodo(casa.tabla(), ejercicio, periodo)
