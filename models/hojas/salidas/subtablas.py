"""El CSV de cada campo ``tabla``: un renglón por cada uno de los suyos, con el folio de su registro."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fracciones_config import Campo, Formato
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.columnas import Columna, Que
from models.hojas.salidas.csv_ import encode, to_encabezado, to_renglones
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.maquina import Archivo, file_of, rows_of
from models.hojas.salidas.renglones import Bloque, Datos
from models.hojas.salidas.tablas_csv import Estilo
from models.presentacion.protegido import columns_of


@dataclass(frozen=True, slots=True)
class Aplanada:
    """Los renglones de una tabla en un bloque: de qué registro es cada uno (su lugar en él) y cuál es de los suyos."""

    de: Sequence[int]
    numero: Sequence[int]
    filas: Sequence[Datos]
    protegidas: Sequence[frozenset[str]] = ()
    """Qué columnas están protegidas en cada renglón; vacío si en ninguno."""

    def hides(self, lugar: int, columna: str) -> bool:
        """Si la celda de ese renglón se suprimió."""
        return columna in self.protegidas[lugar] and columna not in self.filas[lugar]


def flatten(campo: Campo, bloque: Bloque) -> Aplanada:
    """Los renglones de la tabla, en el orden de sus registros."""
    sueltas = [(lugar, numero, fila) for lugar, dato in enumerate(bloque.datos) if campo.nombre in dato
               for numero, fila in enumerate(rows_of(dato[campo.nombre]), start=1)]
    protegidas = [columns_of(bloque.motivos[una[0]].get(campo.nombre)) for una in sueltas] if (
        campo.nombre in bloque.con_vacio) else []
    return Aplanada([una[0] for una in sueltas], [una[1] for una in sueltas], [una[2] for una in sueltas],
                    protegidas if any(protegidas) else ())


def find_tabla(formato: Formato, nombre: str) -> Campo | None:
    """El campo ``tabla`` de ese nombre; ``None`` si el formato no lo tiene."""
    return next((campo for campo in tablas_de(formato) if campo.nombre == nombre), None)


def to_titulos(campo: Campo, estilo: Estilo) -> str:
    """El encabezado: ``folio``, ``renglon`` (desde 1) y las columnas de la tabla."""
    columnas = [Columna("folio", "Folio", Que.FOLIO), Columna("renglon", "Renglón", Que.EN_BLANCO),
                *(Columna(suyo.nombre, suyo.etiqueta, Que.CAMPO, suyo) for suyo in campo.campos)]
    return estilo.principio + to_encabezado(map(estilo.titulo, columnas))


def to_filas(formato: Formato, campo: Campo, bloque: Bloque, enlaces: Enlaces, estilo: Estilo) -> str:
    """Los renglones de un bloque; ``""`` si ninguno de sus registros tiene."""
    aplanada = flatten(campo, bloque)
    archivo = file_of(enlaces, bloque.titular.siglas, formato.clave)
    return to_renglones([
        [bloque.folios[lugar] for lugar in aplanada.de], [str(numero) for numero in aplanada.numero],
        *(_celdas(suyo, aplanada, estilo, archivo) for suyo in campo.campos)])


def _celdas(suyo: Campo, aplanada: Aplanada, estilo: Estilo, archivo: Archivo) -> list[str]:
    """Las de una columna; las protegidas lo dicen, salvo para los programas: ahí van en blanco."""
    celdas = estilo.campo(suyo, aplanada.filas, archivo)
    if not aplanada.protegidas or not estilo.protegida:
        return celdas
    return [estilo.protegida if aplanada.hides(lugar, suyo.nombre) else celda for lugar, celda in enumerate(celdas)]


def write_subtabla(
    formato: Formato, campo: Campo, bloques: Iterable[Bloque], enlaces: Enlaces, estilo: Estilo,
) -> Iterator[bytes]:
    """El CSV de una tabla, por trozos."""
    yield to_titulos(campo, estilo).encode()
    yield from encode(to_filas(formato, campo, bloque, enlaces, estilo) for bloque in bloques)
