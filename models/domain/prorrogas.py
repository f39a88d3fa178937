"""Prórrogas: el órgano garante da más plazo a un formato en un periodo, a una institución, a una clase o a todas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fracciones_config import Formato
from models.base import db
from models.domain.actos_de_sujeto import log_sujeto
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.padron import clean_motivo
from models.domain.periods import claves, etiqueta, periodo
from models.domain.permissions import Accion, Actor, puede_en_todo
from models.folios import nuevo_id
from models.presentacion.fechas import fecha
from models.presentacion.poderes import PODERES
from models.prorrogas import Prorroga, PubProrroga
from models.pulso import beat
from models.reloj import ahora
from models.sujetos import PubSujeto, SujetoObligado

Lugar = tuple[str, int, str]
"""(formato, ejercicio, periodo)"""

TODAS = "todas"
DE_NADIE = 0
"""El pulso de lo que no es de una institución: así también cambia el de todas juntas."""

MAS_LEJOS = 366
"""Días después del límite de ley que puede llegar una prórroga."""


@dataclass(frozen=True, slots=True)
class Pedida:
    """La prórroga por dar. ``limite`` es el último día, incluido."""

    destinatario: str
    ejercicio: int
    periodo: str
    limite: dt.date
    motivo: str


def grant(actor: Actor, formatos: Collection[Formato], pedida: Pedida) -> list[Prorroga]:
    """Da la prórroga a unos formatos, todos o ninguno. Lanza ``NoPermitido`` o ``ActoImposible``.

    No acorta: el día ha de ser posterior al límite de ley de cada formato.
    """
    _require(actor)
    motivo = clean_motivo(pedida.motivo)
    sujeto_id = _require_destinatario(pedida.destinatario)
    if not formatos:
        raise ActoImposible("Elija al menos un formato.")
    for formato in formatos:
        _require_limite(formato, pedida)
    with db.atomic():
        dadas = [_insert(actor, formato.clave, pedida, motivo) for formato in formatos]
        publish_missing()
        if sujeto_id is not None:
            nombres = ", ".join(formato.nombre_corto for formato in formatos)
            lugar = f"{etiqueta(pedida.periodo)} de {pedida.ejercicio}"
            log_sujeto(actor, sujeto_id, "prorroga", f"Hasta el {fecha(pedida.limite)}: {nombres}, {lugar}. {motivo}")
    return dadas


def revoke(actor: Actor, identificador: int) -> Prorroga:
    """La quita: vuelve a contar el límite de ley. Lanza ``NoExiste`` si no está en vigor."""
    _require(actor)
    with db.atomic():
        hecha = Prorroga.update(revocada_en=ahora(), revocada_por=actor.nombre).where(
            Prorroga.id == identificador, Prorroga.revocada_en.is_null()).execute()
        if not hecha:
            raise NoExiste()
        prorroga: Prorroga = Prorroga.get_by_id(identificador)
        PubProrroga.delete().where(PubProrroga.id == identificador).execute()
        _beat_all(prorroga.destinatario)
        clase, _, resto = prorroga.destinatario.partition(":")
        if clase == "sujeto":
            log_sujeto(actor, int(resto), "prorroga", f"Se revocó la de {prorroga.clave} hasta el {fecha(prorroga.limite)}")
    return prorroga


def publish_missing() -> int:
    """Publica las que están en vigor y todavía no se leen (también las que se dieron antes de publicarse). Da cuántas."""
    publicas = PubProrroga.select(PubProrroga.id)
    nuevas = list(Prorroga.select().where(Prorroga.revocada_en.is_null(), Prorroga.id.not_in(publicas)))
    for p in nuevas:
        PubProrroga.insert(id=p.id, destinatario=p.destinatario, clave=p.clave, ejercicio=p.ejercicio, periodo=p.periodo,
                           limite=p.limite, motivo=p.motivo).execute()
    for destinatario in sorted({p.destinatario for p in nuevas}):
        _beat_all(destinatario)
    return len(nuevas)


def read_prorrogas(sujeto_id: int) -> dict[Lugar, dt.date]:
    """Las que le valen a una institución: las suyas, las de su clase y las de todas; de varias, la más larga."""
    poder = SujetoObligado.select(SujetoObligado.poder).where(SujetoObligado.id == sujeto_id).scalar()
    return longest(Prorroga.select().where(
        Prorroga.destinatario.in_([TODAS, f"clase:{poder}", f"sujeto:{sujeto_id}"]), Prorroga.revocada_en.is_null()))


def read_por_destinatario() -> dict[str, dict[Lugar, dt.date]]:
    """Todas las que están en vigor: destinatario → lugar → último día. Una consulta."""
    por: dict[str, list[Prorroga]] = {}
    for prorroga in en_vigor():
        por.setdefault(prorroga.destinatario, []).append(prorroga)
    return {destinatario: longest(suyas) for destinatario, suyas in por.items()}


def longest(prorrogas: Iterable[Prorroga | PubProrroga]) -> dict[Lugar, dt.date]:
    """Lugar → el día más lejano."""
    limites: dict[Lugar, dt.date] = {}
    for p in prorrogas:
        lugar, limite = (p.clave, p.ejercicio, p.periodo), dt.date.fromisoformat(p.limite)
        limites[lugar] = max(limite, limites.get(lugar, limite))
    return limites


def en_vigor(hasta: int = 2000) -> list[Prorroga]:
    """Las que no se han revocado, lo más nuevo primero."""
    return list(Prorroga.select().where(Prorroga.revocada_en.is_null()).order_by(Prorroga.id.desc()).limit(hasta))


def nombre_de(destinatario: str, instituciones: Mapping[int, str]) -> str:
    """A quién se le dio, como se lee."""
    clase, _, resto = destinatario.partition(":")
    if clase == "sujeto":
        return instituciones.get(int(resto), "Una institución")
    return f"Todas las de: {PODERES[resto]}" if clase == "clase" else "Todas las instituciones"


def _beat_all(destinatario: str) -> None:
    """Las páginas de todas a las que les vale ya no son las mismas."""
    clase, _, resto = destinatario.partition(":")
    suyas = PubSujeto.select(PubSujeto.sujeto_id).order_by(PubSujeto.sujeto_id)
    if clase == "clase":
        suyas = suyas.where(PubSujeto.poder == resto)
    elif clase == "sujeto":
        suyas = suyas.where(PubSujeto.sujeto_id == int(resto))
    for (sujeto_id,) in [*suyas.tuples(), (DE_NADIE,)]:
        beat(sujeto_id)


def _require(actor: Actor) -> None:
    if not puede_en_todo(actor, Accion.ADMINISTRAR_CATALOGO):
        raise NoPermitido("Las prórrogas las da el órgano garante.")


def _require_destinatario(destinatario: str) -> int | None:
    """El id de la institución, si es de una sola. Lanza ``ActoImposible`` si no se entiende a quién."""
    clase, _, resto = destinatario.partition(":")
    if destinatario == TODAS or (clase == "clase" and resto in PODERES):
        return None
    es_id = clase == "sujeto" and resto.isascii() and resto.isdigit() and len(resto) < 10
    if es_id and SujetoObligado.select().where(SujetoObligado.id == int(resto), SujetoObligado.activo).exists():
        return int(resto)
    raise ActoImposible("Elija a quién se le da: una institución, una clase o todas.")


def _require_limite(formato: Formato, pedida: Pedida) -> None:
    if not 2004 <= pedida.ejercicio <= 2199 or pedida.periodo not in claves(formato.periodicidad):
        raise ActoImposible(f"{formato.nombre_corto} no se informa en ese periodo. Elija otro, o quite ese formato.")
    de_ley = periodo(pedida.ejercicio, pedida.periodo).limite(formato.plazo_dias)
    if not 0 < (pedida.limite - de_ley).days <= MAS_LEJOS:
        raise ActoImposible(f"El límite de ley de {formato.nombre_corto} es el {fecha(de_ley)}: la prórroga va después, y a lo "
                            "más un año después.")


def _insert(actor: Actor, clave: str, pedida: Pedida, motivo: str) -> Prorroga:
    return Prorroga.create(  # type: ignore[no-any-return]
        id=nuevo_id(), destinatario=pedida.destinatario, clave=clave, ejercicio=pedida.ejercicio, periodo=pedida.periodo,
        limite=pedida.limite.isoformat(), motivo=motivo, por_id=actor.id, por_nombre=actor.nombre, instante=ahora())
