"""Lo que ordena el acta: qué datos, por qué, con qué acta, y si el original se sella o se borra."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.errores import ReglaRota
from models.domain.lectores.crudo import DatoInvalido, to_linea, to_parrafo
from models.domain.lectura import leer

LARGO_DE_ACTA, LARGO_DE_MOTIVO, MOTIVO_MINIMO = 80, 600, 10
LARGO_DE_HUELLA = 16
SELLAR, BORRAR = "sellar", "borrar"

_HUELLA = re.compile(f"[0-9a-f]{{{LARGO_DE_HUELLA}}}")
_FECHA = Campo(nombre="acta_fecha", tipo=TipoCampo.FECHA, etiqueta="Fecha del acta", ayuda="La del acta.")


class OrdenInvalida(ReglaRota):
    """Falta algo de la orden o está mal: ``problemas`` dice qué (control → mensaje). No se hizo nada."""

    def __init__(self, problemas: Mapping[str, str]) -> None:
        super().__init__("Hay algo por corregir; no se suprimió nada.")
        self.problemas = dict(problemas)


@dataclass(frozen=True, slots=True, order=True)
class Objetivo:
    """Un dato por suprimir: un campo entero o, de una tabla, una de sus columnas, o de ella solo las celdas que dicen algo.

    ``celda`` es la huella (``cell_mark``) de lo que dicen: así la orden nombra el dato sin escribirlo.
    """

    campo: str
    columna: str = ""
    celda: str = ""

    @property
    def llave(self) -> str:
        """Como se manda en un formulario: ``campo``, ``campo.columna`` o ``campo.columna.huella``."""
        return ".".join(filter(None, (self.campo, self.columna, self.celda)))

    @property
    def de_columna(self) -> Objetivo:
        """La columna entera de la que es."""
        return Objetivo(self.campo, self.columna)


def cell_mark(dato: Any) -> str:
    """La huella de lo que dice una celda."""
    return hashlib.sha256(json.dumps(dato, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:LARGO_DE_HUELLA]


@dataclass(frozen=True, slots=True)
class Orden:
    """Una orden completa. ``borrar`` falso es sellar el original."""

    objetivos: tuple[Objetivo, ...]
    acta: str
    acta_fecha: dt.date
    motivo: str
    borrar: bool

    def marca(self, hoy: dt.date) -> dict[str, Any]:
        """Lo que queda en el contenido de un campo entero."""
        return {"acta": self.acta, "desde": hoy.isoformat()}


def suppressible(formato: Formato) -> list[Objetivo]:
    """Todo lo que se puede suprimir de un formato; el ejercicio, el periodo y el área responsable, no: sin ellos no hay
    registro. Tampoco lo que le da nombre a un maestro."""
    nombran = _naming(formato)
    objetivos = []
    for campo in formato.campos:
        if (campo.comun and campo.obligatorio) or campo.nombre in nombran:
            continue
        objetivos.append(Objetivo(campo.nombre))
        objetivos += [Objetivo(campo.nombre, columna.nombre) for columna in campo.campos]
    return objetivos


def _naming(formato: Formato) -> frozenset[str]:
    if formato.proyeccion is None:
        return frozenset()
    return frozenset(campo for campo, columna in formato.proyeccion.campos.items() if columna == "nombre")


def read_orden(formato: Formato, crudo: Mapping[str, str], llaves: Iterable[str], hoy: dt.date) -> Orden:
    """La orden que alguien tecleó. Lanza ``OrdenInvalida`` con todo lo que le falte."""
    problemas: dict[str, str] = {}
    objetivos = _read_objetivos(formato, llaves)
    if not objetivos:
        problemas["objetivo"] = "Marque qué dato ordena suprimir el acta."
    acta, motivo = _read(to_linea, crudo.get("acta", ""), LARGO_DE_ACTA), _read(to_parrafo, crudo.get("motivo", ""))
    if len(acta) < 2:
        problemas["acta"] = "Escriba el número del acta del Comité que lo ordena, por ejemplo CT/12/2026."
    if not MOTIVO_MINIMO <= len(motivo) <= LARGO_DE_MOTIVO:
        problemas["motivo"] = (f"Diga en una frase por qué no debía ser público (de {MOTIVO_MINIMO} a {LARGO_DE_MOTIVO} "
                               "letras). No escriba el dato.")
    if (acta_fecha := _read_fecha(crudo.get("acta_fecha", ""), hoy)) is None:
        problemas["acta_fecha"] = "Escriba la fecha del acta como 31/12/2026; no puede ser de después de hoy."
    if crudo.get("destino") not in (SELLAR, BORRAR):
        problemas["destino"] = "Elija si el acta ordena sellar el original o borrarlo."
    if problemas or acta_fecha is None:
        raise OrdenInvalida(problemas)
    return Orden(objetivos, acta, acta_fecha, motivo, crudo["destino"] == BORRAR)


def _read_objetivos(formato: Formato, llaves: Iterable[str]) -> tuple[Objetivo, ...]:
    """Los marcados que de veras se pueden suprimir; sobran una columna si se marcó su tabla, y una celda si su columna."""
    por_llave = {objetivo.llave: objetivo for objetivo in suppressible(formato)}
    marcados = {hallado for llave in llaves if (hallado := _find_objetivo(por_llave, llave))}
    enteros = {objetivo.campo for objetivo in marcados if not objetivo.columna}
    return tuple(sorted(o for o in marcados if not o.columna or o.campo not in enteros
                        and (not o.celda or o.de_columna not in marcados)))


def _find_objetivo(por_llave: Mapping[str, Objetivo], llave: str) -> Objetivo | None:
    """El de esa llave; si acaba en la huella de una celda, esa celda de su columna."""
    columna, _, huella = llave.rpartition(".")
    if llave not in por_llave and _HUELLA.fullmatch(huella) and columna in por_llave and por_llave[columna].columna:
        return Objetivo(por_llave[columna].campo, por_llave[columna].columna, huella)
    return por_llave.get(llave)


def _read(leer_asi: Any, crudo: str, *largo: int) -> str:
    try:
        return str(leer_asi(crudo, *largo, "el número del acta") if largo else leer_asi(crudo))
    except DatoInvalido:
        return ""


def _read_fecha(crudo: str, hoy: dt.date) -> dt.date | None:
    try:
        leida = leer(_FECHA, crudo)
    except DatoInvalido:
        return None
    fecha = dt.date.fromisoformat(str(leida)) if leida else None
    return fecha if fecha is not None and dt.date(2000, 1, 1) <= fecha <= hoy else None
