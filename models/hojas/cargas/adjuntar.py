"""Los archivos que vienen junto al libro: se reciben, y se les busca por el nombre que dicen las celdas."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace

from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import ArchivoRechazado, receive
from models.base import db
from models.cargas import Carga, CargaArchivo
from models.domain.catalogo_vigente import vigente
from models.domain.errores import ActoImposible
from models.domain.lectores.crudo import plegar
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.decisiones import check_again, require_suya
from models.hojas.cargas.reparto import Reparto, share_archivos
from models.hojas.cargas.situaciones import VIVAS, Situacion
from models.hojas.cargas.zips import Rechazado, Subido, unpack
from models.hojas.revision.expediente import Expediente


def attach_archivos(actor: Actor, carga: Carga, almacen: AlmacenEnDisco, subidos: Iterable[Subido]) -> Reparto:
    """Recibe archivos (o un ``.zip``), los reparte por nombre y, si alguno hacía falta, manda revisar otra vez.

    Lanza ``ArchivoRechazado`` por un ``.zip`` que no se puede abrir; los demás rechazos van en el reparto, uno por uno.
    """
    require_suya(actor, carga)
    if carga.situacion not in VIVAS or carga.situacion == Situacion.CONFIRMADA:
        raise ActoImposible("Esta carga ya terminó. Los archivos que falten se agregan en «Archivos pendientes».")
    hacian_falta = {plegar(nombre) for nombre in read_reparto(carga).faltan}
    llegados, rechazados = receive_todos(actor, vigente.foto.tablas[carga.clave], almacen, subidos)
    with db.atomic():
        for plegado, archivo in llegados.items():
            _note(carga, plegado, archivo.id)
        if carga.situacion == Situacion.REVISADA and hacian_falta & llegados.keys():
            check_again(actor, carga)
    return replace(_with_llegados(read_reparto(carga), set(llegados)), rechazados=tuple(rechazados))


def receive_todos(
    actor: Actor, tabla: Tabla, almacen: AlmacenEnDisco, subidos: Iterable[Subido],
) -> tuple[dict[str, Archivo], list[tuple[str, str]]]:
    """Recibe cada uno con las reglas de siempre. Da los aceptados, por su nombre plegado, y los rechazados con su porqué."""
    acepta = accepted_by(tabla)
    llegados: dict[str, Archivo] = {}
    rechazados: list[tuple[str, str]] = []
    for subido in unpack(subidos):
        if isinstance(subido, Rechazado):
            rechazados.append((subido.nombre, subido.razon))
            continue
        try:
            archivo = receive(actor, almacen, subido.nombre, subido.flujo, acepta)
        except ArchivoRechazado as error:
            rechazados.append((subido.nombre, str(error)))
            continue
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            rechazados.append((subido.nombre, "Está dañado dentro del .zip. Hágalo de nuevo o súbalo suelto."))
            continue
        previo = llegados.setdefault(plegar(archivo.nombre), archivo)
        if previo.sha256 != archivo.sha256:
            rechazados.append((archivo.nombre, "Vienen dos archivos distintos con ese nombre; se tomó el primero."))
    return llegados, rechazados


def accepted_by(tabla: Tabla) -> tuple[str, ...]:
    """Lo que admiten los campos de archivo de un formato. Lanza ``ActoImposible`` si no tiene ninguno."""
    acepta = dict.fromkeys(tipo for campo in tabla.formato.campos if campo.tipo == "archivo" for tipo in campo.acepta)
    if not acepta:
        raise ActoImposible("Este formato no lleva archivos.")
    return tuple(acepta)


def read_reparto(carga: Carga) -> Reparto:
    """Cómo van los archivos de una carga; vacío si todavía no se lee el libro."""
    ruta = carpeta.ruta_de(carga)
    if not ruta.is_file():
        return Reparto()
    with Expediente.open(ruta) as expediente:
        return share_archivos(carga, expediente)


def _with_llegados(reparto: Reparto, llegados: set[str]) -> Reparto:
    """Lo que acaba de llegar ya no falta, aunque el libro todavía no se haya revisado otra vez."""
    faltan = tuple(nombre for nombre in reparto.faltan if plegar(nombre) not in llegados)
    hallados = tuple(sorted({*reparto.hallados, *reparto.faltan} - set(faltan)))
    return replace(reparto, hallados=hallados, faltan=faltan)


def _note(carga: Carga, plegado: str, archivo_id: int) -> None:
    """Apunta que ese nombre es ese archivo; el último que llega con un nombre es el que vale."""
    CargaArchivo.insert(sujeto_id=carga.sujeto_id, carga_id=carga.id, nombre=plegado, archivo_id=archivo_id).on_conflict(
        conflict_target=[CargaArchivo.sujeto_id, CargaArchivo.carga_id, CargaArchivo.nombre],
        update={CargaArchivo.archivo_id: archivo_id}).execute()
