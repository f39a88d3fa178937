"""Las personas que trabajan en el sistema, lo que se les asignó y sus sesiones."""

from peewee import BigIntegerField, BooleanField, IntegerField, TextField

from models.base import DeSujeto, Modelo


class Usuario(Modelo):
    """Una cuenta. ``sujeto_id`` es nulo solo para el órgano garante; los instantes van en milisegundos UTC.

    ``permisos`` es de la gente del órgano garante: sus permisos, con espacios; nulo, todos (así nacen las primeras cuentas).

    ``persona_id`` es quién es en el directorio, si está en él. ``desde`` y ``hasta`` son las fechas de una suplencia.
    ``correo`` lo pone la persona, para el resumen de cada día; ``resumen`` es falso si ya no lo quiere.
    """

    id = BigIntegerField(primary_key=True)
    usuario = TextField(unique=True)
    nombre = TextField()
    rol = TextField()
    sujeto_id = IntegerField(null=True, index=True)
    contrasena = TextField()
    contrasena_vence = BigIntegerField(null=True)
    debe_cambiar = BooleanField(default=True)
    activo = BooleanField(default=True)
    desde = BigIntegerField(null=True)
    hasta = BigIntegerField(null=True)
    de_demostracion = BooleanField(default=False)
    persona_id = BigIntegerField(null=True)
    permisos = TextField(null=True)
    correo = TextField(null=True)
    resumen = BooleanField(null=True)
    creado_en = BigIntegerField()

    class Meta:
        table_name = "usuario"


class Asignacion(DeSujeto):
    """Algo que se le encarga a una persona: un formato, una fracción (``12-XI``) o un artículo (``12``).

    ``areas`` es una lista JSON de folios; vacía, sin límite de área.
    """

    usuario_id = BigIntegerField()
    alcance = TextField()
    valor = TextField()
    areas = TextField(default="[]")

    class Meta:
        table_name = "asignacion"
        indexes = ((("sujeto_id", "usuario_id", "alcance", "valor"), True),)


class ActoDeCuenta(Modelo):
    """Lo que se hizo con una cuenta: quién, cuándo y qué. Solo se agrega."""

    id = BigIntegerField(primary_key=True)
    cuenta_id = BigIntegerField()
    acto = TextField()
    detalle = TextField(default="")
    por_id = BigIntegerField()
    por_nombre = TextField()
    instante = BigIntegerField()

    class Meta:
        table_name = "acto_cuenta"
        indexes = ((("cuenta_id", "id"), False),)


class Sesion(Modelo):
    """Una sesión abierta. Se guarda el SHA-256 del número que viaja en la cookie, no el número."""

    huella = TextField(primary_key=True)
    usuario_id = BigIntegerField(index=True)
    creada = BigIntegerField()
    vista = BigIntegerField()

    class Meta:
        table_name = "sesion"


class Intento(Modelo):
    """Un intento fallido de entrar. ``origen`` es la huella de una cuenta (exista o no) o de una dirección de red."""

    id = BigIntegerField(primary_key=True)
    origen = TextField()
    instante = BigIntegerField()

    class Meta:
        table_name = "intento"
        indexes = ((("origen", "instante"), False),)
