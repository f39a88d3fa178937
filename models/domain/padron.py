"""El padrón de sujetos obligados: dar de alta, corregir, cambiar de siglas, declarar extinta y reactivar.

Lo lleva quien en el órgano garante tiene ese permiso. Todo queda apuntado y se publica en la misma transacción. Una institución
extinta no se borra: la ciudadanía sigue leyendo lo que publicó, y su gente puede leer lo suyo, pero ya no escribe.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass

from peewee import IntegrityError

from fracciones_config import Catalogo
from models.base import db
from models.domain.actos_de_sujeto import log_sujeto
from models.domain.altas import Alta, hire
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.lectores.crudo import DatoInvalido, to_linea, to_parrafo
from models.domain.permissions import Accion, Actor, Rol, puede_en_todo
from models.domain.sujetos import SujetoInvalido, create_sujeto, publish_sujeto, require_siglas
from models.presentacion.poderes import PODERES
from models.reloj import hoy
from models.sujetos import SiglasAnteriores, SujetoObligado
from models.usuarios import Usuario

LARGO_DE_MOTIVO = 1000


@dataclass(frozen=True, slots=True)
class Ficha:
    """Los datos de una institución que lleva el órgano garante. Sin ``nombre_corto``, vale el nombre."""

    nombre: str
    nombre_corto: str
    poder: str
    municipio: str = ""


def ficha_de(sujeto: SujetoObligado) -> Ficha:
    """Los datos de hoy."""
    return Ficha(sujeto.nombre, sujeto.nombre_corto, sujeto.poder, sujeto.municipio or "")


def clean_ficha(ficha: Ficha) -> Ficha:
    """La ficha sin blancos de más. Lanza ``SujetoInvalido`` si le falta algo o no se entiende."""
    nombre = _linea(ficha.nombre, 250, "Nombre")
    if len(nombre) < 3:
        raise SujetoInvalido("Falta el nombre oficial de la institución.")
    if ficha.poder not in PODERES:
        raise SujetoInvalido(f"Elija a qué clase pertenece: {'; '.join(PODERES.values())}.")
    return Ficha(nombre, _linea(ficha.nombre_corto, 80, "Nombre corto") or nombre[:80], ficha.poder,
                 _linea(ficha.municipio, 80, "Municipio"))


def register(
    actor: Actor, siglas: str, ficha: Ficha, titular: str, usuario: str, catalogo: Catalogo,
) -> tuple[SujetoObligado, Usuario, str]:
    """Da de alta una institución con la cuenta de su Unidad. Da las dos y la contraseña de un solo uso.

    Sin ``usuario``, es ``unidad.<siglas>``. Lanza ``SujetoInvalido``, ``CuentaInvalida`` o ``NoPermitido``; entonces no se
    creó nada.
    """
    _require(actor)
    siglas, limpia = siglas.strip(), clean_ficha(ficha)
    try:
        with db.atomic():
            sujeto = create_sujeto(siglas, limpia.nombre, limpia.nombre_corto, limpia.poder, limpia.municipio or None)
            log_sujeto(actor, sujeto.id, "alta", f"{limpia.nombre} ({siglas})")
            publish_sujeto(sujeto, catalogo)
            nombre = _linea(titular, 200, "Quien lleva la Unidad") or f"Unidad de Información de {limpia.nombre_corto}"
            alta = Alta(usuario.strip() or f"unidad.{siglas}", nombre, Rol.UNIDAD, sujeto.id)
            return sujeto, *hire(actor, alta, catalogo)
    except IntegrityError as error:
        raise SujetoInvalido("Otra persona daba de alta una institución al mismo tiempo. Vuelva a intentar.") from error


def edit(actor: Actor, sujeto: SujetoObligado, ficha: Ficha, catalogo: Catalogo) -> list[str]:
    """Corrige sus datos y los publica. Da los nombres de lo que cambió."""
    _require(actor)
    limpia = clean_ficha(ficha)
    with db.atomic():
        antes = asdict(ficha_de(_fresco(sujeto.id)))
        cambios = {nombre: valor for nombre, valor in asdict(limpia).items() if antes[nombre] != valor}
        if cambios:
            SujetoObligado.update(**cambios).where(SujetoObligado.id == sujeto.id).execute()
            log_sujeto(actor, sujeto.id, "corregir", _dicho(antes, cambios), json.dumps(antes, ensure_ascii=False))
            publish_sujeto(_fresco(sujeto.id), catalogo)
    return list(cambios)


def rename_siglas(actor: Actor, sujeto: SujetoObligado, siglas: str, catalogo: Catalogo) -> None:
    """Le pone otras siglas; las de antes quedan redirigiendo, y puede volver a ellas."""
    _require(actor)
    siglas = siglas.strip()
    with db.atomic():
        antes = _fresco(sujeto.id).siglas
        if siglas == antes:
            raise SujetoInvalido("Esas son las siglas que ya tiene.")
        SiglasAnteriores.delete().where(
            SiglasAnteriores.siglas == siglas, SiglasAnteriores.sujeto_id == sujeto.id).execute()
        require_siglas(siglas)
        SujetoObligado.update(siglas=siglas).where(SujetoObligado.id == sujeto.id).execute()
        SiglasAnteriores.insert(siglas=antes, sujeto_id=sujeto.id).execute()
        log_sujeto(actor, sujeto.id, "siglas", f"De «{antes}» a «{siglas}»", json.dumps({"siglas": antes}))
        publish_sujeto(_fresco(sujeto.id), catalogo)


def extinguish(actor: Actor, sujeto: SujetoObligado, dia: dt.date, motivo: str, catalogo: Catalogo) -> None:
    """La declara extinta desde un día, con su razón: desde ahora nadie de ella escribe, y el portal lo dice."""
    _require(actor)
    motivo = clean_motivo(motivo)
    if dia > hoy():
        raise ActoImposible("Ponga el día en que se extinguió; todavía no puede ser uno que no ha llegado.")
    with db.atomic():
        if not _fresco(sujeto.id).activo:
            raise ActoImposible("Ya estaba declarada extinta.")
        _write_vida(sujeto.id, False, dia.isoformat(), motivo)
        log_sujeto(actor, sujeto.id, "extinguir", f"Desde el {dia:%d/%m/%Y}. {motivo}")
        publish_sujeto(_fresco(sujeto.id), catalogo)


def reactivate(actor: Actor, sujeto: SujetoObligado, motivo: str, catalogo: Catalogo) -> None:
    """Deja de estar extinta, con su razón: su gente vuelve a escribir."""
    _require(actor)
    motivo = clean_motivo(motivo)
    with db.atomic():
        if _fresco(sujeto.id).activo:
            raise ActoImposible("No estaba declarada extinta.")
        _write_vida(sujeto.id, True, None, None)
        log_sujeto(actor, sujeto.id, "reactivar", motivo)
        publish_sujeto(_fresco(sujeto.id), catalogo)


def find_en_padron(actor: Actor, siglas: str) -> SujetoObligado:
    """La institución con esas siglas, para cualquiera del órgano garante. Lanza ``NoExiste``."""
    sujeto = SujetoObligado.get_or_none(SujetoObligado.siglas == siglas) if actor.rol is Rol.GARANTE else None
    if sujeto is None:
        raise NoExiste()
    return sujeto  # type: ignore[no-any-return]


def find_siglas_nuevas(anteriores: str) -> str | None:
    """Las siglas que hoy tiene quien antes tuvo ``anteriores``."""
    consulta = SujetoObligado.select(SujetoObligado.siglas).join(
        SiglasAnteriores, on=(SiglasAnteriores.sujeto_id == SujetoObligado.id)).where(SiglasAnteriores.siglas == anteriores)
    return consulta.scalar()  # type: ignore[no-any-return]


def siglas_anteriores_de(sujeto_id: int) -> list[str]:
    """Las que ha tenido antes: todas redirigen a las de hoy."""
    consulta = SiglasAnteriores.select(SiglasAnteriores.siglas).where(SiglasAnteriores.sujeto_id == sujeto_id)
    return [siglas for (siglas,) in consulta.order_by(SiglasAnteriores.siglas).tuples()]


def _require(actor: Actor) -> None:
    if not puede_en_todo(actor, Accion.ADMINISTRAR_SUJETOS):
        raise NoPermitido("El padrón de sujetos obligados lo lleva el órgano garante.")


def _fresco(sujeto_id: int) -> SujetoObligado:
    """La fila como está dentro de esta transacción; en PostgreSQL, con candado."""
    consulta = SujetoObligado.select().where(SujetoObligado.id == sujeto_id)
    return (consulta.for_update() if db.obj.for_update else consulta).get()  # type: ignore[no-any-return]


def _write_vida(sujeto_id: int, activo: bool, desde: str | None, motivo: str | None) -> None:
    SujetoObligado.update(activo=activo, extinto_en=desde, extinto_motivo=motivo).where(
        SujetoObligado.id == sujeto_id).execute()


def _linea(texto: str, tope: int, que: str) -> str:
    try:
        return to_linea(texto, tope, "un nombre")
    except DatoInvalido as error:
        raise SujetoInvalido(f"{que}: {error}") from error


def clean_motivo(motivo: str) -> str:
    """El motivo de un acto, limpio. Lanza ``ActoImposible`` si no dice nada."""
    try:
        limpio = to_parrafo(motivo)[:LARGO_DE_MOTIVO]
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(limpio) < 10:
        raise ActoImposible("Escriba el motivo y su fundamento (el decreto o acuerdo): queda en la historia.")
    return limpio


def _dicho(antes: dict[str, str], cambios: dict[str, str]) -> str:
    return "; ".join(f"{ROTULOS[nombre]}: «{antes[nombre]}» → «{valor}»" for nombre, valor in cambios.items())


ROTULOS = {"nombre": "Nombre", "nombre_corto": "Nombre corto", "poder": "Clase", "municipio": "Municipio"}
"""Campo de la ficha → cómo se llama en pantalla."""
