"""Los originales que se sellan al suprimir un dato, y lo que falta borrar del disco cuando el acta ordena borrarlos."""

from peewee import BigIntegerField, DateField, IntegerField, TextField

from models.base import DeSujeto


class Sellado(DeSujeto):
    """Un dato tal como se publicó, aparte de todo: solo lo abre quien tiene un permiso propio, y cada lectura se apunta.

    ``version`` es la pública en que estaba (nula: solo en lo de trabajo); ``original``, el dato en JSON; ``sha256``, el
    contenido del archivo, si el dato es uno.
    """

    clave = TextField()
    registro_id = BigIntegerField()
    campo = TextField()
    columna = TextField(null=True)
    version = IntegerField(null=True)
    original = TextField()
    sha256 = TextField(null=True)
    acta = TextField()
    acta_fecha = DateField()
    sellado_por = BigIntegerField()
    sellado_en = BigIntegerField()

    class Meta:
        table_name = "sellado"
        indexes = ((("sujeto_id", "registro_id"), False),)


class PorBorrar(DeSujeto):
    """Algo que ya salió de la base y falta quitar del disco: se apunta en la transacción que lo sacó.

    ``clase``: ``contenido`` (``cual`` es su SHA-256), ``expediente`` (el nombre del archivo), ``volcado`` (los hechos hasta el
    instante ``cual``) o ``base`` (reescribir la base, para que sus páginas ya no tengan el dato; ``cual`` es el formato).
    """

    clase = TextField()
    cual = TextField(default="")

    class Meta:
        table_name = "por_borrar"
