"""Un formato de todas las instituciones en un solo archivo: ``/datos/licitaciones.csv`` y ``/datos/licitaciones/2026.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import HECHURA, Forma, Salida
from models.hojas.salidas.jsones import head_of_formato, to_baja
from models.hojas.salidas.renglones import Bloque, Titular, to_bloques
from models.presentacion.poderes import PODERES
from models.publicados import Filtro
from models.publicados.fundidos import Conjunto
from models.reloj import hoy
from portal.consulta_formato import PRIMER_EJERCICIO
from portal.contexto import Ventanilla, foto, marca, publicados
from portal.cortes import read_corte, read_desde
from portal.descargas import find_forma, find_forma_de_tabla
from portal.descritos import describe
from portal.direcciones import absolute, find_tabla
from portal.errores import MalPedido, NoExiste
from portal.peticion import read_filtro
from portal.respuestas import download, hash_of

bp = Blueprint("fundidos", __name__)

_EXTENSION = "<any(csv, xlsx, json, zip):extension>"


@bp.get(f"/datos/<clave:clave>.{_EXTENSION}")
def todo(clave: str, extension: str) -> Response:
    """Lo público de hoy, de todos los años. ``?periodo=``, ``?poder=`` y las opciones del formato lo acotan."""
    return _descargar(read_conjunto(clave, None), find_forma(extension))


@bp.get(f"/datos/<clave:clave>/<ejercicio:ejercicio>.{_EXTENSION}")
def del_ejercicio(clave: str, ejercicio: int, extension: str) -> Response:
    """Un año; de lo que vive hasta retirarse, lo que regía al terminar ese año."""
    return _descargar(read_conjunto(clave, ejercicio), find_forma(extension))


@bp.get("/datos/<clave:clave>.tabla_<clave:campo>.csv")
def tabla(clave: str, campo: str) -> Response:
    """Los renglones de un campo tabla, con el folio de su registro."""
    conjunto = read_conjunto(clave, None)
    return _descargar(conjunto, find_forma_de_tabla(conjunto.tabla.formato, campo))


@bp.get("/datos/<clave:clave>/<ejercicio:ejercicio>.tabla_<clave:campo>.csv")
def tabla_del_ejercicio(clave: str, ejercicio: int, campo: str) -> Response:
    """Los de un año."""
    conjunto = read_conjunto(clave, ejercicio)
    return _descargar(conjunto, find_forma_de_tabla(conjunto.tabla.formato, campo))


def read_conjunto(clave: str, ejercicio: int | None) -> Conjunto:
    """Lo que pide una dirección; 404 si no existe, o redirige si el formato cambió de nombre."""
    tabla = find_tabla(clave)
    if ejercicio is not None and not PRIMER_EJERCICIO <= ejercicio <= hoy().year + (not tabla.formato.es_vigente):
        raise NoExiste(f"No hay información de {ejercicio}.")
    poder = request.args.get("poder") or None
    if poder is not None and poder not in PODERES:
        raise NoExiste("No hay instituciones de esa clase. Son: " + ", ".join(PODERES) + ".")
    desde, corte = read_desde(), read_corte()
    al_cierre = tabla.formato.es_vigente and ejercicio is not None
    if desde is not None and al_cierre:
        raise MalPedido("De lo que regía al cerrar un año no se piden cambios: pida los de lo vigente, sin el año.")
    filtro = Filtro() if al_cierre or corte else replace(read_filtro(tabla.formato), texto="")
    suyas = [una for una in publicados().instituciones() if poder is None or una.poder == poder]
    return publicados().fundidos.find(tabla, ejercicio, filtro, suyas, corte, desde)


def _descargar(conjunto: Conjunto, forma: Forma) -> Response:
    tabla, enlaces = conjunto.tabla, Enlaces(absolute(""))
    cuando = ("al-" + conjunto.corte.iso if conjunto.corte else "",
              "desde-" + request.args["desde"].strip() if conjunto.pregunta else "")
    nombre = "-".join(filter(None, (tabla.clave, str(conjunto.ejercicio or ""), *cuando)))
    licencia = {"nombre": marca().licencia, "url": marca().licencia_url}
    cabeza = {**head_of_formato(tabla, conjunto.ejercicio), "licencia": licencia}
    cuantos = None if conjunto.al_cierre or conjunto.corte else sum(n for _, _, n, _ in conjunto.resumen)
    cuerpo = forma.escribir(Salida(tabla, _bloques(conjunto), enlaces, nombre, cabeza=cabeza, cuantos=cuantos,
                                   bajas=_bajas(conjunto, enlaces) if conjunto.pregunta else None))
    bajada = download(cuerpo, forma.tipo, forma.archivo(nombre), _huella(conjunto, enlaces, forma.termina, cabeza))
    return describe(bajada, tabla.clave, forma.termina, forma.tabla)


def _bloques(conjunto: Conjunto) -> Iterator[Bloque]:
    """Los registros, que se leerán al enviarse: para entonces la petición ya terminó."""
    fundidos = Ventanilla.de_la_aplicacion().publicados.fundidos
    return (bloque for institucion, filas in fundidos.tramos(conjunto)
            for bloque in to_bloques(Titular(institucion.siglas, institucion.nombre), [filas]))


def _bajas(conjunto: Conjunto, enlaces: Enlaces) -> Iterator[dict[str, Any]]:
    """Lo que ya no está; se lee igual, al enviarse."""
    bajas = Ventanilla.de_la_aplicacion().publicados.fundidos.bajas(conjunto)
    return (to_baja(conjunto.tabla, Titular(una.siglas, una.nombre), baja, enlaces) for una, baja in bajas)


def _huella(conjunto: Conjunto, enlaces: Enlaces, forma: str, cabeza: object) -> str:
    """Cambia con cada publicación o retiro de ese formato, con los nombres de las instituciones, el catálogo y el filtro."""
    nombres = [(una.id, una.siglas, una.nombre) for una in conjunto.instituciones]
    return hash_of(HECHURA, forma, enlaces, conjunto.ejercicio, conjunto.corte, conjunto.desde, conjunto.filtro,
                   conjunto.resumen, conjunto.pulso, nombres, cabeza, foto().numero)
