"""Un formato de todas las instituciones juntas, para descargarlo: de institución en institución y por llave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Database, fn

from models.conteos import PubResumen
from models.domain.catalogo_vigente import Foto
from models.domain.periods import EJERCICIO_VIGENTE
from models.formatos import Tabla
from models.publicados.copias import Baja, Copias, Pregunta
from models.publicados.cortes import Corte
from models.publicados.filtros import SIN_FILTRO, Filtro, conditions
from models.publicados.historia import Historia
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.paginas import TROZO, iter_tramos
from models.publicados.pulso import Pulso
from models.publicados.registros import FilaPublica, read_filas, select_publicos
from models.publicados.vigencias import AlCorte


@dataclass(frozen=True, slots=True)
class Conjunto:
    """Lo que se pidió de un formato: de qué instituciones, en su orden, y de cuándo.

    ``ejercicio`` nulo son todos. Con ``al_cierre``, lo que regía al terminar ese año. ``resumen`` son tuplas ``(institución,
    ejercicio, registros, último cambio)``. Mientras él y ``pulso`` no cambien, lo publicado es lo mismo: proteger un dato no
    mueve las cuentas, pero sí el pulso. Con ``corte``, lo que era público ese día; con ``desde`` (un instante), lo que cambió
    desde entonces. Ninguno de los dos admite filtro.
    """

    tabla: Tabla
    instituciones: tuple[Institucion, ...]
    ejercicio: int | None = None
    al_cierre: bool = False
    filtro: Filtro = SIN_FILTRO
    resumen: tuple[tuple[int, int, int, int], ...] = ()
    pulso: int = 0
    corte: Corte | None = None
    desde: int | None = None

    @property
    def pregunta(self) -> Pregunta | None:
        """De qué se piden los cambios, si eso es lo que se pide."""
        return None if self.desde is None else Pregunta(self.tabla, self.desde, self.ejercicio)


class Fundidos:
    """Los registros públicos de un formato en todas las instituciones.

    El orden no cambia: las instituciones como se dieron de alta y, en cada una, del registro más viejo al más nuevo.
    """

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto, self.copias = base, foto, Copias(base)

    def find(
        self, tabla: Tabla, ejercicio: int | None = None, filtro: Filtro = SIN_FILTRO,
        instituciones: Iterable[Institucion] | None = None, corte: Corte | None = None, desde: int | None = None,
    ) -> Conjunto:
        """El conjunto, con las instituciones (de esas o, si no se dice, de todas) que tienen o tuvieron algo.

        Necesita una conexión abierta.
        """
        todas = {una.id: una for una in (read_instituciones(self.base) if instituciones is None else instituciones)}
        pulso = Pulso(self.base).de_varios(todas)
        al_cierre = tabla.formato.es_vigente and ejercicio is not None
        de_antes = al_cierre or corte is not None or desde is not None
        condiciones = [] if ejercicio is None or de_antes else [PubResumen.ejercicio == ejercicio]
        filas = PubResumen.select(
            PubResumen.sujeto_id, PubResumen.ejercicio, fn.SUM(PubResumen.n), fn.MAX(PubResumen.ultima_publicacion),
        ).where(PubResumen.sujeto_id.in_(sorted(todas) or [0]), PubResumen.clave == tabla.clave, *condiciones).group_by(
            PubResumen.sujeto_id, PubResumen.ejercicio).order_by(PubResumen.sujeto_id, PubResumen.ejercicio)
        resumen = tuple((int(s), int(e), int(n), int(u)) for s, e, n, u in filas.bind(self.base).tuples())
        con_algo = {sujeto_id for sujeto_id, _, n, _ in resumen if n or de_antes}
        return Conjunto(tabla, tuple(todas[id_] for id_ in sorted(con_algo)), ejercicio, al_cierre, filtro, resumen, pulso,
                        corte, desde)

    def tramos(self, conjunto: Conjunto) -> Iterator[tuple[Institucion, list[FilaPublica]]]:
        """Los registros, crudos y por tramos. Cada tramo toma una conexión y la suelta al darse: abre la suya."""
        for institucion in conjunto.instituciones:
            tramos = self._recorrer(conjunto, institucion)
            while True:
                with self.base.connection_context():
                    tramo = next(tramos, None)
                if tramo is None:
                    break
                yield institucion, tramo

    def bajas(self, conjunto: Conjunto) -> Iterator[tuple[Institucion, Baja]]:
        """Lo que ya no está, si se piden los cambios; toma su conexión igual."""
        if conjunto.pregunta is not None:
            for institucion in conjunto.instituciones:
                yield from ((institucion, baja) for baja in self.copias.iter_bajas(conjunto.pregunta, institucion.id))

    def _recorrer(self, conjunto: Conjunto, institucion: Institucion) -> Iterator[list[FilaPublica]]:
        if conjunto.pregunta is not None:
            return self.copias.iter_filas(conjunto.pregunta, institucion.id)
        if conjunto.corte is not None:
            return self._al_dia(conjunto, institucion, conjunto.corte)
        return self._al_cierre(conjunto, institucion) if conjunto.al_cierre else self._por_llave(conjunto, institucion)

    def _al_dia(self, conjunto: Conjunto, institucion: Institucion, corte: Corte) -> Iterator[list[FilaPublica]]:
        tabla, historia = conjunto.tabla, Historia(self.base, self.foto)
        for ejercicio in reversed(historia.resumen(institucion.id, tabla.clave, corte).con_registros):
            if tabla.formato.es_vigente or conjunto.ejercicio in (None, ejercicio):
                yield from historia.tramos(institucion, tabla, ejercicio, corte)

    def _por_llave(self, conjunto: Conjunto, institucion: Institucion) -> Iterator[list[FilaPublica]]:
        publica: Any = conjunto.tabla.publica
        partes = conditions(conjunto.tabla, conjunto.filtro)
        if conjunto.ejercicio is not None:
            partes.append(publica.ejercicio == conjunto.ejercicio)
        ultimo, lleno = 0, True
        while lleno:
            filas = read_filas(self.base, select_publicos(conjunto.tabla, institucion.id).where(
                publica.id > ultimo, *partes).order_by(publica.id).limit(TROZO).bind(self.base))
            lleno = len(filas) == TROZO
            if filas:
                ultimo = filas[-1].id
                yield filas

    def _al_cierre(self, conjunto: Conjunto, institucion: Institucion) -> Iterator[list[FilaPublica]]:
        assert conjunto.ejercicio is not None
        corte = Corte.al_cierre(conjunto.ejercicio).instante
        return iter_tramos(AlCorte(self.base, conjunto.tabla, institucion.id, EJERCICIO_VIGENTE, corte, crudo=True))
