"""Las preguntas de la portada: lo que más se consulta, en palabras de todos los días."""

from __future__ import annotations

from dataclasses import dataclass

from fracciones_config import Catalogo, Formato


@dataclass(frozen=True, slots=True)
class Tema:
    """Una pregunta y los formatos que la contestan: se usa el primero que el catálogo tenga."""

    pregunta: str
    claves: tuple[str, ...]


TEMAS = (
    Tema("¿Quién trabaja en…?", ("directorio",)),
    Tema("¿Qué compró y a quién?", ("licitaciones",)),
    Tema("¿Cuánto gana…?", ("remuneraciones",)),
    Tema("¿Qué obras hay en mi municipio?", ("obras_programa_anual", "obras_municipales")),
    Tema("¿A quién se apoyó?", ("programas_subsidio", "padrones")),
    Tema("¿Cómo hago un trámite?", ("tramites_servicios",)),
)


def themes_of(catalogo: Catalogo) -> list[tuple[Tema, Formato]]:
    """Las preguntas que el catálogo en vigor puede contestar, con su formato."""
    contestadas = []
    for tema in TEMAS:
        formato = next((catalogo.por_clave[c] for c in tema.claves
                        if c in catalogo.por_clave and catalogo.por_clave[c].activo), None)
        if formato is not None:
            contestadas.append((tema, formato))
    return contestadas
