"""La bitácora de actos y las versiones públicas: qué se hizo, y qué fue público y cuándo."""

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Acto(DeSujeto):
    """Un acto sobre un registro. Solo se agrega; nadie lo cambia ni lo borra.

    ``cambios`` es JSON ``{campo: [antes, despues]}``; ``version`` es la del registro después del acto. ``antes`` es JSON con
    lo que hace falta para deshacerlo; nulo, si no se deshace. (De «justificar», los datos personales de que habla, tapados.)
    """

    clave = TextField()
    registro_id = BigIntegerField()
    acto = TextField()
    estado_antes = TextField(null=True)
    estado = TextField(null=True)
    version = IntegerField()
    usuario_id = BigIntegerField()
    instante = BigIntegerField()
    motivo = TextField(null=True)
    cambios = TextField(null=True)
    antes = TextField(null=True)
    autoaprobacion = BooleanField(default=False)

    class Meta:
        table_name = "acto"
        indexes = (
            (("sujeto_id", "registro_id", "id"), False),
            (("sujeto_id", "clave", "id"), False),
        )


Acto.add_index(Acto.index(Acto.sujeto_id, Acto.instante, where=Acto.autoaprobacion, name="acto_autoaprobacion"))
# Solo las autoaprobaciones: son pocas, y los demás actos no pagan por ellas.


class ContenidoAnterior(Modelo):
    """Un contenido de trabajo que ya fue reemplazado, tal como estaba. Se escribe al reemplazarlo, y nunca cambia.

    ``version`` es la última del registro que lo tuvo. El de hoy no está aquí: está en su fila. Capturar no cuesta nada;
    editar, una fila.
    """

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    version = IntegerField()
    contenido = TextField()
    catalogo = IntegerField()
    contenido_en = BigIntegerField()

    class Meta:
        table_name = "contenido_anterior"
        primary_key = CompositeKey("sujeto_id", "registro_id", "version")


class PubVersion(Modelo):
    """Una versión pública que ya no rige, con los instantes en que lo fue. La de hoy está en ``pub_<clave>`` y en ningún otro
    lado: quien lea versiones, con ``models.versiones_publicas``.

    ``hasta`` nulo solo lo hay en bases de antes, que tenían aquí también la de hoy: no se lee. Si ``retiro`` no es nulo, la
    versión terminó en un retiro y dice el motivo.
    """

    sujeto_id = IntegerField()
    registro_id = BigIntegerField()
    numero = IntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    contenido = TextField()
    catalogo = IntegerField()
    actualizado_en = BigIntegerField()
    validado_en = BigIntegerField()
    desde = BigIntegerField()
    hasta = BigIntegerField(null=True)
    retiro = TextField(null=True)

    class Meta:
        table_name = "pub_version"
        primary_key = CompositeKey("sujeto_id", "registro_id", "numero")


PubVersion.add_index(PubVersion.index(
    PubVersion.sujeto_id, PubVersion.clave, PubVersion.ejercicio, PubVersion.registro_id, PubVersion.desde, PubVersion.hasta,
    where=PubVersion.hasta.is_null(False), name="pub_version_cerrada"))
# Qué era público un día se contesta sin recorrer. Parcial por las bases de antes, donde también están las de hoy.
