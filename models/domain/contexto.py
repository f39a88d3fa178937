"""Lo que la validación necesita saber de un sujeto obligado: sus maestros y sus archivos. Nunca los de otro."""

from __future__ import annotations

from typing import Any

from fracciones_config import TipoCampo
from models.adjuntos import Archivo
from models.base import Modelo
from models.domain.personales import Propios, read_propios
from models.folios import a_folio
from models.maestros import Area, Organo, Persona

MAESTRO: dict[TipoCampo, type[Modelo]] = {
    TipoCampo.AREA: Area, TipoCampo.SERVIDOR_PUBLICO: Persona, TipoCampo.ORGANO_COLEGIADO: Organo}


class ContextoDeSujeto:
    """Resuelve referencias dentro de un sujeto obligado; recuerda lo ya preguntado."""

    def __init__(self, sujeto_id: int) -> None:
        self.sujeto_id = sujeto_id
        self._vistos: dict[tuple[str, int], Any] = {}

    def maestro(self, tipo: TipoCampo, identificador: int) -> str | None:
        """El nombre del área, persona u órgano; ``None`` si no es de este sujeto."""
        modelo = MAESTRO[tipo]
        nombre = modelo.select(modelo.nombre).where(modelo.sujeto_id == self.sujeto_id, modelo.id == identificador)
        return self._preguntar(tipo, identificador, nombre.scalar)  # type: ignore[no-any-return]

    def archivo(self, identificador: int) -> dict[str, Any] | None:
        """El dato de un archivo subido por este sujeto; ``None`` si no es suyo."""
        def leer() -> dict[str, Any] | None:
            fila = Archivo.get_or_none(Archivo.sujeto_id == self.sujeto_id, Archivo.id == identificador)
            return fila and {"id": a_folio(fila.id), "nombre": fila.nombre, "bytes": fila.bytes,
                             "sha256": fila.sha256, "tipo": fila.tipo}
        return self._preguntar("archivo", identificador, leer)  # type: ignore[no-any-return]

    @property
    def propios(self) -> Propios:
        """Los teléfonos, correos y dominios de su configuración."""
        return self._preguntar("propios", 0, lambda: read_propios(self.sujeto_id))  # type: ignore[no-any-return]

    def _preguntar(self, tipo: str, identificador: int, leer: Any) -> Any:
        llave = (str(tipo), identificador)
        if llave not in self._vistos:
            self._vistos[llave] = leer()
        return self._vistos[llave]
