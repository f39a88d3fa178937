"""La plantilla de un formato: el libro que una institución llena en su hoja de cálculo y vuelve a subir.

``libro`` lo arma; ``columnas`` dice cada una con su rótulo, su nota y su regla; ``celdas``, cómo se escribe cada tipo.
"""
