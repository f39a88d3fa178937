"""La configuración, leída una vez de las variables ``IPOMEX_…``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.servicio.smtp import SmtpInvalido, read_smtp

RAIZ = Path(__file__).resolve().parents[2]
LARGO_DE_SECRETO = 32
DESHACER, DESHACER_MAXIMO = 30, 3600
RECUERDO, RECUERDO_MAXIMO = 32, 4096
VOLCADO = 1


class EntornoInvalido(RuntimeError):
    """Falta una variable o no sirve: no se arranca."""


@dataclass(frozen=True, slots=True)
class Entorno:
    """La configuración de un proceso.

    ``secretos``: el primero firma; los demás solo se aceptan (rotación). En producción puede no haber ninguno: una orden
    de consola no firma nada, y ``require_secreto`` lo exige a quien sirve. ``deshacer``: segundos en que se puede deshacer
    una publicación antes de que la vea la ciudadanía; 0, ninguno. ``marca``: dónde están los nombres y leyendas;
    ``marca_dicha``, si se pidió ese archivo y por tanto ha de existir. ``recuerdo``: MB de páginas públicas que se recuerdan;
    0, ninguna.
    """

    puerto: int
    datos: Path
    base_datos: str
    catalogo: Path
    secretos: tuple[str, ...]
    nombre: str
    anfitriones: tuple[str, ...]
    https: bool
    proxy: str | None
    deshacer: int = DESHACER
    recuerdo: int = RECUERDO
    smtp: str | None = field(default=None, repr=False)
    volcado: int | None = VOLCADO
    marca: Path = Path("marca.yaml")
    marca_dicha: bool = False

    @property
    def direccion(self) -> str:
        """La dirección pública del sitio, si se dijo con qué nombre se le llama; si no, vacía."""
        return f"{'https' if self.https else 'http'}://{self.anfitriones[0]}" if self.anfitriones else ""

    @property
    def es_demo(self) -> bool:
        return self.nombre == "demo"

    @property
    def es_produccion(self) -> bool:
        return self.nombre == "produccion"

    def require_secreto(self) -> None:
        """Lanza ``EntornoInvalido`` si no hay con qué firmar las sesiones."""
        if not self.secretos:
            raise EntornoInvalido(
                "Falta IPOMEX_SECRETO. Genere uno con: python -c \"import secrets; print(secrets.token_hex(32))\"")

    def con(self, **cambios: object) -> Entorno:
        return replace(self, **cambios)  # type: ignore[arg-type]


def read_entorno(variables: Mapping[str, str] = os.environ) -> Entorno:
    """Lee el entorno. Lanza ``EntornoInvalido`` con lo que hay que corregir."""
    nombre = variables.get("IPOMEX_ENTORNO", "produccion")
    if nombre not in ("produccion", "demo", "pruebas"):
        raise EntornoInvalido(f"IPOMEX_ENTORNO vale «{nombre}»; use produccion o demo.")
    datos = Path(variables.get("IPOMEX_DATOS", "datos")).resolve()
    return Entorno(
        puerto=_numero(variables, "IPOMEX_PUERTO", 8080, 65_535), datos=datos,
        deshacer=_numero(variables, "IPOMEX_DESHACER", DESHACER, DESHACER_MAXIMO),
        recuerdo=_numero(variables, "IPOMEX_RECUERDO", RECUERDO, RECUERDO_MAXIMO),
        base_datos=variables.get("IPOMEX_BASE_DATOS") or f"sqlite:///{datos / 'ipomex.db'}",
        catalogo=Path(variables.get("IPOMEX_CATALOGO") or RAIZ / "fracciones_config").resolve(),
        secretos=_secretos(variables, nombre, datos), nombre=nombre,
        anfitriones=tuple(filter(None, variables.get("IPOMEX_ANFITRIONES", "").split(","))),
        https=variables.get("IPOMEX_HTTPS", "no") == "si", proxy=variables.get("IPOMEX_PROXY") or None,
        volcado=_hora_del_volcado(variables), smtp=_smtp(variables),
        marca=Path(variables.get("IPOMEX_MARCA") or datos / "marca.yaml").resolve(),
        marca_dicha=bool(variables.get("IPOMEX_MARCA")))


def _smtp(variables: Mapping[str, str]) -> str | None:
    url = variables.get("IPOMEX_SMTP") or None
    if url:
        try:
            read_smtp(url)
        except SmtpInvalido as error:
            raise EntornoInvalido(str(error)) from error
    return url


def _hora_del_volcado(variables: Mapping[str, str]) -> int | None:
    return None if variables.get("IPOMEX_VOLCADO") == "no" else _numero(variables, "IPOMEX_VOLCADO", VOLCADO, 23)


def _numero(variables: Mapping[str, str], nombre: str, omision: int, maximo: int) -> int:
    texto = variables.get(nombre) or str(omision)
    if not (texto.isascii() and texto.isdigit()) or int(texto) > maximo:
        raise EntornoInvalido(f"{nombre} debe ser un número, de 0 a {maximo}.")
    return int(texto)


def _secretos(variables: Mapping[str, str], nombre: str, datos: Path) -> tuple[str, ...]:
    dados = tuple(filter(None, variables.get("IPOMEX_SECRETO", "").split(",")))
    if any(len(secreto) < LARGO_DE_SECRETO for secreto in dados):
        raise EntornoInvalido(f"IPOMEX_SECRETO es muy corto: use {LARGO_DE_SECRETO} caracteres o más.")
    return dados if dados or nombre == "produccion" else (_secreto_de_demostracion(datos),)


def _secreto_de_demostracion(datos: Path) -> str:
    """Fuera de producción se inventa uno y se guarda, para que reiniciar no cierre las sesiones."""
    datos.mkdir(parents=True, exist_ok=True)
    archivo = datos / "secreto"
    if not archivo.exists():
        archivo.touch(mode=0o600)
        archivo.write_text(secrets.token_hex(32))
    return archivo.read_text().strip()
