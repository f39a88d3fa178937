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
from models.domain.workflow.carga_mesa import tuplas
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
    _quicken(base)
    base.execute("CREATE TABLE IF NOT EXISTS cambio (fila INTEGER PRIMARY KEY, cambios TEXT)")
    fill_huecos(actor, tabla, base, llegados or {})
    dictamen = Dictamen(base)
    collate_folios(actor, tabla, base, dictamen)
    dictamen.add(_refuse_lugares(actor, tabla, base))  # después: el área de un renglón con folio pudo venir de su registro
    dictamen.write()
    _find_iguales(actor.sujeto_id, tabla, base, dictamen)
    _forget_lo_que_no_se_carga(base)


def _forget_lo_que_no_se_carga(base: Any) -> None:
    """A quien carga no se le pide justificar los datos personales de renglones que ya están y no van a cambiar."""
    base.execute("DELETE FROM hallazgo WHERE fila IN (SELECT fila FROM renglon WHERE accion IN ('igual', 'baja'))")


def _quicken(base: Any) -> None:
    """Si algo le pasa al expediente se hace otra vez del libro: no hace falta que el disco lo espere."""
    for ajuste in ("journal_mode = off", "synchronous = off", "cache_size = -65536", "trusted_schema = 0"):
        base.execute(f"PRAGMA {ajuste}")


def _refuse_lugares(actor: Actor, tabla: Tabla, base: Any) -> Iterator[tuple[int, str, str]]:
    """Los renglones de áreas que no son suyas, o de donde se declaró que no hay nada."""
    assert actor.sujeto_id is not None
    declaradas = read_declaradas(actor.sujeto_id, tabla.clave)
    lugares = "SELECT DISTINCT area_id, ejercicio, periodo FROM renglon WHERE accion IN ('nuevo', 'cambia')"
    for area, ejercicio, periodo in base.execute(lugares).fetchall():
        suya = puede(actor, Accion.CAPTURAR, Objeto(actor.sujeto_id, tabla.clave, actor.id, area=area))
        razon = declaradas.reason(ejercicio, periodo) if suya else AREA_AJENA
        if razon:
            de_ahi = ("SELECT fila FROM renglon WHERE accion IN ('nuevo', 'cambia') AND area_id IS ? AND ejercicio IS ? "
                      "AND periodo IS ?")
            for (fila,) in base.execute(de_ahi, (area, ejercicio, periodo)).fetchall():
                yield fila, "malo", razon


def _find_iguales(sujeto_id: int, tabla: Tabla, base: Any, dictamen: Dictamen) -> None:
    """Los renglones sin folio que no agregan nada: repiten otro del libro, un registro, o algo que otra carga ya trajo."""
    filas: dict[int, int] = {}
    for fila, huella in base.execute("SELECT fila, huella FROM renglon WHERE accion = 'nuevo' ORDER BY fila").fetchall():
        primera = filas.setdefault(huella, fila)
        if primera != fila:
            dictamen.add([(fila, "igual", f"Repite el renglón {primera} de este libro.")])
    for trozo in in_chunks(_known(sujeto_id, tabla, filas)):
        quedan = {huella: filas[huella] for huella in trozo}
        for buscar in (_already_here, _already_loaded):
            dictamen.add((quedan.pop(huella), "igual", causa) for huella, causa in buscar(sujeto_id, tabla, list(quedan))
                         if huella in quedan)
    dictamen.write()


def _known(sujeto_id: int, tabla: Tabla, filas: Mapping[int, int]) -> list[int]:
    """Las cifras por las que vale la pena preguntar: si en la base hay menos que en el libro, las que también están en ella.

    Un libro grande suele llegar donde casi no hay nada, y entonces no hace falta buscar una por una las cien mil.
    """
    conocidas: set[int] = set()
    for modelo in (tabla.trabajo, CargaRegistro):
        suyas = modelo.select(modelo.huella).where(modelo.sujeto_id == sujeto_id).limit(len(filas))
        pocas = [huella for huella, in tuplas(suyas)]
        if len(pocas) == len(filas):
            return list(filas)
        conocidas.update(pocas)
    return [huella for huella in filas if huella in conocidas]


def _already_here(sujeto_id: int, tabla: Tabla, huellas: list[int]) -> list[tuple[int, str]]:
    """Los que dicen lo mismo que un registro que ya está."""
    modelo = tabla.trabajo
    consulta = modelo.select(modelo.huella, modelo.id).where(
        modelo.sujeto_id == sujeto_id, any_of(modelo.huella, huellas), modelo.estado != Estado.BORRADO)
    return [(huella, f"Ya está: es igual al registro {a_folio(registro)}.") for huella, registro in tuplas(consulta)]


def _already_loaded(sujeto_id: int, tabla: Tabla, huellas: list[int]) -> list[tuple[int, str]]:
    """Los que otra carga ya trajo tal cual, aunque después se haya corregido el registro o puesto su archivo."""
    modelo, suyo = tabla.trabajo, CargaRegistro
    vivo = (modelo.sujeto_id == suyo.sujeto_id) & (modelo.id == suyo.registro_id)
    consulta = suyo.select(suyo.huella, suyo.registro_id).join(modelo, on=vivo).where(
        suyo.sujeto_id == sujeto_id, any_of(suyo.huella, huellas), modelo.sujeto_id == sujeto_id,
        modelo.estado != Estado.BORRADO)
    return [(huella, f"Ya se había cargado: es el registro {a_folio(registro)}, y desde entonces se corrigió.")
            for huella, registro in tuplas(consulta)]
