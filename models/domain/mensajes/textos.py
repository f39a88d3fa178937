"""Lo que se teclea en un mensaje: asunto y texto, limpios y con medida."""

from models.domain.errores import ActoImposible
from models.domain.lectores.crudo import DatoInvalido, plegar, to_linea, to_parrafo

LARGO_DE_ASUNTO = 150
LARGO_DE_TEXTO = 5000
LARGO_DE_RESUMEN = 200


def read_asunto(crudo: str) -> str:
    """El asunto, en un renglón. Lanza ``ActoImposible``."""
    try:
        asunto = to_linea(crudo, LARGO_DE_ASUNTO, "un asunto")
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(asunto) < 3:
        raise ActoImposible("Escriba el asunto: es lo que se lee en la bandeja.")
    return asunto


def read_texto(crudo: str, que: str = "el mensaje") -> str:
    """El cuerpo de un mensaje, una respuesta o un motivo. Lanza ``ActoImposible``."""
    try:
        texto = to_parrafo(crudo)
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(texto) < 2:
        raise ActoImposible(f"Escriba {que}.")
    if len(texto) > LARGO_DE_TEXTO:
        raise ActoImposible(f"El texto tiene {len(texto):,} letras; caben {LARGO_DE_TEXTO:,}.")
    return texto


def summary_of(texto: str) -> str:
    """Lo que la bandeja enseña de un texto: un renglón."""
    corrido = " ".join(texto.split())
    return corrido if len(corrido) <= LARGO_DE_RESUMEN else f"{corrido[:LARGO_DE_RESUMEN - 1]}…"


def searchable(*partes: str) -> str:
    """Lo que se busca de una entrada: sin acentos ni mayúsculas."""
    return plegar(" ".join(partes))[:1000]
