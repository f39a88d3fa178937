"""El idioma de SIPOT: cómo son los libros oficiales de carga de la Plataforma Nacional de Transparencia."""

from fracciones_config.sipot.libro import ColumnaSipot, HojaSipot, LibroInvalido, LibroSipot, read_libro

__all__ = ["ColumnaSipot", "HojaSipot", "LibroInvalido", "LibroSipot", "read_libro"]
