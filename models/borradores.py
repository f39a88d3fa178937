"""Lo que alguien tiene sobre la mesa: lo que va tecleando, lo que ya entregó y qué registro tiene abierto."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Borrador(DeSujeto):
    """Lo tecleado en un formulario que todavía no se guarda. ``campos`` es JSON: ``[[nombre, valor], …]`` tal como se mandaría.

    ``llave`` dice de qué hoja es: el folio del registro que se edita o, si es nuevo, el número de envío de la hoja.
    ``version`` es la del registro cuando se abrió.
    """

    usuario_id = BigIntegerField()
    clave = TextField()
    llave = TextField()
    registro_id = BigIntegerField(null=True)
    version = IntegerField(default=0)
    campos = TextField()
    creado_en = BigIntegerField()
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "borrador"
        indexes = ((("sujeto_id", "usuario_id", "clave", "llave"), True),)


class Entrega(Modelo):
    """Una hoja que ya se guardó sobre un registro: si llega otra vez, se contesta lo mismo y no se guarda dos veces.

    ``huella`` es la del contenido que dejó; ``version``, la del registro en que quedó.
    """

    sujeto_id = IntegerField()
    envio = TextField()
    registro_id = BigIntegerField()
    usuario_id = BigIntegerField()
    version = IntegerField()
    huella = TextField()
    instante = BigIntegerField()

    class Meta:
        table_name = "entrega"
        primary_key = CompositeKey("sujeto_id", "envio")


class Presencia(Modelo):
    """Alguien tiene abierto un registro para editarlo, desde ``desde`` y mientras renueve su arriendo, ``hasta``."""

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    usuario_id = BigIntegerField()
    desde = BigIntegerField()
    hasta = BigIntegerField()

    class Meta:
        table_name = "presencia"
        primary_key = CompositeKey("sujeto_id", "registro_id", "usuario_id")
