"""Que la copia pública de cada órgano colegiado se pueda leer, sea de un órgano que existe, y entregue sus actas y no otras."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from models.adjuntos import PubArchivo
from models.domain.catalogo_vigente import Foto
from models.domain.organos.publicacion import CLAVE
from models.folios import a_folio
from models.maestros import Organo
from models.organos import PubOrgano

_LLAVES = frozenset({"nombre", "tipo", "baja", "integrantes", "sesiones"})


def check_organos(foto: Foto) -> Iterator[str]:
    """Cada copia, con su órgano y sus archivos; y ningún archivo público de un órgano que no lo es."""
    vivos = set(Organo.select(Organo.sujeto_id, Organo.id).tuples())
    entregadas: dict[tuple[int, int], set[str]] = defaultdict(set)
    for sujeto_id, registro_id, archivo_id in PubArchivo.select(
            PubArchivo.sujeto_id, PubArchivo.registro_id, PubArchivo.archivo_id).where(PubArchivo.clave == CLAVE).tuples():
        entregadas[sujeto_id, registro_id].add(a_folio(archivo_id))
    for copia in PubOrgano.select():
        llave, folio = (copia.sujeto_id, copia.id), a_folio(copia.id)
        if llave not in vivos:
            yield f"órgano {folio}: es público y no existe"
        contenido = json.loads(copia.contenido)
        if not contenido.keys() >= _LLAVES:
            yield f"órgano {folio}: su copia pública está incompleta"
            continue
        actas = {sesion["acta"]["id"] for sesion in contenido["sesiones"] if sesion["acta"]}
        if actas != entregadas.pop(llave, set()):
            yield f"órgano {folio}: las actas que se entregan no son las de sus sesiones públicas"
    yield from (f"órgano {a_folio(identificador)}: entrega actas y no es público" for _, identificador in entregadas)
