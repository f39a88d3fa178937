"""Abrir un libro ajeno sin peligro: qué es por sus bytes, si se puede abrir, y sus hojas como renglones de celdas.

``formas`` dice qué es y ``paquete`` mira por dentro los comprimidos; las dos corren en el servidor sin cargar el libro en
memoria. ``apertura`` lo abre, y solo la llama el proceso con límites (``models.hojas.revision``).
"""
