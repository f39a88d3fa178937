"""Lee una carpeta de catálogo y dice, de una sola vez, todas las faltas de todos sus archivos.

Una carpeta tiene ``formatos/*.yaml``, ``listas/*.yaml``, ``paquetes/*.yaml`` y ``comunes.yaml``.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from fracciones_config.catalogo import Catalogo
from fracciones_config.faltas import Falta
from fracciones_config.formato import Formato
from fracciones_config.lectura import Documento, read_documento
from fracciones_config.mensajes import PASOS_DE_PYDANTIC, en_espanol
from fracciones_config.paquete import Comunes, Lista, Paquete
from fracciones_config.reglas import rules_of_comunes, rules_of_conjunto, rules_of_formato
from fracciones_config.romanos import orden_romano

M = TypeVar("M", bound=BaseModel)
Archivos = dict[str, bytes]
"""Ruta relativa (``formatos/directorio.yaml``) → bytes del archivo."""

_CLAVE = re.compile(r"[a-z][a-z0-9_]{1,40}")


class CatalogoInvalido(Exception):
    """El catálogo tiene faltas; ``faltas`` las trae todas, ordenadas por archivo y línea."""

    def __init__(self, faltas: list[Falta]) -> None:
        super().__init__("\n".join(map(str, faltas)))
        self.faltas = faltas


@dataclass
class Revision:
    """El resultado de revisar: un catálogo si no hay faltas, o las faltas."""

    catalogo: Catalogo | None = None
    faltas: list[Falta] = field(default_factory=list)


def read_archivos(carpeta: Path) -> Archivos:
    """Todos los YAML de una carpeta de catálogo, como bytes."""
    return {str(ruta.relative_to(carpeta)): ruta.read_bytes() for ruta in sorted(carpeta.rglob("*.yaml"))}


def load_catalogo(carpeta: Path) -> Catalogo:
    """El catálogo de una carpeta. Lanza ``CatalogoInvalido`` con todas las faltas si las hay."""
    revision = revisar(read_archivos(carpeta))
    if revision.catalogo is None:
        raise CatalogoInvalido(revision.faltas)
    return revision.catalogo


def revisar(archivos: Archivos) -> Revision:
    """Revisa todos los archivos. Nunca lanza: lo que esté mal queda en ``faltas``."""
    lector = _Lector(archivos)
    leido = lector.uno("comunes.yaml", Comunes)
    comunes = leido[0] if leido else None
    listas = {lista.clave: lista for lista, _ in lector.varios("listas", Lista)}
    paquetes = {paquete.clave: paquete for paquete, _ in lector.varios("paquetes", Paquete)}
    formatos = lector.varios("formatos", Formato)
    if leido:
        lector.faltas += [leido[1].falta(*hallazgo) for hallazgo in rules_of_comunes(leido[0], listas)]
    _revisar_reglas(lector, formatos, listas, paquetes, comunes)
    if not formatos and not lector.faltas:
        lector.faltas.append(Falta("formatos", 1, 1, "No hay ningún formato.", "Agregue al menos un archivo."))
    if lector.faltas or comunes is None:
        return Revision(faltas=sorted(set(lector.faltas)))
    completos = [_con_comunes(formato, comunes, listas) for formato, _ in formatos]
    completos.sort(key=lambda f: (f.paquete, f.articulo, orden_romano(f.fraccion), f.numero))
    return Revision(Catalogo(formatos=tuple(completos), paquetes=tuple(paquetes.values()), listas=tuple(listas.values())))


def _revisar_reglas(
    lector: "_Lector", formatos: list[tuple[Formato, Documento]], listas: dict[str, Lista],
    paquetes: dict[str, Paquete], comunes: Comunes | None,
) -> None:
    propios = (*comunes.al_principio, *comunes.al_final) if comunes else ()
    nombres = frozenset(campo.nombre for campo in propios)
    for formato, doc in formatos:
        lector.faltas += [doc.falta(*hallazgo) for hallazgo in rules_of_formato(formato, listas, nombres)]
    lector.faltas += rules_of_conjunto(formatos, paquetes)


def _con_comunes(formato: Formato, comunes: Comunes, listas: dict[str, Lista]) -> Formato:
    """Le pone a un formato los campos comunes y las opciones de las listas compartidas."""
    principio = () if formato.es_vigente else comunes.al_principio
    campos: list[dict[str, Any]] = []
    for campo in (*principio, *formato.campos, *comunes.al_final):
        datos = campo.model_dump()
        for declarado in (datos, *datos["campos"]):
            if declarado["lista"]:
                declarado["opciones"] = listas[declarado["lista"]].opciones
        campos.append(datos | {"comun": campo not in formato.campos})
    return Formato.model_validate(formato.model_dump() | {"campos": campos})


class _Lector:
    """Va leyendo archivos y juntando sus faltas."""

    def __init__(self, archivos: Archivos) -> None:
        self.archivos = archivos
        self.faltas: list[Falta] = []

    def uno(self, ruta: str, modelo: type[M]) -> tuple[M, Documento] | None:
        return self._leer(ruta, modelo, {})

    def varios(self, carpeta: str, modelo: type[M]) -> list[tuple[M, Documento]]:
        """Los archivos de una carpeta; el nombre de cada uno, sin ``.yaml``, es su ``clave``."""
        leidos = []
        for ruta in sorted(r for r in self.archivos if r.startswith(f"{carpeta}/")):
            clave = Path(ruta).stem
            if ruta.count("/") > 1:
                self.faltas.append(Falta(ruta, 1, 1, "No se leen subcarpetas.", f"Póngalo directamente en {carpeta}/."))
            elif not _CLAVE.fullmatch(clave):
                self.faltas.append(Falta(ruta, 1, 1, f"«{clave}» no sirve como clave.",
                                         "El nombre del archivo va en minúsculas, sin acentos ni guiones."))
            elif leido := self._leer(ruta, modelo, {"clave": clave}):
                leidos.append(leido)
        return leidos

    def _leer(self, ruta: str, modelo: type[M], extra: dict[str, str]) -> tuple[M, Documento] | None:
        if ruta not in self.archivos:
            self.faltas.append(Falta(ruta, 1, 1, "Falta este archivo.", "Recupérelo del control de versiones."))
            return None
        doc = read_documento(ruta, self.archivos[ruta])
        self.faltas += doc.faltas
        if "clave" in doc.datos:
            self.faltas.append(doc.falta(("clave",), "La clave es el nombre del archivo.", "Quite «clave»."))
        if not doc.datos:
            return None
        try:
            return modelo.model_validate(doc.datos | extra), doc
        except ValidationError as error:
            self.faltas += [doc.falta(_ruta(e["loc"]), *en_espanol(e)) for e in error.errors(include_url=False)]
            return None


def _ruta(lugar: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """La ruta de pydantic sin los pasos que no están en el archivo."""
    return tuple(paso for paso in lugar if paso not in PASOS_DE_PYDANTIC)
