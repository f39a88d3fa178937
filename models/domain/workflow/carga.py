"""Cargar un libro: sus renglones, ya leídos y cotejados, se vuelven registros con unas cuantas consultas y en una transacción.

Es lo mismo que ``guardar`` hace de uno en uno: la fila, lo que decía antes, la bitácora, los contadores y los archivos. Quien
cambió un registro después del cotejo gana: entonces no se carga nada, y se dice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from peewee import fn

from models.base import db
from models.cargas import Carga
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.declaradas import read_declaradas
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.estados import Estado
from models.domain.permissions import Accion, Actor, Objeto, puede
from models.domain.workflow.carga_escritura import insert_nuevos, request_bajas, update_cambiados
from models.domain.workflow.carga_mesa import Grupos, Mesa, read_grupos, tuplas
from models.formatos import Tabla
from models.motores import es_postgres
from models.reloj import ahora

SE_MOVIO = ("Mientras usted revisaba esta carga, alguien cambió registros que también están en su libro. No se cargó nada: "
            "el libro se revisa otra vez con lo que hay ahora, para que vuelva a mirarlo y a confirmar.")


class CargaMovida(ActoImposible):
    """Lo cotejado ya no es como estaba: hay que volver a cotejar."""

    def __init__(self) -> None:
        super().__init__(SE_MOVIO)


@dataclass(frozen=True, slots=True)
class Cargado:
    """Cuántos registros nacieron, cuántos cambiaron y de cuántos se pidió la baja."""

    nuevos: int
    cambiados: int
    bajas: int


@dataclass(frozen=True, slots=True)
class Volcado:
    """Lo que se necesita para cargar: quién, qué carga y sus renglones. ``leido_en`` es el instante en que se leyeron los
    nombres de sus áreas y personas; ``personales_motivo``, por qué van datos personales."""

    actor: Actor
    tabla: Tabla
    carga: Carga
    mesa: Mesa
    leido_en: int
    personales_motivo: str = ""

    @property
    def sujeto_id(self) -> int:
        return int(self.carga.sujeto_id)


def load(volcado: Volcado) -> Cargado:
    """Carga todo lo bueno del expediente. En la transacción de quien llama, con la mesa ya acercada.

    Lanza ``CargaMovida``, ``CatalogoMovido``, ``NoPermitido`` o ``ActoImposible``; quien llama deshace la transacción.
    """
    exigir_vigente(volcado.tabla)
    if es_postgres(db):  # en SQLite ya es el único que escribe
        db.execute_sql("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"carga:{volcado.sujeto_id}:{volcado.tabla.clave}",))
    volcado.mesa.lay()
    grupos = read_grupos(volcado.mesa)
    _require_permitido(volcado, grupos)
    _require_sin_repetir(volcado)
    cuentas, instante = _count(grupos), ahora()
    hechos = (insert_nuevos(volcado, grupos, instante) if cuentas["nuevo"] else 0,
              update_cambiados(volcado, grupos, instante) if cuentas["cambia"] else 0,
              request_bajas(volcado) if cuentas["baja"] else 0)
    if hechos != (cuentas["nuevo"], cuentas["cambia"], cuentas["baja"]):
        raise CargaMovida()
    return Cargado(*hechos)


def _count(grupos: Grupos) -> Counter[str]:
    cuentas: Counter[str] = Counter()
    for (accion, *_), n in grupos.items():
        cuentas[accion] += n
    return cuentas


def _require_permitido(volcado: Volcado, grupos: Grupos) -> None:
    """Que cada área y cada periodo del libro sigan siendo suyos: se pregunta por los distintos, no por cada renglón."""
    actor, clave, sujeto_id = volcado.actor, volcado.tabla.clave, volcado.sujeto_id
    escriben = [grupo for grupo in grupos if grupo[0] in ("nuevo", "cambia")]
    objetos = [Objeto(sujeto_id, clave), *(Objeto(sujeto_id, clave, actor.id, area=area) for _, area, _, _ in escriben)]
    if not all(puede(actor, Accion.CAPTURAR, objeto) for objeto in objetos):
        raise NoPermitido("No tiene este formato asignado, o no para todas las áreas del libro; pídalo a su Unidad de "
                          "Información.")
    declaradas = read_declaradas(sujeto_id, clave)
    for _, _, ejercicio, periodo in escriben:
        if razon := declaradas.reason(ejercicio, periodo):
            raise ActoImposible(razon)


def _require_sin_repetir(volcado: Volcado) -> None:
    """Que nadie haya cargado o capturado entretanto lo mismo que este libro trae como nuevo."""
    modelo, m = volcado.tabla.trabajo, volcado.mesa.renglon
    igual = modelo.select(modelo.id).where(
        modelo.sujeto_id == volcado.sujeto_id, modelo.huella == m.c.huella, modelo.estado != Estado.BORRADO)
    if tuplas(m.select(m.c.fila).where(m.c.accion == "nuevo", fn.EXISTS(igual)).limit(1)):
        raise CargaMovida()
