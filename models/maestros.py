"""Los maestros de cada sujeto obligado: áreas, personas y órganos colegiados. No tienen periodo.

``datos`` guarda, en JSON, sus datos oficiales con la misma forma que los de un registro (``docs/arquitectura.md``).
Los que están en uso no se borran: se dan de baja con fecha.
"""

from peewee import BigIntegerField, IntegerField, TextField

from models.base import DeSujeto


class Area(DeSujeto):
    """Un área del organigrama; ``padre_id`` es el área de la que depende."""

    nombre = TextField()
    padre_id = BigIntegerField(null=True)
    orden = IntegerField(default=0)
    datos = TextField(default="{}")
    baja_en = BigIntegerField(null=True)
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "area"


class Persona(DeSujeto):
    """Una persona servidora pública del directorio."""

    nombre = TextField()
    area_id = BigIntegerField(null=True)
    datos = TextField(default="{}")
    baja_en = BigIntegerField(null=True)
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "persona"


class Organo(DeSujeto):
    """Un órgano colegiado: cabildo, comité, consejo.

    ``tocado_por`` y ``tocado_en`` dicen quién cambió al último algo de él: sus datos, sus integrantes o sus sesiones.
    """

    nombre = TextField()
    datos = TextField(default="{}")
    baja_en = BigIntegerField(null=True)
    cambiado_en = BigIntegerField()
    tocado_por = BigIntegerField(null=True)
    tocado_en = BigIntegerField(null=True)

    class Meta:
        table_name = "organo"
