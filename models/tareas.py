"""El trabajo largo: la verdad está en estas tablas; a nadie más se le pregunta qué falta por hacer."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Trabajo(DeSujeto):
    """Una tarea larga. ``arriendo`` es hasta cuándo la tiene ``dueno``; ``hecho`` dice por dónde va.

    ``estado``: ``pendiente``, ``en_curso``, ``terminado``, ``fallido`` o ``cancelado``.
    """

    tipo = TextField()
    parametros = TextField(default="{}")
    estado = TextField(default="pendiente")
    total = IntegerField(default=0)
    hecho = IntegerField(default=0)
    dueno = TextField(null=True)
    arriendo = BigIntegerField(default=0)
    intentos = IntegerField(default=0)
    resultado = TextField(default="{}")
    creado_por = BigIntegerField()
    creado_en = BigIntegerField()
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "trabajo"
        indexes = ((("sujeto_id", "creado_por", "id"), False), (("estado", "arriendo"), False))


class Lote(DeSujeto):
    """Un conjunto congelado de registros sobre el que una persona confirmará un acto; ya hecho, es su acuse.

    ``motivos_campo`` es JSON ``{campo: motivo}``. ``desde`` es el instante antes del cual no se hace (nulo: en el acto).
    De lo hecho quedan ``hecho_en``, ``lugares`` (JSON ``{"2026/T1": registros}``) y ``huella`` (``models.domain.huellas``).
    """

    clave = TextField()
    acto = TextField()
    motivo = TextField(null=True)
    motivos_campo = TextField(null=True)
    usuario_id = BigIntegerField()
    creado_en = BigIntegerField()
    confirmado_en = BigIntegerField(null=True)
    desde = BigIntegerField(null=True)
    hecho_en = BigIntegerField(null=True)
    trabajo_id = BigIntegerField(null=True)
    n = IntegerField(default=0)
    lugares = TextField(null=True)
    huella = TextField(null=True)

    class Meta:
        table_name = "lote"
        indexes = ((("sujeto_id", "usuario_id", "id"), False),)


class LoteRenglon(Modelo):
    """Un registro del lote, con la versión que la persona vio. ``resultado`` nulo es por hacer; ``""``, hecho."""

    sujeto_id = IntegerField()
    lote_id = BigIntegerField()
    registro_id = BigIntegerField()
    version = IntegerField()
    resultado = TextField(null=True)

    class Meta:
        table_name = "lote_renglon"
        primary_key = CompositeKey("sujeto_id", "lote_id", "registro_id")
