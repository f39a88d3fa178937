"""Qué formatos obligan a cada institución, ajustado por el órgano garante: uno por uno o por fracción, con su razón."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from fracciones_config import Catalogo, Formato
from models.base import db
from models.conteos import PubResumen
from models.domain.actos_de_sujeto import log_sujeto
from models.domain.aplicabilidad import formatos_de
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.padron import clean_motivo
from models.domain.permissions import Accion, Actor, puede_en_todo
from models.domain.sujetos import publish_sujeto
from models.sujetos import Aplicabilidad, SujetoObligado


class Ajuste(StrEnum):
    """Qué se quiere: que le aplique, que no, o lo que toca a su clase."""

    APLICA = "aplica"
    NO_APLICA = "no_aplica"
    DE_SU_CLASE = "de_su_clase"


DICHOS = {Ajuste.APLICA: "Le aplica", Ajuste.NO_APLICA: "No le aplica", Ajuste.DE_SU_CLASE: "Lo que toca a su clase"}


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un formato en una institución: si obliga a los de su clase, si hoy le aplica, y si eso es un ajuste."""

    formato: Formato
    de_su_clase: bool
    aplica: bool
    ajustado: bool


def read_renglones(sujeto: SujetoObligado, catalogo: Catalogo) -> list[Renglon]:
    """Todos los formatos activos, en el orden de la ley."""
    ajustados = {fila.clave for fila in Aplicabilidad.select().where(Aplicabilidad.sujeto_id == sujeto.id)}
    de_su_clase = {formato.clave for formato in catalogo.para(sujeto.poder)}
    aplican = {formato.clave for formato in formatos_de(sujeto.id, catalogo)}
    return [Renglon(f, f.clave in de_su_clase, f.clave in aplican, f.clave in ajustados) for f in catalogo.activos]


def adjust(
    actor: Actor, sujeto: SujetoObligado, claves: Collection[str], ajuste: Ajuste, motivo: str, catalogo: Catalogo,
) -> list[Formato]:
    """Ajusta unos formatos, todos o ninguno, y lo publica. Da los que de veras cambiaron.

    Lanza ``NoPermitido`` o ``ActoImposible``: por ejemplo, lo que tiene algo publicado no deja de aplicar.
    """
    if not puede_en_todo(actor, Accion.ADMINISTRAR_CATALOGO):
        raise NoPermitido("Qué obliga a cada institución lo ajusta el órgano garante.")
    motivo = clean_motivo(motivo)
    with db.atomic():
        renglones = {r.formato.clave: r for r in read_renglones(sujeto, catalogo)}
        elegidos = [renglones[clave] for clave in renglones if clave in claves]
        if not elegidos:
            raise ActoImposible("Elija al menos un formato o una fracción.")
        cambian = [renglon for renglon in elegidos if _changes(renglon, ajuste)]
        _require_sin_publicar(sujeto, [r.formato for r in cambian if r.aplica and not _wanted(r, ajuste)])
        for renglon in cambian:
            _write(sujeto.id, renglon.formato.clave, ajuste)
        if cambian:
            log_sujeto(actor, sujeto.id, "aplicabilidad", f"{DICHOS[ajuste]}: {_names(cambian)}. {motivo}")
            publish_sujeto(SujetoObligado.get_by_id(sujeto.id), catalogo)
    return [renglon.formato for renglon in cambian]


def count_ajustados() -> dict[tuple[str, bool], int]:
    """(formato, aplica) → en cuántas instituciones se ajustó así. Es de todas: solo cuenta."""
    cuentas: dict[tuple[str, bool], int] = {}
    for fila in Aplicabilidad.select(Aplicabilidad.clave, Aplicabilidad.aplica):
        llave = (fila.clave, bool(fila.aplica))
        cuentas[llave] = cuentas.get(llave, 0) + 1
    return cuentas


def _wanted(renglon: Renglon, ajuste: Ajuste) -> bool:
    return renglon.de_su_clase if ajuste is Ajuste.DE_SU_CLASE else ajuste is Ajuste.APLICA


def _changes(renglon: Renglon, ajuste: Ajuste) -> bool:
    if ajuste is Ajuste.DE_SU_CLASE:
        return renglon.ajustado
    return renglon.aplica != _wanted(renglon, ajuste)


def _write(sujeto_id: int, clave: str, ajuste: Ajuste) -> None:
    suyo = (Aplicabilidad.sujeto_id == sujeto_id) & (Aplicabilidad.clave == clave)
    Aplicabilidad.delete().where(suyo).execute()
    if ajuste is not Ajuste.DE_SU_CLASE:
        Aplicabilidad.insert(sujeto_id=sujeto_id, clave=clave, aplica=ajuste is Ajuste.APLICA).execute()


def _require_sin_publicar(sujeto: SujetoObligado, formatos: list[Formato]) -> None:
    claves = [formato.clave for formato in formatos]
    con_algo = {clave for (clave,) in PubResumen.select(PubResumen.clave).where(
        PubResumen.sujeto_id == sujeto.id, PubResumen.clave.in_(claves), PubResumen.n > 0).tuples()}
    if con_algo:
        nombres = ", ".join(f.nombre_corto for f in formatos if f.clave in con_algo)
        raise ActoImposible(f"Tiene registros publicados en: {nombres}. Pida a su Unidad que los retire antes; si dejara de "
                            "aplicarle, ya no podría.")


def _names(renglones: list[Renglon]) -> str:
    return ", ".join(f"{r.formato.nombre_corto} ({r.formato.fundamento})" for r in renglones)
