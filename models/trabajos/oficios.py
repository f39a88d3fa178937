"""Cómo se hace cada tipo de trabajo: una función que da una rebanada por vez y dice cuánto avanzó."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import Protocol

from models.domain.actores import actor_de
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.errores import NoExiste
from models.domain.lotes import count_atendidos, find_lote, run_rebanada
from models.domain.permissions import Actor
from models.formatos import Tabla
from models.hojas.cargas.encargo import CARGAR, REVISAR
from models.hojas.cargas.oficio import do_cargar, do_revisar, interrupt
from models.tareas import Lote, Trabajo
from models.trabajos.cola import Avance, Rendirse
from models.trabajos.desahogo import Desahogo
from models.trabajos.nocturno import VOLCADO, nocturno
from models.usuarios import Usuario


class Oficio(Protocol):
    """Hace el trabajo por rebanadas; cada una deja la base completa. Da lo hecho hasta entonces."""

    def __call__(self, trabajo: Trabajo) -> Generator[int | Avance]: ...


def do_lote(trabajo: Trabajo) -> Generator[int | Avance]:
    """Aplica un acto a los registros de un lote. Los permisos se preguntan otra vez en cada rebanada."""
    hecho = -1
    with Desahogo(trabajo.total) as paso:
        while True:
            actor, tabla, lote = _read_lote(trabajo)
            if hecho < 0:
                hecho = count_atendidos(lote)  # al de antes pudieron matarlo entre hacer una rebanada y apuntarla
                if hecho > trabajo.hecho:
                    yield hecho
            paso.start()
            try:
                atendidos = run_rebanada(actor, tabla, lote, paso.tamano)
            except CatalogoMovido:
                continue
            if not atendidos:
                return
            paso.note(atendidos)
            hecho += atendidos
            yield hecho


def _read_lote(trabajo: Trabajo) -> tuple[Actor, Tabla, Lote]:
    """El lote, quien lo confirmó y su formato, como están ahora. Lanza ``NoExiste``."""
    parametros, foto = json.loads(trabajo.parametros), vigente.recargar()
    usuario = Usuario.get_or_none(Usuario.id == trabajo.creado_por)
    tabla = foto.tablas.get(parametros["clave"])
    if usuario is None or tabla is None:
        raise NoExiste()
    actor = actor_de(usuario, foto.catalogo)
    lote = find_lote(actor, int(parametros["lote"]))
    if lote is None:
        raise NoExiste()
    return actor, tabla, lote


OFICIOS: Mapping[str, Oficio] = {"lote": do_lote, REVISAR: do_revisar, CARGAR: do_cargar, VOLCADO: nocturno.do}
"""Tipo de trabajo → cómo se hace."""

SIN_REBANADAS = frozenset({REVISAR, CARGAR, VOLCADO})
"""Los que pasan ratos largos sin avisar: mientras tanto, un latido les conserva el arriendo."""

RENDIRSE: Mapping[str, Rendirse] = {REVISAR: interrupt, CARGAR: interrupt}
"""Los que, interrumpidos demasiadas veces, además dejan dicho que se interrumpieron."""
