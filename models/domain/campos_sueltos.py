"""Un formulario que no es de un registro (la configuración, un órgano colegiado): sus campos se leen con las mismas reglas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fracciones_config import Campo
from models.domain.errores import ReglaRota
from models.domain.lectura import DatoInvalido, leer
from models.domain.validation import Contexto, complete_referencia


class CamposInvalidos(ReglaRota):
    """Hay datos por corregir: ``problemas`` dice cuáles (campo → mensaje). No se guardó nada."""

    def __init__(self, problemas: Mapping[str, str]) -> None:
        super().__init__("Hay datos por corregir; no se guardó.")
        self.problemas = problemas


def read_campos(campos: Iterable[Campo], crudo: Mapping[str, Any], contexto: Contexto | None = None) -> dict[str, Any]:
    """Lo tecleado, ya como datos. Las referencias se completan con ``contexto``. Lanza ``CamposInvalidos``."""
    datos: dict[str, Any] = {}
    problemas: dict[str, str] = {}
    for campo in campos:
        try:
            dato = leer(campo, crudo.get(campo.nombre, ""))
            if isinstance(dato, dict) and contexto is not None:
                dato = complete_referencia(campo, dato, contexto)
        except DatoInvalido as error:
            problemas[campo.nombre] = _dicho(error)
            continue
        if dato is not None:
            datos[campo.nombre] = dato
        elif campo.obligatorio:
            problemas[campo.nombre] = "Falta este dato."
    if problemas:
        raise CamposInvalidos(problemas)
    return datos


def _dicho(error: DatoInvalido) -> str:
    """El error; si es de una tabla, con sus primeros renglones."""
    return "; ".join(f"renglón {fila}, {mensaje}" for fila, _, mensaje in error.detalles[:3]) or str(error)
