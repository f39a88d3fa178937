"""Lo que era público al terminar un día: cuántos registros, cuáles, y qué decían."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from peewee import Database, fn

from models.actos import PubVersion
from models.actos_publicos import PubActo
from models.domain.catalogo_vigente import Foto
from models.formatos import Tabla
from models.publicados.aprobados import Aprobados
from models.publicados.cortes import Corte
from models.publicados.instituciones import Institucion
from models.publicados.instituciones_antes import read_institucion_al
from models.publicados.obligaciones import Obligacion
from models.publicados.paginas import Cursor, Pagina, fetch_pagina, iter_tramos
from models.publicados.registros import FilaPublica, Lapida, Registro
from models.publicados.resumenes import ResumenDeEjercicio, ResumenDeFormato
from models.publicados.vigencias import AlCorte

BLANCO = '{"datos":{},"vacios":{}}'
"""El contenido de lo que después se retiró: se dice que era público, no qué decía."""


@dataclass(frozen=True, slots=True)
class AlDia:
    """Una página de lo que era público. ``retirados``: de los que están en ella, los que después se retiraron."""

    pagina: Pagina
    retirados: Mapping[int, Lapida] = field(default_factory=dict)


class Historia:
    """El pasado de lo público. Lo que se retiró se cuenta y se nombra, pero su contenido ya no se lee; salvo en lo vigente,
    donde retirar una norma es decir que dejó de regir.
    """

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def resumen(self, sujeto_id: int, clave: str, corte: Corte) -> ResumenDeFormato:
        """Cuántos registros de un formato eran públicos, por ejercicio."""
        filas = PubActo.select(PubActo.ejercicio, PubActo.periodo, fn.SUM(PubActo.saldo), fn.MAX(PubActo.instante)).where(
            PubActo.sujeto_id == sujeto_id, PubActo.clave == clave, PubActo.instante < corte.instante,
        ).group_by(PubActo.ejercicio, PubActo.periodo)
        por_ejercicio: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        for ejercicio, periodo, n, ultima in filas.bind(self.base).tuples():
            por_ejercicio[ejercicio][periodo] = (int(n), int(ultima))
        return ResumenDeFormato(tuple(_sum(e, por_ejercicio[e]) for e in sorted(por_ejercicio, reverse=True)))

    def aprobados(self, sujeto_id: int, corte: Corte, clave: str | None = None) -> Aprobados:
        """Lo que estaba aprobado."""
        return Aprobados(self.base, sujeto_id, corte, clave)

    def institucion(self, hoy: Institucion, corte: Corte) -> Institucion | None:
        """Como se leía ese día: sus datos y lo que le tocaba publicar; ``None`` si de entonces no se guardó."""
        return read_institucion_al(self.base, hoy, corte)

    def obligaciones(self, institucion: Institucion, corte: Corte) -> list[Obligacion]:
        """Sus formatos con lo que tenían. ``institucion`` es la de ese día: le tocaba lo que ella dice."""
        filas = PubActo.select(PubActo.clave, fn.SUM(PubActo.saldo), fn.MAX(PubActo.instante)).where(
            PubActo.sujeto_id == institucion.id, PubActo.instante < corte.instante).group_by(PubActo.clave)
        conteos = {clave: (int(n), int(ultima)) for clave, n, ultima in filas.bind(self.base).tuples()}
        aprobados = self.aprobados(institucion.id, corte)
        le_tocan = institucion.claves | set(aprobados.claves_que_no_aplican())
        obligaciones = []
        for formato in self.foto().catalogo.formatos:
            n, ultima = conteos.get(formato.clave, (0, 0))
            if n or (formato.clave in le_tocan and formato.activo):
                obligaciones.append(Obligacion(formato, n, ultima if n else 0, aprobados.no_aplica(formato.clave)))
        return obligaciones

    def pagina(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, corte: Corte, cursor: Cursor | None, tamano: int,
        crudo: bool = False,
    ) -> AlDia:
        """Una página de los registros que eran públicos. Para lo vigente, ``ejercicio`` es 0."""
        recorrido = AlCorte(self.base, tabla, institucion.id, ejercicio, corte.instante, crudo=crudo)
        pagina = fetch_pagina(recorrido, cursor, tamano)
        if tabla.formato.es_vigente:
            return AlDia(pagina)
        return AlDia(pagina, self._retirados(tabla, institucion.id, pagina.registros))

    def tramos(
        self, institucion: Institucion, tabla: Tabla, ejercicio: int, corte: Corte,
    ) -> Iterator[list[FilaPublica]]:
        """Todos, crudos y por tramos; lo que después se retiró, sin su contenido."""
        recorrido = AlCorte(self.base, tabla, institucion.id, ejercicio, corte.instante, crudo=True)
        for filas in iter_tramos(recorrido):
            retirados = {} if tabla.formato.es_vigente else self._retirados(tabla, institucion.id, filas)
            yield [fila._replace(contenido=BLANCO) if fila.id in retirados else fila for fila in filas]

    def _retirados(self, tabla: Tabla, sujeto_id: int, filas: Iterable[Registro | FilaPublica]) -> dict[int, Lapida]:
        """De esas versiones, las que terminaron en un retiro, suyo o de una posterior."""
        numeros = {fila.id: (fila.numero, fila.ejercicio, fila.periodo) for fila in filas}
        if not numeros:
            return {}
        retiros = PubVersion.select(PubVersion.registro_id, PubVersion.numero, PubVersion.hasta, PubVersion.retiro).where(
            PubVersion.sujeto_id == sujeto_id, PubVersion.registro_id.in_(list(numeros)), PubVersion.retiro.is_null(False),
        ).order_by(PubVersion.numero.desc())
        return {id_: Lapida(id_, tabla.clave, *numeros[id_][1:], hasta, motivo)
                for id_, numero, hasta, motivo in retiros.bind(self.base).tuples() if numero >= numeros[id_][0]}


def _sum(ejercicio: int, periodos: Mapping[str, tuple[int, int]]) -> ResumenDeEjercicio:
    return ResumenDeEjercicio(
        ejercicio, sum(n for n, _ in periodos.values()), max(ultima for _, ultima in periodos.values()),
        {periodo: n for periodo, (n, _) in periodos.items()})

