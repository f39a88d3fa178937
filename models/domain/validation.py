"""Un registro entero, de lo tecleado a lo que se guarda: el único lugar donde viven estas reglas.

Lo mal escrito (``problemas``) impide guardar. Lo que falta (``faltan``) solo impide revisar y publicar: un registro incompleto
se guarda. Formulario, Excel, pegado y API entran por aquí.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from fracciones_config import Campo, Formato, ObligatorioSi, TipoCampo
from fracciones_config.esquema import CAUSAS, MOTIVO_MAXIMO, MOTIVO_MINIMO, Dato
from models.domain.lectores.crudo import DatoInvalido, citar, is_blank, to_parrafo
from models.domain.lectura import leer
from models.domain.periods import claves, etiqueta
from models.folios import de_folio

Datos = dict[str, Dato]
Vacios = dict[str, dict[str, str]]

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
    campos del formato se ignoran.
    """
    salida = Validacion()
    for campo in formato.campos:
        try:
            dato = leer(campo, crudo.get(campo.nombre))
            if dato is not None:
                salida.datos[campo.nombre] = _completar(campo, dato, formato, contexto)
        except DatoInvalido as error:
            salida.problemas += _problemas(campo, error)
        _leer_vacio(campo, vacios.get(campo.nombre), not is_blank(crudo.get(campo.nombre)), salida)
    con_problema = {problema.campo for problema in salida.problemas}
    salida.faltan = [campo.nombre for campo in formato.campos
                     if campo.nombre not in con_problema and _falta(campo, formato, salida)]
    return salida


def canonico(datos: Mapping[str, Any], vacios: Mapping[str, Any]) -> str:
    """El ``contenido`` en JSON canónico: llaves ordenadas, UTF-8, sin blancos. El mismo contenido da el mismo texto."""
    return json.dumps({"datos": datos, "vacios": vacios}, ensure_ascii=False, sort_keys=True, separators=(",", ":"),
                      allow_nan=False)


def de_canonico(contenido: str) -> tuple[Datos, Vacios]:
    """``(datos, vacios)`` de un ``contenido``. ``ValueError`` si no tiene esa forma."""
    leido = json.loads(contenido)
    if not isinstance(leido, dict) or not all(isinstance(leido.get(parte), dict) for parte in ("datos", "vacios")):
        raise ValueError("El contenido no trae «datos» y «vacios».")
    return leido["datos"], leido["vacios"]


def _completar(campo: Campo, dato: Dato, formato: Formato, contexto: Contexto) -> Dato:
    """El dato con lo que solo saben el formato y la base; ``DatoInvalido`` si no corresponden."""
    if campo.tipo is TipoCampo.PERIODO:
        return _del_formato(str(dato), formato)
    if not isinstance(dato, dict):
        return dato
    folio = str(dato["id"])
    if campo.tipo is TipoCampo.ARCHIVO:
        return {"id": folio, **_archivo(campo, contexto.archivo(de_folio(folio)))}
    texto = contexto.maestro(campo.tipo, de_folio(folio))
    if texto is None:
        raise DatoInvalido(f"«{campo.etiqueta}»: lo elegido ya no está en la lista. Elija de nuevo.")
    return {"id": folio, "texto": texto}


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


def _leer_vacio(campo: Campo, crudo: Any, con_valor: bool, salida: Validacion) -> None:
    """Pasa el vacío a ``salida.vacios``, o dice por qué no se admite."""
    if is_blank(crudo):
        return
    try:
        vacio = _vacio(crudo)
        if con_valor:
            raise DatoInvalido("Tiene un valor y además una razón para estar vacío: quite una de las dos cosas.")
        if campo.comun and campo.obligatorio:
            raise DatoInvalido(f"«{campo.etiqueta}» no puede quedar vacío.")
        salida.vacios[campo.nombre] = vacio
    except DatoInvalido as error:
        salida.problemas.append(Problema(campo.nombre, str(error)))


def _vacio(crudo: Any) -> dict[str, str]:
    causa = crudo.get("causa") if isinstance(crudo, Mapping) else None
    if not isinstance(causa, str) or causa not in CAUSAS:
        raise DatoInvalido("Diga por qué queda vacío: no aplica, no se generó, o es información reservada.")
    crudo_motivo = crudo.get("motivo")
    motivo = "" if is_blank(crudo_motivo) else to_parrafo(crudo_motivo)
    if not MOTIVO_MINIMO <= len(motivo) <= MOTIVO_MAXIMO:
        raise DatoInvalido(f"El motivo de que quede vacío tiene {len(motivo):,} caracteres; escriba de {MOTIVO_MINIMO} "
                           f"a {MOTIVO_MAXIMO}.")
    return {"causa": causa, "motivo": motivo}


def _falta(campo: Campo, formato: Formato, salida: Validacion) -> bool:
    """Si el campo se pide y no tiene valor ni razón; una tabla falta también si a un renglón le falta una columna."""
    if campo.nombre in salida.vacios:
        return False
    if campo.nombre in salida.datos:
        return campo.tipo is TipoCampo.TABLA and _renglon_incompleto(campo, salida.datos[campo.nombre])
    return campo.obligatorio or (campo.obligatorio_si is not None and _se_cumple(campo.obligatorio_si, formato, salida))


def _renglon_incompleto(campo: Campo, renglones: Any) -> bool:
    pedidas = [columna.nombre for columna in campo.campos if columna.obligatorio]
    return any(nombre not in renglon for renglon in renglones for nombre in pedidas)


def _se_cumple(si: ObligatorioSi, formato: Formato, salida: Validacion) -> bool:
    """Si el otro campo vale algo de lo que dice ``es``, leído como se lee ese campo (``si`` es ``True``)."""
    dato = salida.datos.get(si.campo)
    if dato is None or (otro := formato.por_nombre.get(si.campo)) is None:
        return False
    for valor in si.es:
        try:
            esperado = leer(otro, valor)
        except DatoInvalido:
            continue
        if esperado == dato or (isinstance(dato, list) and isinstance(esperado, list) and set(esperado) <= set(dato)):
            return True
    return False
