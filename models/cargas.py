"""Las cargas: un libro que alguien subió a un formato, y hasta dónde llegó. Lo que se leyó de él vive en su expediente."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo
from models.folios import a_folio


class Carga(DeSujeto):
    """Un libro subido a un formato, del archivo original a los registros que dejó.

    ``situacion``: ``recibida``, ``revisando``, ``revisada`` (espera que la persona confirme), ``confirmada``, ``cargada``,
    ``rechazada`` (``mensaje`` dice por qué), ``interrumpida``, ``cancelada`` o ``deshecha``. ``opciones``, ``resumen`` y
    ``receta`` son JSON; sus llaves las dice ``models.hojas.cargas``. ``sha256`` y ``bytes`` son los del libro tal como llegó.
    """

    clave = TextField()
    usuario_id = BigIntegerField()
    nombre = TextField()
    sha256 = TextField()
    bytes = BigIntegerField()
    forma = TextField(null=True)
    situacion = TextField(default="recibida")
    opciones = TextField(default="{}")
    receta = TextField(default="[]")
    resumen = TextField(default="{}")
    mensaje = TextField(null=True)
    catalogo = IntegerField(default=0)
    trabajo_id = BigIntegerField(null=True)
    creado_en = BigIntegerField()
    cambiado_en = BigIntegerField()
    cargado_en = BigIntegerField(null=True)

    @property
    def folio(self) -> str:
        """Como se nombra fuera de la base."""
        return a_folio(self.id)

    class Meta:
        table_name = "carga"
        indexes = ((("sujeto_id", "usuario_id", "id"), False), (("sujeto_id", "clave", "id"), False))


class CargaRegistro(Modelo):
    """Un registro que una carga creó, cambió o pidió dar de baja (``accion``: ``nuevo``, ``cambia`` o ``baja``).

    ``antes`` es la versión que tenía (nula: nació con ella); ``version``, la que le dejó: mientras siga en esa, la carga se
    puede deshacer. ``fila`` es su renglón en el libro, y ``huella`` la cifra de lo que ese renglón decía: el mismo libro no
    se carga dos veces aunque después se haya corregido el registro.
    """

    sujeto_id = IntegerField()
    carga_id = BigIntegerField()
    registro_id = BigIntegerField()
    accion = TextField()
    fila = IntegerField()
    antes = IntegerField(null=True)
    version = IntegerField()
    huella = BigIntegerField(null=True)

    class Meta:
        table_name = "carga_registro"
        primary_key = CompositeKey("sujeto_id", "carga_id", "registro_id")
        indexes = ((("sujeto_id", "huella"), False),)


class CargaPrevia(Modelo):
    """La fila de trabajo de un registro tal como estaba antes de que una carga lo cambiara, en JSON: así se puede deshacer."""

    sujeto_id = IntegerField()
    carga_id = BigIntegerField()
    registro_id = BigIntegerField()
    fila = TextField()

    class Meta:
        table_name = "carga_previa"
        primary_key = CompositeKey("sujeto_id", "carga_id", "registro_id")


class CargaArchivo(Modelo):
    """Un archivo que llegó junto a un libro, por el nombre con que sus celdas lo llaman (plegado)."""

    sujeto_id = IntegerField()
    carga_id = BigIntegerField()
    nombre = TextField()
    archivo_id = BigIntegerField()

    class Meta:
        table_name = "carga_archivo"
        primary_key = CompositeKey("sujeto_id", "carga_id", "nombre")


class Receta(DeSujeto):
    """Las correcciones que una institución aceptó en un formato: la próxima vez se ofrecen ya marcadas."""

    clave = TextField()
    correccion = TextField()
    aceptada_por = BigIntegerField()
    aceptada_en = BigIntegerField()

    class Meta:
        table_name = "receta"
        indexes = ((("sujeto_id", "clave", "correccion"), True),)


class ArchivoPendiente(Modelo):
    """Un archivo que el libro nombró y no llegó: al registro le falta, y se le puede poner después.

    ``campo`` es el del formato; ``nombre``, lo que decía la celda; ``clave``, el formato.
    """

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    campo = TextField()
    nombre = TextField()
    plegado = TextField()
    clave = TextField()
    carga_id = BigIntegerField()

    class Meta:
        table_name = "archivo_pendiente"
        primary_key = CompositeKey("sujeto_id", "registro_id", "campo")
        indexes = ((("sujeto_id", "clave", "plegado"), False), (("sujeto_id", "carga_id"), False))
