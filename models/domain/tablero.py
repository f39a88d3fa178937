"""El tablero de una persona: sus formatos por artículo, con cuántos hay en rojo, en amarillo y publicados."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from peewee import fn

from fracciones_config import Catalogo, Formato
from models.conteos import Tablero
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Alcance, alcance_de, condiciones
from models.formatos import Tabla

ROJOS = (Estado.CAPTURADO, Estado.DEVUELTO)


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un formato con sus cuentas. ``ultimo`` es el instante del último cambio; 0 si no hay registros."""

    formato: Formato
    rojos: int
    devueltos: int
    amarillos: int
    publicados: int
    ultimo: int

    @property
    def total(self) -> int:
        return self.rojos + self.amarillos + self.publicados


@dataclass(frozen=True, slots=True)
class Articulo:
    """Los renglones de un artículo de la ley."""

    numero: int
    titulo: str
    renglones: list[Renglon]


def board_of(actor: Actor, catalogo: Catalogo, tablas: Mapping[str, Tabla]) -> list[Articulo]:
    """El tablero: los formatos que le tocan y, de cada uno, la cuenta de los registros que puede ver."""
    if actor.sujeto_id is None:
        return []
    cuentas = _cuentas(actor, tablas)
    articulos: dict[tuple[str, int], list[Renglon]] = defaultdict(list)
    for formato in catalogo.activos:
        if formato.clave in actor.claves:
            articulos[(formato.paquete, formato.articulo)].append(_renglon(formato, cuentas[formato.clave]))
    titulos = {(p.clave, a.numero): a.titulo for p in catalogo.paquetes for a in p.articulos}
    return [Articulo(numero, titulos[(paquete, numero)], renglones)
            for (paquete, numero), renglones in sorted(articulos.items())]


def _cuentas(actor: Actor, tablas: Mapping[str, Tabla]) -> dict[str, dict[str, tuple[int, int]]]:
    """clave → estado → (cuántos, último cambio): de los contadores o, si no ve todos los del formato, contando los suyos."""
    filas = Tablero.select(
        Tablero.clave, Tablero.estado, fn.SUM(Tablero.n), fn.MAX(Tablero.ultimo_cambio),
    ).where(Tablero.sujeto_id == actor.sujeto_id).group_by(Tablero.clave, Tablero.estado).tuples()
    cuentas: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for clave, estado, n, ultimo in filas:
        cuentas[clave][estado] = (int(n), ultimo)
    for clave in cuentas.keys() & actor.claves & tablas.keys():
        if not _ve_todos(actor, clave):
            cuentas[clave] = _contar(actor, tablas[clave])
    return cuentas


def _ve_todos(actor: Actor, clave: str) -> bool:
    alcance = alcance_de(actor, Accion.VER)
    return alcance is Alcance.SUJETO or (alcance is Alcance.FORMATOS and clave not in actor.areas)


def _contar(actor: Actor, tabla: Tabla) -> dict[str, tuple[int, int]]:
    modelo = tabla.trabajo
    filas = modelo.select(modelo.estado, fn.COUNT(modelo.id), fn.MAX(modelo.cambiado_en)).where(
        *condiciones(actor, Accion.VER, tabla)).group_by(modelo.estado).tuples()
    return {estado: (int(n), ultimo) for estado, n, ultimo in filas}


def _renglon(formato: Formato, por_estado: dict[str, tuple[int, int]]) -> Renglon:
    n = {estado: por_estado.get(estado, (0, 0))[0] for estado in Estado}
    return Renglon(
        formato=formato, rojos=sum(n[estado] for estado in ROJOS), devueltos=n[Estado.DEVUELTO],
        amarillos=n[Estado.REVISADO], publicados=n[Estado.PUBLICADO],
        ultimo=max((ultimo for _, ultimo in por_estado.values()), default=0))
