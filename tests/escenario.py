"""Un registro, un archivo, un lote y un trabajo en cada institución: lo que una dirección puede señalar, propio o ajeno."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fracciones_config import Formato
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import del_ultimo_anio
from models.domain.lotes import freeze_lote, parametros_de
from models.domain.mensajes.envio import Carta, send
from models.domain.observaciones.hacer import Pedido, observe
from models.domain.periods import Periodo
from models.domain.sin_cambios import confirm
from models.folios import a_folio, de_folio, nuevo_id
from models.reloj import hoy
from models.trabajos.cola import enqueue
from tests.cliente import Sitio
from tests.elenco import CLAVE, Casa, Persona
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


def ultimo_cerrado(formato: Formato) -> Periodo:
    """El último periodo que ya terminó de ese formato."""
    return next(suyo for suyo in reversed(del_ultimo_anio(formato, hoy())) if suyo.fin < hoy())


def proponer_sin_cambios(casa: Casa, captura: Persona, unidad: Persona, clave: str) -> int:
    """Un formato con algo público que alguien propone confirmar sin cambios; da el id de la propuesta."""
    tabla = casa.tabla(clave)
    casa.hacer(unidad, "publicar", casa.capturar(captura, clave), clave=clave)
    periodo = ultimo_cerrado(tabla.formato)
    return int(confirm(captura.actor, tabla, periodo.ejercicio, periodo.clave).id)
def escribir(quien: Persona, a: Persona | str, asunto: str = "Cierre del trimestre") -> str:
    """Una persona le escribe a otra (o a un destino); da el folio de la conversación."""
    destino = a if isinstance(a, str) else f"persona:{a_folio(a.id)}"
    carta = Carta(asunto, "Por favor revise lo que falta.", (destino,), nuevo_id())
    return a_folio(send(quien.actor, carta, vigente.foto.catalogo).hilo_id)


def observar(casa: Casa, quien: Persona, registro: str | None = None, dias: int = 5, **mas: Any) -> str:
    """Una observación sobre un registro de convenios, o sobre el formato (de Metepec, si es del garante); da su folio."""
    sujeto_id = quien.usuario.sujeto_id or casa.metepec.id
    pedido = Pedido(sujeto_id, "El monto no coincide con el convenio.", dias, nuevo_id(),
                    de_folio(registro) if registro else None, **mas)
    return a_folio(observe(quien.actor, casa.tabla(), pedido).id)


def ausente() -> str:
    """Un folio bien escrito de algo que no existe."""
    return a_folio(nuevo_id())
