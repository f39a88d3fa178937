"""La base de datos y la madre de todos los modelos."""

from typing import Any

from peewee import BigIntegerField, CompositeKey, DatabaseProxy, IntegerField, Model

db = DatabaseProxy()
"""La base en uso. ``models.motores.abrir`` la hace; ``db.initialize`` la pone."""


class Modelo(Model):
    """Madre de todas las tablas: la base y el nombre explícito de cada una."""

    class Meta:
        database = db
        legacy_table_names = False


class DeSujeto(Modelo):
    """Tabla de un sujeto obligado: su llave es siempre ``(sujeto_id, id)``, y el sujeto va primero."""

    sujeto_id = IntegerField()
    id = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("sujeto_id", "id")


def insert_if_absent(modelo: type[Modelo], **datos: Any) -> bool:
    """Inserta una fila si su llave no existe. Dice si la insertó."""
    return bool(modelo.insert(**datos).on_conflict_ignore().as_rowcount().execute())
