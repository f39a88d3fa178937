"""Capa 1 (palabras y tablas) y, en sus subcarpetas, la capa 2 (las reglas). Nada aquí sabe de Flask."""
