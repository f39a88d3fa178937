"""El libro de la persona, de vuelta con lo que hay que corregir: celdas marcadas, una nota en cada una y la hoja ``Errores``.

Un .xlsx se marca por dentro y lo demás sale como estaba; de otra forma (o solo los renglones malos), se hace de nuevo con la
disposición de la casa. Todo en un proceso con límites: el libro es ajeno. La puerta es ``make_libro_de_errores``.
"""

from models.hojas.errores.libro import make_libro_de_errores, name_of

__all__ = ["make_libro_de_errores", "name_of"]
