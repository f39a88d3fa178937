"""Los dígitos verificadores: lo que distingue una CURP, una CLABE o una tarjeta de un número cualquiera."""

from stdnum import luhn
from stdnum.mx import curp, rfc

_PESOS_CLABE = (3, 7, 1) * 6


def checks_curp(dato: str) -> bool:
    """Las 18 letras de una CURP, ya sin separadores."""
    return bool(dato[17] == curp.calc_check_digit(dato[:17]))


def checks_rfc(dato: str) -> bool:
    """Las 13 letras de un RFC. Uno y medio por ciento de los verdaderos no lo cumple."""
    return bool(dato[12] == rfc.calc_check_digit(dato[:12]))


def checks_clabe(cifras: str) -> bool:
    """Las 18 cifras de una CLABE: tres de banco, tres de plaza, once de cuenta y la que las verifica."""
    suma = sum(int(cifra) * peso % 10 for cifra, peso in zip(cifras[:17], _PESOS_CLABE, strict=False))
    return int(cifras[17]) == -suma % 10


def checks_luhn(cifras: str) -> bool:
    """El de tarjetas y números de seguridad social."""
    return bool(luhn.checksum(cifras) == 0)
