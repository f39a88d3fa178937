"""Áreas, personas y órganos por su nombre: el exacto, «superior / área», el folio; y el que se escribió casi bien.

El índice se hace una vez por libro. Los dados de baja solo se nombran por su folio.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from rapidfuzz import fuzz, process

from models.domain.lectores.crudo import citar, plegar
from models.folios import a_folio, de_folio
from models.hojas.receta.letras import to_renglon
from models.hojas.receta.palabras import palabras_de, same_en_desorden

ENTRE = " / "
_SEPARA = re.compile(r" ?[/>»|\\] ?| [-–—] ")
_TRATO = frozenset({"arq", "arqta", "biol", "c", "ca", "cp", "dr", "dra", "ing", "lcda", "lcdo", "lic", "licda", "mtra", "mtro",
                    "prof", "profa", "profra", "psic", "sr", "sra", "tec"})
_BUSQUEDAS, _PARECIDO, _CANDIDATOS = 3_000, 70, 12
"""Cuántos nombres distintos se buscan por parecido en un libro, desde qué parecido y entre cuántos."""


class Maestro(Protocol):
    """Un área, persona u órgano, como viene en el pedido."""

    @property
    def folio(self) -> str: ...

    @property
    def nombre(self) -> str: ...

    @property
    def superior(self) -> str: ...

    @property
    def vivo(self) -> bool: ...


class Nombres:
    """Los maestros de un tipo, por todas las maneras de nombrarlos. Recuerda lo ya buscado."""

    def __init__(self, maestros: Iterable[Maestro]) -> None:
        self._por_folio = {maestro.folio: maestro for maestro in maestros}
        self._exactos: dict[str, list[str]] = defaultdict(list)
        self._plegados: dict[str, list[str]] = defaultdict(list)
        self._bolsas: dict[str, str] = {}
        self._mismas: dict[str, list[str]] = defaultdict(list)
        for folio, maestro in self._por_folio.items():
            if maestro.vivo:
                self._exactos[maestro.nombre.strip()].append(folio)
                self._exactos[ENTRE.join((maestro.superior.strip(), maestro.nombre.strip()))].append(folio)
                self._plegados[_llano(maestro.nombre)].append(folio)
                self._plegados[_llano(ENTRE.join((maestro.superior, maestro.nombre)))].append(folio)
                self._bolsas[folio] = _bolsa(_sin_trato(maestro.nombre))
                self._mismas[self._bolsas[folio]].append(folio)
        self._vistos: dict[str, str | None] = {}

    def find(self, texto: str) -> str | None:
        """El folio de lo que se nombró exactamente: por su nombre si es único, por «superior / nombre» o por su folio."""
        limpio = texto.strip()
        exactos = self._exactos.get(limpio)
        if exactos is not None:
            return exactos[0] if len(exactos) == 1 else None
        return self._por_su_folio(limpio)

    def write(self, folio: str) -> str:
        """La manera más clara de nombrarlo que ``find`` entiende."""
        maestro = self._por_folio[folio]
        nombre = maestro.nombre.strip()
        maneras = (nombre, ENTRE.join((maestro.superior.strip(), nombre)), folio)
        return next(manera for manera in maneras if self.find(manera) == folio)

    def guess(self, texto: str) -> str | None:
        """El folio del único que se pudo querer nombrar; ``None`` si no hay, o si hay varios."""
        if texto not in self._vistos:
            self._vistos[texto] = self._buscar(to_renglon(texto))
        return self._vistos[texto]

    def explain(self, texto: str, que: str) -> str:
        """Por qué no se reconoció un nombre y qué hacer. ``que``: «esa área», «esa persona»…"""
        iguales = self._plegados.get(_llano(texto), [])
        if len(iguales) > 1:
            maneras = "; ".join(f"«{self.write(folio)}»" for folio in iguales[:3])
            return f"{citar(texto)} es el nombre de {len(iguales)}. Diga cuál: {maneras}{'…' if len(iguales) > 3 else '.'}"
        return f"{citar(texto)} no está registrada o registrado con ese nombre. Elija {que} en la lista de la plantilla."

    def _buscar(self, texto: str) -> str | None:
        llano = _llano(_SEPARA.sub(ENTRE, texto))
        if plegados := self._plegados.get(_llano(texto)) or self._plegados.get(llano):
            return _solo(plegados)
        if (folio := self._por_su_folio(texto)) is not None:
            return folio
        escritas = _sin_trato(texto)
        if mismas := self._mismas.get(_bolsa(escritas)):
            return _solo(mismas)
        if not escritas or len(self._vistos) >= _BUSQUEDAS:
            return None
        cercanos = process.extract(_bolsa(escritas), self._bolsas, scorer=fuzz.ratio, score_cutoff=_PARECIDO,
                                   limit=_CANDIDATOS)
        return _solo([folio for _, _, folio in cercanos
                      if same_en_desorden(escritas, _sin_trato(self._por_folio[folio].nombre))])

    def _por_su_folio(self, texto: str) -> str | None:
        try:
            folio = a_folio(de_folio(texto))
        except ValueError:
            return None
        return folio if folio in self._por_folio else None


def _llano(texto: str) -> str:
    """Plegado, y sin el trato de la persona, comas ni puntos."""
    return plegar(texto.replace(".", " ").replace(",", " "))


def _sin_trato(texto: str) -> tuple[str, ...]:
    """Las palabras, sin «Lic.», «C.» o «Dra.» por delante."""
    palabras = palabras_de(texto)
    while len(palabras) > 2 and palabras[0].rstrip(".") in _TRATO:
        palabras = palabras[1:]
    return palabras


def _bolsa(palabras: tuple[str, ...]) -> str:
    """Las palabras sin orden."""
    return " ".join(sorted(palabra.rstrip(".") for palabra in palabras))


def _solo(folios: list[str]) -> str | None:
    unicos = set(folios)
    return unicos.pop() if len(unicos) == 1 else None
