"""Por qué una cuenta alcanza a ver un formato, en una frase."""

from fracciones_config import Formato
from models.domain.permissions import Rol
from models.domain.personal import Encargo, Ficha


def explain(formato: Formato, ficha: Ficha, encargo: Encargo) -> str:
    """La razón más amplia que haya: su perfil, el artículo, la fracción o el formato."""
    if ficha.rol is Rol.UNIDAD:
        return "La Unidad de Información lleva todo lo de su institución."
    limite = ", limitado a sus áreas" if ficha.limites[formato.clave] is not None else ""
    if ("articulo", str(formato.articulo)) in encargo.pares:
        return f"Tiene el artículo {formato.articulo} completo{limite}."
    if ("fraccion", f"{formato.articulo}-{formato.fraccion}") in encargo.pares:
        return f"Tiene la fracción {formato.fraccion} completa{limite}."
    return f"Tiene este formato{limite}."
