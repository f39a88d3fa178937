"""Lo que un registro recuerda del renglón oficial de SIPOT del que salió."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import Modelo


class RenglonSipot(Modelo):
    """De un registro que llegó en un libro oficial, lo que su contenido no dice (``models.hojas.sipot.memoria``, en JSON).

    Vale mientras el contenido siga siendo el de ``huella`` (``models.domain.repetidos``): quien lo cambia lo vuelve nuestro.
    """

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    huella = BigIntegerField()
    memoria = TextField()

    class Meta:
        table_name = "renglon_sipot"
        primary_key = CompositeKey("sujeto_id", "registro_id")
