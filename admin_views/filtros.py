"""De la dirección al filtro: lo que no se entiende se ignora; nada de lo que alguien escriba aquí puede tirar la lista."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from fracciones_config import Campo, TipoCampo
from models.domain.estados import Estado
from models.domain.listas import TAMANOS, Filtro, filterable, sortable
from models.domain.periods import claves
from models.folios import de_folio
from models.formatos import Tabla

LARGO_DE_TEXTO = 200


def read_filtro(tabla: Tabla, args: MultiDict[str, str]) -> Filtro:
    """El filtro que pide una dirección."""
    orden = args.get("orden", "")
    return Filtro(
        texto=" ".join(_limpio(args.get("q", "")).split())[:LARGO_DE_TEXTO],
        ejercicio=_anio(args.get("ejercicio", "")),
        periodo=_uno_de(args.get("periodo", ""), claves(tabla.formato.periodicidad)),
        estado=Estado(args["estado"]) if args.get("estado") in list(Estado) else None,
        baja=args.get("baja") == "si", personales=args.get("personales") == "si",
        carga=_folio(args.get("carga", "")),
        valores=_valores(tabla, args),
        orden=_uno_de(orden.lstrip("-"), [campo.nombre for campo in sortable(tabla)]),
        descendente=orden.startswith("-") or not orden,
        cursor=args.get("desde") or None,
        tamano=int(args["ver"]) if args.get("ver") in {str(t) for t in TAMANOS} else 50)


def _valores(tabla: Tabla, args: MultiDict[str, str]) -> dict[str, Any]:
    valores: dict[str, Any] = {}
    for campo in filterable(tabla):
        valor = _valor(campo, args.get(campo.nombre, ""))
        if valor is not None:
            valores[campo.nombre] = valor
    return valores


def _valor(campo: Campo, texto: str) -> Any:
    if campo.tipo is TipoCampo.OPCION:
        return _uno_de(texto, list(campo.opciones))
    if campo.tipo is TipoCampo.SI_NO:
        return {"si": True, "no": False}.get(texto)
    return _folio(texto) if campo.tipo is TipoCampo.AREA else None


def _folio(texto: str) -> int | None:
    try:
        return de_folio(texto)
    except ValueError:
        return None


def _anio(texto: str) -> int | None:
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) == 4 else None


def _uno_de(texto: str, validos: Any) -> str | None:
    return texto if texto in validos else None


def _limpio(texto: str) -> str:
    return "".join(letra if letra.isprintable() else " " for letra in texto)
