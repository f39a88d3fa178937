"""Lo que pydantic encontró, dicho para quien escribe el archivo: qué está mal y cómo se remedia."""

from typing import Any

from pydantic_core import ErrorDetails

PASOS_DE_PYDANTIC = frozenset({"[key]", "str", "bool", "int"})
"""Pasos que pydantic agrega a una ruta y que no están en el archivo (llaves de un grupo, uniones de tipos)."""

_OBLIGATORIA = "Agréguela; docs/agregar-un-formato.md dice qué lleva."

_POR_TIPO: dict[str, tuple[str, str]] = {
    "missing": ("Falta la llave «{llave}».", _OBLIGATORIA),
    "extra_forbidden": ("La llave «{llave}» no existe.", "Revise la ortografía o quítela."),
    "enum": ("«{valor}» no es un valor conocido de «{llave}».", "Use uno de: {esperado}."),
    "literal_error": ("«{valor}» no es un valor conocido de «{llave}».", "Use uno de: {esperado}."),
    "string_type": ("«{llave}» debe ser texto.", "Póngalo entre comillas."),
    "int_type": ("«{llave}» debe ser un número entero.", "Escriba solo cifras, sin comillas."),
    "int_parsing": ("«{llave}» debe ser un número entero.", "Escriba solo cifras, sin comillas."),
    "int_from_float": ("«{llave}» debe ser un número entero.", "Quite los decimales."),
    "float_type": ("«{llave}» debe ser un número.", "Escriba solo cifras y punto decimal."),
    "float_parsing": ("«{llave}» debe ser un número.", "Escriba solo cifras y punto decimal."),
    "bool_parsing": ("«{llave}» debe ser true o false.", "Escriba true o false, sin comillas."),
    "bool_type": ("«{llave}» debe ser true o false.", "Escriba true o false, sin comillas."),
    "tuple_type": ("«{llave}» debe ser una lista.", "Escriba [a, b] o un renglón con guion por elemento."),
    "dict_type": ("«{llave}» debe ser un grupo de «llave: valor».", "Anídelo con dos espacios de sangría."),
    "model_type": ("«{llave}» debe ser un grupo de «llave: valor».", "Anídelo con dos espacios de sangría."),
    "string_too_long": ("«{llave}» es demasiado largo.", "Redúzcalo a {max_length} caracteres."),
    "string_too_short": ("«{llave}» está vacío.", "Escriba el texto."),
    "string_pattern_mismatch": ("«{valor}» no sirve como «{llave}».", "Debe cumplir {pattern}."),
    "too_short": ("«{llave}» tiene muy pocos elementos.", "Ponga al menos {min_length}."),
    "too_long": ("«{llave}» tiene demasiados elementos.", "Deje {max_length} cuando más."),
    "greater_than_equal": ("«{llave}» es demasiado pequeño.", "El mínimo es {ge}."),
    "less_than_equal": ("«{llave}» es demasiado grande.", "El máximo es {le}."),
    "date_from_datetime_parsing": ("«{valor}» no es una fecha.", "Escríbala como 2004-04-30."),
    "date_parsing": ("«{valor}» no es una fecha.", "Escríbala como 2004-04-30."),
}


def en_espanol(error: ErrorDetails) -> tuple[str, str]:
    """Da (mensaje, remedio) de un error de pydantic; ninguno sale en inglés."""
    mensaje, remedio = _POR_TIPO.get(error["type"], ("«{llave}» no es válido.", "Compare con un formato que sí funcione."))
    datos: dict[str, Any] = {
        "max_length": "", "min_length": "", "ge": "", "le": "", "pattern": "la forma pedida",
        **(error.get("ctx") or {}),
        "llave": _llave(error["loc"]),
        "valor": str(error.get("input"))[:60],
    }
    datos["esperado"] = str(datos.pop("expected", "")).replace(" or ", ", ").replace("'", "")
    return mensaje.format(**datos), remedio.format(**datos)


def _llave(lugar: tuple[int | str, ...]) -> str:
    """El último nombre de la ruta; si es un elemento de una lista, cuál: «se_cuenta (elemento 2)»."""
    pasos = [paso for paso in lugar if paso not in PASOS_DE_PYDANTIC]
    if len(pasos) > 1 and isinstance(pasos[-1], int):
        return f"{pasos[-2]} (elemento {pasos[-1] + 1})"
    return str(pasos[-1]) if pasos else ""


_POR_PROBLEMA: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "hay un «: » de más, o falta sangría"),
    ("cannot start any token", "un texto empieza con tabulador, @, % o acento grave"),
    ("found a tab character", "hay un tabulador; la sangría va con espacios"),
    ("expected ',' or ']'", "falta cerrar un corchete, o una coma"),
    ("expected ',' or '}'", "falta cerrar una llave, o una coma"),
    ("unexpected end of stream", "faltan las comillas que cierran un texto"),
    ("expected '-' indicator", "falta el guion de un elemento de la lista"),
    ("undefined alias", "un texto empieza con asterisco"),
    ("expected key", "sobra algo después de un texto entre comillas, o la sangría no coincide"),
    ("could not find expected ':'", "falta el «: » después de una llave"),
    ("unknown escape", "hay una diagonal invertida dentro de comillas dobles"),
    ("another document", "hay más de un documento (---) en el archivo"),
    ("block sequence entries", "un guion va en el renglón siguiente"),
    ("node content", "hay un corchete o una llave sin cerrar"),
)


def en_espanol_yaml(problema: str | None) -> str:
    """Lo que el lector de YAML encontró, en español; si es raro, solo que la forma está mal."""
    return next((dicho for parte, dicho in _POR_PROBLEMA if parte in (problema or "")), "la forma no es de YAML")
