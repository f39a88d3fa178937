"""``cargar``: un libro entero a un formato, desde la consola y con las mismas reglas que en pantalla."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from pathlib import Path

import click

from admin_views.ordenes.comun import find_sujeto, que_escribe
from models.cargas import Carga, CargaRegistro
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.permissions import Actor
from models.domain.workflow import aplicar
from models.formatos import Tabla
from models.hojas.cargas import (
    Subido,
    accept_correcciones,
    attach_archivos,
    confirm_carga,
    open_expediente,
    read_resumen,
    receive_libro,
)
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.decisiones import por_cargar
from models.hojas.cargas.situaciones import Situacion
from models.hojas.errores import make_libro_de_errores, name_of
from models.presentacion.numeros import contar
from models.sujetos import SujetoObligado
from models.trabajos.aqui import attend_here
from models.usuarios import Usuario

_ACTOS = {"revisar": "revisados", "publicar": "publicados"}


@click.command()
@click.argument("siglas")
@click.argument("clave")
@click.argument("libro", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--usuario", "cuenta", required=True, help="A nombre de quién se carga; con sus permisos.")
@click.option("--ejercicio", type=int, help="El de los renglones que no lo digan.")
@click.option("--periodo", help="El de los renglones que no lo digan: T1, S2, M09, A…")
@click.option("--archivos", "paquetes", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Un archivo, o un .zip, de los que nombra el libro; se puede repetir.")
@click.option("--solo-buenos", is_flag=True, help="Carga los renglones buenos aunque haya malos; sin esto, todo o nada.")
@click.option("--aceptar-correcciones", "corregir", is_flag=True, help="Acepta todas las correcciones propuestas.")
@click.option("--motivo-personales", default="", help="Por qué van los datos personales que se hallen.")
@click.option("--revisar", is_flag=True, help="Además los marca como revisados.")
@click.option("--publicar", is_flag=True, help="Además los publica.")
@que_escribe
def cargar(
    siglas: str, clave: str, libro: Path, cuenta: str, ejercicio: int | None, periodo: str | None, paquetes: tuple[Path, ...],
    solo_buenos: bool, corregir: bool, motivo_personales: str, revisar: bool, publicar: bool,
) -> None:
    """Carga LIBRO al formato CLAVE de la institución SIGLAS. Termina con 1 si algún renglón no entró."""
    actor, tabla = _who(find_sujeto(siglas), cuenta), _tabla(clave)
    inicio = time.perf_counter()
    with libro.open("rb") as flujo:
        opciones = {"ejercicio": ejercicio, "periodo": periodo}
        carga = attend_here(receive_libro(actor, tabla, carpeta.almacen, libro.name, flujo, opciones))
    if paquetes:
        carga = _attach(actor, carga, paquetes)
    if corregir and read_resumen(carga).get("por_corregir"):
        carga = _accept_todo(actor, carga)
    carga = _load(actor, carga, solo_buenos, motivo_personales)
    _tell(carga, time.perf_counter() - inicio)
    _write_errores(carga, libro)
    siguen = [acto for acto, pedido in (("revisar", revisar), ("publicar", publicar)) if pedido and _is_loaded(carga)]
    fuera = sum(_do(actor, tabla, carga, acto) for acto in siguen)
    resumen = read_resumen(carga)
    if fuera or carga.situacion == Situacion.RECHAZADA or resumen.get("malos") or resumen.get("por_corregir"):
        raise SystemExit(1)


def _who(sujeto: SujetoObligado, cuenta: str) -> Actor:
    usuario = Usuario.get_or_none(Usuario.usuario == cuenta.strip().casefold())
    if usuario is None or usuario.sujeto_id != sujeto.id or not usuario.activo:
        raise click.ClickException(f"No hay una cuenta «{cuenta}» activa en «{sujeto.siglas}».")
    return actor_de(usuario, vigente.foto.catalogo)


def _tabla(clave: str) -> Tabla:
    tabla = vigente.foto.tablas.get(clave)
    if tabla is None:
        raise click.ClickException(f"No hay un formato «{clave}» en el catálogo en vigor.")
    return tabla


def _attach(actor: Actor, carga: Carga, paquetes: tuple[Path, ...]) -> Carga:
    with ExitStack() as pila:
        reparto = attach_archivos(actor, carga, carpeta.almacen, [
            Subido(ruta.name, pila.enter_context(ruta.open("rb"))) for ruta in paquetes])
    click.echo(f"Archivos: {len(reparto.hallados):,} hallados, faltan {len(reparto.faltan):,}, sobran {len(reparto.sobran):,}.")
    for nombre, razon in reparto.rechazados:
        click.echo(f"  {nombre}: {razon}")
    return attend_here(carga)


def _accept_todo(actor: Actor, carga: Carga) -> Carga:
    with open_expediente(carga) as expediente:
        elegidas = [f"{una['campo']}|{una['clase']}" for una in expediente.group_correcciones()]
    accept_correcciones(actor, carga, elegidas)
    click.echo(f"Correcciones aceptadas: {', '.join(elegidas)}.")
    return attend_here(carga)


def _load(actor: Actor, carga: Carga, solo_buenos: bool, motivo: str) -> Carga:
    """Confirma y carga, si se puede; si no, la carga queda revisada y se puede seguir en pantalla."""
    resumen = read_resumen(carga)
    malos = resumen.get("malos", 0) + resumen.get("por_corregir", 0)
    if carga.situacion != Situacion.REVISADA or not por_cargar(resumen) or (malos and not solo_buenos):
        return carga
    confirm_carga(actor, carga, solo_buenos=solo_buenos, personales_motivo=motivo)
    return attend_here(carga)


def _tell(carga: Carga, segundos: float) -> None:
    resumen = read_resumen(carga)
    hechos = por_cargar(resumen) if _is_loaded(carga) else 0
    click.echo(f"{contar(hechos, 'registro cargado', 'registros cargados')} en {segundos:,.2f} s ({hechos / segundos:,.0f} por "
               "segundo).")
    click.echo(f"Del libro: {resumen.get('total', 0):,} renglones; {resumen.get('nuevos', 0):,} nuevos, "
               f"{resumen.get('cambian', 0):,} cambian, {resumen.get('bajas', 0):,} bajas, "
               f"{resumen.get('iguales', 0):,} iguales, "
               f"{resumen.get('malos', 0):,} malos, {resumen.get('por_corregir', 0):,} por corregir; "
               f"{resumen.get('incompletos', 0):,} incompletos.")
    if carga.mensaje:
        click.echo(carga.mensaje)


def _write_errores(carga: Carga, libro: Path) -> None:
    """El libro con las celdas malas marcadas, junto al original."""
    resumen = read_resumen(carga)
    if carga.situacion == Situacion.RECHAZADA or not (resumen.get("malos") or resumen.get("por_corregir")):
        return
    destino = libro.with_name(name_of(carga))
    with open_expediente(carga) as expediente:
        hecho = make_libro_de_errores(carga, expediente, carpeta.almacen.ruta(carga.sha256))
    shutil.move(hecho, destino)
    click.echo(f"Su Excel con los errores marcados: {destino}")


def _is_loaded(carga: Carga) -> bool:
    return bool(carga.situacion == Situacion.CARGADA)


def _do(actor: Actor, tabla: Tabla, carga: Carga, acto: str) -> int:
    """Hace el acto a lo que la carga dejó, y dice a cuántos. Da cuántos quedaron fuera."""
    registros = CargaRegistro.select(CargaRegistro.registro_id).where(
        CargaRegistro.sujeto_id == carga.sujeto_id, CargaRegistro.carga_id == carga.id, CargaRegistro.accion != "baja")
    resultado = aplicar(actor, acto, tabla, [(registro, None) for (registro,) in registros.tuples()])
    click.echo(f"{contar(len(resultado.hechos), 'registro', 'registros')} {_ACTOS[acto]}.")
    razones: dict[str, int] = {}
    for uno in resultado.fuera:
        razones[uno.razon] = razones.get(uno.razon, 0) + 1
    for razon, n in sorted(razones.items()):
        click.echo(f"  {n:,} sin ese paso: {razon}")
    return len(resultado.fuera)
