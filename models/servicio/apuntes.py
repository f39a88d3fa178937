"""La bitácora técnica: renglones JSON en stderr, sin datos personales ni secretos.

Los renglones se escriben por junto, y no los escribe quien contesta: escribir hace que Python suelte su candado, y con ocho
hilos contestando a la vez eso costaba más que contestar (3,300 páginas recordadas por segundo; sin bitácora, 5,700).
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any, TextIO

CADA = 0.25
"""Segundos que un renglón espera, cuando más, a los que salen con él. Lo que avisa de algo malo no espera."""

JUNTOS = 4096
"""Letras por escritura: lo que un tubo recibe entero aunque otro proceso escriba en él."""


class EnJson(logging.Formatter):
    """Un renglón JSON por apunte, a prueba de saltos de línea escondidos en los datos."""

    def format(self, apunte: logging.LogRecord) -> str:
        renglon: dict[str, Any] = {
            "instante": round(apunte.created, 3), "nivel": apunte.levelname, "de": apunte.name,
            "mensaje": apunte.getMessage(), **getattr(apunte, "datos", {})}
        if apunte.exc_info:
            renglon["falla"] = self.formatException(apunte.exc_info)
        return json.dumps(renglon, ensure_ascii=False)


class PorJunto(logging.Handler):
    """Quien apunta solo deja el apunte; otro hilo los redacta y los escribe. Lo que avisa de algo malo se escribe ahí mismo."""

    def __init__(self, salida: TextIO, cada: float = CADA) -> None:
        super().__init__()
        self._salida, self._cada = salida, cada
        self._apuntes: deque[logging.LogRecord] = deque()
        self._hay, self._escribiendo = threading.Event(), threading.Lock()
        threading.Thread(target=self._escribir_siempre, name="bitacora", daemon=True).start()

    def createLock(self) -> None:
        """Sin candado: una cola no lo necesita, y por él se formaban todos los hilos."""
        self.lock = None

    def emit(self, apunte: logging.LogRecord) -> None:
        self._apuntes.append(apunte)
        if apunte.levelno >= logging.WARNING:
            self.flush()
        elif not self._hay.is_set():
            self._hay.set()

    def flush(self) -> None:
        """Escribe lo que espera, en su orden. Un apunte que no se puede redactar no se lleva a los demás."""
        with self._escribiendo:
            renglones = [self._redactar(self._apuntes.popleft()) for _ in range(len(self._apuntes))]
            with suppress(OSError, ValueError):  # ya no hay quien la lea
                for trozo in _in_chunks(renglones):
                    self._salida.write(trozo)
                    self._salida.flush()

    def _redactar(self, apunte: logging.LogRecord) -> str:
        try:
            return self.format(apunte) + "\n"
        except Exception:
            self.handleError(apunte)
            return ""

    def _escribir_siempre(self) -> None:
        while True:
            self._hay.wait()
            time.sleep(self._cada)
            self._hay.clear()
            self.flush()


def start_bitacora(nivel: int = logging.INFO) -> None:
    """Manda todo a stderr, en JSON."""
    # el renglón no dice hilo, proceso ni línea: no se averiguan (docs.python.org/3/howto/logging.html#optimization)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    salida = PorJunto(sys.stderr)
    salida.setFormatter(EnJson())
    raiz = logging.getLogger()
    raiz.handlers[:] = [salida]
    raiz.setLevel(nivel)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # con mucha gente avisa en cada petición que hay fila


def _in_chunks(renglones: list[str]) -> list[str]:
    """Los renglones en trozos de ``JUNTOS`` letras; ninguno se parte."""
    trozos: list[list[str]] = [[]]
    letras = 0
    for renglon in renglones:
        if letras and letras + len(renglon) > JUNTOS:
            trozos.append([])
            letras = 0
        trozos[-1].append(renglon)
        letras += len(renglon)
    return ["".join(trozo) for trozo in trozos if trozo]
