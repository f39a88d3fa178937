"""Quién lleva las cuentas de quién: nombrar, encargar, bloquear y relevar, sin pantallas."""

from typing import Any

import pytest

from models.domain.actores import actor_de
from models.domain.altas import Alta, block, give_contrasena, hire, relieve, unblock
from models.domain.catalogo_vigente import vigente
from models.domain.cuentas import CuentaInvalida
from models.domain.entrada import EntradaRechazada, autenticar
from models.domain.errores import ActoImposible, NoExiste, NoPermitido, ReglaRota
from models.domain.permissions import Rol
from models.domain.personal import (
    LLEVA,
    Encargo,
    EncargoInvalido,
    actos_de,
    assign_encargo,
    encargo_de,
    fichas_de,
    find_ficha,
)
from models.domain.workflow.relevo import hand_over
from models.reloj import ahora
from models.usuarios import ActoDeCuenta, Sesion, Usuario
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import CONTRASENA, Casa, Persona

CONVENIOS = Encargo(frozenset({("formato", "convenios")}))
DIA = 24 * 3600_000


def alta(casa: Casa, **cambios: Any) -> Alta:
    """Rosa, capturista de convenios en Metepec; y lo que cambie."""
    return Alta(**{"usuario": "rosa.juarez", "nombre": "Rosa Juárez", "rol": Rol.CAPTURISTA, "sujeto_id": casa.metepec.id,
                   "encargo": CONVENIOS} | cambios)


def ficha(casa: Casa, de: Persona, quien: Persona) -> Any:
    return find_ficha(quien.actor, de.id, vigente.foto.catalogo)


# --- quién lleva a quién ---

QUIEN_LLEVA = {
    "gabriela": {"gabriela", "laura", "ramiro"},
    "laura": {"ernesto", "nadia", "julieta", "beto"},
    "ernesto": {"julieta", "beto"},
    "nadia": set(), "julieta": set(), "beto": set(),
    "ramiro": {"sofia", "omar", "ines", "tomas"},
}


@pytest.mark.parametrize("quien", QUIEN_LLEVA)
def test_cada_quien_ve_las_cuentas_que_lleva_y_ninguna_otra(quien: str, casa: Casa) -> None:
    actor, catalogo = getattr(casa, quien).actor, vigente.foto.catalogo
    todas = {nombre: getattr(casa, nombre) for nombre in set.union(*QUIEN_LLEVA.values(), set(QUIEN_LLEVA))}
    assert {f.usuario.id for f in fichas_de(actor, catalogo)} == {todas[n].id for n in QUIEN_LLEVA[quien]}
    for nombre, persona in todas.items():
        if nombre in QUIEN_LLEVA[quien]:
            assert find_ficha(actor, persona.id, catalogo).usuario.id == persona.id
        else:
            with pytest.raises(NoExiste):
                find_ficha(actor, persona.id, catalogo)


@pytest.mark.parametrize("quien", ["gabriela", "laura", "ernesto", "julieta"])
@pytest.mark.parametrize("rol", Rol)
def test_nadie_crea_un_perfil_que_no_lleva(quien: str, rol: Rol, casa: Casa) -> None:
    actor = getattr(casa, quien).actor
    pedida = alta(casa, rol=rol, encargo=Encargo() if rol in (Rol.UNIDAD, Rol.GARANTE) else CONVENIOS,
                  sujeto_id=None if rol is Rol.GARANTE else casa.metepec.id)
    if rol in LLEVA[actor.rol]:
        assert hire(actor, pedida, vigente.foto.catalogo)[0].rol == rol
        return
    with pytest.raises(NoPermitido):
        hire(actor, pedida, vigente.foto.catalogo)
    assert not Usuario.select().where(Usuario.usuario == "rosa.juarez").exists()


def test_nadie_crea_cuentas_en_otra_institucion(casa: Casa) -> None:
    for persona in (casa.laura, casa.ernesto):
        with pytest.raises(NoPermitido):
            hire(persona.actor, alta(casa, sujeto_id=casa.toluca.id), vigente.foto.catalogo)


# --- el alta ---

def test_la_cuenta_nueva_entra_una_vez_y_tiene_que_cambiar_su_contrasena(casa: Casa) -> None:
    cuenta, temporal = hire(casa.laura.actor, alta(casa), vigente.foto.catalogo)
    entro = autenticar("rosa.juarez", temporal, "una red")
    assert entro.id == cuenta.id and entro.debe_cambiar
    assert actor_de(entro, vigente.foto.catalogo).claves == {"convenios"}
    assert [(a.acto, a.por_nombre) for a in actos_de(cuenta)] == [("asignar", "Laura Nava"), ("crear", "Laura Nava")]


@pytest.mark.parametrize("cambios, dice", [
    ({"usuario": "Rosa Juárez"}, "letras minúsculas"), ({"usuario": "capt1.metepec"}, "Ya existe"),
    ({"nombre": "  "}, "nombre"), ({"encargo": Encargo()}, "al menos un formato"),
    ({"encargo": Encargo(frozenset({("formato", "nada")}))}, "no es un formato"),
    ({"encargo": Encargo(frozenset({("formato", "votaciones")}))}, "no es un formato"),
    ({"persona_id": 5}, "directorio"), ({"desde": 20, "hasta": 10}, "termina antes de empezar"),
])
def test_un_alta_mal_hecha_dice_que_corregir_y_no_deja_nada(cambios: dict[str, Any], dice: str, casa: Casa) -> None:
    antes = Usuario.select().count(), ActoDeCuenta.select().count()
    with pytest.raises(ReglaRota, match=dice):
        hire(casa.laura.actor, alta(casa, **cambios), vigente.foto.catalogo)
    assert (Usuario.select().count(), ActoDeCuenta.select().count()) == antes


def test_el_suplente_entra_solo_en_sus_dias(casa: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    hoy = ahora()
    suplente = alta(casa, rol=Rol.UNIDAD, encargo=Encargo(), desde=hoy + DIA, hasta=hoy + 2 * DIA)
    _, temporal = hire(casa.gabriela.actor, suplente, vigente.foto.catalogo)
    Usuario.update(contrasena_vence=None).where(Usuario.usuario == "rosa.juarez").execute()
    for dias, entra in ((0, False), (1, True), (2, False)):
        monkeypatch.setattr("models.domain.entrada.ahora", lambda dias=dias: hoy + dias * DIA + 1000)
        try:
            assert (autenticar("rosa.juarez", temporal, f"red {dias}") is not None) == entra
        except EntradaRechazada:
            assert not entra


# --- el encargo ---

def test_un_administrador_solo_reparte_lo_que_tiene(casa: Casa) -> None:
    beto = Usuario.get(Usuario.id == casa.beto.id)
    assign_encargo(casa.ernesto.actor, beto, CONVENIOS, vigente.foto.catalogo)
    assert encargo_de(beto) == CONVENIOS
    for par in (("articulo", "15"), ("formato", "proteccion_civil")):
        with pytest.raises(EncargoInvalido, match="que usted mismo tiene"):
            assign_encargo(casa.ernesto.actor, beto, Encargo(frozenset({par})), vigente.foto.catalogo)
    assert encargo_de(beto) == CONVENIOS


def test_un_administrador_limitado_a_unas_areas_no_reparte_otras(casa: Casa) -> None:
    obras, tesoreria = casa.metepec.obras, casa.metepec.tesoreria
    ernesto, beto = (Usuario.get(Usuario.id == persona.id) for persona in (casa.ernesto, casa.beto))
    assign_encargo(casa.laura.actor, ernesto, Encargo(CONVENIOS.pares, frozenset({obras})), vigente.foto.catalogo)
    assign_encargo(casa.laura.actor, beto, CONVENIOS, vigente.foto.catalogo)
    limitado = actor_de(ernesto, vigente.foto.catalogo)
    for areas in (frozenset[str](), frozenset({tesoreria}), frozenset({obras, tesoreria})):
        with pytest.raises(EncargoInvalido):
            assign_encargo(limitado, beto, Encargo(CONVENIOS.pares, areas), vigente.foto.catalogo)
    assign_encargo(limitado, beto, Encargo(CONVENIOS.pares, frozenset({obras})), vigente.foto.catalogo)


def test_a_la_unidad_no_se_le_asignan_formatos(casa: Casa) -> None:
    with pytest.raises(EncargoInvalido, match="todos los formatos"):
        assign_encargo(casa.gabriela.actor, Usuario.get(Usuario.id == casa.laura.id), CONVENIOS, vigente.foto.catalogo)


# --- bloquear y dar contraseña ---

def test_bloquear_saca_en_el_acto_y_desbloquear_deja_entrar(casa: Casa) -> None:
    beto = ficha(casa, casa.beto, casa.laura)
    Sesion.insert(huella="x", usuario_id=casa.beto.id, creada=ahora(), vista=ahora()).execute()
    block(casa.laura.actor, beto)
    assert not Sesion.select().where(Sesion.usuario_id == casa.beto.id).exists()
    with pytest.raises(EntradaRechazada):
        autenticar("capt2.metepec", CONTRASENA, "una red")
    unblock(casa.laura.actor, beto)
    assert autenticar("capt2.metepec", CONTRASENA, "otra red").id == casa.beto.id


def test_otra_contrasena_deja_inservible_la_anterior(casa: Casa) -> None:
    temporal = give_contrasena(casa.ernesto.actor, ficha(casa, casa.beto, casa.ernesto))
    with pytest.raises(EntradaRechazada):
        autenticar("capt2.metepec", CONTRASENA, "una red")
    assert autenticar("capt2.metepec", temporal, "otra red").debe_cambiar


# --- el relevo ---

def test_el_relevo_pasa_encargo_y_registros_y_no_toca_la_autoria(base: Base, casa: Casa) -> None:
    suyos = [casa.capturar(casa.julieta) for _ in range(3)]
    casa.hacer(casa.laura, "publicar", suyos[0])
    de_beto = casa.capturar(casa.beto)
    registros = relieve(casa.laura.actor, ficha(casa, casa.julieta, casa.laura), ficha(casa, casa.beto, casa.laura),
                        dict(vigente.foto.tablas))
    assert registros == 3
    for registro in (*suyos, de_beto):
        fila = casa.fila(registro)
        assert (fila.a_cargo_de, fila.creado_por) == (
            casa.beto.id, casa.beto.id if registro == de_beto else casa.julieta.id)
    assert not Usuario.get(Usuario.id == casa.julieta.id).activo
    assert encargo_de(Usuario.get(Usuario.id == casa.julieta.id)) == Encargo()
    integro(base)


def test_tambien_pasa_lo_de_los_formatos_que_el_catalogo_ya_no_tiene(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    en_vigor = [tabla for clave, tabla in vigente.foto.tablas.items() if clave != "convenios"]
    assert hand_over(casa.julieta.usuario, casa.beto.usuario, en_vigor) == 1
    assert casa.fila(registro).a_cargo_de == casa.beto.id and casa.fila(registro).creado_por == casa.julieta.id


@pytest.mark.parametrize("recibe", ["julieta", "ernesto", "ines"])
def test_no_se_releva_con_quien_no_puede_recibir(recibe: str, casa: Casa) -> None:
    catalogo = vigente.foto.catalogo
    quien = getattr(casa, recibe)
    llevada_por = casa.ramiro if recibe == "ines" else casa.laura
    with pytest.raises((ActoImposible, NoPermitido)):
        relieve(casa.laura.actor, ficha(casa, casa.julieta, casa.laura), find_ficha(llevada_por.actor, quien.id, catalogo),
                dict(vigente.foto.tablas))
    assert Usuario.get(Usuario.id == casa.julieta.id).activo


def test_a_una_cuenta_bloqueada_no_se_le_entrega_nada(casa: Casa) -> None:
    block(casa.laura.actor, ficha(casa, casa.beto, casa.laura))
    with pytest.raises(ActoImposible, match="activa"):
        relieve(casa.laura.actor, ficha(casa, casa.julieta, casa.laura), ficha(casa, casa.beto, casa.laura),
                dict(vigente.foto.tablas))


def test_una_cuenta_mal_escrita_se_dice(casa: Casa) -> None:
    with pytest.raises(CuentaInvalida):
        hire(casa.laura.actor, alta(casa, usuario="ab"), vigente.foto.catalogo)
