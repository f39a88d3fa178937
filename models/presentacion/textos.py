"""Cada dato como lo lee una persona, y como se vuelve a teclear. Sin HTML: quien pinta la página lo escapa."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.periods import etiqueta
from models.domain.protegidos import CAUSA
from models.presentacion.fechas import fecha
from models.presentacion.numeros import cantidad, contar, dinero, tamano
from models.presentacion.protegido import ROTULO, said_of

CORTO_MAXIMO = 90
"""Caracteres de una celda de lista."""

ROTULO_DE_CAUSA = {"no_aplica": "No aplica", "no_se_genero": "No se generó", "reservado": "Información reservada",
                   CAUSA: ROTULO}


@dataclass(frozen=True, slots=True)
class Presentador:
    """De un tipo: ``texto`` para leer y ``entrada`` para el control del formulario (``None``: igual que el texto)."""

    texto: Callable[[Campo, Any], str]
    entrada: Callable[[Campo, Any], str | list[Any]] | None = None


def _tal_cual(campo: Campo, dato: Any) -> str:
    return str(dato)


def _folio(campo: Campo, dato: Any) -> str:
    return str(dato["id"])


def _archivo(campo: Campo, dato: Any) -> str:
    """«contrato.pdf (312 kB)»; solo el folio si el dato no trae más."""
    return f"{dato['nombre']} ({tamano(dato['bytes'])})" if "nombre" in dato else _folio(campo, dato)


def _si_no(campo: Campo, dato: Any) -> str:
    return "Sí" if dato else "No"


def _opcion(campo: Campo, dato: Any) -> str:
    return campo.opciones.get(dato, str(dato))


def _opciones(campo: Campo, dato: Any) -> str:
    return "; ".join(_opcion(campo, clave) for clave in dato)


def _renglones(campo: Campo, dato: Any) -> list[Any]:
    """Los renglones con cada celda lista para teclearse; las columnas que ya no existen no van."""
    return [
        {c.nombre: entrada(c, renglon[c.nombre]) for c in campo.campos if c.nombre in renglon}
        for renglon in dato
    ]


_TEXTO = Presentador(_tal_cual)
_CANTIDAD = Presentador(lambda campo, dato: cantidad(dato))
_MAESTRO = Presentador(lambda campo, dato: str(dato.get("texto", dato["id"])), _folio)

TEXTOS: dict[TipoCampo, Presentador] = {
    TipoCampo.TEXTO: _TEXTO,
    TipoCampo.TEXTO_LARGO: _TEXTO,
    TipoCampo.NOTA: _TEXTO,
    TipoCampo.ENTERO: _CANTIDAD,
    TipoCampo.DECIMAL: _CANTIDAD,
    TipoCampo.MONEDA: Presentador(lambda campo, dato: dinero(dato), lambda campo, dato: cantidad(dato)),
    TipoCampo.PORCENTAJE: Presentador(lambda campo, dato: f"{cantidad(dato)}%", lambda campo, dato: cantidad(dato)),
    TipoCampo.FECHA: Presentador(lambda campo, dato: fecha(dato)),
    TipoCampo.HORA: _TEXTO,
    TipoCampo.ANIO: _TEXTO,
    TipoCampo.PERIODO: Presentador(lambda campo, dato: etiqueta(dato), _tal_cual),
    TipoCampo.SI_NO: Presentador(_si_no, lambda campo, dato: "si" if dato else "no"),
    TipoCampo.OPCION: Presentador(_opcion, _tal_cual),
    TipoCampo.OPCIONES: Presentador(_opciones, lambda campo, dato: list(dato)),
    TipoCampo.URL: _TEXTO,
    TipoCampo.CORREO: _TEXTO,
    TipoCampo.TELEFONO: _TEXTO,
    TipoCampo.ARCHIVO: Presentador(_archivo, _folio),
    TipoCampo.AREA: _MAESTRO,
    TipoCampo.SERVIDOR_PUBLICO: _MAESTRO,
    TipoCampo.ORGANO_COLEGIADO: _MAESTRO,
    TipoCampo.TABLA: Presentador(lambda campo, dato: contar(len(dato), "renglón", "renglones"), _renglones),
}
"""Cómo se lee, y cómo se vuelve a teclear, cada tipo."""


def texto(campo: Campo, dato: Dato | None) -> str:
    """El dato completo, como lo lee una persona; ``""`` si no hay. Los textos largos conservan sus renglones."""
    return "" if dato is None else TEXTOS[campo.tipo].texto(campo, dato)


def corto(campo: Campo, dato: Dato | None) -> str:
    """El texto para una celda de lista: un renglón, 90 caracteres cuando más, cortado entre palabras con «…»."""
    return cut_text(texto(campo, dato))


def entrada(campo: Campo, dato: Dato | None) -> str | list[Any]:
    """Lo que vuelve al control del formulario; leerlo otra vez da el mismo dato.

    ``str`` casi siempre (``"31/12/2026"``, ``"1,234.50"``, la clave de la opción, el folio); lista de claves en
    opciones, y lista de diccionarios en una tabla. Sin dato: ``""``, o ``[]`` en esos dos.
    """
    if dato is None:
        return [] if campo.tipo in (TipoCampo.OPCIONES, TipoCampo.TABLA) else ""
    presentador = TEXTOS[campo.tipo]
    return (presentador.entrada or presentador.texto)(campo, dato)


def texto_vacio(vacio: Mapping[str, str]) -> str:
    """«No aplica: el procedimiento no lleva junta.», de ``{"causa": …, "motivo": …}``; o lo que se dice de lo protegido."""
    causa = vacio["causa"]
    if causa == CAUSA and "acta" in vacio:
        return said_of(vacio)
    return f"{ROTULO_DE_CAUSA.get(causa, causa)}: {vacio['motivo']}"


def cut_text(largo: str, maximo: int = CORTO_MAXIMO) -> str:
    """El texto en un renglón y de ``maximo`` caracteres cuando más; si se corta, entre palabras y con «…»."""
    renglon = " ".join(largo.split())
    if len(renglon) <= maximo:
        return renglon
    cabe = renglon[:maximo - 1]
    palabras = cabe if renglon[maximo - 1] == " " else cabe.rpartition(" ")[0]
    return (palabras or cabe).rstrip(" ,;:.") + "…"
