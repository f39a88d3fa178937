"""La lista de un formato: filas con su color y su palabra, filtros, orden, página y actos sobre varios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from admin_views.pantallas.sipot import has_libro
from fracciones_config import Campo, TipoCampo
from models.domain.estados import TRANSICIONES, Estado
from models.domain.listas import (
    TAMANOS,
    TOPE,
    Cuenta,
    Filtro,
    count_registros,
    ejercicios_of,
    filterable,
    has_personales,
    list_registros,
    sortable,
)
from models.domain.masters import options_of
from models.domain.periods import claves, etiqueta
from models.domain.permissions import Accion, puede_en_formato
from models.domain.revision import reviews
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.hojas.disposicion import tablas_de
from models.presentacion.numeros import contar
from models.presentacion.protegido import ROTULO, is_entero
from models.presentacion.registro import Insignia, badge_of, public_text
from models.presentacion.textos import corto
from models.reloj import hoy
from models.trabajos.espera import programados

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

ACTOS_DE_LISTA = ("revisar", "publicar", "devolver", "borrar", "recuperar", "retirar")


@dataclass(frozen=True, slots=True)
class Fila:
    """Una fila dibujable. ``celdas``: (campo, texto)."""

    folio: str
    version: int
    estado: str
    insignia: Insignia
    publico: str
    celdas: list[tuple[Any, str]]
    editable: bool
    cambiado_en: int


def show(vista: VistaFormato) -> ResponseReturnValue:
    """La página de la lista."""
    filtro = read_filtro(vista.tabla, request.args)
    pagina = list_registros(vista.actor, vista.tabla, filtro)
    cuenta = Cuenta(len(pagina.filas)) if pagina.es_unica else count_registros(vista.actor, vista.tabla, filtro)
    columnas, se_edita = columnas_de(vista), vista.can_edit
    _, plural = singular_plural = vista.tabla.formato.se_cuenta
    return vista.render(
        "formato/lista.html", filtro=filtro, pagina=pagina, filas=[_fila(fila, columnas, se_edita) for fila in pagina.filas],
        cuenta=cuenta, contados=contar(cuenta.n, *singular_plural, tope=TOPE if cuenta.mas else None), plural=plural,
        filtros=_filtros(vista), ejercicios=ejercicios_of(vista.actor.sujeto_id or 0, vista.tabla.clave),
        columnas=columnas, tablas=tablas_de(vista.tabla.formato), estados=list(Estado), tamanos=TAMANOS,
        ordenables={campo.nombre for campo in sortable(vista.tabla)},
        periodos=[(c, etiqueta(c)) for c in claves(vista.tabla.formato.periodicidad)], actos=actos_de(vista, filtro),
        direccion=lambda **cambios: _direccion(cambios), primera_vez=not filtro.activo and not cuenta.n,
        revisa=reviews(vista.actor, vista.tabla), programados=programados(vista.actor, vista.tabla.clave),
        con_personales=filtro.personales or has_personales(vista.actor, vista.tabla),
        libro_de_sipot=(filtro.ejercicio or hoy().year) if has_libro(vista) else None,
        decide_bajas=puede_en_formato(
            vista.actor, Accion.DECIDIR_BAJA, vista.actor.sujeto_id or 0, vista.tabla.clave))


def _fila(fila: Any, columnas: list[Campo], se_edita: bool) -> Fila:
    datos, vacios = de_canonico(fila.contenido)
    return Fila(
        folio=a_folio(fila.id), version=fila.version, estado=fila.estado, insignia=badge_of(fila),
        publico=public_text(fila), cambiado_en=fila.cambiado_en,
        celdas=[(campo, ROTULO if is_entero(vacios.get(campo.nombre)) else corto(campo, datos.get(campo.nombre)))
                for campo in columnas],
        editable=fila.estado in TRANSICIONES["editar"].de and se_edita)


def columnas_de(vista: VistaFormato) -> list[Campo]:
    """Las columnas de la lista de la oficina: los archivos se ven en el detalle."""
    return [campo for campo in vista.tabla.formato.en_lista() if campo.tipo is not TipoCampo.ARCHIVO]


def actos_de(vista: VistaFormato, filtro: Filtro) -> list[tuple[str, str]]:
    """Los actos por lote que esta persona tiene en este formato: (acto, nombre)."""
    sujeto_id = vista.actor.sujeto_id or 0
    papelera = filtro.estado is Estado.BORRADO
    posibles = [acto for acto in ACTOS_DE_LISTA if (acto == "recuperar") == papelera]
    return [(acto, TRANSICIONES[acto].nombre) for acto in posibles
            if puede_en_formato(vista.actor, TRANSICIONES[acto].accion, sujeto_id, vista.tabla.clave)]


def _filtros(vista: VistaFormato) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Los filtros propios del formato con sus opciones."""
    filtros = []
    for campo in filterable(vista.tabla):
        if campo.opciones:
            opciones = list(campo.opciones.items())
        elif campo.tipo == "si_no":
            opciones = [("si", "Sí"), ("no", "No")]
        else:
            opciones = options_of(vista.actor.sujeto_id or 0, "area")
        if opciones:
            filtros.append((campo, opciones))
    return filtros


def _direccion(cambios: dict[str, Any]) -> str:
    """La dirección de esta misma vista con algo cambiado; cambiar un filtro regresa a la primera página."""
    partes = {llave: valor for llave, valor in request.args.items() if valor and llave != "desde"}
    partes |= {llave: str(valor) for llave, valor in cambios.items() if valor is not None}
    for llave in [llave for llave, valor in cambios.items() if valor is None]:
        partes.pop(llave, None)
    return "?" + urlencode(partes)

