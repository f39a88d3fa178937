"""De un libro oficial, el formato completo que lo captura: lo que se escribe en ``fracciones_config/formatos``.

Lo que un libro no dice (artículo y fracción, cada cuándo, quién) nace con un valor que sirve y queda marcado por confirmar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from fracciones_config.oficial import ROTULOS, LibroOficial
from fracciones_config.sipot.campos import DESDE, HASTA, Armador, Definido
from fracciones_config.sipot.grupos import assign_grupos
from fracciones_config.sipot.hojas import limpiar
from fracciones_config.sipot.libro import LibroSipot
from fracciones_config.sipot.lugares import Lugar
from fracciones_config.sipot.nombres import cut, make_rotulo
from fracciones_config.sipot.periodicidad import infer_periodicidad
from fracciones_config.sipot.titulos import EJERCICIO, INICIO, TERMINO
from fracciones_config.sipot.vistas import assign_vistas

FRASE_MAXIMA = 600


@dataclass(frozen=True, slots=True)
class Importacion:
    """El formato (llaves del YAML) y lo que conviene que alguien revise antes de ponerlo en vigor."""

    formato: dict[str, Any]
    pendientes: tuple[str, ...]


def define_formato(libro: LibroSipot, lugar: Lugar, reservados: Iterable[str]) -> Importacion:
    """``reservados`` son los nombres que la casa no deja usar a un campo."""
    armador = Armador(libro, reservados)
    armador.armar()
    campos = [*armador.campos, *_excepciones(armador.comunes)] or [_unico()]
    grupos = assign_grupos(campos)
    titulo = assign_vistas(campos)
    vigente = EJERCICIO not in armador.comunes
    return Importacion({
        **_cabeza(libro, lugar), "modo": "vigente" if vigente else "por_periodo",
        "periodicidad": infer_periodicidad(libro.periodos, {INICIO, TERMINO} <= armador.comunes),
        "conservacion": {"anteriores": 2, "texto": "El ejercicio en curso y los dos anteriores, por confirmar."},
        "titulo": titulo, "fuentes": _fuentes(libro, lugar), "sipot": _sipot(libro, armador), "grupos": grupos,
        "campos": campos,
    }, _pendientes(libro, lugar, armador))


def _cabeza(libro: LibroSipot, lugar: Lugar) -> dict[str, Any]:
    nombre = make_rotulo(libro.titulo or libro.nombre_corto or f"Formato {libro.clave}")
    corto = make_rotulo(libro.nombre_corto or libro.titulo or f"Formato {libro.clave}", 60)
    return {
        "nombre": nombre, "nombre_corto": corto, "paquete": lugar.paquete, "articulo": lugar.articulo,
        "fraccion": lugar.fraccion, "numero": lugar.numero,
        "descripcion": cut(limpiar(libro.descripcion) or f"{nombre}: lo que pide el libro {libro.clave}.", FRASE_MAXIMA),
        "instrucciones": f"Un registro por renglón del libro oficial {libro.clave}. Puede capturarlo aquí o cargar el libro "
                         "completo tal como lo pide SIPOT.",
        "se_cuenta": ["registro", "registros"], "aplica_a": ["todos"]}


def _fuentes(libro: LibroSipot, lugar: Lugar) -> list[dict[str, str]]:
    oficial = f"Libro oficial de carga {libro.clave} de SIPOT"
    return [
        {"que": "campos", "texto": f"{oficial}: todas sus columnas, listas y subtablas.", "certeza": "alta"},
        {"que": "numeracion", "certeza": "baja",
         "texto": f"Por confirmar: el libro no dice artículo ni fracción; se puso {lugar.articulo}, {lugar.fraccion}."},
        {"que": "periodicidad", "certeza": "baja",
         "texto": "Por confirmar: se dedujo de los periodos del libro, o es la usual."},
    ]


def _sipot(libro: LibroSipot, armador: Armador) -> dict[str, Any]:
    esqueleto = LibroOficial(
        clave=libro.clave, titulo=libro.titulo, nombre_corto=libro.nombre_corto, descripcion=libro.descripcion,
        rotulos=libro.rotulos if libro.rotulos and all(libro.rotulos) else ROTULOS, columnas=tuple(armador.columnas),
        tablas=tuple(armador.tablas), listas=libro.listas or {})
    diferencias = [{"columna": titulo, "motivo": "El libro no trae la hoja de su subtabla: se captura como texto."}
                   for titulo in armador.sin_subtabla]
    return {"formatos": [libro.formato], **({"diferencias": diferencias} if diferencias else {}),
            "libro": esqueleto.model_dump(exclude_defaults=True)}


def _excepciones(comunes: Collection[str]) -> list[Definido]:
    """El inicio y el término tal cual, para lo que no cubre un periodo completo; solo si el libro los pide."""
    if not {INICIO, TERMINO} <= set(comunes):
        return []
    return [
        {"nombre": nombre, "tipo": "fecha", "etiqueta": f"{que} del periodo, si no es el periodo completo",
         "ayuda": f"Solo si lo que se informa no {como} con el periodo elegido; si no, déjela en blanco.",
         "ejemplo": ejemplo, "grupo": "oficial"}
        for nombre, que, como, ejemplo in (
            (DESDE, "Inicio", "empieza", "15/02/2026"), (HASTA, "Término", "termina", "28/02/2026"))]


def _unico() -> Definido:
    return {"nombre": "informacion", "tipo": "texto_largo", "etiqueta": "Información", "sipot": [],
            "ayuda": "El libro oficial no trae columnas propias: describa aquí lo que se publica.",
            "ejemplo": "Relación de documentos publicados en el periodo."}


def _pendientes(libro: LibroSipot, lugar: Lugar, armador: Armador) -> tuple[str, ...]:
    sueltos = [f"La subtabla de «{titulo}» no viene en el libro: entró como texto." for titulo in armador.sin_subtabla]
    sin_lista = [f"«{c.titulo}» es de lista y el libro no la trae: entró como texto."
                 for hoja in (libro.principal, *libro.tablas.values()) for c in hoja.columnas
                 if c.codigo == 9 and not c.opciones]
    return (f"artículo {lugar.articulo}, fracción {lugar.fraccion}: el libro no los dice; ponga los que correspondan",
            "a quién obliga (aplica_a), cada cuándo (periodicidad) y qué es obligatorio: confírmelos", *sueltos, *sin_lista)
