"""``sipot``: de un libro oficial de la Plataforma Nacional de Transparencia a un formato de la casa, y de regreso."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from admin_views.ordenes.comun import entorno_actual, tell_faltas
from fracciones_config.lectura import read_documento
from fracciones_config.reglas import RESERVADOS
from fracciones_config.revision import Archivos, read_archivos, revisar
from fracciones_config.sipot import LibroInvalido, LibroSipot, read_libro
from fracciones_config.sipot.definicion import define_formato
from fracciones_config.sipot.escritura import write_yaml
from fracciones_config.sipot.lugares import ARTICULO, PAQUETE, Lugar, next_numero, propose_lugar
from fracciones_config.sipot.nombres import make_nombre

_CLAVE = re.compile(r"[a-z][a-z0-9_]{1,40}")


@click.group()
def sipot() -> None:
    """El puente con SIPOT: los libros oficiales se vuelven formatos, y lo publicado vuelve a su libro."""


@sipot.command()
@click.argument("libro", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "salida", type=click.Path(path_type=Path), required=True,
              help="Archivo .yaml; si es una carpeta, el nombre sale del título del libro.")
@click.option("--articulo", type=click.IntRange(1, 500), help="Artículo de la ley; si no se dice, uno por confirmar.")
@click.option("--fraccion", help="Fracción, en romano.")
@click.option("--paquete", default=PAQUETE, show_default=True, help="Paquete al que pertenece.")
@with_appcontext
def importar(libro: Path, salida: Path, articulo: int | None, fraccion: str | None, paquete: str) -> None:
    """Hace, de un LIBRO oficial (.xlsx), el YAML del formato que lo captura, listo para «catalogo revisar»."""
    leido = _read(libro)
    destino = salida / f"{_clave_de(leido, salida)}.yaml" if salida.is_dir() else salida
    base = read_archivos(entorno_actual().catalogo)
    lugar = _find_lugar(leido, _ocupados(base, destino), articulo, fraccion, paquete)
    importacion = define_formato(leido, lugar, _reservados(base))
    notas = (f"Hecho con «sipot importar» del libro oficial {leido.clave}. POR REVISAR antes de ponerlo en vigor:",
             *(f"- {pendiente}" for pendiente in importacion.pendientes))
    texto = write_yaml(importacion.formato, notas)
    _require_sin_faltas(base, texto)
    _save(destino, texto)
    _tell(destino, importacion.formato, importacion.pendientes)


def _read(ruta: Path) -> LibroSipot:
    try:
        return read_libro(ruta)
    except (LibroInvalido, OSError) as error:
        raise click.ClickException(str(error)) from error


def _clave_de(libro: LibroSipot, carpeta: Path) -> str:
    """Una clave legible y sin usar en esa carpeta, por el título del libro."""
    usadas = {ruta.stem for ruta in carpeta.glob("*.yaml")}
    return make_nombre(libro.nombre_corto or libro.titulo or f"Formato {libro.clave}", usadas)


def _ocupados(base: Archivos, destino: Path) -> set[Lugar]:
    """Los lugares que ya tienen los formatos del catálogo y los de la carpeta donde se va a escribir, menos este mismo."""
    vecinos = {str(ruta): ruta.read_bytes() for ruta in destino.parent.glob("*.yaml") if ruta.is_file()}
    otros = {ruta: bytes_ for ruta, bytes_ in base.items() if ruta.startswith("formatos/")} | vecinos
    datos = (read_documento(ruta, contenido).datos for ruta, contenido in otros.items() if Path(ruta).stem != destino.stem)
    return {lugar for dato in datos if (lugar := _lugar_de(dato)) is not None}


def _lugar_de(dato: dict[str, Any]) -> Lugar | None:
    articulo, fraccion, numero = dato.get("articulo"), dato.get("fraccion"), dato.get("numero", 1)
    if isinstance(articulo, int) and isinstance(fraccion, str) and isinstance(numero, int):
        return Lugar(articulo, fraccion, numero, str(dato.get("paquete", PAQUETE)))
    return None


def _find_lugar(
    libro: LibroSipot, ocupados: set[Lugar], articulo: int | None, fraccion: str | None, paquete: str,
) -> Lugar:
    try:
        if fraccion:
            return next_numero(ocupados, articulo or ARTICULO, fraccion.strip().upper(), paquete)
        return propose_lugar(libro.clave, ocupados, articulo or ARTICULO, paquete)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _reservados(base: Archivos) -> set[str]:
    """Los nombres que un campo no puede llevar: los que usa la casa y los comunes."""
    comunes = read_documento("comunes.yaml", base.get("comunes.yaml", b"")).datos
    return RESERVADOS | {str(campo["nombre"]) for parte in comunes.values() for campo in parte}


def _require_sin_faltas(base: Archivos, texto: str) -> None:
    """Lo escrito se revisa como lo hará «catalogo revisar»; con alguna falta no se escribe nada."""
    marco = {ruta: contenido for ruta, contenido in base.items() if not ruta.startswith("formatos/")}
    if faltas := revisar(marco | {"formatos/importado.yaml": texto.encode()}).faltas:
        tell_faltas(faltas)


def _save(destino: Path, texto: str) -> None:
    if str(destino) == "-":
        click.echo(texto, nl=False)
        return
    try:
        destino.write_text(texto, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"No se pudo escribir {destino}: {error.strerror}.") from error


def _tell(destino: Path, formato: dict[str, Any], pendientes: tuple[str, ...]) -> None:
    tablas = sum(campo["tipo"] == "tabla" for campo in formato["campos"])
    click.echo(f"{destino}: «{formato['nombre_corto']}», {len(formato['campos'])} campos, {tablas} tablas.", err=True)
    for pendiente in pendientes:
        click.echo(f"Por revisar: {pendiente}.", err=True)
    if str(destino) != "-" and not _CLAVE.fullmatch(destino.stem):
        click.echo(f"«{destino.stem}» no sirve como clave: al ponerlo en el catálogo llámelo, por ejemplo, "
                   f"{make_nombre(formato['nombre_corto'], ())}.yaml", err=True)
