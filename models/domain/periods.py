"""Los periodos de cada periodicidad: claves, nombres, fechas y cuál se informa hoy.

Un periodo se nombra por su clave dentro del ejercicio (año calendario): ``M01``…``M12``, ``T1``…``T4``, ``S1``, ``S2``,
``A`` y ``P1``…``P3`` (periodos ordinarios de sesiones). Las claves no se repiten entre periodicidades. Los formatos
vigentes no tienen periodo: usan ``EJERCICIO_VIGENTE`` y ``PERIODO_VIGENTE``.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

from fracciones_config.formato import Periodicidad
from models.domain.lectores.crudo import plegar

EJERCICIO_VIGENTE = 0
PERIODO_VIGENTE = ""

MESES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
         "diciembre")

PERIODOS_DE_SESIONES = {"P1": ((9, 5), (12, 18)), "P2": ((1, 31), (4, 30)), "P3": ((7, 5), (8, 15))}
"""(mes, día) de inicio y de fin de cada periodo ordinario, dentro del mismo ejercicio.

Es una **propuesta por confirmar** con la Legislatura: se cambia aquí y en ningún otro lugar.
"""

_ORDINALES = ("1.er", "2.º", "3.er", "4.º")
_PALABRAS = (("primer", "primero"), ("segundo",), ("tercer", "tercero"), ("cuarto",))
_ROMANOS = ("i", "ii", "iii", "iv")
_DURACION = {"M": 1, "T": 3, "S": 6, "A": 12}
_NOMBRES = {"T": "trimestre", "S": "semestre", "P": "periodo de sesiones"}

_CLAVES: dict[Periodicidad, tuple[str, ...]] = {
    "mensual": tuple(f"M{mes:02}" for mes in range(1, 13)),
    "trimestral": ("T1", "T2", "T3", "T4"),
    "semestral": ("S1", "S2"),
    "anual": ("A",),
    "por_periodo_sesiones": tuple(PERIODOS_DE_SESIONES),
}
_CONOCIDAS = frozenset(clave for claves in _CLAVES.values() for clave in claves)


@dataclass(frozen=True, slots=True)
class Periodo:
    """Un periodo de un ejercicio; ``inicio`` y ``fin`` son el primer y el último día, ambos dentro."""

    ejercicio: int
    clave: str
    inicio: dt.date
    fin: dt.date

    @property
    def etiqueta(self) -> str:
        return etiqueta(self.clave)

    def limite(self, plazo_dias: int) -> dt.date:
        """El último día para publicarlo: ``fin`` más el plazo, en días naturales."""
        return self.fin + dt.timedelta(days=plazo_dias)


def claves(periodicidad: Periodicidad) -> tuple[str, ...]:
    """Las claves de una periodicidad, por su número; cronológicas salvo las de sesiones (vea ``periodos``)."""
    return _CLAVES[periodicidad]


def etiqueta(clave: str) -> str:
    """«3.er trimestre», «septiembre», «anual»… ``""`` para lo vigente; ``ValueError`` si la clave no existe."""
    if clave == PERIODO_VIGENTE:
        return ""
    _revisar(clave)
    if clave == "A":
        return "anual"
    numero = int(clave[1:]) - 1
    return MESES[numero] if clave[0] == "M" else f"{_ORDINALES[numero]} {_NOMBRES[clave[0]]}"


def periodo(ejercicio: int, clave: str) -> Periodo:
    """El periodo ``clave`` de un año; ``ValueError`` si la clave o el año (1 a 9999) no existen."""
    _revisar(clave)
    if clave in PERIODOS_DE_SESIONES:
        inicio, fin = PERIODOS_DE_SESIONES[clave]
        return Periodo(ejercicio, clave, dt.date(ejercicio, *inicio), dt.date(ejercicio, *fin))
    dura = _DURACION[clave[0]]
    ultimo = dura * int(clave[1:] or 1)
    ultimo_dia = calendar.monthrange(ejercicio, ultimo)[1]
    return Periodo(ejercicio, clave, dt.date(ejercicio, ultimo - dura + 1, 1), dt.date(ejercicio, ultimo, ultimo_dia))


def periodos(periodicidad: Periodicidad, ejercicio: int) -> tuple[Periodo, ...]:
    """Los periodos de un año, del primero al último en el calendario (en sesiones: P2, P3, P1)."""
    return tuple(sorted((periodo(ejercicio, c) for c in _CLAVES[periodicidad]), key=lambda p: p.inicio))


def periodo_en_curso(periodicidad: Periodicidad, hoy: dt.date, plazo_dias: int = 30) -> Periodo:
    """El periodo que normalmente se está informando ese día.

    Es el último ya cerrado mientras corre su plazo (el día del límite todavía cuenta); vencido el plazo, el que
    está corriendo; y si no corre ninguno (entre dos periodos de sesiones), el último cerrado aunque venció.
    """
    empezados = [p for p in _alrededor(periodicidad, hoy.year) if p.inicio <= hoy]
    cerrado = [p for p in empezados if p.fin < hoy][-1]
    return cerrado if hoy <= cerrado.limite(plazo_dias) else empezados[-1]


def anterior(periodicidad: Periodicidad, actual: Periodo) -> Periodo:
    """El periodo de la misma periodicidad que va justo antes: el que se copia."""
    return [p for p in _alrededor(periodicidad, actual.ejercicio) if p.inicio < actual.inicio][-1]


def orden(ejercicio: int, clave: str) -> tuple[int, int, int]:
    """Llave para ordenar periodos por calendario; lo vigente va primero. ``ValueError`` como ``periodo``."""
    if clave == PERIODO_VIGENTE:
        return (ejercicio, 0, 0)
    este = periodo(ejercicio, clave)
    return (ejercicio, este.inicio.toordinal(), este.fin.toordinal())


def find_clave(texto: str) -> str | None:
    """La clave de lo que alguien escribió: «3er. trimestre», «Septiembre», «T3», «III trimestre»; o ``None``."""
    return _POR_TEXTO.get(_apretado(texto))


def _alrededor(periodicidad: Periodicidad, ejercicio: int) -> list[Periodo]:
    return [p for anio in (ejercicio - 1, ejercicio) for p in periodos(periodicidad, anio)]


def _revisar(clave: str) -> None:
    if clave not in _CONOCIDAS:
        raise ValueError(f"«{clave}» no es la clave de un periodo.")


def _apretado(texto: str) -> str:
    """Plegado y sin blancos ni puntos: «3.er trimestre» → «3ertrimestre»."""
    return "".join(letra for letra in plegar(texto) if letra.isalnum())


def _nombres(clave: str) -> set[str]:
    """Las maneras usuales de escribir un periodo."""
    if clave == "A":
        return {"A", "anual"}
    numero = int(clave[1:]) - 1
    if clave[0] == "M":
        return {clave, MESES[numero], MESES[numero][:3]}
    cosas = ("periodo", "periodo de sesiones", "periodo ordinario de sesiones") if clave[0] == "P" else (
        _NOMBRES[clave[0]],)
    ordinales = (f"{numero + 1}", f"{numero + 1}o", f"{numero + 1}er", _ROMANOS[numero], *_PALABRAS[numero])
    return {clave} | {f"{o} {c}" for o in ordinales for c in cosas} | {f"{c} {numero + 1}" for c in cosas}


_POR_TEXTO = {_apretado(nombre): clave for clave in _CONOCIDAS for nombre in _nombres(clave)}
