"""Cantidades como se leen en México: comas en los miles, punto en los decimales."""

from decimal import Decimal

_UNIDADES = ("kB", "MB", "GB", "TB")


def cantidad(numero: int | str) -> str:
    """``1234567`` o ``"1234567.5"`` → ``"1,234,567.5"``. ``numero`` es un dato de entero o de decimal."""
    return f"{Decimal(numero):,f}"


def dinero(pesos: str | Decimal) -> str:
    """``"-1234.50"`` → ``"-$1,234.50"``: un dato de moneda, en pesos."""
    exactos = Decimal(pesos)
    return f"{'-' if exactos < 0 else ''}${abs(exactos):,.2f}"


def dinero_de_centavos(centavos: int) -> str:
    """``123450`` → ``"$1,234.50"``: lo que da una suma de la columna física."""
    pesos, resto = divmod(abs(centavos), 100)
    return f"{'-' if centavos < 0 else ''}${pesos:,}.{resto:02}"


def tamano(octetos: int) -> str:
    """``312_400`` → ``"312 kB"``; ``1_450_000`` → ``"1.4 MB"``. Mil bytes son 1 kB."""
    if octetos < 1000:
        return "1 byte" if octetos == 1 else f"{octetos} bytes"
    valor, unidad = octetos, 0
    while valor >= 1_000_000 and unidad < len(_UNIDADES) - 1:
        valor, unidad = valor // 1000, unidad + 1
    enteros, decimos = divmod(valor // 100, 10)
    corto = f"{enteros}.{decimos}" if enteros < 10 and decimos else f"{enteros:,}"
    return f"{corto} {_UNIDADES[unidad]}"


def contar(numero: int, singular: str, plural: str, tope: int | None = None) -> str:
    """«1 registro», «412 registros»; y «más de 10,000 registros» si ``numero`` pasa del ``tope`` del conteo."""
    if tope is not None and numero > tope:
        return f"más de {tope:,} {plural}"
    return f"{numero:,} {singular if numero == 1 else plural}"
