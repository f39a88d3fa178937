"""La demostración: instituciones reales con personas y registros inventados, en todos los estados y todos los formatos.

Es lo que ve quien llega. Todo pasa por las mismas puertas que usa una persona (``guardar``, ``aplicar``); nada se escribe
en las tablas por fuera. Lo que dicen los registros está en ``textos/*.yaml``.
"""

from models.demostracion.montaje import Resumen, create_demostracion

__all__ = ["Resumen", "create_demostracion"]
