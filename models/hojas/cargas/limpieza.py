"""Que nada quede huérfano: expedientes de cargas que ya acabaron, archivos que llegaron con un libro que no se cargó, y restos
de lo que se interrumpió. Los libros originales de lo cargado se conservan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from peewee import fn

from models.adjuntos import Archivo, PubArchivo, RegistroArchivo
from models.base import db
from models.cargas import Carga, CargaArchivo
from models.folios import de_folio
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.consulta import read_resumen
from models.hojas.cargas.situaciones import Situacion
from models.reloj import ahora
from models.sellado import Sellado

DIAS = 30
"""Los que se guarda el expediente de una carga con renglones por corregir, y los que se espera a que alguien la confirme."""

_MS_POR_DIA = 24 * 3600 * 1000
REPOSO = 24 * 3600.0
"""Segundos que algo lleva quieto antes de tirarlo: lo que se está escribiendo no se toca."""

SIN_CARGAR = (Situacion.CANCELADA, Situacion.RECHAZADA)
MUERTAS = (*SIN_CARGAR, Situacion.DESHECHA)


def purge_cargas() -> int:
    """Tira lo que ya no sirve. Da cuántas cosas. Se puede repetir, y que la interrumpan."""
    return _cancel_olvidadas() + sum(1 for ruta in _expedientes_de_mas() if _unlink(ruta)) + _purge_archivos() + sum(
        1 for ruta in _restos() if _unlink(ruta))


def _cancel_olvidadas() -> int:
    """Lo que nadie confirmó en un mes ya no se va a cargar así."""
    limite = ahora() - DIAS * _MS_POR_DIA
    return int(Carga.update(situacion=Situacion.CANCELADA, cambiado_en=ahora(), mensaje="Nadie la confirmó en 30 días.").where(
        Carga.situacion.in_([Situacion.REVISADA, Situacion.INTERRUMPIDA]), Carga.cambiado_en < limite).execute())


def _expedientes_de_mas() -> Iterator[Path]:
    for ruta in carpeta.expedientes.iterdir():
        sujeto, _, folio = ruta.name.partition(".")[0].partition("-")
        try:
            carga = Carga.get_or_none(Carga.sujeto_id == int(sujeto), Carga.id == de_folio(folio))
        except ValueError:
            continue
        if carga is None or (ruta.name != carpeta.ruta_de(carga).name and _is_quieto(ruta)) or _ya_no_sirve(carga):
            yield ruta


def _ya_no_sirve(carga: Carga) -> bool:
    """Lo cargado completo, o lo que murió; con renglones malos se guarda un mes, para su libro de errores."""
    if carga.situacion in MUERTAS:
        return True
    resumen = read_resumen(carga)
    por_corregir = resumen.get("malos", 0) + resumen.get("por_corregir", 0)
    vieja = carga.cambiado_en < ahora() - DIAS * _MS_POR_DIA
    return carga.situacion == Situacion.CARGADA and (not por_corregir or vieja)


def _purge_archivos() -> int:
    """Los archivos y el libro de lo que no se cargó, y los que sobraron de lo que sí (``load`` olvida los que usó)."""
    quietas = Carga.cambiado_en < ahora() - _MS_POR_DIA
    propios = CargaArchivo.select(CargaArchivo.archivo_id).where(
        CargaArchivo.sujeto_id == Carga.sujeto_id, CargaArchivo.carga_id == Carga.id)
    con_archivos = list(Carga.select().where(
        Carga.situacion.in_([*SIN_CARGAR, Situacion.CARGADA]), quietas, fn.EXISTS(propios)))
    sin_cargar = list(Carga.select().where(Carga.situacion.in_(SIN_CARGAR), quietas))
    huellas = {carga.sha256 for carga in sin_cargar} | {sha256 for carga in con_archivos for sha256 in _drop_filas(carga)}
    return sum(1 for sha256 in huellas if _drop_contenido(sha256))


def _drop_filas(carga: Carga) -> set[str]:
    """Olvida los archivos que llegaron con la carga y ningún registro usa. Da sus huellas."""
    suyos = (CargaArchivo.sujeto_id == carga.sujeto_id) & (CargaArchivo.carga_id == carga.id)
    huellas = set()
    with db.atomic():
        for (archivo_id,) in list(CargaArchivo.select(CargaArchivo.archivo_id).where(suyos).tuples()):
            suyo = (Archivo.sujeto_id == carga.sujeto_id) & (Archivo.id == archivo_id)
            usado = RegistroArchivo.select().where(
                RegistroArchivo.sujeto_id == carga.sujeto_id, RegistroArchivo.archivo_id == archivo_id).exists()
            archivo = None if usado else Archivo.get_or_none(suyo)
            if archivo is not None:
                huellas.add(archivo.sha256)
                Archivo.delete().where(suyo).execute()
        CargaArchivo.delete().where(suyos).execute()
    return huellas


def _drop_contenido(sha256: str) -> bool:
    """Borra del disco lo que ya nadie nombra y lleva un día quieto (guardar lo mismo otra vez lo despierta)."""
    nombrado = any(modelo.select().where(modelo.sha256 == sha256).exists() for modelo in (Archivo, PubArchivo, Sellado))
    vivo = Carga.select().where(Carga.sha256 == sha256, Carga.situacion.not_in(SIN_CARGAR)).exists()
    ruta = carpeta.almacen.ruta(sha256)
    return not nombrado and not vivo and _is_quieto(ruta) and _unlink(ruta)


def _restos() -> Iterator[Path]:
    """Lo que se estaba subiendo cuando mataron al proceso."""
    for ruta in carpeta.almacen.carpeta.glob(".subiendo-*"):
        if _is_quieto(ruta):
            yield ruta


def _is_quieto(ruta: Path) -> bool:
    try:
        return time.time() - ruta.stat().st_mtime > REPOSO
    except FileNotFoundError:
        return False


def _unlink(ruta: Path) -> bool:
    ruta.unlink(missing_ok=True)
    return True
