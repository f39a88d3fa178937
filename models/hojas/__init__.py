"""Hojas de cálculo: leer con cuidado lo que alguien sube, y escribir plantillas."""
