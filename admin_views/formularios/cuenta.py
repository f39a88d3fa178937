"""El formulario de una cuenta: lo tecleado, como alta o como encargo; y lo que hay para elegir."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from fracciones_config import Formato
from models.domain.actores import pares_de
from models.domain.altas import Alta
from models.domain.cuentas import CuentaInvalida
from models.domain.garantes import read_permisos
from models.domain.lectores.crudo import DatoInvalido, to_linea
from models.domain.lectores.tiempos import parse_fecha
from models.domain.permissions import Rol
from models.domain.personal import Encargo
from models.folios import de_folio
from models.maestros import Persona
from models.reloj import MEXICO

ALCANCES = ("articulo", "fraccion", "formato")


@dataclass(frozen=True, slots=True)
class Rama:
    """Un artículo o una fracción que se puede asignar completo, y lo que cuelga de él."""

    par: str
    nombre: str
    ramas: tuple[Rama, ...] = ()
    claves: tuple[str, ...] = ()


def read_encargo(tecleado: MultiDict[str, str]) -> Encargo:
    """Lo marcado en el árbol de formatos y en la lista de áreas; lo que no se entiende no cuenta."""
    pares = (valor.partition(":")[::2] for valor in tecleado.getlist("encargo")[:400])
    areas = frozenset(filter(_es_folio, tecleado.getlist("areas")[:2000]))
    return Encargo(frozenset((alcance, valor[:80]) for alcance, valor in pares if alcance in ALCANCES), areas)


def read_alta(tecleado: MultiDict[str, str], sujeto_id: int | None, rol: Rol | None = None) -> Alta:
    """El alta tecleada. Sin nombre, vale el del directorio. Lanza ``CuentaInvalida``."""
    persona_id = _persona(tecleado.get("persona", ""))
    nombre = _linea(tecleado.get("nombre", "")) or _nombre_de(sujeto_id, persona_id)
    return Alta(tecleado.get("usuario", ""), nombre, rol or _rol(tecleado.get("rol", "")), sujeto_id,
                read_encargo(tecleado), persona_id, _instante(tecleado, "desde"), _instante(tecleado, "hasta", un_dia_mas=True),
                read_permisos(tecleado.getlist("permiso")))


def arbol_de(formatos: Iterable[Formato], enteros: bool) -> tuple[Rama, ...]:
    """Los formatos que se pueden asignar, por artículo y fracción; una fracción de un solo formato es una hoja.

    Sin ``enteros``, los artículos y fracciones no se pueden asignar completos: solo agrupan.
    """
    por_articulo: dict[int, dict[str, list[Formato]]] = {}
    for formato in formatos:
        por_articulo.setdefault(formato.articulo, {}).setdefault(str(formato.fraccion), []).append(formato)
    return tuple(_articulo(articulo, fracciones, enteros) for articulo, fracciones in por_articulo.items())


def _articulo(articulo: int, fracciones: dict[str, list[Formato]], enteros: bool) -> Rama:
    ramas = tuple(_fraccion(formatos, enteros) for formatos in fracciones.values())
    claves = tuple(clave for rama in ramas for clave in rama.claves)
    if not enteros:
        return Rama("", f"Artículo {articulo}", ramas, claves)
    return Rama(f"articulo:{articulo}", f"Artículo {articulo} completo", ramas, claves)


def _fraccion(formatos: list[Formato], enteros: bool) -> Rama:
    hojas = tuple(Rama(f"formato:{f.clave}", f.nombre_corto, claves=(f.clave,)) for f in formatos)
    _, (alcance, valor), _ = pares_de(formatos[0])
    nombre = f"Fracción {formatos[0].fraccion}"
    if len(hojas) == 1:
        return Rama(hojas[0].par, f"{nombre}: {hojas[0].nombre}", claves=hojas[0].claves)
    if not enteros:
        return Rama("", nombre, hojas, tuple(f.clave for f in formatos))
    return Rama(f"{alcance}:{valor}", f"{nombre} completa", hojas, tuple(f.clave for f in formatos))


def _linea(texto: str) -> str:
    try:
        return to_linea(texto, 200, "un nombre")
    except DatoInvalido as error:
        raise CuentaInvalida(f"Nombre: {error}") from error


def _rol(texto: str) -> Rol:
    try:
        return Rol(texto)
    except ValueError as error:
        raise CuentaInvalida("Elija el perfil de la cuenta.") from error


def _persona(folio: str) -> int | None:
    if not folio:
        return None
    if not _es_folio(folio):
        raise CuentaInvalida("Esa persona no está en el directorio de la institución.")
    return de_folio(folio)


def _nombre_de(sujeto_id: int | None, persona_id: int | None) -> str:
    if persona_id is None:
        return ""
    consulta = Persona.select(Persona.nombre).where(Persona.sujeto_id == sujeto_id, Persona.id == persona_id)
    return str(consulta.scalar() or "")


def _instante(tecleado: MultiDict[str, str], nombre: str, un_dia_mas: bool = False) -> int | None:
    """El instante (milisegundos) en que empieza un día, o el siguiente: «hasta el 31» incluye al 31."""
    texto = tecleado.get(nombre, "").strip()
    if not texto:
        return None
    try:
        dia = dt.date.fromisoformat(parse_fecha(texto))
    except DatoInvalido as error:
        raise CuentaInvalida(f"Fechas de la suplencia: {error}") from error
    medianoche = dt.datetime.combine(dia + dt.timedelta(days=un_dia_mas), dt.time(), MEXICO)
    return int(medianoche.timestamp() * 1000)


def _es_folio(texto: str) -> bool:
    try:
        de_folio(texto)
    except ValueError:
        return False
    return True
