"""Lee referencias: a un archivo ya subido o a un maestro (área, persona, órgano). Solo la forma del folio.

Si existe, y si es del mismo sujeto obligado, lo dice ``models.domain.validation`` con su ``Contexto``.
"""

from functools import lru_cache
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.domain.lectores.crudo import DatoInvalido, citar, to_linea
from models.folios import a_folio, de_folio

_COMO = {
    TipoCampo.ARCHIVO: "Suba el archivo otra vez.",
    TipoCampo.AREA: "Elija el área en la lista.",
    TipoCampo.SERVIDOR_PUBLICO: "Elija a la persona en la lista.",
    TipoCampo.ORGANO_COLEGIADO: "Elija el órgano colegiado en la lista.",
}


@lru_cache(maxsize=20_000)
def parse_folio(folio: str) -> int:
    """El identificador de un folio, recordado: en una carga los mismos van miles de veces. ``ValueError`` si no es."""
    return de_folio(folio)


def read_referencia(campo: Campo, crudo: Any) -> dict[str, str]:
    """De un folio, o de un dato ``{"id": folio, …}``, ``{"id": folio}`` con el folio bien escrito."""
    folio = crudo.get("id") if isinstance(crudo, dict) else crudo
    linea = to_linea("" if folio is None else folio)
    try:
        return {"id": a_folio(parse_folio(linea))}
    except ValueError:
        raise DatoInvalido(f"{citar(linea)} no se reconoce. {_COMO[campo.tipo]}") from None
