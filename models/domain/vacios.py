"""Un campo vacío con razón: la causa y su motivo, en vez del valor."""

from collections.abc import Mapping
from typing import Any

from fracciones_config import Campo
from fracciones_config.esquema import CAUSAS, MOTIVO_MAXIMO, MOTIVO_MINIMO
from models.domain.lectores.crudo import DatoInvalido, is_blank, to_parrafo

Vacio = dict[str, str]
"""``{"causa": una de CAUSAS, "motivo": de 3 a 600 caracteres}``."""

Vacios = dict[str, Vacio]


def read_vacio(campo: Campo, crudo: Any, con_valor: bool) -> Vacio | None:
    """El vacío de un campo; ``None`` si no se dio. ``con_valor``: si además se escribió algo en el campo.

    Lanza ``DatoInvalido`` si está mal dicho, si el campo tiene valor, o si es común y obligatorio (ejercicio, periodo,
    área responsable): esos no admiten razón.
    """
    if is_blank(crudo):
        return None
    causa = crudo.get("causa") if isinstance(crudo, Mapping) else None
    if not isinstance(causa, str) or causa not in CAUSAS:
        raise DatoInvalido("Diga por qué queda vacío: no aplica, no se generó, o es información reservada.")
    if con_valor:
        raise DatoInvalido("Tiene un valor y además una razón para estar vacío: quite una de las dos cosas.")
    if campo.comun and campo.obligatorio:
        raise DatoInvalido(f"«{campo.etiqueta}» no puede quedar vacío.")
    return {"causa": causa, "motivo": _motivo(crudo.get("motivo"))}


def _motivo(crudo: Any) -> str:
    motivo = "" if is_blank(crudo) else to_parrafo(crudo)
    if not MOTIVO_MINIMO <= len(motivo) <= MOTIVO_MAXIMO:
        raise DatoInvalido(f"El motivo de que quede vacío tiene {len(motivo):,} caracteres; escriba de {MOTIVO_MINIMO} "
                           f"a {MOTIVO_MAXIMO}.")
    return motivo
