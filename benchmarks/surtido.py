"""``python -m benchmarks.surtido DATOS AREAS``: deja a la institución grande con sesenta formatos y un organigrama grande.

Los formatos que no se cargan renglón por renglón llevan sus contadores, como los habría dejado el flujo: el tablero nunca
cuenta registros, así que para él es lo mismo.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.carga import CATALOGO, url_de
from benchmarks.catalogo_grande import clave_de, write_formato
from benchmarks.instituciones import GRANDE
from benchmarks.renglones import CLAVE, LUGARES
from fracciones_config.revision import read_archivos
from models.base import db
from models.conteos import PubResumen, Tablero
from models.domain.catalogo_vigente import aplicar_catalogo, vigente
from models.domain.estados import Estado
from models.domain.masters import save_maestro
from models.escritores import arrendar
from models.folios import a_folio
from models.motores import abrir
from models.reloj import ahora
from models.sujetos import Aplicabilidad, SujetoObligado

FORMATOS = 60
PRIMERO = 161
"""El número del primer formato inventado: sus fracciones no chocan con las de la ley."""

RAMAS = 12
"""Áreas que dependen de una misma: un organigrama de verdad es más ancho que hondo."""


def main(datos: Path, areas: int) -> None:
    db.initialize(abrir(url_de(datos)))
    with db.connection_context():
        arrendar()
        _ampliar()
        sujeto = SujetoObligado.get(SujetoObligado.siglas == GRANDE)
        with db.atomic():
            _aplicar_todo(sujeto.id)
            _contar(sujeto.id)
            _colgar(sujeto.id, areas)
    db.obj.close_all()


def _ampliar() -> None:
    """El catálogo de la casa, con los formatos inventados que falten para sesenta."""
    with TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        (carpeta / "formatos").mkdir()
        for i in range(PRIMERO, PRIMERO + FORMATOS - len(vigente.foto.catalogo.activos)):
            write_formato(carpeta, i, f"Formato de medición {i}")
        inventados = {f"formatos/{ruta.name}": ruta.read_bytes() for ruta in (carpeta / "formatos").iterdir()}
    aplicar_catalogo(read_archivos(CATALOGO) | inventados, "las medidas")


def _aplicar_todo(sujeto_id: int) -> None:
    Aplicabilidad.delete().where(Aplicabilidad.sujeto_id == sujeto_id).execute()
    Aplicabilidad.insert_many([{"sujeto_id": sujeto_id, "clave": formato.clave, "aplica": True}
                               for formato in vigente.foto.catalogo.activos]).execute()


def _contar(sujeto_id: int) -> None:
    """Entre todos los formatos, un millón de registros: lo que falte a los que ya se cargaron."""
    claves = [formato.clave for formato in vigente.foto.catalogo.activos if formato.clave != CLAVE]
    de_trabajo = [fila | {"estado": str(estado), "ultimo_cambio": ahora()}
                  for fila in _lugares(sujeto_id, claves) for estado in (Estado.PUBLICADO, Estado.CAPTURADO, Estado.REVISADO)]
    publicos = [fila | {"ultima_publicacion": ahora(), "ultima_actualizacion": ahora()} for fila in _lugares(sujeto_id, claves)]
    for modelo, filas in ((Tablero, de_trabajo), (PubResumen, publicos)):
        for i in range(0, len(filas), 500):
            modelo.insert_many(filas[i:i + 500]).execute()


def _lugares(sujeto_id: int, claves: list[str]) -> Iterator[dict[str, Any]]:
    for clave in claves:
        for ejercicio, periodo in LUGARES:
            yield {"sujeto_id": sujeto_id, "clave": clave, "ejercicio": ejercicio, "periodo": periodo,
                   "n": 400_000 // len(claves) // len(LUGARES) // 3}


def _colgar(sujeto_id: int, areas: int) -> None:
    """Un árbol de ese número de áreas."""
    ids: list[int] = []
    for i in range(areas):
        padre = {"area_superior": {"id": a_folio(ids[(i - 1) // RAMAS])}} if ids else {}
        ids.append(save_maestro(sujeto_id, "area", {"nombre": f"Dirección General de Asuntos {i + 1}", "orden": i} | padre))


if __name__ == "__main__":
    assert clave_de(PRIMERO)
    main(Path(sys.argv[1]), int(sys.argv[2]))
