"""Capa 3: el portal ciudadano. Solo recibe ``Publicados``: no puede nombrar ninguna tabla de trabajo. Sin cookies."""

from portal.aplicacion import create_portal

__all__ = ["create_portal"]
