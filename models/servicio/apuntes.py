"""La bitácora técnica: renglones JSON en stderr, sin datos personales ni secretos."""

import json
import logging
from typing import Any


class EnJson(logging.Formatter):
    """Un renglón JSON por apunte, a prueba de saltos de línea escondidos en los datos."""

    def format(self, apunte: logging.LogRecord) -> str:
        renglon: dict[str, Any] = {
            "instante": round(apunte.created, 3), "nivel": apunte.levelname, "de": apunte.name,
            "mensaje": apunte.getMessage(), **getattr(apunte, "datos", {})}
        if apunte.exc_info:
            renglon["falla"] = self.formatException(apunte.exc_info)
        return json.dumps(renglon, ensure_ascii=False)


def start_bitacora(nivel: int = logging.INFO) -> None:
    """Manda todo a stderr, en JSON."""
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # el renglón no los dice: no se averiguan
    salida = logging.StreamHandler()
    salida.setFormatter(EnJson())
    raiz = logging.getLogger()
    raiz.handlers[:] = [salida]
    raiz.setLevel(nivel)
