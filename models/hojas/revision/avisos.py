"""Lo que hay que saber de un libro antes de ver sus renglones: qué columnas y qué hojas se reconocieron."""

from __future__ import annotations

from collections.abc import Iterable

from models.hojas.letras import letra_de
from models.hojas.revision.encabezados import Hallada
from models.hojas.revision.hojas import AJENA, DE_TABLA, Plano, Reconocido
from models.hojas.revision.pedido import Pedido
from models.presentacion.numeros import contar

_TOPE = 12


def describe_libro(reconocido: Reconocido, pedido: Pedido) -> list[tuple[str, str]]:
    """``(clase, texto)`` de cada aviso; clases: ``columnas``, ``parecida``, ``ajena``, ``repetida``, ``tabla`` y ``hoja``."""
    avisos = [("columnas", _reconocidas(reconocido.principal, pedido))]
    for columna in reconocido.principal.columnas:
        if columna.como == "parecida":
            campo = pedido.formato.por_nombre.get(columna.llave)
            rotulo = campo.etiqueta if campo else columna.llave
            avisos.append(("parecida", f"La columna {_letra(columna)}, «{columna.encabezado}», se leyó como «{rotulo}»."))
    ajenas = [columna for columna in reconocido.principal.columnas if columna.como == "ajena"]
    if ajenas:
        avisos.append(("ajena", f"No se reconocieron y no se leyeron: {_columnas(ajenas)}."))
    repetidas = [columna for columna in reconocido.principal.columnas if columna.como == "repetida"]
    if repetidas:
        avisos.append(("repetida", f"Están dos veces y se leyó solo una: {_columnas(repetidas)}."))
    tablas = [columna for columna in reconocido.principal.columnas if columna.como == DE_TABLA]
    if tablas:
        avisos.append(("tabla", f"Un CSV no trae los renglones de las tablas ({_columnas(tablas)}): se dejan como están. Para "
                                "cambiarlos use un libro de Excel."))
    hojas = [nombre for nombre, clase in reconocido.hojas if clase == AJENA]
    if hojas:
        avisos.append(("hoja", f"Solo se leyó la hoja «{reconocido.principal.hoja.nombre}»; no se leyeron: "
                               f"{_juntar(f'«{hoja}»' for hoja in hojas)}."))
    return avisos


def _reconocidas(plano: Plano, pedido: Pedido) -> str:
    """«11 de 12 columnas reconocidas; falta «Monto».»"""
    campos = [campo for campo in pedido.formato.campos
              if not (campo.nombre == "ejercicio" and pedido.ejercicio or campo.nombre == "periodo" and pedido.periodo)]
    faltan = [campo.etiqueta for campo in campos if campo.nombre not in plano.posiciones]
    dicho = f"{len(campos) - len(faltan)} de {contar(len(campos), 'columna reconocida', 'columnas reconocidas')}"
    if not faltan:
        return f"{dicho}."
    return f"{dicho}; {'falta' if len(faltan) == 1 else 'faltan'} {_juntar(f'«{etiqueta}»' for etiqueta in faltan)}."


def _columnas(columnas: Iterable[Hallada]) -> str:
    return _juntar(f"{_letra(columna)} «{columna.encabezado}»" for columna in columnas)


def _juntar(partes: Iterable[str]) -> str:
    todas = list(partes)
    resto = len(todas) - _TOPE
    return ", ".join(todas[:_TOPE]) + (f" y {resto} más" if resto > 0 else "")


def _letra(columna: Hallada) -> str:
    return letra_de(columna.posicion + 1)
