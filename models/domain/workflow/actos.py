"""Aplicar un acto a uno o a muchos registros: se revisa cada uno, y cada uno queda hecho por completo o no se toca.

Los que pasan se escogen y se escriben por conjuntos; fila por fila solo se leen los que hay que poner al día y los que
quedan fuera, para decir por qué.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import db
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.estados import TRANSICIONES
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.workflow.conjuntos import ids_of, reach
from models.domain.workflow.escritura import Aptas, Pedido, write_acto
from models.domain.workflow.motivos import read_motivo, read_por_campo
from models.domain.workflow.puesta_al_dia import find_viejas, refresh
from models.domain.workflow.reglas import Juez
from models.domain.workflow.resultado import Fuera, Resultado
from models.formatos import Tabla
from models.motores import es_postgres
from models.tareas import Lote, LoteRenglon

REBANADA = 2000
"""Registros por transacción, si quien llama no dice otra cosa."""

Seleccion = Sequence[tuple[int, int | None]]
"""(id, versión que la persona vio) de cada registro; versión nula, la que tenga."""


def aplicar(
    actor: Actor, acto: str, tabla: Tabla, seleccion: Seleccion, motivo: str = "", por_campo: Mapping[str, str] | None = None,
    rebanada: int = REBANADA, antes: Callable[[Aptas], None] | None = None,
) -> Resultado:
    """Hace ``acto`` a los registros; ``por_campo`` son los motivos de cada dato, al devolver.

    ``antes`` recibe, de cada rebanada y justo antes de escribirla, los que van a recibir el acto.
    Lanza ``ActoImposible`` si falta el motivo, y ``NoPermitido`` si no es lo suyo.
    """
    transicion = TRANSICIONES.get(acto)
    if transicion is None or acto == "editar":
        raise ActoImposible("Ese acto no existe.")
    senalados = read_por_campo(tabla.formato, por_campo or {})
    motivo = read_motivo(transicion.pide_motivo, motivo, senalados, tabla.formato)
    if actor.sujeto_id is None or not puede(actor, transicion.accion, Objeto(actor.sujeto_id, tabla.clave)):
        raise NoPermitido(f"Su perfil no permite: {transicion.nombre.lower()}.")
    pedido, resultado = Pedido(actor, actor.sujeto_id, acto, transicion, tabla, motivo, senalados), Resultado()
    for tramo in _rebanadas(dict(seleccion), rebanada):
        with db.atomic():
            exigir_vigente(tabla)
            _apply_rebanada(pedido, tramo, resultado, antes or (lambda _: None))
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
    filas = _leer(actor, tabla, [r.registro_id for r in renglones])
    juez = Juez(actor, TRANSICIONES[acto], tabla)
    prevision = Prevision(parcial=lote.n > hasta)
    for renglon in renglones:
        fila = filas.get(renglon.registro_id)
        razon = juez.razon(fila, renglon.version)
        if razon is None:
            prevision.aptas.append(fila)
        else:
            prevision.fuera.append(FueraPrevista(fila, razon))
    return prevision


def _rebanadas(seleccion: dict[int, int | None], tamano: int) -> Iterator[dict[int, int | None]]:
    pares = sorted(seleccion.items())
    for i in range(0, len(pares), tamano):
        yield dict(pares[i:i + tamano])


def _apply_rebanada(
    pedido: Pedido, rebanada: dict[int, int | None], resultado: Resultado, antes: Callable[[Aptas], None],
) -> None:
    juez = Juez(pedido.actor, pedido.transicion, pedido.tabla)
    _lock(pedido, rebanada)
    alcance = reach(pedido.tabla.trabajo, pedido.sujeto_id, list(rebanada))
    if pedido.transicion.pide_completo:
        _refresh(pedido, juez, alcance, rebanada)
    aptas = _find_aptas(pedido.tabla, juez, alcance, rebanada)
    if len(aptas.id) < len(rebanada):
        resultado.fuera += _name_fuera(pedido, juez, rebanada.keys() - set(aptas.id), rebanada)
    if aptas.id:
        antes(aptas)
        write_acto(pedido, aptas)
        resultado.hechos += aptas.id


def _lock(pedido: Pedido, rebanada: dict[int, int | None]) -> None:
    """En PostgreSQL, que nadie toque esas filas mientras se revisan; en SQLite la transacción ya es de un solo escritor."""
    modelo = pedido.tabla.trabajo
    if db.obj.for_update:
        db.obj.execute(modelo.select(modelo.id).where(ids_of(modelo, pedido.sujeto_id, list(rebanada)))
                       .order_by(modelo.id).for_update())


def _refresh(pedido: Pedido, juez: Juez, alcance: Any, rebanada: dict[int, int | None]) -> None:
    """Pone al día las que lo necesitan. Las que de todos modos no se van a tocar, ni para eso."""
    viejas = find_viejas(pedido.tabla, pedido.sujeto_id, [*juez.tocables(), alcance])
    refresh(pedido.tabla, [fila for fila in viejas if _es_la_vista(fila.id, fila.version, rebanada)])


def _find_aptas(tabla: Tabla, juez: Juez, alcance: Any, rebanada: dict[int, int | None]) -> Aptas:
    modelo = tabla.trabajo
    columnas = [getattr(modelo, nombre) for nombre in Aptas._fields[:-1]] + [_raw(modelo.contenido)]
    consulta = modelo.select(*columnas).where(*juez.pasan(), alcance).order_by(modelo.id)
    filas = db.execute_sql(*consulta.sql()).fetchall()
    if [fila[:2] for fila in filas] != list(rebanada.items()):  # casi siempre son justo las pedidas, como se vieron
        filas = [fila for fila in filas if _es_la_vista(fila[0], fila[1], rebanada)]
    return Aptas._make(zip(*filas, strict=True)) if filas else Aptas(*[()] * len(columnas))


def _raw(contenido: Any) -> Any:
    """El contenido, para sacarle su huella: sus bytes, que SQLite da sin volverlos letras."""
    return contenido if es_postgres(db) else contenido.cast("BLOB")


def _es_la_vista(identificador: int, version: int, rebanada: dict[int, int | None]) -> bool:
    """Si es de las pedidas, y sigue en la versión que la persona vio."""
    return identificador in rebanada and rebanada[identificador] in (None, version)


def _name_fuera(pedido: Pedido, juez: Juez, ids: set[int], rebanada: dict[int, int | None]) -> list[Fuera]:
    filas, fuera = _leer(pedido.actor, pedido.tabla, sorted(ids)), []
    for identificador in sorted(ids):
        razon = juez.razon(filas.get(identificador), rebanada[identificador])
        assert razon is not None, "Las reglas no dicen lo mismo de la fila que de la tabla."
        fuera.append(Fuera(identificador, razon))
    return fuera


def _leer(actor: Actor, tabla: Tabla, ids: list[int]) -> dict[int, Any]:
    modelo: Any = tabla.trabajo
    consulta = modelo.select().where(*condiciones(actor, Accion.VER, tabla), ids_of(modelo, actor.sujeto_id or 0, ids))
    return {fila.id: fila for fila in consulta}
