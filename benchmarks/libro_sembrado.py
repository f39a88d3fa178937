"""``python -m benchmarks.libro_sembrado CARPETA RENGLONES COLUMNAS FALTAS VUELTAS``: hace un libro con faltas, lo revisa y mide
cuánto tarda en volver marcado. Imprime ``{"entero", "solo_malos", "marcadas", "memoria"}`` (segundos por vuelta, y MB).
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from fracciones_config import Campo, Formato, TipoCampo, load_catalogo
from fracciones_config.tipos import TEXTOS
from models.folios import a_folio
from models.formatos import column_name
from models.hojas.errores.proceso import Encargo, run
from models.hojas.revision.pedido import Maestro, Pedido
from models.hojas.revision.proceso import check_libro

CATALOGO = Path(__file__).parent.parent / "fracciones_config"
_FUERA = (TipoCampo.TABLA, TipoCampo.ARCHIVO)
_AREAS = tuple(Maestro(a_folio(1_000 + n), f"Dirección número {n}") for n in range(40))
_MALO = "esto no es"
_DUDOSO = {TipoCampo.FECHA: "31-12-26", TipoCampo.MONEDA: "$1,234.50", TipoCampo.AREA: "direccion numero 3"}


def build_pedido(columnas: int) -> Pedido:
    """El de un formato de verdad, con tantas columnas como se piden."""
    formato = next(f for f in load_catalogo(CATALOGO).formatos if f.clave == "licitaciones")
    campos = [campo for campo in formato.campos if campo.tipo not in _FUERA]
    suyos = [campo for campo in campos if campo.comun] + [campo for campo in campos if not campo.comun]
    corto = Formato.model_construct(**{**formato.__dict__, "campos": tuple(suyos[:columnas])})
    maestros = {tipo: _AREAS for tipo in ("area", "servidor_publico", "organo_colegiado")}
    return Pedido(formato=corto, columnas={c.nombre: column_name(c) for c in formato.campos}, siglas="x", maestros=maestros)


def write_libro(ruta: Path, campos: tuple[Campo, ...], renglones: int, faltas: int) -> None:
    """Un libro con las faltas repartidas al azar, siempre las mismas."""
    azar = random.Random(2_026)
    sirven = [c for c, campo in enumerate(campos) if campo.tipo not in TEXTOS]
    sembradas = set(azar.sample([(n, c) for n in range(renglones) for c in sirven], faltas))
    libro = xlsxwriter.Workbook(str(ruta), {"constant_memory": True, "strings_to_urls": False})
    hoja = libro.add_worksheet("Licitaciones")
    hoja.write_row(0, 0, [campo.nombre for campo in campos])
    hoja.write_row(1, 0, [campo.etiqueta for campo in campos])
    for n in range(renglones):
        for c, campo in enumerate(campos):
            malo = _DUDOSO.get(campo.tipo, _MALO) if n % 2 else _MALO
            hoja.write(n + 2, c, malo if (n, c) in sembradas else _bueno(campo, n))
    libro.close()


def _bueno(campo: Campo, n: int) -> Any:
    if campo.es_maestro:
        return _AREAS[n % len(_AREAS)].nombre
    if campo.nombre == "periodo":
        return f"T{n % 4 + 1}"
    if campo.nombre == "ejercicio":
        return 2026
    return next(iter(campo.opciones.values()), campo.ejemplo.lstrip("$") or "Sí")


def main() -> None:
    carpeta, (renglones, columnas, faltas, vueltas) = Path(sys.argv[1]), map(int, sys.argv[2:6])
    pedido, libro, expediente = build_pedido(columnas), carpeta / "libro.xlsx", carpeta / "libro.db"
    write_libro(libro, pedido.formato.campos, renglones, faltas)
    resumen = check_libro(libro, pedido, expediente)
    segundos: dict[bool, list[float]] = {False: [], True: []}
    for solo_malos in (False, True) * vueltas:
        inicio = time.perf_counter()
        run(Encargo(libro, carpeta / "marcado.xlsx", expediente, "xlsx", solo_malos), pedido)
        segundos[solo_malos].append(round(time.perf_counter() - inicio, 3))
    print(json.dumps({
        "entero": segundos[False], "solo_malos": segundos[True], "marcadas": resumen["problemas"] + resumen["correcciones"],
        "memoria": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)}))


if __name__ == "__main__":
    main()
