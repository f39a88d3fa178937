"""Lo que le pasó a lo público: publicaciones, correcciones, retiros y aprobaciones, un renglón por acto y periodo.

Es la historia que la ciudadanía lee en «Cambios» y con la que se contesta qué era público un día. Solo se agrega.
"""

from enum import StrEnum

from peewee import SQL, BigIntegerField, IntegerField, TextField

from models.base import DeSujeto


class Clase(StrEnum):
    """Qué fue. Las tres «…_revocado» deshacen la aprobación de su mismo formato y periodo."""

    PUBLICACION = "publicacion"
    CORRECCION = "correccion"
    RETIRO = "retiro"
    PROTECCION = "proteccion"
    NO_APLICA = "no_aplica"
    SIN_INFORMACION = "sin_informacion"
    SIN_CAMBIOS = "sin_cambios"
    NO_APLICA_REVOCADO = "no_aplica_revocado"
    SIN_INFORMACION_REVOCADO = "sin_informacion_revocado"
    SIN_CAMBIOS_REVOCADO = "sin_cambios_revocado"


class PubActo(DeSujeto):
    """Un acto sobre lo público de un formato, en un ejercicio y periodo (0 y vacío para lo vigente y «no aplica»).

    ``n`` son los registros que tocó; 0, si de ese periodo solo se mudaron a otro. ``saldo`` es lo que le sumó a los que eran
    públicos ahí: sumados hasta un instante dicen cuántos había. ``registro_id``, si el acto fue de uno solo. ``motivo`` es
    público: el del retiro o de la protección, o el texto aprobado.
    """

    clave = TextField()
    ejercicio = IntegerField()
    periodo = TextField()
    clase = TextField()
    n = IntegerField()
    saldo = IntegerField(default=0)
    registro_id = BigIntegerField(null=True)
    instante = BigIntegerField()
    motivo = TextField(null=True)

    class Meta:
        table_name = "pub_acto"
        indexes = (
            (("instante", "id"), False),
            (("sujeto_id", "instante", "id"), False),
            (("sujeto_id", "clave", "instante", "id", "ejercicio", "periodo", "saldo"), False),
        )


SON_APROBACIONES = SQL("clase NOT IN ('publicacion', 'correccion', 'retiro', 'proteccion')")
"""La condición de las aprobaciones y sus revocaciones, escrita igual en su índice y en quien las lee."""

PubActo.add_index(PubActo.index(PubActo.sujeto_id, PubActo.registro_id, PubActo.instante,
                                where=PubActo.registro_id.is_null(False), name="pub_acto_registro"))
# Solo los de un registro: para decir de cada uno si después se retiró.
PubActo.add_index(PubActo.index(PubActo.sujeto_id, PubActo.clave, PubActo.instante, where=SON_APROBACIONES,
                                name="pub_acto_aprobacion"))
