"""El cotejo: qué haría cada renglón bueno de un libro con lo que ya hay en la base. Por conjuntos, y sin escribir en ella.

A cada uno le pone ``nuevo``, ``cambia``, ``igual``, ``baja`` o ``malo``. Dos cargas del mismo libro no cambian nada: un renglón
sin folio cuyo contenido ya está (por su cifra, o porque otra carga ya lo trajo) es ``igual``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.cargas import CargaRegistro
from models.domain.declaradas import read_declaradas
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.domain.workflow.carga_huellas import backfill_huellas
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.cargas.conjuntos import any_of, in_chunks
from models.hojas.cargas.cotejo_folios import collate_folios
from models.hojas.cargas.dictamen import Dictamen
from models.hojas.cargas.huecos import Dato, fill_huecos
from models.hojas.revision.expediente import Expediente

AREA_AJENA = "No tiene este formato asignado para esa área. Pídalo a su Unidad de Información, o quite el renglón."


def collate(actor: Actor, tabla: Tabla, expediente: Expediente, llegados: Mapping[str, Dato] | None = None) -> None:
    """Coteja los renglones que la lectura dio por buenos. ``llegados``: ver ``fill_huecos``."""
    assert actor.sujeto_id is not None
    backfill_huellas(tabla, actor.sujeto_id)
    base = expediente.base
    base.execute("CREATE TABLE IF NOT EXISTS cambio (fila INTEGER PRIMARY KEY, cambios TEXT)")
    fill_huecos(actor, tabla, base, llegados or {})
    dictamen = Dictamen(base)
    dictamen.add(_refuse_lugares(actor, tabla, base))
    dictamen.write()
    collate_folios(actor, tabla, base, dictamen)
    for iguales in (_repeated_in_book(base), _already_here(actor.sujeto_id, tabla, base),
                    _already_loaded(actor.sujeto_id, tabla, base)):
        dictamen.add(iguales)
        dictamen.write()
    base.execute("UPDATE renglon SET accion = 'nuevo' WHERE accion = ''")


def _refuse_lugares(actor: Actor, tabla: Tabla, base: Any) -> Iterator[tuple[int, str, str]]:
    """Los renglones de áreas que no son suyas, o de donde se declaró que no hay nada."""
    assert actor.sujeto_id is not None
    for (area,) in base.execute("SELECT DISTINCT area_id FROM renglon WHERE accion = ''").fetchall():
        if not puede(actor, Accion.CAPTURAR, Objeto(actor.sujeto_id, tabla.clave, actor.id, area=area)):
            for (fila,) in base.execute("SELECT fila FROM renglon WHERE accion = '' AND area_id IS ?", (area,)):
                yield fila, "malo", AREA_AJENA
    declaradas = read_declaradas(actor.sujeto_id, tabla.clave)
    for ejercicio, periodo in base.execute("SELECT DISTINCT ejercicio, periodo FROM renglon WHERE accion = ''").fetchall():
        if razon := declaradas.reason(ejercicio, periodo):
            for (fila,) in base.execute("SELECT fila FROM renglon WHERE accion = '' AND ejercicio IS ? AND periodo IS ?",
                                        (ejercicio, periodo)):
                yield fila, "malo", razon


def _repeated_in_book(base: Any) -> Iterator[tuple[int, str, str]]:
    """Los que dicen lo mismo que un renglón anterior del propio libro."""
    repetidas = ("SELECT r.fila, p.fila FROM renglon r JOIN (SELECT huella, min(fila) AS fila FROM renglon WHERE accion = '' "
                 "GROUP BY huella HAVING count(*) > 1) p ON p.huella = r.huella WHERE r.accion = '' AND r.fila > p.fila")
    for fila, primera in base.execute(repetidas).fetchall():
        yield fila, "igual", f"Repite el renglón {primera} de este libro."


def _already_here(sujeto_id: int, tabla: Tabla, base: Any) -> Iterator[tuple[int, str, str]]:
    """Los que dicen lo mismo que un registro que ya está."""
    modelo = tabla.trabajo
    for huellas in _by_huella(base):
        consulta = modelo.select(modelo.huella, modelo.id).where(
            modelo.sujeto_id == sujeto_id, any_of(modelo.huella, huellas), modelo.estado != Estado.BORRADO).tuples()
        for huella, registro in consulta:
            if huella in huellas:
                yield huellas.pop(huella), "igual", f"Ya está: es igual al registro {a_folio(registro)}."


def _already_loaded(sujeto_id: int, tabla: Tabla, base: Any) -> Iterator[tuple[int, str, str]]:
    """Los que otra carga ya trajo tal cual, aunque después se haya corregido el registro o puesto su archivo."""
    modelo, suyo = tabla.trabajo, CargaRegistro
    vivo = (modelo.sujeto_id == suyo.sujeto_id) & (modelo.id == suyo.registro_id)
    for huellas in _by_huella(base):
        consulta = suyo.select(suyo.huella, suyo.registro_id).join(modelo, on=vivo).where(
            suyo.sujeto_id == sujeto_id, any_of(suyo.huella, huellas), modelo.sujeto_id == sujeto_id,
            modelo.estado != Estado.BORRADO).tuples()
        for huella, registro in consulta:
            if huella in huellas:
                yield huellas.pop(huella), "igual", f"Ya se había cargado: es el registro {a_folio(registro)}, y desde " \
                                                    "entonces se corrigió."


def _by_huella(base: Any) -> Iterator[dict[int, int]]:
    """Cifra → fila de los que siguen sin destino, de a miles."""
    for trozo in in_chunks(base.execute("SELECT huella, fila FROM renglon WHERE accion = ''").fetchall()):
        yield dict(tuple(par) for par in trozo)
