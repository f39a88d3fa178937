"""Que una celda de texto nunca se abra como fórmula en Excel."""

import unicodedata

_PELIGROSOS = frozenset("=+-@|")


def guard(celda: str) -> str:
    """La celda, con un apóstrofo por delante si Excel la tomaría por fórmula."""
    return f"'{celda}" if is_formula(celda) else celda


def is_formula(celda: str) -> bool:
    """Si Excel tomaría el texto por fórmula al abrirlo de un CSV, o al editar la celda de un libro.

    Mira la primera letra después de quitar blancos, caracteres de control e invisibles; reconoce los signos anchos.
    """
    if celda[:1].isalnum() or not celda:
        return False
    if celda[0] in "\t\r\n":
        return True
    primera = next((c for c in celda if unicodedata.category(c)[0] not in "CZ"), "")
    return unicodedata.normalize("NFKC", primera) in _PELIGROSOS
