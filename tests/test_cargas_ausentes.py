"""Un libro al que le faltan columnas no borra lo que los registros decían en ellas."""

import json
from pathlib import Path

import pytest

from models.domain.validation import de_canonico
from models.folios import a_folio
from models.hojas.cargas import receive_libro
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.oficio import do_revisar
from models.tareas import Trabajo
from tests.bases import Base
from tests.cargador import cargar, causas, cuentas, releer
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa
from tests.test_cargas_permisos import limitar


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def test_lo_que_no_viene_se_queda_como_estaba(base: Base, casa: Casa, tmp_path: Path) -> None:
    registro = casa.capturar(casa.julieta, denominacion_convenio="Uno", objetivo="Cooperar")
    antes, vacios = de_canonico(casa.fila(registro).contenido)
    libro = tmp_path / "libro.csv"
    libro.write_text(f"folio,denominacion_convenio\n{a_folio(registro)},Uno corregido\n,Otro\n", encoding="utf-8")
    with libro.open("rb") as flujo:
        carga = receive_libro(casa.julieta.actor, casa.tabla(CLAVE), carpeta.almacen, "libro.csv", flujo,
                              {"ejercicio": 2026, "periodo": "T1"})
    list(do_revisar(Trabajo.get(Trabajo.id == carga.trabajo_id)))
    carga = releer(carga)
    assert cuentas(carga)["cambian"] == 1, causas(carga)
    cargar(casa.julieta, carga)
    fila = casa.fila(registro)
    assert de_canonico(fila.contenido) == (antes | {"denominacion_convenio": "Uno corregido"}, vacios)
    assert (fila.version, fila.c_denominacion_convenio, fila.c_objetivo) == (2, "Uno corregido", "Cooperar")
    assert json.loads(carga.resumen)["nuevos"] == 1
    integro(base)


def test_el_area_que_no_viene_es_la_del_registro_tambien_para_quien_solo_lleva_unas(
    base: Base, casa: Casa, tmp_path: Path,
) -> None:
    registro = casa.capturar(casa.julieta, area_responsable=casa.metepec.obras)
    limitar(casa.julieta, CLAVE, casa.metepec.obras)
    libro = tmp_path / "libro.csv"
    libro.write_text(f"folio,denominacion_convenio\n{a_folio(registro)},Uno corregido\n,Otro sin área\n", encoding="utf-8")
    with libro.open("rb") as flujo:
        carga = receive_libro(casa.julieta.actor, casa.tabla(CLAVE), carpeta.almacen, "libro.csv", flujo,
                              {"ejercicio": 2026, "periodo": "T1"})
    list(do_revisar(Trabajo.get(Trabajo.id == carga.trabajo_id)))
    assert [accion for accion, _ in causas(releer(carga))] == ["cambia", "malo"]
