"""Lo que detiene a un registro con datos personales: que estén prohibidos, o que nadie haya dicho por qué se publican."""

from __future__ import annotations

from typing import Any

from peewee import fn

from models.domain.personales.hallazgo import CLASES, from_columna

_BLOQUEAR = '{"freno":"bloquear"'


def read_freno(personales: str | None, motivo: str | None) -> str | None:
    """Por qué no se revisa ni se publica, y qué hacer; ``None`` si puede. Dice las clases, nunca el dato."""
    if not personales:
        return None
    if is_blocking(personales):
        return (f"Trae datos personales que no se publican ({_clases(personales, 'bloquear')}): quítelos antes de revisar "
                "o publicar.")
    if not motivo:
        return (f"Trae datos personales ({_clases(personales, 'avisar')}): quítelos, o diga por qué se publican, "
                "antes de revisar o publicar.")
    return None


def is_blocking(personales: str | None) -> bool:
    """Si trae alguno que no se publica ni con motivo."""
    return bool(personales and personales.startswith(_BLOQUEAR))


def is_held(modelo: Any) -> Any:
    """Lo mismo que ``read_freno``, como condición de SQL sobre una tabla de trabajo. Nunca da nulo."""
    con_datos = modelo.personales.is_null(False)
    sin_motivo = fn.COALESCE(modelo.personales_motivo, "") == ""
    return con_datos & (is_blocked(modelo.personales) | sin_motivo)


def is_blocked(personales: Any) -> Any:
    """``is_blocking`` como condición de SQL sobre una columna que no sea nula."""
    return fn.SUBSTR(personales, 1, len(_BLOQUEAR)) == _BLOQUEAR


def _clases(personales: str, politica: str) -> str:
    return ", ".join(dict.fromkeys(CLASES[uno.clase].nombre for uno in from_columna(personales) if uno.politica == politica))
