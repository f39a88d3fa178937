"""El padrón de sujetos obligados: altas, siglas que redirigen, extinción y vuelta, sin pantallas."""

import datetime as dt
from typing import Any

import pytest

from models.domain import padron
from models.domain.actos_de_sujeto import actos_de_sujeto, log_sujeto
from models.domain.altas import Alta, hire, unlock_any
from models.domain.catalogo_vigente import vigente
from models.domain.configuracion import save_configuracion
from models.domain.cuentas import CuentaInvalida, set_activo
from models.domain.entrada import TOPE, EntradaRechazada, autenticar, locked_among
from models.domain.errores import ActoImposible, NoExiste, NoPermitido, ReglaRota
from models.domain.padron import Ficha
from models.domain.padron_lista import Pedido, find_renglones
from models.domain.permissions import Accion, Permiso, Rol, puede_en_formato
from models.domain.personal import actos_de, lleva_cuentas
from models.domain.sujetos import SujetoInvalido
from models.domain.tramos import cut_tramo
from models.publicados import Publicados
from models.reloj import hoy
from models.sujetos import ActoDeSujeto, PubSujeto, SujetoObligado
from models.usuarios import Intento, Usuario
from tests.elenco import CLAVE, CONTRASENA, Casa

MALINALCO = Ficha("H. Ayuntamiento de Malinalco", "Malinalco", "municipal", "Malinalco")
MOTIVO = "Decreto 210 de la LXI Legislatura."


def alta(casa: Casa, siglas: str = "malinalco", ficha: Ficha = MALINALCO, titular: str = "Rosa Juárez", usuario: str = "",
         ) -> tuple[SujetoObligado, Usuario, str]:
    return padron.register(casa.gabriela.actor, siglas, ficha, titular, usuario, vigente.foto.catalogo)


def renombrar(casa: Casa, siglas: str) -> None:
    padron.rename_siglas(casa.gabriela.actor, casa.metepec.sujeto, siglas, vigente.foto.catalogo)


def extinguir(casa: Casa, dia: dt.date | None = None, motivo: str = MOTIVO) -> None:
    padron.extinguish(casa.gabriela.actor, casa.metepec.sujeto, dia or hoy(), motivo, vigente.foto.catalogo)


# --- el alta ---

def test_con_la_institucion_nace_la_cuenta_de_su_unidad(casa: Casa, publicados: Publicados) -> None:
    sujeto, cuenta, temporal = alta(casa)
    assert (cuenta.usuario, cuenta.rol, cuenta.sujeto_id) == ("unidad.malinalco", Rol.UNIDAD, sujeto.id)
    assert autenticar("unidad.malinalco", temporal, "una red").debe_cambiar
    publica = publicados.institucion("malinalco")
    assert publica is not None and publica.nombre == MALINALCO.nombre and CLAVE in publica.claves
    assert [(a.acto, a.por_nombre) for a in actos_de_sujeto(sujeto.id)] == [("alta", "Gabriela Ruiz")]


@pytest.mark.parametrize("mal, dice", [
    ({"siglas": "Malinalco"}, "minúsculas"), ({"siglas": "m"}, "minúsculas"), ({"siglas": "ipo"}, "reservada"),
    ({"siglas": "cartas"}, "reservada"), ({"siglas": "metepec"}, "ya son, o fueron"), ({"siglas": "a" * 21}, "minúsculas"),
    ({"ficha": Ficha("", "", "municipal")}, "Falta el nombre"), ({"ficha": Ficha("Algo", "", "nada")}, "clase"),
    ({"ficha": Ficha("x" * 300, "", "municipal")}, "Nombre"), ({"ficha": Ficha("Con\x00control", "", "municipal")}, "Nombre"),
    ({"usuario": "unidad.metepec"}, "Ya existe el usuario"), ({"usuario": "Con Espacios"}, "letras minúsculas"),
])
def test_un_alta_mal_hecha_dice_que_corregir_y_no_deja_nada(mal: dict[str, Any], dice: str, casa: Casa) -> None:
    antes = [modelo.select().count() for modelo in (SujetoObligado, PubSujeto, Usuario, ActoDeSujeto)]
    with pytest.raises(ReglaRota, match=dice):
        alta(casa, **mal)
    assert [modelo.select().count() for modelo in (SujetoObligado, PubSujeto, Usuario, ActoDeSujeto)] == antes


def test_solo_quien_tiene_el_permiso_lleva_el_padron(casa: Casa) -> None:
    Usuario.update(permisos=f"{Permiso.CATALOGO} {Permiso.SOPORTE} {Permiso.VERIFICACION}").where(
        Usuario.id == casa.gabriela.id).execute()
    sin_permiso = Usuario.get_by_id(casa.gabriela.id)
    casa.gabriela.usuario.permisos = sin_permiso.permisos
    catalogo, sujeto = vigente.foto.catalogo, casa.metepec.sujeto
    for quien in (casa.gabriela, casa.laura, casa.julieta):
        for acto in (lambda a: padron.register(a, "otra", MALINALCO, "", "", catalogo),
                     lambda a: padron.edit(a, sujeto, MALINALCO, catalogo),
                     lambda a: padron.rename_siglas(a, sujeto, "otra", catalogo),
                     lambda a: padron.extinguish(a, sujeto, hoy(), MOTIVO, catalogo),
                     lambda a: padron.reactivate(a, sujeto, MOTIVO, catalogo)):
            with pytest.raises(NoPermitido):
                acto(quien.actor)
    assert SujetoObligado.get_by_id(sujeto.id).siglas == "metepec" and not ActoDeSujeto.select().exists()


def test_solo_el_garante_encuentra_una_institucion_en_el_padron(casa: Casa) -> None:
    assert padron.find_en_padron(casa.gabriela.actor, "metepec").id == casa.metepec.id
    for quien, siglas in ((casa.laura, "metepec"), (casa.gabriela, "nadie")):
        with pytest.raises(NoExiste):
            padron.find_en_padron(quien.actor, siglas)
    assert find_renglones(casa.laura.actor, Pedido()) == []


# --- corregir y cambiar de siglas ---

def test_lo_corregido_se_publica_y_queda_como_estaba_antes(casa: Casa, publicados: Publicados) -> None:
    nueva = Ficha("Ayuntamiento de Metepec", "", "municipal", "Metepec")
    assert padron.edit(casa.gabriela.actor, casa.metepec.sujeto, nueva, vigente.foto.catalogo) == ["nombre", "nombre_corto"]
    publica = publicados.institucion("metepec")
    assert publica is not None and publica.nombre == "Ayuntamiento de Metepec"
    [apunte] = actos_de_sujeto(casa.metepec.id)
    assert "«H. Ayuntamiento de Metepec» → «Ayuntamiento de Metepec»" in apunte.detalle
    otra_vez = padron.edit(casa.gabriela.actor, casa.metepec.sujeto, nueva, vigente.foto.catalogo)
    assert otra_vez == [] and len(actos_de_sujeto(casa.metepec.id)) == 1


def test_cambiar_de_clase_cambia_lo_que_le_aplica(casa: Casa) -> None:
    antes = casa.laura.actor.claves
    padron.edit(casa.gabriela.actor, casa.metepec.sujeto, Ficha("Legislatura", "", "legislativo"), vigente.foto.catalogo)
    assert casa.laura.actor.claves != antes and "votaciones" in casa.laura.actor.claves


def test_las_siglas_de_antes_llevan_siempre_a_las_de_hoy(casa: Casa, publicados: Publicados) -> None:
    renombrar(casa, "metepec-edomex")
    renombrar(casa, "ayto-metepec")
    assert publicados.institucion("metepec") is None and publicados.institucion("ayto-metepec") is not None
    for vieja in ("metepec", "metepec-edomex"):
        assert publicados.siglas_de_hoy(vieja) == "ayto-metepec" == padron.find_siglas_nuevas(vieja)
    assert padron.siglas_anteriores_de(casa.metepec.id) == ["metepec", "metepec-edomex"]
    with pytest.raises(SujetoInvalido, match="ya son, o fueron"):
        alta(casa, "metepec")
    renombrar(casa, "metepec")
    assert publicados.institucion("metepec") is not None and publicados.siglas_de_hoy("ayto-metepec") == "metepec"


@pytest.mark.parametrize("siglas", ["toluca", "metepec", "ipo", "MAL", "á", ""])
def test_no_se_ponen_siglas_que_no_sirven(siglas: str, casa: Casa) -> None:
    with pytest.raises(SujetoInvalido):
        renombrar(casa, siglas)
    assert SujetoObligado.get_by_id(casa.metepec.id).siglas == "metepec" and not ActoDeSujeto.select().exists()


# --- extinguir y reactivar ---

def test_una_extinta_se_sigue_leyendo_y_su_gente_ya_no_escribe(casa: Casa, publicados: Publicados) -> None:
    publico, rojo = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    casa.hacer(casa.laura, "publicar", publico)
    extinguir(casa, dt.date(2026, 3, 15))
    metepec = publicados.institucion("metepec")
    assert metepec is not None and (metepec.extinto_en, metepec.extinto_motivo) == ("2026-03-15", MOTIVO)
    assert casa.publica(publico) is not None
    for persona in (casa.laura, casa.ernesto, casa.julieta):
        actor = persona.actor
        puede = {a for a in Accion if puede_en_formato(actor, a, casa.metepec.id, CLAVE)}
        assert actor.solo_lectura and puede == {Accion.VER} and not lleva_cuentas(actor)
        with pytest.raises(NoPermitido):
            casa.capturar(persona)
    with pytest.raises(NoPermitido):
        casa.hacer(casa.laura, "publicar", rojo)
    with pytest.raises(NoPermitido):
        save_configuracion(casa.laura.actor, {}, False, "", vigente.foto.catalogo)
    assert casa.ines.actor.solo_lectura is False and casa.capturar(casa.ines), "Toluca sigue igual"


def test_reactivada_vuelve_a_escribir_y_queda_toda_la_historia(casa: Casa, publicados: Publicados) -> None:
    extinguir(casa)
    with pytest.raises(ActoImposible, match="Ya estaba"):
        extinguir(casa)
    padron.reactivate(casa.gabriela.actor, casa.metepec.sujeto, "Sentencia que deja sin efecto.", vigente.foto.catalogo)
    assert casa.capturar(casa.julieta)
    metepec = publicados.institucion("metepec")
    assert metepec is not None and metepec.extinto_en is None
    assert [a.acto for a in actos_de_sujeto(casa.metepec.id)] == ["reactivar", "extinguir"]
    with pytest.raises(ActoImposible, match="No estaba"):
        padron.reactivate(casa.gabriela.actor, casa.metepec.sujeto, MOTIVO, vigente.foto.catalogo)


@pytest.mark.parametrize("cambio, dice", [
    ({"dia": dt.date(2199, 1, 1)}, "no ha llegado"), ({"motivo": "sí"}, "motivo"), ({"motivo": "\x00" * 20}, "no se ve")])
def test_una_extincion_mal_dicha_no_se_hace(cambio: dict[str, Any], dice: str, casa: Casa) -> None:
    with pytest.raises(ActoImposible, match=dice):
        extinguir(casa, **cambio)
    assert SujetoObligado.get_by_id(casa.metepec.id).activo


# --- soporte ---

def test_soporte_desbloquea_a_cualquiera_de_una_institucion_y_queda_apuntado(casa: Casa) -> None:
    for numero in range(TOPE):
        with pytest.raises(EntradaRechazada):
            autenticar("capt1.metepec", "equivocada y larga", f"red {numero}")
        Intento.update(instante=Intento.instante - 70_000).execute()
    assert locked_among([casa.julieta.usuario, casa.beto.usuario]) == {casa.julieta.id}
    set_activo(casa.beto.usuario, False)
    for persona in (casa.julieta, casa.beto):
        unlock_any(casa.gabriela.actor, persona.usuario)
        assert autenticar(str(persona.usuario.usuario), CONTRASENA, "otra red").id == persona.id
        assert [(a.acto, a.detalle) for a in actos_de(persona.usuario)] == [("desbloquear", "Soporte")]
    for quien in (casa.laura, casa.julieta):
        with pytest.raises(NoPermitido):
            unlock_any(quien.actor, casa.beto.usuario)
    with pytest.raises(NoPermitido):
        unlock_any(casa.gabriela.actor, casa.gabriela.usuario)


# --- la lista y sus páginas ---

def test_se_busca_sin_acentos_se_filtra_y_se_ordena(casa: Casa) -> None:
    alta(casa, "codhem", Ficha("Comisión de Derechos Humanos", "Codhem", "autonomo", "Toluca"))

    def siglas(**pedido: str) -> list[str]:
        return [r.sujeto.siglas for r in find_renglones(casa.gabriela.actor, Pedido(**pedido))]

    assert siglas() == ["codhem", "metepec", "toluca"] and siglas(orden="-nombre") == ["toluca", "metepec", "codhem"]
    assert siglas(texto="COMISION humanos") == ["codhem"] and siglas(texto="toluca") == ["codhem", "toluca"]
    assert siglas(poder="municipal") == ["metepec", "toluca"] and siglas(orden="poder") == ["metepec", "toluca", "codhem"]
    extinguir(casa)
    assert siglas(situacion="extintas") == ["metepec"] and siglas(situacion="activas") == ["codhem", "toluca"]
    assert siglas(orden="x") == siglas() and siglas(texto="' OR 1=1") == []


def test_los_tramos_empiezan_en_su_llave() -> None:
    filas = [f"s{n:02}" for n in range(25)]
    primero = cut_tramo(filas, str, None, 10)
    segundo = cut_tramo(filas, str, primero.despues, 10)
    ultimo = cut_tramo(filas, str, segundo.despues, 10)
    assert [*primero.filas, *segundo.filas, *ultimo.filas] == filas
    assert (primero.antes, segundo.antes, ultimo.antes, ultimo.despues) == (None, "s00", "s10", None)
    assert cut_tramo(filas, str, "no está", 10) == primero and cut_tramo([], str, "x").total == 0


def test_dos_actos_del_mismo_instante_quedan_los_dos(casa: Casa) -> None:
    for numero in range(5):
        log_sujeto(casa.gabriela.actor, casa.metepec.id, "corregir", str(numero))
    assert [a.detalle for a in actos_de_sujeto(casa.metepec.id)] == ["4", "3", "2", "1", "0"]


def test_a_una_extinta_no_se_le_nombra_gente(casa: Casa) -> None:
    extinguir(casa)
    with pytest.raises((NoPermitido, CuentaInvalida)):
        hire(casa.gabriela.actor, Alta("otra.unidad", "Otra", Rol.UNIDAD, casa.metepec.id), vigente.foto.catalogo)
