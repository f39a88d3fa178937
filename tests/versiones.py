"""Las versiones públicas, como se leen desde que la de hoy está una sola vez; y como las guardaba una base de antes."""

from typing import Any

from peewee import Value

from models.actos import PubVersion
from models.actos_publicos import PubActo
from models.base import db
from models.domain.catalogo_vigente import vigente
from models.formatos import Tabla
from models.versiones_publicas import VersionPublica, read_versiones


def versiones_de(tabla: Tabla, registro: int) -> list[VersionPublica]:
    """Todas las de un registro, de la primera a la de hoy."""
    modelo: Any = tabla.trabajo
    return read_versiones(db.obj, tabla.clave, modelo.get(modelo.id == registro).sujeto_id, [registro])


def como_antes() -> int:
    """Deja la base como la dejaba el programa de antes: la versión de hoy, también en ``pub_version``. Da cuántas eran."""
    n = 0
    for clave, tabla in vigente.foto.tablas.items():
        publica: Any = tabla.publica
        iguales = ("sujeto_id", "ejercicio", "periodo", "numero", "contenido", "catalogo", "actualizado_en", "validado_en")
        origen = [*(getattr(publica, nombre) for nombre in iguales), publica.id, Value(clave), publica.validado_en]
        destino = [*(getattr(PubVersion, nombre) for nombre in iguales), PubVersion.registro_id, PubVersion.clave,
                   PubVersion.desde]
        PubVersion.insert_from(publica.select(*origen), destino).execute()
        n += publica.select().count()
    return n


def mudar_hoy(milisegundos: int, *ids: int, desde: int = 0) -> None:
    """Como si las versiones de hoy de esos registros (o de todos) hubieran empezado antes; solo las posteriores a ``desde``."""
    for tabla in vigente.foto.tablas.values():
        publica: Any = tabla.publica
        suyas = publica.id.in_(ids) if ids else publica.id > 0
        publica.update(validado_en=publica.validado_en - milisegundos).where(suyas, publica.validado_en > desde).execute()


def empezar(tabla: Tabla, registro: int, numero: int, desde: int, hasta: int | None = None) -> None:
    """Como si esa versión hubiera sido pública entre esos instantes."""
    publica: Any = tabla.publica
    if hasta is None:
        publica.update(validado_en=desde).where(publica.id == registro, publica.numero == numero).execute()
    else:
        PubVersion.update(desde=desde, hasta=hasta).where(
            PubVersion.registro_id == registro, PubVersion.numero == numero).execute()
    primero = PubActo.select(PubActo.sujeto_id, PubActo.id).where(PubActo.registro_id == registro).order_by(PubActo.id).first()
    if numero == 1:
        PubActo.update(instante=desde).where(PubActo.sujeto_id == primero.sujeto_id, PubActo.id == primero.id).execute()
