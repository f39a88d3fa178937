"""Lo que una celda de la plantilla admite: la validación de datos de Excel, con su aviso en español.

Nada de esto decide: quien decide al cargar es ``models.domain.validation``. Aquí solo se avisa a tiempo, y por eso lo que
la validación de la casa aceptaría nunca se impide. Toda regla deja pasar las causas de vacío.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.lectores.tiempos import ANIO_MAXIMO, ANIO_MINIMO
from models.presentacion.numeros import cantidad

Regla = dict[str, Any]
"""Lo que ``data_validation`` de xlsxwriter recibe."""

_TITULO, _MENSAJE = 32, 255
_ULTIMO_DIA = (dt.date(ANIO_MAXIMO, 12, 31) - dt.date(1899, 12, 30)).days
_DE_UN_RENGLON = {TipoCampo.URL: 2_000, TipoCampo.CORREO: 254, TipoCampo.TELEFONO: 60}


def rule_of(campo: Campo, celda: str, lista: str, causas: str) -> Regla | None:
    """La regla de una columna; ``None`` si admite cualquier cosa.

    ``celda`` es la primera de la columna (``"E3"``); ``lista``, dónde están sus opciones (``""``: no tiene); ``causas``, dónde
    están las palabras que toda celda acepta (``""``: esta no las admite).
    """
    if lista:
        return _de_lista(campo, lista)
    hacer = REGLAS.get(campo.tipo)
    return hacer(campo, celda, causas) if hacer else None


def _de_lista(campo: Campo, lista: str) -> Regla:
    """De una lista cerrada no se sale; en la de un maestro o de varias, se avisa y se deja seguir."""
    if campo.tipo is TipoCampo.OPCIONES:
        return {"validate": "list", "source": lista, "show_error": False}
    regla = _aviso("list", campo, "Elija uno de la lista: abra la flecha de la celda.")
    if campo.es_maestro:
        return regla | {"source": lista, "error_type": "warning", "error_message": _cortar(
            f"«{campo.etiqueta}»: no está en la lista de su institución. ¿Lo deja así? Al cargar se buscará el más parecido.")}
    return regla | {"source": lista}


def _fecha(campo: Campo, celda: str, causas: str) -> Regla:
    """Una fecha, o su texto como 31/12/2026: Excel en inglés no convierte lo tecleado así, y al cargar sí se entiende."""
    tecleada = f'AND(LEN({celda})=10,MID({celda},3,1)="/",MID({celda},6,1)="/")'
    numero = f"AND(ISNUMBER({celda}),{celda}>=1,{celda}<={_ULTIMO_DIA})"
    return _a_la_medida(campo, f"OR({numero},{tecleada}{_o_causa(celda, causas)})",
                        "Escriba una fecha como 31/12/2026: día, mes y año.")


def _numero(campo: Campo, celda: str, causas: str) -> Regla:
    entero = campo.tipo is TipoCampo.ENTERO
    partes = [f"ISNUMBER({celda})", *([f"{celda}=INT({celda})"] if entero else [])]
    partes += [f"{celda}>={campo.minimo:g}"] if campo.minimo is not None else []
    partes += [f"{celda}<={campo.maximo:g}"] if campo.maximo is not None else []
    que = "un número entero" if entero else "solo la cantidad en pesos" if campo.tipo is TipoCampo.MONEDA else "una cantidad"
    ejemplo = "1234" if entero else "1234.50"
    return _a_la_medida(campo, f"OR(AND({','.join(partes)}){_o_causa(celda, causas)})",
                        f"Escriba {que}, sin letras, como {ejemplo}.{_limites(campo)}")


def _limites(campo: Campo) -> str:
    desde, hasta = (None if v is None else cantidad(f"{v:g}") for v in (campo.minimo, campo.maximo))
    if desde is not None and hasta is not None:
        return f" De {desde} a {hasta}."
    return f" Lo menos es {desde}." if desde is not None else f" Lo más es {hasta}." if hasta is not None else ""


def _anio(campo: Campo, celda: str, causas: str) -> Regla:
    numero = f"AND(ISNUMBER({celda}),{celda}=INT({celda}),{celda}>={ANIO_MINIMO},{celda}<={ANIO_MAXIMO})"
    return _a_la_medida(campo, f"OR({numero}{_o_causa(celda, causas)})", "Escriba el año con sus cuatro cifras, como 2026.")


def _texto(campo: Campo, celda: str, causas: str) -> Regla | None:
    tope = campo.largo or _DE_UN_RENGLON.get(campo.tipo)
    if not tope:
        return None
    mensaje = f"Caben {tope:,} caracteres, contando espacios. Acórtelo."
    if causas and tope < 25:
        return _a_la_medida(campo, f"OR(LEN({celda})<={tope}{_o_causa(celda, causas)})", mensaje)
    return _aviso("length", campo, mensaje) | {"criteria": "<=", "value": tope}


def _tabla(campo: Campo, celda: str, causas: str) -> Regla:
    numero = f"AND(ISNUMBER({celda}),{celda}=INT({celda}),{celda}>=1)"
    return _a_la_medida(campo, f"OR({numero}{_o_causa(celda, causas)})",
                        "Escriba un número (1, 2, 3…) y ponga ese mismo número en los renglones de su hoja.")


REGLAS: dict[TipoCampo, Callable[[Campo, str, str], Regla | None]] = {
    TipoCampo.TEXTO: _texto, TipoCampo.TEXTO_LARGO: _texto, TipoCampo.NOTA: _texto,
    TipoCampo.URL: _texto, TipoCampo.CORREO: _texto, TipoCampo.TELEFONO: _texto,
    TipoCampo.ENTERO: _numero, TipoCampo.DECIMAL: _numero, TipoCampo.MONEDA: _numero, TipoCampo.PORCENTAJE: _numero,
    TipoCampo.FECHA: _fecha, TipoCampo.ANIO: _anio, TipoCampo.TABLA: _tabla,
}
"""Los que no se eligen de una lista."""


def id_rule(celda: str) -> Regla:
    """La del número que une un renglón de una tabla con su registro."""
    return {"validate": "custom", "value": f"=AND(ISNUMBER({celda}),{celda}=INT({celda}),{celda}>=1)",
            "error_title": "Número", "error_message": "Escriba el mismo número que puso en la celda de su registro: 1, 2, 3…"}


def length_rule(rotulo: str, minimo: int, maximo: int) -> Regla:
    """La de un motivo."""
    return {"validate": "length", "criteria": "between", "minimum": minimo, "maximum": maximo, "error_title": _titulo(rotulo),
            "error_message": f"El motivo lleva de {minimo} a {maximo} caracteres."}


def _o_causa(celda: str, causas: str) -> str:
    return f",COUNTIF({causas},{celda})>0" if causas else ""


def _a_la_medida(campo: Campo, formula: str, mensaje: str) -> Regla:
    return _aviso("custom", campo, mensaje) | {"value": f"={formula}"}


def _aviso(clase: str, campo: Campo, mensaje: str) -> Regla:
    return {"validate": clase, "error_title": _titulo(campo.etiqueta), "error_message": _cortar(mensaje)}


def _titulo(rotulo: str) -> str:
    return rotulo if len(rotulo) <= _TITULO else f"{rotulo[:_TITULO - 1].rstrip()}…"


def _cortar(mensaje: str) -> str:
    return mensaje if len(mensaje) <= _MENSAJE else f"{mensaje[:_MENSAJE - 1].rstrip()}…"
