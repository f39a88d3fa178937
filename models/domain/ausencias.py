"""«No aplica» y «no se generó información»: proponer, aprobar, devolver y revocar.

Propone quien captura en el formato; decide la Unidad de Información, y lo aprobado se publica en la misma transacción. No
cabe donde hay registros: un formato con algo publicado sí aplica, y un periodo con registros sí generó información.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.actos_publicos import Clase
from models.ausencias import Ausencia, PubSinInformacion
from models.base import db
from models.domain.actos_publicos import note_acto
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.lectores.crudo import DatoInvalido, to_parrafo
from models.domain.periods import claves
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.domain.sujetos import publish_no_aplica
from models.folios import nuevo_id
from models.formatos import Tabla
from models.pulso import beat
from models.reloj import ahora
from models.sujetos import PubNoAplica

NO_APLICA, NO_SE_GENERO = "no_aplica", "no_se_genero"
PROPUESTA, DEVUELTA, APROBADA, REVOCADA = "propuesta", "devuelta", "aprobada", "revocada"
VIVAS = (PROPUESTA, APROBADA)

LARGO = 2000
"""Letras de un fundamento, cuando más; menos de diez no dicen por qué."""


def propose(actor: Actor, tabla: Tabla, tipo: str, texto: str, ejercicio: int = 0, periodo: str = "") -> Ausencia:
    """Deja una propuesta para que la Unidad la decida. Lanza ``ActoImposible`` o ``NoPermitido``."""
    _require(actor, Accion.CAPTURAR, tabla, actor.sujeto_id)
    texto = _texto(texto)
    lugar = _lugar(tabla, tipo, ejercicio, periodo)
    with db.atomic():
        _require_libre(actor, tabla, tipo, *lugar)
        return Ausencia.create(  # type: ignore[no-any-return]
            sujeto_id=actor.sujeto_id, id=nuevo_id(), clave=tabla.clave, tipo=tipo, ejercicio=lugar[0], periodo=lugar[1],
            texto=texto, situacion=PROPUESTA, propuesta_por=actor.id, propuesta_en=ahora())


def propose_fraccion(actor: Actor, tablas: Iterable[Tabla], texto: str) -> int:
    """Que unos formatos no aplican, con el mismo texto: todas las propuestas o ninguna. Da cuántas."""
    with db.atomic():
        return len([propose(actor, tabla, NO_APLICA, texto) for tabla in tablas])


def approve(actor: Actor, tabla: Tabla, ausencia: Ausencia) -> None:
    """La Unidad la aprueba: desde ahora la ciudadanía la lee."""
    _require(actor, Accion.PUBLICAR, tabla, ausencia.sujeto_id)
    with db.atomic():
        _require_sin_registros(tabla, ausencia)
        _decide(actor, ausencia, PROPUESTA, APROBADA)
        if ausencia.tipo == NO_APLICA:
            publish_no_aplica(ausencia.sujeto_id, ausencia.clave, ausencia.texto)
        else:
            _publish_sin_informacion(ausencia)


def send_back(actor: Actor, tabla: Tabla, ausencia: Ausencia, motivo: str) -> None:
    """La Unidad la devuelve, con el motivo."""
    _require(actor, Accion.PUBLICAR, tabla, ausencia.sujeto_id)
    _decide(actor, ausencia, PROPUESTA, DEVUELTA, _motivo(motivo))


def revoke(actor: Actor, tabla: Tabla, ausencia: Ausencia, motivo: str) -> None:
    """La Unidad retira lo que había aprobado: el formato vuelve a deberse."""
    _require(actor, Accion.PUBLICAR, tabla, ausencia.sujeto_id)
    with db.atomic():
        _decide(actor, ausencia, APROBADA, REVOCADA, _motivo(motivo))
        if ausencia.tipo == NO_APLICA:
            PubNoAplica.delete().where(
                PubNoAplica.sujeto_id == ausencia.sujeto_id, PubNoAplica.clave == ausencia.clave).execute()
            note_acto(ausencia.sujeto_id, ausencia.clave, Clase.NO_APLICA_REVOCADO)
        else:
            PubSinInformacion.delete().where(*_mismo_lugar(PubSinInformacion, ausencia)).execute()
            note_acto(ausencia.sujeto_id, ausencia.clave, Clase.SIN_INFORMACION_REVOCADO, ausencia.ejercicio, ausencia.periodo)
        beat(ausencia.sujeto_id)


def ausencias_de(actor: Actor, situaciones: Iterable[str] = (), clave: str | None = None) -> list[Ausencia]:
    """Las de los formatos de esta persona, lo más nuevo primero."""
    consulta = Ausencia.select().where(Ausencia.sujeto_id == actor.sujeto_id, Ausencia.clave.in_(list(actor.claves)))
    if situaciones:
        consulta = consulta.where(Ausencia.situacion.in_(list(situaciones)))
    if clave is not None:
        consulta = consulta.where(Ausencia.clave == clave)
    return list(consulta.order_by(Ausencia.id.desc()).limit(500))


def count_por_decidir(actor: Actor) -> int:
    """Cuántas propuestas esperan a la Unidad."""
    return int(Ausencia.select().where(Ausencia.sujeto_id == actor.sujeto_id, Ausencia.situacion == PROPUESTA).count())


def find_ausencia(actor: Actor, identificador: int) -> Ausencia:
    """Una de las suyas. Lanza ``NoExiste``."""
    ausencia = Ausencia.get_or_none(Ausencia.sujeto_id == actor.sujeto_id, Ausencia.id == identificador)
    if ausencia is None or ausencia.clave not in actor.claves:
        raise NoExiste()
    return ausencia  # type: ignore[no-any-return]


def textos_usados(actor: Actor, tipo: str) -> list[str]:
    """Los últimos textos aprobados en la institución, para no volver a escribirlos."""
    filas = Ausencia.select(Ausencia.texto).where(
        Ausencia.sujeto_id == actor.sujeto_id, Ausencia.tipo == tipo, Ausencia.situacion == APROBADA,
    ).order_by(Ausencia.id.desc()).limit(50).tuples()
    return list(dict.fromkeys(texto for (texto,) in filas))[:8]


def _require(actor: Actor, accion: Accion, tabla: Tabla, sujeto_id: int | None) -> None:
    if sujeto_id is None or not puede(actor, accion, Objeto(sujeto_id, tabla.clave)):
        raise NoPermitido("Solo la Unidad de Información decide estas propuestas." if accion is Accion.PUBLICAR
                          else "Ese formato no está a su cargo.")


def _texto(texto: str) -> str:
    try:
        limpio = to_parrafo(texto)
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if not 10 <= len(limpio) <= LARGO:
        raise ActoImposible("Explique por qué, con el fundamento: lo leerá la ciudadanía (de 10 a 2,000 letras).")
    return limpio


def _motivo(motivo: str) -> str:
    try:
        limpio = to_parrafo(motivo)[:1000]
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(limpio) < 3:
        raise ActoImposible("Escriba el motivo: lo leerá quien lo propuso, y queda en la historia.")
    return limpio


def _lugar(tabla: Tabla, tipo: str, ejercicio: int, periodo: str) -> tuple[int, str]:
    if tipo == NO_APLICA:
        return 0, ""
    if tipo != NO_SE_GENERO or tabla.formato.es_vigente:
        raise ActoImposible("Este formato no se informa por periodos: si no tiene nada que publicar, es que no aplica.")
    if not 2004 <= ejercicio <= 2199 or periodo not in claves(tabla.formato.periodicidad):
        raise ActoImposible("Elija el ejercicio y el periodo en que no se generó información.")
    return ejercicio, periodo


def _require_libre(actor: Actor, tabla: Tabla, tipo: str, ejercicio: int, periodo: str) -> None:
    nueva = Ausencia(sujeto_id=actor.sujeto_id, clave=tabla.clave, tipo=tipo, ejercicio=ejercicio, periodo=periodo)
    viva = Ausencia.select().where(*_mismo_lugar(Ausencia, nueva), Ausencia.tipo == tipo, Ausencia.situacion.in_(VIVAS)).first()
    if viva is not None:
        raise ActoImposible("Ya está aprobado." if viva.situacion == APROBADA else "Ya hay una propuesta igual por decidir.")
    _require_sin_registros(tabla, nueva)


def _require_sin_registros(tabla: Tabla, ausencia: Ausencia) -> None:
    modelo = tabla.trabajo
    suyos = modelo.select(modelo.id).where(modelo.sujeto_id == ausencia.sujeto_id)
    if ausencia.tipo == NO_APLICA:
        if suyos.where(modelo.publica.is_null(False)).limit(1).exists():
            raise ActoImposible("Tiene registros publicados: entonces sí aplica. Retírelos antes.")
        return
    del_periodo = suyos.where(modelo.ejercicio == ausencia.ejercicio, modelo.periodo == ausencia.periodo,
                              modelo.estado.not_in(["borrado", "retirado"]))
    if del_periodo.limit(1).exists():
        raise ActoImposible("En ese periodo hay registros: entonces sí se generó información.")


def _decide(actor: Actor, ausencia: Ausencia, de: str, a: str, motivo: str | None = None) -> None:
    """Cambia la situación solo si sigue en la que se vio: dos decisiones a la vez son una."""
    hecho = Ausencia.update(situacion=a, decidida_por=actor.id, decidida_en=ahora(), motivo=motivo).where(
        Ausencia.sujeto_id == ausencia.sujeto_id, Ausencia.id == ausencia.id, Ausencia.situacion == de).execute()
    if not hecho:
        raise ActoImposible("Otra persona ya la decidió; vuelva a cargar la página.")


def _publish_sin_informacion(ausencia: Ausencia) -> None:
    llave = {"sujeto_id": ausencia.sujeto_id, "clave": ausencia.clave, "ejercicio": ausencia.ejercicio,
             "periodo": ausencia.periodo}
    dicho = {"texto": ausencia.texto, "desde": ahora()}
    PubSinInformacion.insert(**llave, **dicho).on_conflict(
        conflict_target=[getattr(PubSinInformacion, nombre) for nombre in llave], update=dicho).execute()
    note_acto(clase=Clase.SIN_INFORMACION, texto=ausencia.texto, **llave)
    beat(ausencia.sujeto_id)


def _mismo_lugar(modelo: Any, ausencia: Ausencia) -> tuple[Any, ...]:
    return (modelo.sujeto_id == ausencia.sujeto_id, modelo.clave == ausencia.clave,
            modelo.ejercicio == ausencia.ejercicio, modelo.periodo == ausencia.periodo)
