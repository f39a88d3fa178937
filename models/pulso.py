"""El pulso: un número por sujeto obligado que cambia cada vez que cambia algo público suyo.

Lo que una página recordó sirve mientras el pulso sea el mismo, en este proceso y en cualquier otro. Es un renglón por
institución, así que dos de ellas publican a la vez sin estorbarse.
"""

from peewee import EXCLUDED, BigIntegerField, Case, IntegerField

from models.base import Modelo
from models.reloj import ahora


class PubPulso(Modelo):
    """``n`` es el instante del último cambio (milisegundos), o uno más que el anterior si cae en el mismo: nunca se repite."""

    sujeto_id = IntegerField(primary_key=True)
    n = BigIntegerField()

    class Meta:
        table_name = "pub_pulso"


def beat(sujeto_id: int) -> None:
    """Lo llama, al terminar, todo el que escribe en una tabla ``pub_…`` de una institución; en su misma transacción.

    Va después de lo escrito: en PostgreSQL aparta su renglón hasta que la transacción acaba.
    """
    despues = Case(None, [(EXCLUDED.n > PubPulso.n, EXCLUDED.n)], PubPulso.n + 1)
    PubPulso.insert(sujeto_id=sujeto_id, n=ahora()).on_conflict(
        conflict_target=[PubPulso.sujeto_id], update={PubPulso.n: despues}).execute()
