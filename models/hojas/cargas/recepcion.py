"""Recibir un libro: se mira por fuera lo que es, se guarda tal como llegó y se manda a revisar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import clean_nombre
from models.base import db
from models.cargas import Carga
from models.domain.declaradas import read_declaradas
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.permissions import Accion, Actor, puede_en_formato
from models.folios import nuevo_id
from models.formatos import Tabla
from models.hojas.cargas.encargo import REVISAR, entrust
from models.hojas.libros.inspeccion import inspect_libro
from models.hojas.libros.limites import Limites
from models.hojas.libros.rechazo import LibroRechazado
from models.reloj import ahora

_DISCO_MINIMO = 100 * 1024 * 1024


def receive_libro(
    actor: Actor, tabla: Tabla, almacen: AlmacenEnDisco, nombre: str, flujo: BinaryIO, opciones: Mapping[str, Any],
) -> Carga:
    """Guarda el libro y encarga su revisión. ``opciones``: ``{"ejercicio", "periodo"}``, los que la persona eligió.

    Lanza ``LibroRechazado`` (una frase para la persona; nada queda guardado), ``NoPermitido`` o ``ActoImposible``.
    """
    require_captura(actor, tabla)
    if almacen.libre() < _DISCO_MINIMO:
        raise ActoImposible("El servidor no tiene espacio para más libros. Avise a su Unidad de Información.")
    nombre = clean_nombre(nombre)
    forma = ""

    def revisar(ruta: Path) -> None:
        nonlocal forma
        forma = inspect_libro(ruta)

    sha256, tamano = almacen.guardar(flujo, Limites().bytes, _de_mas, revisar)
    instante = ahora()
    with db.atomic():
        carga = Carga.create(
            sujeto_id=actor.sujeto_id, id=nuevo_id(), clave=tabla.clave, usuario_id=actor.id, nombre=nombre, sha256=sha256,
            bytes=tamano, forma=forma, opciones=json.dumps(dict(opciones), ensure_ascii=False), catalogo=tabla.numero,
            creado_en=instante, cambiado_en=instante)
        entrust(carga, REVISAR, actor.id)
    return carga  # type: ignore[no-any-return]


def require_captura(actor: Actor, tabla: Tabla) -> None:
    """Lanza si esta persona no carga libros en este formato."""
    if actor.sujeto_id is None or not puede_en_formato(actor, Accion.CAPTURAR, actor.sujeto_id, tabla.clave):
        raise NoPermitido("No tiene este formato asignado; pídalo a su Unidad de Información.")
    if tabla.formato.proyeccion is not None:
        raise ActoImposible("Este formato se llena desde su propia pantalla, que también lee hojas de Excel: "
                            "«Organigrama» o «Directorio».")
    if (declaradas := read_declaradas(actor.sujeto_id, tabla.clave)).no_aplica:
        raise ActoImposible(declaradas.reason(None, None) or "")


def _de_mas() -> LibroRechazado:
    return LibroRechazado("El libro pesa más de 30 MB. Divídalo en dos o más libros, o quítele imágenes, y súbalo de nuevo.")
