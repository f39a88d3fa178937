"""Números romanos: solo para ordenar fracciones."""

_VALOR = {"I": 1, "V": 5, "X": 10, "L": 50}


def orden_romano(romano: str) -> int:
    """El valor de un número romano: ``orden_romano("XIV") == 14``."""
    total = 0
    for letra, siguiente in zip(romano, romano[1:] + " ", strict=True):
        valor = _VALOR[letra]
        total += -valor if valor < _VALOR.get(siguiente, 0) else valor
    return total
