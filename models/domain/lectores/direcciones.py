"""Lee direcciones: páginas web, correos y teléfonos. No se les agrega nada; solo se acepta lo que está bien."""

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from fracciones_config import Campo
from models.domain.lectores.crudo import DatoInvalido, citar, to_linea

URL_MAXIMA = 2_000
CORREO_MAXIMO = 254
TELEFONO_MAXIMO = 60

_FUERA_DE_URL = re.compile(r"""[\s<>"\\^`{|}]""")
_ETIQUETA = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMINIO = re.compile(rf"(?:{_ETIQUETA}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
_USUARIO = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_TELEFONO = re.compile(r"(\+?[0-9 ().-]+?)(?:,? ?(?:extensi[oó]n|ext|x)\.? ?([0-9]{1,8}))?", re.IGNORECASE)


def read_url(campo: Campo, crudo: Any) -> str:
    """Una dirección ``http`` o ``https`` completa, tal como se escribió; hasta 2,000 caracteres y sin usuario."""
    url = to_linea(crudo, URL_MAXIMA, "una dirección de internet")
    if malo := _FUERA_DE_URL.search(url):
        cual = "un espacio" if malo[0].isspace() else f"el signo {malo[0]}"
        raise DatoInvalido(f"{citar(url)} lleva {cual}: copie la dirección desde la barra del navegador.")
    partes = _partes_de_url(url)
    if partes.scheme not in ("http", "https") or not partes.netloc:
        raise DatoInvalido(f"{citar(url)} no empieza con https:// o http://. Copie la dirección completa.")
    if "@" in partes.netloc:
        raise DatoInvalido(f"{citar(url)} lleva usuario o contraseña antes de la arroba: escríbala sin ellos.")
    if not _DOMINIO.fullmatch(_dominio_ascii(partes.hostname or "")):
        raise DatoInvalido(f"{citar(url)} no lleva un dominio completo, como metepec.gob.mx.")
    return url


def read_correo(campo: Campo, crudo: Any) -> str:
    """Un solo correo, como ``unidad@metepec.gob.mx``."""
    return check_correo(crudo)


def check_correo(crudo: Any) -> str:
    """El correo limpio. Lanza ``DatoInvalido`` si no está bien escrito."""
    correo = to_linea(crudo, CORREO_MAXIMO, "un correo")
    usuario, arroba, dominio = correo.rpartition("@")
    if not arroba:
        raise DatoInvalido(f"{citar(correo)} no lleva arroba: escríbalo como unidad@metepec.gob.mx.")
    if "@" in usuario or re.search(r"[,;\s]", correo):
        raise DatoInvalido(f"{citar(correo)} no es un solo correo: escriba uno, sin espacios ni comas.")
    if len(usuario) > 64 or not _USUARIO.fullmatch(usuario) or not _DOMINIO.fullmatch(_dominio_ascii(dominio.lower())):
        raise DatoInvalido(f"{citar(correo)} no es un correo bien escrito, como unidad@metepec.gob.mx.")
    return correo


def read_telefono(campo: Campo, crudo: Any) -> str:
    """``"(722) 226-1980 Ext 101"`` → ``"(722) 226-1980 ext. 101"``; de 7 a 15 cifras, o 3 si es de emergencia."""
    linea = re.sub(" +", " ", to_linea(crudo, TELEFONO_MAXIMO, "un teléfono").replace("\u00a0", " "))
    partes = _TELEFONO.fullmatch(linea)
    if not partes:
        raise DatoInvalido(f"{citar(linea)} no es un teléfono: escriba uno solo, como 722 226 1980 ext. 101.")
    numero, extension = partes[1].strip(" .,-"), partes[2]
    cifras = sum(letra.isdigit() for letra in numero)
    if cifras != 3 and not 7 <= cifras <= 15:
        raise DatoInvalido(f"{citar(linea)} tiene {cifras} cifras: un teléfono de México lleva 10, como 722 226 1980.")
    return f"{numero} ext. {extension}" if extension else numero


def _partes_de_url(url: str) -> SplitResult:
    try:
        partes = urlsplit(url)
        _ = partes.port
    except ValueError:
        raise DatoInvalido(f"{citar(url)} no es una dirección válida: cópiela desde la barra del navegador.") from None
    return partes


def _dominio_ascii(dominio: str) -> str:
    """El dominio como viaja por la red (``ñ`` → ``xn--…``); ``""`` si no se puede."""
    try:
        return dominio.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
