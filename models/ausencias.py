"""Por qué un formato no tiene información: no aplica, o no se generó en un periodo. Lo propone el servidor público y lo
aprueba la Unidad; solo lo aprobado llega a la ciudadanía."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Ausencia(DeSujeto):
    """Una propuesta y su suerte. ``tipo``: ``no_aplica`` o ``no_se_genero``; el primero lleva ejercicio 0 y periodo vacío.

    ``situacion``: propuesta, devuelta, aprobada o revocada. No se borra: es la historia.
    """

    clave = TextField()
    tipo = TextField()
    ejercicio = IntegerField(default=0)
    periodo = TextField(default="")
    texto = TextField()
    situacion = TextField()
    propuesta_por = BigIntegerField()
    propuesta_en = BigIntegerField()
    decidida_por = BigIntegerField(null=True)
    decidida_en = BigIntegerField(null=True)
    motivo = TextField(null=True)

    class Meta:
        table_name = "ausencia"
        indexes = ((("sujeto_id", "situacion", "id"), False), (("sujeto_id", "clave", "id"), False))


class PubSinInformacion(Modelo):
    """Lo que la ciudadanía lee en vez de una tabla vacía: en ese periodo no se generó información, y por qué."""

    sujeto_id = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    texto = TextField()
    desde = BigIntegerField()

    class Meta:
        table_name = "pub_sin_informacion"
        primary_key = CompositeKey("sujeto_id", "clave", "ejercicio", "periodo")
