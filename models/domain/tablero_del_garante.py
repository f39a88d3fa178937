"""Cómo van todas las instituciones, para el órgano garante: diez consultas por conjuntos, sean cuantas sean.

Evaluar cada formato de cada institución en cada periodo sería de cien mil en cien mil; pero lo publicado se parece: lo mismo
publicado en los mismos periodos da la misma cuenta, así que cada caso distinto se evalúa una vez.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from fracciones_config import Catalogo, Formato
from models.actos import Acto
from models.ausencias import PubSinInformacion
from models.base import db
from models.conteos import PubResumen, Tablero
from models.domain.aplicabilidad import formatos_por_sujeto
from models.domain.cumplimiento import Hechos, Situacion, del_ultimo_anio, evaluate
from models.domain.estados import Estado
from models.domain.lectores.crudo import plegar
from models.domain.padron_lista import Pedido, matches
from models.domain.permissions import Actor, Rol
from models.domain.prorrogas import TODAS, Lugar, read_por_destinatario
from models.reloj import MEXICO, ahora
from models.sin_cambios import PubSinCambios
from models.sujetos import PubNoAplica, SujetoObligado
from models.usuarios import Usuario

RECIENTES = 30
"""Días de autoaprobaciones que se cuentan."""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Una institución: cuántas entregas del último año tiene cubiertas, vencidas y por vencer, y lo que conviene mirar.

    ``ultima`` es el instante de su última publicación (0 si nunca); ``autoaprobadas``, de los últimos 30 días.
    """

    sujeto: SujetoObligado
    cubiertas: int
    vencidas: int
    por_vencer: int
    ultima: int
    autoaprobadas: int
    devueltos: int
    bloqueadas: int

    @property
    def exigibles(self) -> int:
        return self.cubiertas + self.vencidas

    @property
    def porcentaje(self) -> int:
        """De lo que ya se le puede exigir, cuánto tiene; sin nada exigible, cien."""
        return 100 * self.cubiertas // self.exigibles if self.exigibles else 100


ORDENES: Mapping[str, Callable[[Renglon], Any]] = {
    "nombre": lambda r: plegar(r.sujeto.nombre), "porcentaje": lambda r: r.porcentaje, "vencidas": lambda r: r.vencidas,
    "por_vencer": lambda r: r.por_vencer, "ultima": lambda r: r.ultima, "autoaprobadas": lambda r: r.autoaprobadas,
    "devueltos": lambda r: r.devueltos, "bloqueadas": lambda r: r.bloqueadas,
}
DE_ENTRADA = "-vencidas"
"""El orden de quien no pide otro: lo que más debe, primero."""


def read_board(actor: Actor, catalogo: Catalogo, pedido: Pedido, hoy: dt.date) -> list[Renglon]:
    """Las instituciones activas que se piden, ya en orden; vacío para quien no es del órgano garante."""
    if actor.rol is not Rol.GARANTE:
        return []
    sujetos = [s for s in SujetoObligado.select().where(SujetoObligado.activo) if matches(s, pedido)]
    cuentas = _count_todas(sujetos, catalogo, hoy)
    devueltos, bloqueadas, autoaprobadas = _devueltos(), _bloqueadas(), _autoaprobadas([s.id for s in sujetos])
    filas = [Renglon(
        s, cuentas[s.id][0][Situacion.AL_CORRIENTE] + cuentas[s.id][0][Situacion.SIN_INFORMACION],
        cuentas[s.id][0][Situacion.VENCIDO], cuentas[s.id][0][Situacion.POR_VENCER], cuentas[s.id][1],
        autoaprobadas.get(s.id, 0), devueltos.get(s.id, 0), bloqueadas.get(s.id, 0)) for s in sujetos]
    orden = pedido.orden if pedido.orden.lstrip("-") in ORDENES else DE_ENTRADA
    filas.sort(key=lambda fila: (plegar(fila.sujeto.nombre), fila.sujeto.siglas))
    return sorted(filas, key=ORDENES[orden.lstrip("-")], reverse=orden.startswith("-"))


Cuentas = dict[int, tuple[Counter[Situacion], int]]
"""Institución → cuántas entregas en cada situación, y su última publicación."""


def _count_todas(sujetos: Sequence[SujetoObligado], catalogo: Catalogo, hoy: dt.date) -> Cuentas:
    """Un formato de una institución se evalúa una vez por cada caso distinto; lo demás es buscarlo."""
    de_todas, formatos = _DeTodas.read(hoy), formatos_por_sujeto([s.id for s in sujetos], catalogo)
    vistas: dict[tuple[Any, ...], Counter[Situacion]] = {}
    cuentas: Cuentas = {}
    for sujeto in sujetos:
        prorrogas, total, ultima = de_todas.prorrogas_de(sujeto), Counter[Situacion](), 0
        for formato in formatos[sujeto.id]:
            caso, suya = de_todas.case_of(sujeto.id, formato, prorrogas)
            ultima = max(ultima, suya)
            if caso not in vistas:
                vistas[caso] = Counter(uno.situacion for uno in evaluate(formato, _hechos(caso), hoy))
            for situacion, n in vistas[caso].items():
                total[situacion] += n
        cuentas[sujeto.id] = total, ultima
    return cuentas


@dataclass(frozen=True, slots=True)
class _DeTodas:
    """Lo publicado de todas, por (institución, formato)."""

    publicado: Mapping[tuple[int, str], tuple[str, int]]
    no_aplica: frozenset[tuple[int, str]]
    sin_informacion: Mapping[tuple[int, str], tuple[tuple[int, str], ...]]
    sin_cambios: Mapping[tuple[int, str], tuple[tuple[int, str], ...]]
    prorrogas: Mapping[str, Mapping[Lugar, dt.date]]
    hoy: dt.date
    inicios: dict[str, tuple[list[dt.date], list[int]]] = field(default_factory=dict)

    @classmethod
    def read(cls, hoy: dt.date) -> _DeTodas:
        lugar = PubResumen.ejercicio.cast("TEXT").concat(" ").concat(PubResumen.periodo)
        filas = PubResumen.select(
            PubResumen.sujeto_id, PubResumen.clave, fn.STRING_AGG(lugar, ";"), fn.MAX(PubResumen.ultima_publicacion),
        ).where(PubResumen.n > 0, (PubResumen.ejercicio == 0) | (PubResumen.ejercicio >= hoy.year - 1),
                ).group_by(PubResumen.sujeto_id, PubResumen.clave)
        return cls({(s, c): (lugares, ultima) for s, c, lugares, ultima in _rows(filas)},
                   frozenset(map(tuple, _rows(PubNoAplica.select(PubNoAplica.sujeto_id, PubNoAplica.clave)))),
                   _agrupar(PubSinInformacion), _agrupar(PubSinCambios), read_por_destinatario(), hoy)

    def prorrogas_de(self, sujeto: SujetoObligado) -> Mapping[str, tuple[tuple[Lugar, dt.date], ...]]:
        """Formato → sus prórrogas, de la más corta a la más larga de cada lugar."""
        por_clave: dict[str, list[tuple[Lugar, dt.date]]] = defaultdict(list)
        for destinatario in (TODAS, f"clase:{sujeto.poder}", f"sujeto:{sujeto.id}"):
            for lugar, limite in self.prorrogas.get(destinatario, {}).items():
                por_clave[lugar[0]].append((lugar, limite))
        return {clave: tuple(sorted(suyas)) for clave, suyas in por_clave.items()}

    def day_of(self, formato: Formato, ultima: int) -> dt.date | None:
        """De lo vigente, desde cuándo está al día: el último inicio de periodo que ya había pasado cuando publicó.

        Publicar el 3 o el 20 del mismo periodo cuenta igual, así que es el mismo caso.
        """
        if not (ultima and formato.es_vigente):
            return None
        if formato.clave not in self.inicios:
            dias = sorted({suyo.inicio for suyo in del_ultimo_anio(formato, self.hoy)})
            self.inicios[formato.clave] = [dt.date.min, *dias], [start_of(dia) for dia in dias]
        dias, instantes = self.inicios[formato.clave]
        return dias[bisect_right(instantes, ultima)]

    def case_of(
        self, sujeto_id: int, formato: Formato, prorrogas: Mapping[str, tuple[tuple[Lugar, dt.date], ...]],
    ) -> tuple[tuple[Any, ...], int]:
        """Lo que decide la cuenta de un formato, y su última publicación."""
        llave = (sujeto_id, formato.clave)
        lugares, ultima = self.publicado.get(llave, ("", 0))
        dia, no_aplica = self.day_of(formato, ultima), llave in self.no_aplica
        return (formato.clave, lugares, dia, no_aplica, self.sin_informacion.get(llave, ()), self.sin_cambios.get(llave, ()),
                prorrogas.get(formato.clave, ())), ultima


def start_of(dia: dt.date) -> int:
    """El instante (milisegundos) en que empieza un día en la Ciudad de México."""
    return int(dt.datetime.combine(dia, dt.time(), MEXICO).timestamp() * 1000)


def _hechos(caso: tuple[Any, ...]) -> Hechos:
    clave, lugares, dia, no_aplica, sin_informacion, sin_cambios, prorrogas = caso
    pares = [lugar.split(" ") for lugar in lugares.split(";")] if lugares else []
    return Hechos(
        frozenset({clave} if no_aplica else ()), frozenset((clave, *lugar) for lugar in sin_informacion),
        frozenset((clave, int(anio), periodo) for anio, periodo in pares), frozenset((clave, *lugar) for lugar in sin_cambios),
        {clave: dia} if dia else {}, dict(prorrogas))


def _agrupar(modelo: Any) -> dict[tuple[int, str], tuple[tuple[int, str], ...]]:
    por: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for sujeto_id, clave, ejercicio, periodo in _rows(modelo.select(
            modelo.sujeto_id, modelo.clave, modelo.ejercicio, modelo.periodo)):
        por[sujeto_id, clave].append((ejercicio, periodo))
    return {llave: tuple(sorted(lugares)) for llave, lugares in por.items()}


def _rows(consulta: Any) -> list[Any]:
    """Las filas como las da el motor: son decenas de miles, y hacerlas modelos costaría más que leerlas."""
    return list(db.execute(consulta).fetchall())


def _devueltos() -> dict[int, int]:
    return _enteros(Tablero.select(Tablero.sujeto_id, fn.SUM(Tablero.n)).where(
        Tablero.estado == Estado.DEVUELTO).group_by(Tablero.sujeto_id).tuples())


def _bloqueadas() -> dict[int, int]:
    return _enteros(Usuario.select(Usuario.sujeto_id, fn.COUNT(Usuario.id)).where(
        ~Usuario.activo, Usuario.sujeto_id.is_null(False)).group_by(Usuario.sujeto_id).tuples())


def _autoaprobadas(ids: list[int]) -> dict[int, int]:
    desde = ahora() - RECIENTES * 24 * 3600_000
    return _enteros(Acto.select(Acto.sujeto_id, fn.COUNT(Acto.id)).where(
        Acto.sujeto_id.in_(ids), Acto.autoaprobacion, Acto.instante >= desde).group_by(Acto.sujeto_id).tuples())


def _enteros(filas: Iterable[tuple[int, Any]]) -> dict[int, int]:
    return {sujeto_id: int(n) for sujeto_id, n in filas}
