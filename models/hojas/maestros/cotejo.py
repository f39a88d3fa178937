"""El plan de una hoja del organigrama o del directorio: cuál renglón es cuál de los que ya están, y de qué áreas depende."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from fracciones_config import Formato, TipoCampo
from models.base import DeSujeto
from models.domain.lectores.crudo import plegar
from models.domain.lectura import DatoInvalido
from models.domain.masters import CICLO, MODELOS, project
from models.domain.validation import de_canonico
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.maestros.areas import Indice, Lugar, find_en_ciclo, read_lugares
from models.hojas.maestros.columnas import RESPONSABLE
from models.hojas.maestros.plan import Plan, Renglon, read_renglones, settle

PROPIA = "propia"
"""En vez de un folio: cada área responde de su propio registro."""

SUPERIOR = "area_superior"


def build_plan(sujeto_id: int, tabla: Tabla, contenido: bytes, responsable: str = "") -> Plan:
    """Qué pasaría al cargar un libro. ``responsable`` (folio, ``PROPIA`` o vacío) vale donde el renglón no la diga.

    Lanza ``HojaRechazada`` si el libro no se puede leer.
    """
    formato = tabla.formato
    assert formato.proyeccion is not None
    renglones, ajenos = read_renglones(contenido, formato)
    lugares = read_lugares(sujeto_id)
    maestros = _read_maestros(sujeto_id, formato.proyeccion.maestro)
    superiores = {identificador: lugar.superior for identificador, lugar in lugares.items()}
    de_areas = formato.proyeccion.maestro == "area"
    _match(renglones, maestros, _llave_de_area(lugares) if de_areas else lambda maestro: plegar(maestro.nombre),
           _llave_de_renglon_de_area if de_areas else lambda renglon: plegar(renglon.nombre))
    if de_areas:
        _place(renglones, lugares)
    indice = Indice([*lugares.values(), *(r.lugar for r in renglones if r.lugar is not None and r.lugar.id is None)])
    _refer(renglones, formato, indice)
    _load_previos(sujeto_id, tabla, renglones, maestros)
    _put_responsable(renglones, indice, responsable)
    _require_obligatorios(renglones, formato)
    _spread_malas(renglones)
    while de_areas and _check_arbol(renglones, superiores):
        _spread_malas(renglones)
    settle(renglones, formato)
    return Plan(renglones, ajenos)


def _read_maestros(sujeto_id: int, maestro: str) -> dict[int, Any]:
    modelo: type[DeSujeto] = MODELOS[maestro]
    return {fila.id: fila for fila in modelo.select().where(modelo.sujeto_id == sujeto_id, modelo.baja_en.is_null())}


def _llave_de_area(lugares: dict[int, Lugar]) -> Callable[[Any], str]:
    """Nombre y superior: dos «Enlace administrativo» de distintas direcciones son dos."""
    def llave(maestro: Any) -> str:
        superior = lugares[maestro.id].superior
        return f"{plegar(maestro.nombre)}|{plegar(superior.nombre) if superior else ''}"
    return llave


def _llave_de_renglon_de_area(renglon: Renglon) -> str:
    superior = renglon.crudo.get(SUPERIOR, "").rpartition(" / ")[2]
    return f"{plegar(renglon.crudo.get('nombre', ''))}|{plegar(superior)}"


def _match(renglones: list[Renglon], maestros: dict[int, Any], de_maestro: Callable[[Any], str],
           de_renglon: Callable[[Renglon], str]) -> None:
    """Pone a cada renglón el ``id`` del que ya está: por folio, por su llave completa o, si no hay duda, por su nombre."""
    por_llave, por_nombre = _group(maestros.values(), de_maestro), _group(maestros.values(), lambda m: plegar(m.nombre))
    en_la_hoja = _group(renglones, lambda r: plegar(r.nombre))
    vistos: dict[Any, int] = {}
    for renglon in renglones:
        llave = de_renglon(renglon)
        if renglon.folio:
            renglon.id = _by_folio(renglon, maestros)
        else:
            candidatos = por_llave.get(llave, [])
            if not candidatos and len(en_la_hoja[plegar(renglon.nombre)]) == 1:
                candidatos = por_nombre.get(plegar(renglon.nombre), [])
            if len(candidatos) == 1:
                renglon.id = candidatos[0].id
            elif candidatos:
                renglon.note("nombre", f"Ya hay {len(candidatos)} con ese nombre: ponga el folio de la que es. Viene en la "
                                       "plantilla con lo que ya está.")
        suyo = renglon.id if renglon.id is not None else llave
        if suyo in vistos:
            renglon.note("nombre", f"Es la misma que la de la fila {vistos[suyo]}. Deje una.")
        vistos.setdefault(suyo, renglon.fila)


def _group(cosas: Iterable[Any], llave: Callable[[Any], str]) -> dict[str, list[Any]]:
    grupos: dict[str, list[Any]] = defaultdict(list)
    for cosa in cosas:
        grupos[llave(cosa)].append(cosa)
    return grupos


def _by_folio(renglon: Renglon, maestros: dict[int, Any]) -> int | None:
    try:
        identificador = de_folio(renglon.folio)
    except ValueError as error:
        renglon.problemas.append((f"fila {renglon.fila}", f"Folio: {error} Si es nueva, déjelo en blanco."))
        return None
    if identificador not in maestros:
        renglon.problemas.append((f"fila {renglon.fila}", "Ese folio no es de su institución, o ya está dado de baja."))
        return None
    return identificador


def _place(renglones: list[Renglon], lugares: dict[int, Lugar]) -> None:
    """A cada renglón, su área: la que ya está (quizá con otro nombre) o una nueva."""
    for renglon in renglones:
        nombre = str(renglon.datos.get("nombre", renglon.crudo.get("nombre", "")))
        lugar = lugares[renglon.id] if renglon.id is not None else Lugar(nombre)
        lugar.fila = renglon.fila
        lugar.nombre = nombre or lugar.nombre
        renglon.lugar = lugar


def _refer(renglones: list[Renglon], formato: Formato, indice: Indice) -> None:
    """Resuelve las áreas que cada renglón nombra."""
    for renglon in renglones:
        for nombre, texto in renglon.crudo.items():
            if formato.por_nombre[nombre].tipo is not TipoCampo.AREA or texto.startswith("="):
                continue
            try:
                renglon.refs[nombre] = indice.find(texto)
            except DatoInvalido as error:
                renglon.note(nombre, f"{formato.por_nombre[nombre].etiqueta}: {error}")


def _check_arbol(renglones: list[Renglon], superiores: dict[int, Lugar | None]) -> bool:
    """Cuelga cada área como quedaría si solo se carga lo bueno, y señala las que dependerían de sí mismas. Dice si halló."""
    for renglon in renglones:
        if renglon.lugar is not None:
            antes = superiores.get(renglon.lugar.id) if renglon.lugar.id is not None else None
            renglon.lugar.superior = antes if renglon.problemas else renglon.refs.get(SUPERIOR, antes)
    en_ciclo = find_en_ciclo(r.lugar for r in renglones if r.lugar is not None)
    malos = [r for r in renglones if r.lugar in en_ciclo and SUPERIOR in r.refs and not r.problemas]
    for renglon in malos:
        renglon.note(SUPERIOR, CICLO)
    return bool(malos)


def _load_previos(sujeto_id: int, tabla: Tabla, renglones: list[Renglon], maestros: dict[int, Any]) -> None:
    """Lo que hoy dice el registro de cada uno; si no lo tiene, lo que dice su maestro."""
    modelo = tabla.trabajo
    filas: Iterable[Any] = modelo.select(modelo.id, modelo.contenido, modelo.version, modelo.estado).where(
        modelo.sujeto_id == sujeto_id)
    registros = {fila.id: fila for fila in filas}
    for renglon in renglones:
        if renglon.id is None:
            continue
        fila: Any = registros.get(renglon.id)
        if fila is None:
            renglon.previo = project(tabla.formato, json.loads(maestros[renglon.id].datos))
            continue
        renglon.previo, renglon.vacios = de_canonico(fila.contenido)
        renglon.version = fila.version
        if fila.estado in ("retirado", "borrado"):
            renglon.note("nombre", "Su registro está retirado o en la papelera: restáurelo en el formato antes de cargarla.")


def _put_responsable(renglones: list[Renglon], indice: Indice, responsable: str) -> None:
    """Donde no se dijo área responsable, ni la había, la que se eligió para todas."""
    try:
        elegida = indice.find(responsable) if responsable not in ("", PROPIA) else None
    except DatoInvalido:
        elegida = None
    for renglon in renglones:
        if RESPONSABLE in renglon.refs or RESPONSABLE in renglon.previo or RESPONSABLE in renglon.crudo:
            continue
        suya = renglon.lugar if responsable == PROPIA else elegida
        if suya is not None:
            renglon.refs[RESPONSABLE] = suya


def _require_obligatorios(renglones: list[Renglon], formato: Formato) -> None:
    """El nombre no puede faltar. Lo demás sí: el registro queda incompleto, como al capturarlo."""
    for renglon in renglones:
        if not renglon.crudo.get("nombre") and not (renglon.id and renglon.previo.get("nombre")):
            renglon.note("nombre", f"{formato.por_nombre['nombre'].etiqueta}: falta.")


def _spread_malas(renglones: list[Renglon]) -> None:
    """Lo que depende de un área nueva que no cabe tampoco cabe, y así hacia abajo."""
    for renglon in renglones:
        if renglon.lugar is not None and renglon.problemas and renglon.lugar.id is None:
            renglon.lugar.mala = True
    siguen = True
    while siguen:
        siguen = False
        for renglon in renglones:
            mala = next((lugar for lugar in renglon.refs.values() if lugar.mala and lugar is not renglon.lugar), None)
            if mala is None or renglon.problemas:
                continue
            renglon.note(SUPERIOR, f"«{mala.nombre}» (fila {mala.fila}) no se puede cargar todavía, y de ella depende esta.")
            if renglon.lugar is not None and renglon.lugar.id is None:
                renglon.lugar.mala = siguen = True
