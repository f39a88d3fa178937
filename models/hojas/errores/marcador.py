"""Marca un libro .xlsx: sus celdas, sus notas y su hoja ``Errores``. Lo demás del libro sale byte por byte como estaba."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from models.hojas.errores.celdas import MarcadorDeHoja, split_celda
from models.hojas.errores.estilos import POR_CORREGIR, SIN_ESTILOS, Estilos
from models.hojas.errores.faltas import Falta
from models.hojas.errores.indice import HojaDelLibro, add_hoja, read_hojas, reopen_hoja
from models.hojas.errores.notas import Nota, read_celdas, write_dibujo, write_notas
from models.hojas.errores.paquete import SIN_LIGAS, Paquete, ligas_de
from models.hojas.errores.resumen import write_resumen
from models.hojas.nuestras import ERRORES

NOTAS = 5_000
"""Notas que se ponen en una hoja: con más, abrir el libro tarda. Las demás celdas van marcadas y en la hoja de errores."""

_TIPO = "application/vnd.openxmlformats-officedocument.{}"
_VML = _TIPO.format("vmlDrawing")
_HOJA, _NOTAS, _ESTILOS = (_TIPO.format(f"spreadsheetml.{cual}+xml") for cual in ("worksheet", "comments", "styles"))
_LEGADO = re.compile(rb"<(?:\w+:)?legacyDrawing\b[^>]*?[\"']([^\"']+)[\"']\s*/?>")


def mark_libro(original: Path, destino: Path, faltas: Sequence[Falta], hojas: Iterable[str]) -> None:
    """Escribe en ``destino`` el libro marcado. ``hojas`` son las de datos: ahí se quitan las marcas de antes.

    Lanza ``ValueError`` o ``KeyError`` si por dentro no es como los libros de una hoja de cálculo.
    """
    paquete = Paquete(original)
    with tempfile.TemporaryDirectory(dir=destino.parent) as aparte:
        try:
            suyas = read_hojas(paquete)
            estilos = _read_estilos(paquete)
            de_datos, copiadas = set(hojas), dict[str, Path]()
            for hoja in suyas:
                en_hoja = [falta for falta in faltas if falta.hoja == hoja.nombre and falta.celda]
                if en_hoja or hoja.nombre in de_datos or _is_elegida(paquete, hoja):
                    copia = Path(aparte) / f"{hoja.numero}.xml"
                    _mark_hoja(paquete, hoja, copia, estilos, en_hoja)
                    copiadas[hoja.parte] = copia
            _put_errores(paquete, suyas, faltas, estilos, copiadas)
            paquete.put(paquete.targets(ligas_de(paquete.libro), "styles")[0], estilos.write())
            paquete.write(destino, copiadas)
        finally:
            paquete.close()


def _mark_hoja(paquete: Paquete, hoja: HojaDelLibro, copia: Path, estilos: Estilos, faltas: list[Falta]) -> None:
    """Copia la hoja con sus marcas y pone al día sus notas."""
    marcas: dict[int, dict[int, str]] = defaultdict(dict)
    for falta in faltas:
        fila, columna = split_celda(str(falta.celda))
        if marcas[fila].get(columna) != POR_CORREGIR:
            marcas[fila][columna] = falta.clase
    notas, dibujo, liga = _notas_de(faltas), _dibujo_de(paquete, hoja), ""
    if notas and not dibujo:
        dibujo = paquete.free_name("xl/drawings/vmlDrawing{}.vml")
        paquete.require_extension("vml", _VML)
        paquete.put(dibujo, b"")
        liga = f'<legacyDrawing xmlns:r="{paquete.espacio}" r:id="{paquete.link(hoja.parte, "vmlDrawing", dibujo)}"/>'
    with paquete.open(hoja.parte) as entrada, copia.open("wb") as salida:
        marcador = MarcadorDeHoja(salida, estilos, marcas, liga)
        marcador.run(entrada)
    _put_notas(paquete, hoja, notas, dibujo, marcador.anchos)


def _put_notas(paquete: Paquete, hoja: HojaDelLibro, notas: list[Nota], dibujo: str, anchos: Mapping[int, int]) -> None:
    parte = next(iter(paquete.targets(ligas_de(hoja.parte), "comments")), "")
    ajenas, nuestras = read_celdas(paquete.read(parte) if parte else None)
    if not (notas or nuestras):
        return
    if parte:
        paquete.put(parte, write_notas(paquete.read(parte), notas))
    else:
        parte = paquete.free_name("xl/comments{}.xml")
        paquete.put(parte, write_notas(None, notas), _NOTAS)
        paquete.link(hoja.parte, "comments", parte)
    if dibujo:
        con_nota = {nota.celda for nota in notas}
        demas = [Nota(celda, POR_CORREGIR, " " * 120) for celda in sorted(ajenas - con_nota)]
        paquete.put(dibujo, write_dibujo(paquete.read(dibujo) or None, nuestras - ajenas, notas + demas, anchos, hoja.numero))


def _notas_de(faltas: list[Falta]) -> list[Nota]:
    """Una por celda; si en una hay varias faltas, van juntas y manda la peor."""
    juntas: dict[str, list[Falta]] = {}
    for falta in faltas:
        if falta.celda in juntas or len(juntas) < NOTAS:
            juntas.setdefault(str(falta.celda), []).append(falta)
    return [Nota(celda, POR_CORREGIR if any(una.clase == POR_CORREGIR for una in suyas) else suyas[0].clase,
                 "\n".join(dict.fromkeys(una.nota for una in suyas))) for celda, suyas in juntas.items()]


def _dibujo_de(paquete: Paquete, hoja: HojaDelLibro) -> str:
    """La parte con los recuadros de las notas de una hoja; ``""`` si no tiene."""
    ligas = {liga: parte for liga, clase, parte in paquete.links(ligas_de(hoja.parte)) if clase == "vmlDrawing"}
    if not ligas:
        return ""
    cola = b""
    with paquete.open(hoja.parte) as entrada:
        while trozo := entrada.read(1 << 20):
            cola = cola[-1_000:] + trozo
            if hallada := _LEGADO.search(cola):
                return ligas.get(hallada[1].decode(), "")
    return ""


def _is_elegida(paquete: Paquete, hoja: HojaDelLibro) -> bool:
    """Si el libro se abría en esa hoja: con dos elegidas, lo que se escribe en una se escribe en las dos."""
    with paquete.open(hoja.parte) as entrada:
        return b"tabSelected" in entrada.read(16_384)


def _read_estilos(paquete: Paquete) -> Estilos:
    suyos = paquete.targets(ligas_de(paquete.libro), "styles")
    if not suyos:
        suyos = [paquete.free_name("xl/styles{}.xml")]
        paquete.put(suyos[0], SIN_ESTILOS, _ESTILOS)
        paquete.link(paquete.libro, "styles", suyos[0])
    return Estilos(paquete.read(suyos[0]))


def _put_errores(paquete: Paquete, hojas: Sequence[HojaDelLibro], faltas: Sequence[Falta], estilos: Estilos,
                 copiadas: dict[str, Path]) -> None:
    """La hoja de errores, al frente; si el libro ya traía la de otra vuelta, en el lugar de esa."""
    xml = write_resumen(list(faltas), estilos.own, paquete.estricto)
    previa = next((hoja for hoja in hojas if hoja.nombre == ERRORES), None)
    if previa is None:
        parte = paquete.free_name("xl/worksheets/errores{}.xml")
        paquete.put(parte, xml, _HOJA)
        add_hoja(paquete, ERRORES, paquete.link(paquete.libro, "worksheet", parte))
        return
    copiadas.pop(previa.parte, None)
    paquete.put(previa.parte, xml)
    if ligas_de(previa.parte) in paquete:
        paquete.put(ligas_de(previa.parte), SIN_LIGAS)
    reopen_hoja(paquete, previa)
