"""``/api/v1/registros``: los registros públicos de un formato, por tandas; y uno solo, con las versiones que tuvo."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request

from models.formatos import Tabla
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.jsones import to_registros
from models.hojas.salidas.renglones import Bloque, Titular
from models.publicados import FilaPublica, Institucion, Lapida
from models.publicados.corrido import Lugar, Pedido, Tanda
from portal.api.cursores import read_cursor, write_cursor
from portal.api.parametros import (
    read_ejercicio,
    read_filtros,
    read_institucion,
    read_limite,
    read_palabras,
    require_filters,
    require_known,
)
from portal.api.respuestas import answer, this_with
from portal.contexto import marca, publicados
from portal.direcciones import absolute, find_id, find_institucion, find_tabla, to_esquema, to_registro, to_version
from portal.errores import NoExiste, Retirado
from portal.palabras import iso

bp = Blueprint("api_registros", __name__, url_prefix="/api/v1/registros")


@bp.get("/<clave:clave>")
def lista(clave: str) -> Response:
    """Los registros de un formato. Una tanda puede venir corta, o vacía, y aun así tener siguiente."""
    tabla = find_tabla(clave)
    require_filters(tabla.formato)
    consulta = read_palabras()
    pedido = Pedido(tabla, read_institucion(), read_ejercicio(), read_filtros(tabla.formato), consulta)
    tanda = publicados().corrido.fetch(pedido, _lugar(consulta is not None), read_limite())
    return _answer_tanda(tabla, tanda, consulta is not None)


@bp.get("/<clave:clave>/<siglas:siglas>/<folio:folio>")
def uno(clave: str, siglas: str, folio: str) -> Response:
    """Un registro; si se retiró, 410 con el motivo."""
    require_known(())
    institucion, tabla, identificador = find_institucion(siglas), find_tabla(clave), find_id(folio)
    fila = _require_publico(institucion, tabla, identificador)
    [dicho] = _dichos(tabla, [(institucion, fila)])
    return answer(dicho, describedby=absolute(to_esquema(tabla.clave)), canonical=dicho["direccion"])


@bp.get("/<clave:clave>/<siglas:siglas>/<folio:folio>/versiones")
def versiones(clave: str, siglas: str, folio: str) -> Response:
    """Cuándo fue pública cada versión suya, de la primera a la de hoy."""
    require_known(())
    institucion, tabla, identificador = find_institucion(siglas), find_tabla(clave), find_id(folio)
    _require_publico(institucion, tabla, identificador)
    dichas = [{"version": una.numero, "desde": iso(una.desde), "hasta": iso(una.hasta) if una.hasta else None,
               "retiro": una.retiro,
               "direccion": absolute(to_version(siglas, clave, folio, una.numero)) if una.legible else None}
              for una in publicados().versiones.de(institucion.id, tabla.clave, identificador)]
    return answer({"versiones": dichas}, canonical=absolute(to_registro(siglas, clave, folio)))


def _require_publico(institucion: Institucion, tabla: Tabla, identificador: int) -> FilaPublica:
    """El registro; 410 si se retiró, 404 si nunca fue público."""
    fila = publicados().fila(institucion, tabla, identificador)
    if fila is not None:
        return fila
    lapida = publicados().registro(institucion, tabla, identificador)
    if isinstance(lapida, Lapida):
        raise Retirado(lapida, institucion, tabla.formato)
    raise NoExiste("No hay ningún registro público con ese folio en esa institución y ese formato.")


def _lugar(con_palabras: bool) -> Lugar | None:
    dicho = request.args.get("cursor")
    return read_cursor(dicho, con_palabras) if dicho is not None else None


def _answer_tanda(tabla: Tabla, tanda: Tanda, con_palabras: bool) -> Response:
    siguiente, anterior = (lugar and this_with(write_cursor(lugar, con_palabras))
                           for lugar in (tanda.siguiente, tanda.anterior))
    cuerpo = {"formato": tabla.clave, "licencia": marca().licencia_url, "registros": _dichos(tabla, tanda.filas),
              "siguiente": siguiente, "anterior": anterior}
    return answer(cuerpo, first=this_with(None), next=siguiente, prev=anterior,
                  describedby=absolute(to_esquema(tabla.clave)))


def _dichos(tabla: Tabla, filas: Any) -> list[dict[str, Any]]:
    """Como en las descargas; los seguidos de una misma institución se escriben juntos."""
    enlaces, dichos = Enlaces(absolute("")), []
    for institucion, suyas in groupby(filas, key=_institucion_de):
        bloque = Bloque(Titular(institucion.siglas, institucion.nombre), [fila for _, fila in suyas])
        dichos += list(to_registros(tabla, bloque, enlaces))
    return dichos


def _institucion_de(leida: tuple[Institucion, FilaPublica]) -> Institucion:
    return leida[0]
