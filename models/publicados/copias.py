"""Qué cambió desde un instante, para que quien guarda una copia la ponga al día sin bajarlo todo otra vez.

Lo que se publicó, se corrigió o se protegió se da entero, como está hoy; de lo que dejó de estar queda su baja, con el motivo.
Todo va del cambio más viejo al más nuevo y por llave: aplicar dos veces lo mismo deja la copia igual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from peewee import Database, fn

from models.actos import PubVersion
from models.actos_publicos import Clase, PubActo
from models.formatos import Tabla
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.paginas import TROZO
from models.publicados.registros import FilaPublica, read_filas, select_publicos
from models.sujetos import PubSujeto

VISITAS = 50
"""Instituciones que se miran por tanda."""


class Punto(NamedTuple):
    """Un cambio: cuándo fue y de qué registro. Sigue lo que va después de él."""

    instante: int
    id: int


@dataclass(frozen=True, slots=True)
class Pregunta:
    """De qué formato se preguntan los cambios, y desde qué instante. Sin ejercicio, de todos los años."""

    tabla: Tabla
    desde: int
    ejercicio: int | None = None


@dataclass(frozen=True, slots=True)
class Baja:
    """Un registro que ya no está en lo que se pidió. Sin ``motivo``, de ahí no se retiró: al corregirlo pasó a otro año."""

    id: int
    instante: int
    ejercicio: int
    periodo: str
    motivo: str | None


@dataclass(frozen=True, slots=True)
class Lugar:
    """Dónde se dejó de leer: una institución y su último cambio visto."""

    sujeto_id: int
    punto: Punto | None = None


@dataclass(frozen=True, slots=True)
class Cambiados:
    """Una tanda: lo que hoy se lee, y lo que ya no."""

    filas: tuple[tuple[Institucion, FilaPublica], ...] = ()
    bajas: tuple[tuple[Institucion, Baja], ...] = ()
    siguiente: Lugar | None = None


class Copias:
    """Los cambios de un formato. Necesita una conexión abierta, salvo los ``iter_…``, que toman una por tramo."""

    def __init__(self, base: Database) -> None:
        self.base = base

    def fetch(self, pregunta: Pregunta, institucion: Institucion | None, lugar: Lugar | None, limite: int) -> Cambiados:
        """La tanda que sigue a ese lugar (o la primera), de ``limite`` cambios cuando más."""
        ids = self._con_cambios(pregunta, institucion, lugar)
        instituciones = {una.id: una for una in read_instituciones(self.base, ids[:VISITAS])} if ids else {}
        filas: list[tuple[Institucion, FilaPublica]] = []
        bajas: list[tuple[Institucion, Baja]] = []
        quedan = limite
        for sujeto_id in (id_ for id_ in ids[:VISITAS] if id_ in instituciones):
            punto = lugar.punto if lugar is not None and lugar.sujeto_id == sujeto_id else None
            puntos, suyas = self._juntos(pregunta, sujeto_id, punto, quedan + 1)
            visibles = puntos[:quedan]
            filas += [(instituciones[sujeto_id], fila) for fila in self._leer(pregunta.tabla, sujeto_id, [
                uno.id for uno in visibles if uno not in suyas])]
            bajas += [(instituciones[sujeto_id], suyas[uno]) for uno in visibles if uno in suyas]
            if len(puntos) > quedan:
                return Cambiados(tuple(filas), tuple(bajas), Lugar(sujeto_id, visibles[-1] if visibles else punto))
            quedan -= len(visibles)
        return Cambiados(tuple(filas), tuple(bajas), Lugar(ids[VISITAS]) if len(ids) > VISITAS else None)

    def iter_filas(self, pregunta: Pregunta, sujeto_id: int) -> Iterator[list[FilaPublica]]:
        """Lo que hoy se lee y cambió, por tramos; cada uno toma su conexión y la suelta al darse."""
        for puntos in self._iter(lambda punto: self._vivos(pregunta, sujeto_id, punto, TROZO)):
            with self.base.connection_context():
                filas = self._leer(pregunta.tabla, sujeto_id, [punto.id for punto in puntos])
            yield filas

    def iter_bajas(self, pregunta: Pregunta, sujeto_id: int) -> Iterator[Baja]:
        """Lo que ya no está; igual."""
        for bajas in self._iter(lambda punto: self._bajas(pregunta, sujeto_id, punto, TROZO)):
            yield from bajas

    def _iter(self, leer: Callable[[Punto | None], list[Any]]) -> Iterator[list[Any]]:
        punto: Punto | None = None
        while True:
            with self.base.connection_context():
                tramo = leer(punto)
            if tramo:
                yield tramo
                punto = Punto(tramo[-1].instante, tramo[-1].id)
            if len(tramo) < TROZO:
                return

    def _juntos(
        self, pregunta: Pregunta, sujeto_id: int, punto: Punto | None, limite: int,
    ) -> tuple[list[Punto], dict[Punto, Baja]]:
        """Los cambios que siguen, y cuáles de ellos son bajas."""
        bajas = {Punto(baja.instante, baja.id): baja for baja in self._bajas(pregunta, sujeto_id, punto, limite)}
        return list(islice(merge(self._vivos(pregunta, sujeto_id, punto, limite), bajas), limite)), bajas

    def _vivos(self, pregunta: Pregunta, sujeto_id: int, punto: Punto | None, limite: int) -> list[Punto]:
        """Los cambios de lo que hoy es público: cuándo empezó su versión o, si fue después, cuándo se protegió un dato suyo."""
        p: Any = pregunta.tabla.publica
        abiertas = p.select(p.validado_en, p.id).where(
            p.sujeto_id == sujeto_id, p.validado_en >= (punto.instante if punto else pregunta.desde),
            *([] if pregunta.ejercicio is None else [p.ejercicio + 0 == pregunta.ejercicio]),  # por el índice de las fechas
            *_despues(p.validado_en, p.id, punto))
        abiertas = abiertas.order_by(p.validado_en, p.id).limit(limite)
        leidas = (self._protegidos(pregunta, sujeto_id, punto, limite), sorted(
            Punto(*fila) for fila in abiertas.bind(self.base).tuples()))
        return list(islice(merge(*leidas), limite))

    def _protegidos(self, pregunta: Pregunta, sujeto_id: int, punto: Punto | None, limite: int) -> list[Punto]:
        """Los que no tienen versión nueva desde entonces, pero dicen menos que antes."""
        a, ultimo = PubActo, fn.MAX(PubActo.instante)
        p: Any = pregunta.tabla.publica
        ya_va = p.select(p.id).where(
            p.sujeto_id == a.sujeto_id, p.id == a.registro_id, p.validado_en >= pregunta.desde)
        actos = a.select(ultimo, a.registro_id).where(
            a.sujeto_id == sujeto_id, a.clave == pregunta.tabla.clave, a.instante >= pregunta.desde,
            a.clase == Clase.PROTECCION, a.registro_id.is_null(False), *_del_ejercicio(a, pregunta), ~fn.EXISTS(ya_va),
        ).group_by(a.registro_id)
        actos = actos.having(*_despues(ultimo, a.registro_id, punto)) if punto else actos
        return [Punto(*fila) for fila in actos.order_by(ultimo, a.registro_id).limit(limite).bind(self.base).tuples()]

    def _bajas(self, pregunta: Pregunta, sujeto_id: int, punto: Punto | None, limite: int) -> list[Baja]:
        if not self._pudo_salir(pregunta, sujeto_id):
            return []
        v, publica = PubVersion, pregunta.tabla.publica
        sigue = publica.select(publica.id).where(
            publica.sujeto_id == v.sujeto_id, publica.id == v.registro_id, *_del_ejercicio(publica, pregunta))
        ultimo = fn.MAX(v.hasta)
        salidas = v.select(ultimo, v.registro_id).where(
            v.sujeto_id == sujeto_id, v.clave == pregunta.tabla.clave, *_del_ejercicio(v, pregunta), v.hasta.is_null(False),
            v.hasta >= pregunta.desde, ~fn.EXISTS(sigue)).group_by(v.registro_id)
        salidas = salidas.having(*_despues(ultimo, v.registro_id, punto)) if punto else salidas
        puntos = {int(id_): int(instante) for instante, id_ in salidas.order_by(ultimo, v.registro_id).limit(limite).bind(
            self.base).tuples()}
        return self._leer_bajas(pregunta, sujeto_id, puntos)

    def _pudo_salir(self, pregunta: Pregunta, sujeto_id: int) -> bool:
        """Si hubo con qué: un retiro o, de un solo año, una corrección. Buscar las bajas mira todo lo que ya no rige."""
        clases = [Clase.RETIRO] if pregunta.ejercicio is None else [Clase.RETIRO, Clase.CORRECCION]
        return bool(PubActo.select().where(
            PubActo.sujeto_id == sujeto_id, PubActo.clave == pregunta.tabla.clave, PubActo.instante >= pregunta.desde,
            PubActo.clase.in_(clases)).bind(self.base).exists())

    def _leer_bajas(self, pregunta: Pregunta, sujeto_id: int, puntos: dict[int, int]) -> list[Baja]:
        """Qué decía la última versión que estuvo ahí, en el orden de ``puntos`` (registro → cuándo dejó de estar)."""
        if not puntos:
            return []
        v = PubVersion
        filas = v.select(v.registro_id, v.hasta, v.ejercicio, v.periodo, v.retiro).where(
            v.sujeto_id == sujeto_id, v.registro_id.in_(list(puntos)), v.clave == pregunta.tabla.clave, v.hasta.is_null(False),
            *_del_ejercicio(v, pregunta))
        bajas = {fila[0]: Baja(*fila) for fila in filas.bind(self.base).tuples() if fila[1] == puntos[fila[0]]}
        return [bajas[id_] for id_ in puntos]

    def _leer(self, tabla: Tabla, sujeto_id: int, ids: Sequence[int]) -> list[FilaPublica]:
        """Esos registros como están hoy, en ese orden y una vez cada uno; el que acaba de retirarse ya no viene."""
        publica: Any = tabla.publica
        filas = read_filas(self.base, select_publicos(tabla, sujeto_id).where(publica.id.in_(list(ids)))) if ids else []
        por_id = {fila.id: fila for fila in filas}
        return [por_id[id_] for id_ in dict.fromkeys(ids) if id_ in por_id]

    def _con_cambios(self, pregunta: Pregunta, institucion: Institucion | None, lugar: Lugar | None) -> list[int]:
        """Las instituciones que siguen y a las que les pasó algo: una más de las que se visitarán."""
        if institucion is not None:
            return [institucion.id]
        antes = 0 if lugar is None else lugar.sujeto_id
        todas = sorted(id_ for (id_,) in PubSujeto.select(PubSujeto.sujeto_id).bind(self.base).tuples() if id_ >= antes)
        suyas = PubActo.select(PubActo.sujeto_id).where(
            PubActo.sujeto_id.in_(todas or [0]), PubActo.clave == pregunta.tabla.clave, PubActo.instante >= pregunta.desde)
        suyas = suyas.distinct().order_by(PubActo.sujeto_id).limit(VISITAS + 1)
        return [int(id_) for (id_,) in suyas.bind(self.base).tuples()]


def _del_ejercicio(tabla: Any, pregunta: Pregunta) -> list[Any]:
    return [] if pregunta.ejercicio is None else [tabla.ejercicio == pregunta.ejercicio]


def _despues(instante: Any, id_: Any, punto: Punto | None) -> list[Any]:
    return [] if punto is None else [(instante > punto.instante) | ((instante == punto.instante) & (id_ > punto.id))]
