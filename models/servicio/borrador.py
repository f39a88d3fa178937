"""El borrador: los archivos del catálogo. Aquí se pone en vigor, y en la demostración se vigila."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from fracciones_config import Catalogo, Falta
from fracciones_config.revision import Archivos, read_archivos
from models.base import db
from models.domain.aplicabilidad import formatos_por_sujeto
from models.domain.catalogo_vigente import aplicar_catalogo, planear, vigente
from models.domain.datos_de_antes import keep_de_antes
from models.domain.plan import Plan
from models.domain.workflow.sumas import ensure_sumas
from models.pulso import beat
from models.reloj import ahora
from models.sujetos import PubSujeto

registro = logging.getLogger("ipomex.catalogo")

Huella = dict[str, tuple[int, int]]
"""Ruta → (instante de cambio en nanosegundos, bytes): basta para saber si un archivo cambió."""


def put_in_force(archivos: Archivos, por: str) -> int:
    """Pone en vigor un catálogo y da su número. Lanza ``CatalogoInvalido``; entonces nada cambia."""
    numero = aplicar_catalogo(archivos, por)
    foto = vigente.recargar()
    refresh_claves(foto.catalogo)
    with db.atomic():
        ensure_sumas(foto.catalogo, foto.tablas)
    return numero


def refresh_claves(catalogo: Catalogo) -> None:
    """Pone al día, en lo publicado, qué formatos le tocan a cada institución. Lo demás de ella no se toca."""
    with db.atomic():
        filas = list(PubSujeto.select(PubSujeto.sujeto_id, PubSujeto.claves))
        les_tocan = formatos_por_sujeto([fila.sujeto_id for fila in filas], catalogo) if filas else {}
        for fila in filas:
            claves = json.dumps([formato.clave for formato in les_tocan.get(fila.sujeto_id, ())])
            if claves != fila.claves:
                instante = ahora()
                keep_de_antes(fila.sujeto_id, {"claves": claves}, instante)
                PubSujeto.update(claves=claves, publicado_en=instante).where(PubSujeto.sujeto_id == fila.sujeto_id).execute()
                beat(fila.sujeto_id)


class VigiaDelBorrador:
    """Mira la carpeta del catálogo y aplica solo lo que agrega o cambia rótulos. Solo en la demostración."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self._vista: Huella = {}

    def look(self) -> None:
        """Si algo cambió desde la última mirada, lo aplica cuando es seguro; si no, dice qué falta por hacer."""
        huella = read_huella(self.carpeta)
        if huella == self._vista:
            return
        self._vista = huella
        archivos = read_archivos(self.carpeta)
        plan, faltas = planear(archivos)
        if faltas:
            warn_faltas(faltas)
        elif not plan.seguro:
            warn_plan(plan)
        else:
            put_in_force(archivos, "vigía de la demostración")


def read_huella(carpeta: Path) -> Huella:
    """La huella de los YAML de una carpeta."""
    estados = ((ruta, ruta.stat()) for ruta in carpeta.rglob("*.yaml"))
    return {str(ruta): (estado.st_mtime_ns, estado.st_size) for ruta, estado in estados}


def warn_faltas(faltas: list[Falta]) -> None:
    """Apunta que el borrador no sirve; se sigue con el catálogo en vigor."""
    registro.warning("el borrador del catálogo tiene %s faltas; sigue el que está en vigor", len(faltas))
    for falta in faltas:
        registro.warning("%s", falta)


def warn_plan(plan: Plan) -> None:
    """Apunta que el borrador es distinto de lo que está en vigor."""
    registro.warning("el borrador del catálogo difiere del que está en vigor; para aplicarlo: "
                     "flask --app app catalogo aplicar")
    for paso in plan.pasos:
        registro.warning("%s: %s", paso.clave, paso.texto)
