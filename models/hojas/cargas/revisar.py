"""Revisar un libro: leerlo en otro proceso, cotejarlo con la base y dejar la carga lista para que la persona decida."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from models.base import db
from models.cargas import Carga
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.cotejo import collate
from models.hojas.cargas.cuentas import count_todo
from models.hojas.cargas.decisiones import check_again
from models.hojas.cargas.pedido import build_pedido, read_archivos
from models.hojas.cargas.situaciones import Situacion, move
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.proceso import checking
from models.reloj import ahora
from models.trabajos.cola import Avance


def check_carga(actor: Actor, tabla: Tabla, carga: Carga) -> Iterator[Avance]:
    """Revisa el libro y da su avance, en renglones. Si lo matan, se empieza otra vez del libro original: no deja nada a medias.

    Al terminar la carga queda ``revisada``, o ``rechazada`` con su porqué.
    """
    if not move(carga, (Situacion.RECIBIDA, Situacion.REVISANDO), Situacion.REVISANDO):
        return
    leido_en, ruta, libro = ahora(), carpeta.ruta_de(carga), carpeta.almacen.ruta(carga.sha256)
    if not libro.is_file():
        move(carga, (Situacion.REVISANDO,), Situacion.RECHAZADA, mensaje="El libro ya no está guardado. Súbalo otra vez.")
        return
    lectura = checking(libro, build_pedido(tabla, carga), ruta)
    try:
        while True:
            hecho, total = next(lectura)
            yield Avance(hecho, total, firme=False)
    except StopIteration as fin:
        leido = dict(fin.value)
    except LibroRechazado as rechazo:
        move(carga, (Situacion.REVISANDO,), Situacion.RECHAZADA, mensaje=str(rechazo))
        return
    finally:
        lectura.close()
    resumen = conclude(actor, tabla, carga, leido, leido_en)
    yield Avance(resumen["total"], resumen["total"], firme=False)


def conclude(actor: Actor, tabla: Tabla, carga: Carga, leido: Mapping[str, Any], leido_en: int) -> dict[str, Any]:
    """Coteja el expediente recién hecho y deja la carga ``revisada``. Da su resumen."""
    llegados = read_archivos(carga)
    with Expediente.open(carpeta.ruta_de(carga)) as expediente:
        collate(actor, tabla, expediente, llegados)
        resumen = count_todo(carga, expediente, leido, leido_en)
    if move(carga, (Situacion.REVISANDO,), Situacion.REVISADA, resumen=json.dumps(resumen, ensure_ascii=False),
            catalogo=tabla.numero, forma=resumen["forma"] or carga.forma) and read_archivos(carga) != llegados:
        with db.atomic():
            check_again(actor, carga)  # un archivo llegó cuando ya se repartían
    return resumen
