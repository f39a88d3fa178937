"""Un formato en todas las instituciones como una sola tabla: lo más nuevo primero, con los mismos filtros.

Las llaves de la base empiezan por la institución; lo único que va por antigüedad entre todas es el índice de búsqueda, que
guarda de cada registro su formato, su año y su periodo. Se camina por él, y lo que no sabe se comprueba leyendo. Lo que
cuesta una página no depende de cuántos registros haya.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from peewee import CTE, Database, ValuesList, fn

from models.busqueda.alcance import Alcance
from models.busqueda.consulta import Consulta, parse
from models.busqueda.indice import Hallado
from models.busqueda.motores import indice_de
from models.conteos import PubResumen
from models.formatos import Tabla
from models.publicados import acotados
from models.publicados.filtros import Filtro, conditions
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.memoria import Memoria
from models.publicados.paginas import TAMANO
from models.publicados.registros import COLUMNAS, Registro, registro_de
from models.publicados.totales import Totales, sum_acotado
from models.sumas import Lugar, PubSuma, Suma, measures_of

LOTE, LOTES = 500, 8
"""Por página se miran cuando más ``LOTE * LOTES`` registros; si no bastan, la página lo dice y deja seguir."""

RECORDADOS = 200
"""Resúmenes y totales: unos cientos de kB cada uno con trescientas instituciones."""

POCAS = 24
"""Hasta cuántas instituciones se camina por separado y se entrevera: más allá conviene caminar una vez por todas."""


@dataclass(frozen=True, slots=True)
class Pedido:
    """Qué se pide: ``instituciones`` son las elegidas, o todas si no ``es_parte``. ``ejercicio`` nulo: todos los años."""

    tabla: Tabla
    instituciones: tuple[Institucion, ...]
    es_parte: bool = False
    ejercicio: int | None = None
    filtro: Filtro = field(default_factory=Filtro)

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(una.id for una in self.instituciones)


@dataclass(frozen=True, slots=True)
class PaginaDeTodas:
    """Cada registro con su institución. ``parcial``: faltó mirar registros más viejos; ``siguiente`` sigue desde ahí."""

    registros: tuple[tuple[Institucion, Registro], ...] = ()
    siguiente: int | None = None
    parcial: bool = False
    es_primera: bool = True


@dataclass(frozen=True, slots=True)
class ResumenDeTodas:
    """Cuántos registros hay por ``(institución, ejercicio, periodo)``, y cuándo cambió lo público por última vez.

    ``por_anio``: año (o nulo, todos) → institución → cuántos; ``periodos``: año (o nulo) → los que tienen registros.
    """

    conteos: Mapping[tuple[int, int, str], int]
    ultima: int
    por_anio: Mapping[int | None, Mapping[int, int]]
    periodos: Mapping[int | None, frozenset[str]]

    @property
    def ejercicios(self) -> tuple[int, ...]:
        return tuple(sorted((anio for anio in self.por_anio if anio), reverse=True))

    def contar(self, pedido: Pedido) -> int:
        """Cuántos hay de esas instituciones, ese año y ese periodo, sin mirar los demás filtros."""
        ids, periodo = pedido.ids, pedido.filtro.periodo
        if periodo is None:
            return sum(n for sujeto_id, n in self.por_institucion(pedido.ejercicio).items() if sujeto_id in ids)
        return sum(n for (sujeto_id, ejercicio, suyo), n in self.conteos.items() if sujeto_id in ids
                   and pedido.ejercicio in (None, ejercicio) and periodo == suyo)

    def por_institucion(self, ejercicio: int | None) -> Mapping[int, int]:
        """Institución → cuántos registros tiene de ese año (o de todos)."""
        return self.por_anio.get(ejercicio, {})


def _resumir(filas: Iterable[tuple[int, int, str, int, int]]) -> ResumenDeTodas:
    """De renglones ``(institución, ejercicio, periodo, registros, último cambio)``."""
    conteos, ultima = dict[tuple[int, int, str], int](), 0
    por_anio: defaultdict[int | None, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    periodos: defaultdict[int | None, set[str]] = defaultdict(set)
    for sujeto_id, ejercicio, periodo, n, cambio in filas:
        ultima = max(ultima, cambio)
        if not n:
            continue
        conteos[sujeto_id, ejercicio, periodo] = n
        for anio in (None, ejercicio):
            por_anio[anio][sujeto_id] += n
            periodos[anio].add(periodo)
    return ResumenDeTodas(conteos, ultima, por_anio, {anio: frozenset(suyos) for anio, suyos in periodos.items()})


class EnTodas:
    """Se cuelga de ``Publicados``; como ella, necesita una conexión abierta."""

    def __init__(self, base: Database, version: Callable[[], object]) -> None:
        self.base, self._version = base, version
        self._recordado: dict[Hashable, tuple[object, Any]] = {}
        self.instituciones: Callable[[], list[Institucion]] = Memoria(lambda: read_instituciones(base), version)

    def resumen(self, tabla: Tabla) -> ResumenDeTodas:
        """Lo que hay de un formato en cada institución. Se recuerda mientras lo público no cambie."""
        r = PubResumen
        consulta = r.select(r.sujeto_id, r.ejercicio, r.periodo, r.n, r.ultima_publicacion).where(
            r.sujeto_id.in_([una.id for una in self.instituciones()] or [0]), r.clave == tabla.clave)
        return self._recordar(tabla.clave, lambda: _resumir(consulta.bind(self.base).tuples()))  # type: ignore[no-any-return]

    def _recordar(self, llave: Hashable, averiguar: Callable[[], Any]) -> Any:
        """Lo que costó averiguar, mientras la versión de lo público sea la misma. La versión se lee antes."""
        version = self._version()
        guardado = self._recordado.get(llave)
        if guardado is not None and guardado[0] == version:
            return guardado[1]
        if len(self._recordado) >= RECORDADOS:
            self._recordado.clear()
        valor = averiguar()
        self._recordado[llave] = version, valor
        return valor

    def registros(self, pedido: Pedido, antes_de: int | None, tamano: int = TAMANO) -> PaginaDeTodas:
        """Una página, de lo más nuevo a lo más viejo."""
        consulta = parse(pedido.filtro.texto) if pedido.filtro.texto else None
        if not pedido.instituciones or (pedido.filtro.texto and consulta is None):
            return PaginaDeTodas(es_primera=antes_de is None)
        filas: list[tuple[Institucion, Registro]] = []
        desde, sigue = antes_de, True
        for _ in range(LOTES):
            lote, desde = self._lote(pedido, consulta, desde, LOTE if pedido.filtro.afina or pedido.es_parte else tamano + 1)
            filas += self._leer(pedido, lote, tamano + 1 - len(filas))
            sigue = desde is not None
            if not sigue or len(filas) > tamano:
                break
        visibles, sobra = filas[:tamano], len(filas) > tamano
        siguiente = visibles[-1][1].id if sobra else desde if sigue else None
        return PaginaDeTodas(tuple(visibles), siguiente, parcial=sigue and not sobra, es_primera=antes_de is None)

    def _lote(
        self, pedido: Pedido, consulta: Consulta | None, desde: int | None, cuantos: int,
    ) -> tuple[list[Hallado], int | None]:
        """Los que siguen, lo más nuevo primero, y desde dónde seguir (``None``: ya no hay más)."""
        quienes: Sequence[int | None] = sorted(pedido.ids) if pedido.es_parte and len(pedido.ids) <= POCAS else [None]
        hallados, bordes = list[Hallado](), list[int]()
        for sujeto_id in quienes:
            alcance = Alcance(sujeto_id, (pedido.tabla.clave,), pedido.ejercicio, pedido.filtro.periodo)
            suyos = indice_de(self.base).hallar(consulta, alcance, desde, cuantos)
            hallados += suyos
            if len(suyos) == cuantos:
                bordes.append(suyos[-1].id)
        borde = max(bordes, default=None)
        ids = pedido.ids
        dentro = [uno for uno in hallados if uno.sujeto_id in ids and (borde is None or uno.id >= borde)]
        return sorted(dentro, key=lambda uno: -uno.id), borde

    def _leer(self, pedido: Pedido, lote: Sequence[Hallado], cuantos: int) -> list[tuple[Institucion, Registro]]:
        """De esos, los que pasan el filtro, en el mismo orden; ``cuantos`` cuando más."""
        pares = [uno.par for uno in (lote if pedido.filtro.afina else lote[:cuantos])]
        if not pares:
            return []
        publica: Any = pedido.tabla.publica
        elegidos = among(pares)
        columnas = [publica.sujeto_id, *(getattr(publica, c) for c in COLUMNAS)]
        consulta = publica.select(*columnas).join(elegidos, on=_son(publica, elegidos)).order_by(
            publica.id.desc()).limit(cuantos).with_cte(elegidos)
        if pedido.filtro.afina:
            consulta = consulta.where(*conditions(pedido.tabla, replace(pedido.filtro, periodo=None)))
        de = {una.id: una for una in pedido.instituciones}
        return [(de[fila[0]], registro_de(pedido.tabla, *fila[1:])) for fila in consulta.bind(self.base).tuples()]

    def totales(self, pedido: Pedido, resumen: ResumenDeTodas) -> Totales | None:
        """Lo que suma lo que pasa el filtro; ``None`` si para saberlo habría que mirar demasiados."""
        if not measures_of(pedido.tabla).hay or not pedido.instituciones:
            return Totales(pedido.tabla.formato)
        if not pedido.filtro.afina and not pedido.filtro.texto:
            llave = (pedido.tabla, pedido.ejercicio, pedido.ids)
            return self._recordar(llave, lambda: self._sumados(pedido)).del_periodo(pedido.filtro.periodo)  # type: ignore[no-any-return]
        partes = self._pocos(pedido, resumen)
        return None if partes is None else sum_acotado(self.base, pedido.tabla, partes)

    def _sumados(self, pedido: Pedido) -> Totales:
        s = PubSuma
        donde = [s.sujeto_id.in_(sorted(pedido.ids)), s.clave == pedido.tabla.clave, s.con_valor > 0]
        if pedido.ejercicio is not None:
            donde.append(s.ejercicio == pedido.ejercicio)
        lugar = (s.ejercicio, s.periodo, s.campo, s.opcion, s.moneda)
        filas = s.select(*lugar, fn.SUM(s.con_valor), fn.SUM(s.alta), fn.SUM(s.baja)).where(*donde).group_by(*lugar)
        return Totales(pedido.tabla.formato, {
            Lugar(*fila[:5]): Suma(*map(int, fila[5:])) for fila in filas.bind(self.base).tuples()})

    def _pocos(self, pedido: Pedido, resumen: ResumenDeTodas) -> list[Any] | None:
        publica: Any = pedido.tabla.publica
        partes = [publica.sujeto_id.in_(sorted(pedido.ids)), *conditions(pedido.tabla, pedido.filtro)]
        if pedido.ejercicio is not None:
            partes.append(publica.ejercicio == pedido.ejercicio)
        if not pedido.filtro.texto:
            return partes if resumen.contar(pedido) <= acotados.TOPE else None
        consulta = parse(pedido.filtro.texto)
        alcance = Alcance(None, (pedido.tabla.clave,), pedido.ejercicio, pedido.filtro.periodo)
        tope = acotados.TOPE_DE_PALABRAS
        hallados = indice_de(self.base).hallar(consulta, alcance, None, tope + 1) if consulta else []
        return None if len(hallados) > tope else [*partes, publica.id.in_([uno.id for uno in hallados])]


def among(pares: Iterable[tuple[int, int]]) -> Any:
    """Unos registros de varias instituciones, para unirlos por su llave completa."""
    return CTE("w", ValuesList([tuple(par) for par in pares]), columns=("sujeto", "registro"))


def _son(publica: Any, elegidos: Any) -> Any:
    return (publica.sujeto_id == elegidos.c.sujeto) & (publica.id == elegidos.c.registro)
