"""«Sin cambios»: confirmar que lo público de un formato sigue igual en un periodo, en vez de volver a capturarlo.

Lo propone quien captura en el formato y lo aprueba la Unidad, que también puede confirmarlo de una vez. No toca ningún
registro: ni su fecha de actualización ni la de validación. No cabe si no hay nada público, ni mientras haya cambios sin
publicar: entonces sí hubo cambios.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.actos_publicos import Clase
from models.ausencias import PubSinInformacion
from models.base import db, insert_if_absent
from models.conteos import PubResumen
from models.domain.actos_publicos import note_acto
from models.domain.ausencias import APROBADA, DEVUELTA, PROPUESTA, REVOCADA, VIVAS
from models.domain.cumplimiento import del_ultimo_anio
from models.domain.errores import ActoImposible, NoExiste, NoPermitido, ReglaRota
from models.domain.estados import Estado
from models.domain.lectores.crudo import DatoInvalido, to_parrafo
from models.domain.periods import Periodo
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.folios import nuevo_id
from models.formatos import Tabla
from models.presentacion.numeros import contar
from models.presentacion.registro import title_of
from models.pulso import beat
from models.reloj import ahora, dia_de
from models.sin_cambios import Confirmacion, PubSinCambios
from models.sujetos import PubNoAplica

SIN_PUBLICAR = (Estado.CAPTURADO, Estado.DEVUELTO, Estado.REVISADO)
NOMBRADOS = 3
"""Registros que se nombran al decir por qué no cabe."""

Lugar = tuple[Tabla, int, str]
"""El formato, el ejercicio y la clave del periodo."""


@dataclass(frozen=True, slots=True)
class Hecho:
    """Lo que resultó de confirmar varios: cuáles quedaron y, de los demás, por qué no."""

    confirmados: list[Confirmacion]
    fuera: list[tuple[Tabla, str]]


def confirm(actor: Actor, tabla: Tabla, ejercicio: int, periodo: str) -> Confirmacion:
    """Que un formato sigue igual: la Unidad lo confirma y se publica; los demás lo proponen.

    Lanza ``NoPermitido`` o ``ActoImposible``, que dice qué registros lo impiden.
    """
    _require(actor, Accion.CAPTURAR, tabla, actor.sujeto_id)
    suyo, instante = _find_periodo(tabla, ejercicio, periodo), ahora()
    nueva = Confirmacion(sujeto_id=actor.sujeto_id, id=nuevo_id(), clave=tabla.clave, ejercicio=ejercicio, periodo=periodo,
                         situacion=PROPUESTA, propuesta_por=actor.id, propuesta_en=instante)
    with db.atomic():
        _require_libre(nueva)
        _require_igual(actor, tabla, nueva, suyo)
        if puede(actor, Accion.PUBLICAR, Objeto(nueva.sujeto_id, tabla.clave)):
            nueva.situacion, nueva.decidida_por, nueva.decidida_en = APROBADA, actor.id, instante
            _publish(nueva)
        nueva.save(force_insert=True)
    return nueva


def confirm_varios(actor: Actor, lugares: Iterable[Lugar]) -> Hecho:
    """Varios a la vez («estos 12 siguen igual»): cada uno por su cuenta, y los que no caben se dicen."""
    hecho = Hecho([], [])
    for tabla, ejercicio, periodo in lugares:
        try:
            hecho.confirmados.append(confirm(actor, tabla, ejercicio, periodo))
        except ReglaRota as error:
            hecho.fuera.append((tabla, str(error)))
    return hecho


def approve_sin_cambios(actor: Actor, tabla: Tabla, confirmacion: Confirmacion) -> None:
    """La Unidad aprueba lo propuesto, si todavía es cierto: la ciudadanía lo lee desde ahora."""
    _require(actor, Accion.PUBLICAR, tabla, confirmacion.sujeto_id)
    suyo = _find_periodo(tabla, confirmacion.ejercicio, confirmacion.periodo)
    with db.atomic():
        _require_igual(actor, tabla, confirmacion, suyo)
        _decide(actor, confirmacion, PROPUESTA, APROBADA)
        _publish(confirmacion)


def send_back_sin_cambios(actor: Actor, tabla: Tabla, confirmacion: Confirmacion, motivo: str) -> None:
    """La Unidad no lo aprueba: hubo cambios, y dice cuáles."""
    _require(actor, Accion.PUBLICAR, tabla, confirmacion.sujeto_id)
    _decide(actor, confirmacion, PROPUESTA, DEVUELTA, _motivo(motivo))


def revoke_sin_cambios(actor: Actor, tabla: Tabla, confirmacion: Confirmacion, motivo: str) -> None:
    """La Unidad retira una confirmación: el formato vuelve a deberse en ese periodo."""
    _require(actor, Accion.PUBLICAR, tabla, confirmacion.sujeto_id)
    with db.atomic():
        _decide(actor, confirmacion, APROBADA, REVOCADA, _motivo(motivo))
        PubSinCambios.delete().where(*_mismo_lugar(PubSinCambios, confirmacion)).execute()
        note_acto(confirmacion.sujeto_id, confirmacion.clave, Clase.SIN_CAMBIOS_REVOCADO, confirmacion.ejercicio,
                  confirmacion.periodo)
        beat(confirmacion.sujeto_id)


def confirmaciones_de(actor: Actor, situacion: str) -> list[Confirmacion]:
    """Las de los formatos de esta persona en una situación, lo más nuevo primero."""
    return list(Confirmacion.select().where(
        Confirmacion.sujeto_id == actor.sujeto_id, Confirmacion.situacion == situacion,
        Confirmacion.clave.in_(list(actor.claves))).order_by(Confirmacion.id.desc()).limit(200))


def find_confirmacion(actor: Actor, identificador: int) -> Confirmacion:
    """Una de las suyas. Lanza ``NoExiste``."""
    hallada = Confirmacion.get_or_none(Confirmacion.sujeto_id == actor.sujeto_id, Confirmacion.id == identificador)
    if hallada is None or hallada.clave not in actor.claves:
        raise NoExiste()
    return hallada  # type: ignore[no-any-return]


def count_confirmaciones_por_decidir(actor: Actor) -> int:
    """Cuántas propuestas de «sin cambios» esperan a la Unidad."""
    return int(Confirmacion.select().where(
        Confirmacion.sujeto_id == actor.sujeto_id, Confirmacion.situacion == PROPUESTA).count())


def _require(actor: Actor, accion: Accion, tabla: Tabla, sujeto_id: int | None) -> None:
    if sujeto_id is None or not puede(actor, accion, Objeto(sujeto_id, tabla.clave)):
        raise NoPermitido("Solo la Unidad de Información decide que un formato sigue igual." if accion is Accion.PUBLICAR
                          else "Ese formato no está a su cargo.")


def _find_periodo(tabla: Tabla, ejercicio: int, clave: str) -> Periodo:
    """El periodo, si ya terminó y es del último año."""
    hoy = dia_de(ahora())
    for suyo in del_ultimo_anio(tabla.formato, hoy):
        if (suyo.ejercicio, suyo.clave) == (ejercicio, clave) and suyo.fin < hoy:
            return suyo
    raise ActoImposible("Solo se confirma un periodo del último año que ya terminó.")


def _require_libre(nueva: Confirmacion) -> None:
    viva = Confirmacion.select().where(*_mismo_lugar(Confirmacion, nueva), Confirmacion.situacion.in_(VIVAS)).first()
    if viva is not None:
        raise ActoImposible("Ya está confirmado." if viva.situacion == APROBADA else "Ya está propuesto; falta que la Unidad "
                            "de Información lo apruebe.")


def _require_igual(actor: Actor, tabla: Tabla, cual: Confirmacion, suyo: Periodo) -> None:
    """Que haya algo público que siga igual, y nada que diga lo contrario."""
    suyas = (PubResumen.sujeto_id == cual.sujeto_id) & (PubResumen.clave == tabla.clave)
    publicos = {(anio, clave) for anio, clave in PubResumen.select(PubResumen.ejercicio, PubResumen.periodo).where(
        suyas, PubResumen.n > 0).tuples()}
    if not publicos:
        raise ActoImposible("No hay nada público que confirmar: primero publique algo.")
    if (suyo.ejercicio, suyo.clave) in publicos:
        raise ActoImposible("En ese periodo ya se publicó algo: no hace falta confirmarlo.")
    if PubNoAplica.select().where(PubNoAplica.sujeto_id == cual.sujeto_id, PubNoAplica.clave == tabla.clave).exists():
        raise ActoImposible("Está aprobado que el formato no aplica.")
    if PubSinInformacion.select().where(*_mismo_lugar(PubSinInformacion, cual)).exists():
        raise ActoImposible("Está aprobado que en ese periodo no se generó información.")
    _require_sin_pendientes(actor, tabla, cual.sujeto_id)


def _require_sin_pendientes(actor: Actor, tabla: Tabla, sujeto_id: int) -> None:
    modelo = tabla.trabajo
    pendientes = modelo.select().where(modelo.sujeto_id == sujeto_id, modelo.estado.in_(SIN_PUBLICAR))
    cuantos = pendientes.count()
    if not cuantos:
        return
    suyos = pendientes.where(*condiciones(actor, Accion.VER, tabla)).order_by(modelo.id.desc()).limit(NOMBRADOS)
    nombres = [f"«{title_of(tabla.formato, fila)}»" for fila in suyos]
    otros = cuantos - len(nombres)
    cuales = ", ".join(nombres) + (f" y {otros} más" if nombres and otros else "")
    raise ActoImposible(f"Hay {contar(cuantos, *tabla.formato.se_cuenta)} con cambios sin publicar"
                        f"{': ' + cuales if cuales else ''}. Publíquelos o descártelos antes.")


def _decide(actor: Actor, cual: Confirmacion, de: str, a: str, motivo: str | None = None) -> None:
    """Cambia la situación solo si sigue en la que se vio: dos decisiones a la vez son una."""
    hecho = Confirmacion.update(situacion=a, decidida_por=actor.id, decidida_en=ahora(), motivo=motivo).where(
        Confirmacion.sujeto_id == cual.sujeto_id, Confirmacion.id == cual.id, Confirmacion.situacion == de).execute()
    if not hecho:
        raise ActoImposible("Otra persona ya la decidió; vuelva a cargar la página.")


def _publish(cual: Confirmacion) -> None:
    """Lo que lee la ciudadanía. La llave de la tabla impide que dos personas confirmen lo mismo a la vez."""
    if not insert_if_absent(PubSinCambios, sujeto_id=cual.sujeto_id, clave=cual.clave, ejercicio=cual.ejercicio,
                            periodo=cual.periodo, desde=ahora()):
        raise ActoImposible("Ya está confirmado.")
    note_acto(cual.sujeto_id, cual.clave, Clase.SIN_CAMBIOS, cual.ejercicio, cual.periodo)
    beat(cual.sujeto_id)


def _motivo(motivo: str) -> str:
    try:
        limpio = to_parrafo(motivo)[:1000]
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(limpio) < 3:
        raise ActoImposible("Escriba el motivo: lo leerá quien lo propuso, y queda en la historia.")
    return limpio


def _mismo_lugar(modelo: Any, cual: Confirmacion) -> tuple[Any, ...]:
    return (modelo.sujeto_id == cual.sujeto_id, modelo.clave == cual.clave,
            modelo.ejercicio == cual.ejercicio, modelo.periodo == cual.periodo)
