"""Los contadores: los escribe solo el flujo de trabajo, en la misma transacción que el cambio. Nadie cuenta filas."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import Modelo


class Tablero(Modelo):
    """Cuántos registros hay en cada estado, por sujeto, formato, ejercicio y periodo."""

    sujeto_id = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    estado = TextField()
    n = IntegerField()
    ultimo_cambio = BigIntegerField()

    class Meta:
        table_name = "tablero"
        primary_key = CompositeKey("sujeto_id", "clave", "ejercicio", "periodo", "estado")


class PubResumen(Modelo):
    """Cuántos registros públicos hay y cuándo cambió lo público. ``huella`` cambia con cada publicación o retiro."""

    sujeto_id = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    n = IntegerField()
    ultima_publicacion = BigIntegerField()
    ultima_actualizacion = BigIntegerField()

    class Meta:
        table_name = "pub_resumen"
        primary_key = CompositeKey("sujeto_id", "clave", "ejercicio", "periodo")
