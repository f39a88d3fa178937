"""Tiene vivo al proceso trabajador y lo despierta: un hijo de ``python app.py``, nunca un hilo del servidor.

Padre e hijo comparten un tubo. Un byte despierta al hijo en el acto; si el padre muere, como sea, el tubo se cierra y
el hijo termina. Si el byte se pierde no pasa nada: la verdad está en la tabla ``trabajo`` y el hijo la mira cada
segundo.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

from models.servicio.entorno import RAIZ, Entorno

registro = logging.getLogger("ipomex.trabajos")

PAUSA_MINIMA, PAUSA_MAXIMA = 1.0, 300.0
"""Segundos antes de volver a levantar un hijo que murió: se duplican cada vez que muere pronto."""

VIDA_SANA = 60.0
"""Un hijo que vivió más segundos que estos murió por otra cosa: la pausa vuelve a la mínima."""

ORDEN = (sys.executable, "-m", "models.trabajos")


class Despertador:
    """El padre: levanta al hijo, lo vuelve a levantar si muere y le avisa que hay trabajo."""

    def __init__(self, variables: Mapping[str, str], orden: Sequence[str] = ORDEN) -> None:
        self.variables, self.orden = dict(variables), list(orden)
        self._parar = threading.Event()
        self._candado = threading.Lock()
        self._hijo: subprocess.Popen[bytes] | None = None
        self._hilo = threading.Thread(target=self._watch, name="despertador", daemon=True)

    def start(self) -> None:
        self._launch()
        self._hilo.start()

    @property
    def pid(self) -> int | None:
        """El número de proceso del hijo; ``None`` si ahora no hay."""
        hijo = self._hijo
        return hijo.pid if hijo is not None and hijo.poll() is None else None

    def wake(self) -> None:
        """Avisa al hijo. Nunca espera ni falla: si el tubo está lleno, ya tiene avisos de sobra."""
        hijo = self._hijo
        if hijo is not None and hijo.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                os.write(hijo.stdin.fileno(), b"\n")

    def ask_stop(self) -> None:
        """Le pide al hijo que termine la rebanada en que va y salga; si apenas nacía, muere en el acto. No espera."""
        with self._candado:
            self._parar.set()
            if self._hijo is not None and self._hijo.stdin is not None:
                self._hijo.stdin.close()
                self._hijo.terminate()

    def stop(self, espera: float = 10.0) -> None:
        """Lo mismo, y espera a que salga; pasado ese tiempo en segundos lo mata (su trabajo lo sigue otro después)."""
        self.ask_stop()
        if self._hijo is not None:
            try:
                self._hijo.wait(espera)
            except subprocess.TimeoutExpired:
                self._hijo.kill()
                self._hijo.wait()

    def _launch(self) -> None:
        with self._candado:
            if self._parar.is_set():
                return
            self._hijo = subprocess.Popen(self.orden, stdin=subprocess.PIPE, bufsize=0, env=self.variables)
            assert self._hijo.stdin is not None
            os.set_blocking(self._hijo.stdin.fileno(), False)

    def _watch(self) -> None:
        pausa = PAUSA_MINIMA
        while not self._parar.is_set():
            inicio, hijo = time.monotonic(), self._hijo
            assert hijo is not None
            codigo = hijo.wait()
            if self._parar.is_set():
                return
            if time.monotonic() - inicio > VIDA_SANA:
                pausa = PAUSA_MINIMA
            registro.error("el trabajador terminó con %s; se levanta otro en %s s", codigo, pausa)
            if not self._parar.wait(pausa):
                self._launch()
            pausa = min(pausa * 2, PAUSA_MAXIMA)


_despertador: Despertador | None = None


def start_despertador(entorno: Entorno) -> Despertador:
    """Levanta al trabajador de este proceso; ``despertar`` le avisará a él."""
    global _despertador
    _despertador = Despertador(variables_of(entorno))
    _despertador.start()
    return _despertador


def despertar() -> None:
    """Avisa que hay trabajo en la cola. Va después de confirmar la transacción; fuera del servidor no hace nada."""
    if _despertador is not None:
        _despertador.wake()


def variables_of(entorno: Entorno) -> dict[str, str]:
    """El entorno, dicho otra vez como variables para el hijo."""
    return {**os.environ, "IPOMEX_ENTORNO": entorno.nombre, "IPOMEX_DATOS": str(entorno.datos),
            "IPOMEX_BASE_DATOS": entorno.base_datos, "IPOMEX_CATALOGO": str(entorno.catalogo),
            "IPOMEX_SECRETO": ",".join(entorno.secretos), "IPOMEX_SMTP": entorno.smtp or "",
            "IPOMEX_VOLCADO": "no" if entorno.volcado is None else str(entorno.volcado),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(RAIZ), os.environ.get("PYTHONPATH"))))}
