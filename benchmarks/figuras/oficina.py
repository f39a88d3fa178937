"""La lista de la oficina: la misma página con mil registros y con un millón, y la primera contra la de la fila 500,000."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.banco import Banco, id_en
from benchmarks.cliente import Cliente
from benchmarks.instituciones import GRANDE, MEDIANA
from benchmarks.medidor import turnar
from benchmarks.renglones import CLAVE, LUGARES
from benchmarks.servidores import servidor
from models.domain.cursores import Cursor

LISTA = f"/ipo/f/{CLAVE}/"
VECES, IGUAL = 2.0, 1.3
PRIMER_EJERCICIO = LUGARES[0][0]

PAGINAS = {
    "unidad_grande": (f"unidad.{GRANDE}", LISTA),
    "unidad_mediana": (f"unidad.{MEDIANA}", LISTA),
    "capturista_grande": (f"capt1.{GRANDE}", LISTA),
    "por_estado": (f"unidad.{GRANDE}", f"{LISTA}?estado=publicado"),
    "por_ejercicio": (f"unidad.{GRANDE}", f"{LISTA}?ejercicio={PRIMER_EJERCICIO}"),
    "por_orden": (f"unidad.{GRANDE}", f"{LISTA}?orden=nombre_beneficiario"),
}
"""Qué página se compara: quién la pide y su dirección. Ambas bases tienen las mismas personas."""


def medir(banco: Banco) -> None:
    """Dos servidores a la vez, uno por base; cada página se pide por turnos a los dos."""
    grande, chica = banco.base(banco.plan.filas), banco.base(banco.plan.pocas)
    with ExitStack() as pila:
        con_muchas, con_pocas = (pila.enter_context(servidor(datos)) for datos in (grande, chica))
        for nombre, (usuario, ruta) in PAGINAS.items():
            muchas, pocas = (uno.cliente().entrar(usuario) for uno in (con_muchas, con_pocas))
            _comparar(banco, nombre, ruta, muchas, pocas)
        lejos = banco.plan.filas // 2
        _comparar_lejos(banco, con_muchas.cliente().entrar(f"unidad.{GRANDE}"), lejos, id_en(grande, 1, lejos))


def _comparar(banco: Banco, nombre: str, ruta: str, muchas: Cliente, pocas: Cliente) -> None:
    ms = turnar({"muchas": lambda: muchas.ver(ruta).ms, "pocas": lambda: pocas.ver(ruta).ms}, banco.plan.vueltas)
    banco.libreta.anotar(f"oficina_lista_{nombre}", ms["muchas"] / ms["pocas"], "veces", VECES,
                         ms_con_muchas=ms["muchas"], ms_con_pocas=ms["pocas"], filas=banco.plan.filas,
                         pocas=banco.plan.pocas)


def _comparar_lejos(banco: Banco, cliente: Cliente, lejos: int, id_lejano: int) -> None:
    siguiente = f"{LISTA}?desde={Cursor(None, id_lejano).en_texto()}"
    ms = turnar({"primera": lambda: cliente.ver(LISTA).ms, "lejana": lambda: cliente.ver(siguiente).ms},
                banco.plan.vueltas)
    banco.libreta.anotar("oficina_pagina_lejana", ms["lejana"] / ms["primera"], "veces", IGUAL, fila=lejos,
                         ms_primera=ms["primera"], ms_lejana=ms["lejana"])
