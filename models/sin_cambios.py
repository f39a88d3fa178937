"""«Sin cambios»: alguien confirmó que lo público de un formato, en un periodo, sigue siendo lo que es."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Confirmacion(DeSujeto):
    """Una confirmación y su suerte: un formato en un periodo.

    ``situacion``: propuesta, devuelta, aprobada o revocada. Lo que la Unidad confirma directamente nace aprobado. No se
    borra: es la historia.
    """

    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    situacion = TextField()
    propuesta_por = BigIntegerField()
    propuesta_en = BigIntegerField()
    decidida_por = BigIntegerField(null=True)
    decidida_en = BigIntegerField(null=True)
    motivo = TextField(null=True)

    class Meta:
        table_name = "confirmacion"
        indexes = ((("sujeto_id", "situacion", "id"), False), (("sujeto_id", "clave", "id"), False))


class PubSinCambios(Modelo):
    """Lo que la ciudadanía lee: «Confirmado sin cambios el…». ``desde`` es el instante en que la Unidad lo confirmó."""

    sujeto_id = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    desde = BigIntegerField()

    class Meta:
        table_name = "pub_sin_cambios"
        primary_key = CompositeKey("sujeto_id", "clave", "ejercicio", "periodo")
