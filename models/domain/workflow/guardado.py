"""Capturar y editar: lo tecleado se valida, se guarda en rojo y la copia pública no se toca."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import IntegrityError

from models.base import db
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.declaradas import require_sin_declarar
from models.domain.diferencias import Cambio, diferencias
from models.domain.errores import ActoImposible, Conflicto, DatosInvalidos, NoExiste, NoPermitido
from models.domain.estados import TRANSICIONES, Estado
from models.domain.faltantes import find_faltantes
from models.domain.permissions import Accion, Actor, Objeto, condiciones, puede
from models.domain.personales import is_blocking
from models.domain.protegidos import keep_protegidos
from models.domain.validation import Validacion, de_canonico, validar
from models.domain.workflow.anteriores import keep_contenidos
from models.domain.workflow.bitacora import log_actos
from models.domain.workflow.contadores import move
from models.domain.workflow.contenido import columns_of, link_archivos, relink_archivos
from models.domain.workflow.justificacion import justify, keep_motivo, log_justificacion, read_justificacion
from models.folios import de_folio, nuevo_id
from models.formatos import Tabla
from models.reloj import ahora


@dataclass(frozen=True, slots=True)
class Guardado:
    """Lo que quedó: el registro, su versión y lo que le falta. ``nuevo`` es falso si ya estaba (doble envío)."""

    id: int
    version: int
    validacion: Validacion
    nuevo: bool = False
    sin_cambios: bool = False


@dataclass(frozen=True, slots=True)
class Apunte:
    """Cómo queda en la bitácora una edición: su acto y, si lo lleva, su detalle."""

    acto: str
    detalle: str | None = None


EDITAR = Apunte("editar")


@dataclass(frozen=True, slots=True)
class _Letra:
    """Lo que se va a escribir: el contenido ya validado, con qué se validó, y por qué se publican sus datos personales."""

    validacion: Validacion
    contexto: ContextoDeSujeto
    motivo: str = ""

    def motivo_para(self, personales: str | None) -> str | None:
        """El motivo, si hay de qué darlo: lo que no se publica no lleva motivo."""
        return self.motivo if self.motivo and personales and not is_blocking(personales) else None


def guardar(
    actor: Actor, tabla: Tabla, crudo: Mapping[str, Any], vacios: Mapping[str, Any] | None = None, *,
    registro: int | None = None, version: int | None = None, envio: str | None = None,
    identificador: int | None = None, contexto: ContextoDeSujeto | None = None, personales_motivo: str | None = None,
) -> Guardado:
    """Captura (sin ``registro``) o edita. Los obligatorios pueden faltar; lo mal escrito no se guarda.

    ``personales_motivo`` es por qué se publican los datos personales que traiga, si trae; puede decirse después.
    ``identificador`` es el id que llevará un registro nuevo que proyecta a un maestro. ``contexto`` lo da quien guarda
    muchos registros de una institución, para no preguntar por la misma área en cada uno.
    Lanza ``DatosInvalidos``, ``NoPermitido``, ``NoExiste``, ``Conflicto`` o ``ActoImposible``.
    """
    if actor.sujeto_id is None:
        raise NoPermitido("El órgano garante no captura registros.")
    contexto = contexto or ContextoDeSujeto(actor.sujeto_id)
    assert contexto.sujeto_id == actor.sujeto_id, "El contexto es de otra institución."
    validacion = validar(tabla.formato, crudo, vacios or {}, contexto)
    if validacion.problemas:
        raise DatosInvalidos(validacion)
    letra = _Letra(validacion, contexto, read_justificacion(personales_motivo))
    if registro is not None:
        return _editar(actor, tabla, letra, registro, version, EDITAR)
    try:
        return _capturar(actor, tabla, letra, envio, identificador or nuevo_id())
    except IntegrityError:
        previo = _por_envio(tabla, actor.sujeto_id, envio)
        if previo is None:
            raise
        return _reenviar(actor, tabla, letra, previo)


def _reenviar(actor: Actor, tabla: Tabla, letra: _Letra, previo: Any) -> Guardado:
    """El mismo formulario enviado otra vez: si trae lo mismo ya está hecho; si trae otra cosa, es corregirlo.

    (Quien guarda, vuelve atrás en el navegador, cambia algo y guarda de nuevo no debe perder lo segundo.)
    """
    validacion = letra.validacion
    if sin_folios(de_canonico(previo.contenido)) == sin_folios((validacion.datos, validacion.vacios)):
        return _solo_el_motivo(actor, tabla, letra, previo)
    return _editar(actor, tabla, letra, previo.id, 1, EDITAR)


def sin_folios(contenido: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Any:
    """El contenido, con los archivos por su huella: el mismo archivo subido dos veces lleva dos folios."""
    datos, vacios = contenido
    return {nombre: {**dato, "id": ""} if isinstance(dato, dict) and "sha256" in dato else dato
            for nombre, dato in datos.items()}, vacios


def _capturar(
    actor: Actor, tabla: Tabla, letra: _Letra, envio: str | None, identificador: int,
) -> Guardado:
    assert actor.sujeto_id is not None
    validacion = letra.validacion
    objeto = Objeto(actor.sujeto_id, tabla.clave, actor.id, area=_area(validacion))
    if not puede(actor, Accion.CAPTURAR, objeto):
        raise NoPermitido("No tiene este formato asignado para esa área; pídalo a su Unidad de Información.")
    with db.atomic():
        exigir_vigente(tabla)
        if previo := _por_envio(tabla, actor.sujeto_id, envio):
            return _reenviar(actor, tabla, letra, previo)
        instante = ahora()
        fila = columns_of(tabla, validacion, instante, letra.contexto.propios) | {
            "sujeto_id": actor.sujeto_id, "id": identificador, "estado": Estado.CAPTURADO, "version": 1,
            "creado_por": actor.id, "a_cargo_de": actor.id, "cambiado_por": actor.id,
            "creado_en": instante, "cambiado_en": instante, "envio": envio}
        fila["personales_motivo"] = letra.motivo_para(fila["personales"])
        require_sin_declarar(actor.sujeto_id, tabla.clave, *_lugar(fila, "")[:2])
        tabla.trabajo.insert(**fila).execute()
        link_archivos(tabla, actor.sujeto_id, identificador, validacion.datos)
        move(tabla, actor.sujeto_id, Counter({_lugar(fila, Estado.CAPTURADO): 1}), instante)
        log_actos([_acto(actor, tabla, identificador, "capturar", None, 1, instante)])
        if fila["personales_motivo"]:
            log_justificacion(actor, tabla, tabla.trabajo(**fila), fila["personales"], fila["personales_motivo"], 1, instante)
    return Guardado(identificador, 1, validacion, nuevo=True)


def write_validado(
    actor: Actor, tabla: Tabla, validacion: Validacion, registro: int, version: int | None, apunte: Apunte = EDITAR,
) -> Guardado:
    """Reemplaza el contenido de un registro por uno ya validado, si nadie lo cambió desde ``version``. Queda en rojo."""
    return _editar(actor, tabla, _Letra(validacion, ContextoDeSujeto(actor.sujeto_id or 0)), registro, version, apunte)


def _editar(actor: Actor, tabla: Tabla, letra: _Letra, registro: int, version: int | None, apunte: Apunte) -> Guardado:
    validacion = letra.validacion
    with db.atomic():
        exigir_vigente(tabla)
        fila = _fila_editable(actor, tabla, registro)
        if version is not None and fila.version != version:
            raise Conflicto(fila)
        datos, vacios = de_canonico(fila.contenido)
        keep_lo_protegido(tabla, validacion, vacios)
        cambios = diferencias(tabla.formato, datos, validacion.datos, vacios, validacion.vacios)
        if not cambios:
            return _solo_el_motivo(actor, tabla, letra, fila)
        if not puede(actor, Accion.EDITAR, Objeto(
                fila.sujeto_id, tabla.clave, fila.a_cargo_de, fila.numero_publico, _area(validacion))):
            raise NoPermitido("Solo puede capturar registros de sus áreas.")
        _write_edicion(actor, tabla, fila, letra, {c.campo: _antes_y_ahora(c) for c in cambios}, apunte)
    return Guardado(registro, fila.version + 1, validacion)


def keep_lo_protegido(tabla: Tabla, validacion: Validacion, vacios: Mapping[str, Any]) -> None:
    """Lo protegido sigue así mientras nadie escriba un dato en su lugar, y no cuenta como faltante."""
    if suplidos := keep_protegidos(validacion.datos, validacion.vacios, vacios):
        faltan = find_faltantes(tabla.formato, validacion.datos, validacion.vacios)
        validacion.faltan = [nombre for nombre in validacion.faltan if nombre not in suplidos or nombre in faltan]


def _solo_el_motivo(actor: Actor, tabla: Tabla, letra: _Letra, fila: Any) -> Guardado:
    """Guardar sin cambiar nada no es editar; si además se dijo por qué se publican los datos personales, eso sí se guarda."""
    motivo = letra.motivo_para(fila.personales)
    if not motivo or motivo == fila.personales_motivo:
        return Guardado(fila.id, fila.version, letra.validacion, sin_cambios=True)
    return Guardado(fila.id, justify(actor, tabla, fila.id, fila.version, motivo), letra.validacion)


def _fila_editable(actor: Actor, tabla: Tabla, registro: int) -> Any:
    modelo = tabla.trabajo
    consulta = modelo.select().where(*condiciones(actor, Accion.EDITAR, tabla), modelo.id == registro)
    fila = _con_candado(consulta).first()
    if fila is None:
        raise NoExiste()
    if fila.estado not in TRANSICIONES["editar"].de:
        raise ActoImposible("Ese registro está retirado o en la papelera; restáurelo antes de editarlo.")
    return fila


def _write_edicion(
    actor: Actor, tabla: Tabla, fila: Any, letra: _Letra, cambios: dict[str, list[Any]], apunte: Apunte,
) -> None:
    modelo, instante, validacion = tabla.trabajo, ahora(), letra.validacion
    columnas = columns_of(tabla, validacion, instante, letra.contexto.propios)
    dicho = letra.motivo_para(columnas["personales"])
    columnas["personales_motivo"] = dicho or keep_motivo(fila, columnas["personales"])
    keep_contenidos([fila])
    cambiadas = modelo.update(
        **columnas, estado=Estado.CAPTURADO, version=fila.version + 1, cambiado_por=actor.id, cambiado_en=instante,
        motivo=None, motivos_campo=None,
    ).where(modelo.sujeto_id == fila.sujeto_id, modelo.id == fila.id, modelo.version == fila.version).execute()
    if not cambiadas:
        raise Conflicto(fila)
    require_sin_declarar(fila.sujeto_id, tabla.clave, *_lugar(columnas, "")[:2])
    relink_archivos(tabla, fila.sujeto_id, fila.id, validacion.datos)
    antes = (fila.ejercicio, fila.periodo, str(fila.estado))
    diferencia: Counter[Any] = Counter()
    diferencia[antes] -= 1
    diferencia[_lugar(columnas, Estado.CAPTURADO)] += 1
    move(tabla, fila.sujeto_id, diferencia, instante)
    log_actos([_acto(actor, tabla, fila.id, apunte.acto, fila.estado, fila.version + 1, instante)
               | {"cambios": json.dumps(cambios, ensure_ascii=False), "motivo": apunte.detalle}])
    if dicho and dicho != fila.personales_motivo:
        log_justificacion(actor, tabla, fila, columnas["personales"], dicho, fila.version + 1, instante)


def _acto(
    actor: Actor, tabla: Tabla, registro: int, acto: str, antes: str | None, version: int, instante: int,
) -> dict[str, Any]:
    return {"sujeto_id": actor.sujeto_id, "clave": tabla.clave, "registro_id": registro, "acto": acto,
            "estado_antes": antes, "estado": Estado.CAPTURADO, "version": version, "usuario_id": actor.id,
            "instante": instante}


def _por_envio(tabla: Tabla, sujeto_id: int, envio: str | None) -> Any:
    modelo = tabla.trabajo
    if envio is None:
        return None
    return modelo.select().where(modelo.sujeto_id == sujeto_id, modelo.envio == envio).first()


def _con_candado(consulta: Any) -> Any:
    """En PostgreSQL la fila se bloquea; en SQLite la transacción ya es de un solo escritor."""
    return consulta.for_update() if db.obj.for_update else consulta


def _antes_y_ahora(cambio: Cambio) -> list[Any]:
    """El dato o, si no lo había, la razón de estar vacío."""
    return [cambio.vacio_antes if cambio.antes is None else cambio.antes,
            cambio.vacio_ahora if cambio.ahora is None else cambio.ahora]


def _area(validacion: Validacion) -> int | None:
    area = validacion.datos.get("area_responsable")
    return de_folio(str(area["id"])) if isinstance(area, dict) else None


def _lugar(columnas: Mapping[str, Any], estado: str) -> tuple[int, str, str]:
    return columnas.get("ejercicio") or 0, columnas.get("periodo") or "", str(estado)
