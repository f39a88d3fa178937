"""Abrir lo sellado: el original de un dato protegido. Pide un permiso que se da expresamente, y cada lectura queda apuntada.

La lectura se apunta en la misma transacción en que se hace, como las de ``models.domain.verificados``: la Unidad de la
institución la ve.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo, Catalogo, TipoCampo
from models.base import db
from models.domain.errores import NoExiste, NoPermitido
from models.domain.permissions import Accion, Actor, puede_en_todo
from models.folios import nuevo_id
from models.lecturas import Lectura
from models.presentacion.textos import texto
from models.reloj import ahora
from models.sellado import Sellado
from models.sujetos import SujetoObligado

TOPE = 500


@dataclass(frozen=True, slots=True)
class Abierto:
    """Un original, ya leído. ``archivo`` es su huella SHA-256, si el dato es uno."""

    sellado: Sellado
    etiqueta: str
    renglones: list[str]
    archivo: str | None


def list_sellados(actor: Actor, sujeto: SujetoObligado) -> list[Sellado]:
    """Los de una institución, el más reciente primero; su original no se enseña. Lanza ``NoPermitido``."""
    _require(actor)
    return list(Sellado.select().where(Sellado.sujeto_id == sujeto.id).order_by(Sellado.id.desc()).limit(TOPE))


def label_of(catalogo: Catalogo, sellado: Sellado) -> str:
    """De qué campo es: «Contrapartes: Nombre»; su nombre, si el formato ya no lo tiene."""
    campo = _campo(catalogo, sellado)
    if campo is None:
        return str(sellado.campo)
    columna = next((c for c in campo.campos if c.nombre == sellado.columna), None)
    return f"{campo.etiqueta}: {columna.etiqueta}" if columna else str(campo.etiqueta)


def open_sellado(actor: Actor, catalogo: Catalogo, sujeto: SujetoObligado, identificador: int) -> Abierto:
    """Abre un original y apunta quién lo leyó. Lanza ``NoPermitido`` o ``NoExiste``."""
    _require(actor)
    with db.atomic():
        sellado = Sellado.get_or_none(Sellado.sujeto_id == sujeto.id, Sellado.id == identificador)
        if sellado is None:
            raise NoExiste()
        etiqueta = label_of(catalogo, sellado)
        Lectura.insert(sujeto_id=sujeto.id, id=nuevo_id(), clave=sellado.clave, registro_id=sellado.registro_id,
                       titulo=f"Dato sellado: {etiqueta}"[:200], cuantos=1, por_id=actor.id, por_nombre=actor.nombre,
                       instante=ahora()).execute()
    return Abierto(sellado, etiqueta, _read(_campo(catalogo, sellado), sellado), sellado.sha256)


def _require(actor: Actor) -> None:
    if not puede_en_todo(actor, Accion.ABRIR_SELLADO):
        raise NoPermitido("Abrir lo sellado pide un permiso que se da expresamente.")


def _campo(catalogo: Catalogo, sellado: Sellado) -> Campo | None:
    formato = catalogo.por_clave.get(sellado.clave)
    return formato.por_nombre.get(sellado.campo) if formato else None


def _read(campo: Campo | None, sellado: Sellado) -> list[str]:
    """El original como lo lee una persona; de una tabla o una columna, un renglón por línea."""
    dato = json.loads(sellado.original)
    if campo is None:
        return [json.dumps(dato, ensure_ascii=False)]
    if sellado.columna:
        columna = next((c for c in campo.campos if c.nombre == sellado.columna), None)
        return [_said(columna, celda) or "(en blanco)" for celda in dato]
    if campo.tipo is TipoCampo.TABLA:
        return [" · ".join(f"{c.etiqueta}: {_said(c, renglon[c.nombre])}" for c in campo.campos if c.nombre in renglon)
                for renglon in dato]
    return [_said(campo, dato)]


def _said(campo: Campo | None, dato: Any) -> str:
    if dato is None:
        return ""
    try:
        return texto(campo, dato) if campo else str(dato)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return json.dumps(dato, ensure_ascii=False)
