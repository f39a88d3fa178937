"""Un lote largo no estorba: rebanadas a la medida, el WAL vaciado en otro hilo y ratos en que cualquiera puede escribir."""

import gc
import threading
from pathlib import Path

import pytest

from models.base import db
from models.domain.lotes import Confirmacion, find_lote, freeze_lote
from models.tareas import Lote, Trabajo
from models.trabajos import desahogo
from models.trabajos.desahogo import MAXIMO, MINIMO, RENGLONES, Desahogo
from models.trabajos.encargo import confirm_and_do
from models.trabajos.trabajador import attend_all
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa


def encargar(casa: Casa, registros: list[int]) -> Lote:
    """Laura confirma que se publiquen, y se le deja al trabajador."""
    lote = freeze_lote(casa.laura.actor, casa.tabla(), "publicar", [(registro, 1) for registro in registros])
    confirm_and_do(casa.laura.actor, casa.tabla(), lote, Confirmacion(desde=1))
    return lote


@pytest.fixture
def de_tres_en_tres(monkeypatch: pytest.MonkeyPatch) -> None:
    """Todo lote es largo, y va en rebanadas de tres."""
    monkeypatch.setattr(desahogo, "LARGO", 1)
    for nombre in ("RENGLONES", "MINIMO", "MAXIMO"):
        monkeypatch.setattr(desahogo, nombre, 3)


@pytest.mark.usefixtures("de_tres_en_tres")
def test_con_el_hilo_que_vacia_el_wal_queda_lo_mismo_y_la_conexion_como_estaba(base: Base, casa: Casa) -> None:
    lote = encargar(casa, [casa.capturar(casa.julieta) for _ in range(10)])
    attend_all("prueba")
    assert Trabajo.get(Trabajo.tipo == "lote").hecho == 10 and gc.isenabled()
    assert casa.tabla().publica.select().count() == 10
    integro(base)
    assert find_lote(casa.laura.actor, lote.id).huella
    if not base.es_postgres:
        assert [db.execute_sql(f"PRAGMA {que}").fetchone()[0] for que in ("wal_autocheckpoint", "cache_size")] == [1000, -4000]
        _espera_al_hilo()
        wal = Path(f"{base.url.removeprefix('sqlite:///')}-wal")
        assert not wal.exists() or wal.stat().st_size < 20_000, "el hilo deja el WAL vacío: solo queda el cierre del trabajo"


def _espera_al_hilo() -> None:
    for hilo in threading.enumerate():
        if hilo.name == "vacia-wal":
            hilo.join(5)


@pytest.mark.usefixtures("de_tres_en_tres")
def test_si_el_hilo_no_puede_el_lote_se_hace_igual(
    base: Base, casa: Casa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    def rota(*_: object) -> None:
        raise OSError("no hay disco")

    encargar(casa, [casa.capturar(casa.julieta) for _ in range(4)])
    monkeypatch.setattr(desahogo.Desahogo, "_vaciar", rota)
    attend_all("prueba")
    assert Trabajo.get(Trabajo.tipo == "lote").estado == "terminado"
    _espera_al_hilo()
    assert base.es_postgres or "no se pudo vaciar el WAL" in caplog.text
    integro(base)


def test_la_rebanada_se_ajusta_a_lo_que_cabe_en_su_tiempo(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    reloj = iter(range(0, 10_000_000))
    instantes: list[float] = []
    monkeypatch.setattr(desahogo.time, "monotonic", lambda: instantes.pop(0) if instantes else float(next(reloj)))
    paso = Desahogo(10)

    def dura(segundos: float, atendidos: int) -> int:
        instantes.extend([0.0, segundos])
        paso.start()
        paso.note(atendidos)
        return paso.tamano

    assert paso.tamano == RENGLONES
    assert dura(0.01, 2000) == 4 * RENGLONES, "crece, pero no de golpe"
    assert dura(0.01, 8000) == MAXIMO
    assert dura(1.4, 10_000) == 5000, "si se alentó, se achica"
    assert dura(60.0, 2000) == MINIMO


def test_cuando_se_trabaja_mucho_de_corrido_los_demas_tienen_turno(
    base: Base, casa: Casa, monkeypatch: pytest.MonkeyPatch,
) -> None:
    dormidas: list[float] = []
    monkeypatch.setattr(desahogo, "LARGO", 1)
    monkeypatch.setattr(desahogo, "CORRIDO", 0.0)
    monkeypatch.setattr(desahogo.time, "sleep", dormidas.append)
    encargar(casa, [casa.capturar(casa.julieta) for _ in range(3)])
    attend_all("prueba")
    assert dormidas == ([] if base.es_postgres else [desahogo.RESPIRO])
