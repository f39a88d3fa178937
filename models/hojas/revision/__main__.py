"""El proceso que lee un libro ajeno: con memoria y tiempo contados, sin base de datos. Recibe el pedido por su entrada."""

import gc
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def main() -> None:
    ruta, destino, forma = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    memoria, segundos = int(sys.argv[4]), int(sys.argv[5])
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (segundos, segundos))
    from models.hojas.libros.apertura import open_libro
    from models.hojas.libros.rechazo import LibroRechazado

    with ThreadPoolExecutor(1) as aparte:
        abierto = aparte.submit(open_libro, ruta, forma)
        from models.hojas.revision.pedido import read_pedido
        from models.hojas.revision.revisor import check

        pedido = read_pedido(sys.stdin.buffer.read())
    dicho: dict[str, object] = {}
    try:
        dicho = {"resumen": check(ruta, abierto.result(), pedido, destino, _Avisos().say)}
    except LibroRechazado as rechazo:
        dicho = {"rechazo": str(rechazo)}
    print(json.dumps(dicho), flush=True)
    os._exit(0)  # devolver de a poco la memoria de un libro grande tarda más que soltarla con el proceso


class _Avisos:
    """Dice cómo va, sin cansar: a quien escucha, cada aviso le cuesta una escritura en la base."""

    CADA = 0.2
    """Segundos."""

    def __init__(self) -> None:
        self._ultimo = 0.0

    def say(self, hecho: int, total: int) -> None:
        if hecho >= total or time.monotonic() - self._ultimo > self.CADA:
            print(hecho, total, flush=True)
            self._ultimo = time.monotonic()


def _callar(tipo: type[BaseException], error: BaseException, traza: object) -> None:
    """Un error se cuenta con dónde y de qué clase, sin su texto: puede traer lo que decía una celda."""
    import traceback
    lugares = traceback.extract_tb(error.__traceback__)
    print(tipo.__name__, *(f"{Path(lugar.filename).name}:{lugar.lineno}" for lugar in lugares[-6:]), file=sys.stderr)


if __name__ == "__main__":
    sys.excepthook = _callar
    main()
