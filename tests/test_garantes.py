"""La gente del órgano garante: cada quien con sus permisos, y siempre alguien que pueda llevar a los demás. Sin pantallas."""

from threading import Barrier, Thread

import pytest

from models.base import db
from models.domain.actores import actor_de
from models.domain.altas import Alta, block, give_contrasena, hire, unblock
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import create_cuenta
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.garantes import SinQuienLleve, read_permisos, set_permisos
from models.domain.permissions import Actor, Permiso, Rol
from models.domain.personal import Ficha, actos_de, fichas_de, find_ficha, lleva_cuentas
from models.usuarios import Usuario
from tests.elenco import Casa, Persona


def agregar(casa: Casa, *permisos: Permiso, usuario: str = "raul.soto") -> Persona:
    """Alguien más del órgano garante, que ya entró y puso su contraseña."""
    cuenta, _ = hire(casa.gabriela.actor, Alta(usuario, "Raúl Soto", Rol.GARANTE, None, permisos=frozenset(permisos)),
                     vigente.foto.catalogo)
    Usuario.update(debe_cambiar=False, contrasena_vence=None).where(Usuario.id == cuenta.id).execute()
    return Persona(Usuario.get(Usuario.id == cuenta.id))


def actor_fresco(persona: Persona) -> Actor:
    return actor_de(Usuario.get(Usuario.id == persona.id), vigente.foto.catalogo)


TODOS = frozenset(Permiso) - {Permiso.SELLADOS}
"""Abrir lo sellado se da expresamente, aunque sea a quien todo lo puede."""


def ficha(casa: Casa, de: Persona, quien: Persona | None = None) -> Ficha:
    return find_ficha(actor_fresco(quien or casa.gabriela), de.id, vigente.foto.catalogo)


def test_la_primera_cuenta_y_la_de_consola_lo_pueden_todo(casa: Casa) -> None:
    assert casa.gabriela.actor.permisos == TODOS
    otra, _ = create_cuenta("de.consola", "De Consola", Rol.GARANTE, None)
    assert actor_de(otra, vigente.foto.catalogo).permisos == TODOS


def test_quien_se_agrega_tiene_solo_lo_que_se_le_marco(casa: Casa) -> None:
    raul = agregar(casa, Permiso.SOPORTE)
    assert raul.actor.permisos == {Permiso.SOPORTE} and raul.actor.sujeto_id is None
    assert agregar(casa, usuario="sin.nada").actor.permisos == frozenset()


def test_sin_el_permiso_de_sujetos_no_se_lleva_a_nadie(casa: Casa) -> None:
    raul = agregar(casa, Permiso.CATALOGO, Permiso.VERIFICACION, Permiso.SOPORTE)
    assert not lleva_cuentas(raul.actor) and fichas_de(raul.actor, vigente.foto.catalogo) == []
    for otra in (casa.laura, casa.gabriela):
        with pytest.raises(NoExiste):
            ficha(casa, otra, raul)
        with pytest.raises(NoPermitido):
            block(raul.actor, ficha(casa, otra))
    with pytest.raises(NoPermitido):
        set_permisos(raul.actor, ficha(casa, raul), frozenset(Permiso))
    assert actor_fresco(raul).permisos == {Permiso.CATALOGO, Permiso.VERIFICACION, Permiso.SOPORTE}


def test_se_reparten_se_quitan_y_queda_apuntado(casa: Casa) -> None:
    raul = agregar(casa, Permiso.SOPORTE)
    assert set_permisos(casa.gabriela.actor, ficha(casa, raul), frozenset({Permiso.SUJETOS, Permiso.SOPORTE}))
    assert not set_permisos(casa.gabriela.actor, ficha(casa, raul), frozenset({Permiso.SUJETOS, Permiso.SOPORTE}))
    assert set_permisos(actor_fresco(raul), ficha(casa, casa.gabriela, raul), frozenset()), "Raúl ya lleva a los demás"
    assert actor_fresco(casa.gabriela).permisos == frozenset()
    [apunte] = [acto for acto in actos_de(raul.usuario) if acto.acto == "permisos"]
    assert (apunte.por_nombre, apunte.detalle) == ("Gabriela Ruiz", "Ahora puede: Sujetos obligados y cuentas; Soporte")


def test_a_la_ultima_que_lleva_a_los_demas_no_se_le_quita_ni_se_le_bloquea(casa: Casa) -> None:
    agregar(casa, Permiso.SOPORTE)
    yo = ficha(casa, casa.gabriela)
    for acto in (lambda: set_permisos(casa.gabriela.actor, yo, frozenset({Permiso.SOPORTE})),
                 lambda: block(casa.gabriela.actor, yo), lambda: give_contrasena(casa.gabriela.actor, yo)):
        with pytest.raises(SinQuienLleve):
            acto()
    assert actor_fresco(casa.gabriela).permisos == TODOS and Usuario.get_by_id(casa.gabriela.id).activo


@pytest.mark.parametrize("como", [
    {"debe_cambiar": True}, {"activo": False}, {"hasta": 4_000_000_000_000}, {"desde": 1}, {"contrasena_vence": 1}])
def test_una_cuenta_que_no_siempre_podra_entrar_no_cuenta(como: dict[str, int | bool], casa: Casa) -> None:
    raul = agregar(casa, Permiso.SUJETOS)
    Usuario.update(como).where(Usuario.id == raul.id).execute()
    with pytest.raises(SinQuienLleve):
        block(casa.gabriela.actor, ficha(casa, casa.gabriela))


def test_con_otra_que_lleve_si_se_bloquea_y_se_desbloquea(casa: Casa) -> None:
    raul = agregar(casa, Permiso.SUJETOS)
    block(raul.actor, ficha(casa, casa.gabriela))
    assert not Usuario.get_by_id(casa.gabriela.id).activo
    unblock(raul.actor, ficha(casa, casa.gabriela, raul))
    assert Usuario.get_by_id(casa.gabriela.id).activo


def test_dos_que_se_lo_quitan_a_la_vez_no_dejan_a_nadie_sin_quien(casa: Casa) -> None:
    raul = agregar(casa, Permiso.SUJETOS)
    juntos, resultados = Barrier(2), list[str]()

    def quitar(actor: Actor, a: Ficha) -> None:
        juntos.wait()
        try:
            with db.connection_context():
                set_permisos(actor, a, frozenset())
            resultados.append("quitado")
        except SinQuienLleve:
            resultados.append("no")

    hilos = [Thread(target=quitar, args=(casa.gabriela.actor, ficha(casa, raul))),
             Thread(target=quitar, args=(raul.actor, ficha(casa, casa.gabriela)))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(resultados) == ["no", "quitado"]


def test_los_permisos_no_son_para_la_gente_de_una_institucion(casa: Casa) -> None:
    with pytest.raises(ActoImposible, match="órgano garante"):
        set_permisos(casa.gabriela.actor, ficha(casa, casa.laura), frozenset(Permiso))
    Usuario.update(permisos="sujetos catalogo").where(Usuario.id == casa.laura.id).execute()
    assert actor_fresco(casa.laura).permisos == frozenset()


def test_lo_que_no_es_un_permiso_no_cuenta() -> None:
    assert read_permisos(["soporte", "todo", "", "'", "sujetos"]) == {Permiso.SOPORTE, Permiso.SUJETOS}
