"""Lee la marca del archivo ``marca.yaml``: el lugar donde el órgano garante pone su nombre, sus leyendas y sus colores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fracciones_config.faltas import Falta
from fracciones_config.lectura import Documento, read_documento
from models.servicio.entorno import Entorno, EntornoInvalido
from models.servicio.licencias import LICENCIAS
from models.servicio.marca import CONTACTO_DE_EJEMPLO, CONTRASENA_DEMO, EDITABLES, Marca

CONTRASTE = 4.5
"""El de las WCAG, nivel AA, para el texto."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_CORREO = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"https?://[^\s\"'<>]+")
_SE_LEEN = (("marca", "#ffffff"), ("marca", "#f5f7f9"), ("sobre-marca", "marca"), ("sobre-marca", "marca-fuerte"),
            ("marca", "marca-suave"))
"""Letra y fondo que las páginas juntan: nombres de color, o el color."""


class MarcaInvalida(EntornoInvalido):
    """``marca.yaml`` no sirve; el mensaje trae todas sus faltas, una por renglón."""


def read_marca(entorno: Entorno) -> Marca:
    """La marca del archivo que dice ``IPOMEX_MARCA``, o la de siempre si no hay. Lanza ``MarcaInvalida``.

    En la demostración, lo que falte del contacto es inventado.
    """
    propia = replace(Marca(), **CONTACTO_DE_EJEMPLO) if entorno.es_demo else Marca()
    marca = replace(propia, es_demo=entorno.es_demo, contrasena_demo=CONTRASENA_DEMO if entorno.es_demo else "")
    if not entorno.marca.exists() and not entorno.marca_dicha:
        return marca
    try:
        doc = read_documento(str(entorno.marca), entorno.marca.read_bytes())
    except OSError as error:
        raise MarcaInvalida(f"IPOMEX_MARCA dice «{entorno.marca}», y ese archivo no se puede leer.") from error
    faltas = sorted([*doc.faltas, *_faltas_de(doc, marca)])
    if faltas:
        raise MarcaInvalida("\n".join(map(str, faltas)))
    return replace(marca, **_valores(doc.datos, marca))


def contrast(letra: str, fondo: str) -> float:
    """El contraste entre dos colores ``#rrggbb``, de 1 a 21 (WCAG 1.4.3)."""
    claro, oscuro = sorted((_luz(letra), _luz(fondo)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def _luz(color: str) -> float:
    partes = (int(color[i:i + 2], 16) / 255 for i in (1, 3, 5))
    rojo, verde, azul = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in partes)
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def _valores(datos: Mapping[str, Any], marca: Marca) -> dict[str, Any]:
    valores = dict(datos)
    if conocida := LICENCIAS.get(valores.get("licencia", "")):
        valores = {"licencia_url": conocida.url, "licencia_id": conocida.id, "licencia_texto": conocida.texto} | valores
        valores["licencia"] = conocida.nombre
    if "denuncia_pasos" in valores:
        valores["denuncia_pasos"] = tuple(valores["denuncia_pasos"])
    if "colores" in valores:
        valores["colores"] = marca.colores | valores["colores"]
    return valores


def _faltas_de(doc: Documento, marca: Marca) -> Iterator[Falta]:
    licencia = doc.datos.get("licencia", marca.licencia)
    if licencia not in LICENCIAS and not {"licencia_url", "licencia_texto"} <= doc.datos.keys():
        yield doc.falta(("licencia",), "De esa licencia no se sabe dónde está ni qué permite.",
                        f"Ponga también licencia_url y licencia_texto, o use alguna de: {', '.join(LICENCIAS)}.")
    for llave, valor in doc.datos.items():
        if llave not in EDITABLES:
            yield doc.falta((llave,), f"«{llave}» no es de la marca.", f"Use alguna de: {', '.join(EDITABLES)}.")
        elif llave == "colores":
            yield from _faltas_de_colores(doc, valor, marca)
        elif llave == "denuncia_pasos":
            if not isinstance(valor, list) or not all(isinstance(paso, str) and paso.strip() for paso in valor):
                yield doc.falta((llave,), "Los pasos van en una lista de textos.", "Escriba cada uno en su renglón, con «- ».")
        elif not isinstance(valor, str):
            yield doc.falta((llave,), f"«{llave}» lleva un texto.", "Póngalo entre comillas.")
        else:
            yield from _faltas_de_texto(doc, llave, valor)


def _faltas_de_texto(doc: Documento, llave: str, valor: str) -> Iterator[Falta]:
    if not valor.strip() and llave != "garante_sitio" and getattr(Marca(), llave):
        yield doc.falta((llave,), f"«{llave}» está vacía.", "Escríbala, o quite el renglón para que diga lo de siempre.")
    if llave.endswith("_correo") and valor and not _CORREO.fullmatch(valor):
        yield doc.falta((llave,), "Eso no es un correo.", "Se escribe así: nombre@ejemplo.mx.")
    if llave.endswith(("_sitio", "_url")) and valor and not _WEB.fullmatch(valor):
        yield doc.falta((llave,), "Eso no es una dirección de internet.", "Empieza con https://.")


def _faltas_de_colores(doc: Documento, dichos: Any, marca: Marca) -> Iterator[Falta]:
    if not isinstance(dichos, dict):
        yield doc.falta(("colores",), "Los colores van como «nombre: \"#rrggbb\"».", "Ponga uno por renglón.")
        return
    malos = [nombre for nombre, color in dichos.items()
             if nombre not in marca.colores or not isinstance(color, str) or not _COLOR.fullmatch(color)]
    for nombre in malos:
        yield doc.falta(("colores", nombre), f"«{nombre}» no es un color de la marca, o no está bien escrito.",
                        f"Se escriben como \"#0b4f6c\"; son {', '.join(marca.colores)}.")
    if malos:
        return
    colores = marca.colores | dichos
    for letra, fondo in _SE_LEEN:
        hay = contrast(colores[letra], colores.get(fondo, fondo))
        if hay < CONTRASTE:
            yield doc.falta(("colores",), f"Con «{letra}» sobre «{fondo}» no se lee: el contraste es de {hay:.1f}.",
                            "Hace falta 4.5: oscurezca uno o aclare el otro.")
