"""Arma la plantilla de un formato para una institución: vacía, con un renglón de ejemplo, o con lo que ya está."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from fracciones_config import TipoCampo
from fracciones_config.tipos import MAESTROS
from models.domain.errores import ReglaRota
from models.domain.estados import TRANSICIONES
from models.domain.periods import etiqueta
from models.domain.permissions import Accion, Actor, condiciones
from models.formatos import Tabla
from models.hojas.disposicion import (
    BAJA,
    BAJA_MOTIVO,
    EJEMPLO,
    FOLIO,
    VERSION,
    Identidad,
    hoja_principal,
    hojas_de_tablas,
    tablas_de,
)
from models.hojas.nuestras import CATALOGOS, IDENTIDAD, INSTRUCCIONES
from models.hojas.plantillas.columnas import Contexto, columns_of, columns_of_tabla
from models.hojas.plantillas.escritor import Libro
from models.hojas.plantillas.estilos import ESTILOS
from models.hojas.plantillas.hojas import NUMERO, ULTIMA_FILA, Hoja
from models.hojas.plantillas.instrucciones import lines_of, write_instrucciones
from models.hojas.plantillas.listas import Listas
from models.hojas.plantillas.nombres import Nombres, names_of_maestros
from models.hojas.plantillas.renglones import Renglon, build_ejemplo, iter_registros
from models.reloj import hoy
from models.sujetos import SujetoObligado


@dataclass(frozen=True, slots=True)
class Pedida:
    """Qué plantilla se quiere. Con ``ejercicio`` y ``periodo``, la de ese periodo; ``con_datos``, con lo que ya está en él.

    ``actor`` acota lo que ya está a lo que esa persona puede corregir, y sus áreas a las suyas; sin él va todo lo de la
    institución (así la pide quien da órdenes de consola).
    """

    sujeto: SujetoObligado
    tabla: Tabla
    actor: Actor | None = None
    con_datos: bool = False
    ejercicio: int | None = None
    periodo: str | None = None

    @property
    def identidad(self) -> Identidad:
        return Identidad(self.tabla.clave, self.tabla.numero, self.sujeto.siglas, self.ejercicio, self.periodo)


def write_plantilla(pedida: Pedida, destino: IO[bytes]) -> int:
    """Escribe el libro y da cuántos registros lleva. ``ReglaRota`` si son más de los que caben en una carga."""
    contexto = _contexto(pedida)
    libro, listas = Libro(destino, str(pedida.identidad), contexto.formato.nombre), Listas()
    _ = listas.causas
    principal = Hoja(libro, libro.add_worksheet(hoja_principal(contexto.formato)), columns_of(contexto))
    tablas = _hojas_de_tablas(libro, contexto)
    instrucciones, catalogos, identidad = (libro.add_worksheet(hoja) for hoja in (INSTRUCCIONES, CATALOGOS, IDENTIDAD))
    principal.write_encabezados(listas, (VERSION,) if pedida.con_datos else (VERSION, BAJA, BAJA_MOTIVO))
    for hoja in tablas.values():
        hoja.write_encabezados(listas)
    muestra = build_ejemplo(contexto, pedida.ejercicio or hoy().year, pedida.periodo)
    registros = _registros(pedida, contexto, muestra)
    cuantos = _write_renglones(principal, tablas, registros)
    write_instrucciones(instrucciones, lines_of(contexto, _de_quien(pedida), _contacto(pedida.sujeto), principal.columnas,
                                                pedida.con_datos),
                        {clase: libro.add_format(estilo) for clase, estilo in ESTILOS.items()})
    listas.write(catalogos, libro.add_format({"num_format": "@"}))
    _write_identidad(libro, identidad, pedida.identidad, principal, muestra)
    catalogos.hide()
    identidad.very_hidden()
    libro.close()
    return cuantos


def _contexto(pedida: Pedida) -> Contexto:
    formato, sujeto_id = pedida.tabla.formato, int(pedida.sujeto.id)
    usados = {campo.tipo for campo in formato.campos} & MAESTROS | {TipoCampo.AREA}
    nombres = {tipo: names_of_maestros(sujeto_id, tipo) for tipo in usados}
    limite = pedida.actor.areas.get(pedida.tabla.clave) if pedida.actor is not None else None
    return Contexto(formato, nombres, _responsables(sujeto_id, nombres[TipoCampo.AREA], limite), pedida.periodo)


def _responsables(sujeto_id: int, areas: Nombres, limite: Collection[int] | None) -> tuple[str, ...]:
    return areas.opciones if limite is None else names_of_maestros(sujeto_id, TipoCampo.AREA, limite).opciones


def _hojas_de_tablas(libro: Libro, contexto: Contexto) -> dict[str, Hoja]:
    nombres = hojas_de_tablas(contexto.formato)
    return {campo.nombre: Hoja(libro, libro.add_worksheet(nombres[campo.nombre]), [NUMERO, *columns_of_tabla(campo, contexto)])
            for campo in tablas_de(contexto.formato)}


def _registros(pedida: Pedida, contexto: Contexto, muestra: Renglon) -> Iterator[Renglon]:
    """Los que ya están; si no se piden, o no hay, el de muestra."""
    registros = iter_registros(pedida.tabla, _donde(pedida), contexto.nombres) if pedida.con_datos else iter(())
    return chain([next(registros, muestra)], registros)


def _donde(pedida: Pedida) -> list[Any]:
    """Lo que la persona puede corregir de ese periodo: nada retirado ni borrado."""
    modelo = pedida.tabla.trabajo
    suyos: Sequence[Any] = [modelo.sujeto_id == pedida.sujeto.id] if pedida.actor is None else condiciones(
        pedida.actor, Accion.EDITAR, pedida.tabla)
    donde = [*suyos, modelo.estado.in_(sorted(TRANSICIONES["editar"].de))]
    donde += [modelo.ejercicio == pedida.ejercicio] if pedida.ejercicio is not None else []
    return donde + ([modelo.periodo == pedida.periodo] if pedida.periodo is not None else [])


def _write_renglones(principal: Hoja, tablas: dict[str, Hoja], registros: Iterator[Renglon]) -> int:
    """Da cuántos son, sin contar el de muestra."""
    cuantos = 0
    for renglon in registros:
        if principal.fila >= ULTIMA_FILA:
            raise ReglaRota(f"Son más de {ULTIMA_FILA - 2:,} registros: no caben en una plantilla. "
                            "Pídala por ejercicio o por periodo.")
        principal.write_renglon(renglon.celdas)
        cuantos += renglon.celdas[FOLIO] != EJEMPLO
        for nombre, filas in renglon.tablas.items():
            for celdas in filas:
                tablas[nombre].write_renglon(celdas)
    return cuantos


def _write_identidad(libro: Libro, hoja: Any, identidad: Identidad, principal: Hoja, muestra: Renglon) -> None:
    """Arriba, de quién es; abajo, cómo estaba el renglón de ejemplo (``models.hojas.disposicion.EJEMPLO``)."""
    hoja.write_string(0, 0, str(identidad))
    Hoja(libro, hoja, principal.columnas, fila=1).write_renglon(muestra.celdas)


def _de_quien(pedida: Pedida) -> str:
    partes = [pedida.sujeto.nombre, str(pedida.ejercicio or ""), etiqueta(pedida.periodo) if pedida.periodo else ""]
    return " · ".join(filter(None, partes))


def _contacto(sujeto: SujetoObligado) -> str:
    """A la Unidad de Información, con los datos que tenga en su configuración."""
    datos = json.loads(sujeto.datos)
    llaves = ("unidad_titular", "unidad_telefono", "unidad_correo", "unidad_horario")
    return " · ".join(["A la Unidad de Información de su institución", *(str(datos[n]) for n in llaves if datos.get(n))])
