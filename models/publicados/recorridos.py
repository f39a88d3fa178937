"""Las maneras de recorrer lo que hoy es público: por llave, filtrando en una ventana, o por palabras."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from peewee import Database, ModelSelect, Select, fn

from models.busqueda.consulta import Consulta
from models.busqueda.motores import indice_de
from models.formatos import Tabla
from models.preparadas import Preparada, at_most
from models.publicados.filtros import Filtro, conditions
from models.publicados.paginas import Recorrido, Tramo
from models.publicados.registros import read_filas, read_registros, registro_de, select_publicos

VENTANA = 3000
"""Registros que se miran por tramo al filtrar sin índice: acota el tiempo aunque el ejercicio tenga un millón."""

LOTE = 250
LOTES = 8
"""Al buscar palabras se miran hasta ``LOTE * LOTES`` coincidencias por tramo."""


class PorLlave:
    """Lo público de un ejercicio (y de un periodo), por su índice ``(sujeto, ejercicio, [periodo,] id)``."""

    ida_y_vuelta = True

    def __init__(
        self, base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int, periodo: str | None, crudo: bool = False,
    ) -> None:
        self.base, self.tabla, self.sujeto_id, self.crudo = base, tabla, sujeto_id, crudo
        publica: Any = tabla.publica
        self.id, self.ejercicio, self.periodo = publica.id, ejercicio, periodo or None
        self.partes: list[Any] = [publica.ejercicio == ejercicio]
        if periodo:
            self.partes.append(publica.periodo == periodo)

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        if type(self) is PorLlave and desde is None and not self.crudo:
            return Tramo(self._primera(limite))
        return Tramo(_read(self, self._despues_de(desde, hacia_atras).limit(limite)))

    def _primera(self, limite: int) -> list[Any]:
        """La primera página, que es la que casi todos piden: la misma consulta, redactada una sola vez por formato."""
        preparada = _first_page(self.tabla, self.periodo is not None, limite)
        valores = (self.sujeto_id, self.ejercicio, *(() if self.periodo is None else (self.periodo,)))
        return [registro_de(self.tabla, *fila) for fila in preparada(self.base, *valores)]

    def _despues_de(self, desde: int | None, hacia_atras: bool) -> ModelSelect:
        consulta = select_publicos(self.tabla, self.sujeto_id).where(*self.partes)
        if desde is not None:
            consulta = consulta.where(self.id > desde if hacia_atras else self.id < desde)
        return consulta.order_by(self.id.asc() if hacia_atras else self.id.desc())


@lru_cache(maxsize=512)
def _first_page(tabla: Tabla, con_periodo: bool, limite: int) -> Preparada:
    publica: Any = tabla.publica

    def del_ejercicio(sujeto_id: Any, ejercicio: Any) -> ModelSelect:
        return select_publicos(tabla, sujeto_id).where(publica.ejercicio == ejercicio).order_by(
            publica.id.desc()).limit(at_most(limite))

    def del_periodo(sujeto_id: Any, ejercicio: Any, periodo: Any) -> ModelSelect:
        return del_ejercicio(sujeto_id, ejercicio).where(publica.periodo == periodo)

    return Preparada(del_periodo if con_periodo else del_ejercicio)


class ConVentana(PorLlave):
    """Como ``PorLlave``, con opciones o rangos: mira cuando más ``VENTANA`` registros por tramo."""

    def __init__(
        self, base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int, filtro: Filtro, ventana: int, crudo: bool = False,
    ) -> None:
        super().__init__(base, tabla, sujeto_id, ejercicio, filtro.periodo, crudo)
        self.opciones = conditions(tabla, Filtro(valores=filtro.valores, rangos=filtro.rangos))
        self.ventana = ventana

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        borde = self._borde(desde, hacia_atras)
        consulta = self._despues_de(desde, hacia_atras).where(*self.opciones).limit(limite)
        if borde is not None:
            consulta = consulta.where(self.id <= borde if hacia_atras else self.id >= borde)
        registros = _read(self, consulta)
        return Tramo(registros, borde if len(registros) < limite else None)

    def contar(self) -> int | None:
        """Cuántos cumplen, si caben en una ventana; ``None`` si habría que mirar más."""
        if self._borde(None, False) is not None:
            return None
        return int(self._despues_de(None, False).where(*self.opciones).bind(self.base).count())

    def _borde(self, desde: int | None, hacia_atras: bool) -> int | None:
        """El último ``id`` de la ventana, leído solo del índice; ``None`` si la ventana llega hasta el final."""
        dentro = self._despues_de(desde, hacia_atras).select(self.id).limit(self.ventana)
        extremo = fn.MAX(dentro.c.id) if hacia_atras else fn.MIN(dentro.c.id)
        [(n, borde)] = list(Select([dentro], [fn.COUNT(dentro.c.id), extremo]).bind(self.base).tuples())
        return int(borde) if n == self.ventana else None


class PorPalabras:
    """Lo que el índice de búsqueda encuentra en un formato, cruzado con el ejercicio y las opciones."""

    ida_y_vuelta = False

    def __init__(
        self, base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int, filtro: Filtro, consulta: Consulta,
        crudo: bool = False,
    ) -> None:
        self.base, self.tabla, self.sujeto_id, self.consulta, self.crudo = base, tabla, sujeto_id, consulta, crudo
        publica: Any = tabla.publica
        self.id = publica.id
        self.partes = [publica.ejercicio == ejercicio, *conditions(tabla, filtro)]

    def tramo(self, desde: int | None, hacia_atras: bool, limite: int) -> Tramo:
        tramo = Tramo([])
        for _ in range(LOTES):
            hallados = indice_de(self.base).buscar(self.consulta, self.sujeto_id, self.tabla.clave, desde, LOTE)
            tramo.registros.extend(self._leer([id_ for _, id_ in hallados], limite - len(tramo.registros)))
            if len(tramo.registros) == limite:
                return tramo
            if len(hallados) < LOTE:
                return tramo
            desde = hallados[-1][1]
        return Tramo(tramo.registros, desde)

    def _leer(self, ids: list[int], limite: int) -> list[Any]:
        if not ids:
            return []
        consulta = select_publicos(self.tabla, self.sujeto_id).where(self.id.in_(ids), *self.partes)
        return _read(self, consulta.order_by(self.id.desc()).limit(limite))


def _read(recorrido: PorLlave | PorPalabras, consulta: ModelSelect) -> list[Any]:
    if recorrido.crudo:
        return read_filas(recorrido.base, consulta)
    return read_registros(recorrido.base, recorrido.tabla, consulta)


def choose_recorrido(
    base: Database, tabla: Tabla, sujeto_id: int, ejercicio: int, filtro: Filtro, consulta: Consulta | None,
    ventana: int = VENTANA, crudo: bool = False,
) -> Recorrido:
    """La manera más barata de contestar ese filtro. ``crudo``: filas en vez de registros."""
    if consulta is not None:
        return PorPalabras(base, tabla, sujeto_id, ejercicio, filtro, consulta, crudo)
    if filtro.afina:
        return ConVentana(base, tabla, sujeto_id, ejercicio, filtro, ventana, crudo)
    return PorLlave(base, tabla, sujeto_id, ejercicio, filtro.periodo, crudo)
