"""De lo que dice una celda a un maestro o a un archivo de la institución; los que trae el pedido, sin tocar la base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from fracciones_config import Campo, TipoCampo
from models.domain.lectores.crudo import DatoInvalido, plegar, to_linea
from models.folios import de_folio
from models.hojas.receta import ContextoDeReceta
from models.hojas.revision.pedido import Pedido

_ESE = {TipoCampo.AREA: "el área", TipoCampo.SERVIDOR_PUBLICO: "a la persona", TipoCampo.ORGANO_COLEGIADO: "el órgano"}


class ContextoDePedido:
    """Los maestros y archivos del pedido, por su identificador: el ``Contexto`` de ``models.domain.validation``."""

    def __init__(self, pedido: Pedido) -> None:
        self._maestros = {(tipo, de_folio(m.folio)): m.nombre for tipo, lista in pedido.maestros.items() for m in lista}
        self._archivos = {de_folio(dato["id"]): dato for dato in pedido.archivos.values()}

    def maestro(self, tipo: TipoCampo, identificador: int, /) -> str | None:
        return self._maestros.get((tipo.value, identificador))

    def archivo(self, identificador: int, /) -> Mapping[str, Any] | None:
        return self._archivos.get(identificador)


def find_maestro(campo: Campo, crudo: Any, contexto: ContextoDeReceta) -> str:
    """El folio del área, persona u órgano que nombra una celda. Lanza ``DatoInvalido``."""
    escrito = to_linea(crudo)
    nombres = contexto.nombres.get(campo.tipo)
    if nombres is None:
        raise DatoInvalido("La institución todavía no tiene a nadie registrado de donde elegir. Regístrelo primero.")
    folio = nombres.find(escrito)
    if folio is None:
        raise DatoInvalido(nombres.explain(escrito, _ESE[campo.tipo]))
    return folio


def find_archivo(nombre: str, archivos: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """El archivo que una celda llama por su nombre o por su dirección; de una dirección cuenta también su última parte."""
    if (hallado := archivos.get(plegar(nombre))) is not None or "/" not in nombre:
        return hallado
    return archivos.get(plegar(unquote(urlsplit(nombre).path.rpartition("/")[2])))
