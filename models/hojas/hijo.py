"""El proceso que abre una hoja ajena: corre aparte, con memoria y tiempo contados. No importa nada de la casa.

Recibe el libro por su entrada y cuántas filas y columnas leer; escribe un JSON: las filas, cada una con sus celdas en texto.
Con ``formulas``, una celda con fórmula llega como su fórmula (empieza con ``=``), no como lo último que dio.
"""

import datetime as dt
import io
import json
import resource
import sys
from typing import Any

MEMORIA, SEGUNDOS = 512 * 1024 * 1024, 20
LETRAS = 32_767
"""Las que caben en una celda de Excel."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS, SEGUNDOS))
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    filas, columnas = int(sys.argv[1]), int(sys.argv[2])
    libro = load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True,
                          data_only="formulas" not in sys.argv, keep_links=False)
    hoja: Any = libro.worksheets[0]
    hoja.reset_dimensions()
    leidas = [[_texto(celda) for celda in fila]
              for fila in hoja.iter_rows(max_row=filas, max_col=columnas, values_only=True)]
    json.dump(leidas, sys.stdout)


def _texto(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "si" if valor else "no"
    if isinstance(valor, dt.datetime):
        return valor.date().isoformat()
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    return str(valor)[:LETRAS]


if __name__ == "__main__":
    main()
