"""Los registros publicados de una institución en un formato y un ejercicio, listos para su libro oficial."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.oficial import ColumnaOficial, LibroOficial, TablaOficial
from fracciones_config.sipot import LibroSipot
from fracciones_config.sipot.codigos import codigo_sipot
from fracciones_config.sipot.ligas import PARTES, bind, count_propias
from models.domain.errores import ReglaRota
from models.domain.validation import de_canonico
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.sipot.devolucion import Devuelto, write_libro
from models.hojas.sipot.recuerdos import memoria_of, read_memorias
from models.hojas.sipot.renglon_oficial import Publicado
from models.maestros import Persona
from models.sujetos import SujetoObligado

TROZO = 500


class SinLibroOficial(ReglaRota):
    """El formato no dice qué libro oficial le toca, o la plantilla dada es de otro."""


def return_libro(
    tabla: Tabla, sujeto: SujetoObligado, ejercicio: int, destino: Path, sitio: str, plantilla: LibroSipot | None = None,
    recortar: bool = False,
) -> Devuelto:
    """Escribe en ``destino`` lo publicado. ``sitio`` es la dirección con que empiezan las de los archivos.

    El esqueleto es el de ``plantilla``, el que guarda el formato o, si no hay otro, el que dicen sus títulos. Lanza
    ``SinLibroOficial``.
    """
    oficial = find_oficial(tabla.formato, plantilla)
    personas = Personas(sujeto.id)

    def direccion(archivo: Mapping[str, Any]) -> str:
        return f"{sitio}/{sujeto.siglas}/archivo/{archivo['id']}/{quote(str(archivo['nombre']), safe='')}"

    return write_libro(destino, tabla.formato, oficial, iter_publicados(tabla, sujeto.id, ejercicio), ejercicio, direccion,
                       personas.partes, recortar)


def iter_publicados(tabla: Tabla, sujeto_id: int, ejercicio: int) -> Iterator[Publicado]:
    """En el orden en que se capturaron. De un formato vigente, todo lo vigente."""
    modelo, ultimo = tabla.publica, 0
    suyos = [modelo.sujeto_id == sujeto_id, *([] if tabla.formato.es_vigente else [modelo.ejercicio == ejercicio])]
    while filas := list(modelo.select().where(*suyos, modelo.id > ultimo).order_by(modelo.id).limit(TROZO)):
        recordadas = read_memorias(sujeto_id, [fila.id for fila in filas])
        for fila in filas:
            datos, vacios = de_canonico(fila.contenido)
            yield Publicado(fila.id, fila.ejercicio, fila.periodo, datos, vacios, fila.actualizado_en, fila.validado_en,
                            memoria_of(recordadas.get(fila.id), datos, vacios))
        ultimo = filas[-1].id


def find_oficial(formato: Formato, plantilla: LibroSipot | None = None) -> LibroOficial:
    """El esqueleto con que se devuelve un formato. Lanza ``SinLibroOficial``."""
    if plantilla is not None:
        ligado = bind(formato, plantilla)
        if not count_propias(ligado):
            raise SinLibroOficial(f"La plantilla es del formato {plantilla.clave} («{plantilla.titulo}») y ninguna de sus "
                                  f"columnas es de «{formato.nombre_corto}».")
        return ligado
    if formato.sipot is None:
        raise SinLibroOficial(f"«{formato.nombre_corto}» no dice qué libro oficial de SIPOT le corresponde. Dé la plantilla "
                              "oficial en blanco.")
    return formato.sipot.libro or _of_titulos(formato)


def _of_titulos(formato: Formato) -> LibroOficial:
    """El esqueleto que se puede hacer con los títulos que el formato cita: sin claves de campo ni listas oficiales."""
    assert formato.sipot is not None
    columnas: list[ColumnaOficial] = []
    tablas: list[TablaOficial] = []
    for campo in formato.campos:
        if campo.tipo is TipoCampo.TABLA and campo.sipot:
            hoja = f"Tabla_{len(tablas) + 1}"
            columnas.append(ColumnaOficial(titulo=f"{campo.sipot[0]} \n{hoja}", codigo=10, campo=campo.nombre, tabla=hoja))
            tablas.append(TablaOficial(hoja=hoja, campo=campo.nombre, columnas=(
                ColumnaOficial(titulo="ID", parte="id"), *(c for columna in campo.campos for c in _columnas_de(columna)))))
        elif campo.campos:
            columnas += [c.model_copy(update={"en": campo.nombre}) for columna in campo.campos for c in _columnas_de(columna)]
        else:
            columnas += _columnas_de(campo)
    fechas = [ColumnaOficial(titulo="Fecha de validación", codigo=4, parte="validacion"),
              ColumnaOficial(titulo="Fecha de actualización", codigo=13, parte="actualizacion")]
    donde = next((i for i, c in enumerate(columnas) if c.campo == "nota"), len(columnas))
    listas = {str(c.lista): tuple(campo.opciones.values()) for campo in formato.campos
              for c in columnas if c.campo == campo.nombre and c.lista}
    return LibroOficial(clave=str(formato.sipot.formatos[0]), titulo=formato.nombre, nombre_corto=formato.nombre_corto,
                        descripcion=formato.descripcion, columnas=(*columnas[:donde], *fechas, *columnas[donde:]),
                        tablas=tuple(tablas), listas=listas)


def _columnas_de(campo: Campo) -> list[ColumnaOficial]:
    """Las columnas de un campo: una por cada parte que el libro oficial separa, o la del primer título que cita."""
    partes = PARTES.get(campo.tipo, ())
    titulos = campo.sipot if partes and len(campo.sipot) > 1 else campo.sipot[:1]
    codigo = 1 if campo.nombre == "ejercicio" else codigo_sipot(campo.tipo) or 1
    return [ColumnaOficial(titulo=titulo, codigo=1 if len(titulos) > 1 and campo.tipo is not TipoCampo.PERIODO else codigo,
                           campo=campo.nombre, parte=partes[i] if len(titulos) > 1 and i < len(partes) else None)
            for i, titulo in enumerate(titulos)]


class Personas:
    """El nombre y los apellidos, por separado, de las personas de una institución; cada una se busca una vez."""

    def __init__(self, sujeto_id: int) -> None:
        self._sujeto_id = sujeto_id
        self._vistas: dict[str, Mapping[str, str]] = {}

    def partes(self, dato: Mapping[str, Any]) -> Mapping[str, str]:
        """``nombre``, ``primer_apellido``, ``segundo_apellido``, ``cargo``; si el directorio no los separa, solo ``nombre``."""
        folio = str(dato["id"])
        if folio not in self._vistas:
            fila = Persona.get_or_none(Persona.sujeto_id == self._sujeto_id, Persona.id == de_folio(folio))
            leidos = json.loads(fila.datos) if fila else {}
            completo = all(leidos.get(parte) for parte in ("nombre", "primer_apellido"))
            self._vistas[folio] = leidos if completo else {"nombre": str(dato.get("texto", ""))}
        return self._vistas[folio]
