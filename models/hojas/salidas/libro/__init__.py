"""El libro de Excel que se escribe conforme se manda: un .xlsx es un .zip de XML, y aquí se hace por bloques.

No pasa por un archivo temporal ni por una biblioteca: la primera letra sale en cuanto hay un renglón, la memoria no crece y
el libro lleva lo que los de la casa llevan (llaves ocultas, rótulos, ayuda, identidad). ``docs/adr`` dice qué se comparó.
"""
