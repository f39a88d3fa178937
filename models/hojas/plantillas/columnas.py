"""Las columnas de las hojas de un formato: llave, rótulo, nota, lista para elegir y cómo se ve cada una."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import MOTIVO_MAXIMO, MOTIVO_MINIMO
from models.domain.periods import claves, etiqueta
from models.hojas.disposicion import (
    BAJA,
    BAJA_MOTIVO,
    CAUSAS,
    FOLIO,
    PALABRA_DE_BAJA,
    VERSION,
    admite_motivo,
    hojas_de_tablas,
    motivo_de,
)
from models.hojas.plantillas.celdas import CELDAS, SIN_MILES, TEXTO
from models.hojas.plantillas.nombres import Nombres

SISTEMA, CAMPO, OBLIGATORIO, RAZON = "sistema", "campo", "obligatorio", "razon"
"""Las clases de columna; cada una tiene su color, y la obligatoria además un asterisco."""

_COMO = {
    TipoCampo.FECHA: "Se escribe como 31/12/2026.",
    TipoCampo.HORA: "Se escribe como 09:30, de 00:00 a 23:59.",
    TipoCampo.MONEDA: "Pesos, con dos decimales cuando más. Sin letras: 1234.50.",
    TipoCampo.PORCENTAJE: "La cifra en por ciento: 12.5 es 12.5 %.",
    TipoCampo.URL: "La dirección completa, desde https://.",
    TipoCampo.OPCIONES: "Puede llevar varias, separadas con punto y coma.",
    TipoCampo.ARCHIVO: "El nombre del archivo tal como se llama en su equipo; el archivo se sube junto con este libro.",
}


@dataclass(frozen=True, slots=True)
class Columna:
    """``campo`` es el que se escribe en ella; las del sistema y las de motivos no tienen. ``opciones``: entre qué se elige."""

    llave: str
    rotulo: str
    nota: str
    clase: str
    ancho: int
    formato: str
    campo: Campo | None = None
    opciones: tuple[str, ...] = ()
    acepta_causas: bool = False


@dataclass(frozen=True, slots=True)
class Contexto:
    """Lo que hace falta saber de la institución: sus maestros por nombre y, si se pidió uno, el periodo."""

    formato: Formato
    nombres: Mapping[TipoCampo, Nombres] = field(default_factory=dict)
    responsables: tuple[str, ...] = ()
    periodo: str | None = None


def columns_of(contexto: Contexto) -> list[Columna]:
    """Las de la hoja principal, en el orden de ``models.hojas.disposicion.llaves_de``."""
    formato = contexto.formato
    razones = [_de_razon(campo) for campo in formato.campos if admite_motivo(campo)]
    return [*_del_sistema(formato), *(_de_campo(campo, contexto) for campo in formato.campos), *razones]


def columns_of_tabla(campo: Campo, contexto: Contexto) -> list[Columna]:
    """Las de la hoja de un campo ``tabla``, después de su ``id``."""
    return [_columna(sub, _nota(sub), opciones_de(sub, contexto)) for sub in campo.campos]


def opciones_de(campo: Campo, contexto: Contexto) -> tuple[str, ...]:
    """Entre qué se elige en una celda, sin las causas de vacío."""
    if campo.tipo is TipoCampo.SI_NO:
        return ("Sí", "No")
    if campo.tipo is TipoCampo.PERIODO:
        return tuple(etiqueta(c) for c in claves(contexto.formato.periodicidad) if contexto.periodo in (None, c))
    if campo.es_maestro:
        suyas = contexto.nombres[campo.tipo].opciones
        return contexto.responsables if campo.nombre == "area_responsable" else suyas
    return tuple(campo.opciones.values())


def _del_sistema(formato: Formato) -> list[Columna]:
    uno = formato.se_cuenta[0]
    return [
        Columna(FOLIO, "Folio", f"El de un {uno} que ya está en el sistema. En los nuevos, en blanco. No lo cambie.",
                SISTEMA, 17, TEXTO),
        Columna(VERSION, "Versión", "La pone el sistema: con ella sabe si alguien más cambió el registro. No la cambie.",
                SISTEMA, 9, SIN_MILES),
        Columna(BAJA, "Baja", f"Elija «{PALABRA_DE_BAJA}» para pedir que se retire. La Unidad de Información lo decide.",
                SISTEMA, 9, TEXTO, opciones=(PALABRA_DE_BAJA,)),
        Columna(BAJA_MOTIVO, "Motivo de la baja", "Por qué se pide retirar. Solo si puso «Baja».", SISTEMA, 30, TEXTO)]


def _de_campo(campo: Campo, contexto: Contexto) -> Columna:
    opciones = opciones_de(campo, contexto)
    if opciones and admite_motivo(campo):
        opciones = (*opciones, *(causa for causa in CAUSAS.values() if causa not in opciones))
    nota = _nota(campo)
    if campo.tipo is TipoCampo.TABLA:
        hoja = hojas_de_tablas(contexto.formato)[campo.nombre]
        nota += f"\n\nAquí va un número (1, 2, 3…). Sus renglones van en la hoja «{hoja}», cada uno con ese mismo número."
    if campo.obligatorio_si is not None:
        nota += f"\n\n{_cuando(campo, contexto.formato)}"
    if admite_motivo(campo):
        palabras = " o ".join(f"«{causa}»" for causa in CAUSAS.values())
        nota += f"\n\nSi no hay dato: escriba {palabras}, y el motivo en su columna, al final a la derecha."
    return _columna(campo, nota, opciones, admite_motivo(campo))


def _columna(campo: Campo, nota: str, opciones: tuple[str, ...], acepta_causas: bool = False) -> Columna:
    celda = CELDAS[campo.tipo]
    rotulo, clase = (f"{campo.etiqueta}\N{NO-BREAK SPACE}*", OBLIGATORIO) if campo.obligatorio else (campo.etiqueta, CAMPO)
    return Columna(campo.nombre, rotulo, nota, clase, celda.ancho, celda.formato, campo, opciones, acepta_causas)


def _nota(campo: Campo) -> str:
    partes = [campo.ayuda, _COMO.get(campo.tipo, ""), f"Ejemplo: {campo.ejemplo}" if campo.ejemplo else "",
              "Obligatorio." if campo.obligatorio else ""]
    return "\n\n".join(parte for parte in partes if parte)


def _cuando(campo: Campo, formato: Formato) -> str:
    """«Obligatorio cuando «Hubo sanción» es «Sí».»"""
    assert campo.obligatorio_si is not None
    otro = formato.por_nombre[campo.obligatorio_si.campo]
    dichos = {"True": "Sí", "False": "No"} | otro.opciones
    valores = " o ".join(f"«{dichos.get(str(valor), str(valor))}»" for valor in campo.obligatorio_si.es)
    return f"Obligatorio cuando «{otro.etiqueta}» es {valores}."


def _de_razon(campo: Campo) -> Columna:
    nota = (f"Solo si «{campo.etiqueta}» quedó vacío con razón: por qué no hay dato, de {MOTIVO_MINIMO} a {MOTIVO_MAXIMO} "
            "caracteres. Lo lee la ciudadanía.")
    return Columna(motivo_de(campo.nombre), f"Por qué no hay: {campo.etiqueta}", nota, RAZON, 26, TEXTO)
