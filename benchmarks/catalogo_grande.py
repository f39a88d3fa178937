"""Un catálogo inventado, del tamaño de lo que puede llegar a pedir la ley: cien formatos de veinte campos."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from models.servicio.entorno import RAIZ

FORMATOS, CAMPOS = 100, 20
_POR_FRACCION = 4
_TIPOS: tuple[dict[str, Any], ...] = (
    {"tipo": "texto", "ejemplo": "Rehabilitación del mercado"},
    {"tipo": "texto_largo", "ejemplo": "Se cambió la techumbre y el drenaje."},
    {"tipo": "entero", "ejemplo": "12"},
    {"tipo": "moneda", "ejemplo": "$1,350.00"},
    {"tipo": "fecha", "ejemplo": "31/03/2026"},
    {"tipo": "url", "ejemplo": "https://metepec.ejemplo.mx/obra"},
    {"tipo": "opcion", "se_filtra": True, "opciones": {"publica": "Pública", "directa": "Directa"}},
    {"tipo": "si_no"},
    {"tipo": "correo", "ejemplo": "obras@metepec.ejemplo.mx"},
    {"tipo": "archivo"},
)
"""Los campos de un formato recorren estos tipos, en orden."""


def write_catalogo(carpeta: Path, formatos: int = FORMATOS) -> Path:
    """Escribe la carpeta completa, con las listas y los campos comunes de la casa. Da la misma carpeta."""
    (carpeta / "formatos").mkdir(parents=True, exist_ok=True)
    for parte in ("listas", "paquetes"):
        shutil.copytree(RAIZ / "fracciones_config" / parte, carpeta / parte, dirs_exist_ok=True)
    shutil.copy(RAIZ / "fracciones_config" / "comunes.yaml", carpeta)
    for i in range(1, formatos + 1):
        write_formato(carpeta, i, f"Formato de medición {i}")
    return carpeta


def write_formato(carpeta: Path, i: int, nombre: str, campos: int = CAMPOS) -> None:
    """Escribe el formato número ``i``, con ese nombre y ese número de campos."""
    texto = yaml.safe_dump(_formato(i, nombre, campos), allow_unicode=True, sort_keys=False)
    (carpeta / "formatos" / f"{clave_de(i)}.yaml").write_text(texto)


def clave_de(i: int) -> str:
    return f"medicion_{i:03}"


def etiqueta_de(campo: int) -> str:
    return f"Dato {campo}"


def _formato(i: int, nombre: str, cuantos: int) -> dict[str, Any]:
    fraccion, numero = divmod(i - 1, _POR_FRACCION)
    return declare(fraccion + 1, numero + 1, nombre, [_campo(j) for j in range(cuantos)])


def declare(fraccion: int, numero: int, nombre: str, campos: list[dict[str, Any]]) -> dict[str, Any]:
    """Un formato inventado con esos campos, todos del grupo ``datos``, tal como iría en su YAML."""
    return {
        "nombre": nombre, "nombre_corto": nombre[:60], "articulo": 12, "fraccion": _romano(fraccion),
        "numero": numero, "descripcion": "Un formato inventado para medir.",
        "instrucciones": "Un registro por cada cosa que se mide.", "se_cuenta": ["registro", "registros"],
        "aplica_a": ["todos"], "modo": "por_periodo", "periodicidad": "trimestral",
        "conservacion": {"anteriores": 2, "texto": "El ejercicio en curso y los dos anteriores."},
        "titulo": [campos[0]["nombre"]],
        "fuentes": [{"que": "campos", "texto": "Inventado.", "certeza": "alta"}],
        "grupos": [{"clave": "datos", "titulo": "Los datos"}], "campos": campos}


def _campo(j: int) -> dict[str, Any]:
    return {"nombre": f"dato_{j + 1}", "etiqueta": etiqueta_de(j + 1), "ayuda": "Lo que diga el documento.", "grupo": "datos",
            "en_lista": j < 5, "obligatorio": j < 3, **deepcopy(_TIPOS[j % len(_TIPOS)])}


def _romano(numero: int) -> str:
    """Del 1 al 49."""
    decenas, unidades = divmod(numero, 10)
    return ("", "X", "XX", "XXX", "XL")[decenas] + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[unidades]
