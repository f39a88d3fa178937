"""El puente de renglones con SIPOT: leer los libros oficiales ya llenos y devolver en ellos lo publicado.

``traducido`` presenta un libro oficial con la disposición de los nuestros, para que se lea, se revise y se cargue como
cualquiera; ``memoria`` guarda lo que el contenido de un registro no dice de su renglón (los números que unen sus subtablas, una
fecha escrita como texto), para devolverlo igual mientras nadie lo cambie; ``devolucion`` escribe el libro.
"""
