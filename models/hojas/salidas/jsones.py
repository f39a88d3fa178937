"""Los registros en JSON: los mismos datos que se guardan, con sus direcciones completas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from fracciones_config import TipoCampo
from models.domain.protegidos import read_marcas
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.salidas import instantes
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.renglones import Bloque, Fila, Titular
from models.publicados.copias import Baja
from models.publicados.registros import declared_only


def head_of(tabla: Tabla, siglas: str, nombre: str, ejercicio: int | None) -> dict[str, Any]:
    """Lo que va antes de los registros: de quién son, qué son y qué campos llevan."""
    return {"institucion": {"siglas": siglas, "nombre": nombre}, **head_of_formato(tabla, ejercicio)}


def head_of_formato(tabla: Tabla, ejercicio: int | None) -> dict[str, Any]:
    """Lo mismo, si son de varias instituciones: cada registro dice la suya."""
    formato = tabla.formato
    return {"formato": {"clave": formato.clave, "nombre": formato.nombre, "fundamento": formato.fundamento},
            "ejercicio": ejercicio,
            "campos": [{"nombre": c.nombre, "tipo": str(c.tipo), "etiqueta": c.etiqueta} for c in formato.campos]}


def write_json(
    tabla: Tabla, bloques: Iterable[Bloque], enlaces: Enlaces, cabeza: Mapping[str, Any] | None,
    bajas: Iterable[Mapping[str, Any]] | None = None,
) -> Iterator[bytes]:
    """Un documento con la ``cabeza`` y ``registros`` o, sin ella, la lista sola. Se escribe conforme se lee.

    Con ``cabeza`` puede llevar además ``bajas`` (``to_baja``): al final, en «retirados».
    """
    yield orjson.dumps(cabeza)[:-1] + b',"registros":[' if cabeza is not None else b"["
    separador = b"\n"
    for bloque in bloques:
        if bloque.filas:
            yield separador + b",\n".join(map(orjson.dumps, to_registros(tabla, bloque, enlaces)))
            separador = b",\n"
    if bajas is not None:
        yield b'\n],"retirados":['
        for lugar, baja in enumerate(bajas):
            yield (b",\n" if lugar else b"\n") + orjson.dumps(baja)
    yield b"\n]}\n" if cabeza is not None else b"\n]\n"


def to_baja(tabla: Tabla, titular: Titular, baja: Baja, enlaces: Enlaces) -> dict[str, Any]:
    """La lápida de un registro que ya no está: con ella, quien guarda una copia sabe qué quitar."""
    [cuando], folio = instantes.to_iso([baja.instante]), a_folio(baja.id)
    return {"folio": folio, "direccion": enlaces.registro(titular.siglas, tabla.clave) + folio, "so": titular.siglas,
            "institucion": titular.nombre, "ejercicio": baja.ejercicio or None, "periodo": baja.periodo or None,
            "retirado_en": cuando, "motivo": baja.motivo}


def to_registros(tabla: Tabla, bloque: Bloque, enlaces: Enlaces) -> Iterator[dict[str, Any]]:
    """Cada registro del bloque. ``datos`` lleva los datos tal como se guardan; a los archivos se les suma su dirección."""
    siglas, nombre = bloque.titular.siglas, bloque.titular.nombre
    antes = enlaces.registro(siglas, tabla.clave)
    fechas = zip(*(instantes.to_iso([getattr(fila, cual) for fila in bloque.filas])
                   for cual in ("actualizado_en", "validado_en", "desde")), strict=True)
    for fila, folio, contenido, vacios, (actualizado, validado, desde) in zip(
            bloque.filas, bloque.folios, bloque.contenidos, bloque.vacios, fechas, strict=True):
        yield {
            "folio": folio, "direccion": antes + folio, "so": siglas, "institucion": nombre, "version": fila.numero,
            **({"estado": fila.estado} if enlaces.de_trabajo else {}),
            "ejercicio": fila.ejercicio or None, "periodo": fila.periodo or None,
            "fecha_actualizacion": actualizado or None, "fecha_validacion": validado or None, "publico_desde": desde or None,
            "datos": _datos(tabla, fila, contenido["datos"], siglas, enlaces),
            "vacios": {n: vacio for n, vacio in vacios.items() if n in tabla.formato.por_nombre},
            **_protegidos(tabla, contenido)}


def _protegidos(tabla: Tabla, contenido: Mapping[str, Any]) -> dict[str, Any]:
    """Qué se suprimió, desde cuándo y por qué acta; la llave solo va si algo se suprimió."""
    marcas = {nombre: marca for nombre, marca in read_marcas(contenido).items() if nombre in tabla.formato.por_nombre}
    return {"protegidos": marcas} if marcas else {}


def _datos(tabla: Tabla, fila: Fila, guardados: Mapping[str, Any], siglas: str, enlaces: Enlaces) -> dict[str, Any]:
    """Los campos que el formato declara hoy, en orden; lo que ya no tiene la forma de su campo, como texto."""
    propios, ajenos = declared_only(tabla, guardados, es_viejo=fila.catalogo != tabla.numero)
    todos: dict[str, Any] = {**ajenos, **propios}
    for campo in tabla.formato.campos:
        if campo.tipo is TipoCampo.ARCHIVO and campo.nombre in propios:
            dato = todos[campo.nombre]
            todos[campo.nombre] = {**{llave: dato[llave] for llave in ("nombre", "bytes", "sha256", "tipo") if llave in dato},
                                   "direccion": enlaces.archivo(siglas, tabla.clave, dato)}
    return {nombre: todos[nombre] for nombre in tabla.formato.por_nombre if nombre in todos}
