"""Cómo se llamaron antes las columnas de un formato: con eso se carga una plantilla de hace tres versiones del catálogo."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from fracciones_config import Formato
from models.domain.catalogo_vigente import archivos_de, vigente
from models.vigor import CatalogoVersion

VERSIONES = 40
"""Cuántas versiones hacia atrás se miran."""


def read_anteriores(formato: Formato) -> dict[str, str]:
    """De cada rótulo que tuvo un campo y ya no tiene, a su nombre (``tabla.columna`` si es de una tabla).

    Un rótulo que hoy es de otro campo no cuenta: manda lo de hoy.
    """
    return {rotulo: llave for rotulo, llave in _read(formato.clave, vigente.foto.numero).items()
            if _is_de_antes(formato, rotulo, llave)}


def _is_de_antes(formato: Formato, rotulo: str, llave: str) -> bool:
    """Si el campo sigue en el formato y ninguno de los que están a su lado se llama así hoy."""
    nombre, _, columna = llave.partition(".")
    campo = formato.por_nombre.get(nombre)
    vecinos = campo.campos if campo is not None and columna else formato.campos
    return campo is not None and all(rotulo != vecino.etiqueta for vecino in vecinos)


@lru_cache(maxsize=200)
def _read(clave: str, numero: int) -> dict[str, str]:
    """De la más nueva a la más vieja: si un rótulo pasó por dos campos, vale el último que lo llevó."""
    hallados: dict[str, str] = {}
    vistos = set[bytes]()
    versiones = CatalogoVersion.select(CatalogoVersion.numero).where(CatalogoVersion.numero <= numero).order_by(
        CatalogoVersion.numero.desc()).limit(VERSIONES)
    for (version,) in versiones.tuples():
        contenido = archivos_de(version).get(f"formatos/{clave}.yaml", b"")
        if contenido and contenido not in vistos:
            vistos.add(contenido)
            for rotulo, llave in _rotulos(yaml.load(contenido, Loader=yaml.CSafeLoader)):
                hallados.setdefault(rotulo, llave)
    return hallados


def _rotulos(declarado: Any) -> Iterator[tuple[str, str]]:
    for campo in declarado.get("campos", ()) if isinstance(declarado, dict) else ():
        yield str(campo.get("etiqueta", "")), str(campo.get("nombre", ""))
        for sub in campo.get("campos", ()):
            yield str(sub.get("etiqueta", "")), f"{campo.get('nombre', '')}.{sub.get('nombre', '')}"
