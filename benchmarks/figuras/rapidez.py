"""Lo rápido que es el portal: sin recordar contra Datasette y contra treinta renglones de Flask; recordada contra waitress.

Cada comparación se hace por turnos dentro de la misma corrida, con las mismas conexiones y el mismo cliente: la máquina
puede ir al doble o a la mitad, pero igual para todos.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente
from benchmarks.datasette import datasette
from benchmarks.instituciones import GRANDE
from benchmarks.multitud import Cuenta, press
from benchmarks.renglones import CLAVE
from benchmarks.servidores import RAIZ, Servidor, free_port, servidor, stop, variables

CONEXIONES = 8
CONTRA_DATASETTE, CONTRA_FLASK, CONTRA_WAITRESS = 20.0, 0.8, 0.5
RUTA = f"/{GRANDE}/{CLAVE}/"


def medir(banco: Banco) -> None:
    """Las tres comparaciones, con la página del formato grande."""
    datos = banco.base(banco.plan.filas)
    with ExitStack() as pila:
        pintando = pila.enter_context(servidor(datos, IPOMEX_RECUERDO="0"))
        recordando = pila.enter_context(servidor(datos))
        muestra = _keep_page(pila, pintando)
        minima = pila.enter_context(_minimo(datos, GRANDE, muestra))
        constante = pila.enter_context(_minimo(datos, "constante", muestra))
        otro = pila.enter_context(datasette(datos))
        turnos = {"pintada": (pintando.puerto, RUTA), "flask": (minima, "/"), "recordada": (recordando.puerto, RUTA),
                  "waitress": (constante, "/"), "datasette": (otro.puerto, otro.tabla(GRANDE))}
        cuentas = _take_turns(turnos, banco)
        _anotar(banco, cuentas)
        banco.libreta.anotar("rapidez_memoria_recordando", recordando.memoria(), "MB", 300.0)


def _keep_page(pila: ExitStack, uno: Servidor) -> Path:
    """La página, en un archivo: los mínimos la imitan."""
    archivo = Path(pila.enter_context(tempfile.TemporaryDirectory())) / "pagina.html"
    archivo.write_text(Cliente(uno.puerto).ver(RUTA).cuerpo)
    return archivo


@contextmanager
def _minimo(datos: Path, cual: str, muestra: Path) -> Iterator[int]:
    """Otro servidor, hecho lo más simple que se puede; da su puerto."""
    puerto = free_port()
    proceso = subprocess.Popen([sys.executable, "-m", "benchmarks.pagina_minima", str(datos), str(puerto), cual, str(muestra)],
                               cwd=RAIZ, env=variables(datos), stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                Cliente(puerto).ver("/")
                break
            except OSError:
                time.sleep(0.05)
        yield puerto
    finally:
        stop(proceso)


def _take_turns(turnos: dict[str, tuple[int, str]], banco: Banco) -> dict[str, list[Cuenta]]:
    """Varias vueltas; en cada una, todos, uno tras otro."""
    cuentas: dict[str, list[Cuenta]] = {nombre: [] for nombre in turnos}
    for vuelta in range(banco.plan.rondas + 1):
        for nombre, (puerto, ruta) in turnos.items():
            cuenta = press(puerto, [ruta], CONEXIONES, banco.plan.segundos, al_menos=CONEXIONES)
            if vuelta:  # la primera es para calentar
                cuentas[nombre].append(cuenta)
    return cuentas


def _anotar(banco: Banco, cuentas: dict[str, list[Cuenta]]) -> None:
    pesos = {cuentas[nombre][0].bytes // max(1, len(cuentas[nombre][0].ms)) for nombre in ("pintada", "flask", "recordada")}
    por_segundo = {nombre: [c.por_segundo for c in suyas] for nombre, suyas in cuentas.items()}
    fallas = [falla for suyas in cuentas.values() for c in suyas for falla in c.fallas]

    def anotar(figura: str, una: str, otra: str, limite: float) -> None:
        """La mediana de las razones de cada vuelta: lo que se compara corrió al mismo tiempo."""
        razones = [a / b for a, b in zip(por_segundo[una], por_segundo[otra], strict=True) if b]
        banco.libreta.anotar(figura, median(razones or [0.0]), "veces", limite, "minimo", fallas=len(fallas),
                             **{f"{n}_por_segundo": median(por_segundo[n]) for n in (una, otra)},
                             bytes=max(pesos))

    anotar("rapidez_pintada_contra_datasette", "pintada", "datasette", CONTRA_DATASETTE)
    anotar("rapidez_pintada_contra_flask", "pintada", "flask", CONTRA_FLASK)
    anotar("rapidez_recordada_contra_waitress", "recordada", "waitress", CONTRA_WAITRESS)
