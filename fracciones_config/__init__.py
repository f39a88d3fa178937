"""Capa 0: lo que pide la ley, dicho en YAML, y las clases que le dan sentido.

Aquí no hay base de datos ni web. Quien llega de fuera usa ``revisar`` (lee una carpeta y dice
todas sus faltas) o ``Catalogo.de_json`` (el catálogo ya compilado que guarda la base de datos).
"""

from fracciones_config.campo import Campo, ObligatorioSi
from fracciones_config.catalogo import Catalogo
from fracciones_config.faltas import Falta
from fracciones_config.formato import Formato
from fracciones_config.revision import CatalogoInvalido, load_catalogo, revisar
from fracciones_config.tipos import TipoCampo

__all__ = [
    "Campo", "Catalogo", "CatalogoInvalido", "Falta", "Formato", "ObligatorioSi", "TipoCampo",
    "load_catalogo", "revisar",
]
