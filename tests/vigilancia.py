"""La vigilancia: mira cada consulta que hace la casa y señala las que no nombran al sujeto obligado.

Una consulta sin ``sujeto_id`` puede enseñar, o cambiar, filas de otra institución; y con Citus recorrería todos los
nodos. Toda tabla de sujeto que aparezca debe quedar atada: por su propio ``sujeto_id = ?`` o por igualdad con otra que
lo esté; y todo INSERT debe darlo. Lo que a propósito mira a todos está en ``consultas_globales.py``, con su razón. Lo
que preguntan las pruebas mismas no cuenta: ellas miran todo.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType

from tests.consultas_globales import GLOBALES

RAIZ = Path(__file__).parents[1]
_DE_PRUEBAS = "tests."

_SIN_FILAS = re.compile(
    r"\s*(CREATE|ALTER|DROP|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|SHOW|VACUUM)\b", re.I)
_DE_SUJETO = re.compile(
    r"(reg_\w+|pub_(?!busqueda|sujeto|siglas_anteriores)\w+|acto|aplicabilidad|archivo|area|asignacion|lote"
    r"|lote_renglon|organo|organo_\w+|persona|registro_archivo|tablero|trabajo|hilo|mensaje|buzon|observacion|recordatorio"
    r"|carga|carga_registro|carga_previa|carga_archivo|archivo_pendiente|receta|contenido_anterior"
    r"|lectura|plazo_avisado|tarea_diaria|resumen_correo)")
_USO = re.compile(r'\b(?:FROM|JOIN|UPDATE|TRUNCATE)\s+(?:ONLY\s+|TABLE\s+)?"?(\w+)"?(?:\s+AS\s+"?(\w+)"?)?', re.I)
_USO_TRAS_COMA = re.compile(r',\s+"(\w+)"\s+AS\s+"(t\d+)"')
_ALTA = re.compile(r'\bINTO\s+"?(\w+)"?\s*(?:AS\s+\w+\s*)?\(([^)]*)\)', re.I)
_CONDICION = re.compile(r"\b(?:WHERE|ON)\b(?!\s+CONFLICT)", re.I)
_ANCLA = re.compile(r'sujeto_id"?\s*(?:=\s*(?:\?|%s|\d+)|IN\s*\(|IS\s+NULL)', re.I)


@dataclass(frozen=True)
class Falta:
    """Una consulta sin sujeto, las tablas que deja sueltas y quién la hizo."""

    sql: str
    tablas: tuple[str, ...]
    quien: str

    def __str__(self) -> str:
        return f"{self.quien} → {', '.join(self.tablas)}\n{self.sql[:600]}"


@lru_cache(maxsize=10_000)
def sueltas(sql: str) -> tuple[str, ...]:
    """Las tablas de sujeto que una consulta toca sin decir de cuál; vacío si está bien."""
    if _SIN_FILAS.match(sql):
        return ()
    altas = [tabla for tabla, columnas in _ALTA.findall(sql)
             if _DE_SUJETO.fullmatch(tabla) and "sujeto_id" not in columnas]
    condicion = _CONDICION.search(sql)
    resto = sql[condicion.start():] if condicion else ""
    usos = [(tabla, alias or tabla) for patron in (_USO, _USO_TRAS_COMA) for tabla, alias in patron.findall(sql)
            if _DE_SUJETO.fullmatch(tabla)]
    if usos and not _ANCLA.search(resto):
        return tuple(altas + [tabla for tabla, _ in usos])
    return tuple(altas + [tabla for tabla, alias in usos if not _atada(alias, resto, solo=len(usos) == 1)])


def _atada(alias: str, resto: str, solo: bool) -> bool:
    propio = rf'(?<!\w)"?{alias}"?\."?sujeto_id"?'
    if re.search(rf"{propio}\s*(=|IN\b|IS NULL)|=\s*{propio}", resto, re.I):
        return True
    return solo and re.search(r'(?<![.\w])"?sujeto_id"?\s*(=|IN\b|IS NULL)', resto, re.I) is not None


@contextmanager
def vigilar() -> Iterator[list[Falta]]:
    """Junta las faltas de todas las consultas que se hagan mientras tanto, en cualquier hilo y conexión."""
    vigia, peewee, pool = _Vigia(), logging.getLogger("peewee"), logging.getLogger("peewee.pool")
    antes = peewee.level, pool.level
    peewee.addFilter(vigia)
    peewee.setLevel(logging.DEBUG)
    pool.setLevel(logging.INFO)
    try:
        yield vigia.faltas
    finally:
        peewee.removeFilter(vigia)
        peewee.setLevel(antes[0])
        pool.setLevel(antes[1])


class _Vigia(logging.Filter):
    """Peewee apunta cada consulta en su bitácora, como ``(sql, parámetros)``, en el hilo de quien la pide.

    Se mira como filtro y no como destino: así el apunte se queda aquí y no llena la salida de las pruebas.
    """

    def __init__(self) -> None:
        super().__init__()
        self.faltas: list[Falta] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if not isinstance(record.msg, tuple):
            return True
        sql = str(record.msg[0])
        if tablas := sueltas(sql):
            quienes = list(de_la_casa(sys._getframe()))
            if quienes and not quienes[0].startswith(_DE_PRUEBAS) and not GLOBALES.keys() & set(quienes):
                self.faltas.append(Falta(sql, tablas, quienes[0]))
        return False


def de_la_casa(marco: FrameType | None) -> Iterator[str]:
    """``modulo:funcion`` de cada función de la casa en la pila, de la más cercana a la más lejana."""
    while marco is not None:
        ruta = marco.f_code.co_filename
        if ruta.startswith(f"{RAIZ}/") and "/." not in ruta and ruta != __file__:
            modulo = ruta.removeprefix(f"{RAIZ}/").removesuffix(".py").replace("/", ".")
            yield f"{modulo}:{marco.f_code.co_qualname}"
        marco = marco.f_back
