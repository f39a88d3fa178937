"""Por qué viene vacío un campo: la causa está en su celda («No aplica») y el motivo, en otra columna."""

from __future__ import annotations

import json
from typing import Any

from fracciones_config import Campo, Formato
from models.domain.lectores.crudo import DatoInvalido, is_blank
from models.domain.personales import Hallazgo, Propios, find_en_datos
from models.domain.protegidos import CAUSA
from models.domain.vacios import read_vacio
from models.hojas.disposicion import CAUSAS
from models.hojas.revision.celdas import Falla
from models.hojas.revision.columnas import show

_SIN_MOTIVO = "Dice «{}» y falta decir por qué: escriba el motivo en la columna «Por qué no hay: {}»."
_SIN_CAUSA = ("Hay un motivo y la celda del campo no dice «No aplica», «No se generó» ni «Reservado». Póngalo ahí, o borre el "
              "motivo.")

Leido = tuple[str, Falla | None, list[Hallazgo]]
"""El vacío como pedazo de JSON (``"campo":{…}``), o lo que está mal; y los datos personales del motivo."""


class Motivos:
    """Lee vacíos. Recuerda los que ya leyó: en un libro el mismo motivo se repite cientos de veces."""

    def __init__(self, formato: Formato, propios: Propios) -> None:
        self._formato, self._propios = formato, propios
        self._leidos: dict[tuple[str, str, Any], Leido] = {}

    def read(self, campo: Campo, causa: str, motivo: Any) -> Leido:
        """El vacío de un campo. Sin ``causa`` y sin motivo no hay nada."""
        llave = (campo.nombre, causa, motivo)
        leido = self._leidos.get(llave)
        if leido is None:
            if len(self._leidos) > 20_000:
                self._leidos.clear()
            leido = self._leidos[llave] = self._read(campo, causa, motivo)
        return leido

    def _read(self, campo: Campo, causa: str, motivo: Any) -> Leido:
        sin_motivo = is_blank(motivo)
        if not causa:
            return "", None if sin_motivo else Falla(_SIN_CAUSA, "motivo", show(motivo)), []
        if causa == CAUSA:  # el cotejo ve si de veras lo está; el motivo es el que el sistema escribió
            return f'"{campo.nombre}":{{"causa":"{CAUSA}"}}', None, []
        try:
            vacio = read_vacio(campo, {"causa": causa, "motivo": "x" * 10 if sin_motivo else motivo}, False)
        except DatoInvalido as error:
            return "", Falla(str(error), "motivo", show(motivo)), []
        if sin_motivo or vacio is None:
            return "", Falla(_SIN_MOTIVO.format(CAUSAS[causa], campo.etiqueta), "motivo", CAUSAS[causa]), []
        pedazo = json.dumps(vacio, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        hallazgos = list(find_en_datos(self._formato, {}, self._propios, {campo.nombre: vacio}))
        return f'"{campo.nombre}":{pedazo}', None, hallazgos
