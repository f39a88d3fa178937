"""Los campos ``tabla``: sus renglones viven en otra hoja, y la celda del registro lleva el número que los junta."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fracciones_config import Campo
from fracciones_config.esquema import Dato
from models.domain.lectores.crudo import is_blank
from models.domain.lectura import require_renglones
from models.hojas.disposicion import EJEMPLO, ID
from models.hojas.revision.celdas import BLANCA, Armador, Celda, Correccion, Falla, Novedad
from models.hojas.revision.columnas import Columna, show
from models.hojas.revision.entorno import Entorno
from models.hojas.revision.hojas import Plano

_FALTA_HOJA = "El libro no trae la hoja «{}», donde van los renglones de este campo."
_SIN_RENGLONES = "No hay ningún renglón con el ID {} en la hoja «{}»."


@dataclass(frozen=True, slots=True)
class Suelto:
    """Un renglón de la hoja de una tabla: su fila y lo que dice de cada columna."""

    fila: int
    crudo: dict[str, Any]


class ColumnaDeTabla:
    """Lee las celdas de un campo ``tabla``: de su número a la lista de sus renglones."""

    def __init__(self, campo: Campo, entorno: Entorno, plano: Plano | None) -> None:
        self.campo, self._plano = campo, plano
        self._armador = Armador(campo, entorno.propios)
        self._columnas = {sub.nombre: Columna(sub, entorno, campo.nombre) for sub in campo.campos}
        self._pedidas = [sub.nombre for sub in campo.campos if sub.obligatorio]
        self._sueltos = _read_sueltos(plano)
        self._leidas: dict[str, Celda] = {}

    def read_todas(self, crudos: Any) -> list[Celda]:
        """Las celdas de un trozo, en su orden."""
        return [self.read(crudo) for crudo in crudos]

    def read(self, crudo: Any) -> Celda:
        """Los renglones que llevan el número de la celda."""
        if is_blank(crudo):
            return BLANCA
        llave = key_of(crudo)
        celda = self._leidas.get(llave)
        if celda is None:
            celda = self._leidas[llave] = self._read(crudo, llave)
        return celda

    @property
    def numeros(self) -> dict[str, int]:
        """Los números que hay en la hoja, y en cuántos renglones está cada uno."""
        return {numero: len(sueltos) for numero, sueltos in self._sueltos.items()}

    def _read(self, crudo: Any, llave: str) -> Celda:
        if self._plano is None:
            return _mal(_FALTA_HOJA.format(f"Tabla_{self.campo.nombre}"), crudo)
        sueltos = self._sueltos.get(llave)
        if sueltos is None:
            return _mal(_SIN_RENGLONES.format(show(crudo), self._plano.hoja.nombre), crudo)
        fallas: list[Falla] = []
        correcciones: list[Correccion] = []
        renglones, filas = list[dict[str, Dato]](), list[int]()
        for suelto in sueltos:
            if renglon := self._read_renglon(suelto, fallas, correcciones):
                renglones.append(renglon)
                filas.append(suelto.fila)
        if fallas:
            return BLANCA._replace(novedad=Novedad(tuple(fallas), tuple(correcciones)))
        if problema := require_renglones(self.campo, len(renglones)):
            return _mal(problema, crudo)
        if not renglones:
            return BLANCA
        incompleta = any(nombre not in renglon for nombre in self._pedidas for renglon in renglones)
        dato: Any = renglones
        return self._armador.build(dato, Novedad(correcciones=tuple(correcciones), incompleta=incompleta, filas=tuple(filas)))

    def _read_renglon(self, suelto: Suelto, fallas: list[Falla], correcciones: list[Correccion]) -> dict[str, Dato]:
        leido: dict[str, Dato] = {}
        for nombre, columna in self._columnas.items():
            [celda] = columna.read_todas([suelto.crudo.get(nombre, "")])
            if celda.novedad is not None:
                fallas += [replace(falla, renglon=suelto.fila, columna=nombre) for falla in celda.novedad.fallas]
                correcciones += [replace(una, renglon=suelto.fila, columna=nombre) for una in celda.novedad.correcciones]
            if celda.dato is not None:
                leido[nombre] = celda.dato
        return leido


def key_of(crudo: Any) -> str:
    """Un número de tabla, como sea que se haya escrito: ``1``, ``1.0`` y ``" 1 "`` son el mismo."""
    if isinstance(crudo, float) and crudo.is_integer():
        return str(int(crudo))
    return str(crudo).strip().casefold()


def _read_sueltos(plano: Plano | None) -> dict[str, list[Suelto]]:
    """Los renglones de la hoja, por su número. Los del ejemplo de la plantilla no se leen."""
    juntos: dict[str, list[Suelto]] = {}
    posiciones = plano.posiciones if plano is not None else {}
    if plano is None or ID not in posiciones:
        return juntos
    de_id = posiciones.pop(ID)
    for fila, celdas in plano.rows():
        if de_id >= len(celdas) or is_blank(celdas[de_id]):
            continue
        crudo = {nombre: celdas[i] for nombre, i in posiciones.items() if i < len(celdas) and celdas[i] != ""}
        juntos.setdefault(key_of(celdas[de_id]), []).append(Suelto(fila, crudo))
    juntos.pop(EJEMPLO.casefold(), None)
    return juntos


def _mal(mensaje: str, crudo: Any) -> Celda:
    return BLANCA._replace(novedad=Novedad((Falla(mensaje, "tabla", show(crudo)),)))
