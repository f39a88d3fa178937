"""Por qué no se abre un libro, dicho a la persona."""

from models.domain.errores import ReglaRota


class LibroRechazado(ReglaRota):
    """El libro no se puede leer o no es de aquí; el mensaje dice por qué y qué hacer. Nada se guarda."""
