"""Las columnas que pone el sistema: de qué registro es cada renglón, en qué versión se descargó y si se pide su baja."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fracciones_config.esquema import MOTIVO_MAXIMO, MOTIVO_MINIMO
from models.domain.lectores.crudo import DatoInvalido, is_blank, plegar, to_parrafo
from models.domain.lectores.referencias import parse_folio
from models.folios import a_folio
from models.hojas.disposicion import BAJA, BAJA_MOTIVO, EJEMPLO, FOLIO, PALABRA_DE_BAJA, VERSION
from models.hojas.revision.celdas import Falla
from models.hojas.revision.columnas import show
from models.hojas.revision.subtablas import key_of

_MAL_FOLIO = ("No es el folio de un registro. Si el renglón es nuevo, deje la celda en blanco; si no, copie el folio de su "
              "descarga.")
_ES_EJEMPLO = (f"Este renglón todavía dice «{EJEMPLO}» en la columna Folio. Si ya es suyo, borre esa palabra; si no, borre el "
               "renglón.")
_SIN_FOLIO = "Pide la baja de un renglón sin folio: solo se da de baja lo que ya está en el sistema."
_MAL_BAJA = f"Aquí solo va «{PALABRA_DE_BAJA}», o nada."
_MAL_VERSION = "La versión es un número que pone el sistema. Cópiela otra vez de su descarga, o deje la celda en blanco."


@dataclass(slots=True)
class Seguido:
    """Lo del sistema en un renglón. ``fallas``: ``(llave, rótulo, qué está mal)``; la de un ejemplo vale si alguien lo tocó."""

    folio: str | None = None
    registro_id: int | None = None
    version: int | None = None
    baja: bool = False
    motivo: str | None = None
    es_ejemplo: bool = False
    fallas: list[tuple[str, str, Falla]] = field(default_factory=list)


class Seguimiento:
    """Lee esas columnas, por trozos."""

    def __init__(self, posiciones: Mapping[str, int], identidad: Sequence[Sequence[Any]]) -> None:
        self._posiciones = {llave: posiciones[llave] for llave in (FOLIO, VERSION, BAJA, BAJA_MOTIVO) if llave in posiciones}
        self._ejemplo = _dichas(identidad[1]) if len(identidad) > 1 else []

    def read(self, crudas: Sequence[Sequence[Any]], cuantas: int) -> dict[int, Seguido]:
        """Los renglones del trozo que traen folio o piden baja."""
        suyas = {llave: crudas[i] if i < len(crudas) else ("",) * cuantas for llave, i in self._posiciones.items()}
        con_algo = {r for llave in (FOLIO, BAJA, BAJA_MOTIVO) if llave in suyas and any(suyas[llave])
                    for r, celda in enumerate(suyas[llave]) if not is_blank(celda)}
        return {r: self._read({llave: celdas[r] for llave, celdas in suyas.items()}) for r in con_algo}

    def is_intacto(self, celdas: Sequence[Any]) -> bool:
        """Si el renglón de ejemplo está como venía en la plantilla (o no se sabe cómo venía)."""
        return not self._ejemplo or _dichas(celdas) == self._ejemplo

    def _read(self, celdas: Mapping[str, Any]) -> Seguido:
        seguido = Seguido()
        folio = celdas.get(FOLIO, "")
        if not is_blank(folio):
            if plegar(str(folio)) == plegar(EJEMPLO):
                return Seguido(es_ejemplo=True, fallas=[(FOLIO, "Folio", Falla(_ES_EJEMPLO, "folio", show(folio)))])
            try:
                seguido.registro_id = parse_folio(str(folio))
                seguido.folio = a_folio(seguido.registro_id)
            except ValueError:
                seguido.fallas.append((FOLIO, "Folio", Falla(_MAL_FOLIO, "folio", show(folio))))
        version = key_of(celdas.get(VERSION, ""))
        if re.fullmatch("[1-9][0-9]{0,8}", version):
            seguido.version = int(version)
        elif version:
            seguido.fallas.append((VERSION, "Versión", Falla(_MAL_VERSION, "folio", version)))
        self._read_baja(celdas, seguido)
        return seguido

    def _read_baja(self, celdas: Mapping[str, Any], seguido: Seguido) -> None:
        baja, motivo = celdas.get(BAJA, ""), celdas.get(BAJA_MOTIVO, "")
        if is_blank(baja):
            return
        if plegar(str(baja)) not in ("baja", "x", "si", "dar de baja"):
            seguido.fallas.append((BAJA, "Baja", Falla(_MAL_BAJA, "baja", show(baja))))
            return
        seguido.baja = True
        if is_blank(celdas.get(FOLIO, "")):
            seguido.fallas.append((BAJA, "Baja", Falla(_SIN_FOLIO, "baja", show(baja))))
        try:
            dicho = "" if is_blank(motivo) else to_parrafo(motivo)
            if not MOTIVO_MINIMO <= len(dicho) <= MOTIVO_MAXIMO:
                raise DatoInvalido(f"Diga por qué se pide la baja, en {MOTIVO_MINIMO} a {MOTIVO_MAXIMO} caracteres.")
            seguido.motivo = dicho
        except DatoInvalido as error:
            seguido.fallas.append((BAJA_MOTIVO, "Motivo de la baja", Falla(str(error), "baja", show(motivo))))


def _dichas(celdas: Sequence[Any]) -> list[str]:
    """Lo que dice un renglón, sin importar el orden de sus columnas."""
    return sorted(show(celda) for celda in celdas if not is_blank(celda))
