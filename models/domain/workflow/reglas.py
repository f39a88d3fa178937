"""Qué impide hacerle un acto a un registro: una sola tabla de reglas, y cada regla dicha dos veces, lado a lado.

``razon`` la dice de una fila, con palabras para la persona; ``pasan``, de toda la tabla a la vez, en SQL. Lo que se hace a
miles de registros se escoge con lo segundo, y a los que quedan fuera se les nombra el porqué con lo primero. Que las dos
digan lo mismo lo prueba ``tests/test_reglas.py`` con registros al azar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from models.domain.declaradas import Declaradas, read_declaradas
from models.domain.estados import ROTULOS, Estado, Transicion
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.personales import is_held, read_freno
from models.domain.workflow.copiado import is_untouched_copy, not_untouched_copy
from models.formatos import Tabla
from models.sujetos import SujetoObligado

HACIA_LO_PUBLICO = frozenset({Accion.REVISAR, Accion.PUBLICAR, Accion.RESTAURAR, Accion.RECUPERAR})
"""Lo que no se hace donde la institución declaró que no hay nada (``declaradas``)."""

NO_EXISTE = "No existe o no está a su cargo."
CAMBIO = "Cambió después de que usted lo vio."


@dataclass(frozen=True, slots=True)
class Caso:
    """De qué acto se trata, de quién y en qué formato; y lo que su institución dispone."""

    actor: Actor
    transicion: Transicion
    tabla: Tabla
    cuatro_ojos: bool
    declaradas: Declaradas | None

    @property
    def modelo(self) -> Any:
        return self.tabla.trabajo


@dataclass(frozen=True, slots=True)
class Regla:
    """``rige`` dice si el acto la pide; ``razon``, por qué una fila no pasa; ``pasan``, cuáles sí, en SQL y nunca nulo."""

    rige: Callable[[Caso], bool]
    razon: Callable[[Caso, Any], str | None]
    pasan: Callable[[Caso], Any]


def _ajeno(caso: Caso, fila: Any) -> str | None:
    suyo = puede(caso.actor, caso.transicion.accion, Objeto.de_fila(caso.tabla.clave, fila))
    return None if suyo else "Está fuera de lo que usted puede hacer."


def _en_otro_estado(caso: Caso, fila: Any) -> str | None:
    return None if Estado(fila.estado) in caso.transicion.de else f"Está en «{ROTULOS[Estado(fila.estado)]}»."


def _faltan(_: Caso, fila: Any) -> str | None:
    if not fila.faltan:
        return None
    return "Falta un dato obligatorio." if fila.faltan == 1 else f"Faltan {fila.faltan} datos obligatorios."


def _declarado(caso: Caso, fila: Any) -> str | None:
    return caso.declaradas.reason(fila.ejercicio, fila.periodo) if caso.declaradas else None


def _dice(razon: str, impide: Callable[[Caso, Any], bool]) -> Callable[[Caso, Any], str | None]:
    return lambda caso, fila: razon if impide(caso, fila) else None


PERMISO = Regla(lambda _: True, _ajeno, lambda c: reduce(and_, condiciones(c.actor, c.transicion.accion, c.tabla)))
ESTADO = Regla(lambda _: True, _en_otro_estado, lambda c: c.modelo.estado.in_(sorted(c.transicion.de)))

DE_LA_FILA = (
    Regla(lambda c: c.declaradas is not None, _declarado, lambda c: c.declaradas.allows(c.modelo)),  # type: ignore[union-attr]
    Regla(lambda c: c.transicion.pide_completo, _faltan, lambda c: c.modelo.faltan == 0),
    Regla(lambda c: c.transicion.pide_completo, lambda _, fila: read_freno(fila.personales, fila.personales_motivo),
          lambda c: ~is_held(c.modelo)),
    Regla(lambda c: c.transicion.accion is Accion.PUBLICAR,
          _dice("Es copia del periodo anterior y nadie la ha revisado.", lambda _, fila: is_untouched_copy(fila)),
          lambda c: not_untouched_copy(c.modelo)),
    Regla(lambda c: c.transicion.pide_publica,
          _dice("No tiene copia pública.", lambda _, fila: fila.publica is None),
          lambda c: c.modelo.publica.is_null(False)),
    Regla(lambda c: c.transicion.pide_nunca_publica,
          _dice("Ya fue público: no se borra, se retira.", lambda _, fila: bool(fila.numero_publico)),
          lambda c: c.modelo.numero_publico == 0),
    Regla(lambda c: c.transicion.pide_baja,
          _dice("Nadie ha solicitado su baja.", lambda _, fila: fila.baja_motivo is None),
          lambda c: c.modelo.baja_motivo.is_null(False)),
    Regla(lambda c: c.transicion.pide_completo and c.cuatro_ojos,
          _dice("Lo capturó o corrigió usted; en esta institución debe aprobarlo otra persona.",
                lambda c, fila: bool(fila.cambiado_por == c.actor.id)),
          lambda c: c.modelo.cambiado_por != c.actor.id),
)
"""Lo que se exige de un registro que ya está en sus manos y en su estado; se dice la primera que falle."""


class Juez:
    """Dice qué registros pueden recibir un acto: de uno en uno (``razon``) o todos a la vez (``pasan``)."""

    def __init__(self, actor: Actor, transicion: Transicion, tabla: Tabla) -> None:
        sujeto = SujetoObligado.get_or_none(SujetoObligado.id == actor.sujeto_id)
        declaradas = read_declaradas(actor.sujeto_id or 0, tabla.clave) if transicion.accion in HACIA_LO_PUBLICO else None
        self.caso = Caso(actor, transicion, tabla, bool(sujeto and sujeto.cuatro_ojos), declaradas)
        self.reglas = tuple(regla for regla in DE_LA_FILA if regla.rige(self.caso))

    def razon(self, fila: Any, version: int | None) -> str | None:
        """Por qué esa fila (nula si no la ve) no puede recibirlo; ``None`` si puede."""
        if fila is None:
            return NO_EXISTE
        if razon := PERMISO.razon(self.caso, fila):
            return razon
        if version is not None and fila.version != version:
            return CAMBIO
        razones = (regla.razon(self.caso, fila) for regla in (ESTADO, *self.reglas))
        return next((razon for razon in razones if razon), None)

    def tocables(self) -> list[Any]:
        """Las que la persona tiene a su alcance y en su estado: el WHERE de lo que no depende de lo que digan."""
        ve = condiciones(self.caso.actor, Accion.VER, self.caso.tabla)
        return [*ve, PERMISO.pasan(self.caso), ESTADO.pasan(self.caso)]

    def pasan(self) -> list[Any]:
        """El WHERE de las que pueden recibirlo. La versión que la persona vio se compara aparte: es de cada una."""
        return [*self.tocables(), *(regla.pasan(self.caso) for regla in self.reglas)]
