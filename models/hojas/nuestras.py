"""Las hojas que la casa pone en sus libros y nunca lee como datos."""

INSTRUCCIONES, ERRORES, CATALOGOS, IDENTIDAD = "Instrucciones", "Errores", "_catalogos", "_ipomex"
NUESTRAS = (INSTRUCCIONES, ERRORES, CATALOGOS, IDENTIDAD)
"""Todas."""
