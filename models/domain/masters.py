"""Los maestros (áreas, personas, órganos) y su proyección a los formatos de organigrama y directorio.

Un maestro no tiene periodo ni se publica por sí mismo: cada cambio deja en rojo el registro que lo proyecta, y ese
registro sigue el camino de todos. El registro proyectado lleva el mismo ``id`` que su maestro.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from fracciones_config import Formato
from models.base import DeSujeto
from models.domain.errores import NoPermitido
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.folios import a_folio, de_folio, nuevo_id
from models.formatos import Tabla
from models.maestros import Area, Organo, Persona
from models.reloj import ahora

MODELOS: dict[str, type[DeSujeto]] = {"area": Area, "persona": Persona, "organo": Organo}

Datos = dict[str, Any]


def save_maestro(sujeto_id: int, maestro: str, datos: Datos, identificador: int | None = None) -> int:
    """Guarda un maestro (``area``, ``persona``, ``organo``), nuevo o no, y da su id. ``datos`` ya viene validado."""
    modelo = MODELOS[maestro]
    fila = _columnas(maestro, datos) | {"datos": json.dumps(datos, ensure_ascii=False), "cambiado_en": ahora()}
    identificador = identificador or nuevo_id()
    suyo = (modelo.sujeto_id == sujeto_id) & (modelo.id == identificador)
    if not modelo.update(**fila).where(suyo).execute():
        modelo.insert(sujeto_id=sujeto_id, id=identificador, **fila).execute()
    return identificador


def _columnas(maestro: str, datos: Datos) -> dict[str, Any]:
    if maestro == "area":
        padre = datos.get("area_superior")
        return {"nombre": datos.get("nombre", ""), "orden": datos.get("orden", 0),
                "padre_id": de_folio(padre["id"]) if padre else None}
    if maestro == "persona":
        partes = (datos.get(parte) for parte in ("nombre", "primer_apellido", "segundo_apellido"))
        area = datos.get("area")
        return {"nombre": " ".join(filter(None, partes)), "area_id": de_folio(area["id"]) if area else None}
    return {"nombre": datos.get("nombre", "")}


def project(formato: Formato, datos_del_maestro: Mapping[str, Any]) -> Datos:
    """Los datos del registro que proyecta a un maestro."""
    assert formato.proyeccion is not None
    return {campo: datos_del_maestro[columna] for campo, columna in formato.proyeccion.campos.items()
            if columna in datos_del_maestro}


def unproject(formato: Formato, datos: Mapping[str, Any]) -> Datos:
    """El camino de vuelta: de los datos del registro a los del maestro."""
    assert formato.proyeccion is not None
    return {columna: datos[campo] for campo, columna in formato.proyeccion.campos.items() if campo in datos}


CICLO = "Un área no puede depender de sí misma ni de otra que depende de ella."


def depends_on(sujeto_id: int, area_id: int, de_id: int) -> bool:
    """Si un área es ``de_id`` o depende de ella, directamente o por sus superiores."""
    padres: Mapping[int, int | None] = dict(
        Area.select(Area.id, Area.padre_id).where(Area.sujeto_id == sujeto_id, Area.baja_en.is_null()).tuples())
    arriba: int | None = area_id
    vistos = set[int]()
    while arriba is not None and arriba not in vistos:
        if arriba == de_id:
            return True
        vistos.add(arriba)
        arriba = padres.get(arriba)
    return False


def options_of(sujeto_id: int, maestro: str) -> list[tuple[str, str]]:
    """(folio, nombre) de los maestros vivos de un sujeto, para las listas de un formulario."""
    modelo = MODELOS[maestro]
    filas = modelo.select(modelo.id, modelo.nombre).where(
        modelo.sujeto_id == sujeto_id, modelo.baja_en.is_null()).order_by(modelo.nombre, modelo.id)
    return [(a_folio(fila.id), fila.nombre) for fila in filas]


def names_of(sujeto_id: int, maestro: str, folios: Collection[str]) -> list[str]:
    """Los nombres de unos maestros de un sujeto, en orden alfabético."""
    modelo = MODELOS[maestro]
    ids = [de_folio(folio) for folio in folios]
    filas = modelo.select(modelo.nombre).where(modelo.sujeto_id == sujeto_id, modelo.id.in_(ids)).order_by(modelo.nombre)
    return [nombre for (nombre,) in filas.tuples()] if ids else []


def cargo_de(sujeto_id: int, persona_id: int | None) -> str:
    """El cargo de una persona según el directorio; vacío si no está."""
    datos = Persona.select(Persona.datos).where(Persona.sujeto_id == sujeto_id, Persona.id == persona_id).scalar()
    return str(json.loads(datos).get("cargo") or "") if datos else ""


def require_projection(actor: Actor, tabla: Tabla) -> None:
    """Lanza ``NoPermitido`` si la persona no puede capturar en el formato que proyecta al maestro."""
    if actor.sujeto_id is None or not puede(actor, Accion.CAPTURAR, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido("El organigrama y el directorio los lleva la Unidad de Información.")
