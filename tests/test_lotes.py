"""Un acto sobre muchos registros: se congela, se confirma una vez, se hace por rebanadas y sobrevive a que lo maten."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from models.domain.errores import NoPermitido
from models.domain.lotes import Confirmacion, confirm_lote, find_lote, freeze_lote, parametros_de, run_rebanada, summary_of
from models.tareas import Lote, LoteRenglon, Trabajo
from models.trabajos.cola import INTENTOS, advance, enqueue, find_trabajo, finish, take
from models.trabajos.trabajador import attend_all
from models.usuarios import Usuario
from tests.bases import RAIZ, Base
from tests.cuadre import integro
from tests.elenco import Casa, Persona


def congelar(casa: Casa, persona: Persona, acto: str, registros: list[int]) -> Lote:
    """La persona marca esos registros, con la versión que ve, y confirma."""
    pares = [(registro, casa.fila(registro).version) for registro in registros]
    lote = freeze_lote(persona.actor, casa.tabla(), acto, pares)
    assert confirm_lote(persona.actor, lote, Confirmacion("Así lo acordó el Comité."))
    return find_lote(persona.actor, lote.id)


def encolar(casa: Casa, persona: Persona, lote: Lote) -> Trabajo:
    return enqueue(lote.sujeto_id, "lote", parametros_de(lote), persona.id, lote.n)


def pasan_los_segundos_del_arriendo() -> None:
    """Como si ya hubiera vencido: quien lo tenía no volvió a dar señales."""
    Trabajo.update(arriendo=0).where(Trabajo.estado == "en_curso").execute()


# --- congelar y confirmar ---

def test_lo_que_se_toca_despues_de_congelar_queda_fuera_y_se_nombra(base: Base, casa: Casa) -> None:
    intacto, editado, revisado, incompleto = (casa.capturar(casa.julieta) for _ in range(4))
    casa.editar(casa.julieta, incompleto, convenio=None)
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [
        (registro, casa.fila(registro).version) for registro in (intacto, editado, revisado, incompleto)])
    casa.editar(casa.julieta, editado, objetivo="Otro")
    casa.hacer(casa.ernesto, "revisar", revisado)
    assert confirm_lote(casa.laura.actor, lote, Confirmacion(""))
    assert run_rebanada(casa.laura.actor, casa.tabla(), lote) == 4
    assert summary_of(lote) == {"hechos": 1, "por_hacer": 0, "fuera": [
        (editado, "Cambió después de que usted lo vio."), (revisado, "Cambió después de que usted lo vio."),
        (incompleto, "Falta un dato obligatorio.")]}
    assert casa.publica(intacto) and not casa.publica(editado)
    integro(base)


def test_lo_capturado_despues_de_congelar_no_entra(casa: Casa) -> None:
    lote = congelar(casa, casa.laura, "publicar", [casa.capturar(casa.julieta)])
    nuevo = casa.capturar(casa.julieta)
    run_rebanada(casa.laura.actor, casa.tabla(), lote)
    assert casa.publica(nuevo) is None and lote.n == 1


def test_confirmar_dos_veces_es_confirmar_una(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = congelar(casa, casa.laura, "publicar", [registro])
    assert not confirm_lote(casa.laura.actor, lote, Confirmacion("Otra vez"))
    assert [run_rebanada(casa.laura.actor, casa.tabla(), lote) for _ in range(3)] == [1, 0, 0]
    assert casa.fila(registro).version == 2
    assert find_lote(casa.laura.actor, lote.id).motivo == "Así lo acordó el Comité."
    integro(base)


def test_el_lote_de_otra_persona_ni_se_ve_ni_se_confirma(casa: Casa) -> None:
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(casa.capturar(casa.julieta), 1)])
    for otra in (casa.ernesto, casa.ramiro, casa.gabriela):
        assert find_lote(otra.actor, lote.id) is None
        assert not confirm_lote(otra.actor, lote, Confirmacion(""))


def test_el_mismo_registro_marcado_dos_veces_se_hace_una(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(registro, 1), (registro, 1)])
    run_rebanada(casa.laura.actor, casa.tabla(), lote)
    assert summary_of(lote) == {"hechos": 1, "por_hacer": 0, "fuera": []}
    integro(base)


def test_congelar_registros_de_otra_institucion_no_los_toca(base: Base, casa: Casa) -> None:
    ajeno = casa.capturar(casa.ines)
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(ajeno, 1)])
    run_rebanada(casa.laura.actor, casa.tabla(), lote)
    assert summary_of(lote)["fuera"] == [(ajeno, "No existe o no está a su cargo.")]
    assert casa.publica(ajeno) is None
    integro(base)


def test_se_hace_por_rebanadas_y_cada_una_deja_todo_completo(base: Base, casa: Casa) -> None:
    registros = [casa.capturar(casa.julieta, periodo=f"T{1 + i % 4}") for i in range(10)]
    lote = congelar(casa, casa.laura, "publicar", registros)
    hechos = []
    while run_rebanada(casa.laura.actor, casa.tabla(), lote, tamano=4):
        integro(base)
        hechos.append(summary_of(lote)["hechos"])
    assert hechos == [4, 8, 10]


def test_quien_pierde_el_permiso_a_la_mitad_ya_no_sigue(base: Base, casa: Casa) -> None:
    registros = [casa.capturar(casa.julieta) for _ in range(4)]
    lote = congelar(casa, casa.ernesto, "revisar", registros)
    assert run_rebanada(casa.ernesto.actor, casa.tabla(), lote, tamano=2) == 2
    Usuario.update(rol="capturista").where(Usuario.id == casa.ernesto.id).execute()
    trabajo = encolar(casa, casa.ernesto, lote)
    attend_all("uno")
    trabajo = find_trabajo(casa.metepec.id, casa.ernesto.id, trabajo.id)
    assert trabajo.estado == "fallido" and "Su perfil no permite" in trabajo.resultado
    with pytest.raises(NoPermitido):
        run_rebanada(casa.julieta.actor, casa.tabla(), lote)
    assert summary_of(lote)["por_hacer"] == 2
    integro(base)


# --- la cola ---

def test_el_trabajador_hace_el_lote_hasta_terminarlo(base: Base, casa: Casa) -> None:
    lote = congelar(casa, casa.laura, "publicar", [casa.capturar(casa.julieta) for _ in range(5)])
    trabajo = encolar(casa, casa.laura, lote)
    assert attend_all("uno") == 1
    trabajo = find_trabajo(casa.metepec.id, casa.laura.id, trabajo.id)
    assert (trabajo.estado, trabajo.hecho, trabajo.total) == ("terminado", 5, 5)
    assert attend_all("uno") == 0
    integro(base)


def test_un_trabajo_se_toma_una_vez_y_otra_si_vence_el_arriendo(casa: Casa) -> None:
    enqueue(casa.metepec.id, "lote", {}, casa.laura.id, 1)
    trabajo = take("uno")
    assert trabajo is not None and take("dos") is None
    pasan_los_segundos_del_arriendo()
    relevado = take("dos")
    assert relevado is not None and relevado.dueno == "dos"
    assert not advance(trabajo, "uno", 1) and advance(trabajo, "dos", 1)


def test_lo_cancelado_no_avanza_ni_se_vuelve_a_tomar(casa: Casa) -> None:
    enqueue(casa.metepec.id, "lote", {}, casa.laura.id, 1)
    trabajo = take("uno")
    finish(trabajo, "cancelado", {})
    assert not advance(trabajo, "uno", 1)
    assert take("dos") is None


def test_el_que_se_interrumpe_siempre_deja_de_intentarse(casa: Casa) -> None:
    trabajo = enqueue(casa.metepec.id, "lote", {}, casa.laura.id, 1)
    for _ in range(INTENTOS):
        assert take("uno") is not None
        pasan_los_segundos_del_arriendo()
    assert take("uno") is None
    assert find_trabajo(casa.metepec.id, casa.laura.id, trabajo.id).estado == "fallido"


def test_un_trabajo_que_nadie_sabe_hacer_se_dice(casa: Casa) -> None:
    trabajo = enqueue(casa.metepec.id, "barrer", {}, casa.laura.id, 1)
    attend_all("uno")
    assert "barrer" in find_trabajo(casa.metepec.id, casa.laura.id, trabajo.id).resultado


def test_el_trabajo_de_otra_persona_no_se_ve(casa: Casa) -> None:
    trabajo = enqueue(casa.metepec.id, "lote", {}, casa.laura.id, 1)
    assert find_trabajo(casa.metepec.id, casa.ernesto.id, trabajo.id) is None
    assert find_trabajo(casa.toluca.id, casa.laura.id, trabajo.id) is None


# --- kill -9 ---

@pytest.fixture
def victimas(base: Base) -> Iterator["Victimas"]:
    with subprocess.Popen([sys.executable, "-m", "tests.victima", base.url], cwd=RAIZ, text=True, bufsize=1,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proceso:
        yield Victimas(proceso)
        proceso.communicate()


@dataclass
class Victimas:
    """Trabajadores de verdad, en su proceso, que mueren de SIGKILL (``victima.py``)."""

    proceso: "subprocess.Popen[str]"

    def nace(self, rebanada: int, muere_en: int = 0) -> int:
        """Nace un trabajador y da su número de proceso; ``muere_en`` es la consulta en que se mata."""
        assert self.proceso.stdin is not None
        self.proceso.stdin.write(f"{rebanada} {muere_en}\n")
        return int(self._leer())

    def muere(self) -> int:
        """Espera a que muera y da con qué: -9 o, si acabó solo, 0."""
        while (renglon := self._leer()) == ".":
            pass
        return int(renglon)

    def hace(self, rebanadas: int) -> None:
        """Espera a que haga otras tantas rebanadas."""
        for _ in range(rebanadas):
            assert self._leer() == "."

    def _leer(self) -> str:
        assert self.proceso.stdout is not None
        return self.proceso.stdout.readline().strip()


def test_muera_en_la_consulta_que_muera_cada_registro_queda_hecho_o_intacto(
    base: Base, casa: Casa, victimas: Victimas,
) -> None:
    """Las muertes posibles de un lote de una rebanada: en SQLite, las consultas impares; en PostgreSQL, las pares."""
    for consulta in count(2 if base.es_postgres else 1, 2):
        lote, trabajo = _lote_por_publicar(casa, 2)
        victimas.nace(rebanada=2, muere_en=consulta)
        senal = victimas.muere()
        assert _hechos(lote) == _publicados(casa, lote) and len(_hechos(lote)) in (0, 2), consulta
        integro(base)
        _alguien_lo_termina(casa, lote, trabajo)
        if senal == 0:
            break
        assert senal == -signal.SIGKILL
    assert consulta > 40
    integro(base)


def test_matar_a_media_faena_un_lote_de_120_registros_no_pierde_ni_repite_nada(
    base: Base, casa: Casa, victimas: Victimas,
) -> None:
    lote, trabajo = _lote_por_publicar(casa, 120)
    for rebanadas, pausa in ((1, 0), (2, .003), (1, .007), (3, .012), (2, .02)):
        hijo, antes = victimas.nace(rebanada=7), len(_hechos(lote))
        victimas.hace(rebanadas)
        time.sleep(pausa)
        os.kill(hijo, signal.SIGKILL)
        assert victimas.muere() == -signal.SIGKILL
        assert _hechos(lote) == _publicados(casa, lote)
        assert len(_hechos(lote)) >= antes + 7 * rebanadas and len(_hechos(lote)) % 7 == 0
        integro(base)
        pasan_los_segundos_del_arriendo()
    _alguien_lo_termina(casa, lote, trabajo)
    integro(base)
    assert all((fila.numero_publico, fila.version) == (1, 2) for fila in casa.tabla().trabajo.select())


def test_si_siempre_muere_en_el_mismo_lugar_se_deja_de_intentar_y_lo_hecho_queda(
    base: Base, casa: Casa, victimas: Victimas,
) -> None:
    lote, trabajo = _lote_por_publicar(casa, 3)
    assert run_rebanada(casa.laura.actor, casa.tabla(), lote, tamano=1) == 1
    for _ in range(INTENTOS + 1):
        victimas.nace(rebanada=1, muere_en=25)
        assert victimas.muere() == -signal.SIGKILL
        pasan_los_segundos_del_arriendo()
    assert attend_all("quien queda") == 0
    assert find_trabajo(casa.metepec.id, casa.laura.id, trabajo.id).estado == "fallido"
    assert len(_hechos(lote)) == 1
    integro(base)


def _lote_por_publicar(casa: Casa, n: int) -> tuple[Lote, Trabajo]:
    registros = [casa.capturar(casa.julieta, periodo=f"T{1 + i % 4}") for i in range(n)]
    lote = congelar(casa, casa.laura, "publicar", registros)
    return lote, encolar(casa, casa.laura, lote)


def _hechos(lote: Lote) -> set[int]:
    suyos = LoteRenglon.select().where(LoteRenglon.lote_id == lote.id, LoteRenglon.resultado == "")
    return {renglon.registro_id for renglon in suyos}


def _publicados(casa: Casa, lote: Lote) -> set[int]:
    suyos = LoteRenglon.select(LoteRenglon.registro_id).where(LoteRenglon.lote_id == lote.id)
    return {copia.id for copia in casa.tabla().publica.select().where(casa.tabla().publica.id.in_(suyos))}


def _alguien_lo_termina(casa: Casa, lote: Lote, trabajo: Trabajo) -> None:
    pasan_los_segundos_del_arriendo()
    attend_all("quien queda")
    assert summary_of(lote) == {"hechos": lote.n, "por_hacer": 0, "fuera": []}
    trabajo = find_trabajo(casa.metepec.id, casa.laura.id, trabajo.id)
    assert (trabajo.estado, trabajo.hecho, trabajo.total) == ("terminado", lote.n, lote.n)
