"""El catálogo: todos los formatos, paquetes y listas, inmutables y bien referidos entre sí."""

from __future__ import annotations

import hashlib
from functools import cached_property

from fracciones_config.campo import Declaracion
from fracciones_config.formato import Formato
from fracciones_config.paquete import Lista, Paquete


class Catalogo(Declaracion):
    """Todo lo que la ley pide, listo para usarse. Los campos comunes ya están dentro de cada formato."""

    formatos: tuple[Formato, ...]
    paquetes: tuple[Paquete, ...]
    listas: tuple[Lista, ...] = ()

    @cached_property
    def por_clave(self) -> dict[str, Formato]:
        return {formato.clave: formato for formato in self.formatos}

    @cached_property
    def por_alias(self) -> dict[str, Formato]:
        """Los formatos por sus nombres viejos (``art_12_xi``): sirven para redirigir."""
        return {alias: formato for formato in self.formatos for alias in formato.alias}

    @cached_property
    def paquete_por_clave(self) -> dict[str, Paquete]:
        return {paquete.clave: paquete for paquete in self.paquetes}

    @cached_property
    def activos(self) -> tuple[Formato, ...]:
        """Los formatos activos, en el orden de la ley."""
        return tuple(formato for formato in self.formatos if formato.activo)

    def opciones(self, lista: str) -> dict[str, str]:
        """Las opciones de una lista compartida; vacías si el catálogo en vigor no la tiene."""
        return next((dict(otra.opciones) for otra in self.listas if otra.clave == lista), {})

    def para(self, poder: str) -> tuple[Formato, ...]:
        """Los formatos activos que, por omisión, obligan a un sujeto de ese poder."""
        return tuple(f for f in self.activos if "todos" in f.aplica_a or poder in f.aplica_a)

    def a_json(self) -> str:
        """La forma compilada: la que se guarda en la base y de la que arranca cada proceso."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def de_json(cls, texto: str) -> Catalogo:
        return cls.model_validate_json(texto)

    @cached_property
    def huella(self) -> str:
        """SHA-256 de la forma compilada, en hexadecimal."""
        return hashlib.sha256(self.a_json().encode()).hexdigest()
