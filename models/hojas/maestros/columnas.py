"""Las columnas de una hoja que llena un formato de maestros, y el cotejo de los encabezados que alguien sube."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.lectores.crudo import plegar
from models.hojas.lectura import HojaRechazada
from models.hojas.plantilla import Columna

FOLIO = "Folio"
"""La columna que dice cuál es la que ya está; en blanco, se busca por su nombre."""

RESPONSABLE = "area_responsable"


def campos_de(formato: Formato) -> tuple[Campo, ...]:
    """Los campos que se llenan desde Excel: los del maestro (menos los archivos) y el área responsable."""
    assert formato.proyeccion is not None
    suyos = [formato.por_nombre[nombre] for nombre in formato.proyeccion.campos]
    return (*(campo for campo in suyos if campo.tipo is not TipoCampo.ARCHIVO), formato.por_nombre[RESPONSABLE])


def columnas_de(formato: Formato, areas: Sequence[str]) -> list[Columna]:
    """Las columnas de la plantilla. ``areas`` son los nombres que se pueden elegir."""
    del_organigrama = formato.proyeccion is not None and formato.proyeccion.maestro == "area"
    columnas = [Columna(FOLIO, "El de la que ya está en el sistema; en las nuevas, en blanco. No lo cambie.")]
    for campo in campos_de(formato):
        es_area = campo.tipo is TipoCampo.AREA
        columnas.append(Columna(
            campo.etiqueta, campo.ayuda, areas if es_area else tuple(campo.opciones.values()), campo.ejemplo,
            campo.obligatorio and campo.nombre != RESPONSABLE, libre=es_area and del_organigrama))
    return columnas


def match_encabezados(encabezados: Sequence[str], formato: Formato) -> tuple[Mapping[int, Campo | None], list[str]]:
    """(número de columna → campo, o ``None`` si es la del folio; encabezados que no se reconocen).

    No importan el orden, los acentos ni las mayúsculas. Lanza ``HojaRechazada`` si falta el nombre o hay repetidos.
    """
    por_titulo: dict[str, Campo | None] = {plegar(campo.etiqueta): campo for campo in campos_de(formato)}
    por_titulo |= {plegar(campo.nombre.replace("_", " ")): campo for campo in campos_de(formato)}
    por_titulo[plegar(FOLIO)] = None
    hallados: dict[int, Campo | None] = {}
    ajenos = []
    for numero, texto in enumerate(encabezados):
        llave = plegar(texto)
        if llave in por_titulo:
            if por_titulo[llave] in hallados.values():
                raise HojaRechazada(f"La columna «{texto}» está dos veces. Deje una.")
            hallados[numero] = por_titulo[llave]
        elif llave:
            ajenos.append(texto[:60])
    nombre = formato.por_nombre["nombre"]
    if nombre not in hallados.values():
        raise HojaRechazada(f"La primera fila no trae la columna «{nombre.etiqueta}». Use los encabezados de la plantilla.")
    return hallados, ajenos
