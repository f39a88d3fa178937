"""De qué se trata el registro que se va a inventar: quién, cuándo, cuál; y cómo se acomodan los ejemplos a él."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from random import Random

from models.demostracion.libreto import read
from models.demostracion.sede import Sede
from models.domain.periods import Periodo

ANIO_DE_LOS_EJEMPLOS = 2026
"""Los ejemplos del catálogo están escritos como si fuera este año."""

_ANIO = re.compile(r"\b20(2[4-7])\b")
_CONSECUTIVO = re.compile(
    r"(?<!\d/)(?<![\d.,:])0\d{1,4}(?!/\d\d/)(?![\d.,:])"  # LP-014-2026, MET/ADQ/031/2026; no 05/02/1917
    r"|(?<!\d/)\b\d{2,4}(?=/20\d\d\b)"  # Boletín 118/2026; no 02/04/2026
    r"|(?<=Diario )\d+|(?<=Sesión )\d+|(?<=Decreto )\d+")
"""Los números de los ejemplos que cuentan registros: se cambian por el que toca."""


@dataclass(slots=True)
class Caso:
    """Un registro por inventar. ``numero`` es su lugar entre los de su formato, desde 1; el mismo caso da lo mismo."""

    sede: Sede
    clave: str
    numero: int
    periodo: Periodo
    azar: Random = field(init=False)
    vuelta: int = field(init=False, default=0)
    _dia: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.azar = Random(f"{self.sede.ficha.siglas}/{self.clave}/{self.numero}")
        self._dia = self.periodo.inicio + dt.timedelta(days=self.azar.randint(0, 12))

    @property
    def ejercicio(self) -> int:
        return self.periodo.ejercicio

    @property
    def empresa(self) -> dict[str, str]:
        """La empresa que toca en este registro y este renglón: razón social y RFC van juntos."""
        empresas: list[dict[str, str]] = read("proveedores")
        return empresas[(self.numero + self.vuelta) % len(empresas)]

    def next_fecha(self) -> str:
        """Una fecha posterior a la anterior que se pidió: lo que se firma después de convocarse lleva fecha después."""
        self._dia += dt.timedelta(days=self.azar.randint(1, 9))
        return self._dia.isoformat()

    def adapt(self, ejemplo: str) -> str:
        """Un ejemplo del catálogo, dicho para esta institución, este año y este número."""
        ficha = self.sede.ficha
        texto = _CONSECUTIVO.sub(lambda m: str(self.numero).rjust(len(m[0]), "0"), ejemplo)
        texto = _ANIO.sub(lambda m: str(self.ejercicio - (ANIO_DE_LOS_EJEMPLOS - int(m[0]))), texto)
        for institucion in ("Ayuntamiento de Metepec", "Municipio de Metepec"):
            if ficha.clase != "ayuntamiento":
                texto = texto.replace(institucion, ficha.nombre)
        sustitutos = {"Metepec": ficha.lugar, "METEPEC": ficha.siglas.upper(), "metepec": ficha.siglas,
                      "MET/": f"{ficha.siglas[:3].upper()}/", "-MET-": f"-{ficha.siglas[:3].upper()}-"}
        for viejo, nuevo in sustitutos.items():
            texto = texto.replace(viejo, nuevo)
        return texto
