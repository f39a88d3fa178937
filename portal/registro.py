"""La página de un registro: todo lo que dice, quién responde por él y sus dos fechas."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from flask import Blueprint, Response, render_template

from fracciones_config import Formato
from models.formatos import Tabla
from models.hojas.disposicion import Identidad
from models.hojas.salidas.enlaces import Enlaces
from models.hojas.salidas.formas import Salida
from models.hojas.salidas.jsones import to_registros
from models.hojas.salidas.renglones import Bloque as DeSalida
from models.hojas.salidas.renglones import Titular
from models.presentacion.fechas import fecha
from models.publicados import Institucion, Lapida, Registro
from models.publicados.cortes import Corte
from models.publicados.versiones import Version
from portal.celdas import SIN_DATO, Celda, full_cell, without_dead_links
from portal.constancia import draw_constancia, is_asked, of_registro
from portal.contexto import foto, publicados
from portal.cortes import read_corte
from portal.descargas import find_forma
from portal.direcciones import absolute, find_id, find_institucion, find_tabla, to_registro, with_query
from portal.errores import NoExiste, Retirado
from portal.palabras import title_of
from portal.respuestas import download

bp = Blueprint("registro", __name__)

EN_LA_FICHA = frozenset({"area_responsable", "ejercicio", "periodo"})
"""Los campos comunes que van en la ficha del registro, no entre sus datos."""


@dataclass(frozen=True, slots=True)
class Bloque:
    """Un grupo de campos con sus valores."""

    titulo: str
    pares: list[tuple[str, Celda]]

    @property
    def dichos(self) -> list[tuple[str, Celda]]:
        """Los que dicen algo, aunque sea por qué no hay dato."""
        return [(etiqueta, celda) for etiqueta, celda in self.pares if celda is not SIN_DATO]

    @property
    def callados(self) -> list[str]:
        """Los que no tienen dato ni razón: se nombran juntos, para que en un teléfono no sean media página."""
        return [etiqueta for etiqueta, celda in self.pares if celda is SIN_DATO]


@dataclass(frozen=True, slots=True)
class Pasado:
    """Qué versión se ve, de cuántas; ``al``, si se preguntó por un día."""

    version: Version
    total: int
    al: Corte | None = None

    @property
    def es_la_de_hoy(self) -> bool:
        return self.version.hasta is None


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>")
def pagina(siglas: str, clave: str, folio: str) -> str:
    """Un registro, o su lápida si se retiró; con ``?al=``, como decía ese día."""
    institucion, tabla, registro = find_publico(siglas, clave, folio)
    al = read_corte()
    if al is None:
        return draw_registro(institucion, tabla, registro)
    version, suyo = _al_dia(institucion, tabla, registro, al)
    if is_asked():
        return _draw_constancia(institucion, tabla, suyo, al)
    return draw_registro(institucion, tabla, suyo, Pasado(version, registro.numero, al))


def _draw_constancia(institucion: Institucion, tabla: Tabla, registro: Registro, al: Corte) -> str:
    fila = publicados().versiones.fila(institucion.id, tabla.clave, registro.id, registro.numero)
    if fila is None:
        raise NoExiste("Ese registro acaba de retirarse.")
    ruta = with_query(to_registro(institucion.siglas, tabla.clave, registro.folio), al=al.iso, constancia=1)
    titulo = f"{tabla.formato.nombre}: {title_of(tabla.formato, registro)}"
    return draw_constancia(of_registro(institucion, titulo, fila, al, ruta,
                                       _bloques(tabla.formato, registro, institucion.siglas)))


def draw_registro(institucion: Institucion, tabla: Tabla, registro: Registro, pasado: Pasado | None = None) -> str:
    """La página de un registro, o la de una versión suya que ya pasó."""
    celdas = [(bloque.titulo, bloque.pares) for bloque in _bloques(tabla.formato, registro, institucion.siglas)]
    if pasado is not None:
        vivos = publicados().archivos_vivos(institucion, registro.id)
        celdas = [(titulo, [(etiqueta, without_dead_links(celda, vivos)) for etiqueta, celda in pares])
                  for titulo, pares in celdas]
    return render_template("registro.html", institucion=institucion, formato=tabla.formato, registro=registro, pasado=pasado,
                           bloques=[Bloque(*partes) for partes in celdas],
                           area=full_cell(tabla.formato.por_nombre["area_responsable"], registro, institucion.siglas))


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>.json")
def en_json(siglas: str, clave: str, folio: str) -> Response:
    """El registro, en JSON."""
    tabla, bloque, _ = _solo(siglas, clave, folio)
    [registro] = to_registros(tabla, bloque, Enlaces(absolute("")))
    return download(orjson.dumps(registro), "application/json", f"{clave}-{folio}.json")


@bp.get("/<siglas:siglas>/<clave:clave>/r/<folio:folio>.<any(csv, xlsx, zip):extension>")
def en_archivo(siglas: str, clave: str, folio: str, extension: str) -> Response:
    """El registro solo, en CSV, en un libro de Excel o, con sus tablas, en un ZIP."""
    tabla, bloque, identidad = _solo(siglas, clave, folio)
    forma, nombre = find_forma(extension), f"{clave}-{folio}"
    cuerpo = b"".join(forma.escribir(Salida(tabla, [bloque], Enlaces(absolute("")), nombre, identidad)))
    return download(cuerpo, forma.tipo, forma.archivo(nombre))


def _solo(siglas: str, clave: str, folio: str) -> tuple[Tabla, DeSalida, Identidad]:
    institucion, tabla, registro = find_publico(siglas, clave, folio)
    al = read_corte()
    numero = registro.numero if al is None else _al_dia(institucion, tabla, registro, al)[0].numero
    fila = (publicados().fila(institucion, tabla, registro.id) if numero == registro.numero
            else publicados().versiones.fila(institucion.id, tabla.clave, registro.id, numero))
    if fila is None:
        raise NoExiste("Ese registro acaba de retirarse.")
    bloque = DeSalida(Titular(institucion.siglas, institucion.nombre), [fila])
    return tabla, bloque, Identidad(clave, foto().numero, siglas)


def _al_dia(institucion: Institucion, tabla: Tabla, registro: Registro, al: Corte) -> tuple[Version, Registro]:
    """La versión de ese día; 404 si no era público, o si lo que se leía entonces se retiró."""
    version = publicados().versiones.al(institucion.id, tabla.clave, registro.id, al)
    if version is None:
        raise NoExiste(f"El {fecha(al.dia)} este registro no era público.")
    if not version.legible:
        raise NoExiste(f"El {fecha(al.dia)} era pública una versión que después se retiró: ya no se lee.")
    suyo = publicados().versiones.registro(tabla, institucion.id, registro.id, version.numero)
    return version, suyo or registro


def find_publico(siglas: str, clave: str, folio: str) -> tuple[Institucion, Tabla, Registro]:
    """El registro de una dirección, si hoy es público; su lápida (410) si se retiró; si no, 404."""
    institucion, tabla, identificador = find_institucion(siglas), find_tabla(clave), find_id(folio)
    hallado = publicados().registro(institucion, tabla, identificador)
    if hallado is None:
        raise NoExiste("No hay ningún registro público con ese folio en esta información.")
    if isinstance(hallado, Lapida):
        versiones = publicados().versiones.de(institucion.id, tabla.clave, identificador)
        raise Retirado(hallado, institucion, tabla.formato, versiones)
    return institucion, tabla, hallado


def _bloques(formato: Formato, registro: Registro, siglas: str) -> list[Bloque]:
    bloques = [(grupo.titulo, formato.campos_de(grupo.clave)) for grupo in formato.grupos]
    sueltos = tuple(c for c in formato.campos if c.grupo is None and c.nombre not in EN_LA_FICHA)
    return [Bloque(titulo, [(c.etiqueta, full_cell(c, registro, siglas)) for c in campos])
            for titulo, campos in (*bloques, ("Notas", sueltos)) if campos]
