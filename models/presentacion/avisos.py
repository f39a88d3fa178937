"""A dónde lleva un aviso, y con qué palabras: de ahí se va al registro, a la lista o a lo que falta."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.folios import a_folio
from models.mensajes import Entrada

_ESTADOS = {"devolver": "devuelto", "publicar": "publicado", "retirar": "retirado"}
_A_LO_QUE_FALTA = frozenset({"por_vencer", "vencido", "recordatorio"})


@dataclass(frozen=True, slots=True)
class Enlace:
    """Un botón: qué dice, a qué ruta va y con qué valores."""

    texto: str
    ruta: str
    valores: Mapping[str, str] = field(default_factory=dict)


def enlace_de(entrada: Entrada) -> Enlace | None:
    """El botón de un aviso; ``None`` si no lleva a ninguna parte."""
    if entrada.acto in _A_LO_QUE_FALTA:
        return Enlace("Ver lo que falta", "tablero.faltantes")
    if entrada.acto == "relevo":
        return Enlace("Ir a mi tablero", "tablero.tablero")
    if entrada.clave is None:
        return None
    if entrada.registro_id is not None and entrada.n == 1:
        return Enlace("Abrir el registro", "formato.details_view",
                      {"clave": entrada.clave, "id": a_folio(entrada.registro_id)})
    filtro = {"estado": _ESTADOS[entrada.acto]} if entrada.acto in _ESTADOS else {}
    if entrada.acto == "solicitar_baja":
        filtro = {"baja": "si"}
    return Enlace("Abrir la lista", "formato.index_view", {"clave": entrada.clave, **filtro})
