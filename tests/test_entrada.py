"""Entrar: con freno por cuenta y por red, sin decir si la cuenta existe, y con sesiones que mueren cuando deben.

El tiempo no se espera ni se finge: se escriben filas con instantes de antes.
"""

import time
from collections.abc import Iterator
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from models.domain.contrasenas import ContrasenaDebil, check_contrasena, hash_contrasena, temporary_contrasena
from models.domain.cuentas import CuentaInvalida, change_contrasena, create_cuenta, reset_contrasena, set_activo
from models.domain.entrada import MENSAJE, EntradaRechazada, _huella, autenticar, unlock
from models.domain.permissions import Rol
from models.domain.sesiones import OCIO, TOQUE, TOTAL, close_sesion, close_todas, find_usuario, open_sesion
from models.folios import nuevo_id
from models.reloj import ahora
from models.usuarios import Intento, Sesion, Usuario
from tests.elenco import CONTRASENA, Casa
from tests.huellas_baratas import como_en_servicio

HORA = 3600_000
solo_en_sqlite = pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
"""Para lo que gasta mucho argon2, que tarda lo mismo sea cual sea el motor."""

CASA_DE_JULIETA, CAFE = "187.190.4.12", "201.141.7.80"
NUEVA = "cuatro volcanes y un lago"


def falla(usuario: str, red: str = CAFE) -> EntradaRechazada:
    """Intenta entrar con una contraseña equivocada."""
    with pytest.raises(EntradaRechazada) as rechazo:
        autenticar(usuario, "esta no es la contraseña", red)
    return rechazo.value


def fallas_de(usuario: str, cuantas: int, hace: int = 0, red: str = CAFE) -> None:
    """Como si la cuenta llevara ``cuantas`` fallas desde esa red, hace tantos milisegundos."""
    origenes = (_huella("cuenta", usuario), _huella("red", red))
    Intento.insert_many([{"id": nuevo_id(), "origen": origen, "instante": ahora() - hace}
                         for origen in origenes for _ in range(cuantas)]).execute()


def recargada(usuario: Usuario) -> Usuario:
    return Usuario.get_by_id(usuario.id)


# --- la contraseña correcta, y la incorrecta ---

@pytest.mark.parametrize("tecleado", ["capt1.metepec", "  Capt1.Metepec ", "CAPT1.METEPEC"])
def test_entra_quien_da_su_contrasena(tecleado: str, casa: Casa) -> None:
    assert autenticar(tecleado, CONTRASENA, CASA_DE_JULIETA).id == casa.julieta.id


@solo_en_sqlite
def test_el_rechazo_es_identico_sea_cual_sea_la_razon(casa: Casa) -> None:
    set_activo(casa.beto.usuario, False)
    Usuario.update(hasta=ahora() - HORA).where(Usuario.id == casa.nadia.id).execute()
    Usuario.update(desde=ahora() + HORA).where(Usuario.id == casa.ernesto.id).execute()
    Usuario.update(contrasena_vence=ahora() - 1).where(Usuario.id == casa.laura.id).execute()
    rechazos = [falla("capt1.metepec"), falla("no.existe"), falla("")]
    for usuario in ("capt2.metepec", "admin2.metepec", "admin1.metepec", "unidad.metepec"):
        with pytest.raises(EntradaRechazada) as rechazo:
            autenticar(usuario, CONTRASENA, CASA_DE_JULIETA)
        rechazos.append(rechazo.value)
    assert {(str(rechazo), rechazo.espera) for rechazo in rechazos} == {(MENSAJE, 0)}


@pytest.fixture
def como_se_guardan(casa: Casa) -> Iterator[None]:
    """Las huellas de todos, con lo que cuestan en servicio."""
    with como_en_servicio():
        Usuario.update(contrasena=hash_contrasena(CONTRASENA)).execute()
        yield


@solo_en_sqlite
@pytest.mark.usefixtures("como_se_guardan")
def test_tarda_lo_mismo_exista_o_no_la_cuenta() -> None:
    def costo(usuario: str) -> float:
        antes = time.process_time()
        falla(usuario)
        return time.process_time() - antes

    falla("primera.vez")
    existen, no_existen = [], []
    for i, usuario in enumerate(("capt1.metepec", "capt2.metepec", "admin1.toluca", "garante", "unidad.toluca")):
        existen.append(costo(usuario))
        no_existen.append(costo(f"nadie{i}"))
    assert median(existen) == pytest.approx(median(no_existen), rel=0.35)


@pytest.mark.usefixtures("como_se_guardan")
def test_una_contrasena_de_un_mega_se_rechaza_sin_hacerla_pasar_por_argon2() -> None:
    antes = time.process_time()
    with pytest.raises(EntradaRechazada):
        autenticar("capt1.metepec", "x" * 1_000_000, CAFE)
    assert time.process_time() - antes < 0.05


# --- el freno ---

@pytest.mark.parametrize(("fallas", "espera"), [(4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 900), (40, 900)])
def test_cada_falla_despues_de_la_quinta_duplica_la_espera(fallas: int, espera: int, casa: Casa) -> None:
    fallas_de("capt1.metepec", fallas)
    rechazo = falla("capt1.metepec", CASA_DE_JULIETA)
    assert espera - 1 <= rechazo.espera <= espera


@pytest.mark.parametrize("usuario", ["capt1.metepec", "no.existe"])
def test_el_freno_es_igual_para_la_cuenta_que_no_existe(usuario: str, casa: Casa) -> None:
    fallas_de(usuario, 10)
    assert str(falla(usuario)) == "Demasiados intentos. Espere 15 minutos y vuelva a intentar."


def test_frenada_ni_la_contrasena_correcta_entra_y_no_se_calcula_nada(casa: Casa) -> None:
    fallas_de("capt1.metepec", 10)
    antes = time.process_time()
    with pytest.raises(EntradaRechazada, match="Espere 15 minutos"):
        autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA)
    assert time.process_time() - antes < 0.03


def test_el_freno_de_una_cuenta_no_frena_a_las_demas(casa: Casa) -> None:
    fallas_de("capt1.metepec", 10)
    assert autenticar("capt2.metepec", CONTRASENA, CASA_DE_JULIETA).id == casa.beto.id


@pytest.mark.parametrize(("hace", "entra"), [(14 * 60_000, False), (15 * 60_000 + 1000, True)])
def test_a_los_quince_minutos_se_olvida(hace: int, entra: bool, casa: Casa) -> None:
    fallas_de("capt1.metepec", 10, hace)
    if entra:
        assert autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA).id == casa.julieta.id
    else:
        assert falla("capt1.metepec").espera <= 60


def test_veinte_fallas_en_un_minuto_desde_una_red_la_frenan_para_todas_las_cuentas(casa: Casa) -> None:
    fallas_de("no.existe", 20)
    assert falla("capt1.metepec", CAFE).espera == 60
    assert autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA).id == casa.julieta.id
    Intento.update(instante=Intento.instante - 61_000).execute()
    assert falla("capt2.metepec", CAFE).espera == 0


def test_entrar_bien_o_desbloquear_olvida_las_fallas(casa: Casa) -> None:
    fallas_de("capt1.metepec", 4)
    autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA)
    assert not Intento.select().where(Intento.origen.startswith("cuenta:")).exists()
    fallas_de("capt1.metepec", 10)
    unlock(casa.julieta.usuario)
    assert autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA).id == casa.julieta.id


def test_no_se_guarda_quien_ni_de_donde_solo_su_huella_y_solo_quince_minutos(casa: Casa) -> None:
    fallas_de("capt1.metepec", 3, hace=16 * 60_000)
    falla("capt1.metepec")
    filas = list(Intento.select())
    assert len(filas) == 2
    assert not any("metepec" in fila.origen or CAFE in fila.origen for fila in filas)


# --- contraseñas ---

def test_se_guarda_con_argon2id_y_no_se_puede_leer(casa: Casa) -> None:
    huella = recargada(casa.julieta.usuario).contrasena
    assert huella.startswith("$argon2id$") and CONTRASENA not in huella
    assert hash_contrasena(CONTRASENA) != hash_contrasena(CONTRASENA)


def test_adivinar_una_en_servicio_cuesta_lo_que_recomienda_la_norma() -> None:
    """RFC 9106, el perfil de poca memoria: tres vueltas sobre 64 MiB. Las demás lo abaratan (``huellas_baratas.py``)."""
    with como_en_servicio():
        assert extract_parameters(hash_contrasena(CONTRASENA)) == RFC_9106_LOW_MEMORY


def test_una_huella_mas_debil_que_las_de_hoy_se_rehace_al_entrar(casa: Casa) -> None:
    debil = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(CONTRASENA)
    Usuario.update(contrasena=debil).where(Usuario.id == casa.julieta.id).execute()
    autenticar("capt1.metepec", CONTRASENA, CASA_DE_JULIETA)
    fuerte = recargada(casa.julieta.usuario).contrasena
    assert fuerte != debil and check_contrasena(fuerte, CONTRASENA)


@pytest.mark.parametrize("huella", ["", "no es una huella", "$argon2id$v=19$m=8,t=1,p=1$malo"])
def test_una_huella_echada_a_perder_no_deja_entrar_a_nadie(huella: str) -> None:
    assert not check_contrasena(huella, "")


def test_la_contrasena_de_un_solo_uso_pide_cambiarse_y_vence_a_las_72_horas(casa: Casa) -> None:
    nueva, temporal = create_cuenta("capt3.metepec", "Irma Téllez", Rol.CAPTURISTA, casa.metepec.id)
    assert nueva.debe_cambiar and nueva.contrasena_vence - ahora() == pytest.approx(72 * HORA, abs=5000)
    assert autenticar("capt3.metepec", temporal, CASA_DE_JULIETA).id == nueva.id
    Usuario.update(contrasena_vence=ahora()).where(Usuario.id == nueva.id).execute()
    with pytest.raises(EntradaRechazada, match=MENSAJE[:20]):
        autenticar("capt3.metepec", temporal, CASA_DE_JULIETA)


def test_las_de_un_solo_uso_se_dictan_bien_y_no_se_repiten() -> None:
    temporales = {temporary_contrasena() for _ in range(500)}
    assert len(temporales) == 500
    assert not set("".join(temporales)) & set("oil01AEIOU")


def test_cambiarla_quita_el_pendiente_y_mata_las_sesiones(casa: Casa) -> None:
    numero, temporal = open_sesion(casa.julieta.usuario), reset_contrasena(casa.julieta.usuario)
    assert find_usuario(numero) is None
    numero = open_sesion(recargada(casa.julieta.usuario))
    change_contrasena(recargada(casa.julieta.usuario), temporal, NUEVA)
    julieta = recargada(casa.julieta.usuario)
    assert (julieta.debe_cambiar, julieta.contrasena_vence, find_usuario(numero)) == (False, None, None)
    assert autenticar("capt1.metepec", NUEVA, CASA_DE_JULIETA).id == julieta.id


@solo_en_sqlite
@pytest.mark.parametrize(("actual", "nueva", "error"), [
    ("otra cosa", NUEVA, CuentaInvalida), (CONTRASENA, CONTRASENA, CuentaInvalida),
    (CONTRASENA, "once letras", ContrasenaDebil), (CONTRASENA, "x" * 201, ContrasenaDebil),
    (CONTRASENA, "Transparencia", ContrasenaDebil), (CONTRASENA, "estado de mexico", ContrasenaDebil),
    (CONTRASENA, "aaaaaaaaaaaaaaa", ContrasenaDebil), (CONTRASENA, "abababababab ab", ContrasenaDebil),
    (CONTRASENA, "mi capt1.metepec", ContrasenaDebil),
])
def test_no_cualquier_contrasena_nueva_se_acepta(
    actual: str, nueva: str, error: type[Exception], casa: Casa,
) -> None:
    with pytest.raises(error):
        change_contrasena(casa.julieta.usuario, actual, nueva)
    assert recargada(casa.julieta.usuario).contrasena == casa.julieta.usuario.contrasena


@pytest.mark.parametrize(("usuario", "rol", "con_sujeto"), [
    ("ab", Rol.UNIDAD, True), ("con espacio", Rol.UNIDAD, True), ("ñandú", Rol.UNIDAD, True),
    ("x" * 61, Rol.UNIDAD, True), ("Unidad.Metepec", Rol.UNIDAD, True), ("otra.garante", Rol.GARANTE, True),
    ("sin.casa", Rol.CAPTURISTA, False),
])
def test_la_cuenta_que_no_puede_ser_no_se_crea(usuario: str, rol: Rol, con_sujeto: bool, casa: Casa) -> None:
    antes = Usuario.select().count()
    with pytest.raises(CuentaInvalida):
        create_cuenta(usuario, "Quien sea", rol, casa.metepec.id if con_sujeto else None)
    assert Usuario.select().count() == antes


# --- sesiones ---

def test_la_sesion_dice_quien_es_y_no_guarda_su_numero(casa: Casa) -> None:
    numero = open_sesion(casa.julieta.usuario)
    hallada = find_usuario(numero)
    assert hallada is not None and hallada.id == casa.julieta.id
    assert len(numero) >= 43 and Sesion.get().huella != numero
    assert find_usuario(numero[:-1]) is None and find_usuario("") is None
    assert open_sesion(casa.julieta.usuario) != numero


@pytest.mark.parametrize(("creada", "vista", "vive"), [
    (0, 0, True), (OCIO - 2000, OCIO - 2000, True), (OCIO + 1000, OCIO, False), (TOTAL - 2000, 0, True),
    (TOTAL, 0, False), (0, -OCIO - 2000, False),
])
def test_vive_una_hora_sin_uso_y_doce_en_total_y_no_viene_del_futuro(
    creada: int, vista: int, vive: bool, casa: Casa,
) -> None:
    numero = open_sesion(casa.julieta.usuario)
    Sesion.update(creada=ahora() - creada, vista=ahora() - vista).execute()
    assert (find_usuario(numero) is not None) is vive


def test_salir_bloquear_o_terminar_la_suplencia_la_matan(casa: Casa) -> None:
    de_julieta, de_beto, de_ines = (open_sesion(p.usuario) for p in (casa.julieta, casa.beto, casa.ines))
    close_sesion(de_julieta)
    set_activo(casa.beto.usuario, False)
    Usuario.update(hasta=ahora()).where(Usuario.id == casa.ines.id).execute()
    assert [find_usuario(numero) for numero in (de_julieta, de_beto, de_ines)] == [None] * 3
    set_activo(casa.beto.usuario, True)
    assert find_usuario(de_beto) is None


def test_cerrar_todas_no_cierra_las_de_otra_persona(casa: Casa) -> None:
    suyas, ajena = [open_sesion(casa.julieta.usuario) for _ in range(3)], open_sesion(casa.beto.usuario)
    close_todas(casa.julieta.id)
    assert [find_usuario(numero) for numero in suyas] == [None] * 3 and find_usuario(ajena) is not None


@pytest.mark.parametrize(("hace", "se_apunta"), [(TOQUE - 5000, False), (TOQUE + 5000, True)])
def test_la_actividad_se_apunta_una_vez_por_minuto(hace: int, se_apunta: bool, casa: Casa) -> None:
    numero = open_sesion(casa.julieta.usuario)
    Sesion.update(vista=ahora() - hace).execute()
    antes = Sesion.get().vista
    find_usuario(numero)
    assert (Sesion.get().vista > antes) is se_apunta


def test_abrir_una_barre_las_vencidas(casa: Casa) -> None:
    open_sesion(casa.julieta.usuario)
    Sesion.update(vista=ahora() - OCIO - 1).execute()
    open_sesion(casa.beto.usuario)
    assert [sesion.usuario_id for sesion in Sesion.select()] == [casa.beto.id]
