"""Las columnas de un libro oficial vueltas campos: su tipo, su nombre, su ayuda y de qué columna vienen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from fracciones_config.oficial import ColumnaOficial, Parte, TablaOficial
from fracciones_config.sipot.libro import ColumnaSipot, LibroSipot
from fracciones_config.sipot.listas import is_si_no, opciones_de
from fracciones_config.sipot.nombres import make_nombre, make_rotulo
from fracciones_config.sipot.redaccion import make_ayuda, make_ejemplo
from fracciones_config.sipot.titulos import (
    ACTUALIZACION,
    AREA,
    EJERCICIO,
    INICIO,
    NOTA,
    TERMINO,
    VALIDACION,
    de_sistema,
    llano,
)
from fracciones_config.tipos import TipoCampo

TIPOS: dict[int | None, TipoCampo] = {
    1: TipoCampo.TEXTO, 2: TipoCampo.TEXTO_LARGO, 3: TipoCampo.ENTERO, 4: TipoCampo.FECHA, 6: TipoCampo.MONEDA,
    7: TipoCampo.URL, 9: TipoCampo.OPCION, 10: TipoCampo.TABLA, 12: TipoCampo.ANIO,
}
"""Tipo con que se captura cada código oficial; uno que no se conozca entra como texto largo, que admite lo que sea."""

LONGITUDES = {TipoCampo.TEXTO: 2_000, TipoCampo.TEXTO_LARGO: 20_000}
"""Más de lo que SIPOT admite (150 y 4,000): lo que ya está publicado así entra completo, y al exportar se dice qué no cabe."""

COMUNES: dict[str, tuple[str | None, Parte | None]] = {
    EJERCICIO: ("ejercicio", None), INICIO: ("periodo", "inicio"), TERMINO: ("periodo", "termino"),
    AREA: ("area_responsable", None), NOTA: ("nota", None),
    ACTUALIZACION: (None, "actualizacion"), VALIDACION: (None, "validacion"),
}

DESDE, HASTA = "periodo_desde", "periodo_hasta"
"""Los campos que guardan el inicio y el término tal cual, cuando no son los de un periodo completo."""

CABEN = 115
"""Campos hasta los que un enlace lleva, además de su dirección, su archivo (un formato tiene 120 cuando más)."""

_PERMITIDOS = ("rfc", "telefono", "correo", "domicilio")
_ENLACE = re.compile(r"^\s*hiperv[ií]nculos?\s+(?:al?|a\s+l[ao]s?|a\s+los?|de\s+l[ao]s?|del|de)(?:/l[ao]s)?\s+", re.IGNORECASE)
_ID = "id"

Definido = dict[str, Any]


class Armador:
    """Va haciendo los campos de un libro y apuntando a cuál corresponde cada columna oficial."""

    def __init__(self, libro: LibroSipot, reservados: Iterable[str]) -> None:
        self.libro = libro
        self.ocupados = {*reservados, DESDE, HASTA}
        self.campos: list[Definido] = []
        self.columnas: list[ColumnaOficial] = []
        self.tablas: list[TablaOficial] = []
        self.comunes: set[str] = set()
        self.sin_subtabla: list[str] = []
        columnas = libro.principal.columnas
        self.caben_archivos = len(columnas) + sum(c.codigo == 7 for c in columnas) <= CABEN

    def armar(self) -> None:
        """Recorre la hoja principal."""
        anterior = 0
        for columna in self.libro.principal.columnas:
            rol = de_sistema(columna.titulo, columna.codigo)
            if rol is not None and rol not in self.comunes:
                self.comunes.add(rol)
                campo, parte = COMUNES[rol]
            else:
                campo, parte = self._propio(columna), None
            self.columnas.append(to_columna(columna, anterior, campo, parte))
            anterior = columna.posicion

    def _propio(self, columna: ColumnaSipot) -> str:
        """Hace el campo de una columna propia y da su nombre; un enlace hace dos: la dirección y el archivo."""
        tipo = tipo_de(columna)
        if tipo is TipoCampo.TABLA and not self._columnas_de(columna):
            self.sin_subtabla.append(columna.titulo)
            tipo = TipoCampo.TEXTO_LARGO
        campo = make_campo(columna, self._nombrar(columna.titulo), tipo)
        if tipo is TipoCampo.TABLA:
            campo["campos"] = self._tabla(columna, campo["nombre"])
        if tipo is TipoCampo.URL and self.caben_archivos:
            self.campos.append(self._archivo(columna, campo))
        self.campos.append(campo)
        return str(campo["nombre"])

    def _archivo(self, columna: ColumnaSipot, enlace: Definido) -> Definido:
        """El archivo que va en la misma columna que un enlace: quien tiene el documento lo adjunta; quien no, lo enlaza."""
        sin_enlace = _ENLACE.sub("", columna.titulo)
        nombre = self._nombrar(sin_enlace if sin_enlace != columna.titulo else f"Archivo {columna.titulo}")
        documento = {**enlace, "nombre": nombre, "tipo": TipoCampo.ARCHIVO.value, "acepta": ["pdf", "xlsx"],
                     "ayuda": make_ayuda(columna.titulo, TipoCampo.ARCHIVO, enlace["etiqueta"])}
        documento.pop("ejemplo")
        enlace["etiqueta"] = make_rotulo(enlace["etiqueta"], 130) + " (dirección en internet)"
        return documento

    def _columnas_de(self, columna: ColumnaSipot) -> Sequence[ColumnaSipot]:
        hoja = self.libro.tablas.get(columna.tabla or "")
        return [c for c in hoja.columnas if not is_id(c, hoja.columnas)] if hoja else []

    def _tabla(self, columna: ColumnaSipot, campo: str) -> list[Definido]:
        """Las columnas de una subtabla, y su hoja apuntada."""
        hoja = self.libro.tablas[columna.tabla or ""]
        ocupados: set[str] = set()
        campos: list[Definido] = []
        oficiales: list[ColumnaOficial] = []
        anterior = 0
        for suya in hoja.columnas:
            if is_id(suya, hoja.columnas):
                oficiales.append(to_columna(suya, anterior, None, "id"))
            else:
                nombre = make_nombre(suya.titulo, ocupados)
                ocupados.add(nombre)
                tipo = tipo_de(suya)
                campos.append(make_campo(suya, nombre, TipoCampo.TEXTO_LARGO if tipo is TipoCampo.TABLA else tipo))
                oficiales.append(to_columna(suya, anterior, nombre, None))
            anterior = suya.posicion
        self.tablas.append(TablaOficial(hoja=hoja.nombre, campo=campo, columnas=tuple(oficiales)))
        return campos

    def _nombrar(self, titulo: str) -> str:
        nombre = make_nombre(titulo, self.ocupados)
        self.ocupados.add(nombre)
        return nombre


def is_id(columna: ColumnaSipot, todas: Sequence[ColumnaSipot]) -> bool:
    """Si es la columna con que una subtabla se une a la hoja principal."""
    return columna is todas[0] and (llano(columna.titulo) == _ID or columna.codigo is None)


def tipo_de(columna: ColumnaSipot) -> TipoCampo:
    """El tipo con que se captura una columna; una lista que el libro no trae se captura como texto."""
    tipo = TIPOS.get(columna.codigo, TipoCampo.TEXTO_LARGO)
    if tipo is TipoCampo.OPCION:
        return TipoCampo.SI_NO if is_si_no(columna.opciones) else tipo if columna.opciones else TipoCampo.TEXTO
    return tipo


def make_campo(columna: ColumnaSipot, nombre: str, tipo: TipoCampo) -> Definido:
    """Un campo como se escribe en el YAML, todavía sin grupo."""
    etiqueta = make_rotulo(_ENLACE.sub("", columna.titulo))
    campo: Definido = {"nombre": nombre, "tipo": tipo.value, "etiqueta": etiqueta,
                       "ayuda": make_ayuda(columna.titulo, tipo, etiqueta)}
    if ejemplo := make_ejemplo(columna.titulo, tipo):
        campo["ejemplo"] = ejemplo
    if tipo in LONGITUDES:
        campo["longitud"] = LONGITUDES[tipo]
    if tipo is TipoCampo.OPCION:
        campo["opciones"] = opciones_de(columna.opciones)
    if tipo is not TipoCampo.TABLA and any(palabra in llano(columna.titulo) for palabra in _PERMITIDOS):
        campo["datos_personales"] = "permitir"
    return campo | {"sipot": [columna.titulo]}


def to_columna(columna: ColumnaSipot, anterior: int, campo: str | None, parte: str | None) -> ColumnaOficial:
    """La columna tal como está en el libro, con el campo donde vive su dato."""
    return ColumnaOficial.model_validate({
        "titulo": columna.crudo or columna.titulo, "codigo": columna.codigo, "id": columna.campo_id, "campo": campo,
        "parte": parte, "posicion": columna.posicion if columna.posicion != anterior + 1 else None,
        "lista": columna.lista, "tabla": columna.tabla})
