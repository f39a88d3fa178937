"""Lo que la gente se escribe dentro de la oficina y lo que el sistema le avisa.

Una conversación (``Hilo`` y sus ``Mensaje``) vive en la partición de su institución. Cada persona tiene su propia
``Entrada`` en el buzón: de ahí salen la bandeja y la cuenta de lo que no ha leído, sin mirar nada más. El órgano garante no
es de ninguna institución: sus entradas viven en la partición ``DEL_GARANTE`` y dicen en cuál está la conversación.
"""

from peewee import BigIntegerField, BooleanField, CompositeKey, DateField, IntegerField, TextField

from models.base import DeSujeto, Modelo

DEL_GARANTE = 0
"""La partición de lo que no es de una institución: ningún sujeto obligado lleva ese número."""


class Hilo(DeSujeto):
    """Una conversación. ``tipo``: ``mensaje`` u ``observacion``.

    ``para`` dice a quiénes se mandó, con las palabras en que se eligió; ``envio`` une las copias de un mismo envío.
    """

    tipo = TextField()
    asunto = TextField()
    para = TextField(default="")
    envio = BigIntegerField()
    abierto_por = BigIntegerField()
    creado_en = BigIntegerField()

    class Meta:
        table_name = "hilo"


class Mensaje(DeSujeto):
    """Lo que alguien escribió. El nombre y el papel quedan como eran ese día."""

    hilo_id = BigIntegerField()
    autor_id = BigIntegerField()
    autor_nombre = TextField()
    autor_rol = TextField()
    texto = TextField()
    creado_en = BigIntegerField()

    class Meta:
        table_name = "mensaje"
        indexes = ((("sujeto_id", "hilo_id", "id"), False),)


class Entrada(DeSujeto):
    """Un renglón del buzón de una persona: una conversación suya, o un aviso del sistema (sin ``hilo_id``).

    ``tipo``: ``mensaje``, ``observacion`` o ``aviso``; ``acto`` es de qué avisa. ``en`` es la institución del hilo. ``orden``
    crece con lo último que llegó, y por él se pagina. ``llave`` impide que lo mismo entre dos veces: mientras un aviso de un
    acto no se lea, los siguientes iguales suman en ``n``. ``busca`` es lo que se lee en la bandeja, sin acentos.
    """

    usuario_id = BigIntegerField()
    tipo = TextField()
    acto = TextField(default="")
    asunto = TextField()
    de = TextField()
    de_rol = TextField(default="")
    texto = TextField(default="")
    busca = TextField(default="")
    hilo_id = BigIntegerField(null=True)
    en = IntegerField(null=True)
    envio = BigIntegerField(null=True)
    clave = TextField(null=True)
    registro_id = BigIntegerField(null=True)
    n = IntegerField(default=1)
    llave = TextField(null=True)
    sin_leer = BooleanField(default=True)
    leida_en = BigIntegerField(null=True)
    recibida = BooleanField(default=True)
    enviada = BooleanField(default=False)
    orden = BigIntegerField()

    class Meta:
        table_name = "buzon"
        indexes = ((("sujeto_id", "usuario_id", "orden"), False), (("sujeto_id", "usuario_id", "sin_leer", "orden"), False),
                   (("sujeto_id", "hilo_id"), False), (("sujeto_id", "usuario_id", "llave"), True))


class Observacion(DeSujeto):
    """Un hilo atado a un formato, a un registro o a un campo suyo; su ``id`` es el del hilo.

    ``origen``: ``garante``, ``unidad`` o ``area``. ``situacion``: ``abierta``, ``atendida`` o ``cerrada``. ``hecha_por`` no
    cambia nunca; ``responsable_id`` es quien hoy responde por ella. ``a_cargo_de`` y ``area_id`` son los del registro.
    """

    clave = TextField()
    registro_id = BigIntegerField(null=True)
    campo = TextField(null=True)
    titulo = TextField(default="")
    origen = TextField()
    hecha_por = BigIntegerField()
    responsable_id = BigIntegerField()
    a_cargo_de = BigIntegerField(null=True)
    area_id = BigIntegerField(null=True)
    vence = DateField()
    situacion = TextField()
    atendida_por = BigIntegerField(null=True)
    atendida_en = BigIntegerField(null=True)
    cerrada_por = BigIntegerField(null=True)
    cerrada_en = BigIntegerField(null=True)

    class Meta:
        table_name = "observacion"
        indexes = ((("sujeto_id", "situacion", "vence"), False), (("sujeto_id", "clave", "registro_id"), False))


class Recordatorio(DeSujeto):
    """Que la Unidad recordó una entrega cierto día (``dia``, ISO). Lo vigente lleva ejercicio 0 y periodo vacío."""

    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    dia = TextField()
    por = BigIntegerField()

    class Meta:
        table_name = "recordatorio"
        indexes = ((("sujeto_id", "clave", "ejercicio", "periodo", "dia"), True),)


class PlazoAvisado(Modelo):
    """Que a esa persona ya se le avisó que esa entrega está por vencer, o que venció: no se le vuelve a avisar."""

    sujeto_id = IntegerField()
    usuario_id = BigIntegerField()
    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    situacion = TextField()
    dia = TextField()

    class Meta:
        table_name = "plazo_avisado"
        primary_key = CompositeKey("sujeto_id", "usuario_id", "clave", "ejercicio", "periodo", "situacion")


class TareaDiaria(Modelo):
    """Que una tarea de cada día ya se hizo en una institución."""

    sujeto_id = IntegerField()
    tarea = TextField()
    dia = TextField()

    class Meta:
        table_name = "tarea_diaria"
        primary_key = CompositeKey("sujeto_id", "tarea", "dia")


class ResumenCorreo(Modelo):
    """El resumen por correo de una persona en un día. ``situacion``: ``tomado``, ``enviado``, ``pendiente`` o ``fallido``.

    ``hasta`` es el ``orden`` de lo último que contaba; ``siguiente``, desde qué instante se vuelve a intentar.
    """

    sujeto_id = IntegerField()
    usuario_id = BigIntegerField()
    dia = TextField()
    situacion = TextField()
    hasta = BigIntegerField(default=0)
    intentos = IntegerField(default=0)
    siguiente = BigIntegerField(default=0)
    error = TextField(null=True)

    class Meta:
        table_name = "resumen_correo"
        primary_key = CompositeKey("sujeto_id", "usuario_id", "dia")
