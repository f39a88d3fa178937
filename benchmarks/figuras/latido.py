"""Lo que el formulario manda solo mientras se teclea: el borrador y la presencia. El tiempo es el de su bitácora."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from statistics import median

from peewee import sqlite3

from benchmarks.banco import Banco, id_en
from benchmarks.cliente import Cliente, Fallo
from benchmarks.instituciones import GRANDE
from benchmarks.renglones import CLAVE
from benchmarks.servidores import Servidor, servidor
from models.folios import a_folio

MS = 10.0
HOJAS = 20
"""Cuántas hojas se teclean a la vez: cada una admite un borrador por segundo, y una persona no tiene más de cincuenta."""

TEXTO = "Rehabilitación de la red de agua potable en las colonias San Jerónimo e Izcalli Cuauhtémoc. " * 5


def medir(banco: Banco) -> None:
    """Con todos los registros: un latido no debe costar más porque haya un millón."""
    datos = banco.base(banco.plan.filas)
    folio = a_folio(id_en(datos, 1, banco.plan.filas // 100))
    with servidor(datos) as uno:
        cliente = uno.cliente().entrar(f"unidad.{GRANDE}")
        ficha = cliente.ficha("/ipo/contrasena")
        presente = [_pedir(cliente, f"/ipo/presencia/{CLAVE}", ficha | {"id": folio}) for _ in range(3 * HOJAS)]
        _anotar(banco, "presencia", uno, presente[HOJAS:])
        hojas = [ficha | {"envio": secrets.token_hex(16), "nota": TEXTO} for _ in range(HOJAS)]
        tecleado = []
        for _ in range(3):
            tecleado += [_pedir(cliente, f"/ipo/borradores/{CLAVE}/guardar", hoja) for hoja in hojas]
            time.sleep(1.1)
        _anotar(banco, "borrador", uno, tecleado[HOJAS:])
    _olvidar(datos)


def _olvidar(datos: Path) -> None:
    """La base se usa otra vez: los borradores de esta medida no se quedan en ella."""
    base = sqlite3.connect(datos / "ipomex.db")
    with base:
        base.execute("DELETE FROM borrador")
    base.close()


def _pedir(cliente: Cliente, ruta: str, datos: dict[str, str]) -> str:
    respuesta = cliente.pedir(ruta, datos)
    if respuesta.estado != 200:
        raise Fallo(f"{ruta} contestó {respuesta.estado}: {respuesta.cuerpo[:300]}")
    return respuesta.peticion


def _anotar(banco: Banco, nombre: str, uno: Servidor, peticiones: list[str]) -> None:
    ms = uno.ms_por_peticion()
    banco.libreta.anotar(f"latido_{nombre}_ms", median(ms[peticion] for peticion in peticiones), "ms", MS,
                         filas=banco.plan.filas, latidos=len(peticiones))
