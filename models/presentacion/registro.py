"""Cómo se lee el estado de un registro: la palabra, el color y lo que tiene la ciudadanía. El color nunca va solo."""

from dataclasses import dataclass
from typing import Any

from fracciones_config import Formato
from models.domain.estados import ROTULOS, Estado
from models.domain.protegidos import Protegido
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.formatos import EN_ESPERA
from models.presentacion.fechas import solo_fecha
from models.presentacion.personales import summary_of
from models.presentacion.protegido import ROTULO
from models.presentacion.textos import cut_text, texto

COLORES: dict[Estado, str] = {
    Estado.CAPTURADO: "rojo", Estado.DEVUELTO: "rojo", Estado.REVISADO: "amarillo", Estado.PUBLICADO: "limpio",
    Estado.RETIRADO: "gris", Estado.BORRADO: "gris"}


@dataclass(frozen=True, slots=True)
class Insignia:
    """``color`` es la clase de la fila; ``texto``, lo que se lee; ``detalle``, el motivo o lo que falta."""

    color: str
    texto: str
    detalle: str = ""


def badge_of(fila: Any) -> Insignia:
    """La insignia de una fila de trabajo."""
    estado = Estado(fila.estado)
    detalle = ""
    if estado in (Estado.DEVUELTO, Estado.RETIRADO) and fila.motivo:
        detalle = f"«{fila.motivo}»"
    elif estado is Estado.CAPTURADO and fila.faltan:
        detalle = "Incompleto: falta 1 dato" if fila.faltan == 1 else f"Incompleto: faltan {fila.faltan} datos"
    if estado in EN_ESPERA and (dicho := summary_of(fila.personales, fila.personales_motivo)):
        detalle = f"{detalle}. {dicho}" if detalle else dicho
    if fila.baja_motivo:
        detalle = f"Baja solicitada: «{fila.baja_motivo}»"
    return Insignia(COLORES[estado], ROTULOS[estado], detalle)


def public_text(fila: Any) -> str:
    """Lo que tiene la ciudadanía: «Público desde…», «Público, con cambios sin publicar» o «Nunca publicado»."""
    if fila.publica is None:
        return "Ya no es público" if fila.numero_publico else "Nunca publicado"
    if fila.estado == Estado.PUBLICADO:
        return f"Público desde el {solo_fecha(fila.publico_desde)}"
    return "Público, con cambios sin publicar"


def title_of(formato: Formato, fila: Any) -> str:
    """El nombre de un registro: sus campos de ``titulo`` separados por « · »; nunca vacío."""
    if fila is None:
        return "Registro que ya no está a su cargo"
    datos, vacios = de_canonico(fila.contenido)
    if not any(nombre in datos for nombre in formato.titulo) and any(
            isinstance(vacios.get(nombre), Protegido) for nombre in formato.titulo):
        return f"{ROTULO}: registro {a_folio(fila.id)}"
    return title_of_datos(formato, datos)


def title_of_datos(formato: Formato, datos: dict[str, Any]) -> str:
    """Como ``title_of``, con los datos ya leídos."""
    partes = [texto(formato.por_nombre[nombre], datos[nombre]) for nombre in formato.titulo if nombre in datos]
    return cut_text(" · ".join(partes), 120) or "Registro sin nombre todavía"
