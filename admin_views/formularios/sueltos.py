"""Los controles de un formulario que no es de un registro: la configuración, un órgano, una sesión."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from admin_views.formularios.controles import control_de, es_ancho
from admin_views.formularios.hoja import Control
from admin_views.formularios.tecleado import Tecleado, read_archivo, read_renglones
from fracciones_config import Campo, TipoCampo
from models.archivos.almacen import AlmacenEnDisco
from models.domain.campos_sueltos import CamposInvalidos
from models.domain.contexto import ContextoDeSujeto
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.tiempos import parse_fecha
from models.domain.masters import options_of
from models.domain.permissions import Actor
from models.folios import de_folio
from models.presentacion.numeros import tamano
from models.presentacion.textos import entrada


def draw(campos: Iterable[Campo], valores: Mapping[str, Any], problemas: Mapping[str, str], sujeto_id: int) -> list[Control]:
    """Cada campo con lo que lleva escrito y su error."""
    controles = []
    for campo in campos:
        valor = valores.get(campo.nombre, "")
        control = Control(campo, control_de(campo), es_ancho(campo), valor, _opciones(campo, sujeto_id),
                          problemas.get(campo.nombre, ""))
        if campo.tipo is TipoCampo.ARCHIVO and valor:
            control.archivo = _archivo(valor, sujeto_id)
        controles.append(control)
    return controles


def valores_de(campos: Iterable[Campo], datos: Mapping[str, Any]) -> dict[str, Any]:
    """Unos datos guardados, como se vuelven a teclear."""
    return {campo.nombre: entrada(campo, datos.get(campo.nombre)) for campo in campos}


def read_forma(campos: Iterable[Campo], forma: Any, archivos: Any, actor: Actor, almacen: AlmacenEnDisco) -> Tecleado:
    """Lo tecleado; los archivos buenos quedan subidos aunque lo demás tenga errores."""
    tecleado = Tecleado()
    for campo in campos:
        if campo.tipo is TipoCampo.ARCHIVO:
            read_archivo(campo, forma, archivos, actor, almacen, tecleado)
        elif campo.tipo is TipoCampo.TABLA:
            tecleado.crudo[campo.nombre] = read_renglones(campo, forma)
        else:
            tecleado.crudo[campo.nombre] = forma.get(campo.nombre, "")
    return tecleado


def read_dia(tecleado: str) -> str:
    """La fecha de una baja, en ISO. Lanza ``CamposInvalidos`` (``baja``)."""
    try:
        return parse_fecha(tecleado)
    except DatoInvalido as error:
        raise CamposInvalidos({"baja": str(error)}) from error


def _opciones(campo: Campo, sujeto_id: int) -> list[tuple[str, str]]:
    if campo.tipo is TipoCampo.SERVIDOR_PUBLICO:
        return options_of(sujeto_id, "persona")
    return [] if campo.tipo is TipoCampo.ARCHIVO else list(campo.opciones.items())


def _archivo(folio: str, sujeto_id: int) -> dict[str, str] | None:
    try:
        hallado = ContextoDeSujeto(sujeto_id).archivo(de_folio(folio))
    except ValueError:
        return None
    return hallado and {"folio": folio, "nombre": hallado["nombre"], "tamano": tamano(hallado["bytes"])}
