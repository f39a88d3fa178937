"""``/api/v1/registros``: los registros públicos de un formato, por tandas; y uno solo, con las versiones que tuvo."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request

from models.formatos import Tabla
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.jsones import to_baja, to_registros
from models.hojas.salidas.renglones import Bloque, Titular
from models.presentacion.fechas import fecha
from models.publicados import FilaPublica, Institucion, Lapida
from models.publicados.copias import Pregunta
from models.publicados.corrido import Lugar, Pedido, Tanda
from models.publicados.corrido_al_dia import PreguntaAlDia
from models.publicados.cortes import Corte
from portal.api.cursores import read_al_dia, read_copia, read_cursor, write_al_dia, write_copia, write_cursor
from portal.api.parametros import (
    read_al,
    read_desde,
    read_ejercicio,
    read_filtros,
    read_institucion,
    read_limite,
    read_palabras,
    require_alone,
    require_filters,
    require_known,
)
from portal.api.respuestas import answer, this_with
from portal.contexto import marca, publicados
from portal.direcciones import absolute, find_id, find_institucion, find_tabla, to_esquema, to_registro, to_version
from portal.errores import NoExiste, NoSirve, Retirado
from portal.palabras import iso

bp = Blueprint("api_registros", __name__, url_prefix="/api/v1/registros")


@bp.get("/<clave:clave>")
def lista(clave: str) -> Response:
    """Los registros de un formato. Una tanda puede venir corta, o vacía, y aun así tener siguiente."""
    tabla = find_tabla(clave)
    require_filters(tabla.formato)
    if "desde" in request.args:
        return _lo_que_cambio(tabla)
    if "al" in request.args:
        return _al_dia(tabla)
    consulta = read_palabras()
    pedido = Pedido(tabla, read_institucion(), read_ejercicio(), read_filtros(tabla.formato), consulta)
    tanda = publicados().corrido.fetch(pedido, _lugar(consulta is not None), read_limite())
    return _answer_tanda(tabla, tanda, consulta is not None)


@bp.get("/<clave:clave>/<siglas:siglas>/<folio:folio>")
def uno(clave: str, siglas: str, folio: str) -> Response:
    """Un registro; si se retiró, 410 con el motivo. Con ``al``, como decía ese día."""
    require_known(("al",))
    institucion, tabla, identificador = find_institucion(siglas), find_tabla(clave), find_id(folio)
    fila = _require_publico(institucion, tabla, identificador)
    if (al := read_al()) is not None:
        fila = _como_decia(institucion, tabla, fila, al)
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


def _lo_que_cambio(tabla: Tabla) -> Response:
    """Lo que se publicó, corrigió o protegió desde un día, y lo que ya no está: para poner al día una copia."""
    require_alone("desde")
    desde, dicho = read_desde(), request.args.get("cursor")
    assert desde is not None
    lugar = read_copia(dicho) if dicho is not None else None
    tanda = publicados().copias.fetch(Pregunta(tabla, desde, read_ejercicio()), read_institucion(), lugar, read_limite())
    enlaces = Enlaces(absolute(""))
    retirados = [to_baja(tabla, Titular(una.siglas, una.nombre), baja, enlaces) for una, baja in tanda.bajas]
    return _answer_filas(tabla, tanda.filas, tanda.siguiente and write_copia(tanda.siguiente),
                         {"desde": request.args["desde"], "retirados": retirados})


def _al_dia(tabla: Tabla) -> Response:
    """Lo que era público al terminar un día."""
    require_alone("al")
    al, dicho = read_al(), request.args.get("cursor")
    if al is None:
        raise NoSirve("al", "El día va como 2026-03-01.")
    lugar = read_al_dia(dicho) if dicho is not None else None
    pregunta = PreguntaAlDia(tabla, al, read_institucion(), read_ejercicio())
    tanda = publicados().corrido_al_dia.fetch(pregunta, lugar, read_limite())
    return _answer_filas(tabla, tanda.filas, tanda.siguiente and write_al_dia(tanda.siguiente), {"al": al.iso})


def _como_decia(institucion: Institucion, tabla: Tabla, fila: FilaPublica, al: Corte) -> FilaPublica:
    """La versión de ese día; 404 si no era público, o si lo que se leía entonces se retiró."""
    version = publicados().versiones.al(institucion.id, tabla.clave, fila.id, al)
    suya = None
    if version is not None and version.legible:
        suya = publicados().versiones.fila(institucion.id, tabla.clave, fila.id, version.numero)
    if suya is None:
        raise NoExiste(f"El {fecha(al.dia)} este registro no era público, o lo que decía se retiró después.")
    return suya


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
    siguiente, anterior = (lugar and write_cursor(lugar, con_palabras) for lugar in (tanda.siguiente, tanda.anterior))
    return _answer_filas(tabla, tanda.filas, siguiente, {}, anterior)


def _answer_filas(tabla: Tabla, filas: Any, de_siguiente: str | None, mas: dict[str, Any], de_anterior: str | None = None,
                  ) -> Response:
    """Una tanda; ``de_…`` son los cursores, y ``mas``, lo que dice además."""
    siguiente, anterior = (cursor and this_with(cursor) for cursor in (de_siguiente, de_anterior))
    cuerpo = {"formato": tabla.clave, "licencia": marca().licencia_url, **mas, "registros": _dichos(tabla, filas),
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
