"""Lo que el órgano garante ha leído de una institución sin que estuviera publicado. Solo se agrega."""

from peewee import BigIntegerField, IntegerField, TextField

from models.base import DeSujeto


class Lectura(DeSujeto):
    """Quién leyó qué y cuándo. ``registro_id`` nulo: una lista, de ``cuantos`` registros."""

    clave = TextField()
    registro_id = BigIntegerField(null=True)
    titulo = TextField(default="")
    cuantos = IntegerField(default=1)
    por_id = BigIntegerField()
    por_nombre = TextField()
    instante = BigIntegerField()

    class Meta:
        table_name = "lectura"
