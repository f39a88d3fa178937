"""Cómo se hace cada tipo de trabajo: una función que da una rebanada por vez y dice cuánto avanzó."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import Protocol

from models.domain.actores import actor_de
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.errores import NoExiste
from models.domain.lotes import count_atendidos, find_lote, run_rebanada
from models.hojas.cargas.encargo import CARGAR, REVISAR
from models.hojas.cargas.oficio import do_cargar, do_revisar, interrupt
from models.tareas import Trabajo
from models.trabajos.cola import Avance, Rendirse
from models.usuarios import Usuario


class Oficio(Protocol):
    """Hace el trabajo por rebanadas; cada una deja la base completa. Da lo hecho hasta entonces."""

    def __call__(self, trabajo: Trabajo) -> Generator[int | Avance]: ...


def do_lote(trabajo: Trabajo) -> Generator[int | Avance]:
    """Aplica un acto a los registros de un lote. Los permisos se preguntan otra vez en cada rebanada."""
    parametros = json.loads(trabajo.parametros)
    hecho = -1
    while True:
        foto = vigente.recargar()
        usuario = Usuario.get_or_none(Usuario.id == trabajo.creado_por)
        tabla = foto.tablas.get(parametros["clave"])
        if usuario is None or tabla is None:
            raise NoExiste()
        actor = actor_de(usuario, foto.catalogo)
        lote = find_lote(actor, int(parametros["lote"]))
        if lote is None:
            raise NoExiste()
        if hecho < 0:
            hecho = count_atendidos(lote)  # al de antes pudieron matarlo entre hacer una rebanada y apuntarla
            if hecho > trabajo.hecho:
                yield hecho
        try:
            atendidos = run_rebanada(actor, tabla, lote)
        except CatalogoMovido:
            continue
        if not atendidos:
            return
        hecho += atendidos
        yield hecho


OFICIOS: Mapping[str, Oficio] = {"lote": do_lote, REVISAR: do_revisar, CARGAR: do_cargar}
"""Tipo de trabajo → cómo se hace."""

SIN_REBANADAS = frozenset({REVISAR, CARGAR})
"""Los que pasan ratos largos sin avisar: mientras tanto, un latido les conserva el arriendo."""

RENDIRSE: Mapping[str, Rendirse] = {REVISAR: interrupt, CARGAR: interrupt}
"""Los que, interrumpidos demasiadas veces, además dejan dicho que se interrumpieron."""
