"""Escribir el paquete: un CSV por formato, leídos por tramos. La memoria no crece con lo publicado."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import orjson

from models.esquemas import table_schema, table_schema_de_tabla
from models.formatos import Tabla
from models.hojas.disposicion import tablas_de
from models.hojas.salidas.aparte import Aparte
from models.hojas.salidas.columnas import Que, columns_of
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.juntos import copy_tablas
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.hojas.salidas.tablas_csv import PROGRAMAS, write_csv
from models.publicados import Institucion, Publicados
from models.publicados.fundidos import Conjunto
from models.volcado.descriptor import Portada, build_descriptor, write_leame, write_licencia
from models.volcado.fijas import DICCIONARIO, INSTITUCIONES, write_diccionario, write_instituciones
from models.volcado.recursos import Caja, Recurso


class Redaccion:
    """Un volcado en curso. ``avance`` da cuántos formatos van; al agotarse, ``destino`` es un .zip completo."""

    def __init__(self, publicados: Publicados, portada: Portada, destino: IO[bytes], carpeta: Path | None = None) -> None:
        self.publicados, self.portada, self.destino, self.carpeta = publicados, portada, destino, carpeta
        self.foto = publicados.foto()
        self.tablas = [self.foto.tablas[formato.clave] for formato in self.foto.catalogo.formatos]
        self.registros = 0

    def avance(self) -> Iterator[int]:
        """Escribe todo, de formato en formato. Las instituciones se leen una vez: todos los archivos hablan de las mismas."""
        with zipfile.ZipFile(self.destino, "w", zipfile.ZIP_DEFLATED) as archivo:
            caja = Caja(archivo, self.portada.creado / 1000)
            with self.publicados.conexion():
                instituciones = self.publicados.instituciones()
            caja.add(INSTITUCIONES, write_instituciones(instituciones, self.portada.base))
            for van, tabla in enumerate(self.tablas, start=1):
                self._write_formato(caja, tabla, instituciones)
                yield van
            caja.add(DICCIONARIO, write_diccionario(caja.descritos))
            descriptor = build_descriptor(self.portada, caja.descritos)
            caja.add_texto("datapackage.json", orjson.dumps(descriptor, option=orjson.OPT_INDENT_2))
            caja.add_texto("LEAME.md", write_leame(self.portada, caja.descritos))
            caja.add_texto("LICENCIA.txt", write_licencia(self.portada.marca))

    def _write_formato(self, caja: Caja, tabla: Tabla, instituciones: list[Institucion]) -> None:
        """El CSV de los registros y, de la misma lectura, el de cada una de sus tablas: dicen lo mismo."""
        formato, enlaces = tabla.formato, Enlaces(self.portada.base)
        with self.publicados.conexion():
            conjunto = self.publicados.fundidos.find(tabla, instituciones=instituciones)
        if not conjunto.instituciones and not formato.activo:
            return
        with ExitStack() as pila:
            apartes = [(campo, pila.enter_context(Aparte(self.carpeta))) for campo in tablas_de(formato)]
            bloques = copy_tablas(formato, self._count(self._bloques(conjunto)), enlaces, PROGRAMAS, apartes)
            caja.add(recurso_de(tabla), write_csv(formato, bloques, enlaces, PROGRAMAS))
            for campo, aparte in apartes:
                esquema = table_schema_de_tabla(formato, campo)
                titulo = f"{formato.nombre_corto}: {campo.etiqueta}"
                caja.add(Recurso(esquema["name"], titulo, campo.ayuda, esquema), aparte.read())

    def _bloques(self, conjunto: Conjunto) -> Iterator[Bloque]:
        for institucion, filas in self.publicados.fundidos.tramos(conjunto):
            yield from to_bloques(Titular(institucion.siglas, institucion.nombre), [filas])

    def _count(self, bloques: Iterable[Bloque]) -> Iterator[Bloque]:
        for bloque in bloques:
            self.registros += len(bloque.filas)
            yield bloque


def recurso_de(tabla: Tabla) -> Recurso:
    """El recurso de los registros de un formato; sus siglas llevan a las instituciones."""
    formato = tabla.formato
    [siglas] = [una.llave for una in columns_of(formato, de_trabajo=False) if una.que is Que.SIGLAS]
    reglas = [{"fields": [siglas], "reference": {"resource": INSTITUCIONES.nombre, "fields": ["siglas"]}}]
    return Recurso(formato.clave, formato.nombre, formato.descripcion, {**table_schema(formato), "foreignKeys": reglas})
