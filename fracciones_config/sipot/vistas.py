"""Qué nombra a un registro importado, qué se ve en las tablas, qué se busca y por qué se filtra."""

from __future__ import annotations

from typing import Any

from fracciones_config.sipot.titulos import llano
from fracciones_config.tipos import TipoCampo

LISTADOS, BUSCADOS = 5, 6

_NOMBRAN = ("denominacion", "nombre", "numero", "titulo", "expediente", "descripcion", "tema", "asunto", "concepto", "clave")
_TEXTOS = (TipoCampo.TEXTO.value, TipoCampo.TEXTO_LARGO.value)
_AL_FINAL = (TipoCampo.URL.value, TipoCampo.ARCHIVO.value, TipoCampo.TABLA.value)
_VISTOSOS = tuple(tipo.value for tipo in (
    TipoCampo.OPCION, TipoCampo.SI_NO, TipoCampo.FECHA, TipoCampo.MONEDA, TipoCampo.TEXTO, TipoCampo.ENTERO, TipoCampo.ANIO))


def assign_vistas(campos: list[dict[str, Any]]) -> list[str]:
    """Marca ``en_lista``, ``se_busca`` y ``se_filtra``, y da los campos que nombran al registro (uno o dos)."""
    propios = [campo for campo in campos if campo["grupo"] != "oficial"] or campos
    orden = sorted(propios, key=_que_tan_bien_nombra)
    titulo = [orden[0], *(campo for campo in orden[1:2] if campo["tipo"] in _TEXTOS)]
    listados = list(titulo)
    for tipo in _VISTOSOS:
        listados += [campo for campo in propios if campo["tipo"] == tipo and campo not in listados][:1]
    for campo in listados[:LISTADOS]:
        campo["en_lista"] = True
    for campo in [campo for campo in orden if campo["tipo"] in _TEXTOS][:BUSCADOS]:
        campo["se_busca"] = True
    for campo in propios:
        if campo["tipo"] == TipoCampo.OPCION.value:
            campo["se_filtra"] = True
    return [str(campo["nombre"]) for campo in titulo]


def _que_tan_bien_nombra(campo: dict[str, Any]) -> tuple[int, int]:
    """Menor es mejor: primero los textos que empiezan por una palabra que nombra; al final, enlaces y tablas."""
    tipo = campo["tipo"]
    primera = (llano(campo["etiqueta"]).replace("(s)", "").split() or [""])[0]
    if tipo in _TEXTOS:
        return (0, _NOMBRAN.index(primera)) if primera in _NOMBRAN else (1, 0)
    return (3 if tipo in _AL_FINAL else 2, 0)
