"""Qué formatos obligan a cada sujeto: los de su poder, ajustados por el órgano garante."""

from fracciones_config import Catalogo, Formato
from models.sujetos import Aplicabilidad, SujetoObligado


def formatos_de(sujeto_id: int, catalogo: Catalogo) -> tuple[Formato, ...]:
    """Los formatos activos que aplican a un sujeto obligado, en el orden de la ley."""
    sujeto = SujetoObligado.get_or_none(SujetoObligado.id == sujeto_id)
    if sujeto is None:
        return ()
    ajustes = {a.clave: a.aplica for a in Aplicabilidad.select().where(Aplicabilidad.sujeto_id == sujeto_id)}
    de_su_poder = {formato.clave for formato in catalogo.para(sujeto.poder)}
    return tuple(f for f in catalogo.activos if ajustes.get(f.clave, f.clave in de_su_poder))
