"""Un registro, un archivo, un lote y un trabajo en cada institución: lo que una dirección puede señalar, propio o ajeno."""

from dataclasses import dataclass
from io import BytesIO

from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.domain.lotes import freeze_lote, parametros_de
from models.folios import a_folio, nuevo_id
from models.trabajos.cola import enqueue
from tests.cliente import Sitio
from tests.elenco import CLAVE, Persona
from tests.fabrica import pdf

CAMPO_DE_ARCHIVO = "convenio"
"""El de ``convenios``, el formato de casi todas las pruebas."""


@dataclass(frozen=True)
class Cosas:
    """Folios de lo que hay en una institución: lo capturó quien captura; el lote y el trabajo son de su Unidad."""

    registro: str
    archivo: str
    lote: str
    trabajo: str


def sembrar(sitio: Sitio, captura: Persona, unidad: Persona) -> Cosas:
    """Pone todo eso a nombre de quien captura y de su Unidad de Información."""
    archivo = subir(sitio, captura)
    registro = sitio.casa.capturar(captura, **{CAMPO_DE_ARCHIVO: archivo})
    otro = sitio.casa.capturar(captura)
    tabla, actor = sitio.casa.tabla(), unidad.actor
    lote = freeze_lote(actor, tabla, "borrar", [(otro, 1)])
    assert actor.sujeto_id is not None
    trabajo = enqueue(actor.sujeto_id, "lote", parametros_de(lote), unidad.id, 1)
    return Cosas(a_folio(registro), archivo, a_folio(lote.id), a_folio(trabajo.id))


def subir(sitio: Sitio, persona: Persona, nombre: str = "contrato.pdf", titulo: str = "Contrato") -> str:
    """La persona sube un PDF; da su folio."""
    almacen = sitio.app.extensions["almacen"]
    assert isinstance(almacen, AlmacenEnDisco)
    return a_folio(receive(persona.actor, almacen, nombre, BytesIO(pdf(titulo)), ("pdf",)).id)


def publicar(sitio: Sitio, captura: Persona, unidad: Persona, clave: str = CLAVE, **campos: object) -> int:
    """Un registro capturado y publicado; da su id."""
    registro = sitio.casa.capturar(captura, clave, **campos)
    assert sitio.casa.hacer(unidad, "publicar", registro, clave=clave).hechos == [registro]
    return registro


def ausente() -> str:
    """Un folio bien escrito de algo que no existe."""
    return a_folio(nuevo_id())
