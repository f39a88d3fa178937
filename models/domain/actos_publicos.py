"""Apuntar lo que le pasa a lo público, en la transacción de quien lo cambia y por conjuntos: nunca por registro."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from models.actos_publicos import Clase, PubActo
from models.folios import nuevo_id
from models.reloj import ahora

Cuenta = Counter[tuple[int, str]]
"""(ejercicio, periodo) → registros."""


def note_publicacion(
    sujeto_id: int, clave: str, ids: Sequence[int], antes: Cuenta, despues: Cuenta, corregidos: Cuenta, instante: int,
) -> None:
    """Apunta una publicación. ``antes``: dónde estaban los que ya eran públicos; ``despues``, dónde quedan todos;
    ``corregidos``, dónde quedan los que ya lo eran.
    """
    filas = []
    for lugar in sorted(antes.keys() | despues.keys()):
        nuevos, cambiados = despues[lugar] - corregidos[lugar], corregidos[lugar]
        if nuevos:
            filas.append(_fila(lugar, Clase.PUBLICACION, nuevos, nuevos))
        if cambiados or antes[lugar]:
            filas.append(_fila(lugar, Clase.CORRECCION, cambiados, cambiados - antes[lugar]))
    _insert(sujeto_id, clave, filas, ids, instante)


def note_retiro(sujeto_id: int, clave: str, ids: Sequence[int], antes: Cuenta, instante: int, motivo: str) -> None:
    """Apunta un retiro; ``antes`` es dónde estaban."""
    filas = [{**_fila(lugar, Clase.RETIRO, n, -n), "motivo": motivo} for lugar, n in sorted(antes.items())]
    _insert(sujeto_id, clave, filas, ids, instante)


def note_acto(
    sujeto_id: int, clave: str, clase: Clase, ejercicio: int = 0, periodo: str = "", texto: str | None = None,
    registros: Sequence[int] = (),
) -> None:
    """Apunta un acto que no cambia cuántos registros son públicos: una aprobación, su revocación, o proteger un dato.

    ``texto`` es el que leerá la ciudadanía.
    """
    fila = {**_fila((ejercicio, periodo), clase, len(registros) or 1, 0), "motivo": texto}
    _insert(sujeto_id, clave, [fila], registros, ahora())


MARGEN = 5_000
"""Milisegundos que una supresión puede tardar en quedar hecha: quien lee mientras tanto todavía ve el dato."""


def protected_since(instante: int) -> bool:
    """Si desde ese instante, o apenas antes, alguna institución protegió un dato que era público."""
    return bool(PubActo.select().where(PubActo.instante >= instante - MARGEN, PubActo.clase == Clase.PROTECCION).exists())


def _fila(lugar: tuple[int, str], clase: Clase, n: int, saldo: int) -> dict[str, Any]:
    return {"ejercicio": lugar[0], "periodo": lugar[1], "clase": str(clase), "n": n, "saldo": saldo, "motivo": None}


def _insert(sujeto_id: int, clave: str, filas: list[dict[str, Any]], ids: Sequence[int], instante: int) -> None:
    unico = ids[0] if len(ids) == 1 else None
    if filas:
        PubActo.insert_many([
            {"sujeto_id": sujeto_id, "id": nuevo_id(), "clave": clave, "instante": instante,
             "registro_id": unico if fila["n"] else None, **fila}
            for fila in filas]).execute()
