"""Qué le falta a un registro para poder revisarse y publicarse."""

from collections.abc import Mapping
from typing import Any

from fracciones_config import Campo, Formato, ObligatorioSi
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer
from models.domain.protegidos import Protegido


def find_faltantes(formato: Formato, datos: Mapping[str, Any], vacios: Mapping[str, Any]) -> list[str]:
    """Los campos que se piden y no tienen ni valor ni vacío con razón, en el orden del formulario.

    Una tabla falta también cuando a alguno de sus renglones le falta una columna obligatoria que no esté protegida.
    """
    return [campo.nombre for campo in formato.campos if _falta(campo, formato, datos, vacios.get(campo.nombre))]


def _falta(campo: Campo, formato: Formato, datos: Mapping[str, Any], vacio: Any) -> bool:
    protegidas = vacio.columnas if isinstance(vacio, Protegido) else frozenset[str]()
    if vacio and not protegidas:
        return False
    if campo.nombre in datos:
        pedidas = [columna.nombre for columna in campo.campos if columna.obligatorio and columna.nombre not in protegidas]
        return any(nombre not in renglon for nombre in pedidas for renglon in datos[campo.nombre])
    return campo.obligatorio or (campo.obligatorio_si is not None and _se_cumple(campo.obligatorio_si, formato, datos))


def _se_cumple(si: ObligatorioSi, formato: Formato, datos: Mapping[str, Any]) -> bool:
    """Si el otro campo vale algo de lo que dice ``es``; en opciones, basta que esté entre las elegidas."""
    otro, dato = formato.por_nombre.get(si.campo), datos.get(si.campo)
    if otro is None or dato is None:
        return False
    esperados = read_esperados(si, formato)
    if isinstance(dato, list):
        return any(esperado and esperado[0] in dato for esperado in esperados)
    return dato in esperados


def read_esperados(si: ObligatorioSi, formato: Formato) -> list[Any]:
    """Los datos del otro campo con que este se pide."""
    return [_esperado(formato.por_nombre[si.campo], valor) for valor in si.es]


def _esperado(otro: Campo, valor: str | bool | int) -> Any:
    """Lo que dice el YAML, leído como se lee ese campo: «si» es ``True`` en un campo de sí o no."""
    try:
        return leer(otro, valor)
    except DatoInvalido:
        return None
