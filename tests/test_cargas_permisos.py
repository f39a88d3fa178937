"""Quién carga, qué y dónde: por cada puerta se pregunta lo mismo que al capturar a mano."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from models.ausencias import PubSinInformacion
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.permissions import Actor
from models.folios import de_folio
from models.hojas.cargas import (
    accept_correcciones,
    attach_archivos,
    cancel_carga,
    confirm_carga,
    find_carga,
    list_cargas,
    receive_libro,
    resume_carga,
    undo_carga,
)
from models.hojas.cargas.carpeta import carpeta
from models.hojas.libros.rechazo import LibroRechazado
from models.usuarios import Asignacion
from tests.bases import Base
from tests.cargador import Renglon, cargar, causas, cuentas, subir
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa, Persona


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def recibir(casa: Casa, persona: Persona, clave: str = CLAVE, contenido: bytes = b"ejercicio,periodo\n2026,T1\n") -> Any:
    return receive_libro(persona.actor, casa.tabla(clave), carpeta.almacen, "libro.xlsx", BytesIO(contenido), {})


def limitar(persona: Persona, clave: str, *areas: str) -> None:
    """Deja a la persona solo con esas áreas en su asignación."""
    Asignacion.update(areas=json.dumps(areas)).where(
        Asignacion.sujeto_id == persona.usuario.sujeto_id, Asignacion.usuario_id == persona.id).execute()


# --- recibir ---

def test_quien_no_tiene_el_formato_no_sube_libros(casa: Casa) -> None:
    for persona in (casa.nadia, casa.gabriela):
        with pytest.raises(NoPermitido):
            recibir(casa, persona)


def test_lo_que_se_llena_en_otra_pantalla_no_se_carga_aqui(casa: Casa) -> None:
    with pytest.raises(ActoImposible, match="desde su propia pantalla"):
        recibir(casa, casa.laura, "directorio")


@pytest.mark.parametrize("contenido", [b"", b"x" * (30 * 1024 * 1024 + 1)])
def test_lo_que_no_es_un_libro_no_deja_nada(casa: Casa, contenido: bytes) -> None:
    with pytest.raises(LibroRechazado):
        recibir(casa, casa.julieta, contenido=contenido)
    assert not list_cargas(casa.julieta.actor).cargas
    assert [ruta for ruta in carpeta.almacen.carpeta.rglob("*") if ruta.is_file()] == []


# --- hallar ---

def test_la_ve_quien_la_subio_y_su_unidad_y_nadie_mas(casa: Casa) -> None:
    carga = recibir(casa, casa.julieta)
    for persona in (casa.julieta, casa.laura):
        assert find_carga(persona.actor, carga.id).id == carga.id
        assert [una.id for una in list_cargas(persona.actor, CLAVE).cargas] == [carga.id]
    for persona in (casa.beto, casa.ernesto, casa.nadia, casa.ines, casa.ramiro, casa.gabriela):
        with pytest.raises(NoExiste):
            find_carga(persona.actor, carga.id)
    assert not list_cargas(casa.beto.actor).cargas and not list_cargas(casa.ramiro.actor).cargas


def test_la_lista_va_por_paginas_de_la_mas_nueva_a_la_mas_vieja(casa: Casa) -> None:
    ids = [recibir(casa, casa.julieta).id for _ in range(5)]
    primera = list_cargas(casa.julieta.actor, limite=2)
    segunda = list_cargas(casa.julieta.actor, limite=2, desde=primera.siguiente)
    ultima = list_cargas(casa.julieta.actor, limite=2, desde=segunda.siguiente)
    assert [una.id for pagina in (primera, segunda, ultima) for una in pagina.cargas] == ids[::-1]
    assert ultima.siguiente is None


# --- decidir ---

@pytest.mark.parametrize("decidir", [
    lambda actor, carga: accept_correcciones(actor, carga, []),
    lambda actor, carga: confirm_carga(actor, carga, solo_buenos=True),
    lambda actor, carga: attach_archivos(actor, carga, carpeta.almacen, []),
    cancel_carga, resume_carga, undo_carga])
def test_nadie_decide_sobre_lo_de_otra_institucion_ni_sin_el_formato(
    casa: Casa, decidir: Callable[[Actor, Any], object],
) -> None:
    carga = subir(casa, casa.julieta, casa.crudo(casa.julieta))
    for persona in (casa.ramiro, casa.gabriela):
        with pytest.raises((NoExiste, NoPermitido)):
            decidir(persona.actor, carga)
    with pytest.raises(NoPermitido):
        decidir(casa.nadia.actor, carga)


# --- los renglones ---

def test_un_renglon_de_un_registro_ajeno_se_rechaza(base: Base, casa: Casa) -> None:
    de_beto, de_toluca = casa.capturar(casa.beto), casa.capturar(casa.ines)
    renglones = [Renglon(casa.crudo(casa.julieta, objetivo="Otro"), registro, 1) for registro in (de_beto, de_toluca)]
    bajas = [Renglon(casa.crudo(casa.julieta), registro, 1, baja="No debe estar.") for registro in (de_beto, de_toluca)]
    carga = subir(casa, casa.julieta, *renglones, *bajas)
    assert cuentas(carga) == {"malos": 4}
    assert {causa for _, causa in causas(carga)} == {
        "Ese folio no existe o no está a su cargo. Revíselo, o bórrelo para que el renglón entre como nuevo."}
    de_la_unidad = subir(casa, casa.laura, *renglones)
    assert cuentas(de_la_unidad) == {"cambian": 1, "malos": 1}


def test_con_limite_de_areas_solo_entran_las_suyas(base: Base, casa: Casa) -> None:
    limitar(casa.julieta, CLAVE, casa.metepec.obras)
    areas = (casa.metepec.obras, casa.metepec.tesoreria)
    obras, tesoreria = (casa.crudo(casa.julieta, area_responsable=area) for area in areas)
    carga = subir(casa, casa.julieta, obras, tesoreria)
    assert cuentas(carga) == {"nuevos": 1, "malos": 1} and "para esa área" in (causas(carga)[1][1] or "")
    cargar(casa.julieta, carga, solo_buenos=True)
    assert [fila.area_responsable for fila in casa.tabla().trabajo.select()] == [de_folio(casa.metepec.obras)]
    integro(base)


def test_perder_el_area_entre_revisar_y_cargar_detiene_la_carga(base: Base, casa: Casa) -> None:
    carga = subir(casa, casa.julieta, casa.crudo(casa.julieta))
    limitar(casa.julieta, CLAVE, casa.metepec.tesoreria)
    carga = cargar(casa.julieta, carga)
    assert carga.situacion == "revisada" and "no para todas las áreas" in carga.mensaje
    assert not casa.tabla().trabajo.select().exists()


def test_perder_el_registro_entre_revisar_y_cargar_detiene_la_carga(base: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    carga = subir(casa, casa.julieta, Renglon(casa.crudo(casa.julieta, objetivo="Otro"), registro, 1))
    modelo = casa.tabla().trabajo
    modelo.update(a_cargo_de=casa.beto.id).where(modelo.id == registro).execute()
    assert cargar(casa.julieta, carga).situacion == "recibida"
    assert casa.fila(registro).version == 1
    integro(base)


def test_donde_se_declaro_que_no_hay_nada_no_entra_nada(base: Base, casa: Casa) -> None:
    crudo = casa.crudo(casa.julieta, periodo="T1")
    revisada = subir(casa, casa.julieta, crudo)
    _declarar(casa, int(crudo["ejercicio"]), "T1")
    carga = cargar(casa.julieta, revisada)
    assert carga.situacion == "revisada" and "no se generó información" in carga.mensaje
    otra = subir(casa, casa.julieta, crudo, casa.crudo(casa.julieta, periodo="T2"), nombre="otro.xlsx")
    assert cuentas(otra) == {"malos": 1, "nuevos": 1}
    integro(base)


def _declarar(casa: Casa, ejercicio: int, periodo: str) -> None:
    PubSinInformacion.create(sujeto_id=casa.metepec.id, clave=CLAVE, ejercicio=ejercicio, periodo=periodo,
                             texto="No hubo convenios.", desde=1)
