"""Monta la demostración entera, en una sola transacción: o queda completa, o no queda nada."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from fracciones_config import Catalogo, Formato
from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.demostracion.borrador import leave_borrador
from models.demostracion.calendario import days_ago, excuse, spread
from models.demostracion.caso import Caso
from models.demostracion.correspondencia import correspond, correspond_garante
from models.demostracion.escudo import hang_escudo
from models.demostracion.guion import ESTELAR, capture, correct, destinos, perform
from models.demostracion.libreto import Ficha, fichas, read
from models.demostracion.organos import seat_organos
from models.demostracion.papeles import upload_papeles
from models.demostracion.pasado import count_con_pasado, live_past
from models.demostracion.personales import leave_personales
from models.demostracion.personas import full_name, hire_equipo, hire_garante, make_huella
from models.demostracion.protegido import leave_protegido
from models.demostracion.redactor import write
from models.demostracion.sede import Sede, furnish
from models.domain.actores import actor_de
from models.domain.aplicabilidad import formatos_de
from models.domain.ausencias import NO_APLICA, approve, propose
from models.domain.catalogo_vigente import Foto, vigente
from models.domain.cumplimiento import del_ultimo_anio
from models.domain.masters import project
from models.domain.permissions import Actor
from models.domain.prorrogas import Pedida, grant
from models.domain.sujetos import create_sujeto, publish_sujeto
from models.formatos import Tabla
from models.reloj import atrasado, hoy
from models.sujetos import Aplicabilidad, SujetoObligado

CON_PRORROGA = "hacienda_municipal"

DIAS_DE_ANTES, DIAS_DEL_RELEVO = 400, 60
"""Hace cuántos días se publicó por primera vez una institución, y hace cuántos cambió quien lleva su Unidad."""

Aviso = Callable[[str], object]

Elegidas = Mapping[str, Collection[int]]
"""Siglas → artículos; sin artículos, todos."""


@dataclass(frozen=True, slots=True)
class Resumen:
    """Cuánto quedó."""

    instituciones: int
    registros: int


def create_demostracion(almacen: AlmacenEnDisco, avisar: Aviso = print, solo: Elegidas | None = None) -> Resumen | None:
    """Crea la demostración en una base con catálogo y sin instituciones; si ya hay alguna no hace nada y da ``None``.

    ``solo`` limita a unas siglas y a unos artículos de cada una: las pruebas no la necesitan entera. La conexión ya está
    abierta.
    """
    if SujetoObligado.select().exists():
        return None
    foto, registros, huella = vigente.foto, 0, make_huella()
    with db.atomic():
        garante = actor_de(hire_garante(huella), foto.catalogo)
        presentes = [ficha for ficha in fichas() if solo is None or ficha.siglas in solo]
        for ficha in presentes:
            cuantos = _mount(ficha, foto, almacen, huella, (solo or {}).get(ficha.siglas, ()))
            avisar(f"  {ficha.nombre}: {cuantos:,} registros")
            registros += cuantos
        if presentes:
            correspond_garante(garante, foto)
        _extend(garante, foto.catalogo)
    return Resumen(len(presentes), registros)


def _extend(garante: Actor, catalogo: Catalogo) -> None:
    """Una prórroga a los municipios, para que se vea cómo se lee: al último trimestre terminado de un formato."""
    formato = catalogo.por_clave[CON_PRORROGA]
    suyo = [periodo for periodo in del_ultimo_anio(formato, hoy()) if periodo.fin < hoy()][-1]
    limite = suyo.limite(formato.plazo_dias) + dt.timedelta(days=45)
    grant(garante, [formato], Pedida("clase:municipal", suyo.ejercicio, suyo.clave, limite,
                                     "Acuerdo por el que se suspenden plazos durante la entrega-recepción municipal."))


def _mount(ficha: Ficha, foto: Foto, almacen: AlmacenEnDisco, huella: str, articulos: Collection[int]) -> int:
    """Una institución completa, o solo con unos artículos. Da cuántos registros le tocaron."""
    sujeto = create_sujeto(ficha.siglas, ficha.nombre, ficha.nombre_corto, ficha.poder, ficha.municipio, _datos_de_antes(ficha))
    _exempt(sujeto, ficha, foto.catalogo)
    with atrasado(DIAS_DE_ANTES):
        publish_sujeto(sujeto, foto.catalogo)
    formatos = formatos_de(sujeto.id, foto.catalogo)
    equipo = hire_equipo(sujeto.id, ficha, formatos, foto.catalogo, huella)
    sede = furnish(sujeto.id, ficha, equipo, upload_papeles(equipo.unidad, almacen, ficha))
    seat_organos(sede, foto.catalogo)
    no_aplica: dict[str, str] = read("no_aplica").get(ficha.siglas, {})
    cuantos = sum(_fill(sede, foto.tablas[formato.clave]) for formato in formatos
                  if formato.clave not in no_aplica and (not articulos or formato.articulo in articulos))
    for clave, fundamento in no_aplica.items():
        approve(equipo.unidad, foto.tablas[clave], propose(equipo.unidad, foto.tablas[clave], NO_APLICA, fundamento))
    if ficha.siglas == ESTELAR:
        leave_borrador(equipo, foto.tablas)
        cuantos += leave_protegido(sede, foto.tablas)
    if ficha.clase == "ayuntamiento":
        cuantos += leave_personales(sede, foto.tablas)
    correspond(equipo, foto)
    sujeto.datos = json.dumps(_datos(ficha), ensure_ascii=False)
    sujeto.save()
    with atrasado(DIAS_DEL_RELEVO):
        publish_sujeto(sujeto, foto.catalogo)
    hang_escudo(equipo.unidad, ficha, almacen, foto.catalogo)
    SujetoObligado.update(guia_cerrada=True).where(SujetoObligado.id == sujeto.id).execute()
    return cuantos


def _fill(sede: Sede, tabla: Tabla) -> int:
    """Los registros de un formato, el día que le tocó a su área."""
    with atrasado(days_ago(sede, tabla.formato)):
        cuantos = _fill_en_su_dia(sede, tabla)
        if not tabla.formato.es_vigente:
            excuse(sede, tabla, spread(tabla.formato, destinos(sede.ficha, tabla.formato), hoy()), hoy())
    return cuantos


def _fill_en_su_dia(sede: Sede, tabla: Tabla) -> int:
    """Cada registro, llevado a su estado."""
    escritos = _projected(sede, tabla.formato) if tabla.formato.proyeccion else _written(sede, tabla.formato)
    registros: dict[str, list[int]] = defaultdict(list)
    por_corregir, con_pasado = [], count_con_pasado(sede, tabla)
    live_past(sede, tabla, [datos for _, _, datos in escritos[:con_pasado]], hoy())
    for destino, identificador, datos in escritos[con_pasado:]:
        registro = capture(sede, tabla, datos, destino, identificador)
        registros[destino].append(registro)
        if destino == "con_cambios":
            por_corregir.append((registro, datos))
    perform(sede.equipo, tabla, registros)
    for registro, datos in por_corregir:
        correct(sede, tabla, registro, datos)
    return len(escritos)


Escrito = tuple[str, int | None, dict[str, Any]]
"""Destino, id si el registro proyecta a un maestro, y lo que se teclea."""


def _written(sede: Sede, formato: Formato) -> list[Escrito]:
    rumbos = destinos(sede.ficha, formato)
    lugares = spread(formato, rumbos, hoy())
    return [(destino, None, write(formato, Caso(sede, formato.clave, numero, lugar)))
            for numero, (destino, lugar) in enumerate(zip(rumbos, lugares, strict=True), start=1)]


def _projected(sede: Sede, formato: Formato) -> list[Escrito]:
    """El organigrama y el directorio: un registro por maestro, con su mismo id; los últimos, sin publicar."""
    assert formato.proyeccion is not None
    maestros: list[Any] = [*(sede.areas if formato.proyeccion.maestro == "area" else sede.personas)]
    rumbos = destinos(sede.ficha, formato)
    rumbos = ["publicado"] * (len(maestros) - len(rumbos)) + rumbos[-len(maestros):]
    responsable = sede.area("Recursos Humanos", "Administra")
    return [(destino, maestro.id, project(formato, maestro.datos) | {"area_responsable": responsable})
            for destino, maestro in zip(rumbos, maestros, strict=True)]


def _exempt(sujeto: SujetoObligado, ficha: Ficha, catalogo: Catalogo) -> None:
    """El ajuste del órgano garante: a un organismo municipal no le obliga lo que es del ayuntamiento."""
    if ficha.no_le_obliga_el_articulo is not None:
        Aplicabilidad.insert_many([
            {"sujeto_id": sujeto.id, "clave": formato.clave, "aplica": False} for formato in catalogo.para(ficha.poder)
            if formato.articulo == ficha.no_le_obliga_el_articulo]).execute()


def _datos_de_antes(ficha: Ficha) -> dict[str, Any]:
    """Los mismos, con quien llevaba antes la Unidad: preguntando por ese día se lee su nombre."""
    return _datos(ficha) | {"unidad_titular": full_name(Random(f"{ficha.siglas}/antes"))}


def _datos(ficha: Ficha) -> dict[str, Any]:
    """Lo que la ciudadanía lee de la institución."""
    dominio = f"{ficha.siglas}.ejemplo.mx"
    return {
        "domicilio": ficha.domicilio, "telefono": "722 555 0100", "correo": f"contacto@{dominio}",
        "horario": "Lunes a viernes de 9:00 a 18:00 horas", "sitio": f"https://{dominio}",
        "unidad_titular": full_name(Random(ficha.siglas)), "unidad_correo": f"unidad@{dominio}",
        "unidad_telefono": "722 555 0101", "unidad_horario": "Lunes a viernes de 9:00 a 15:00 horas",
        "presentacion": "Esta página es un ejemplo. Aquí la institución cuenta qué hace, en pocas palabras.",
        "como_solicitar": "Si lo que busca no está publicado, pídalo por internet o en la ventanilla de la Unidad.",
        "aviso_privacidad": f"https://{dominio}/privacidad",
        "enlaces": [{"nombre": "Trámites en línea", "direccion": f"https://{dominio}/tramites"},
                    {"nombre": "Gaceta", "direccion": f"https://{dominio}/gaceta"}]}
