"""Dónde viven los expedientes: una carpeta de ``IPOMEX_DATOS``. La pone quien arma el proceso, como la base."""

from __future__ import annotations

from pathlib import Path

from models.archivos.almacen import AlmacenEnDisco
from models.cargas import Carga


class Carpeta:
    """La carpeta de datos de este proceso, vista desde las cargas."""

    def __init__(self) -> None:
        self._datos: Path | None = None
        self._anfitriones: tuple[str, ...] = ()

    def initialize(self, datos: Path, anfitriones: tuple[str, ...] = ()) -> None:
        """Dice cuál es, y con qué nombres se llama a este sitio. La de expedientes se hace cuando hace falta."""
        self._datos, self._anfitriones = datos, anfitriones

    def is_nuestra(self, anfitrion: str | None) -> bool:
        """Si una dirección con ese anfitrión es de este sitio: la que no lo dice, sí; sin nombres configurados no se sabe, y se
        acepta."""
        return anfitrion is None or not self._anfitriones or anfitrion in self._anfitriones

    @property
    def datos(self) -> Path:
        if self._datos is None:
            raise RuntimeError("Falta decir dónde están los datos: carpeta.initialize(entorno.datos).")
        return self._datos

    @property
    def almacen(self) -> AlmacenEnDisco:
        """El almacén de archivos de esa misma carpeta."""
        return AlmacenEnDisco(self.datos / "archivos")

    @property
    def expedientes(self) -> Path:
        ruta = self.datos / "cargas"
        ruta.mkdir(parents=True, exist_ok=True)
        return ruta

    def ruta_de(self, carga: Carga) -> Path:
        """El expediente de una carga, esté o no."""
        return self.expedientes / f"{carga.sujeto_id}-{carga.folio}.db"


carpeta = Carpeta()
"""La de este proceso."""
