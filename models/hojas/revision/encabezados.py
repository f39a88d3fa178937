"""Qué columna de un libro es cada campo: por su llave, por su rótulo, por uno anterior, por el de SIPOT o por uno parecido."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from rapidfuzz import fuzz, process

from fracciones_config import Campo, Formato
from models.domain.lectores.crudo import plegar
from models.hojas.disposicion import BAJA, BAJA_MOTIVO, FOLIO, ID, VERSION, admite_motivo, motivo_de

PARECIDO = 88
"""De 0 a 100, desde cuándo un rótulo que no es igual a ninguno se toma por el de un campo."""

_FUERZA = {"id": 0, "etiqueta": 1, "anterior": 2, "sipot": 3, "parecida": 4}
_AGREGADAS = ("so", "siglas de la institución", "institucion", "estado", "fecha_actualizacion", "fecha de actualización",
              "fecha_validacion", "fecha de validación", "publico_desde", "público desde", "direccion", "dirección",
              "actualizado", "catalogo")
"""Lo que nuestras descargas agregan: se reconoce y no se lee. Un campo que se llame así va antes."""


@dataclass(frozen=True, slots=True)
class Hallada:
    """Una columna del libro. ``llave`` es la de ``models.hojas.disposicion`` (``""``: no se lee); ``como`` se halló:
    ``id``, ``etiqueta``, ``anterior``, ``sipot``, ``parecida``, ``nuestra``, ``de_tabla`` o ``ajena``; ``posicion`` desde 0."""

    posicion: int
    encabezado: str
    llave: str
    como: str


class Rotulario:
    """Todas las maneras de llamar a las columnas de una hoja."""

    def __init__(self, campos: Sequence[Campo], propias: Mapping[str, Sequence[str]], anteriores: Mapping[str, str]) -> None:
        """``propias`` son las que no son campos, con sus rótulos; ``anteriores``, de un rótulo viejo a su llave."""
        self._de: dict[str, tuple[str, str]] = {}
        for llave in (*propias, *(campo.nombre for campo in campos)):
            self._de.setdefault(plain(llave), (llave, "id"))
        for campo in campos:
            self._de.setdefault(plain(campo.etiqueta), (campo.nombre, "etiqueta"))
        for llave, rotulos in propias.items():
            for rotulo in rotulos:
                self._de.setdefault(plain(rotulo), (llave, "etiqueta"))
        for rotulo, llave in anteriores.items():
            self._de.setdefault(plain(rotulo), (llave, "anterior"))
        for campo in campos:
            for titulo in campo.sipot if len(campo.sipot) == 1 else ():
                self._de.setdefault(plain(titulo), (campo.nombre, "sipot"))
        for agregada in _AGREGADAS:
            self._de.setdefault(plain(agregada), ("", "nuestra"))
        todos = chain((campo.etiqueta for campo in campos), *propias.values(), anteriores)
        self._parecidas = [rotulo for rotulo in dict.fromkeys(map(plain, todos)) if len(rotulo) > 4]

    def score(self, celdas: Iterable[Any]) -> int:
        """Cuántas columnas distintas nombra un renglón."""
        return len({self._de[rotulo][0] for celda in celdas if isinstance(celda, str) and (rotulo := plain(celda)) in self._de
                    and self._de[rotulo][0]})

    def match(self, encabezados: Sequence[tuple[int, str]]) -> list[Hallada]:
        """Cada encabezado ``(posición, texto)`` con su columna; de dos que digan lo mismo vale el más seguro."""
        dichas = [self._exacta(posicion, texto) for posicion, texto in encabezados]
        mejor: dict[str, Hallada] = {}
        for hallada in sorted((h for h in dichas if h.llave), key=lambda h: (_FUERZA[h.como], h.posicion)):
            mejor.setdefault(hallada.llave, hallada)
        salen = []
        for hallada in dichas:
            if hallada.llave and mejor[hallada.llave] is not hallada:
                hallada = replace(hallada, llave="", como="repetida")
            elif not hallada.llave and hallada.como == "ajena":
                hallada = self._parecida(hallada, mejor)
            salen.append(hallada)
        return salen

    def _exacta(self, posicion: int, texto: str) -> Hallada:
        llave, como = self._de.get(plain(texto), ("", "ajena"))
        return Hallada(posicion, texto, llave, como)

    def _parecida(self, hallada: Hallada, tomadas: dict[str, Hallada]) -> Hallada:
        """La que más se le parece entre las que nadie nombró, si no hay otra casi igual de parecida."""
        libres = [rotulo for rotulo in self._parecidas if self._de[rotulo][0] not in tomadas]
        cercanas = process.extract(plain(hallada.encabezado), libres, scorer=fuzz.token_sort_ratio, score_cutoff=PARECIDO,
                                   limit=2)
        if not cercanas or len(cercanas) > 1 and cercanas[0][1] - cercanas[1][1] < 4:
            return hallada
        llave = self._de[cercanas[0][0]][0]
        tomadas[llave] = replace(hallada, llave=llave, como="parecida")
        return tomadas[llave]


def plain(rotulo: str) -> str:
    """Un rótulo en sus puras letras y números: sin acentos, asteriscos ni «(obligatorio)»."""
    return " ".join(re.findall("[a-z0-9]+", plegar(rotulo).replace("(obligatorio)", "").replace("(catalogo)", "")))


def build_rotulario(formato: Formato, anteriores: Mapping[str, str]) -> Rotulario:
    """El de la hoja principal."""
    propias: dict[str, Sequence[str]] = {
        FOLIO: ("Folio",), VERSION: ("Versión",), BAJA: ("Baja", "Solicitar baja"), BAJA_MOTIVO: ("Motivo de la baja",)}
    for campo in formato.campos:
        if admite_motivo(campo):
            propias[motivo_de(campo.nombre)] = (f"Por qué no hay: {campo.etiqueta}", f"Por qué está vacío: {campo.etiqueta}",
                                                f"Motivo: {campo.etiqueta}")
    return Rotulario(formato.campos, propias, anteriores)


def build_rotulario_de_tabla(campo: Campo, anteriores: Mapping[str, str]) -> Rotulario:
    """El de la hoja de un campo ``tabla``."""
    suyos = {rotulo: llave.partition(".")[2] for rotulo, llave in anteriores.items() if llave.startswith(f"{campo.nombre}.")}
    return Rotulario(campo.campos, {ID: ("ID", "Id")}, suyos)


