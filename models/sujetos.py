"""Los sujetos obligados, y la copia publicada de sus datos."""

from peewee import BigIntegerField, BooleanField, CompositeKey, IntegerField, TextField

from models.base import Modelo


class SujetoObligado(Modelo):
    """Una institución obligada. ``siglas`` es su dirección pública; las cambia solo el órgano garante.

    Una extinta tiene ``activo`` falso y dice el día (``"2026-12-31"``) y el motivo; su gente ya no escribe.
    ``guia_cerrada``: su Unidad quitó los primeros pasos del tablero.
    """

    id = IntegerField(primary_key=True)
    siglas = TextField(unique=True)
    nombre = TextField()
    nombre_corto = TextField()
    poder = TextField()
    municipio = TextField(null=True)
    datos = TextField(default="{}")
    activo = BooleanField(default=True)
    extinto_en = TextField(null=True)
    extinto_motivo = TextField(null=True)
    cuatro_ojos = BooleanField(default=False)
    guia_cerrada = BooleanField(null=True)

    class Meta:
        table_name = "sujeto_obligado"


class ActoDeSujeto(Modelo):
    """Lo que se cambió de una institución: quién, cuándo, qué, y cómo estaba antes (JSON). Solo se agrega.

    ``objeto_id`` es de qué se trata, si es de una parte suya (un órgano colegiado).
    """

    sujeto_id = IntegerField()
    instante = BigIntegerField()
    por_id = BigIntegerField()
    por_nombre = TextField()
    acto = TextField()
    detalle = TextField(default="")
    antes = TextField(default="{}")
    objeto_id = BigIntegerField(null=True)

    class Meta:
        table_name = "acto_sujeto"
        primary_key = CompositeKey("sujeto_id", "instante", "por_id")
        indexes = ((("sujeto_id", "objeto_id", "instante"), False),)


class SiglasAnteriores(Modelo):
    """Siglas que un sujeto tuvo: redirigen a las de hoy."""

    siglas = TextField(primary_key=True)
    sujeto_id = IntegerField()

    class Meta:
        table_name = "pub_siglas_anteriores"


class Aplicabilidad(Modelo):
    """El ajuste del órgano garante: si un formato obliga o no a un sujeto, distinto de lo que toca a su poder."""

    sujeto_id = IntegerField()
    clave = TextField()
    aplica = BooleanField()

    class Meta:
        table_name = "aplicabilidad"
        primary_key = CompositeKey("sujeto_id", "clave")


class PubSujeto(Modelo):
    """Lo que la ciudadanía lee de una institución. ``datos`` es JSON: domicilio, teléfono, horario, enlaces."""

    sujeto_id = IntegerField(primary_key=True)
    siglas = TextField(unique=True)
    nombre = TextField()
    nombre_corto = TextField()
    poder = TextField()
    municipio = TextField(null=True)
    datos = TextField(default="{}")
    claves = TextField(default="[]")
    extinto_en = TextField(null=True)
    extinto_motivo = TextField(null=True)
    publicado_en = BigIntegerField()

    class Meta:
        table_name = "pub_sujeto"


class PubSujetoAntes(Modelo):
    """Lo que la ciudadanía leía de una institución de ``desde`` a ``hasta``, antes de cambiar a lo de ahora o a otra cosa.

    ``contenido`` es JSON con las columnas de ``PubSujeto`` que se leen. Lo de hoy está en ``PubSujeto``.
    """

    sujeto_id = IntegerField()
    desde = BigIntegerField()
    hasta = BigIntegerField()
    contenido = TextField()

    class Meta:
        table_name = "pub_sujeto_antes"
        primary_key = CompositeKey("sujeto_id", "desde")


class PubNoAplica(Modelo):
    """El texto aprobado de por qué un formato no aplica a una institución."""

    sujeto_id = IntegerField()
    clave = TextField()
    fundamento = TextField()
    desde = BigIntegerField()

    class Meta:
        table_name = "pub_no_aplica"
        primary_key = CompositeKey("sujeto_id", "clave")
