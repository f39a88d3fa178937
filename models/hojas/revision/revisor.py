"""La lectura de un libro, ya en su proceso: hojas, columnas, renglones y expediente."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import python_calamine
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from fracciones_config import TipoCampo
from models.busqueda.normalizador import tokens_de
from models.columnas import a_columna
from models.domain.lectores.crudo import plegar
from models.domain.repetidos import fingerprint
from models.domain.validation import Validacion, canonico, validar
from models.folios import de_folio
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.expediente import BUENO, MALO, Expediente
from models.hojas.revision.pedido import Pedido
from models.presentacion.textos import texto


class ContextoDePedido:
    """Los maestros y archivos del pedido."""

    def __init__(self, pedido: Pedido) -> None:
        self._maestros = {(tipo, de_folio(m.folio)): m.nombre for tipo, lista in pedido.maestros.items() for m in lista}
        self._archivos = {de_folio(dato["id"]): dato for dato in pedido.archivos.values()}

    def maestro(self, tipo: TipoCampo, identificador: int) -> str | None:
        return self._maestros.get((tipo.value, identificador))

    def archivo(self, identificador: int) -> Any:
        return self._archivos.get(identificador)


def check(libro: Path, pedido: Pedido, destino: Path, avance: Callable[[int, int], None]) -> dict[str, Any]:
    """Lee el libro y deja su expediente. Lanza ``LibroRechazado``."""
    inicio = time.perf_counter()
    try:
        hoja = python_calamine.load_workbook(str(libro)).get_sheet_by_index(0)
        filas = hoja.to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise LibroRechazado("No se pudo leer el libro.") from error
    esperados = {plegar(c.nombre): c.nombre for c in pedido.formato.campos} | {
        plegar(c.etiqueta): c.nombre for c in pedido.formato.campos}
    donde = next((n for n, fila in enumerate(filas[:20]) if sum(plegar(str(v)) in esperados for v in fila) > 1), None)
    if donde is None:
        raise LibroRechazado(f"El libro no trae columnas de «{pedido.formato.nombre_corto}».")
    columnas = {i: esperados[plegar(str(v))] for i, v in enumerate(filas[donde]) if plegar(str(v)) in esperados}
    malos = total = 0
    with Expediente.create(destino, pedido.fisicas) as expediente:
        expediente.add("hoja", [(0, hoja.name, "principal")])
        contexto = ContextoDePedido(pedido)
        for fila, crudo in _renglones(filas, donde, columnas):
            total += 1
            if pedido.ejercicio:
                crudo.setdefault("ejercicio", pedido.ejercicio)
                crudo.setdefault("periodo", pedido.periodo)
            validacion = validar(pedido.formato, crudo, {}, contexto)
            malos += bool(validacion.problemas)
            expediente.add_renglones([_columnas(fila, pedido, validacion)])
            posiciones = {campo: i for i, campo in columnas.items()}
            expediente.add("problema", [
                (fila, hoja.name, f"{get_column_letter(posiciones[p.campo] + 1)}{fila}" if p.campo in posiciones else None,
                 p.campo, pedido.formato.por_nombre[p.campo].etiqueta, str(crudo.get(p.campo, "")),
                 p.mensaje, "valor")
                for p in validacion.problemas])
        avance(total, total)
        resumen = {"total": total, "malos": malos, "buenos": total - malos, "por_corregir": 0, "bajas": 0,
                   "incompletos": expediente.count_incompletos(), "problemas": expediente.count("problema"),
                   "correcciones": 0, "hallazgos": 0, "archivos": {"piden": 0, "hallados": 0, "faltan": 0},
                   "forma": "xlsx", "hoja": hoja.name, "segundos": round(time.perf_counter() - inicio, 2)}
        expediente.seal(resumen)
    return resumen


def _renglones(filas: list[list[Any]], donde: int, columnas: dict[int, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for numero, fila in enumerate(filas[donde + 1:], start=donde + 2):
        crudo = {campo: fila[i] for i, campo in columnas.items() if i < len(fila) and fila[i] != ""}
        if crudo:
            yield numero, crudo


def _columnas(fila: int, pedido: Pedido, validacion: Validacion) -> list[Any]:
    datos, formato = validacion.datos, pedido.formato
    area = datos.get("area_responsable")
    buscables = [texto(c, datos[c.nombre]) for c in formato.campos if c.se_busca and c.nombre in datos]
    fisicas = [a_columna(c, datos.get(c.nombre)) for c in formato.campos if c.nombre not in ("ejercicio", "periodo")]
    area_id = de_folio(str(area["id"])) if isinstance(area, dict) else None
    return [fila, MALO if validacion.problemas else BUENO, None, None, None, None, datos.get("ejercicio", 0),
            datos.get("periodo", ""), len(validacion.faltan), canonico(datos, validacion.vacios), tokens_de(buscables),
            fingerprint(datos, validacion.vacios), None, area_id, None, *fisicas]
