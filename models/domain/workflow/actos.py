"""Aplicar un acto a uno o a muchos registros: se revisa cada uno, y cada uno queda hecho por completo o no se toca."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import Case

from models.base import db
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.declaradas import read_declaradas
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.estados import ROTULOS, TRANSICIONES, Estado, Transicion
from models.domain.huellas import Hecho, digest_of
from models.domain.mensajes.de_actos import notify_acto
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.personales import read_freno
from models.domain.workflow.bitacora import log_actos
from models.domain.workflow.contadores import ids_of, move
from models.domain.workflow.copiado import is_untouched_copy
from models.domain.workflow.deshacer import what_it_was
from models.domain.workflow.motivos import read_motivo, read_por_campo, to_json
from models.domain.workflow.publicacion import publish, withdraw
from models.domain.workflow.puesta_al_dia import refresh, revert_to_publico
from models.domain.workflow.resultado import Fuera, Resultado
from models.formatos import Tabla
from models.reloj import ahora
from models.sujetos import SujetoObligado
from models.tareas import Lote, LoteRenglon

REBANADA = 2000
"""Registros por transacción."""

HACIA_LO_PUBLICO = frozenset({Accion.REVISAR, Accion.PUBLICAR, Accion.RESTAURAR, Accion.RECUPERAR})
"""Lo que no se hace donde la institución declaró que no hay nada (``declaradas``)."""

Seleccion = Sequence[tuple[int, int | None]]
"""(id, versión que la persona vio) de cada registro; versión nula, la que tenga."""


@dataclass(frozen=True, slots=True)
class _Pedido:
    """Quién pide qué, a qué formato y por qué."""

    actor: Actor
    acto: str
    transicion: Transicion
    tabla: Tabla
    motivo: str
    por_campo: Mapping[str, str]


def aplicar(
    actor: Actor, acto: str, tabla: Tabla, seleccion: Seleccion, motivo: str = "", por_campo: Mapping[str, str] | None = None,
) -> Resultado:
    """Hace ``acto`` a los registros; ``por_campo`` son los motivos de cada dato, al devolver.

    Lanza ``ActoImposible`` si falta el motivo, y ``NoPermitido`` si no es lo suyo.
    """
    transicion = TRANSICIONES.get(acto)
    if transicion is None or acto == "editar":
        raise ActoImposible("Ese acto no existe.")
    senalados = read_por_campo(tabla.formato, por_campo or {})
    motivo = read_motivo(transicion.pide_motivo, motivo, senalados, tabla.formato)
    if actor.sujeto_id is None or not puede(actor, transicion.accion, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido(f"Su perfil no permite: {transicion.nombre.lower()}.")
    pedido, resultado = _Pedido(actor, acto, transicion, tabla, motivo, senalados), Resultado()
    for rebanada in _rebanadas(dict(seleccion)):
        with db.atomic():
            exigir_vigente(tabla)
            _apply_rebanada(pedido, rebanada, resultado)
    return resultado


@dataclass(frozen=True, slots=True)
class FueraPrevista:
    """Una fila que no recibiría el acto (``fila`` nula: ya no la ve), y por qué."""

    fila: Any
    razon: str


@dataclass(slots=True)
class Prevision:
    """Qué pasaría si se hiciera el acto; ``parcial`` si solo se miraron los primeros."""

    aptas: list[Any] = field(default_factory=list)
    fuera: list[FueraPrevista] = field(default_factory=list)
    parcial: bool = False


def prever(actor: Actor, acto: str, tabla: Tabla, lote: Lote, hasta: int = 500) -> Prevision:
    """Lo que pasaría con los primeros ``hasta`` registros de un lote, sin tocar nada."""
    renglones = list(LoteRenglon.select().where(
        LoteRenglon.sujeto_id == lote.sujeto_id, LoteRenglon.lote_id == lote.id).limit(hasta))
    filas = _leer(actor, tabla, [r.registro_id for r in renglones], con_candado=False)
    juez = _Juez(actor, TRANSICIONES[acto], tabla)
    prevision = Prevision(parcial=lote.n > hasta)
    for renglon in renglones:
        fila = filas.get(renglon.registro_id)
        razon = juez.razon(fila, renglon.version)
        if razon is None:
            prevision.aptas.append(fila)
        else:
            prevision.fuera.append(FueraPrevista(fila, razon))
    return prevision


def _rebanadas(seleccion: dict[int, int | None]) -> Iterator[dict[int, int | None]]:
    pares = sorted(seleccion.items())
    for i in range(0, len(pares), REBANADA):
        yield dict(pares[i:i + REBANADA])


def _apply_rebanada(pedido: _Pedido, rebanada: dict[int, int | None], resultado: Resultado) -> None:
    tabla, transicion = pedido.tabla, pedido.transicion
    filas = _leer(pedido.actor, tabla, list(rebanada))
    juez = _Juez(pedido.actor, transicion, tabla)
    if transicion.pide_completo:
        filas |= refresh(tabla, {i: filas[i] for i, version in rebanada.items() if not juez.descarta(filas.get(i), version)})
    aptas: list[Any] = []
    for identificador, version in rebanada.items():
        fila: Any = filas.get(identificador)
        razon = juez.razon(fila, version)
        if razon is None:
            aptas.append(fila)
        else:
            resultado.fuera.append(Fuera(identificador, razon))
    if aptas:
        _write(pedido, aptas)
        resultado.hechos += [fila.id for fila in aptas]
        resultado.constancia += [Hecho(fila.id, fila.version + 1, fila.ejercicio, fila.periodo, digest_of(fila.contenido))
                                 for fila in aptas]


def _leer(actor: Actor, tabla: Tabla, ids: list[int], con_candado: bool = True) -> dict[int, Any]:
    modelo = tabla.trabajo
    consulta = modelo.select().where(*condiciones(actor, Accion.VER, tabla), modelo.id.in_(ids)).order_by(modelo.id)
    if con_candado and db.obj.for_update:
        consulta = consulta.for_update()
    return {fila.id: fila for fila in consulta}


class _Juez:
    """Dice por qué un registro no puede recibir el acto; ``None`` si puede."""

    def __init__(self, actor: Actor, transicion: Transicion, tabla: Tabla) -> None:
        self.actor, self.transicion, self.tabla = actor, transicion, tabla
        sujeto = SujetoObligado.get_or_none(SujetoObligado.id == actor.sujeto_id)
        self.cuatro_ojos = bool(sujeto and sujeto.cuatro_ojos)
        self.declaradas = read_declaradas(actor.sujeto_id or 0, tabla.clave) if transicion.accion in HACIA_LO_PUBLICO else None

    def razon(self, fila: Any, version: int | None) -> str | None:
        return self.descarta(fila, version) or self._lo_que_exige(fila)

    def descarta(self, fila: Any, version: int | None) -> str | None:
        """La razón que no depende del contenido: la fila no se toca, ni para ponerla al día."""
        t = self.transicion
        if fila is None:
            return "No existe o no está a su cargo."
        if not puede(self.actor, t.accion, Objeto.de_fila(self.tabla.clave, fila)):
            return "Está fuera de lo que usted puede hacer."
        if version is not None and fila.version != version:
            return "Cambió después de que usted lo vio."
        if Estado(fila.estado) not in t.de:
            return f"Está en «{ROTULOS[Estado(fila.estado)]}»."
        return None

    def _lo_que_exige(self, fila: Any) -> str | None:
        t = self.transicion
        if self.declaradas is not None and (razon := self.declaradas.reason(fila.ejercicio, fila.periodo)):
            return razon
        if t.pide_completo and fila.faltan:
            return "Falta un dato obligatorio." if fila.faltan == 1 else f"Faltan {fila.faltan} datos obligatorios."
        if t.pide_completo and (razon := read_freno(fila.personales, fila.personales_motivo)):
            return razon
        if t.accion is Accion.PUBLICAR and is_untouched_copy(fila):
            return "Es copia del periodo anterior y nadie la ha revisado."
        if t.pide_publica and fila.publica is None:
            return "No tiene copia pública."
        if t.pide_nunca_publica and fila.numero_publico:
            return "Ya fue público: no se borra, se retira."
        if t.pide_baja and fila.baja_motivo is None:
            return "Nadie ha solicitado su baja."
        if t.pide_completo and self.cuatro_ojos and _es_propio(self.actor, fila):
            return "Lo capturó o corrigió usted; en esta institución debe aprobarlo otra persona."
        return None


def _es_propio(actor: Actor, fila: Any) -> bool:
    return bool(fila.cambiado_por == actor.id)


def _write(pedido: _Pedido, filas: list[Any]) -> None:
    instante, tabla, acto, transicion = ahora(), pedido.tabla, pedido.acto, pedido.transicion
    ids = [fila.id for fila in filas]
    sujeto_id = filas[0].sujeto_id
    modelo = tabla.trabajo
    modelo.update(_columnas_del_acto(pedido, instante)).where(ids_of(modelo, sujeto_id, ids)).execute()
    if acto == "publicar":
        publish(tabla, sujeto_id, ids, instante)
    elif acto == "retirar":
        withdraw(tabla, sujeto_id, ids, instante, pedido.motivo)
    destinos = revert_to_publico(tabla, sujeto_id, filas) if acto == "descartar" else {}
    diferencias: Counter[tuple[int, str, str]] = Counter()
    for fila in filas:
        diferencias[(fila.ejercicio, fila.periodo, fila.estado)] -= 1
        lugar = destinos.get(fila.id, (fila.ejercicio, fila.periodo))
        diferencias[(*lugar, str(transicion.a or fila.estado))] += 1
    move(tabla, sujeto_id, diferencias, instante)
    log_actos({
        "sujeto_id": sujeto_id, "clave": tabla.clave, "registro_id": fila.id, "acto": acto,
        "estado_antes": fila.estado, "estado": transicion.a or fila.estado, "version": fila.version + 1,
        "usuario_id": pedido.actor.id, "instante": instante, "motivo": pedido.motivo or None, "antes": what_it_was(acto, fila),
        "autoaprobacion": transicion.pide_completo and _es_propio(pedido.actor, fila),
    } for fila in filas)
    notify_acto(pedido.actor, acto, tabla, filas, pedido.motivo)


def _columnas_del_acto(pedido: _Pedido, instante: int) -> dict[Any, Any]:
    modelo, acto, motivo = pedido.tabla.trabajo, pedido.acto, pedido.motivo
    cambio: dict[Any, Any] = {modelo.version: modelo.version + 1, modelo.cambiado_en: instante}
    if pedido.transicion.a is not None:
        cambio |= {modelo.estado: pedido.transicion.a, modelo.motivo: motivo or None,
                   modelo.motivos_campo: to_json(pedido.por_campo)}
    if acto == "publicar":
        cambio |= {
            modelo.numero_publico: modelo.numero_publico + 1, modelo.publica: modelo.numero_publico + 1,
            modelo.publico_desde: Case(None, [(modelo.publica.is_null(), instante)], modelo.publico_desde)}
    if acto == "retirar":
        cambio |= {modelo.publica: None}
    if acto == "solicitar_baja":
        cambio |= {modelo.baja_motivo: motivo, modelo.baja_por: pedido.actor.id}
    elif acto in ("rechazar_baja", "retirar", "borrar"):
        cambio |= {modelo.baja_motivo: None, modelo.baja_por: None}
    return cambio
