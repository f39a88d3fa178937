"""Las palabras de lo publicado, para sugerirlas mientras alguien teclea o cuando se equivocó."""

from peewee import IntegerField, TextField

from models.base import Modelo


class PubPalabra(Modelo):
    """Una palabra: como se busca (``raiz``), como la gente la escribe (``forma``), sin acentos (``plegada``), y en cuántos
    registros está. La rehace el trabajador; quien la sugiere comprueba que todavía se halle algo con ella."""

    raiz = TextField(primary_key=True)
    forma = TextField()
    plegada = TextField()
    n = IntegerField()

    class Meta:
        table_name = "pub_busqueda_palabra"
        indexes = ((("plegada",), False),)
