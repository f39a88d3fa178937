"""Los órganos colegiados por dentro: quién los integra, qué sesiones han tenido, y la copia que lee la ciudadanía."""

from peewee import BigIntegerField, DateField, TextField

from models.base import DeSujeto


class OrganoIntegrante(DeSujeto):
    """Una persona del directorio en un órgano, con su puesto en él, de una fecha a otra.

    ``nombre`` y ``cargo`` son los que tenía al anotarla: quien deja el órgano se sigue leyendo como entonces.
    """

    organo_id = BigIntegerField()
    persona_id = BigIntegerField()
    nombre = TextField()
    cargo = TextField(default="")
    puesto = TextField()
    desde = DateField()
    hasta = DateField(null=True)
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "organo_integrante"
        indexes = ((("sujeto_id", "organo_id", "id"), False), (("sujeto_id", "persona_id"), False))


class OrganoSesion(DeSujeto):
    """Una sesión de un órgano. ``orden_dia`` va un asunto por renglón; ``acta`` es el JSON del archivo, si ya la hay."""

    organo_id = BigIntegerField()
    numero = TextField()
    tipo = TextField()
    fecha = DateField()
    orden_dia = TextField(default="")
    acta = TextField(null=True)
    cambiado_en = BigIntegerField()

    class Meta:
        table_name = "organo_sesion"
        indexes = ((("sujeto_id", "organo_id", "fecha"), False),)


class PubOrgano(DeSujeto):
    """Lo que la ciudadanía lee de un órgano: ``contenido`` es JSON con sus datos, sus integrantes y sus sesiones."""

    nombre = TextField()
    contenido = TextField()
    publicado_en = BigIntegerField()

    class Meta:
        table_name = "pub_organo"
