"""Las instituciones, leídas una vez y recordadas mientras nada público cambie: el buscador las nombra todas en cada página."""

from __future__ import annotations

from peewee import Database

from models.publicados.instituciones import Institucion, read_instituciones
from models.publicados.pulso import Pulso


class Directorio:
    """La misma lista que ``Publicados.instituciones``, sin releerla en cada petición."""

    def __init__(self, base: Database, pulso: Pulso) -> None:
        self.base, self.pulso = base, pulso
        self._leidas: tuple[int, list[Institucion]] = (-1, [])

    def todas(self) -> list[Institucion]:
        """Todas, por nombre. No la cambie: es de todos los hilos."""
        pulso = self.pulso.de_todos()
        leido, instituciones = self._leidas
        if leido != pulso:
            instituciones = read_instituciones(self.base)
            self._leidas = pulso, instituciones
        return instituciones
