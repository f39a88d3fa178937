"""``python -m benchmarks.jornada DATOS CAPTURAS PUBLICACIONES``: lo que cuesta el flujo de verdad."""

from __future__ import annotations

import itertools
import json
import secrets
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.carga import insert, url_de
from benchmarks.instituciones import Institucion, create_institucion
from benchmarks.renglones import CLAVE, LUGARES, Moldes
from models.base import db
from models.domain.actores import actor_de
from models.domain.catalogo_vigente import vigente
from models.domain.contrasenas import hash_contrasena
from models.domain.estados import Estado
from models.domain.masters import save_maestro
from models.domain.permissions import Actor
from models.domain.workflow import aplicar, guardar
from models.domain.workflow.contadores import move
from models.escritores import arrendar
from models.folios import nuevo_id
from models.formatos import Tabla
from models.maestros import Area
from models.motores import abrir
from models.reloj import ahora
from models.usuarios import Usuario

SIN_PUBLICAR = {"estado": str(Estado.CAPTURADO), "version": 1, "publica": None, "numero_publico": 0, "publico_desde": None}
UN_DIA = 24 * 3600_000


def main(datos: Path, capturas: int, publicaciones: int) -> dict[str, float]:
    """``guardar_ms``: mediana por registro. Lo demás, registros publicados por segundo, por lote.

    Antes de publicar se revisa si cambió un área: se mide sin cambios, con un área nueva que nadie usa, y con la de todos
    los registros cambiada de nombre, que obliga a reescribirlos.
    """
    db.initialize(abrir(url_de(datos)))
    with db.connection_context():
        arrendar()
        tabla = vigente.foto.tablas[CLAVE]
        institucion = create_institucion(f"m-{secrets.token_hex(6)}", hash_contrasena("x"), vigente.foto.catalogo)
        moldes = Moldes(tabla, institucion)
        actor = actor_de(Usuario.get(Usuario.id == institucion.a_cargo[0]), vigente.foto.catalogo)
        medido = {"guardar_ms": median(_capturar(actor, tabla, moldes, capturas))}
        _envejecer(institucion)
        medido["publicar"] = _publicar(actor, tabla, moldes, institucion, publicaciones)
        save_maestro(institucion.id, "area", {"nombre": "Contraloría", "orden": 2})
        medido["publicar_con_otra_area"] = _publicar(actor, tabla, moldes, institucion, publicaciones // 5)
        save_maestro(institucion.id, "area", {"nombre": "Bienestar", "orden": 1}, institucion.area)
        medido["publicar_con_area_renombrada"] = _publicar(actor, tabla, moldes, institucion, publicaciones // 5)
        return medido


def _envejecer(institucion: Institucion) -> None:
    """Como si sus áreas se hubieran dado de alta ayer."""
    Area.update(cambiado_en=ahora() - UN_DIA).where(Area.sujeto_id == institucion.id).execute()


def _capturar(actor: Actor, tabla: Tabla, moldes: Moldes, cuantas: int) -> list[float]:
    tiempos = []
    for lugar in itertools.islice(itertools.cycle(LUGARES), cuantas):
        crudo = moldes.crudo(lugar)
        inicio = time.perf_counter()
        guardar(actor, tabla, crudo)
        tiempos.append((time.perf_counter() - inicio) * 1000)
    return tiempos


def _publicar(actor: Actor, tabla: Tabla, moldes: Moldes, institucion: Institucion, cuantas: int) -> float:
    filas: list[dict[str, Any]] = [fila | SIN_PUBLICAR | {"id": nuevo_id()}
                                   for fila in moldes.filas([institucion], [cuantas])]
    with db.atomic():
        insert(tabla, filas)
        lugares = Counter((f["ejercicio"], f["periodo"], f["estado"]) for f in filas)
        move(tabla, institucion.id, lugares, ahora())
    inicio = time.perf_counter()
    resultado = aplicar(actor, "publicar", tabla, [(fila["id"], 1) for fila in filas])
    segundos = time.perf_counter() - inicio
    if len(resultado.hechos) != cuantas:
        raise RuntimeError(f"Se publicaron {len(resultado.hechos)} de {cuantas}: {resultado.fuera[:3]}")
    return cuantas / segundos


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
