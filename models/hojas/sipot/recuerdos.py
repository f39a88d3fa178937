"""Guardar con cada registro lo que su renglón oficial traía, y hallarlo al devolverlo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peewee import chunked

from models.cargas import Carga, CargaRegistro
from models.domain.repetidos import fingerprint
from models.formatos import Tabla
from models.hojas.revision.expediente import Expediente
from models.hojas.sipot.memoria import Memoria
from models.sipot import RenglonSipot

TROZO = 500


def keep_memorias(tabla: Tabla, carga: Carga, expediente: Path) -> int:
    """Guarda lo que recuerdan los renglones que una carga acaba de volver registros. Da cuántos.

    Va en la transacción de la carga. De un libro que no es oficial no hay nada que guardar.
    """
    with Expediente.open(expediente) as abierto:
        if not abierto.count("memoria"):
            return 0
        memorias = {int(fila["fila"]): str(fila["texto"]) for fila in abierto.base.execute("SELECT fila, texto FROM memoria")}
    de = CargaRegistro.select(CargaRegistro.registro_id, CargaRegistro.fila).where(
        CargaRegistro.sujeto_id == carga.sujeto_id, CargaRegistro.carga_id == carga.id).tuples()
    registros = {registro: memorias[fila] for registro, fila in de if fila in memorias}
    huellas = dict(_huellas(tabla, carga.sujeto_id, list(registros)))
    filas = [{"sujeto_id": carga.sujeto_id, "registro_id": registro, "huella": huellas[registro], "memoria": memoria}
             for registro, memoria in registros.items() if huellas.get(registro) is not None]
    for trozo in chunked(filas, TROZO):
        RenglonSipot.insert_many(trozo).on_conflict(
            conflict_target=[RenglonSipot.sujeto_id, RenglonSipot.registro_id],
            preserve=[RenglonSipot.huella, RenglonSipot.memoria]).execute()
    return len(filas)


def drop_memorias(carga: Carga) -> None:
    """Olvida lo que guardó de los registros de una carga que se deshace."""
    suyos = CargaRegistro.select(CargaRegistro.registro_id).where(
        CargaRegistro.sujeto_id == carga.sujeto_id, CargaRegistro.carga_id == carga.id)
    RenglonSipot.delete().where(RenglonSipot.sujeto_id == carga.sujeto_id, RenglonSipot.registro_id.in_(suyos)).execute()


def read_memorias(sujeto_id: int, registros: list[int]) -> dict[int, tuple[int, str]]:
    """De cada registro que la tiene: la huella con que vale y su memoria, en JSON."""
    filas = RenglonSipot.select(RenglonSipot.registro_id, RenglonSipot.huella, RenglonSipot.memoria).where(
        RenglonSipot.sujeto_id == sujeto_id, RenglonSipot.registro_id.in_(registros)).tuples()
    return {registro: (huella, memoria) for registro, huella, memoria in filas}


def memoria_of(recordada: tuple[int, str] | None, datos: dict[str, Any], vacios: dict[str, Any]) -> Memoria | None:
    """La memoria de un registro, si su contenido sigue siendo el que llegó."""
    if recordada is None or fingerprint(datos, vacios) != recordada[0]:
        return None
    return Memoria.de_json(recordada[1])


def _huellas(tabla: Tabla, sujeto_id: int, registros: list[int]) -> Iterator[tuple[int, int]]:
    modelo = tabla.trabajo
    for trozo in chunked(registros, TROZO):
        yield from modelo.select(modelo.id, modelo.huella).where(
            modelo.sujeto_id == sujeto_id, modelo.id.in_(trozo)).tuples()
