"""Cambiarle algo al catálogo en vigor: se lee el YAML de un formato, se le mueve una cosa y se vuelve a escribir."""

from collections.abc import Callable
from typing import Any

import yaml

from fracciones_config.revision import Archivos
from models.domain.catalogo_vigente import Foto, aplicar_catalogo, archivos_de, vigente

Cambio = Callable[[dict[str, Any]], None]


def con_cambio(clave: str, cambio: Cambio, archivos: Archivos | None = None) -> Archivos:
    """Los archivos de la primera versión aplicada (o los que se den), con ese formato cambiado."""
    archivos = archivos or archivos_de(1)
    ruta = f"formatos/{clave}.yaml"
    formato = yaml.safe_load(archivos[ruta])
    cambio(formato)
    return archivos | {ruta: yaml.safe_dump(formato, allow_unicode=True, sort_keys=False).encode()}


def poner_en_vigor(archivos: Archivos) -> Foto:
    """Aplica y recarga, como hace la orden ``catalogo aplicar``."""
    aplicar_catalogo(archivos, "Gabriela Ruiz")
    return vigente.recargar()


def agregar_campo(**llaves: Any) -> Cambio:
    """Agrega al final un campo de texto; ``llaves`` dice lo que sea distinto."""
    def cambio(formato: dict[str, Any]) -> None:
        formato["campos"].append({
            "nombre": "compromiso", "tipo": "texto", "etiqueta": "Compromiso", "ayuda": "A qué se comprometió.",
            "ejemplo": "Regar cada semana", "grupo": formato["grupos"][0]["clave"]} | llaves)
    return cambio


def cambiar_campo(nombre: str, **llaves: Any) -> Cambio:
    """Le cambia a un campo esas llaves; con ``None``, se las quita."""
    def cambio(formato: dict[str, Any]) -> None:
        [campo] = [campo for campo in formato["campos"] if campo["nombre"] == nombre]
        campo.update(llaves)
        for llave in [llave for llave, valor in llaves.items() if valor is None]:
            del campo[llave]
    return cambio


def quitar_campo(nombre: str) -> Cambio:
    def cambio(formato: dict[str, Any]) -> None:
        formato["campos"] = [campo for campo in formato["campos"] if campo["nombre"] != nombre]
    return cambio


def cambiar(**llaves: Any) -> Cambio:
    """Le cambia al formato esas llaves."""
    return lambda formato: formato.update(llaves)
