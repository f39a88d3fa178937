"""Los rastros de un dato fuera de su registro: motivos, mensajes, borradores, lo que dejó una carga.

Se limpian en la transacción de quien suprime; lo que es un registro lo escribe ``workflow``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.actos import Acto
from models.actos_publicos import PubActo
from models.borradores import Borrador
from models.cargas import ArchivoPendiente, Carga, CargaPrevia, CargaRegistro
from models.domain.protegidos import build_protegido
from models.domain.supresion.limpio import clean_contenido
from models.domain.supresion.orden import Objetivo
from models.domain.supresion.tachar import Tachador
from models.formatos import Tabla
from models.lecturas import Lectura
from models.mensajes import DEL_GARANTE, Entrada, Hilo, Mensaje, Observacion
from models.sipot import RenglonSipot
from models.tareas import Lote, LoteRenglon


@dataclass(frozen=True, slots=True)
class Rastro:
    """De qué registro se habla, qué se le suprime, con qué marca y cómo se tacha en los textos."""

    tabla: Tabla
    sujeto_id: int
    registro_id: int
    objetivos: Sequence[Objetivo]
    marca: dict[str, Any]
    tachador: Tachador
    de_lejos: Tachador
    """El que se usa en lo que no es del registro: solo busca textos largos, que no puedan ser de otra cosa."""

    @property
    def campos(self) -> list[str]:
        return sorted({objetivo.campo for objetivo in self.objetivos})

    def de(self, modelo: Any) -> Any:
        """Las filas de una tabla que hablan del registro."""
        return (modelo.sujeto_id == self.sujeto_id) & (modelo.registro_id == self.registro_id)


def scrub(rastro: Rastro) -> None:
    """Limpia todo lo que no es un registro."""
    _scrub_actos(rastro)
    _scrub_actos_publicos(rastro)
    _scrub_mensajes(rastro)
    _scrub_lotes(rastro)
    _scrub_borradores(rastro)
    _scrub_cargas(rastro)
    for fila in Lectura.select().where(rastro.de(Lectura)):
        _cross(Lectura, fila, ("titulo",), rastro.tachador)
    RenglonSipot.delete().where(rastro.de(RenglonSipot)).execute()
    ArchivoPendiente.delete().where(rastro.de(ArchivoPendiente), ArchivoPendiente.campo.in_(rastro.campos)).execute()


def _cross(modelo: Any, fila: Any, columnas: Sequence[str], tachador: Tachador) -> None:
    """Tacha esas columnas de texto de una fila, si lo traen."""
    cambian = {nombre: tachador.cross(dicho) for nombre in columnas if tachador.finds(dicho := getattr(fila, nombre))}
    if cambian:
        modelo.update(**cambian).where(modelo.sujeto_id == fila.sujeto_id, modelo.id == fila.id).execute()


def _scrub_actos(rastro: Rastro) -> None:
    """La bitácora sigue diciendo quién y cuándo; lo que el dato decía, ya no."""
    for acto in Acto.select().where(rastro.de(Acto)):
        cambian: dict[str, Any] = {}
        if acto.cambios:
            cambian["cambios"] = _clean_cambios(rastro, acto.cambios)
        if acto.antes:
            cambian["antes"] = None if acto.acto == "justificar" else rastro.tachador.cross_json(acto.antes)
        if rastro.tachador.finds(acto.motivo):
            cambian["motivo"] = rastro.tachador.cross(acto.motivo)
        if cambian:
            Acto.update(**cambian).where(Acto.sujeto_id == rastro.sujeto_id, Acto.id == acto.id).execute()


def _scrub_actos_publicos(rastro: Rastro) -> None:
    """El motivo de un retiro es público: el del registro y los de varios a la vez."""
    suyos = (PubActo.sujeto_id == rastro.sujeto_id) & (PubActo.clave == rastro.tabla.clave) & PubActo.motivo.is_null(False)
    for acto in PubActo.select().where(suyos):
        es_suyo = acto.registro_id == rastro.registro_id
        _cross(PubActo, acto, ("motivo",), rastro.tachador if es_suyo else rastro.de_lejos)


def _clean_cambios(rastro: Rastro, guardado: str) -> str:
    """Los cambios de un acto: en cada campo suprimido, solo la marca. De una tabla se quita entero: sus renglones lo traen."""
    cambios: dict[str, Any] = json.loads(rastro.tachador.cross_json(guardado))
    for campo in rastro.campos:
        if campo in cambios:
            cambios[campo] = [build_protegido(rastro.marca)] * 2
    return json.dumps(cambios, ensure_ascii=False)


def _scrub_mensajes(rastro: Rastro) -> None:
    """Las observaciones hechas al registro y los avisos de su formato."""
    observaciones = list(Observacion.select().where(rastro.de(Observacion)))
    for observacion in observaciones:
        _cross(Observacion, observacion, ("titulo",), rastro.tachador)
    hilos = [observacion.id for observacion in observaciones]
    for hilo in Hilo.select().where(Hilo.sujeto_id == rastro.sujeto_id, Hilo.id.in_(hilos)):
        _cross(Hilo, hilo, ("asunto",), rastro.tachador)
    for mensaje in Mensaje.select().where(Mensaje.sujeto_id == rastro.sujeto_id, Mensaje.hilo_id.in_(hilos)):
        _cross(Mensaje, mensaje, ("texto",), rastro.tachador)
    propias = (Entrada.sujeto_id == rastro.sujeto_id) & (Entrada.clave == rastro.tabla.clave)
    del_garante = (Entrada.sujeto_id == DEL_GARANTE) & (Entrada.en == rastro.sujeto_id) & Entrada.hilo_id.in_(hilos)
    for donde in (propias, del_garante):
        for entrada in Entrada.select().where(donde):
            suya = entrada.registro_id == rastro.registro_id or entrada.hilo_id in hilos
            _cross(Entrada, entrada, ("asunto", "texto", "busca"), rastro.tachador if suya else rastro.de_lejos)


def _scrub_lotes(rastro: Rastro) -> None:
    suyos = LoteRenglon.select(LoteRenglon.lote_id).where(
        LoteRenglon.sujeto_id == rastro.sujeto_id, LoteRenglon.registro_id == rastro.registro_id)
    for lote in Lote.select().where(Lote.sujeto_id == rastro.sujeto_id, Lote.id.in_(suyos)):
        _cross(Lote, lote, ("motivo", "motivos_campo"), rastro.tachador)


def _scrub_borradores(rastro: Rastro) -> None:
    """De los borradores del registro se quita el campo; de los demás del formato, se tacha el dato si lo traen."""
    for borrador in Borrador.select().where(Borrador.sujeto_id == rastro.sujeto_id, Borrador.clave == rastro.tabla.clave):
        suyo, antes = borrador.registro_id == rastro.registro_id, [tuple(par) for par in json.loads(borrador.campos)]
        tachador = rastro.tachador if suyo else rastro.de_lejos
        quedan = [(nombre, tachador.cross(valor)) for nombre, valor in antes if not (suyo and _is_suyo(rastro, nombre))]
        if quedan != antes:
            campos = json.dumps(quedan, ensure_ascii=False)
            Borrador.update(campos=campos).where(
                Borrador.sujeto_id == rastro.sujeto_id, Borrador.id == borrador.id).execute()


def _is_suyo(rastro: Rastro, nombre: str) -> bool:
    """Si un control del formulario es de algo suprimido: ``campo``, ``campo__motivo`` o ``tabla-0-columna``."""
    for objetivo in rastro.objetivos:
        suyo = nombre == objetivo.campo or nombre.startswith((f"{objetivo.campo}__", f"{objetivo.campo}-"))
        if suyo and (not objetivo.columna or nombre.endswith(f"-{objetivo.columna}")):
            return True
    return False


def _scrub_cargas(rastro: Rastro) -> None:
    """La fila que una carga guardó para poder deshacerse, y lo que la carga cuenta de sí."""
    for previa in CargaPrevia.select().where(rastro.de(CargaPrevia)):
        CargaPrevia.update(fila=_clean_fila(rastro, json.loads(previa.fila))).where(
            rastro.de(CargaPrevia), CargaPrevia.carga_id == previa.carga_id).execute()
    suyas = CargaRegistro.select(CargaRegistro.carga_id).where(rastro.de(CargaRegistro))
    for carga in Carga.select().where(Carga.sujeto_id == rastro.sujeto_id, Carga.id.in_(suyas)):
        _cross(Carga, carga, ("resumen", "mensaje"), rastro.tachador)


def _clean_fila(rastro: Rastro, fila: dict[str, Any]) -> str:
    """La misma fila sin el dato. Sus palabras y su veredicto se van: si algún día vuelve, se hacen otra vez."""
    fila["contenido"] = clean_contenido(fila["contenido"], rastro.objetivos, rastro.marca)
    fila |= {rastro.tabla.columnas[campo]: None for campo in rastro.campos}
    fila |= {"tokens": "", "huella": None, "personales": None, "puesto_al_dia": 0}
    for columna in ("motivo", "motivos_campo", "personales_motivo"):
        if fila.get(columna):
            fila[columna] = rastro.tachador.cross(fila[columna])
    return json.dumps(fila, ensure_ascii=False)
