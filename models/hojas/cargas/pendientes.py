"""Los archivos pendientes: los que un libro nombró y no llegaron. Se agregan después, y uno puede servir a muchos registros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import fn

from fracciones_config import Campo
from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.base import db
from models.cargas import ArchivoPendiente, CargaRegistro
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ReglaRota
from models.domain.estados import TRANSICIONES
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.validation import de_canonico, validar
from models.domain.workflow.guardado import Apunte, write_validado
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.cargas.adjuntar import receive_todos
from models.hojas.cargas.zips import Subido

TOPE = 500
"""Registros que se completan por vez; si quedan, se vuelve a pedir y sigue donde iba."""

REBANADA = 100
"""Registros por transacción."""


@dataclass(frozen=True, slots=True)
class Pendiente:
    """Un nombre que falta en un campo: cuántos registros lo esperan, y el folio de uno. ``plegado`` lo identifica."""

    plegado: str
    nombre: str
    campo: str
    registros: int
    ejemplo: str


@dataclass(frozen=True, slots=True)
class Resuelto:
    """A cuántos registros se les puso su archivo, cuántos quedan para otra vez, y qué no se pudo y por qué."""

    registros: int = 0
    quedan: int = 0
    sobran: tuple[str, ...] = ()
    rechazados: tuple[tuple[str, str], ...] = ()


def list_pendientes(actor: Actor, tabla: Tabla, *, desde: str = "", limite: int = 100) -> list[Pendiente]:
    """Los nombres que faltan en los registros de un formato que la persona puede editar, por nombre y después de ``desde``."""
    hallados = []
    for campo in _archivos(tabla):
        p = ArchivoPendiente
        consulta = (_waiting(actor, tabla, campo).select(p.plegado, fn.MIN(p.nombre), fn.COUNT(p.registro_id),
                                                         fn.MIN(p.registro_id))
                    .where(p.plegado > desde).group_by(p.plegado).order_by(p.plegado).limit(limite))
        hallados += [Pendiente(plegado, nombre, campo.nombre, n, a_folio(registro))
                     for plegado, nombre, n, registro in consulta.tuples()]
    return sorted(hallados, key=lambda uno: (uno.plegado, uno.campo))[:limite]


def count_pendientes(actor: Actor, tabla: Tabla) -> int:
    """A cuántos campos de sus registros les falta un archivo nombrado."""
    return sum(_waiting(actor, tabla, campo).count() for campo in _archivos(tabla))


def attach_pendiente(
    actor: Actor, tabla: Tabla, almacen: AlmacenEnDisco, plegado: str, campo: str, subido: Subido,
) -> Resuelto:
    """Pone ese archivo, se llame como se llame, a todos los registros que esperan ese nombre en ese campo.

    Lanza ``ArchivoRechazado``.
    """
    elegido = tabla.formato.por_nombre[campo]
    archivo = receive(actor, almacen, subido.nombre, subido.flujo, elegido.acepta)
    return _put(actor, tabla, {plegado: archivo}, [elegido])


def attach_pendientes(actor: Actor, tabla: Tabla, almacen: AlmacenEnDisco, subidos: Iterable[Subido]) -> Resuelto:
    """Recibe varios archivos (o un ``.zip``) y pone cada uno a los registros que lo esperan por su nombre."""
    llegados, rechazados = receive_todos(actor, tabla, almacen, subidos)
    p = ArchivoPendiente
    pedidos = {plegado for campo in _archivos(tabla) for (plegado,) in _waiting(actor, tabla, campo).select(
        p.plegado).where(p.plegado.in_(list(llegados) or [""])).distinct().tuples()}
    hecho = _put(actor, tabla, {plegado: llegados[plegado] for plegado in pedidos}, _archivos(tabla))
    sobran = tuple(sorted(archivo.nombre for plegado, archivo in llegados.items() if plegado not in pedidos))
    return Resuelto(hecho.registros, hecho.quedan, sobran, (*rechazados, *hecho.rechazados))


def _archivos(tabla: Tabla) -> list[Campo]:
    return [campo for campo in tabla.formato.campos if campo.tipo == "archivo"]


def _waiting(actor: Actor, tabla: Tabla, campo: Campo) -> Any:
    """Lo que espera un archivo en ese campo: si alguien ya se lo puso a mano, ya no espera."""
    modelo, p = tabla.trabajo, ArchivoPendiente
    union = (p.sujeto_id == modelo.sujeto_id) & (p.registro_id == modelo.id)
    return p.select().join(modelo, on=union).where(
        p.sujeto_id == actor.sujeto_id, p.clave == tabla.clave, p.campo == campo.nombre, tabla.field(campo.nombre).is_null(),
        modelo.estado.in_(sorted(TRANSICIONES["editar"].de)), *condiciones(actor, Accion.EDITAR, tabla))


def _put(actor: Actor, tabla: Tabla, archivos: dict[str, Archivo], campos: list[Campo]) -> Resuelto:
    """Completa los registros por rebanadas; cada uno como una edición más, si nadie lo cambió en el momento."""
    contexto, puestos, fallas = ContextoDeSujeto(actor.sujeto_id or 0), 0, list[tuple[str, str]]()
    pares = [par for campo in campos for par in _pairs(actor, tabla, campo, list(archivos), TOPE + 1)]
    for inicio in range(0, min(len(pares), TOPE), REBANADA):
        with db.atomic():
            for registro, campo, plegado in pares[inicio:min(inicio + REBANADA, TOPE)]:
                try:
                    puestos += _put_one(actor, tabla, registro, campo, archivos[plegado], contexto)
                except ReglaRota as error:
                    fallas.append((a_folio(registro), str(error)))
    quedan = sum(_waiting(actor, tabla, campo).where(
        ArchivoPendiente.plegado.in_(list(archivos))).count() for campo in campos) if len(pares) > TOPE else 0
    return Resuelto(puestos, quedan, rechazados=tuple(fallas))


def _pairs(actor: Actor, tabla: Tabla, campo: Campo, plegados: list[str], limite: int) -> Iterator[tuple[int, str, str]]:
    p = ArchivoPendiente
    consulta = _waiting(actor, tabla, campo).select(p.registro_id, p.plegado).where(
        p.plegado.in_(plegados or [""])).order_by(p.registro_id).limit(limite)
    for registro, plegado in consulta.tuples():
        yield registro, campo.nombre, plegado


def _put_one(actor: Actor, tabla: Tabla, registro: int, campo: str, archivo: Archivo, contexto: ContextoDeSujeto) -> bool:
    """Pone el archivo en el registro. Falso si ya no hacía falta."""
    modelo = tabla.trabajo
    fila = modelo.get_or_none(modelo.sujeto_id == actor.sujeto_id, modelo.id == registro)
    if fila is None:
        return False
    datos, vacios = de_canonico(fila.contenido)
    vacios.pop(campo, None)
    validacion = validar(tabla.formato, {**datos, campo: a_folio(archivo.id)}, vacios, contexto)
    for problema in validacion.problemas:
        if problema.campo == campo:
            raise ReglaRota(problema.mensaje)
        validacion.datos[problema.campo] = datos[problema.campo]  # ya estaba así: no es de este archivo corregirlo
    hecho = write_validado(actor, tabla, validacion, registro, fila.version,
                           Apunte("editar", f"Se le puso el archivo pendiente «{archivo.nombre}»."))
    suyo = (CargaRegistro.sujeto_id == actor.sujeto_id) & (CargaRegistro.registro_id == registro)
    CargaRegistro.update(version=hecho.version).where(suyo, CargaRegistro.version == fila.version).execute()
    ArchivoPendiente.delete().where(ArchivoPendiente.sujeto_id == actor.sujeto_id, ArchivoPendiente.registro_id == registro,
                                    ArchivoPendiente.campo == campo).execute()
    return not hecho.sin_cambios
