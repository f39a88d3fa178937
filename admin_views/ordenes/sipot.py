"""``sipot``: de un libro oficial de la Plataforma Nacional de Transparencia a un formato de la casa, y de regreso."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from admin_views.ordenes.comun import con_base, entorno_actual, find_sujeto, tell_faltas
from fracciones_config.lectura import read_documento
from fracciones_config.reglas import RESERVADOS
from fracciones_config.revision import Archivos, read_archivos, revisar
from fracciones_config.sipot import LibroInvalido, LibroSipot, read_libro
from fracciones_config.sipot.definicion import define_formato
from fracciones_config.sipot.escritura import write_yaml
from fracciones_config.sipot.lugares import ARTICULO, PAQUETE, Lugar, next_numero, propose_lugar
from fracciones_config.sipot.nombres import make_nombre
from models.domain.catalogo_vigente import vigente
from models.hojas.sipot.perdidas import to_texto
from models.hojas.sipot.publicado import return_libro
from models.presentacion.numeros import contar

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


@sipot.command("exportar")
@click.argument("siglas")
@click.argument("clave")
@click.argument("ejercicio", type=click.IntRange(1900, 2200))
@click.option("-o", "salida", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Libro .xlsx de salida.")
@click.option("--plantilla", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Plantilla oficial en blanco: de ella salen claves, títulos y listas.")
@click.option("--perdidas", type=click.Path(dir_okay=False, path_type=Path), help="Archivo .txt con lo que no cabe.")
@click.option("--recortar", is_flag=True, help="Deja cada texto en lo que SIPOT admite (150 o 4,000 caracteres).")
@click.option("--sitio", help="Dirección con que empiezan las de los archivos, como https://ejemplo.gob.mx.")
@con_base
def exportar_libro(
    siglas: str, clave: str, ejercicio: int, salida: Path, plantilla: Path | None, perdidas: Path | None, recortar: bool,
    sitio: str | None,
) -> None:
    """Escribe lo publicado por SIGLAS en el formato CLAVE y el EJERCICIO, en su libro oficial, y dice qué no cabe en él."""
    tabla = vigente.foto.tablas.get(clave)
    if tabla is None:
        raise click.ClickException(f"No hay un formato «{clave}» en el catálogo en vigor.")
    entorno = entorno_actual()
    base = (sitio or entorno.direccion or f"http://localhost:{entorno.puerto}").rstrip("/")
    devuelto = return_libro(tabla, find_sujeto(siglas), ejercicio, salida, base, _read(plantilla) if plantilla else None,
                            recortar)
    if perdidas is not None:
        perdidas.write_text(to_texto(devuelto.perdidas), encoding="utf-8")
    for perdida in devuelto.perdidas:
        click.echo(f"No cabe: {perdida}", err=True)
    click.echo(f"{salida}: {contar(devuelto.registros, 'registro', 'registros')} en "
               f"{contar(devuelto.renglones, 'renglón', 'renglones')}; {len(devuelto.perdidas):,} que no caben igual.")


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
