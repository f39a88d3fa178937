"""La constancia de lo que era público un día, para imprimirse: qué, de quién, dónde, su huella y cómo comprobarla."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from models.folios import a_folio
from models.publicados import Institucion, Lapida, Obligacion
from models.publicados.cortes import Corte
from models.publicados.huellas import hash_lines, line_of, line_of_obligacion
from models.publicados.registros import FilaPublica, registro_de
from portal.al_dia import pages_of, read_al_dia
from portal.consulta_formato import ConsultaDeFormato
from portal.direcciones import to_institucion, with_query
from portal.palabras import SITUACIONES, period_name, title_of

POR_HOJA = 100
"""Registros por hoja: lo que se puede imprimir y revisar."""


def is_asked() -> bool:
    """Si se pidió la constancia, y no la página."""
    return request.args.get("constancia") == "1"


@dataclass(frozen=True, slots=True)
class Constancia:
    """Lo que se hace constar. ``renglones`` son tuplas de celdas; ``lineas``, de lo que se saca la huella."""

    institucion: Institucion
    que: str
    al: Corte
    ruta: str
    encabezados: tuple[str, ...]
    renglones: Sequence[tuple[str, ...]]
    lineas: Sequence[str]
    resumen: str = ""
    bloques: Sequence[Any] = ()

    @property
    def huella(self) -> str:
        return hash_lines(f"{self.institucion.siglas} {self.que} {self.al.iso}", self.lineas)


def draw_constancia(constancia: Constancia, **paginas: str | None) -> str:
    """La página. Si la dirección trae la huella de una constancia anterior, dice si es la misma."""
    dada = request.args.get("huella", "").strip().lower()
    huella = constancia.huella
    vecinas = {"siguiente": None, "anterior": None, "primera": None} | paginas
    return render_template(
        "constancia.html", c=constancia, institucion=constancia.institucion, huella=huella,
        coincide=dada == huella if dada else None, comprobar=f"{constancia.ruta}&huella={huella}", **vecinas)


def of_registro(
    institucion: Institucion, titulo: str, fila: FilaPublica, al: Corte, ruta: str, bloques: Sequence[Any],
) -> Constancia:
    """La de un registro: todo lo que decía."""
    return Constancia(institucion, titulo, al, ruta, (), (), [line_of(fila)],
                      f"Registro con folio {a_folio(fila.id)}, versión {fila.numero}.", bloques)


def of_institucion(institucion: Institucion, obligaciones: Sequence[Obligacion], al: Corte) -> Constancia:
    """La de una institución: cada formato, cuántos registros tenía y qué estaba aprobado."""
    renglones = [(o.formato.fundamento, o.formato.nombre, SITUACIONES[o.situacion] + _por_que(o), f"{o.n:,}")
                 for o in obligaciones]
    ruta = with_query(to_institucion(institucion.siglas), al=al.iso, constancia=1)
    encabezados = ("Fundamento", "Información", "Situación", "Registros")
    return Constancia(institucion, "Obligaciones de transparencia", al, ruta, encabezados, renglones,
                      [line_of_obligacion(o) for o in obligaciones], f"{len(obligaciones)} obligaciones.")


def _por_que(obligacion: Obligacion) -> str:
    return f": {obligacion.no_aplica.fundamento}" if obligacion.no_aplica and not obligacion.n else ""


def draw_de_formato(consulta: ConsultaDeFormato) -> str:
    """La de un formato: sus registros, por hojas."""
    assert consulta.al is not None
    al_dia = read_al_dia(consulta, POR_HOJA, crudo=True)
    filas = al_dia.pagina.registros
    lapidas = [al_dia.retirados.get(fila.id) for fila in filas]
    lineas = list(map(line_of, filas, lapidas))
    renglones = [_renglon(consulta, *partes) for partes in zip(filas, lapidas, lineas, strict=True)]
    anio = f", {consulta.ejercicio}" if consulta.ejercicio else ""
    n = consulta.resumen.de(consulta.ejercicio).n
    constancia = Constancia(
        consulta.institucion, consulta.formato.nombre + anio, consulta.al, consulta.ruta(constancia=1, **_cursor()),
        ("Folio", "Registro", "Periodo", "Versión", "Huella del contenido"), renglones, lineas,
        f"{n:,} registros públicos ese día" + (f"; en esta hoja, {len(filas)}." if n != len(filas) else "."))
    return draw_constancia(constancia, **pages_of(consulta, al_dia, constancia=1))


def _renglon(consulta: ConsultaDeFormato, fila: FilaPublica, retirado: Lapida | None, linea: str) -> tuple[str, ...]:
    titulo = "Era público; después se retiró" if retirado else title_of(consulta.formato, registro_de(consulta.tabla, *fila))
    return (a_folio(fila.id), titulo, period_name(fila.periodo), str(fila.numero), "" if retirado else linea.split(" ")[2])


def _cursor() -> dict[str, str]:
    return {nombre: request.args[nombre] for nombre in ("antes", "despues") if request.args.get(nombre)}
