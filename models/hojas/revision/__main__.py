"""El proceso que lee un libro ajeno: con memoria y tiempo contados, sin base de datos. Recibe el pedido por su entrada."""

import json
import resource
import sys
from pathlib import Path


def main() -> None:
    from models.hojas.libros.rechazo import LibroRechazado
    from models.hojas.revision.pedido import read_pedido

    pedido = read_pedido(sys.stdin.buffer.read())
    limites = pedido.limites
    resource.setrlimit(resource.RLIMIT_AS, (limites.memoria, limites.memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (limites.segundos, limites.segundos))
    from models.hojas.revision.revisor import check

    try:
        resumen = check(Path(sys.argv[1]), pedido, Path(sys.argv[2]), _avisar)
    except LibroRechazado as rechazo:
        print(json.dumps({"rechazo": str(rechazo)}), flush=True)
    else:
        print(json.dumps({"resumen": resumen}), flush=True)


def _avisar(hecho: int, total: int) -> None:
    print(hecho, total, flush=True)


def _callar(tipo: type[BaseException], error: BaseException, traza: object) -> None:
    """Un error se cuenta con dónde y de qué clase, sin su texto: puede traer lo que decía una celda."""
    import traceback
    lugares = traceback.extract_tb(error.__traceback__)
    print(tipo.__name__, *(f"{Path(lugar.filename).name}:{lugar.lineno}" for lugar in lugares[-6:]), file=sys.stderr)


if __name__ == "__main__":
    sys.excepthook = _callar
    main()
