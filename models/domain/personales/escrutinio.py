"""Buscar datos personales en una celda y en un registro entero, según lo que el formato permite en cada campo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.personales.claves import find_claves, find_correos
from models.domain.personales.frases import MINIMO, find_frases, has_frases
from models.domain.personales.hallazgo import Hallazgo, build_hallazgo
from models.domain.personales.numeros import Hallado, find_numeros
from models.domain.personales.propios import SIN_PROPIOS, Propios
from models.domain.protegidos import Protegido

_ALGO = re.compile(r"[0-9@]").search
_CLAVE = re.compile(r"[0-9](?:[0-9]{5}|(?:[ .()\-]{0,2}[0-9]){9})").search
"""Seis cifras juntas, o diez casi juntas: sin eso no hay clave ni número de nadie. (Así escrita, salta de cifra en cifra.)"""

_CON_LETRAS = re.compile(r"[A-ZÑ&]{4}[ -]?[0-9]{6}").search
"""Lo que llevan en medio la CURP, el RFC y la clave de elector."""

_DIEZ = re.compile(r"[0-9](?:[ .()\-]{0,2}[0-9]){9}").search
"""Lo menos que mide un número de alguien."""


class Modo(StrEnum):
    """Qué se busca en un campo, según su tipo."""

    NADA = "nada"
    LIBRE = "libre"
    CORREO = "correo"
    ENLACE = "enlace"
    ARCHIVO = "archivo"
    TABLA = "tabla"


MODOS: dict[TipoCampo, Modo] = dict.fromkeys(TipoCampo, Modo.NADA) | {
    TipoCampo.TEXTO: Modo.LIBRE, TipoCampo.TEXTO_LARGO: Modo.LIBRE, TipoCampo.NOTA: Modo.LIBRE,
    TipoCampo.CORREO: Modo.CORREO, TipoCampo.URL: Modo.ENLACE, TipoCampo.ARCHIVO: Modo.ARCHIVO, TipoCampo.TABLA: Modo.TABLA}
"""Un campo de teléfono o de correo es para eso: ahí se permiten. En una dirección o en el nombre de un archivo hay muchas
cifras que no son de nadie: solo se buscan claves y correos. Los maestros se cuidan en su propia captura."""

_LIBRE, _CORREO = Modo.LIBRE, Modo.CORREO
_Celda = tuple[int | None, str | None]
_Campos = tuple[tuple[str, Campo, Modo], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Los campos que se miran, según cómo viene su dato. ``dueno`` es de quien es el plan: un formato o un campo de tabla."""

    dueno: Formato | Campo
    textos: _Campos
    archivos: tuple[Campo, ...]
    tablas: tuple[Campo, ...]


_PLANES: dict[int, _Plan] = {}


def find_en_texto(texto: str, campo: Campo, propios: Propios = SIN_PROPIOS) -> tuple[Hallazgo, ...]:
    """Los datos personales de una celda de ``campo``. Pura; la que no trae cifras ni arroba casi no cuesta."""
    algo = _ALGO(texto)
    if algo is None or campo.datos_personales == "permitir":
        return ()
    modo = MODOS[campo.tipo]
    if not (_CLAVE(texto, algo.start()) and _is_de_alguien(texto) or "@" in texto or modo is _LIBRE and has_frases(texto)):
        return ()
    return tuple(_find(texto, campo, campo.nombre, modo, propios))


def find_en_datos(
    formato: Formato, datos: Mapping[str, Any], propios: Propios = SIN_PROPIOS, vacios: Mapping[str, Any] | None = None,
) -> tuple[Hallazgo, ...]:
    """Los de un registro: ``datos`` y ``vacios`` ya leídos. Una tabla se mira con la política de cada columna.

    El motivo de que un campo venga vacío también se publica, así que también se mira.
    """
    plan = _plan_de(formato)
    hallados = _find_en_renglon(plan.textos, datos, propios)
    for campo in plan.archivos:
        if isinstance(dato := datos.get(campo.nombre), dict):
            hallados += _find(str(dato.get("nombre", "")), campo, campo.nombre, Modo.ARCHIVO, propios)
    for campo in plan.tablas:
        columnas = _plan_de(campo).textos
        for numero, renglon in enumerate(datos.get(campo.nombre) or (), start=1):
            hallados += _find_en_renglon(columnas, renglon, propios, campo.nombre, numero)
    for nombre, vacio in vacios.items() if vacios else ():
        suyo = formato.por_nombre.get(nombre)
        if suyo is not None and suyo.datos_personales != "permitir" and not isinstance(vacio, Protegido):
            hallados += _find(str(vacio.get("motivo", "")), suyo, nombre, _LIBRE, propios, (None, "motivo"))
    return tuple(hallados)


def _plan_de(dueno: Formato | Campo) -> _Plan:
    """El plan de un formato o de una tabla. Se recuerda por su identidad, que no se repite mientras el plan lo tenga."""
    recordado = _PLANES.get(id(dueno))
    if recordado is None:
        if len(_PLANES) > 2000:
            _PLANES.clear()
        miran = [campo for campo in dueno.campos if _se_mira(campo)]
        recordado = _PLANES[id(dueno)] = _Plan(
            dueno, tuple((c.nombre, c, MODOS[c.tipo]) for c in miran if MODOS[c.tipo] not in (Modo.ARCHIVO, Modo.TABLA)),
            tuple(c for c in miran if c.tipo is TipoCampo.ARCHIVO), tuple(c for c in miran if c.tipo is TipoCampo.TABLA))
    return recordado


def _se_mira(campo: Campo) -> bool:
    if campo.tipo is TipoCampo.TABLA:
        return any(_se_mira(columna) for columna in campo.campos)
    return MODOS[campo.tipo] is not Modo.NADA and campo.datos_personales != "permitir"


def _find_en_renglon(
    campos: _Campos, datos: Mapping[str, Any], propios: Propios, tabla: str | None = None, fila: int | None = None,
) -> list[Hallazgo]:
    """Los de un renglón. Pasa por cada celda de cada carga: lo que no trae nada se deja sin llamar a nadie."""
    hallados: list[Hallazgo] = []
    for nombre, campo, modo in campos:
        dato = datos.get(nombre)
        if dato.__class__ is str and (algo := _ALGO(dato)) and (
                _CLAVE(dato, algo.start()) and _is_de_alguien(dato) or (modo is not _CORREO and "@" in dato)
                or (modo is _LIBRE and len(dato) >= MINIMO and has_frases(dato))):
            celda = (None, None) if tabla is None else (fila, nombre)
            hallados += _find(dato, campo, tabla or nombre, modo, propios, celda)
    return hallados


def _is_de_alguien(texto: str) -> bool:
    """Si sus cifras pueden ser clave o número de una persona: «LPN-000123/2026» tiene seis juntas, y nada más."""
    return _DIEZ(texto) is not None or _CON_LETRAS(texto.upper()) is not None


def _find(
    texto: str, campo: Campo, nombre: str, modo: Modo, propios: Propios, celda: _Celda = (None, None),
) -> list[Hallazgo]:
    """Los de una celda, con calma."""
    hallados: list[Hallazgo] = []
    mayusculas, ocupado = texto.upper(), list[tuple[int, int]]()
    politica = "bloquear" if campo.datos_personales == "bloquear" else "avisar"
    for clase, inicio, fin in _detect(mayusculas, campo, modo, propios):
        if all(fin <= uno or otro <= inicio for uno, otro in ocupado):
            ocupado.append((inicio, fin))
            hallados.append(build_hallazgo(nombre, celda, clase, mayusculas[inicio:fin], politica))
    return hallados


def _detect(texto: str, campo: Campo, modo: Modo, propios: Propios) -> Iterator[Hallado]:
    """De lo más seguro a lo menos: lo que ya se halló no se vuelve a llamar de otro modo."""
    if modo is Modo.NADA:
        return
    if "@" in texto and modo is not _CORREO:
        yield from find_correos(texto, propios)
    con_letras, con_diez = _CON_LETRAS(texto), modo in (_LIBRE, _CORREO) and _DIEZ(texto)
    if con_letras or con_diez:
        pista = f"{campo.nombre} {campo.etiqueta}".upper()
        if con_letras:
            yield from find_claves(texto, pista)
        if con_diez:
            yield from find_numeros(texto, pista, propios, telefonos=modo is _LIBRE)
    if modo is _LIBRE and has_frases(texto):
        yield from find_frases(texto)
