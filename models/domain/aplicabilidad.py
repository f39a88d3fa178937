"""Qué formatos obligan a cada sujeto: los de su poder, ajustados por el órgano garante."""

from collections import defaultdict
from collections.abc import Collection

from fracciones_config import Catalogo, Formato
from models.sujetos import Aplicabilidad, SujetoObligado


def formatos_de(sujeto_id: int, catalogo: Catalogo) -> tuple[Formato, ...]:
    """Los formatos activos que aplican a un sujeto obligado, en el orden de la ley; ninguno si no existe."""
    return formatos_por_sujeto([sujeto_id], catalogo).get(sujeto_id, ())


def formatos_por_sujeto(ids: Collection[int], catalogo: Catalogo) -> dict[int, tuple[Formato, ...]]:
    """Lo mismo de muchos, con dos consultas en total. Los que no existen no vienen."""
    ajustes: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for ajuste in Aplicabilidad.select().where(Aplicabilidad.sujeto_id.in_(ids)):
        ajustes[ajuste.sujeto_id][ajuste.clave] = ajuste.aplica
    sujetos = SujetoObligado.select(SujetoObligado.id, SujetoObligado.poder).where(SujetoObligado.id.in_(ids))
    poderes = dict(sujetos.tuples())
    de_poder = {poder: {formato.clave for formato in catalogo.para(poder)} for poder in set(poderes.values())}
    return {
        id_: tuple(f for f in catalogo.activos if ajustes[id_].get(f.clave, f.clave in de_poder[poder]))
        for id_, poder in poderes.items()
    }
