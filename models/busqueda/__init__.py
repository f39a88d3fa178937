"""La búsqueda: una sola forma de partir el texto, dos motores que la guardan, los mismos resultados.

``normalizador`` vuelve palabras el texto, ``consulta`` entiende lo tecleado e ``indice`` guarda y encuentra.
Ningún motor acentúa, parte ni recorta palabras: reciben todo terminado, y por eso contestan igual.
"""
