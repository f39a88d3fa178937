"""«Avisar de un error»: el portal no recibe nada, así que abre un correo a la Unidad de Información de la institución."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from models.publicados import Institucion
from portal.contexto import marca
from portal.direcciones import absolute

_CORREO = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Aviso:
    """A quién avisar: ``enlace`` es un ``mailto:`` ya escrito; sin él, ``a_quien`` dice a dónde llamar."""

    correo: str = ""
    enlace: str = ""
    a_quien: str = ""


def notice_for(institucion: Institucion, que: str, ruta: str) -> Aviso:
    """El aviso de un error en ``ruta``; ``que`` dice qué se estaba leyendo («Licitaciones y contratos»)."""
    correo = institucion.datos.get("unidad_correo") or institucion.datos.get("correo") or ""
    if institucion.extinto_en or not _CORREO.fullmatch(correo):
        return Aviso(a_quien=_whom_to_call(institucion))
    asunto = f"Error en lo publicado: {que} ({institucion.nombre_corto})"
    cuerpo = (f"Encontré un error en esta página:\r\n{absolute(ruta)}\r\n\r\nQué dice:\r\n\r\n\r\n"
              "Qué debería decir, y cómo lo sé:\r\n\r\n")
    return Aviso(correo, f"mailto:{quote(correo, safe='@')}?subject={quote(asunto, safe='')}&body={quote(cuerpo, safe='')}")


def _whom_to_call(institucion: Institucion) -> str:
    if institucion.extinto_en:
        return f"Esta institución ya no existe: dígaselo al {marca().garante}."
    telefono = institucion.datos.get("unidad_telefono") or institucion.datos.get("telefono")
    if telefono:
        return f"Llame a la Unidad de Información: {telefono}."
    return f"La institución no ha publicado su correo ni su teléfono; dígaselo al {marca().garante}."
