"""Los archivos que se adjuntan: quién los subió, en qué registros están y cuáles son públicos."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Archivo(DeSujeto):
    """Un archivo subido. El contenido está en disco con su SHA-256 por nombre; aquí, lo que se sabe de él."""

    sha256 = TextField()
    nombre = TextField()
    bytes = BigIntegerField()
    tipo = TextField()
    subido_por = BigIntegerField()
    subido_en = BigIntegerField()

    class Meta:
        table_name = "archivo"
        indexes = ((("sujeto_id", "sha256"), False), (("sujeto_id", "subido_por", "id"), False))


class RegistroArchivo(Modelo):
    """Qué archivos usa el contenido de trabajo de un registro."""

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    archivo_id = BigIntegerField()
    clave = TextField()

    class Meta:
        table_name = "registro_archivo"
        primary_key = CompositeKey("sujeto_id", "registro_id", "archivo_id")
        indexes = ((("sujeto_id", "archivo_id"), False),)


class PubArchivo(Modelo):
    """Los archivos de un registro público: solo estos se entregan a la ciudadanía."""

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    archivo_id = BigIntegerField()
    clave = TextField()
    sha256 = TextField()
    nombre = TextField()
    bytes = BigIntegerField()
    tipo = TextField()

    class Meta:
        table_name = "pub_archivo"
        primary_key = CompositeKey("sujeto_id", "registro_id", "archivo_id")
        indexes = ((("sujeto_id", "archivo_id"), False),)


class PubArchivoAnterior(Modelo):
    """Los archivos que se entregaron y ya no, y de qué registro eran: de un retirado se puede decir por qué.

    Sin su contenido ni su nombre. Si otro registro todavía lo lleva, ``pub_archivo`` lo dice y se entrega.
    """

    sujeto_id = IntegerField()
    archivo_id = BigIntegerField()
    registro_id = BigIntegerField()
    clave = TextField()

    class Meta:
        table_name = "pub_archivo_anterior"
        primary_key = CompositeKey("sujeto_id", "archivo_id", "registro_id")
