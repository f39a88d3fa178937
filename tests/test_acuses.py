"""El acuse de un acto: cuántos, de qué periodos, quién, cuándo, y una huella que se puede volver a calcular."""

import datetime as dt
from pathlib import Path

import pytest

from models.domain.acuses import Lugar, count_hechos, find_acuse, list_acuses, lugares_of, verify_acuse
from models.domain.errores import ActoImposible
from models.domain.huellas import Hecho, chain
from models.domain.lotes import Confirmacion, find_lote, freeze_lote, run_rebanada
from models.domain.programacion import parse_programacion
from models.reloj import MEXICO, ahora
from models.servicio.entorno import EntornoInvalido, read_entorno
from models.tareas import Lote, Trabajo
from models.trabajos.cola import undo
from models.trabajos.encargo import confirm_and_do
from models.trabajos.espera import por_salir, programados
from models.trabajos.trabajador import attend_all
from tests.elenco import Casa, Persona


def confirmar(casa: Casa, persona: Persona, acto: str, *registros: int, desde: int | None = None, motivo: str = "") -> Lote:
    """La persona marca esos registros y confirma."""
    lote = freeze_lote(persona.actor, casa.tabla(), acto, [(r, casa.fila(r).version) for r in registros])
    confirm_and_do(persona.actor, casa.tabla(), lote, Confirmacion(motivo, desde=desde))
    hecho = find_lote(persona.actor, lote.id)
    assert hecho is not None
    return hecho


def vence(lote: Lote) -> None:
    """Pasan los segundos: el instante en que sale ya llegó."""
    Trabajo.update(arriendo=ahora() - 1).where(Trabajo.sujeto_id == lote.sujeto_id, Trabajo.id == lote.trabajo_id).execute()


# --- lo que dice un acuse ---

def test_dice_cuantos_de_que_periodo_y_su_huella_coincide_con_lo_publicado(casa: Casa) -> None:
    uno, dos = casa.capturar(casa.julieta, ejercicio="2025"), casa.capturar(casa.julieta, ejercicio="2026")
    incompleto = casa.capturar(casa.julieta, objetivo=None)
    lote = confirmar(casa, casa.laura, "publicar", uno, dos, incompleto)
    periodo = casa.fila(uno).periodo
    assert lugares_of(lote) == [Lugar(2025, periodo, 1), Lugar(2026, periodo, 1)] and count_hechos(lote) == 2
    assert lote.hecho_en and len(lote.huella) == 64 and verify_acuse(lote) is True


def test_si_alguien_cambia_lo_publicado_por_debajo_la_huella_no_coincide(casa: Casa) -> None:
    lote = confirmar(casa, casa.laura, "publicar", casa.capturar(casa.julieta))
    casa.tabla().publica.update(contenido='{"datos":{},"vacios":{}}').execute()
    assert verify_acuse(lote) is False


def test_la_huella_sigue_coincidiendo_aunque_despues_se_corrija_y_se_retire(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = confirmar(casa, casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, objetivo="Otro")
    segundo = confirmar(casa, casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Por duplicado.")
    assert verify_acuse(lote) is True and verify_acuse(segundo) is True and lote.huella != segundo.huella


def test_la_huella_no_depende_de_en_cuantas_rebanadas_se_hizo(casa: Casa) -> None:
    hechos = [Hecho(i, 2, 2026, "T1", f"{i:064}") for i in range(1, 8)]
    assert chain(chain(chain("", hechos[:2]), hechos[2:3]), hechos[3:]) == chain("", reversed(hechos))
    assert chain("", hechos) != chain("", hechos[1:])


def test_por_rebanadas_el_acuse_suma(casa: Casa) -> None:
    registros = [casa.capturar(casa.julieta) for _ in range(5)]
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(r, 1) for r in registros])
    confirm_and_do(casa.laura.actor, casa.tabla(), lote, Confirmacion(desde=ahora() + 10_000))
    confirmado = find_lote(casa.laura.actor, lote.id)
    assert confirmado is not None
    while run_rebanada(casa.laura.actor, casa.tabla(), confirmado, tamano=2):
        pass
    final = find_lote(casa.laura.actor, lote.id)
    assert final is not None and count_hechos(final) == 5 and verify_acuse(final) is True


def test_lo_lee_quien_lo_hizo_y_su_unidad_y_nadie_mas(casa: Casa) -> None:
    lote = confirmar(casa, casa.ernesto, "revisar", casa.capturar(casa.julieta))
    for persona, puede in ((casa.ernesto, True), (casa.laura, True), (casa.julieta, False), (casa.nadia, False),
                           (casa.ramiro, False), (casa.gabriela, False)):
        assert bool(find_acuse(persona.actor, lote.id)) is puede, persona.usuario.usuario
        assert bool(list_acuses(persona.actor)) is puede
    sin_confirmar = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [])
    assert find_acuse(casa.laura.actor, sin_confirmar.id) is None
    assert verify_acuse(lote) is None, "de lo que no se publica no hay con qué comparar"


# --- los segundos para arrepentirse, y la fecha fijada ---

def test_mientras_espera_nada_es_publico_y_se_deshace_sin_dejar_rastro(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = confirmar(casa, casa.laura, "publicar", registro, desde=ahora() + 30_000)
    [pendiente] = por_salir(casa.laura.actor)
    assert (pendiente.lote, pendiente.n, pendiente.clave) == (lote.id, 1, "convenios")
    assert por_salir(casa.ramiro.actor) == [] and por_salir(casa.ernesto.actor) == []
    assert attend_all("prueba") == 0 and casa.publica(registro) is None, "todavía no le toca"
    trabajo = Trabajo.get(Trabajo.id == lote.trabajo_id)
    assert undo(trabajo, "Se deshizo.") and not undo(trabajo, "Otra vez")
    vence(lote)
    assert attend_all("prueba") == 0 and casa.fila(registro).version == 1 and por_salir(casa.laura.actor) == []


def test_pasados_los_segundos_sale_y_ya_no_se_deshace(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = confirmar(casa, casa.laura, "publicar", registro, desde=ahora() + 30_000)
    vence(lote)
    assert attend_all("prueba") == 1 and casa.publica(registro) is not None
    assert not undo(Trabajo.get(Trabajo.id == lote.trabajo_id), "Tarde")


def test_lo_que_se_toca_mientras_espera_no_sale(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = confirmar(casa, casa.laura, "publicar", registro, desde=ahora() + 30_000)
    casa.editar(casa.julieta, registro, objetivo="Otro, de último momento")
    vence(lote)
    attend_all("prueba")
    assert casa.publica(registro) is None and casa.fila(registro).estado == "capturado"


def test_lo_programado_lo_ve_toda_la_institucion(casa: Casa) -> None:
    confirmar(casa, casa.laura, "publicar", casa.capturar(casa.julieta), desde=ahora() + 86_400_000)
    assert [uno.n for uno in programados(casa.julieta.actor, "convenios")] == [1]
    assert programados(casa.ines.actor, "convenios") == [] and programados(casa.julieta.actor, "padrones") == []


@pytest.mark.parametrize("fecha, hora, espera", [
    ("", "", None), ("  ", "09:00", None), ("01/12/2026", "", (2026, 12, 1, 0, 0)),
    ("1/12/2026", "9:30 p. m.", (2026, 12, 1, 21, 30)),
])
def test_la_fecha_se_lee_en_hora_de_mexico(fecha: str, hora: str, espera: tuple[int, ...] | None) -> None:
    desde = int(dt.datetime(2026, 11, 22, 10, 0, tzinfo=MEXICO).timestamp() * 1000)
    leida = parse_programacion(fecha, hora, desde)
    assert leida == (espera and int(dt.datetime(*espera, tzinfo=MEXICO).timestamp() * 1000))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("fecha, hora, dice", [
    ("22/11/2026", "09:59", "ya pasaron"), ("31/11/2026", "", "tiene 30 días"), ("mañana", "", "no es una fecha"),
    ("01/12/2026", "25:00", "00:00 a 23:59"), ("01/12/2028", "", "un año adelante"), ("a\x00b", "", "carácter|fecha")])
def test_lo_que_no_se_entiende_o_ya_paso_se_explica(fecha: str, hora: str, dice: str) -> None:
    desde = int(dt.datetime(2026, 11, 22, 10, 0, tzinfo=MEXICO).timestamp() * 1000)
    with pytest.raises(ActoImposible, match=dice):
        parse_programacion(fecha, hora, desde)


# --- cuántos segundos son ---

def test_si_nadie_dice_otra_cosa_son_treinta_segundos(tmp_path: Path) -> None:
    assert read_entorno({"IPOMEX_DATOS": str(tmp_path)}).deshacer == 30
    assert read_entorno({"IPOMEX_DATOS": str(tmp_path), "IPOMEX_DESHACER": "0"}).deshacer == 0
    for malo in ("-1", "treinta", "3601", "1.5"):
        with pytest.raises(EntornoInvalido, match="IPOMEX_DESHACER"):
            read_entorno({"IPOMEX_DATOS": str(tmp_path), "IPOMEX_DESHACER": malo})
