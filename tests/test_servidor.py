"""Servir y parar: el perfil de waitress, que parar no corte a nadie, y que el trabajador viva y muera con su servidor."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from models.servicio.entorno import Entorno
from models.servicio.servidor import ESPERA, PERFIL, profile_of
from models.trabajos.despertador import Despertador, despertar
from tests.bases import RAIZ
from tests.ordenes import PLAZO, esperar

pytest_plugins = "tests.consola"


# --- el perfil de waitress ---

def test_el_perfil_cree_en_un_proxy_solo_si_se_configura(entorno: Entorno) -> None:
    solo = profile_of(entorno.con(puerto=8080))
    assert (solo["host"], solo["port"]) == ("0.0.0.0", 8080)
    assert "trusted_proxy" not in solo and solo["clear_untrusted_proxy_headers"]
    assert profile_of(entorno.con(proxy="127.0.0.1"))["host"] == "127.0.0.1"
    lejano = profile_of(entorno.con(proxy="10.0.0.7"))
    assert (lejano["host"], lejano["trusted_proxy"]) == ("0.0.0.0", "10.0.0.7")


def test_el_perfil_es_el_medido() -> None:
    assert (PERFIL["threads"], PERFIL["connection_limit"], PERFIL["channel_timeout"]) == (8, 1000, 30)
    assert PERFIL["max_request_body_size"] == 30 * 2**20 and PERFIL["ident"] is None


# --- servir y parar ---

JUGUETE = """
import sys, time
from models.base import db
from models.motores import abrir
from models.servicio.arranque import prepare
from models.servicio.entorno import read_entorno
from models.servicio.servidor import serve

def wsgi(ambiente, empezar):
    if ambiente["PATH_INFO"] == "/lento":
        print("empieza", flush=True)
        time.sleep(1.5)
    cuerpo = b"x" * (3_000_000 if ambiente["PATH_INFO"] == "/grande" else 2)
    empezar("200 OK", [("Content-Length", str(len(cuerpo)))])
    return [cuerpo]

entorno = read_entorno()
db.initialize(abrir(entorno.base_datos))
prepare(entorno)
sys.exit(serve(wsgi, entorno))
"""


class Servidor:
    """``serve`` de verdad, con una aplicación de juguete, en otro proceso."""

    def __init__(self, entorno: Entorno, puerto: int = 0) -> None:
        variables = {**os.environ, "PYTHONPATH": str(RAIZ), "IPOMEX_ENTORNO": "pruebas", "IPOMEX_PUERTO": str(puerto),
                     "IPOMEX_DATOS": str(entorno.datos), "IPOMEX_BASE_DATOS": entorno.base_datos,
                     "IPOMEX_CATALOGO": str(entorno.catalogo)}
        self.proceso = subprocess.Popen([sys.executable, "-c", JUGUETE], env=variables, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self.proceso.stdout is not None
        anuncio = self.proceso.stdout.readline()
        self.puerto = int(anuncio.split("localhost:")[1].split("/")[0]) if anuncio else 0

    def pedir(self, ruta: str) -> int:
        """Los bytes que contestó."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.puerto}{ruta}", timeout=PLAZO) as respuesta:
            return len(respuesta.read())

    def hijo(self) -> int | None:
        hijos = psutil.Process(self.proceso.pid).children()
        return hijos[0].pid if hijos else None

    def cerrar(self) -> None:
        self.proceso.kill()
        self.proceso.communicate()


@pytest.fixture
def servidor(entorno: Entorno) -> Iterator[Servidor]:
    uno = Servidor(entorno)
    yield uno
    uno.cerrar()


def en_otro_hilo(funcion: Callable[[], int]) -> tuple[threading.Thread, list[int]]:
    salida: list[int] = []
    hilo = threading.Thread(target=lambda: salida.append(funcion()))
    hilo.start()
    return hilo, salida


@pytest.mark.parametrize("senal", [signal.SIGTERM, signal.SIGINT])
def test_parar_termina_lo_que_va_en_curso_y_rechaza_lo_nuevo(servidor: Servidor, senal: signal.Signals) -> None:
    hilo, contestado = en_otro_hilo(lambda: servidor.pedir("/lento"))
    assert servidor.proceso.stdout is not None and servidor.proceso.stdout.readline() == "empieza\n"
    servidor.proceso.send_signal(senal)
    esperar(lambda: _rechaza(servidor), "el puerto se cerró")
    assert hilo.is_alive()
    hilo.join(PLAZO)
    assert contestado == [2]
    assert servidor.proceso.wait(PLAZO) == 0


def _rechaza(servidor: Servidor) -> bool:
    """A quien llega justo cuando el puerto se cierra el sistema le corta: ni contesta ni rechaza; se pregunta otra vez."""
    try:
        servidor.pedir("/")
    except ConnectionResetError:
        return False
    except urllib.error.URLError as error:
        return isinstance(error.reason, ConnectionRefusedError)
    return False


def test_parar_entrega_completa_una_descarga_lenta(servidor: Servidor) -> None:
    with contextlib.closing(HTTPConnection("127.0.0.1", servidor.puerto, timeout=PLAZO)) as conexion:
        conexion.request("GET", "/grande")
        respuesta = conexion.getresponse()
        leido = len(respuesta.read(1000))
        servidor.proceso.terminate()
        time.sleep(0.3)
        assert leido + len(respuesta.read()) == 3_000_000
    assert servidor.proceso.wait(PLAZO) == 0


def test_parar_no_espera_a_las_conexiones_ociosas(servidor: Servidor) -> None:
    with contextlib.closing(HTTPConnection("127.0.0.1", servidor.puerto, timeout=PLAZO)) as conexion:
        conexion.request("GET", "/")
        conexion.getresponse().read()
        inicio = time.monotonic()
        servidor.proceso.terminate()
        assert servidor.proceso.wait(PLAZO) == 0
    assert time.monotonic() - inicio < ESPERA


def test_la_segunda_senal_ya_no_espera(servidor: Servidor) -> None:
    hilo, _ = en_otro_hilo(lambda: _o_cero(lambda: servidor.pedir("/lento")))
    assert servidor.proceso.stdout is not None and servidor.proceso.stdout.readline() == "empieza\n"
    servidor.proceso.terminate()
    esperar(lambda: _rechaza(servidor), "el puerto se cerró")
    servidor.proceso.terminate()
    assert servidor.proceso.wait(PLAZO) == 0
    hilo.join(PLAZO)


def _o_cero(funcion: Callable[[], int]) -> int:
    with contextlib.suppress(OSError):
        return funcion()
    return 0


def test_un_puerto_ocupado_se_dice_y_termina_con_uno(servidor: Servidor, entorno: Entorno) -> None:
    otro = Servidor(entorno, servidor.puerto)
    assert otro.proceso.wait(PLAZO) == 1
    assert otro.proceso.stderr is not None and "IPOMEX_PUERTO" in otro.proceso.stderr.read()
    otro.cerrar()


# --- el trabajador ---

def test_al_parar_el_servidor_su_trabajador_tambien_para(servidor: Servidor) -> None:
    hijo = servidor.hijo()
    assert hijo is not None and psutil.pid_exists(hijo)
    servidor.proceso.terminate()
    assert servidor.proceso.wait(PLAZO) == 0
    assert not psutil.pid_exists(hijo)


def test_si_matan_al_servidor_su_trabajador_termina_solo(servidor: Servidor) -> None:
    hijo = servidor.hijo()
    assert hijo is not None
    trabajador = psutil.Process(hijo)
    servidor.proceso.kill()
    esperar(lambda: not trabajador.is_running() or trabajador.status() == psutil.STATUS_ZOMBIE, "el hijo terminó")


def test_si_matan_al_trabajador_se_levanta_otro(servidor: Servidor) -> None:
    primero = servidor.hijo()
    assert primero is not None
    os.kill(primero, signal.SIGKILL)
    esperar(lambda: servidor.hijo() not in (None, primero), "hay otro trabajador")
    assert servidor.pedir("/") == 2


ECO = "import os\nwhile os.read(0, 100):\n    os.write(1, b'aviso\\n')\n"


def test_despertar_avisa_en_el_acto_y_cerrar_el_tubo_lo_detiene(tmp_path: Path) -> None:
    salida = tmp_path / "avisos"
    orden = ["sh", "-c", f"exec {sys.executable} -u -c \"$ECO\" > {salida}"]
    despertador = Despertador({**os.environ, "ECO": ECO}, orden)
    despertador.start()
    despertador.wake()
    esperar(lambda: salida.exists() and salida.read_text() == "aviso\n", "el hijo recibió el aviso")
    assert despertador.pid is not None
    despertador.stop()
    assert despertador.pid is None
    despertador.wake()


def test_un_hijo_que_no_obedece_se_mata(tmp_path: Path) -> None:
    terco = Despertador(dict(os.environ), ["sh", "-c", "trap '' TERM; exec sleep 600"])
    terco.start()
    terco.stop(espera=0.1)
    assert terco.pid is None


def test_despertar_con_el_tubo_lleno_no_espera() -> None:
    sordo = Despertador(dict(os.environ), ["sleep", "600"])
    sordo.start()
    inicio = time.monotonic()
    for _ in range(70_000):
        sordo.wake()
    assert time.monotonic() - inicio < PLAZO
    sordo.stop(espera=0.1)


def test_despertar_fuera_del_servidor_no_hace_nada() -> None:
    despertar()
