"""Las prórrogas que da el órgano garante, y la copia que la ciudadanía lee de las que están en vigor."""

from peewee import BigIntegerField, IntegerField, TextField

from models.base import Modelo


class Prorroga(Modelo):
    """Más plazo para un formato en un periodo. ``destinatario``: ``todas``, ``clase:municipal`` o ``sujeto:17``.

    ``limite`` es el último día (``"2026-12-31"``). No se borra: se revoca.
    """

    id = BigIntegerField(primary_key=True)
    destinatario = TextField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    limite = TextField()
    motivo = TextField()
    por_id = BigIntegerField()
    por_nombre = TextField()
    instante = BigIntegerField()
    revocada_en = BigIntegerField(null=True)
    revocada_por = TextField(null=True)

    class Meta:
        table_name = "prorroga"
        indexes = ((("destinatario", "clave"), False),)


class PubProrroga(Modelo):
    """La copia pública de una prórroga en vigor: nace al darla y se quita al revocarla. Lo demás, como ``Prorroga``."""

    id = BigIntegerField(primary_key=True)
    destinatario = TextField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    limite = TextField()
    motivo = TextField()

    class Meta:
        table_name = "pub_prorroga"
        indexes = ((("destinatario", "clave"), False),)
