"""Los archivos que se adjuntan: unos cuantos PDF por institución, de varios tamaños, subidos como los sube una persona."""

from __future__ import annotations

import io
from typing import Any

from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.demostracion.libreto import Ficha
from models.demostracion.pdf import make_pdf
from models.domain.permissions import Actor
from models.folios import a_folio

CLASES: dict[str, tuple[str, int]] = {
    "convocatoria": ("Convocatoria", 4), "contrato": ("Contrato", 12), "acta": ("Acta", 3), "fallo": ("Acta de fallo", 2),
    "dictamen": ("Dictamen", 6), "informe": ("Informe", 40), "norma": ("Texto de la norma", 90),
    "presupuesto": ("Presupuesto de egresos", 600), "convenio": ("Convenio", 8), "resolucion": ("Resolución", 5),
    "oficio": ("Oficio", 1), "plano": ("Plano", 1), "tabulador": ("Tabulador de sueldos", 2),
    "curriculum": ("Currículum en versión pública", 1), "organigrama": ("Organigrama", 1), "padron": ("Padrón", 30),
    "documento": ("Documento", 2),
}
"""Clase de papel → (título, páginas). Un campo usa la clase que su nombre menciona."""

_RENGLONES = (
    "Documento de ejemplo del sistema IPOMEX.",
    "Las personas, los montos y los hechos que menciona son inventados.",
    "En un sistema en uso, aquí va el documento oficial en versión pública.",
)


Papeles = dict[str, dict[str, Any]]
"""Clase de papel → dato del archivo."""


def upload_papeles(actor: Actor, almacen: AlmacenEnDisco, ficha: Ficha) -> Papeles:
    """Sube un PDF de cada clase."""
    papeles = {}
    for clase, (titulo, paginas) in CLASES.items():
        contenido = make_pdf(titulo, [ficha.nombre, "", *_RENGLONES], paginas)
        papeles[clase] = _dato(
            receive(actor, almacen, f"{titulo} - {ficha.nombre_corto}.pdf", io.BytesIO(contenido), ("pdf",)))
    return papeles


def clase_de(nombre_de_campo: str) -> str:
    """La clase de papel que va en un campo: la primera que su nombre menciona."""
    return next((clase for clase in CLASES if clase in nombre_de_campo), "documento")


def _dato(archivo: Archivo) -> dict[str, Any]:
    return {"id": a_folio(archivo.id), "nombre": archivo.nombre, "bytes": archivo.bytes, "sha256": archivo.sha256,
            "tipo": archivo.tipo}
