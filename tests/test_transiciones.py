"""Las transiciones: qué acto, de quién, lleva un registro de qué estado a cuál; contra una tabla escrita a mano.

``matriz_transiciones.csv`` sale de ``diseno.md`` 4, no del código. Un ``+`` es un registro que además tiene copia
pública; ``igual``, que el acto se hace y el estado no cambia; ``no``, que no se puede. Todos están a cargo de Julieta.
"""

import csv
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.domain.errores import NoPermitido, ReglaRota
from models.domain.estados import TRANSICIONES, Estado, Transicion
from models.domain.permissions import PERMISOS, Rol
from tests.bases import Base
from tests.cuadre import integro
from tests.elenco import Casa, Persona

MOTIVO = "Así lo pide la prueba."
ROLES = ("unidad", "administrador", "capturista", "garante")


def _read_matriz() -> dict[str, dict[tuple[str, str], str]]:
    """acto → (rol, estado de partida) → a dónde llega."""
    matriz: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    with (Path(__file__).parent / "matriz_transiciones.csv").open(encoding="utf-8") as archivo:
        for renglon in csv.DictReader(archivo):
            acto, rol = renglon.pop("acto"), renglon.pop("rol")
            matriz[acto] |= {(rol, partida): partida.rstrip("+") if llega == "igual" else llega
                             for partida, llega in renglon.items()}
    return dict(matriz)


MATRIZ = _read_matriz()
PARTIDAS = tuple(dict.fromkeys(estado for _, estado in MATRIZ["editar"]))


def test_la_tabla_escrita_a_mano_esta_completa() -> None:
    assert MATRIZ.keys() == TRANSICIONES.keys()
    assert {estado.rstrip("+") for estado in PARTIDAS} == set(Estado)
    for acto, celdas in MATRIZ.items():
        assert celdas.keys() == {(rol, estado) for rol in ROLES for estado in PARTIDAS}, acto


@pytest.mark.parametrize("acto", MATRIZ)
def test_cada_acto_lleva_a_donde_dice_la_tabla(acto: str, base: Base, casa: Casa) -> None:
    pueden = [rol for rol in ROLES if any(MATRIZ[acto][rol, partida] != "no" for partida in PARTIDAS)]
    registros = {(rol, partida): casa.capturar(casa.julieta) for rol in pueden for partida in PARTIDAS}
    _llevar_a_su_estado(casa, registros, con_baja=acto == "rechazar_baja")
    antes = _filas(casa, registros)
    for rol in set(ROLES) - set(pueden):
        _intentar(casa, _quien(casa, rol), acto, list(registros.values()))
    assert _filas(casa, registros) == antes
    for rol in pueden:
        _intentar(casa, _quien(casa, rol), acto, [registros[rol, partida] for partida in PARTIDAS])
    despues = _filas(casa, registros)
    assert {celda: _lo_que_paso(antes[celda], despues[celda]) for celda in registros} == {
        celda: MATRIZ[acto][celda] for celda in registros}
    integro(base)


def test_cambiar_cualquier_celda_de_las_transiciones_se_nota() -> None:
    """Quitar o poner un estado de partida, o un estado de llegada, ya no da la tabla escrita a mano."""
    for acto, transicion in TRANSICIONES.items():
        assert _segun(transicion) == MATRIZ[acto], acto
        for estado in {Estado(partida.rstrip("+")) for partida in PARTIDAS if not _impide(transicion, partida)}:
            assert _segun(replace(transicion, de=transicion.de ^ {estado})) != MATRIZ[acto], (acto, estado)
        for estado in {*Estado, None} - {transicion.a}:
            assert _segun(replace(transicion, a=estado)) != MATRIZ[acto], (acto, estado)


def _segun(transicion: Transicion) -> dict[tuple[str, str], str]:
    """Lo que una transición promete para cada celda."""
    def llega(rol: str, partida: str) -> str:
        estado = Estado(partida.rstrip("+"))
        if transicion.accion not in PERMISOS[Rol(rol)] or estado not in transicion.de or _impide(transicion, partida):
            return "no"
        return str(transicion.a or estado)

    return {(rol, partida): llega(rol, partida) for rol in ROLES for partida in PARTIDAS}


def _impide(transicion: Transicion, partida: str) -> bool:
    """Si lo que el acto exige de lo público ya lo impide, sea cual sea el estado."""
    fue_publico = partida.endswith("+") or partida in ("publicado", "retirado")
    tiene_copia = fue_publico and partida != "retirado"
    return (transicion.pide_publica and not tiene_copia) or (transicion.pide_nunca_publica and fue_publico)


def _quien(casa: Casa, rol: str) -> Persona:
    return dict(zip(ROLES, (casa.laura, casa.ernesto, casa.julieta, casa.gabriela), strict=True))[rol]


def _intentar(casa: Casa, persona: Persona, acto: str, registros: list[int]) -> None:
    if acto == "editar":
        for registro in registros:
            with suppress(ReglaRota):
                casa.editar(persona, registro, objetivo=f"Lo cambió {persona.usuario.nombre}")
    else:
        with suppress(NoPermitido):
            casa.hacer(persona, acto, *registros, motivo=MOTIVO)


def _filas(casa: Casa, registros: dict[tuple[str, str], int]) -> dict[tuple[str, str], dict[str, Any]]:
    filas = {fila["id"]: fila for fila in casa.tabla().trabajo.select().dicts()}
    return {celda: filas[registro] for celda, registro in registros.items()}


def _lo_que_paso(antes: dict[str, Any], despues: dict[str, Any]) -> str:
    if antes["version"] == despues["version"]:
        assert antes == despues
        return "no"
    assert despues["version"] == antes["version"] + 1
    return str(despues["estado"])


def _llevar_a_su_estado(casa: Casa, registros: dict[tuple[str, str], int], con_baja: bool) -> None:
    def los_de(*partidas: str) -> list[int]:
        return [registro for (_, partida), registro in registros.items() if partida in partidas]

    casa.hacer(casa.laura, "publicar", *los_de("capturado+", "devuelto+", "revisado+", "publicado", "retirado"))
    for registro in los_de("capturado+", "devuelto+", "revisado+"):
        casa.editar(casa.julieta, registro, objetivo="Plantar encinos y ahuejotes")
    casa.hacer(casa.laura, "devolver", *los_de("devuelto", "devuelto+"), motivo=MOTIVO)
    casa.hacer(casa.laura, "revisar", *los_de("revisado", "revisado+"))
    casa.hacer(casa.laura, "retirar", *los_de("retirado"), motivo=MOTIVO)
    casa.hacer(casa.laura, "borrar", *los_de("borrado"))
    if con_baja:
        casa.hacer(casa.julieta, "solicitar_baja", *registros.values(), motivo=MOTIVO)
    filas = _filas(casa, registros)
    assert {celda: fila["estado"] for celda, fila in filas.items()} == {
        celda: celda[1].rstrip("+") for celda in registros}
