"""Las instituciones de las medidas: una con la mayoría de los registros, otra con un quinto y muchas chicas."""

from __future__ import annotations

from dataclasses import dataclass

from fracciones_config import Catalogo
from models.base import db
from models.domain.contrasenas import hash_contrasena
from models.domain.cuentas import assign
from models.domain.masters import save_maestro
from models.domain.permissions import Rol
from models.domain.sujetos import create_sujeto, publish_sujeto
from models.folios import a_folio, nuevo_id
from models.reloj import ahora
from models.usuarios import Usuario

CONTRASENA = "medir con paciencia y dos núcleos"
AREA = "Dirección de Desarrollo Social"
DE_LA_GRANDE, DE_LA_MEDIANA = 0.6, 0.2
"""Qué parte de los registros tienen las dos primeras; lo demás se reparte por igual."""


def siglas_de(numero: int) -> str:
    return f"so-{numero:03}"


GRANDE, MEDIANA, CHICA = (siglas_de(numero) for numero in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class Institucion:
    """Lo que un renglón necesita saber de la suya. ``a_cargo`` son las personas entre las que se reparte."""

    id: int
    siglas: str
    area: int
    a_cargo: tuple[int, ...]

    @property
    def folio_de_area(self) -> str:
        return a_folio(self.area)


def create_instituciones(cuantas: int, catalogo: Catalogo) -> list[Institucion]:
    """Da de alta las instituciones, con su área y su Unidad de Información; la grande tiene además un capturista."""
    huella = hash_contrasena(CONTRASENA)
    with db.atomic():
        return [create_institucion(siglas_de(numero), huella, catalogo) for numero in range(1, cuantas + 1)]


def create_institucion(siglas: str, huella: str, catalogo: Catalogo) -> Institucion:
    """Da de alta una. ``huella`` es la de la contraseña de sus personas."""
    nombre = f"Institución de medición {siglas}"
    sujeto = create_sujeto(siglas, nombre, nombre, "municipal", nombre)
    area = save_maestro(sujeto.id, "area", {"nombre": AREA, "orden": 1})
    publish_sujeto(sujeto, catalogo)
    a_cargo = [_cuenta(f"unidad.{siglas}", Rol.UNIDAD, sujeto.id, huella)]
    if siglas == GRANDE:
        capturista = _cuenta(f"capt1.{siglas}", Rol.CAPTURISTA, sujeto.id, huella)
        assign(capturista, "articulo", ["12"])
        a_cargo.append(capturista)
    return Institucion(sujeto.id, siglas, area, tuple(cuenta.id for cuenta in a_cargo))


def _cuenta(usuario: str, rol: Rol, sujeto_id: int, huella: str) -> Usuario:
    """Una sola huella para todas: hacer trescientas de argon2 tardaría medio minuto."""
    return Usuario.create(id=nuevo_id(), usuario=usuario, nombre=f"Persona de {usuario}", rol=rol, sujeto_id=sujeto_id,
                          contrasena=huella, debe_cambiar=False, creado_en=ahora())


def distribute(filas: int, cuantas: int) -> list[int]:
    """Cuántos registros le tocan a cada institución, por su lugar en la lista."""
    grande, mediana = int(filas * DE_LA_GRANDE), int(filas * DE_LA_MEDIANA)
    chica, sobran = divmod(filas - grande - mediana, cuantas - 2)
    return [grande, mediana, *(chica + (i < sobran) for i in range(cuantas - 2))]
