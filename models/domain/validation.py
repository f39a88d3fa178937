"""Un registro entero, de lo tecleado a lo que se guarda: el único lugar donde viven estas reglas.

Lo mal escrito (``problemas``) impide guardar. Lo que falta (``faltan``) solo impide revisar y publicar: un registro
incompleto se guarda. Formulario, Excel, pegado y API entran por aquí.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.faltantes import find_faltantes
from models.domain.lectores.crudo import DatoInvalido, citar, is_blank
from models.domain.lectores.referencias import parse_folio
from models.domain.lectura import leer
from models.domain.periods import claves, etiqueta
from models.domain.protegidos import Protegido, keeps, read_vacios, split_vacios
from models.domain.vacios import Vacios, read_vacio

Datos = dict[str, Dato]

_DE_ARCHIVO = ("nombre", "bytes", "sha256", "tipo")
_CADA_CUANDO = {"mensual": "por mes", "trimestral": "por trimestre", "semestral": "por semestre", "anual": "por año",
                "por_periodo_sesiones": "por periodo de sesiones"}


class Contexto(Protocol):
    """Lo que la validación necesita saber del sujeto obligado dueño del registro; ``identificador`` es de 63 bits."""

    def maestro(self, tipo: TipoCampo, identificador: int, /) -> str | None:
        """El texto de un área, persona u órgano; ``None`` si no existe o es de otro sujeto."""

    def archivo(self, identificador: int, /) -> Mapping[str, Any] | None:
        """``nombre``, ``bytes``, ``sha256`` y ``tipo`` de un archivo; ``None`` si no existe o es de otro sujeto."""


@dataclass(frozen=True, slots=True)
class Problema:
    """Un valor mal escrito. En una tabla, ``fila`` (desde 1) y ``columna`` (su nombre) dicen en qué celda."""

    campo: str
    mensaje: str
    fila: int | None = None
    columna: str | None = None


@dataclass(slots=True)
class Validacion:
    """Lo que resultó: datos y vacíos limpios, lo que está mal y lo que falta (nombres de campo, en su orden)."""

    datos: Datos = field(default_factory=dict)
    vacios: Vacios = field(default_factory=dict)
    problemas: list[Problema] = field(default_factory=list)
    faltan: list[str] = field(default_factory=list)

    @property
    def se_guarda(self) -> bool:
        return not self.problemas

    @property
    def completa(self) -> bool:
        """Si se puede revisar y publicar."""
        return not self.problemas and not self.faltan


def validar(formato: Formato, crudo: Mapping[str, Any], vacios: Mapping[str, Any], contexto: Contexto) -> Validacion:
    """Valida un registro completo: la llave que no viene es un campo en blanco. Nunca lanza por lo tecleado.

    ``crudo`` da lo tecleado por nombre de campo; ``vacios``, ``{"causa": …, "motivo": …}``. Las llaves que no son
    campos del formato se ignoran. Lo protegido que ya estaba sigue mientras no se escriba un dato en su lugar.
    """
    salida = Validacion()
    for campo in formato.campos:
        escrito, vacio = crudo.get(campo.nombre), vacios.get(campo.nombre)
        try:
            dato = leer(campo, escrito)
            if dato is not None:
                salida.datos[campo.nombre] = complete_dato(campo, dato, formato, contexto)
        except DatoInvalido as error:
            salida.problemas += _problemas(campo, error)
        if isinstance(vacio, Protegido):
            if keeps(vacio, salida.datos.get(campo.nombre)):
                salida.vacios[campo.nombre] = vacio
        elif vacio:
            _poner_vacio(campo, vacio, not is_blank(escrito), salida)
    con_problema = {problema.campo for problema in salida.problemas}
    faltan = find_faltantes(formato, salida.datos, salida.vacios)
    salida.faltan = [nombre for nombre in faltan if nombre not in con_problema]
    return salida


def canonico(datos: Mapping[str, Any], vacios: Mapping[str, Any]) -> str:
    """El ``contenido`` en JSON canónico: llaves ordenadas, UTF-8, sin blancos. El mismo contenido da el mismo texto."""
    dados, marcas = split_vacios(vacios)
    partes = {"datos": datos, "vacios": dados} | ({"protegidos": marcas} if marcas else {})
    return json.dumps(partes, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def de_canonico(contenido: str) -> tuple[Datos, Vacios]:
    """``(datos, vacios)`` de un ``contenido``; lo protegido va entre los vacíos. ``ValueError`` si no tiene esa forma."""
    leido = json.loads(contenido)
    if not isinstance(leido, dict) or not all(isinstance(leido.get(parte), dict) for parte in ("datos", "vacios")):
        raise ValueError("El contenido no trae «datos» y «vacios».")
    return leido["datos"], read_vacios(leido)


def complete_dato(campo: Campo, dato: Dato, formato: Formato, contexto: Contexto) -> Dato:
    """El dato con lo que solo saben el formato y la base; ``DatoInvalido`` si no corresponden."""
    if campo.tipo is TipoCampo.PERIODO:
        return _del_formato(str(dato), formato)
    return complete_referencia(campo, dato, contexto) if isinstance(dato, dict) else dato


def complete_referencia(campo: Campo, dato: Mapping[str, Any], contexto: Contexto) -> dict[str, Any]:
    """La referencia a un archivo o a un maestro con su nombre; ``DatoInvalido`` si no es de este sujeto."""
    folio = str(dato["id"])
    if campo.tipo is TipoCampo.ARCHIVO:
        return {"id": folio, **_archivo(campo, contexto.archivo(parse_folio(folio)))}
    texto = contexto.maestro(campo.tipo, parse_folio(folio))
    if texto is None:
        raise DatoInvalido(f"«{campo.etiqueta}»: lo elegido ya no está en la lista. Elija de nuevo.")
    return {"id": folio, "texto": texto}


def _poner_vacio(campo: Campo, crudo: Any, con_valor: bool, salida: Validacion) -> None:
    try:
        vacio = read_vacio(campo, crudo, con_valor)
    except DatoInvalido as error:
        salida.problemas += _problemas(campo, error)
    else:
        if vacio is not None:
            salida.vacios[campo.nombre] = vacio


def _archivo(campo: Campo, archivo: Mapping[str, Any] | None) -> dict[str, Any]:
    if archivo is None:
        raise DatoInvalido(f"«{campo.etiqueta}»: no se encontró el archivo. Súbalo otra vez.")
    if archivo["tipo"] not in campo.acepta:
        raise DatoInvalido(f"{citar(str(archivo['nombre']))} es {str(archivo['tipo']).upper()}; aquí va "
                           f"{' o '.join(campo.acepta).upper()}.")
    return {llave: archivo[llave] for llave in _DE_ARCHIVO}


def _del_formato(clave: str, formato: Formato) -> str:
    if clave not in claves(formato.periodicidad):
        raise DatoInvalido(f"«{etiqueta(clave)}» no es periodo de este formato: se informa "
                           f"{_CADA_CUANDO[formato.periodicidad]}.")
    return clave


def _problemas(campo: Campo, error: DatoInvalido) -> list[Problema]:
    celdas = [Problema(campo.nombre, mensaje, fila, columna) for fila, columna, mensaje in error.detalles]
    return celdas or [Problema(campo.nombre, str(error))]
