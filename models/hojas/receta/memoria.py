"""La receta de una institución en un formato: lo que aceptó la última vez se le ofrece ya marcado; nunca se hace solo."""

from __future__ import annotations

from collections.abc import Collection

from models.cargas import Receta
from models.folios import nuevo_id
from models.reloj import ahora


def accepted_before(sujeto_id: int, clave: str) -> frozenset[str]:
    """Las correcciones (``"campo|clase"``) que la institución aceptó antes en ese formato."""
    suyas = Receta.select(Receta.correccion).where(Receta.sujeto_id == sujeto_id, Receta.clave == clave)
    return frozenset(correccion for (correccion,) in suyas.tuples())


def remember(sujeto_id: int, clave: str, usuario_id: int, ofrecidas: Collection[str], aceptadas: Collection[str]) -> None:
    """Recuerda lo aceptado y olvida lo que esta vez se ofreció y no se aceptó. En la transacción de quien llama."""
    olvidar = sorted(set(ofrecidas) - set(aceptadas))
    if olvidar:
        Receta.delete().where(
            Receta.sujeto_id == sujeto_id, Receta.clave == clave, Receta.correccion.in_(olvidar)).execute()
    nuevas = sorted(set(aceptadas) - accepted_before(sujeto_id, clave))
    instante = ahora()
    if nuevas:
        Receta.insert_many([
            {"sujeto_id": sujeto_id, "id": nuevo_id(), "clave": clave, "correccion": correccion, "aceptada_por": usuario_id,
             "aceptada_en": instante} for correccion in nuevas]).on_conflict_ignore().execute()
