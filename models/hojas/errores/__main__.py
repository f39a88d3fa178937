"""El proceso que hace el libro de errores. Recibe el pedido por su entrada; no tiene base ni red."""

import json
import resource
import sys
from pathlib import Path

SEGUNDOS = 240


def main() -> None:
    original, destino, expediente = map(Path, sys.argv[1:4])
    forma, cuales, memoria = sys.argv[4], sys.argv[5], int(sys.argv[6])
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS, SEGUNDOS))
    from models.hojas.errores.hechura import make
    from models.hojas.libros.rechazo import LibroRechazado
    from models.hojas.revision.pedido import read_pedido

    pedido = read_pedido(sys.stdin.buffer.read())
    dicho: dict[str, str] = {}
    try:
        make(original, destino, expediente, forma, cuales == "malos", pedido)
    except LibroRechazado as rechazo:
        dicho = {"rechazo": str(rechazo)}
    print(json.dumps(dicho), flush=True)


def _callar(tipo: type[BaseException], error: BaseException, traza: object) -> None:
    """Un error se cuenta con dónde y de qué clase, sin su texto: puede traer lo que decía una celda."""
    import traceback
    lugares = traceback.extract_tb(error.__traceback__)
    print(tipo.__name__, *(f"{Path(lugar.filename).name}:{lugar.lineno}" for lugar in lugares[-6:]), file=sys.stderr)


if __name__ == "__main__":
    sys.excepthook = _callar
    main()
