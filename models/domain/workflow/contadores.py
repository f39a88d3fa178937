"""Los contadores del tablero y del portal: se mueven por diferencias, en la transacción del cambio."""

from collections import Counter
from typing import Any

from peewee import EXCLUDED, fn

from models.conteos import PubResumen, Tablero
from models.domain.workflow.conjuntos import Conjunto, ids_of
from models.formatos import Tabla

Lugar = tuple[int, str, str]
"""(ejercicio, periodo, estado)"""


def move(tabla: Tabla, sujeto_id: int, diferencias: Counter[Lugar], instante: int) -> None:
    """Suma a cada (ejercicio, periodo, estado) su diferencia; las de cero solo mueven la fecha."""
    filas = [
        {"sujeto_id": sujeto_id, "clave": tabla.clave, "ejercicio": ejercicio, "periodo": periodo, "estado": estado,
         "n": n, "ultimo_cambio": instante}
        for (ejercicio, periodo, estado), n in sorted(diferencias.items())
    ]
    if filas:
        Tablero.insert_many(filas).on_conflict(
            conflict_target=[Tablero.sujeto_id, Tablero.clave, Tablero.ejercicio, Tablero.periodo, Tablero.estado],
            update={Tablero.n: Tablero.n + EXCLUDED.n, Tablero.ultimo_cambio: EXCLUDED.ultimo_cambio},
        ).execute()


def count_publicos(tabla: Tabla, publicos: Conjunto) -> Counter[tuple[int, str]]:
    """Cuántos de esos registros son públicos, por (ejercicio, periodo) de su copia pública."""
    if not publicos.ids:
        return Counter()
    publica = tabla.publica
    consulta = (publica.select(publica.ejercicio, publica.periodo, fn.COUNT(publica.id))
                .where(ids_of(publica, publicos.sujeto_id, publicos.ids)).group_by(publica.ejercicio, publica.periodo))
    return Counter({(ejercicio, periodo): n for ejercicio, periodo, n in consulta.tuples()})


def move_publicos(
    tabla: Tabla, sujeto_id: int, antes: Counter[tuple[int, str]], despues: Counter[tuple[int, str]], instante: int,
) -> None:
    """Pone al día ``pub_resumen`` con la diferencia entre dos cuentas."""
    filas: list[dict[str, Any]] = [
        {"sujeto_id": sujeto_id, "clave": tabla.clave, "ejercicio": lugar[0], "periodo": lugar[1],
         "n": despues[lugar] - antes[lugar], "ultima_publicacion": instante, "ultima_actualizacion": instante}
        for lugar in sorted(antes.keys() | despues.keys())
    ]
    if filas:
        llave: list[Any] = [PubResumen.sujeto_id, PubResumen.clave, PubResumen.ejercicio, PubResumen.periodo]
        PubResumen.insert_many(filas).on_conflict(conflict_target=llave, update={
            PubResumen.n: PubResumen.n + EXCLUDED.n,
            PubResumen.ultima_publicacion: EXCLUDED.ultima_publicacion,
            PubResumen.ultima_actualizacion: EXCLUDED.ultima_actualizacion,
        }).execute()
