"""Cuando otra persona guardó antes: campo por campo, lo suyo y lo de la otra, y de cada uno se elige. Nada se pierde."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from admin_views.formularios.tecleado import Tecleado
from admin_views.pantallas.detalle import names_of, read_valor
from fracciones_config import Campo, Formato
from models.domain.errores import NoExiste
from models.domain.estados import ROTULOS, Estado
from models.domain.protegidos import Protegido
from models.domain.validation import Validacion, de_canonico
from models.domain.versiones import find_version
from models.presentacion.textos import entrada

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

ELEGIR = "tomar__"
"""Prefijo del control con que se elige, por campo: ``otra`` toma lo de la otra persona."""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un campo en que no coinciden. ``preferida``: lo que viene marcado, «mia» u «otra»; ``nota`` dice por qué."""

    nombre: str
    etiqueta: str
    otra: str
    mia: str
    preferida: str
    nota: str


@dataclass(frozen=True, slots=True)
class Choque:
    """Las diferencias, y quién, cuándo y en qué estado dejó el registro."""

    quien: str
    cuando: int
    estado: str
    renglones: list[Renglon]


def compare(vista: VistaFormato, actual: Any, tecleado: Tecleado, validacion: Validacion, version: int) -> Choque:
    """Lo guardado frente a lo tecleado, solo donde difieren. Con lo que decía al abrirlo se sabe quién cambió qué."""
    otra, base = de_canonico(actual.contenido), _al_abrirlo(actual, version)
    mal = {problema.campo for problema in validacion.problemas}
    renglones = []
    for campo in vista.tabla.formato.campos:
        suya = _de(otra, campo)
        mia = tecleado.crudo.get(campo.nombre) if campo.nombre in mal else _de((validacion.datos, validacion.vacios), campo)
        if suya != mia:
            renglones.append(_renglon(campo, suya, mia, base))
    return Choque(names_of({actual.cambiado_por}).get(actual.cambiado_por, "Otra persona"), actual.cambiado_en,
                  ROTULOS[Estado(actual.estado)], renglones)


def take_theirs(formato: Formato, actual: Any, tecleado: Tecleado, forma: Mapping[str, str]) -> None:
    """Cambia lo tecleado por lo guardado en los campos en que la persona eligió quedarse con lo de la otra."""
    elegidos = [campo for campo in formato.campos if forma.get(ELEGIR + campo.nombre) == "otra"]
    if not elegidos:
        return
    datos, vacios = de_canonico(actual.contenido)
    for campo in elegidos:
        tecleado.problemas.pop(campo.nombre, None)
        tecleado.crudo[campo.nombre] = entrada(campo, datos.get(campo.nombre))
        tecleado.vacios.pop(campo.nombre, None)
        if campo.nombre in vacios and not isinstance(vacios[campo.nombre], Protegido):
            tecleado.vacios[campo.nombre] = dict(vacios[campo.nombre])


def _renglon(campo: Campo, suya: Any, mia: Any, base: tuple[Any, Any] | None) -> Renglon:
    if isinstance(suya, Protegido):
        return Renglon(campo.nombre, campo.etiqueta, read_valor(campo, suya), read_valor(campo, mia), "otra",
                       "Se protegió porque no debía ser público")
    antes = _de(base, campo) if base is not None else None
    solo_la_otra, solo_yo = base is not None and mia == antes, base is not None and suya == antes
    nota = "Usted no lo cambió" if solo_la_otra else "Solo usted lo cambió" if solo_yo else "Lo cambiaron los dos"
    return Renglon(campo.nombre, campo.etiqueta, read_valor(campo, suya), read_valor(campo, mia),
                   "otra" if solo_la_otra else "mia", nota if base is not None else "")


def _al_abrirlo(actual: Any, version: int) -> tuple[Any, Any] | None:
    """Lo que el registro decía cuando la persona lo abrió; ``None`` si no se sabe."""
    try:
        abierta = find_version(actual, version)
    except NoExiste:
        return None
    return abierta.datos, abierta.vacios


def _de(contenido: tuple[Any, Any], campo: Campo) -> Any:
    """El dato del campo o, si no lo hay, la razón de estar vacío; ``None`` sin ninguno."""
    datos, vacios = contenido
    return datos.get(campo.nombre, vacios.get(campo.nombre))
