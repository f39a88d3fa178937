"""``python -m benchmarks.publicacion DATOS COLUMNAS FILAS VUELTAS``: publicar de golpe los contratos de un libro, ya revisados.

Se compara con lo menos que se puede hacer: un solo ``INSERT … SELECT`` de esas filas a la tabla pública y otro de sus
palabras, ya listas, al índice, en una transacción del mismo motor. Lo de la casa es el lote entero como lo hace el
trabajador, desde que lo toma hasta que queda «terminado»: permisos, reglas, versiones, bitácora, contadores, acuse y avisos.
Congelar y confirmar son otras peticiones y no se cuentan. Cada vuelta hace todo, en copias de la misma base, y la siguiente
lo hace al revés.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peewee import SQL

from benchmarks.carga import insert, url_de
from benchmarks.instituciones import GRANDE
from benchmarks.libro_grande import clave_de, contratos, encabezados_de, make_base
from models.base import db
from models.busqueda.renglones import put_publicadas
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.estados import Estado
from models.domain.lotes import Confirmacion, freeze_lote
from models.domain.validation import validar
from models.domain.workflow.contadores import move
from models.domain.workflow.contenido import columns_of
from models.escritores import arrendar
from models.folios import a_folio, nuevo_id
from models.formatos import Tabla
from models.maestros import Area
from models.motores import abrir
from models.reloj import ahora
from models.sujetos import SujetoObligado
from models.tareas import Trabajo
from models.trabajos.encargo import confirm_and_do
from models.trabajos.trabajador import attend_all
from models.usuarios import Usuario

UN_DIA = 24 * 3600_000
_MOLDES = 2000
"""Contratos que se validan de veras; los demás son el mismo con otro número, que no se repite en ninguno."""


Medida = tuple[float, float]
"""Segundos de reloj, y de procesador de este hilo: lo que tardaría si nadie más usara la máquina ni el disco."""


def main(datos: Path, columnas: int, filas: int, vueltas: int) -> dict[str, list[Medida]]:
    """La medida de cada vuelta: ``minimo``, ``publicar`` y ``revisar``."""
    clave = clave_de(columnas)
    for estado in (Estado.REVISADO, Estado.CAPTURADO):
        make_base(datos / estado)
        _en(datos / estado, lambda de=estado: _fill(vigente.foto.tablas[clave], filas, de))  # type: ignore[misc]
    tareas: dict[str, tuple[Estado, Callable[[Tabla], Medida]]] = {
        "minimo": (Estado.REVISADO, _do_minimo), "publicar": (Estado.REVISADO, lambda tabla: _do_lote(tabla, "publicar")),
        "revisar": (Estado.CAPTURADO, lambda tabla: _do_lote(tabla, "revisar"))}
    medidos: dict[str, list[Medida]] = {nombre: [] for nombre in tareas}
    for vuelta in range(vueltas):
        for nombre in list(tareas)[::-1 if vuelta % 2 else 1]:
            estado, hacer = tareas[nombre]
            with TemporaryDirectory(dir=datos) as copia:
                shutil.copyfile(datos / estado / "ipomex.db", Path(copia) / "ipomex.db")
                medidos[nombre].append(_en(Path(copia), lambda hacer=hacer: hacer(vigente.foto.tablas[clave])))  # type: ignore[misc]
    return medidos


def _en(datos: Path, hacer: Callable[[], Any]) -> Any:
    """Hace algo en la base de esa carpeta."""
    db.initialize(abrir(url_de(datos)))
    try:
        with db.connection_context():
            arrendar()
            return hacer()
    finally:
        db.obj.close_all()


def _unidad() -> Usuario:
    return Usuario.get(Usuario.usuario == f"unidad.{GRANDE}")  # type: ignore[no-any-return]


def _fill(tabla: Tabla, filas: int, estado: Estado) -> None:
    """Registros completos que esperan; los maestros, de ayer: nada hay que poner al día."""
    sujeto_id = SujetoObligado.get(SujetoObligado.siglas == GRANDE).id
    Area.update(cambiado_en=ahora() - UN_DIA).where(Area.sujeto_id == sujeto_id).execute()
    todas = list(_filas(tabla, sujeto_id, filas, estado))
    with db.atomic():
        insert(tabla, todas)
        move(tabla, sujeto_id, Counter((f["ejercicio"], f["periodo"], f["estado"]) for f in todas), ahora())
    db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _filas(tabla: Tabla, sujeto_id: int, filas: int, estado: Estado) -> Iterator[dict[str, Any]]:
    quien, instante = _unidad().id, ahora()
    moldes = list(_moldes(tabla, sujeto_id, min(filas, _MOLDES)))
    fijo = {"sujeto_id": sujeto_id, "estado": str(estado), "version": 1, "numero_publico": 0, "creado_por": quien,
            "a_cargo_de": quien, "cambiado_por": quien, "creado_en": instante, "cambiado_en": instante}
    for i in range(filas):
        k = i * len(moldes) // filas
        viejo, nuevo = f"{k:06}", f"{i:06}"
        propio = {nombre: dato.replace(viejo, nuevo) for nombre, dato in moldes[k].items()
                  if nombre in ("contenido", "tokens", tabla.columnas["contrato"])}
        yield {**moldes[k], **propio, **fijo, "huella": i, "id": nuevo_id()}


def _moldes(tabla: Tabla, sujeto_id: int, cuantos: int) -> Iterator[dict[str, Any]]:
    contexto, area = ContextoDeSujeto(sujeto_id), a_folio(Area.get(Area.sujeto_id == sujeto_id).id)
    columnas, instante = len(tabla.formato.campos), ahora()
    for renglon in itertools.islice(contratos(cuantos, columnas), cuantos):
        crudo = dict(zip(encabezados_de(columnas), map(str, renglon), strict=True)) | {"area_responsable": area}
        validacion = validar(tabla.formato, crudo, {}, contexto)
        if validacion.problemas or validacion.faltan:
            raise RuntimeError(f"El renglón de muestra no sirve: {validacion.problemas} {validacion.faltan}")
        yield columns_of(tabla, validacion, instante, contexto.propios)


def _do_minimo(tabla: Tabla) -> Medida:
    trabajo: Any = tabla.trabajo
    publica: Any = tabla.publica
    instante = SQL(str(ahora()))
    de_trabajo = {"numero": SQL("1"), "actualizado_en": trabajo.contenido_en, "validado_en": instante, "desde": instante}
    destino = publica._meta.sorted_fields
    suyas = (trabajo.sujeto_id == _unidad().sujeto_id) & (trabajo.estado == str(Estado.REVISADO))
    copias = trabajo.select(*(de_trabajo.get(c.name) or getattr(trabajo, c.name) for c in destino)).where(suyas)
    inicio = time.perf_counter(), time.thread_time()
    with db.atomic():
        publica.insert_from(copias, destino).execute()
        put_publicadas(tabla, suyas)
    return _since(inicio)


def _since(inicio: Medida) -> Medida:
    return time.perf_counter() - inicio[0], time.thread_time() - inicio[1]


def _do_lote(tabla: Tabla, acto: str) -> Medida:
    actor, modelo = actor_de(_unidad(), vigente.foto.catalogo), tabla.trabajo
    suyas = modelo.select(modelo.id, modelo.version).where(modelo.sujeto_id == actor.sujeto_id).order_by(modelo.id)
    pares = list(suyas.tuples())
    lote = freeze_lote(actor, tabla, acto, pares)
    confirm_and_do(actor, tabla, lote, Confirmacion(desde=ahora() - 1))
    inicio = time.perf_counter(), time.thread_time()
    attend_all("medida")
    medida = _since(inicio)
    trabajo = Trabajo.get(Trabajo.sujeto_id == lote.sujeto_id, Trabajo.tipo == "lote")
    publicos = tabla.publica.select().count() if acto == "publicar" else len(pares)
    if (trabajo.estado, trabajo.hecho, publicos) != ("terminado", len(pares), len(pares)):
        raise RuntimeError(f"El lote quedó {trabajo.estado}: {trabajo.hecho} de {len(pares)}, y {publicos} públicos.")
    return medida


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
