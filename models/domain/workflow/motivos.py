"""Los motivos de un acto: el del registro y, al devolver, el de cada dato."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fracciones_config import Formato
from models.domain.errores import ActoImposible
from models.domain.lectores.crudo import to_parrafo

LARGO_DE_MOTIVO = 1000
LARGO_POR_CAMPO = 300


def read_motivo(pide_motivo: bool, motivo: str, por_campo: Mapping[str, str], formato: Formato) -> str:
    """El motivo limpio; si solo se señalaron datos, se arma con ellos. Lanza ``ActoImposible`` si falta."""
    motivo = to_parrafo(motivo)[:LARGO_DE_MOTIVO]
    if not motivo and por_campo:
        motivo = " ".join(f"{formato.por_nombre[campo].etiqueta}: {_con_punto(por_campo[campo])}" for campo in por_campo)
    if pide_motivo and len(motivo) < 3:
        raise ActoImposible("Escriba el motivo: lo leerá la persona a quien le toca, y queda en el historial.")
    return motivo[:LARGO_DE_MOTIVO]


def read_por_campo(formato: Formato, crudo: Mapping[str, str]) -> dict[str, str]:
    """Los motivos por campo, limpios y en el orden del formulario; lo que el formato no tiene no cuenta."""
    limpios = {campo.nombre: to_parrafo(crudo.get(campo.nombre, ""))[:LARGO_POR_CAMPO] for campo in formato.campos}
    return {nombre: motivo for nombre, motivo in limpios.items() if len(motivo) >= 3}


def to_json(por_campo: Mapping[str, str]) -> str | None:
    """Como se guarda; nulo si no hay."""
    return json.dumps(dict(por_campo), ensure_ascii=False) if por_campo else None


def from_json(guardado: str | None) -> dict[str, str]:
    """Los motivos por campo que se guardaron."""
    return json.loads(guardado) if guardado else {}


def _con_punto(motivo: str) -> str:
    return motivo if motivo.endswith((".", "?", "!")) else f"{motivo}."
