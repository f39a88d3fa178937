"""Un convenio a medio escribir, para que «Mis borradores» tenga qué enseñar."""

from __future__ import annotations

from collections.abc import Mapping

from models.demostracion.personas import Equipo
from models.domain.borradores import DeQue, save_borrador
from models.formatos import Tabla

CLAVE = "convenios"
ESCRITO = (
    ("denominacion_convenio", "Convenio de colaboración para la reforestación de la ribera"),
    ("objetivo", "Plantar y cuidar por dos años 6,000 ahuejotes; la asociación pone a los voluntarios"),
    ("contrapartes-0-nombre", "Teodoro"), ("contrapartes-0-primer_apellido", "Carbajal"))


def leave_borrador(equipo: Equipo, tablas: Mapping[str, Tabla]) -> None:
    """Deja el borrador en la mesa de quien captura los convenios."""
    save_borrador(equipo.capturista(CLAVE), tablas[CLAVE], DeQue("demostracion".ljust(32, "0")), ESCRITO)
