"""De un título oficial («Nombre(s) del contratista o proveedor, en su caso») salen un nombre y una etiqueta de la casa."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.titulos import llano

NOMBRE_MAXIMO, PALABRAS = 40, 4
ROTULO_MAXIMO = 160

_VACIAS = frozenset(re.findall("[a-z]+", """
    a al ante bajo con contra como de del desde durante e el ella en entre es esta este la las le lo los mas mediante o para
    por que quien se segun ser si sin sobre su sus tras u un una unas uno unos y ya caso etc misma mismo mismas mismos dicha
    dicho correspondiente correspondientes respectivo respectivos respectiva respectivas cual cuales fue sea sean
    """))
_CORTAS = {"hipervinculo": "enlace", "denominacion": "denominacion", "numero": "numero", "informacion": "informacion"}
_ACLARACION = re.compile(r"\((?:cat[aá]logo|[^()]{7,})\)|\[[^\]]*\]", re.IGNORECASE)
_PLURAL = re.compile(r"\((?:e?s|es|a|as|o|os|la|el|los|las|n|les)\)", re.IGNORECASE)
_EN_SU_CASO = re.compile(r",? *(?:en su caso|de ser el caso|si aplica)\b", re.IGNORECASE)
_PALABRA = re.compile(r"[a-z0-9]+")


def make_nombre(titulo: str, ocupados: Container[str]) -> str:
    """Un nombre corto, en ASCII y que no esté en ``ocupados``: primero las palabras que dicen algo; al final, un número."""
    candidatos = list(_candidatos(titulo))
    for candidato in candidatos:
        if candidato not in ocupados:
            return candidato
    raiz = candidatos[-1][: NOMBRE_MAXIMO - 4].rstrip("_")
    return next(nombre for numero in range(2, 10_000) if (nombre := f"{raiz}_{numero}") not in ocupados)


def make_clave(titulo: str, ocupadas: Container[str]) -> str:
    """La clave de una opción: como un nombre, pero con todas sus palabras mientras quepan."""
    return make_nombre(titulo, ocupadas)


def make_rotulo(titulo: str, maximo: int = ROTULO_MAXIMO) -> str:
    """La etiqueta para una persona: sin «(catálogo)» ni TODO EN MAYÚSCULAS, y de ``maximo`` caracteres cuando más."""
    limpio = limpiar(re.sub(r"\(cat[aá]logo\)", "", titulo, flags=re.IGNORECASE)).rstrip(" ,;:.") or limpiar(titulo)
    if limpio.isupper() and len(limpio) > 5:
        limpio = limpio.capitalize()
    return cut(limpio[:1].upper() + limpio[1:], maximo)


def cut(texto: str, maximo: int) -> str:
    """El texto en ``maximo`` caracteres cuando más; si se corta, entre palabras y con «…»."""
    if len(texto) <= maximo:
        return texto
    cabe = texto[: maximo - 1].rpartition(" ")[0] or texto[: maximo - 1]
    return cabe.rstrip(" ,;:.") + "…"


def _candidatos(titulo: str) -> Iterator[str]:
    """Del más corto al más largo; siempre hay uno."""
    palabras = _palabras(titulo) or ["columna"]
    for cuantas in range(min(PALABRAS, len(palabras)), len(palabras) + 1):
        yield _juntar(palabras[:cuantas])


def _palabras(titulo: str) -> list[str]:
    sin_aclarar = _EN_SU_CASO.sub("", _PLURAL.sub("", _ACLARACION.sub(" ", titulo)))
    todas = _PALABRA.findall(llano(sin_aclarar)) or _PALABRA.findall(llano(titulo))
    con_algo = [_CORTAS.get(palabra, palabra) for palabra in todas if palabra not in _VACIAS] or todas
    return [palabra for i, palabra in enumerate(con_algo) if palabra not in con_algo[:i]]


def _juntar(palabras: list[str]) -> str:
    """Unidas con guion bajo, sin pasarse y sin empezar con número."""
    nombre = ""
    for palabra in palabras:
        if len(nombre) + len(palabra) + 1 > NOMBRE_MAXIMO:
            break
        nombre = f"{nombre}_{palabra}" if nombre else palabra
    nombre = nombre or palabras[0][:NOMBRE_MAXIMO]
    return nombre if nombre[0].isalpha() else f"n_{nombre}"[: NOMBRE_MAXIMO + 1]
