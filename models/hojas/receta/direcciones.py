"""Páginas web, correos y teléfonos a los que les falta o les sobra algo evidente."""

from __future__ import annotations

import re
from typing import Any

from fracciones_config import Campo
from models.hojas.receta.contexto import ContextoDeReceta
from models.hojas.receta.letras import to_renglon

_ESQUEMA_ROTO = re.compile(r"(?:h?tt?ps?|hhttps?|htpps?) ?(:?) ?/{1,3} ?|(https?) ?: ?/{1,3} ?", re.IGNORECASE)
_SIN_ESQUEMA = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?(?:[/?#].*)?", re.IGNORECASE)
_DE_INTERNET = re.compile(r"www\.|[^/?#:]*\.(?:mx|com|org|net|edu|gov|info|int|us|es|eu)(?:[/?#:]|$)", re.IGNORECASE)
_ADORNO = re.compile(r"^(?:correo(?: electr[oó]nico)?|e-?mail|mailto|tel[eé]fonos?|tels?|cel(?:ular)?|conmutador|p[aá]gina|url)"
                     r"[.: ]+ ?", re.IGNORECASE)
_FUERA = re.compile(r"[^0-9+() .-]")


def guess_url(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"www.metepec.gob.mx/a b.pdf"`` → ``"https://www.metepec.gob.mx/a%20b.pdf"``."""
    if not isinstance(crudo, str):
        return None
    texto = _ADORNO.sub("", to_renglon(crudo)).strip("<>«»\"' ,;").replace("\\", "/")
    if roto := _ESQUEMA_ROTO.match(texto):
        esquema = "http" if "s" not in roto[0].lower() else "https"
        texto = f"{esquema}://{texto[roto.end():]}"
    elif _SIN_ESQUEMA.fullmatch(texto) and _DE_INTERNET.match(texto):
        texto = f"https://{texto}"
    return texto.replace(" ", "%20") or None


def guess_correo(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"<unidad @metepec.gob.mx>,"`` → ``"unidad@metepec.gob.mx"``; si son dos, ninguno."""
    if not isinstance(crudo, str):
        return None
    texto = _ADORNO.sub("", to_renglon(crudo)).strip("<>«»\"' ,;.")
    sueltos = re.sub(r" ?@ ?", "@", texto)
    return re.sub(r" ?\. ?", ".", sueltos) if sueltos.count("@") == 1 else None


def guess_telefono(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str | None:
    """``"Tel. 722/226 1980"`` → ``"722 226 1980"``; si son dos, ninguno."""
    if not isinstance(crudo, str):
        return None
    texto = re.sub(r"\.0$", "", _ADORNO.sub("", to_renglon(crudo)).strip(" .,;'"))
    numero, extension = re.fullmatch(r"(.*?)(,? ?(?:extensi[oó]n|ext|x)\b.*)?", texto, re.IGNORECASE).groups(default="")  # type: ignore[union-attr]
    unido = re.sub(r" ?[/_–—] ?", " ", numero)
    cifras = sum(letra.isdigit() for letra in unido)
    if _FUERA.search(unido) or cifras > 13:
        return None
    return unido + re.sub(r"^,? ?(?:extensi[oó]n|ext|x)[.: ]*", " ext. ", extension, flags=re.IGNORECASE)
