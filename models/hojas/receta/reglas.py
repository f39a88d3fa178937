"""Las dos puertas de la receta: de cada tipo de campo, qué es la forma oficial y cómo se propone volver a ella."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.lectores.crudo import DatoInvalido, is_blank, plegar
from models.domain.lectura import leer
from models.domain.periods import etiqueta
from models.hojas.disposicion import CAUSAS, admite_motivo
from models.hojas.receta.cantidades import guess_cantidad, guess_redondeo, is_oficial, write_cantidad
from models.hojas.receta.clases import Clase
from models.hojas.receta.contexto import ContextoDeReceta
from models.hojas.receta.direcciones import guess_correo, guess_telefono, guess_url
from models.hojas.receta.elecciones import (
    are_opciones_oficiales,
    guess_nombre,
    guess_opcion,
    guess_opciones,
    guess_periodo,
    guess_si_no,
    is_nombre_oficial,
    is_opcion_oficial,
    is_periodo_oficial,
    is_si_no_oficial,
    write_opciones,
)
from models.hojas.receta.fechas import guess_anio, guess_fecha, guess_hora, is_fecha_oficial, is_hora_oficial
from models.hojas.receta.letras import to_renglon
from models.hojas.receta.textos import classify_texto, repair_texto

Propuesta: TypeAlias = tuple[Any, Clase]
Clasificador: TypeAlias = Callable[[Campo, Any, Any], Clase | None]
Escritor: TypeAlias = Callable[[Campo, Any], str]
Adivino: TypeAlias = Callable[[Campo, Any, ContextoDeReceta], str | None]

TEXTO_MAXIMO = 600
"""Letras de una celda que se intenta corregir, salvo en los textos."""

_TEXTOS = (TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA)
_NO_APLICA = frozenset({"n/a", "na", "n.a.", "n. a.", "n.a", "n / a", "no aplica.", "no aplica"})


def classify(campo: Campo, crudo: Any, dato: Dato) -> Clase | None:
    """Qué corrección hubo al leer ``dato`` de ``crudo``; ``None`` si estaba en su forma oficial. ``dato`` es de ``leer``."""
    return CLASIFICADORES[campo.tipo](campo, crudo, dato)


def repair(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> Propuesta | None:
    """Cómo se propone escribir una celda, y de qué clase es la corrección; ``None`` si está bien o si no es seguro.

    Lo propuesto siempre se lee, está en su forma oficial y no se vuelve a corregir. Sirve para lo que ``leer`` rechaza y
    para lo que ``classify`` señala.
    """
    if is_blank(crudo) or campo.tipo in _TEXTOS:
        return None if is_blank(crudo) else _firme(campo, repair_texto(campo, crudo), contexto)
    if isinstance(crudo, str) and len(crudo) > TEXTO_MAXIMO or campo.tipo in (TipoCampo.TABLA, TipoCampo.ARCHIVO):
        return None
    if campo.es_maestro and is_nombre_oficial(campo, crudo, contexto):
        return None
    try:
        dato = None if campo.es_maestro else leer(campo, crudo)
    except DatoInvalido:
        dato = None
    if dato is not None:
        clase = classify(campo, crudo, dato)
        return None if clase is None else _firme(campo, (ESCRITORES[campo.tipo](campo, dato), clase), contexto)
    return _adivinar(campo, crudo, contexto)


def _adivinar(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> Propuesta | None:
    """Lo que se propone para lo que no se pudo leer."""
    for adivino, clase in ADIVINOS[campo.tipo]:
        escrito = adivino(campo, crudo, contexto)
        if escrito is not None and (firme := _firme(campo, (escrito, clase), contexto)) is not None:
            return firme
    if isinstance(crudo, str) and admite_motivo(campo) and plegar(to_renglon(crudo)) in _NO_APLICA:
        return CAUSAS["no_aplica"], Clase.VACIO
    return None


def _firme(campo: Campo, propuesta: Propuesta | None, contexto: ContextoDeReceta) -> Propuesta | None:
    """La propuesta, si de verdad se lee y ya no pide corrección."""
    if propuesta is None:
        return None
    if campo.es_maestro:
        return propuesta if is_nombre_oficial(campo, propuesta[0], contexto) else None
    try:
        dato = leer(campo, propuesta[0])
    except DatoInvalido:
        return None
    if campo.tipo is TipoCampo.PERIODO and contexto.periodos and dato not in contexto.periodos:
        return None
    return propuesta if dato is not None and classify(campo, propuesta[0], dato) is None else None


def _si_no(oficial: Callable[[Any], bool], clase: Clase) -> Clasificador:
    return lambda campo, crudo, dato: None if oficial(crudo) else clase


def _tal_cual(clase: Clase) -> Clasificador:
    """De lo que se guarda como se escribió: hubo corrección si el lector lo cambió."""
    return lambda campo, crudo, dato: clase if isinstance(crudo, str) and crudo.strip() != dato else None


def _nunca(campo: Campo, crudo: Any, dato: Any) -> None:
    return None


_DE_TEXTO = classify_texto

CLASIFICADORES: dict[TipoCampo, Clasificador] = {
    TipoCampo.TEXTO: _DE_TEXTO,
    TipoCampo.TEXTO_LARGO: _DE_TEXTO,
    TipoCampo.NOTA: _DE_TEXTO,
    TipoCampo.ENTERO: _si_no(is_oficial, Clase.NUMERO),
    TipoCampo.DECIMAL: _si_no(is_oficial, Clase.NUMERO),
    TipoCampo.MONEDA: _si_no(is_oficial, Clase.MONEDA),
    TipoCampo.PORCENTAJE: _si_no(is_oficial, Clase.NUMERO),
    TipoCampo.FECHA: _si_no(is_fecha_oficial, Clase.FECHA),
    TipoCampo.HORA: _si_no(is_hora_oficial, Clase.HORA),
    TipoCampo.ANIO: _nunca,
    TipoCampo.PERIODO: lambda campo, crudo, dato: None if is_periodo_oficial(crudo, dato) else Clase.PERIODO,
    TipoCampo.SI_NO: _si_no(is_si_no_oficial, Clase.SI_NO),
    TipoCampo.OPCION: lambda campo, crudo, dato: None if is_opcion_oficial(campo, crudo) else Clase.LISTA,
    TipoCampo.OPCIONES: lambda campo, crudo, dato: None if are_opciones_oficiales(campo, crudo) else Clase.LISTA,
    TipoCampo.URL: _tal_cual(Clase.URL),
    TipoCampo.CORREO: _tal_cual(Clase.CORREO),
    TipoCampo.TELEFONO: _tal_cual(Clase.TELEFONO),
    TipoCampo.ARCHIVO: _nunca,
    TipoCampo.AREA: _nunca,
    TipoCampo.SERVIDOR_PUBLICO: _nunca,
    TipoCampo.ORGANO_COLEGIADO: _nunca,
    TipoCampo.TABLA: _nunca,
}
"""De qué clase fue la corrección con que se leyó una celda de cada tipo. Los maestros solo se leen exactos."""


def _cantidad(campo: Campo, dato: Any) -> str:
    return write_cantidad(campo, Decimal(dato))


def _escrito(campo: Campo, dato: Any) -> str:
    return str(dato)


ESCRITORES: dict[TipoCampo, Escritor] = {tipo: _escrito for tipo in TipoCampo} | {
    TipoCampo.ENTERO: _cantidad,
    TipoCampo.DECIMAL: _cantidad,
    TipoCampo.MONEDA: _cantidad,
    TipoCampo.PORCENTAJE: _cantidad,
    TipoCampo.FECHA: lambda campo, dato: "/".join(reversed(str(dato).split("-"))),
    TipoCampo.PERIODO: lambda campo, dato: etiqueta(dato),
    TipoCampo.SI_NO: lambda campo, dato: "Sí" if dato else "No",
    TipoCampo.OPCION: lambda campo, dato: campo.opciones[dato],
    TipoCampo.OPCIONES: write_opciones,
}
"""Cómo se escribe en una celda un dato de cada tipo, en su forma oficial."""

_NOMBRE = ((guess_nombre, Clase.NOMBRE),)
_NUMERO = ((guess_cantidad, Clase.NUMERO), (guess_redondeo, Clase.REDONDEO))

ADIVINOS: dict[TipoCampo, tuple[tuple[Adivino, Clase], ...]] = {tipo: () for tipo in TipoCampo} | {
    TipoCampo.ENTERO: ((guess_cantidad, Clase.NUMERO),),
    TipoCampo.DECIMAL: _NUMERO,
    TipoCampo.MONEDA: ((guess_cantidad, Clase.MONEDA), (guess_redondeo, Clase.REDONDEO)),
    TipoCampo.PORCENTAJE: _NUMERO,
    TipoCampo.FECHA: ((guess_fecha, Clase.FECHA),),
    TipoCampo.HORA: ((guess_hora, Clase.HORA),),
    TipoCampo.ANIO: ((guess_anio, Clase.ANIO),),
    TipoCampo.PERIODO: ((guess_periodo, Clase.PERIODO),),
    TipoCampo.SI_NO: ((guess_si_no, Clase.SI_NO),),
    TipoCampo.OPCION: ((guess_opcion, Clase.LISTA),),
    TipoCampo.OPCIONES: ((guess_opciones, Clase.LISTA),),
    TipoCampo.URL: ((guess_url, Clase.URL),),
    TipoCampo.CORREO: ((guess_correo, Clase.CORREO),),
    TipoCampo.TELEFONO: ((guess_telefono, Clase.TELEFONO),),
    TipoCampo.AREA: _NOMBRE,
    TipoCampo.SERVIDOR_PUBLICO: _NOMBRE,
    TipoCampo.ORGANO_COLEGIADO: _NOMBRE,
}
"""Qué se intenta con lo que no se pudo leer, por tipo y en su orden."""
