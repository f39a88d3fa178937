"""La bitácora: un renglón por acto y por registro, en la misma transacción."""

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import SQL, Node, Value

from models.actos import Acto
from models.domain.workflow.conjuntos import Conjunto
from models.folios import nuevo_id, numerador

_POR_INSERCION = 1000


def log_actos(filas: Iterable[dict[str, Any]]) -> None:
    """Escribe actos; cada fila trae las columnas de ``Acto`` menos ``id``."""
    vacio = {"motivo": None, "cambios": None, "antes": None, "autoaprobacion": False}
    renglones = [{"id": nuevo_id(), **vacio, **fila} for fila in filas]
    for i in range(0, len(renglones), _POR_INSERCION):
        Acto.insert_many(renglones[i:i + _POR_INSERCION]).execute()


def log_acto_de(trabajo: Any, suyos: Conjunto, igual: Mapping[str, Any]) -> None:
    """Escribe el mismo acto de muchos registros, con un INSERT … SELECT, antes de que cambien.

    ``igual`` trae las columnas de ``Acto`` que no salen del registro. Los identificadores se apartan y los pone la base.
    """
    lugar = f"{numerador.apartar(len(suyos.ids))} - 1 + row_number() OVER (ORDER BY id)"
    columnas = {"sujeto_id": trabajo.sujeto_id, "id": SQL(numerador.en_sql(lugar)), "registro_id": trabajo.id,
                "estado_antes": trabajo.estado, "estado": trabajo.estado, "version": trabajo.version + 1,
                "motivo": None, "cambios": None, "antes": None, **igual}
    origen = [dato if isinstance(dato, Node) else Value(dato) for dato in columnas.values()]
    Acto.insert_from(trabajo.select(*origen).where(suyos.en(trabajo)), [getattr(Acto, nombre) for nombre in columnas]).execute()
