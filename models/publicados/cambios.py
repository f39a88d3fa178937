"""Los cambios de lo público, de lo más nuevo a lo más viejo: de todo el estado, de una institución o de un formato."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import Database

from models.actos_publicos import Clase, PubActo
from models.domain.catalogo_vigente import Foto
from models.folios import a_folio
from models.publicados.instituciones import Institucion, read_instituciones

POR_PAGINA = 40

Lugar = tuple[int, int]
"""``(instante, id)`` del último que se vio: sigue lo anterior a él."""


@dataclass(frozen=True, slots=True)
class Cambio:
    """Un acto sobre lo público. ``retirado_en`` y ``retiro``: cuándo y por qué se retiró después el registro de que habla."""

    sujeto_id: int
    id: int
    clave: str
    ejercicio: int
    periodo: str
    clase: Clase
    n: int
    registro_id: int | None
    instante: int
    motivo: str | None
    retirado_en: int | None = None
    retiro: str | None = None

    @property
    def folio(self) -> str:
        """El suyo, del acto."""
        return a_folio(self.id)


@dataclass(frozen=True, slots=True)
class PaginaDeCambios:
    """Una página; ``siguiente`` es el lugar desde donde sigue lo más viejo."""

    cambios: tuple[Cambio, ...] = ()
    siguiente: Lugar | None = None


_COLUMNAS = (PubActo.sujeto_id, PubActo.id, PubActo.clave, PubActo.ejercicio, PubActo.periodo, PubActo.clase, PubActo.n,
             PubActo.registro_id, PubActo.instante, PubActo.motivo)


class Cambios:
    """Lo que le pasó a lo público. Cada página se lee por su índice: la última cuesta lo mismo que la primera."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def del_estado(self, desde: int | None = None, antes: Lugar | None = None, limite: int = POR_PAGINA) -> PaginaDeCambios:
        """Los de todas las instituciones; con ``desde`` (instante), solo los de entonces para acá."""
        return self._fetch(PubActo.select(*_COLUMNAS), desde, antes, limite)

    def de(
        self, sujeto_id: int, clave: str | None = None, desde: int | None = None, antes: Lugar | None = None,
        limite: int = POR_PAGINA,
    ) -> PaginaDeCambios:
        """Los de una institución, o de un formato suyo."""
        consulta = PubActo.select(*_COLUMNAS).where(PubActo.sujeto_id == sujeto_id)
        return self._fetch(consulta if clave is None else consulta.where(PubActo.clave == clave), desde, antes, limite)

    def _fetch(self, consulta: Any, desde: int | None, antes: Lugar | None, limite: int) -> PaginaDeCambios:
        consulta = consulta.where(PubActo.n > 0)
        if desde is not None:
            consulta = consulta.where(PubActo.instante >= desde)
        if antes is not None:
            previos = (PubActo.instante < antes[0]) | (PubActo.id < antes[1])
            consulta = consulta.where(PubActo.instante <= antes[0], previos)
        consulta = consulta.order_by(PubActo.instante.desc(), PubActo.id.desc()).limit(limite + 1)
        filas = [_cambio(fila) for fila in consulta.bind(self.base).tuples()]
        visibles = filas[:limite]
        ultimo = visibles[-1] if len(filas) > limite else None
        return PaginaDeCambios(tuple(self._with_retiros(visibles)), (ultimo.instante, ultimo.id) if ultimo else None)

    def _with_retiros(self, cambios: Sequence[Cambio]) -> list[Cambio]:
        """Los que hablan de un registro que después se retiró lo dicen."""
        retiros: dict[tuple[int, int], tuple[int, str]] = {}
        for sujeto_id in {cambio.sujeto_id for cambio in cambios if cambio.registro_id}:
            suyos = sorted({c.registro_id for c in cambios if c.sujeto_id == sujeto_id and c.registro_id})
            retiros |= {(sujeto_id, registro): dicho for registro, dicho in self._retiros(sujeto_id, suyos).items()}
        return [_retired(cambio, retiros.get((cambio.sujeto_id, cambio.registro_id or 0))) for cambio in cambios]

    def _retiros(self, sujeto_id: int, registros: Sequence[int]) -> dict[int, tuple[int, str]]:
        """registro → cuándo y por qué se retiró la última vez.

        Se ordenan aquí: si se le pide a la base, SQLite recorre por fecha todos los actos de la institución.
        """
        suyos = PubActo.select(PubActo.instante, PubActo.registro_id, PubActo.motivo).where(
            PubActo.sujeto_id == sujeto_id, PubActo.registro_id.in_(registros), PubActo.clase == Clase.RETIRO)
        return {registro: (instante, motivo or "") for instante, registro, motivo in sorted(
            suyos.bind(self.base).tuples(), key=lambda fila: int(fila[0]))}

    def titulares(self, cambios: Sequence[Cambio]) -> dict[int, Institucion]:
        """Las instituciones de esos cambios."""
        return {una.id: una for una in read_instituciones(self.base, [cambio.sujeto_id for cambio in cambios])}


def _cambio(fila: tuple[Any, ...]) -> Cambio:
    sujeto_id, id_, clave, ejercicio, periodo, clase, *resto = fila
    return Cambio(sujeto_id, id_, clave, ejercicio, periodo, Clase(clase), *resto)


def _retired(cambio: Cambio, retiro: tuple[int, str] | None) -> Cambio:
    if retiro is None or cambio.clase is Clase.RETIRO or retiro[0] < cambio.instante:
        return cambio
    return replace(cambio, retirado_en=retiro[0], retiro=retiro[1])
