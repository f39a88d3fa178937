"""El catálogo en vigor, guardado por versiones; y la columna física de cada campo, fija desde que se vio por primera vez."""

from peewee import BigIntegerField, CompositeKey, IntegerField, TextField

from models.base import Modelo


class CatalogoVersion(Modelo):
    """Una versión aplicada: los archivos tal cual (JSON ruta → base64), la forma compilada y su huella."""

    numero = IntegerField(primary_key=True)
    huella = TextField()
    archivos = TextField()
    compilado = TextField()
    aplicado_en = BigIntegerField()
    aplicado_por = TextField()

    class Meta:
        table_name = "catalogo_version"


class EsquemaCampo(Modelo):
    """Qué columna física guarda un campo. ``baja`` oculta; los datos quedan."""

    clave = TextField()
    nombre = TextField()
    columna = TextField()
    tipo = TextField()
    alta = IntegerField()
    baja = IntegerField(null=True)

    class Meta:
        table_name = "esquema_campo"
        primary_key = CompositeKey("clave", "columna")


class FormatoVersion(Modelo):
    """En qué versión del catálogo cambió por última vez cada formato: lo validado antes se vuelve a validar.

    ``molde`` es con cuál forma del programa se hicieron sus dos tablas (``models.esquema.MOLDE``);
    ``sumas``, qué se contaba de lo publicado la última vez que se contó todo (``models.sumas``).
    """

    clave = TextField(primary_key=True)
    huella = TextField()
    numero = IntegerField()
    molde = IntegerField(null=True)
    sumas = TextField(null=True)

    class Meta:
        table_name = "formato_version"


class Escritor(Modelo):
    """El número de escritor que cada proceso tiene arrendado (va dentro de los identificadores)."""

    numero = IntegerField(primary_key=True)
    dueno = TextField()
    vence = BigIntegerField()

    class Meta:
        table_name = "escritor"


class IndiceForma(Modelo):
    """Con qué forma y qué reglas se hizo un índice. Sin su fila, el que hay es de antes de que se apuntara.

    (``models.domain.workflow.indizado`` lo rehace si no son las de hoy.)
    """

    nombre = TextField(primary_key=True)
    forma = IntegerField()
    reglas = IntegerField()

    class Meta:
        table_name = "indice_forma"
