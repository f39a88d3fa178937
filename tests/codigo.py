"""El programa leído como texto: sus módulos y su árbol, para las pruebas que cuidan la casa."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.bases import RAIZ

DEL_PROGRAMA = ("fracciones_config", "models", "admin_views", "portal")


@dataclass(frozen=True)
class Modulo:
    """Un módulo del programa; ``nombre`` es como se importa."""

    nombre: str
    texto: str
    es_paquete: bool = False

    @cached_property
    def arbol(self) -> ast.Module:
        return ast.parse(self.texto)

    @property
    def paquete(self) -> str:
        return self.nombre if self.es_paquete else self.nombre.rpartition(".")[0]


@cache
def modulos() -> tuple[Modulo, ...]:
    """Todos los del programa, y ``app``."""
    rutas = [RAIZ / "app.py", *(ruta for carpeta in DEL_PROGRAMA for ruta in sorted((RAIZ / carpeta).rglob("*.py")))]
    return tuple(_modulo(ruta.relative_to(RAIZ)) for ruta in rutas)


def _modulo(ruta: Path) -> Modulo:
    partes = ruta.with_suffix("").parts
    es_paquete = partes[-1] == "__init__"
    nombre = ".".join(partes[:-1] if es_paquete else partes)
    return Modulo(nombre, (RAIZ / ruta).read_text(encoding="utf-8"), es_paquete)
