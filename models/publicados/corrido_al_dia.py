"""Lo que era público de un formato al terminar un día, de corrido: lo que la interfaz de lectura da por tandas con ``?al=``.

Las instituciones van como se dieron de alta; de cada una, los años del más nuevo al más viejo y, en cada año, lo más nuevo
primero. De lo que después se retiró va que estaba, y no qué decía, como en las páginas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Database

from models.actos_publicos import PubActo
from models.formatos import Tabla
from models.publicados.cortes import Corte
from models.publicados.historia import BLANCO, Historia
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.paginas import Cursor
from models.publicados.registros import FilaPublica
from models.sujetos import PubSujeto

VISITAS = 50
"""Instituciones que se miran por tanda."""


@dataclass(frozen=True, slots=True)
class PreguntaAlDia:
    """De qué formato y de qué día. Sin institución, de todas; sin ejercicio, de todos los años."""

    tabla: Tabla
    corte: Corte
    institucion: Institucion | None = None
    ejercicio: int | None = None


@dataclass(frozen=True, slots=True)
class LugarAlDia:
    """Dónde se dejó de leer. Sin ``id``, al principio de ese año."""

    sujeto_id: int
    ejercicio: int
    id: int | None = None


@dataclass(frozen=True, slots=True)
class TandaAlDia:
    """Lo leído, y desde dónde se sigue."""

    filas: tuple[tuple[Institucion, FilaPublica], ...] = ()
    siguiente: LugarAlDia | None = None


class CorridoAlDia:
    """Las tandas. Necesita una conexión abierta."""

    def __init__(self, base: Database, historia: Historia) -> None:
        self.base, self.historia = base, historia

    def fetch(self, pregunta: PreguntaAlDia, lugar: LugarAlDia | None, limite: int) -> TandaAlDia:
        """La tanda que sigue a ese lugar (o la primera), de ``limite`` registros cuando más."""
        filas: list[tuple[Institucion, FilaPublica]] = []
        for institucion, ejercicio in self._anios(pregunta, lugar):
            if len(filas) == limite or institucion is None:
                return TandaAlDia(tuple(filas), ejercicio)
            cursor = Cursor(lugar.id) if lugar and lugar.id and _es(lugar, institucion, ejercicio.ejercicio) else None
            leido = self.historia.pagina(institucion, pregunta.tabla, ejercicio.ejercicio, pregunta.corte, cursor,
                                         limite - len(filas), crudo=True)
            crudas: Iterable[Any] = leido.pagina.registros
            filas += [(institucion, fila._replace(contenido=BLANCO) if fila.id in leido.retirados else fila) for fila in crudas]
            if leido.pagina.siguiente is not None:
                return TandaAlDia(tuple(filas), LugarAlDia(institucion.id, ejercicio.ejercicio, leido.pagina.siguiente))
        return TandaAlDia(tuple(filas))

    def _anios(
        self, pregunta: PreguntaAlDia, lugar: LugarAlDia | None,
    ) -> Iterator[tuple[Institucion | None, LugarAlDia]]:
        """Cada institución y año que había, en orden; si son demasiadas, al final va dónde seguir, sin institución."""
        ids = self._con_algo(pregunta, lugar)
        instituciones = read_instituciones(self.base, ids[:VISITAS]) if ids else []
        for institucion in sorted(instituciones, key=lambda una: una.id):
            resumen = self.historia.resumen(institucion.id, pregunta.tabla.clave, pregunta.corte)
            for ejercicio in resumen.con_registros:
                ya_paso = lugar is not None and lugar.sujeto_id == institucion.id and ejercicio > lugar.ejercicio
                if pregunta.ejercicio in (None, ejercicio) and not ya_paso:
                    yield institucion, LugarAlDia(institucion.id, ejercicio)
        if len(ids) > VISITAS:
            yield None, LugarAlDia(ids[VISITAS], SIN_TOPE)

    def _con_algo(self, pregunta: PreguntaAlDia, lugar: LugarAlDia | None) -> list[int]:
        """Las instituciones que siguen y ya habían publicado algo: una más de las que se visitarán."""
        if pregunta.institucion is not None:
            return [pregunta.institucion.id]
        antes = 0 if lugar is None else lugar.sujeto_id
        todas = sorted(id_ for (id_,) in PubSujeto.select(PubSujeto.sujeto_id).bind(self.base).tuples() if id_ >= antes)
        suyas = PubActo.select(PubActo.sujeto_id).where(
            PubActo.sujeto_id.in_(todas or [0]), PubActo.clave == pregunta.tabla.clave,
            PubActo.instante < pregunta.corte.instante)
        suyas = suyas.distinct().order_by(PubActo.sujeto_id).limit(VISITAS + 1)
        return [int(id_) for (id_,) in suyas.bind(self.base).tuples()]


SIN_TOPE = 9999
"""Un año después de todos: el lugar es el principio de la institución."""


def _es(lugar: LugarAlDia, institucion: Institucion, ejercicio: int) -> bool:
    return (lugar.sujeto_id, lugar.ejercicio) == (institucion.id, ejercicio)
