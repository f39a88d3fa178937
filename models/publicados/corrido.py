"""Lo público de un formato, de corrido y por llave: lo que la interfaz de lectura da por tandas.

El orden no cambia aunque se publique más: las instituciones como se dieron de alta y, en cada una, del registro más viejo al
más nuevo. Con palabras, el del índice de búsqueda: lo más nuevo primero. Ninguna tanda mira más de ``VENTANA`` registros ni
más de ``VISITAS`` instituciones: puede venir corta, y aun así tener siguiente.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import Database, ModelSelect, Select, fn

from models.busqueda.consulta import Consulta
from models.busqueda.motores import indice_de
from models.conteos import PubResumen
from models.domain.catalogo_vigente import Foto
from models.folios import MAXIMO
from models.formatos import Tabla
from models.publicados.filtros import SIN_FILTRO, Filtro, conditions
from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.registros import FilaPublica, read_filas, select_publicos
from models.sujetos import PubSujeto

VENTANA = 3000
VISITAS = 50
LOTE, LOTES = 250, 8
"""Coincidencias que se piden al índice de cada vez, y cuántas veces."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """Una posición: sigue lo que va después de ella o, si es ``hacia_atras``, lo de antes."""

    sujeto_id: int
    id: int
    hacia_atras: bool = False


@dataclass(frozen=True, slots=True)
class Pedido:
    """Qué se quiere leer. Sin institución, de todas; sin ejercicio, de todos los años."""

    tabla: Tabla
    institucion: Institucion | None = None
    ejercicio: int | None = None
    filtro: Filtro = SIN_FILTRO
    consulta: Consulta | None = None

    @property
    def partes(self) -> list[Any]:
        """Las condiciones, sobre la tabla pública."""
        publica: Any = self.tabla.publica
        del_anio = [] if self.ejercicio is None else [publica.ejercicio == self.ejercicio]
        return [*del_anio, *conditions(self.tabla, self.filtro)]

    @property
    def afina(self) -> bool:
        """Si pide algo que ningún índice dice, y hay que mirar registro por registro."""
        return len(self.partes) > (self.ejercicio is not None) + (self.ejercicio is not None and bool(self.filtro.periodo))


@dataclass(frozen=True, slots=True)
class Tanda:
    """Lo leído, cada registro con su institución, y desde dónde se sigue o se vuelve."""

    filas: tuple[tuple[Institucion, FilaPublica], ...] = ()
    siguiente: Lugar | None = None
    anterior: Lugar | None = None


Leidas = tuple[list[tuple[Institucion, FilaPublica]], Lugar | None]
"""Las filas, y dónde se dejó de mirar sin haber llegado al final."""


class Corrido:
    """Las tandas. Necesita una conexión abierta."""

    def __init__(self, base: Database, foto: Callable[[], Foto]) -> None:
        self.base, self.foto = base, foto

    def fetch(self, pedido: Pedido, lugar: Lugar | None, limite: int) -> Tanda:
        """La tanda que sigue a ese lugar (o la primera), de ``limite`` registros cuando más."""
        atras = lugar is not None and lugar.hacia_atras
        filas, borde = (self._por_llave(pedido, lugar, atras, limite + 1) if pedido.consulta is None
                        else self._por_palabras(pedido, lugar, limite + 1))
        visibles = filas[:limite]
        fin = _lugar(visibles[-1], atras) if len(filas) > limite else borde
        if atras:
            principio = _lugar(visibles[0], False) if visibles else lugar and Lugar(lugar.sujeto_id, lugar.id - 1)
            return Tanda(tuple(visibles[::-1]), siguiente=principio, anterior=fin)
        vuelta = _lugar(visibles[0], True) if lugar and visibles and pedido.consulta is None else None
        return Tanda(tuple(visibles), siguiente=fin, anterior=vuelta)

    def _por_llave(self, pedido: Pedido, lugar: Lugar | None, atras: bool, limite: int) -> Leidas:
        filas: list[tuple[Institucion, FilaPublica]] = []
        presupuesto = VENTANA
        ids = self._con_algo(pedido, lugar, atras)
        instituciones = {una.id: una for una in read_instituciones(self.base, ids[:VISITAS])} if ids else {}
        for sujeto_id in ids[:VISITAS]:
            desde = lugar.id if lugar is not None and lugar.sujeto_id == sujeto_id else (MAXIMO if atras else 0)
            suyas, miradas, borde = self._tramo(pedido, sujeto_id, desde, atras, limite - len(filas), presupuesto)
            filas += [(instituciones[sujeto_id], fila) for fila in suyas]
            presupuesto -= miradas
            if len(filas) == limite:
                return filas, None
            if borde is not None:
                return filas, Lugar(sujeto_id, borde, atras)
        return filas, Lugar(ids[VISITAS], MAXIMO if atras else 0, atras) if len(ids) > VISITAS else None

    def _tramo(
        self, pedido: Pedido, sujeto_id: int, desde: int, atras: bool, limite: int, presupuesto: int,
    ) -> tuple[list[FilaPublica], int, int | None]:
        """Las filas de una institución, cuántas se miraron y, si se acabó el presupuesto, dónde."""
        publica: Any = pedido.tabla.publica
        consulta = select_publicos(pedido.tabla, sujeto_id).where(
            publica.id < desde if atras else publica.id > desde,
            *([] if pedido.ejercicio is None else [publica.ejercicio == pedido.ejercicio]),
        ).order_by(publica.id.desc() if atras else publica.id.asc())
        miradas, borde = self._borde(consulta, publica, atras, presupuesto) if pedido.afina else (0, None)
        if borde is not None:
            consulta = consulta.where(publica.id >= borde if atras else publica.id <= borde)
        filas = read_filas(self.base, consulta.where(*pedido.partes).limit(limite).bind(self.base))
        return filas, miradas, borde if len(filas) < limite else None

    def _borde(self, consulta: ModelSelect, publica: Any, atras: bool, presupuesto: int) -> tuple[int, int | None]:
        """Cuántos caben en el presupuesto, y el último si no caben todos; se lee solo del índice."""
        dentro = consulta.select(publica.id).limit(max(presupuesto, 1))
        extremo = fn.MIN(dentro.c.id) if atras else fn.MAX(dentro.c.id)
        [(n, borde)] = list(Select([dentro], [fn.COUNT(dentro.c.id), extremo]).bind(self.base).tuples())
        return int(n), int(borde) if n == max(presupuesto, 1) else None

    def _con_algo(self, pedido: Pedido, lugar: Lugar | None, atras: bool) -> list[int]:
        """Las instituciones que siguen y tienen algo de eso, según los contadores: una más de las que se visitarán."""
        if pedido.institucion is not None:
            return [pedido.institucion.id]
        todas = [id_ for (id_,) in PubSujeto.select(PubSujeto.sujeto_id).bind(self.base).tuples()]
        if lugar is not None:
            todas = [id_ for id_ in todas if (id_ <= lugar.sujeto_id if atras else id_ >= lugar.sujeto_id)]
        partes = [] if pedido.ejercicio is None else [PubResumen.ejercicio == pedido.ejercicio]
        if pedido.filtro.periodo:
            partes.append(PubResumen.periodo == pedido.filtro.periodo)
        suyas = PubResumen.select(PubResumen.sujeto_id).where(
            PubResumen.sujeto_id.in_(sorted(todas) or [0]), PubResumen.clave == pedido.tabla.clave, PubResumen.n > 0, *partes)
        suyas = suyas.distinct().order_by(PubResumen.sujeto_id.desc() if atras else PubResumen.sujeto_id).limit(VISITAS + 1)
        return [int(id_) for (id_,) in suyas.bind(self.base).tuples()]

    def _por_palabras(self, pedido: Pedido, lugar: Lugar | None, limite: int) -> Leidas:
        assert pedido.consulta is not None
        filas: list[tuple[Institucion, FilaPublica]] = []
        sujeto = pedido.institucion.id if pedido.institucion else None
        antes = lugar.id if lugar else None
        for _ in range(LOTES):
            pares = indice_de(self.base).buscar(pedido.consulta, sujeto, pedido.tabla.clave, antes, LOTE)
            filas += self._leer(pedido, pares)[:limite - len(filas)]
            if len(filas) == limite or len(pares) < LOTE:
                return filas, None
            antes = pares[-1][1]
        return filas, Lugar(0, antes or 0)

    def _leer(self, pedido: Pedido, pares: Iterable[tuple[int, int]]) -> list[tuple[Institucion, FilaPublica]]:
        """Lo hallado que además cumple lo demás, en el orden en que se halló."""
        por_sujeto: dict[int, list[int]] = {}
        for sujeto_id, id_ in pares:
            por_sujeto.setdefault(sujeto_id, []).append(id_)
        publica: Any = pedido.tabla.publica
        leidas = []
        for institucion in read_instituciones(self.base, por_sujeto) if por_sujeto else []:
            suyas = select_publicos(pedido.tabla, institucion.id).where(
                publica.id.in_(por_sujeto[institucion.id]), *pedido.partes)
            leidas += [(institucion, fila) for fila in read_filas(self.base, suyas.bind(self.base))]
        return sorted(leidas, key=lambda leida: -leida[1].id)


def _lugar(leida: tuple[Institucion, FilaPublica], hacia_atras: bool) -> Lugar:
    return Lugar(leida[0].id, leida[1].id, hacia_atras)
