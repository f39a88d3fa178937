"""Un dato en la página: qué se lee, a dónde lleva y cómo se alinea. Una fila de ``CELDAS`` por tipo de campo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.folios import de_folio
from models.presentacion.numeros import tamano
from models.presentacion.protegido import columns_protegidas, said_of
from models.presentacion.textos import ROTULO_DE_CAUSA, cut_text, texto, texto_vacio
from models.publicados import Registro
from portal.direcciones import to_archivo

_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_CORREO = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
LARGO_DE_ENLACE = 48
CORTO = 120
"""Letras de una celda de lista."""


@dataclass(frozen=True, slots=True)
class Celda:
    """``clase`` dice cómo se ve: ``num``, ``junto``, ``parrafo``, ``vacio``, ``sin-dato`` o nada.

    ``antes`` es lo que solo oye quien usa lector de pantalla; ``nota``, lo que va tenue después. Una tabla trae
    ``columnas`` y ``filas``.
    """

    texto: str
    clase: str = ""
    enlace: str | None = None
    afuera: bool = False
    antes: str = ""
    nota: str = ""
    columnas: tuple[Campo, ...] = ()
    filas: tuple[tuple[Celda, ...], ...] = ()

    @property
    def es_simple(self) -> bool:
        """Si basta escribir su texto."""
        return self.clase in _SIMPLES


_SIMPLES = frozenset({"", "num", "junto", "parrafo"})
SIN_DATO = Celda("Sin dato", "sin-dato")

Hacer = Callable[[Campo, Any, str], Celda]
"""De ``(campo, dato, siglas de la institución)`` a la celda."""


def _con_clase(clase: str) -> Hacer:
    return lambda campo, dato, siglas: Celda(texto(campo, dato), clase)


def _url(campo: Campo, dato: Any, siglas: str) -> Celda:
    if not _WEB.fullmatch(dato):
        return Celda(dato)
    visible = cut_text(re.sub(r"^https?://(www\.)?|/$", "", dato, flags=re.IGNORECASE), LARGO_DE_ENLACE)
    return Celda(visible, "enlace", enlace=dato, afuera=True)


def _correo(campo: Campo, dato: Any, siglas: str) -> Celda:
    return Celda(dato, "enlace", enlace=f"mailto:{dato}" if _CORREO.fullmatch(dato) else None)


def _archivo(campo: Campo, dato: Any, siglas: str) -> Celda:
    nota = f"{dato['tipo'].upper()}, {tamano(dato['bytes'])}"
    return Celda(dato["nombre"], "archivo", enlace=to_archivo(siglas, dato["id"], dato["nombre"]), nota=nota)


def _tabla(campo: Campo, dato: Any, siglas: str) -> Celda:
    usadas = tuple(c for c in campo.campos if any(c.nombre in fila for fila in dato))
    filas = tuple(tuple(cell_of(c, fila.get(c.nombre), siglas) for c in usadas) for fila in dato)
    return Celda(texto(campo, dato), "tabla", columnas=usadas, filas=filas)


_TEXTO, _PARRAFO, _NUMERO, _JUNTO = (_con_clase(clase) for clase in ("", "parrafo", "num", "junto"))

CELDAS: Mapping[TipoCampo, Hacer] = {
    TipoCampo.TEXTO: _TEXTO,
    TipoCampo.TEXTO_LARGO: _PARRAFO,
    TipoCampo.NOTA: _PARRAFO,
    TipoCampo.ENTERO: _NUMERO,
    TipoCampo.DECIMAL: _NUMERO,
    TipoCampo.MONEDA: _NUMERO,
    TipoCampo.PORCENTAJE: _NUMERO,
    TipoCampo.FECHA: _JUNTO,
    TipoCampo.HORA: _JUNTO,
    TipoCampo.ANIO: _JUNTO,
    TipoCampo.PERIODO: _JUNTO,
    TipoCampo.SI_NO: _JUNTO,
    TipoCampo.OPCION: _TEXTO,
    TipoCampo.OPCIONES: _TEXTO,
    TipoCampo.URL: _url,
    TipoCampo.CORREO: _correo,
    TipoCampo.TELEFONO: _JUNTO,
    TipoCampo.ARCHIVO: _archivo,
    TipoCampo.AREA: _TEXTO,
    TipoCampo.SERVIDOR_PUBLICO: _TEXTO,
    TipoCampo.ORGANO_COLEGIADO: _TEXTO,
    TipoCampo.TABLA: _tabla,
}


def cell_of(campo: Campo, dato: Any, siglas: str) -> Celda:
    """La celda de un dato; ``SIN_DATO`` si no hay."""
    return SIN_DATO if dato is None else CELDAS[campo.tipo](campo, dato, siglas)


def full_cell(campo: Campo, registro: Registro, siglas: str) -> Celda:
    """Lo que la página del registro enseña de un campo: el dato, la razón de que no lo haya, o «Sin dato»."""
    if campo.nombre in registro.vacios:
        return Celda(texto_vacio(registro.vacios[campo.nombre]), "vacio")
    if campo.nombre in registro.ajenos:
        return Celda(registro.ajenos[campo.nombre], "parrafo")
    celda = cell_of(campo, registro.datos.get(campo.nombre), siglas)
    return celda if campo.nombre not in registro.protegidos else _con_columnas_protegidas(campo, registro, celda, siglas)


def _con_columnas_protegidas(campo: Campo, registro: Registro, celda: Celda, siglas: str) -> Celda:
    """La tabla, con «Dato protegido» en las celdas que se suprimieron."""
    protegidas, datos = columns_protegidas(registro, campo.nombre), registro.datos.get(campo.nombre)
    if not protegidas or not isinstance(datos, list):
        return celda
    dicho = Celda(said_of(registro.protegidos[campo.nombre]), "vacio")
    usadas = tuple(c for c in campo.campos if c in celda.columnas or c.nombre in protegidas)
    filas = tuple(tuple(dicho if c.nombre in protegidas and c.nombre not in fila else cell_of(c, fila.get(c.nombre), siglas)
                        for c in usadas) for fila in datos)
    return replace(celda, columnas=usadas, filas=filas)


def list_cell(campo: Campo, registro: Registro, siglas: str) -> Celda:
    """Lo mismo, en el espacio de una celda de lista."""
    if campo.nombre in registro.vacios:
        causa = registro.vacios[campo.nombre]["causa"]
        return Celda(ROTULO_DE_CAUSA.get(causa, causa), "vacio")
    celda = full_cell(campo, registro, siglas)
    if celda.clase == "archivo":
        return replace(celda, texto=celda.nota, nota="", antes=f"{campo.etiqueta}: ")
    if celda.filas or len(celda.texto) > CORTO or "\n" in celda.texto:
        return replace(celda, clase="", texto=cut_text(celda.texto, CORTO), columnas=(), filas=())
    return celda


def without_dead_links(celda: Celda, vivos: frozenset[int]) -> Celda:
    """La celda sin los enlaces a archivos que ya no se entregan: de una versión pasada se dice cuál era, no se da."""
    if celda.filas:
        return replace(celda, filas=tuple(tuple(without_dead_links(c, vivos) for c in fila) for fila in celda.filas))
    if celda.clase != "archivo" or celda.enlace is None or de_folio(celda.enlace.split("/")[3]) in vivos:
        return celda
    return replace(celda, enlace=None, clase="", nota="", texto=f"{celda.texto} ({celda.nota}; ya no se entrega)")
