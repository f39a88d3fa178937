"""El banco de medidas: el plan, la libreta y las bases, que se hacen una vez y se comparten entre figuras."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from peewee import sqlite3

from benchmarks.catalogo_grande import write_catalogo
from benchmarks.cifras import Libreta
from benchmarks.plan import Plan
from benchmarks.renglones import CLAVE
from benchmarks.servidores import variables
from models.servicio.entorno import RAIZ


@dataclass(frozen=True, slots=True)
class Banco:
    """Lo que recibe cada figura. ``carpeta`` guarda una base por tamaño."""

    plan: Plan
    carpeta: Path
    libreta: Libreta = field(default_factory=Libreta)

    def base(self, filas: int) -> Path:
        """La carpeta de datos con ese número de padrones; la hace si no está."""
        datos = self.carpeta / f"filas-{filas}"
        lista = datos / "lista"
        if not lista.exists():
            self.correr("benchmarks.carga", str(datos), str(filas), str(self.plan.instituciones))
            lista.touch()
        return datos

    @contextmanager
    def base_con_catalogo(self) -> Iterator[tuple[Path, Path]]:
        """Una base pasajera, sin registros, con el catálogo grande en vigor: su carpeta de datos y la del catálogo."""
        with TemporaryDirectory(dir=self.carpeta) as temporal:
            datos = Path(temporal)
            catalogo = write_catalogo(datos / "catalogo")
            self.correr("benchmarks.carga", temporal, "0", str(self.plan.instituciones), str(catalogo))
            yield datos, catalogo

    def correr(self, modulo: str, *argumentos: str, datos: Path | None = None) -> str:
        """Corre un módulo en otro proceso y da lo que imprimió. Lanza ``CalledProcessError`` si falla."""
        orden = [sys.executable, "-m", modulo, *argumentos]
        hecho = subprocess.run(orden, cwd=RAIZ, env=variables(datos or self.carpeta), stdout=subprocess.PIPE,
                               text=True, check=True)
        return hecho.stdout


def id_en(datos: Path, sujeto_id: int, lugar: int) -> int:
    """El id del registro que ocupa ese lugar en la lista de una institución, del más nuevo al más viejo."""
    base = sqlite3.connect(datos / "ipomex.db")
    try:
        [(identificador,)] = base.execute(
            f"SELECT id FROM reg_{CLAVE} WHERE sujeto_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?", (sujeto_id, lugar))
    finally:
        base.close()
    return int(identificador)
