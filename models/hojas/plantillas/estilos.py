"""Los colores y las letras de la plantilla. El color nunca va solo: lo obligatorio lleva además un asterisco."""

from __future__ import annotations

from typing import Any

from models.hojas.plantillas.columnas import CAMPO, OBLIGATORIO, RAZON, SISTEMA
from models.hojas.plantillas.instrucciones import ENCABEZADO, PARRAFO, RENGLON, TITULO

_MARCA, _SUAVE, _GRIS, _CREMA, _TENUE, _LINEA = "#0B4F6C", "#DCEBF2", "#ECEFF2", "#FBF3DC", "#5B6773", "#B9C4CE"
_ENCABEZADO = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _LINEA}

ESTILOS: dict[str, dict[str, Any]] = {
    OBLIGATORIO: _ENCABEZADO | {"bg_color": _MARCA, "font_color": "#FFFFFF"},
    CAMPO: _ENCABEZADO | {"bg_color": _SUAVE, "font_color": "#1B2430"},
    SISTEMA: _ENCABEZADO | {"bg_color": _GRIS, "font_color": _TENUE},
    RAZON: _ENCABEZADO | {"bg_color": _CREMA, "font_color": "#5C4700", "bold": False},
    TITULO: {"bold": True, "font_size": 14, "font_color": _MARCA, "valign": "bottom"},
    PARRAFO: {"text_wrap": True, "valign": "top"},
    ENCABEZADO: _ENCABEZADO | {"bg_color": _MARCA, "font_color": "#FFFFFF"},
    RENGLON: {"text_wrap": True, "valign": "top", "border": 1, "border_color": _LINEA, "num_format": "@"},
}
"""Por clase de columna o de renglón, lo que ``add_format`` recibe."""

A_LA_IZQUIERDA: dict[str, Any] = {"align": "left"}
"""Un año o una fecha no se suman: se leen como texto."""

DE_MUESTRA: dict[str, Any] = {"italic": True, "font_color": _TENUE, "bg_color": "#F6F7F9"}
"""Lo que se le agrega a una celda del renglón de ejemplo."""
