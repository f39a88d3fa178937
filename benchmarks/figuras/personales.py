"""Buscar datos personales: lo que cuesta una celda que no los trae, y un libro entero de celdas de toda clase."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.banco import Banco
from fracciones_config import Campo, Formato
from models.domain.personales import find_en_datos, find_en_texto

_TIPOS = {"numero": "texto", "objeto": "texto_largo", "proveedor": "texto", "rfc": "texto", "nombre": "texto",
          "primer_apellido": "texto", "segundo_apellido": "texto", "materia": "texto", "monto": "moneda", "total": "moneda",
          "firma": "fecha", "inicio": "fecha", "cargo": "texto", "telefono": "telefono", "correo": "correo",
          "domicilio": "texto", "fundamento": "texto_largo", "expediente": "texto", "sitio": "url", "nota": "nota"}
_PALABRAS = str.split(
    "construcción de aulas y suministro de luminarias en la escuela primaria del municipio, con recursos propios y federales, "
    "para la segunda etapa del programa")
MUESTRA, TOPE = 20_000, 100_000


def medir(banco: Banco) -> None:
    """En un solo proceso; segundos de procesador, para que no cuente lo que hagan los demás."""
    n = min(banco.plan.filas, TOPE)
    formato, filas = _formato(), [_fila(i, Random(i)) for i in range(min(n, MUESTRA))]
    tarda = _mejor(lambda: [find_en_datos(formato, fila) for fila in filas]) * n / len(filas)
    banco.libreta.anotar("personales_en_un_libro", tarda, "s", limite=n / TOPE, filas=n, columnas=len(_TIPOS))
    campo, texto = formato.por_nombre["cargo"], "Jefa del Departamento de Permisos"
    celda = _mejor(lambda: [find_en_texto(texto, campo) for _ in range(MUESTRA)]) / MUESTRA * 1e6
    banco.libreta.anotar("personales_en_una_celda_sin_cifras", celda, "µs", limite=0.3)


def _mejor(hacer: Callable[[], Any], veces: int = 5) -> float:
    tiempos = []
    for _ in range(veces):
        antes = time.process_time()
        hacer()
        tiempos.append(time.process_time() - antes)
    return min(tiempos)


def _formato() -> Formato:
    campos = tuple(Campo.model_validate({
        "nombre": nombre, "tipo": tipo, "etiqueta": nombre, "ayuda": nombre,
        "datos_personales": "permitir" if nombre == "rfc" else "avisar"}) for nombre, tipo in _TIPOS.items())
    return Formato.model_construct(clave="medida", campos=campos)


def _fila(i: int, azar: Random) -> dict[str, str]:
    return {
        "numero": f"LPN-{i % 999:03d}-2026", "objeto": f"Contrato {i}: {' '.join(azar.choices(_PALABRAS, k=20))}",
        "proveedor": f"Grupo {azar.choice(_PALABRAS)} SA de CV", "rfc": "MAB9307148T4", "nombre": "María",
        "primer_apellido": "Tapia", "segundo_apellido": "Lechuga", "materia": "Adquisiciones", "monto": "1234.50",
        "total": "1432.02", "firma": "2026-01-02", "inicio": "2026-02-01", "cargo": "Jefa del Departamento de Permisos",
        "telefono": "722 226 1980", "correo": f"area{i % 30}@metepec.gob.mx",
        "domicilio": f"Calle Hidalgo {i % 900}, Col. Centro",
        "fundamento": "Artículo 43, fracción II de la Ley", "expediente": f"EXP/{i}/2026",
        "sitio": f"https://metepec.gob.mx/contratos/{i}.pdf", "nota": "Sin observaciones"}
