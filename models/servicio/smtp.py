"""El servidor de correo: se dice en ``IPOMEX_SMTP`` y se le entrega un mensaje sabiendo qué pasó con él.

    smtp://usuario:clave@correo.ejemplo.mx:587?tls=si&de=avisos@ejemplo.mx

``tls``: ``si`` (STARTTLS, lo usual en el 587), ``directo`` (TLS desde el principio, el 465) o ``no``.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

ESPERA = 15.0
"""Segundos que se espera al servidor de correo."""


class SmtpInvalido(ValueError):
    """``IPOMEX_SMTP`` no se entiende; el mensaje dice cómo se escribe."""


class NoEntregado(Exception):
    """El servidor no lo recibió: está caído, o dijo que después. Se puede volver a intentar sin duplicar nada."""


class Rechazado(Exception):
    """El servidor dijo que no, y dirá que no otra vez: la dirección no existe o no la acepta."""


class Dudoso(Exception):
    """Se cortó cuando ya iba el mensaje: pudo llegar. No se vuelve a intentar."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A dónde y como quién se manda. ``repr`` no enseña la contraseña."""

    anfitrion: str
    puerto: int
    tls: str
    de: str
    usuario: str = ""
    clave: str = ""

    def __repr__(self) -> str:
        return f"Smtp({self.anfitrion}:{self.puerto}, tls={self.tls}, de={self.de})"


def read_smtp(url: str) -> Smtp:
    """Lee la dirección. Lanza ``SmtpInvalido``."""
    ejemplo = "IPOMEX_SMTP se escribe así: smtp://usuario:clave@correo.ejemplo.mx:587?tls=si&de=avisos@ejemplo.mx"
    try:
        partes = urlsplit(url)
        puerto, anfitrion = partes.port, partes.hostname
    except ValueError as error:
        raise SmtpInvalido(ejemplo) from error
    opciones = {nombre: valores[-1] for nombre, valores in parse_qs(partes.query).items()}
    tls = opciones.get("tls", "directo" if partes.scheme == "smtps" else "no")
    if partes.scheme not in ("smtp", "smtps") or not anfitrion or tls not in ("si", "no", "directo"):
        raise SmtpInvalido(ejemplo)
    usuario = unquote(partes.username or "")
    de = opciones.get("de") or (usuario if "@" in usuario else f"ipomex@{anfitrion}")
    usual = {"si": 587, "no": 25, "directo": 465}[tls]
    return Smtp(anfitrion, puerto or usual, tls, de, usuario, unquote(partes.password or ""))


class Cartero:
    """Entrega mensajes por una sola conexión, que abre al primero y cierra al salir."""

    def __init__(self, smtp: Smtp) -> None:
        self.smtp = smtp
        self._servidor: smtplib.SMTP | None = None

    def __enter__(self) -> Cartero:
        return self

    def __exit__(self, *_: object) -> None:
        if self._servidor is not None:
            self._servidor.close()
            self._servidor = None

    def deliver(self, mensaje: EmailMessage) -> None:
        """Entrega uno. Lanza ``NoEntregado``, ``Rechazado`` o ``Dudoso``."""
        try:
            servidor = self._open()
            servidor.rset()
            _require_bien(*servidor.mail(self.smtp.de))
            _require_bien(*servidor.rcpt(str(mensaje["To"])))
        except (smtplib.SMTPException, OSError) as error:
            self.__exit__()
            raise NoEntregado(_decir(error)) from error
        try:
            codigo, dicho = servidor.data(mensaje.as_bytes(policy=policy.SMTP))
        except smtplib.SMTPDataError as error:
            _require_bien(error.smtp_code, error.smtp_error)
            raise Dudoso(_decir(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self.__exit__()
            raise Dudoso(_decir(error)) from error
        _require_bien(codigo, dicho)

    def _open(self) -> smtplib.SMTP:
        if self._servidor is None:
            clase = smtplib.SMTP_SSL if self.smtp.tls == "directo" else smtplib.SMTP
            servidor = clase(self.smtp.anfitrion, self.smtp.puerto, timeout=ESPERA)
            try:
                if self.smtp.tls == "si":
                    servidor.starttls(context=ssl.create_default_context())
                if self.smtp.usuario:
                    servidor.login(self.smtp.usuario, self.smtp.clave)
                servidor.ehlo_or_helo_if_needed()
            except BaseException:
                servidor.close()
                raise
            self._servidor = servidor
        return self._servidor


def _require_bien(codigo: int, dicho: bytes | str) -> None:
    """Un 5xx es que no; cualquier otro que no sea 2xx, que después."""
    if 200 <= codigo < 300:
        return
    texto = dicho.decode("utf-8", "replace") if isinstance(dicho, bytes) else dicho
    raise (Rechazado if 500 <= codigo < 600 else NoEntregado)(f"{codigo} {texto}"[:300])


def _decir(error: Exception) -> str:
    """El error sin la contraseña ni el contenido: solo su clase y lo que dijo el servidor."""
    codigo = getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {codigo}' if codigo else ''}"
