"""La lista de la casa contra la de Flask-Admin tal como viene, sobre los mismos registros, en la misma corrida."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.banco import Banco
from benchmarks.cliente import Cliente
from benchmarks.de_fabrica import COPIA, copy_tabla, ruta
from benchmarks.figuras.oficina import LISTA
from benchmarks.instituciones import CHICA, GRANDE, MEDIANA
from benchmarks.medidor import turnar
from benchmarks.servidores import servidor

LIMITE = 15.0
"""Con menos de un millón de registros solo se informa: contarlos todos todavía no cuesta."""

ORDEN = ("-m", "benchmarks.de_fabrica")


def medir(banco: Banco) -> None:
    """La página de tres instituciones: la más grande, la mediana y una chica."""
    datos = banco.base(banco.plan.filas)
    if not (datos / COPIA).exists():
        copy_tabla(datos)
    with ExitStack() as pila:
        casa = pila.enter_context(servidor(datos))
        ajeno = pila.enter_context(servidor(datos, orden=ORDEN, primera="/admin/"))
        for siglas in (GRANDE, MEDIANA, CHICA):
            _comparar(banco, siglas, casa.cliente().entrar(f"unidad.{siglas}"), ajeno.cliente())


def _comparar(banco: Banco, siglas: str, casa: Cliente, ajeno: Cliente) -> None:
    ms = turnar({"casa": lambda: casa.ver(LISTA).ms, "fabrica": lambda: ajeno.ver(ruta(siglas)).ms},
                min(banco.plan.vueltas, 15))
    banco.libreta.anotar(f"oficina_contra_fabrica_{siglas}", ms["fabrica"] / ms["casa"], "veces más rápida",
                         LIMITE if banco.plan.es_completo else None, "minimo", ms_casa=ms["casa"], ms_fabrica=ms["fabrica"])
