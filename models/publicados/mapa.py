"""El mapa del sitio para los buscadores: las páginas que no dependen de ningún filtro, con la fecha en que cambiaron.

Va por partes: una por institución, así que ninguna recorre más que lo suyo. Los registros se dicen formato por formato mientras
quepan en ``TOPE``; los de un formato con más no van: a ellos se llega desde su página.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Database, fn

from models.conteos import PubResumen
from models.domain.catalogo_vigente import Foto
from models.domain.periods import EJERCICIO_VIGENTE
from models.folios import a_folio
from models.formatos import Tabla
from models.pulso import PubPulso
from models.sujetos import PubSujeto

TOPE = 10_000
"""Registros por institución: unos 60 ms y un megabyte y medio. La norma admite 50,000 direcciones por parte."""


@dataclass(frozen=True, slots=True)
class Cambiado:
    """Una página: su formato, su año y su folio (lo que tenga), y cuándo cambió (milisegundos; 0 si no se sabe)."""

    cambio: int
    clave: str = ""
    ejercicio: int = EJERCICIO_VIGENTE
    folio: str = ""


class Mapa:
    """Qué hay, y desde cuándo. Necesita una conexión abierta."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def partes(self) -> list[tuple[int, int]]:
        """(institución, último cambio), en el orden en que se dieron de alta."""
        pulsos = dict(PubPulso.select(PubPulso.sujeto_id, PubPulso.n).bind(self.base).tuples())
        ids = PubSujeto.select(PubSujeto.sujeto_id).order_by(PubSujeto.sujeto_id).bind(self.base).tuples()
        return [(int(id_), int(pulsos.get(id_, 0))) for (id_,) in ids]

    def siglas(self, sujeto_id: int) -> str | None:
        """Las de una institución; ``None`` si no existe."""
        fila = PubSujeto.select(PubSujeto.siglas).where(PubSujeto.sujeto_id == sujeto_id).bind(self.base).first()
        return str(fila.siglas) if fila else None

    def de_todas(self) -> dict[str, list[tuple[int, int]]]:
        """Clave → (año, último cambio) de lo que hay en cualquier institución; lo vigente es del 0."""
        ids = [id_ for (id_,) in PubSujeto.select(PubSujeto.sujeto_id).bind(self.base).tuples()]
        filas = PubResumen.select(PubResumen.clave, PubResumen.ejercicio, fn.MAX(PubResumen.ultima_publicacion)).where(
            PubResumen.sujeto_id.in_(ids or [0]), PubResumen.n > 0).group_by(PubResumen.clave, PubResumen.ejercicio)
        anios: dict[str, list[tuple[int, int]]] = {}
        for clave, ejercicio, ultima in filas.bind(self.base).tuples():
            anios.setdefault(clave, []).append((int(ejercicio), int(ultima)))
        return {clave: sorted(suyos, reverse=True) for clave, suyos in anios.items()}

    def pages(self, sujeto_id: int) -> Iterator[Cambiado]:
        """Sus formatos, sus años y sus registros."""
        filas = PubResumen.select(
            PubResumen.clave, PubResumen.ejercicio, fn.SUM(PubResumen.n), fn.MAX(PubResumen.ultima_publicacion),
        ).where(PubResumen.sujeto_id == sujeto_id, PubResumen.n > 0).group_by(PubResumen.clave, PubResumen.ejercicio)
        por_clave: dict[str, list[tuple[int, int, int]]] = {}
        for clave, ejercicio, n, ultima in filas.bind(self.base).tuples():
            por_clave.setdefault(clave, []).append((int(ejercicio), int(n), int(ultima)))
        quedan = TOPE
        for formato in self.foto().catalogo.formatos:
            anios = sorted(por_clave.get(formato.clave, ()), reverse=True)
            if not anios:
                continue
            yield Cambiado(max(ultima for _, _, ultima in anios), formato.clave)
            yield from (Cambiado(ultima, formato.clave, anio) for anio, _, ultima in anios if anio != EJERCICIO_VIGENTE)
            cuantos = sum(n for _, n, _ in anios)
            if cuantos <= quedan:
                quedan -= cuantos
                yield from self._registros(self.foto().tablas[formato.clave], sujeto_id)

    def _registros(self, tabla: Tabla, sujeto_id: int) -> Iterator[Cambiado]:
        publica: Any = tabla.publica
        filas = publica.select(publica.id, publica.desde).where(publica.sujeto_id == sujeto_id).order_by(publica.id)
        for id_, desde in self.base.execute(filas.limit(TOPE).bind(self.base)):
            yield Cambiado(int(desde), tabla.clave, folio=a_folio(id_))
