"""``exportar``: los registros de un formato, en CSV o JSON para otros programas. Memoria constante."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

import click

from admin_views.ordenes.comun import con_base, find_sujeto
from fracciones_config import Campo, Formato, TipoCampo
from models.domain.catalogo_vigente import vigente
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.formatos import Tabla
from models.sujetos import SujetoObligado

TROZO = 1000

_OBJETOS = frozenset({TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO})


@click.command()
@click.argument("clave")
@click.option("--so", "siglas", help="Solo la institución con estas siglas.")
@click.option("--trabajo", is_flag=True, help="Lo de trabajo, en todos sus estados, en vez de lo publicado.")
@click.option("--formato", "forma", type=click.Choice(["csv", "json", "xlsx"]), required=True, help="csv o json.")
@click.option("-o", "salida", type=click.Path(dir_okay=False, allow_dash=True), required=True,
              help="Archivo de salida; «-» es la pantalla.")
@con_base
def exportar(clave: str, siglas: str | None, trabajo: bool, forma: str, salida: str) -> None:
    """Escribe los registros publicados del formato CLAVE."""
    if forma == "xlsx":
        raise click.ClickException("Excel llega en una versión posterior; por ahora use --formato csv o --formato json.")
    tabla = vigente.foto.tablas.get(clave)
    if tabla is None:
        raise click.ClickException(f"No hay un formato «{clave}» en el catálogo en vigor.")
    sujetos = [find_sujeto(siglas)] if siglas else list(SujetoObligado.select().order_by(SujetoObligado.id))
    registros = records_of(tabla, [(sujeto.id, sujeto.siglas) for sujeto in sujetos], trabajo)
    with click.open_file(salida, "w", encoding="utf-8", atomic=salida != "-") as archivo:
        cuantos = ESCRITORES[forma](archivo, tabla.formato, registros, trabajo)
    click.echo(f"{cuantos:,} registros.", err=True)


def records_of(tabla: Tabla, sujetos: Iterable[tuple[int, str]], trabajo: bool) -> Iterator[dict[str, Any]]:
    """Los registros de cada sujeto ``(id, siglas)``: ``so``, ``folio``, ``estado`` (si es de trabajo), datos y vacíos."""
    for sujeto_id, siglas in sujetos:
        for fila in _filas(tabla.trabajo if trabajo else tabla.publica, sujeto_id):
            datos, vacios = de_canonico(fila.contenido)
            estado = {"estado": str(fila.estado)} if trabajo else {}
            yield {"so": siglas, "folio": a_folio(fila.id), **estado, "datos": datos, "vacios": vacios}


def _filas(modelo: Any, sujeto_id: int) -> Iterator[Any]:
    """Por llave, de trozo en trozo."""
    ultimo = 0
    while trozo := list(modelo.select().where(
            modelo.sujeto_id == sujeto_id, modelo.id > ultimo).order_by(modelo.id).limit(TROZO)):
        yield from trozo
        ultimo = trozo[-1].id


def write_csv(archivo: TextIO, formato: Formato, registros: Iterator[dict[str, Any]], trabajo: bool) -> int:
    """Encabezado con los nombres estables de los campos; fechas ISO y punto decimal."""
    propias = ["so", "folio", *(["estado"] if trabajo else [])]
    escritor = csv.writer(archivo, lineterminator="\r\n")
    escritor.writerow([*propias, *(campo.nombre for campo in formato.campos), "vacios"])
    cuantos = 0
    for registro in registros:
        celdas = (_celda(campo, registro["datos"].get(campo.nombre)) for campo in formato.campos)
        escritor.writerow([*(registro[propia] for propia in propias), *celdas, _json(registro["vacios"] or None)])
        cuantos += 1
    return cuantos


def write_json(archivo: TextIO, formato: Formato, registros: Iterator[dict[str, Any]], trabajo: bool) -> int:
    """Una lista, con un registro por renglón."""
    archivo.write("[")
    cuantos = 0
    for registro in registros:
        archivo.write((",\n" if cuantos else "\n") + _json(registro))
        cuantos += 1
    archivo.write("\n]\n")
    return cuantos


ESCRITORES: dict[str, Callable[[TextIO, Formato, Iterator[dict[str, Any]], bool], int]] = {
    "csv": write_csv, "json": write_json}


def _celda(campo: Campo, dato: Any) -> str:
    if dato is None:
        return ""
    if campo.tipo in _OBJETOS:
        return str(dato.get("texto", dato["id"]))
    if campo.tipo is TipoCampo.ARCHIVO:
        return str(dato["nombre"])
    if campo.tipo is TipoCampo.OPCIONES:
        return "|".join(dato)
    return dato if isinstance(dato, str) else _json(dato)


def _json(dato: Any) -> str:
    return "" if dato is None else json.dumps(dato, ensure_ascii=False, separators=(",", ":"))
