"""Los motivos que más se repiten al devolver un registro: se eligen y se completan, en vez de teclearlos."""

COMUNES: dict[str, tuple[str, ...]] = {
    "devolver": (
        "Falta el documento, o no se puede abrir.",
        "El documento trae datos personales que deben testarse.",
        "El monto no coincide con el documento.",
        "El periodo o la fecha no corresponden.",
        "La descripción no la entiende quien no conoce el trámite.",
    ),
    "retirar": (
        "Se publicó por duplicado.",
        "El documento traía datos personales sin testar.",
        "Se capturó en un formato que no le toca.",
    ),
}
"""Acto → motivos, en el orden en que se ofrecen."""
