"""Las seis situaciones de una obligación, como se le dicen a la ciudadanía."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.cumplimiento import Situacion

SE_DICE: Mapping[Situacion, tuple[str, str]] = {
    Situacion.AL_CORRIENTE: ("Al corriente", "Está publicada, o la Unidad confirmó que sigue igual."),
    Situacion.POR_VENCER: ("Por vencer", "El plazo para publicarla termina en diez días o menos."),
    Situacion.VENCIDO: ("Vencida", "El plazo para publicarla ya pasó y no está."),
    Situacion.SIN_INFORMACION: ("No se generó", "En ese periodo no hubo nada que publicar; se dice por qué."),
    Situacion.NO_APLICA: ("No aplica", "La ley no se la pide a esta institución; se dice por qué."),
    Situacion.AUN_NO_TOCA: ("Aún no toca", "El periodo no ha terminado, o el plazo apenas corre."),
}
"""Situación → cómo se llama y qué quiere decir, de lo más cumplido a lo que todavía no se pide."""
