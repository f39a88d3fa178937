"""La lectura de un libro, ya en su proceso: hojas, columnas, renglones y expediente."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fracciones_config import TipoCampo
from models.domain.lectores.crudo import is_blank
from models.hojas.letras import letra_de
from models.hojas.libros.apertura import Libro
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.avisos import describe_libro
from models.hojas.revision.entorno import build_entorno
from models.hojas.revision.expediente import BAJA, BUENO, MALO, POR_CORREGIR, Expediente
from models.hojas.revision.hojas import Plano, Reconocido, recognize
from models.hojas.revision.identidad import read_identidad, settle_identidad
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.reparto import share
from models.hojas.revision.subtablas import ColumnaDeTabla, key_of
from models.hojas.revision.trozos import Compilado
from models.hojas.sipot.traducido import translate_libro
from models.presentacion.numeros import contar

Avance = Callable[[int, int], None]


def check(ruta: Path, libro: Libro, pedido: Pedido, destino: Path, avance: Avance) -> dict[str, Any]:
    """Lee un libro abierto y deja su expediente; da el resumen. Lanza ``LibroRechazado``."""
    inicio = time.perf_counter()
    oficial = translate_libro(libro, pedido.formato, [m.nombre for m in pedido.maestros.get("area", ()) if m.vivo])
    libro = libro if oficial is None else oficial
    reconocido = recognize(libro, pedido)
    pedido = settle_identidad(pedido, read_identidad(ruta, libro.forma, reconocido.identidad))
    principal = reconocido.principal
    _require_que_quepa(principal, pedido)
    compilado = Compilado(pedido, reconocido, build_entorno(pedido, oficial is not None))
    with Expediente.create(destino, pedido.fisicas) as expediente:
        _describe(expediente, libro, reconocido, pedido)
        share(principal, compilado, expediente, pedido.procesos, avance)
        expediente.add("memoria", oficial.recuerdos() if oficial else ())
        expediente.add("aviso", [("tabla", texto) for texto in _huerfanos(compilado, principal)])
        expediente.index()
        resumen = _summarize(expediente) | {
            "forma": libro.forma, "hoja": principal.hoja.nombre, "segundos": round(time.perf_counter() - inicio, 2)}
        if not resumen["total"]:
            raise LibroRechazado("El libro trae los encabezados y ningún renglón debajo. Llénelo y súbalo otra vez.")
        expediente.seal(resumen)
    return resumen


def _require_que_quepa(principal: Plano, pedido: Pedido) -> None:
    """Que no haya más renglones de los que se aceptan; los vacíos del final no cuentan."""
    tope = pedido.limites.renglones
    if principal.hoja.alto - principal.rotulos <= tope:
        return
    con_algo = sum(1 for _, celdas in principal.rows() if any(celdas))
    if con_algo > tope:
        raise LibroRechazado(f"El libro trae {con_algo:,} renglones y se aceptan {tope:,}. Divídalo y súbalo por partes.")


def _describe(expediente: Expediente, libro: Libro, reconocido: Reconocido, pedido: Pedido) -> None:
    """Apunta las hojas, las columnas y lo que hay que saber del libro."""
    planos = {reconocido.principal.hoja.nombre: (None, reconocido.principal)} | {
        plano.hoja.nombre: (pedido.formato.por_nombre[nombre], plano) for nombre, plano in reconocido.tablas.items()}
    expediente.add("hoja", [(orden, nombre, clase) for orden, (nombre, clase) in enumerate(reconocido.hojas)])
    for hoja, (tabla, plano) in planos.items():
        campo = tabla.nombre if tabla else None
        expediente.add("columna", [
            (hoja, columna.posicion, letra_de(columna.posicion + 1), columna.encabezado,
             campo or columna.llave or None, columna.llave if campo else None, columna.como) for columna in plano.columnas])
        campos = tabla.campos if tabla else pedido.formato.campos
        expediente.add("columna", [
            (hoja, None, None, uno.etiqueta, campo or uno.nombre, uno.nombre if campo else None, None)
            for uno in campos if uno.nombre not in plano.posiciones])
    avisos = [("libro", aviso) for aviso in libro.avisos] + describe_libro(reconocido, pedido)
    expediente.add("aviso", avisos)


def _huerfanos(compilado: Compilado, principal: Plano) -> list[str]:
    """Lo que se dice de los renglones de tablas que ningún registro usa."""
    avisos = []
    for campo, columna in zip(compilado.campos, compilado.columnas, strict=True):
        if campo.tipo is not TipoCampo.TABLA or not isinstance(columna, ColumnaDeTabla) or not columna.numeros:
            continue
        posicion = principal.posiciones.get(campo.nombre)
        usados = set() if posicion is None else {
            key_of(celdas[posicion]) for _, celdas in principal.rows() if not is_blank(celdas[posicion])}
        sobran = sum(cuantos for numero, cuantos in columna.numeros.items() if numero not in usados)
        if sobran:
            avisos.append(f"En la tabla «{campo.etiqueta}», {contar(sobran, 'renglón no lo usa', 'renglones no los usa')} "
                          "ningún registro: su ID no está en la hoja principal.")
    return avisos


def _summarize(expediente: Expediente) -> dict[str, Any]:
    cuentas = expediente.counts()
    return {
        "total": sum(cuentas.values()), "buenos": cuentas.get(BUENO, 0), "malos": cuentas.get(MALO, 0),
        "por_corregir": cuentas.get(POR_CORREGIR, 0), "bajas": cuentas.get(BAJA, 0),
        "incompletos": expediente.count_incompletos(), "problemas": expediente.count("problema"),
        "correcciones": expediente.count("correccion"), "hallazgos": expediente.count("hallazgo"),
        "archivos": expediente.count_archivos(),
    }


