"""Verificar: leer, y solo leer, lo que una institución todavía no publica. Cada lectura queda apuntada, y la institución la ve.

Pide un permiso propio del órgano garante. La lectura se apunta en la misma transacción en que se hace: no hay una sin la otra.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peewee import fn

from models.base import db
from models.conteos import Tablero
from models.domain.errores import NoExiste, NoPermitido
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Rol, puede_en_todo
from models.folios import nuevo_id
from models.formatos import Tabla
from models.lecturas import Lectura
from models.presentacion.registro import title_of
from models.reloj import ahora
from models.sujetos import SujetoObligado

SIN_PUBLICAR = (Estado.CAPTURADO, Estado.DEVUELTO, Estado.REVISADO)
PAGINA = 50


def count_sin_publicar(actor: Actor, sujeto: SujetoObligado) -> dict[str, int]:
    """Formato → cuántos registros tiene sin publicar. Solo cuenta: no lee ninguno y no se apunta."""
    _require(actor)
    filas = Tablero.select(Tablero.clave, fn.SUM(Tablero.n)).where(
        Tablero.sujeto_id == sujeto.id, Tablero.estado.in_(SIN_PUBLICAR)).group_by(Tablero.clave).tuples()
    return {clave: int(n) for clave, n in filas if n}


def read_lista(actor: Actor, sujeto: SujetoObligado, tabla: Tabla, desde: int | None = None) -> list[Any]:
    """Los registros sin publicar de un formato, lo más nuevo primero, a partir del id ``desde`` (sin él). Queda apuntado."""
    _require(actor)
    modelo = tabla.trabajo
    consulta = modelo.select().where(modelo.sujeto_id == sujeto.id, modelo.estado.in_(SIN_PUBLICAR))
    if desde is not None:
        consulta = consulta.where(modelo.id < desde)
    with db.atomic():
        filas = list(consulta.order_by(modelo.id.desc()).limit(PAGINA))
        if filas:
            _log(actor, sujeto.id, tabla.clave, None, "", len(filas))
    return filas


def read_registro(actor: Actor, sujeto: SujetoObligado, tabla: Tabla, identificador: int) -> Any:
    """Un registro sin publicar. Queda apuntado. Lanza ``NoExiste`` si no es de esa institución o ya se publicó."""
    _require(actor)
    modelo = tabla.trabajo
    with db.atomic():
        fila = modelo.get_or_none(modelo.sujeto_id == sujeto.id, modelo.id == identificador, modelo.estado.in_(SIN_PUBLICAR))
        if fila is None:
            raise NoExiste()
        _log(actor, sujeto.id, tabla.clave, fila.id, title_of(tabla.formato, fila), 1)
    return fila


def lecturas_de(actor: Actor, sujeto_id: int, hasta: int = 500) -> list[Lectura]:
    """Quién ha leído qué, lo más nuevo primero: lo ven la Unidad de la institución y quien verifica. Lanza ``NoExiste``."""
    es_su_unidad = actor.rol is Rol.UNIDAD and actor.sujeto_id == sujeto_id
    if not es_su_unidad and not puede_en_todo(actor, Accion.VERIFICAR):
        raise NoExiste()
    return list(Lectura.select().where(Lectura.sujeto_id == sujeto_id).order_by(Lectura.id.desc()).limit(hasta))


def names_by_clave(tablas: Mapping[str, Tabla], lecturas: list[Lectura]) -> dict[str, str]:
    """Formato → su nombre; la clave, si ya no está en el catálogo."""
    return {clave: tablas[clave].formato.nombre_corto if clave in tablas else clave for clave in {u.clave for u in lecturas}}


def _require(actor: Actor) -> None:
    if not puede_en_todo(actor, Accion.VERIFICAR):
        raise NoPermitido("Leer lo que no se ha publicado pide el permiso de verificación.")


def _log(actor: Actor, sujeto_id: int, clave: str, registro_id: int | None, titulo: str, cuantos: int) -> None:
    Lectura.insert(sujeto_id=sujeto_id, id=nuevo_id(), clave=clave, registro_id=registro_id, titulo=titulo[:200],
                   cuantos=cuantos, por_id=actor.id, por_nombre=actor.nombre, instante=ahora()).execute()
