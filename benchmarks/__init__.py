"""Las medidas de la casa: ``make bench`` imprime un renglón JSON por cifra y sale con 1 si alguna rebasa su límite.

Cada módulo de ``figuras`` mide una cosa sobre procesos ``python app.py`` de verdad, como los que sirven a las personas.
``docs/rendimiento.md`` dice qué se midió, en qué máquina y qué se aprendió.
"""
