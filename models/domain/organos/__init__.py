"""Los órganos colegiados: sus datos, quién los integra, sus sesiones, y lo que de ellos lee la ciudadanía.

Los lleva quien tiene a su cargo el formato de acuerdos y actas; los publica la Unidad de Información. Guardar nunca publica:
la ciudadanía sigue leyendo la última copia aprobada.
"""
