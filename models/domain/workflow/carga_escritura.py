"""Lo que una carga escribe, por conjuntos: los registros nuevos, los cambiados y las bajas que se piden."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from peewee import SQL, Case, Value, fn

from models.actos import Acto, ContenidoAnterior
from models.adjuntos import RegistroArchivo
from models.cargas import ArchivoPendiente, CargaArchivo, CargaRegistro
from models.domain.estados import TRANSICIONES, Estado
from models.domain.lectores.crudo import plegar
from models.domain.permissions import Accion, condiciones
from models.domain.personales import is_blocked
from models.domain.workflow.actos import aplicar
from models.domain.workflow.carga_mesa import PROPIAS, Grupos, Mesa, fisicas_of, tuplas
from models.domain.workflow.carga_previa import keep_previas
from models.domain.workflow.contadores import Lugar, move
from models.domain.workflow.justificacion import ACTO
from models.folios import numerador
from models.formatos import Tabla

if TYPE_CHECKING:
    from models.domain.workflow.carga import Volcado

SIN_MOTIVO = "Así venía en el libro."
"""El de una baja que el libro marca y no explica."""


def insert_nuevos(volcado: Volcado, grupos: Grupos, instante: int) -> int:
    """Inserta los renglones nuevos con todo lo suyo. Da cuántos."""
    modelo, m, actor = volcado.tabla.trabajo, volcado.mesa.renglon, volcado.actor
    apartado = numerador.apartar(_ultima_fila(volcado.mesa) + 1)
    propio = made_id(apartado)
    fijas = {"sujeto_id": volcado.sujeto_id, "estado": str(Estado.CAPTURADO), "version": 1, "numero_publico": 0,
             "creado_por": actor.id, "a_cargo_de": actor.id, "cambiado_por": actor.id, "creado_en": instante,
             "cambiado_en": instante}
    columnas = {modelo.id: propio} | {getattr(modelo, nombre): Value(valor) for nombre, valor in fijas.items()} | {
        getattr(modelo, nombre): valor for nombre, valor in _del_contenido(volcado, instante).items()} | {
        modelo.personales_motivo: Case(None, [(_justificable(m.c.personales), volcado.personales_motivo or None)], None)}
    nuevos = m.select(*columnas.values()).where(m.c.accion == "nuevo").order_by(m.c.fila)
    n = int(modelo.insert_from(nuevos, list(columnas)).as_rowcount().execute())
    _log(volcado, "nuevo", propio, {"acto": "capturar", "estado": str(Estado.CAPTURADO), "version": 1}, instante)
    _log_motivo(volcado, "nuevo", propio, Value(1), instante)
    _note_registros(volcado, "nuevo", propio, None, Value(1))
    move(volcado.tabla, volcado.sujeto_id, _lugares(grupos, "nuevo"), instante)
    _link(volcado, "nuevo", propio)
    return n


def update_cambiados(volcado: Volcado, grupos: Grupos, instante: int) -> int:
    """Reemplaza el contenido de los que cambian, si siguen en la versión cotejada y la persona puede. Da cuántos."""
    modelo, m, sujeto_id = volcado.tabla.trabajo, volcado.mesa.renglon, volcado.sujeto_id
    siguen = [*condiciones(volcado.actor, Accion.EDITAR, volcado.tabla), modelo.id == m.c.registro_id,
              modelo.version == m.c.version, modelo.estado.in_(sorted(TRANSICIONES["editar"].de)), m.c.accion == "cambia"]
    diferencias = _lugares(grupos, "cambia")
    previos = modelo.select(modelo.ejercicio, modelo.periodo, modelo.estado, fn.COUNT(modelo.id)).join(
        m, on=(modelo.id == m.c.registro_id)).where(*siguen).group_by(modelo.ejercicio, modelo.periodo, modelo.estado)
    for ejercicio, periodo, estado, n in tuplas(previos):
        diferencias[ejercicio, periodo, estado] -= n
    keep_previas(volcado, siguen)
    _keep_contenidos(volcado, siguen)
    _log_cambios(volcado, siguen, instante)
    cambios = {getattr(modelo, nombre): valor for nombre, valor in _del_contenido(volcado, instante).items()} | {
        modelo.estado: str(Estado.CAPTURADO), modelo.version: modelo.version + 1, modelo.cambiado_por: volcado.actor.id,
        modelo.cambiado_en: instante, modelo.motivo: None, modelo.motivos_campo: None,
        modelo.personales_motivo: Case(None, [
            (_justificable(m.c.personales) & (Value(volcado.personales_motivo) != ""), volcado.personales_motivo),
            (modelo.personales == m.c.personales, modelo.personales_motivo)], None)}
    hechos = int(modelo.update(cambios).from_(m).where(*siguen).execute())
    move(volcado.tabla, sujeto_id, diferencias, instante)
    _log_motivo(volcado, "cambia", m.c.registro_id, m.c.version + 1, instante)
    _note_registros(volcado, "cambia", m.c.registro_id, m.c.version, m.c.version + 1)
    _unlink(volcado)
    _link(volcado, "cambia", m.c.registro_id)
    return hechos


def request_bajas(volcado: Volcado) -> int:
    """Pide la baja de los marcados, con su motivo. Da cuántas quedaron pedidas."""
    m, por_motivo = volcado.mesa.renglon, defaultdict[str, list[tuple[int, int | None]]](list)
    marcadas = m.select(m.c.registro_id, m.c.version, m.c.baja_motivo).where(m.c.accion == "baja")
    for registro, version, motivo in tuplas(marcadas):
        por_motivo[motivo or SIN_MOTIVO].append((registro, version))
    hechas = sum(len(aplicar(volcado.actor, "solicitar_baja", volcado.tabla, pares, motivo).hechos)
                 for motivo, pares in por_motivo.items())
    _note_registros(volcado, "baja", m.c.registro_id, m.c.version, m.c.version + 1)
    return hechas


def made_id(apartado: int, alias: str = "m") -> Any:
    """El identificador que le toca a cada fila de un apartado (``Numerador.apartar``), como lo hace la base."""
    numero = f"({apartado} + {alias}.fila)"
    return SQL(f"((({numero} >> 12) << 22) + {numerador.escritor << 12} + ({numero} & 4095))")


def _ultima_fila(mesa: Mesa) -> int:
    [(ultima,)] = tuplas(mesa.renglon.select(fn.MAX(mesa.renglon.c.fila)))
    return int(ultima or 0)


def _del_contenido(volcado: Volcado, instante: int) -> dict[str, Any]:
    """Columna → lo que se escribe en ella: lo del renglón, tal cual, y lo que se sabe al cargar."""
    m = volcado.mesa.renglon
    return {nombre: getattr(m.c, nombre) for nombre in (*PROPIAS, *fisicas_of(volcado.tabla))} | {
        "catalogo": Value(volcado.tabla.numero), "contenido_en": Value(instante), "puesto_al_dia": Value(volcado.leido_en)}


def _justificable(personales: Any) -> Any:
    """Que traiga datos personales y ninguno esté prohibido: esos no se publican ni con motivo."""
    return personales.is_null(False) & ~is_blocked(personales)


def _log_motivo(volcado: Volcado, accion: str, registro: Any, version: Any, instante: int) -> None:
    """Queda dicho quién respondió por los datos personales de cada renglón, y por cuáles (tapados)."""
    if not volcado.personales_motivo:
        return
    m = volcado.mesa.renglon
    columnas = _del_acto(volcado, instante) | {
        Acto.registro_id: registro, Acto.acto: Value(ACTO), Acto.estado_antes: Value(str(Estado.CAPTURADO)),
        Acto.estado: Value(str(Estado.CAPTURADO)), Acto.version: version, Acto.motivo: Value(volcado.personales_motivo),
        Acto.antes: m.c.personales}
    Acto.insert_from(m.select(*columnas.values()).where(m.c.accion == accion, _justificable(m.c.personales)),
                     list(columnas)).execute()


def _lugares(grupos: Grupos, accion: str) -> Counter[Lugar]:
    """A qué lugares del tablero llegan los renglones de esa acción."""
    lugares: Counter[Lugar] = Counter()
    for (suya, _, ejercicio, periodo), n in grupos.items():
        if suya == accion:
            lugares[ejercicio, periodo, str(Estado.CAPTURADO)] += n
    return lugares


def _log(volcado: Volcado, accion: str, registro: Any, dicho: dict[str, Any], instante: int) -> None:
    m = volcado.mesa.renglon
    columnas = _del_acto(volcado, instante) | {Acto.registro_id: registro} | {
        getattr(Acto, nombre): Value(valor) for nombre, valor in dicho.items()}
    Acto.insert_from(m.select(*columnas.values()).where(m.c.accion == accion).order_by(m.c.fila), list(columnas)).execute()


def _log_cambios(volcado: Volcado, siguen: list[Any], instante: int) -> None:
    """El acto de cada cambiado, con sus diferencias, que el cotejo ya sacó."""
    modelo, m, k = volcado.tabla.trabajo, volcado.mesa.renglon, volcado.mesa.cambio
    columnas = _del_acto(volcado, instante) | {
        Acto.registro_id: modelo.id, Acto.acto: Value("editar"), Acto.estado_antes: modelo.estado,
        Acto.estado: Value(str(Estado.CAPTURADO)), Acto.version: modelo.version + 1, Acto.cambios: k.c.cambios}
    consulta = modelo.select(*columnas.values()).join(m, on=(modelo.id == m.c.registro_id)).join(
        k, on=(m.c.fila == k.c.fila)).where(*siguen)
    Acto.insert_from(consulta, list(columnas)).execute()


def _del_acto(volcado: Volcado, instante: int) -> dict[Any, Any]:
    return {Acto.sujeto_id: Value(volcado.sujeto_id), Acto.id: made_id(numerador.apartar(_ultima_fila(volcado.mesa) + 1)),
            Acto.clave: Value(volcado.tabla.clave), Acto.usuario_id: Value(volcado.actor.id), Acto.instante: Value(instante),
            Acto.motivo: Value(f"Con el libro «{volcado.carga.nombre}»."), Acto.autoaprobacion: Value(False)}


def _keep_contenidos(volcado: Volcado, siguen: list[Any]) -> None:
    modelo, m = volcado.tabla.trabajo, volcado.mesa.renglon
    columnas: dict[Any, Any] = {
        ContenidoAnterior.sujeto_id: modelo.sujeto_id, ContenidoAnterior.registro_id: modelo.id,
        ContenidoAnterior.version: modelo.version, ContenidoAnterior.contenido: modelo.contenido,
        ContenidoAnterior.catalogo: modelo.catalogo, ContenidoAnterior.contenido_en: modelo.contenido_en}
    consulta = modelo.select(*columnas.values()).join(m, on=(modelo.id == m.c.registro_id)).where(*siguen)
    ContenidoAnterior.insert_from(consulta, list(columnas)).execute()


def _note_registros(volcado: Volcado, accion: str, registro: Any, antes: Any, version: Any) -> None:
    m = volcado.mesa.renglon
    columnas: dict[Any, Any] = {
        CargaRegistro.sujeto_id: Value(volcado.sujeto_id), CargaRegistro.carga_id: Value(volcado.carga.id),
        CargaRegistro.registro_id: registro, CargaRegistro.accion: Value(accion), CargaRegistro.fila: m.c.fila,
        CargaRegistro.antes: Value(None) if antes is None else antes, CargaRegistro.version: version,
        CargaRegistro.huella: m.c.huella}
    CargaRegistro.insert_from(
        m.select(*columnas.values()).where(m.c.accion == accion).order_by(m.c.fila), list(columnas)).execute()


def _unlink(volcado: Volcado) -> None:
    """Quita lo apuntado de los cambiados: lo que usan ahora se apunta enseguida."""
    m = volcado.mesa.renglon
    suyos = m.select(m.c.registro_id).where(m.c.accion == "cambia")
    for modelo in (RegistroArchivo, ArchivoPendiente):
        modelo.delete().where(modelo.sujeto_id == volcado.sujeto_id, modelo.registro_id.in_(suyos)).execute()


def _link(volcado: Volcado, accion: str, registro: Any) -> None:
    """Apunta qué archivos usan, y cuáles nombra el libro y no llegaron. Los usados dejan de ser de la carga."""
    m, a, sujeto_id = volcado.mesa.renglon, volcado.mesa.archivo, volcado.sujeto_id
    for columna in archivos_of(volcado.tabla):
        archivo = getattr(m.c, columna)
        consulta = m.select(Value(sujeto_id), registro, archivo, Value(volcado.tabla.clave)).where(
            m.c.accion == accion, archivo.is_null(False))
        RegistroArchivo.insert_from(consulta, [
            RegistroArchivo.sujeto_id, RegistroArchivo.registro_id, RegistroArchivo.archivo_id, RegistroArchivo.clave,
        ]).on_conflict_ignore().execute()
    faltan = tuplas(m.select(registro, a.c.campo, a.c.nombre).join(a, on=(a.c.fila == m.c.fila)).where(
        m.c.accion == accion, a.c.archivo_id.is_null()))
    filas = [{"sujeto_id": sujeto_id, "registro_id": registro_id, "campo": campo, "nombre": nombre, "plegado": plegar(nombre),
              "clave": volcado.tabla.clave, "carga_id": volcado.carga.id} for registro_id, campo, nombre in faltan]
    for i in range(0, len(filas), 1000):
        ArchivoPendiente.insert_many(filas[i:i + 1000]).on_conflict_ignore().execute()
    usados = m.select(a.c.archivo_id).join(a, on=(a.c.fila == m.c.fila)).where(
        m.c.accion == accion, a.c.archivo_id.is_null(False))
    CargaArchivo.delete().where(CargaArchivo.sujeto_id == sujeto_id, CargaArchivo.carga_id == volcado.carga.id,
                                CargaArchivo.archivo_id.in_(usados)).execute()


def archivos_of(tabla: Tabla) -> list[str]:
    """Las columnas físicas de los campos de archivo."""
    return [tabla.columnas[campo.nombre] for campo in tabla.formato.campos if campo.tipo == "archivo"]
