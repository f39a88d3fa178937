"""Los bloques del formulario de un formato importado: con pocos campos, uno; con muchos, por lo que se escribe en ellos."""

from __future__ import annotations

from fracciones_config.tipos import TipoCampo

Definido = dict[str, object]

POCOS = 14
"""Hasta este número de campos, el formulario lleva un solo bloque."""

_TITULOS = {"general": "Lo principal", "fechas": "Fechas", "dinero": "Dinero", "documentos": "Documentos",
            "detalle": "Detalle", "oficial": "Solo si hace falta"}
_POR_TIPO = {TipoCampo.FECHA.value: "fechas", TipoCampo.MONEDA.value: "dinero", TipoCampo.URL.value: "documentos",
             TipoCampo.ARCHIVO.value: "documentos", TipoCampo.TABLA.value: "detalle"}


def assign_grupos(campos: list[dict[str, object]]) -> list[dict[str, str]]:
    """Pone ``grupo`` a cada campo y da los grupos que se usan, en su orden."""
    sueltos = [campo for campo in campos if "grupo" not in campo]
    por_tipo = len(sueltos) > POCOS
    for campo in sueltos:
        campo["grupo"] = _POR_TIPO.get(str(campo["tipo"]), "general") if por_tipo else "general"
    usados = {campo["grupo"] for campo in campos}
    return [{"clave": clave, "titulo": titulo} for clave, titulo in _TITULOS.items() if clave in usados]
