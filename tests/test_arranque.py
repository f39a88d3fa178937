"""Arrancar: lo que deja lista la base, lo que impide arrancar y lo que se vigila después."""

import json
import logging
import threading

import pytest

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.sujetos import create_sujeto, publish_sujeto
from models.escritores import YO
from models.motores import abrir
from models.servicio.arranque import prepare, prepare_base, release_escritor
from models.servicio.borrador import VigiaDelBorrador
from models.servicio.entorno import Entorno, EntornoInvalido
from models.servicio.hilos import repeat
from models.sujetos import PubSujeto
from models.usuarios import Usuario
from models.vigor import Escritor
from tests.bases import POCOS, archivos_del_catalogo, soltar
from tests.ordenes import PLAZO, change_convenios, esperar

pytest_plugins = "tests.consola"


def cambiar(entorno: Entorno, viejo: str, nuevo: str) -> None:
    change_convenios(entorno.catalogo, viejo, nuevo)


# --- dejar lista la base ---

def test_el_primer_arranque_aplica_el_catalogo_y_toma_numero_de_escritor(entorno: Entorno) -> None:
    prepare_base(entorno)
    assert (vigente.foto.numero, set(vigente.foto.tablas)) == (1, set(POCOS))
    assert Escritor.select().where(Escritor.dueno == YO).count() == 1
    release_escritor()
    assert not Escritor.select().exists()


def test_el_primer_arranque_con_un_borrador_roto_dice_todas_las_faltas(entorno: Entorno) -> None:
    cambiar(entorno, "articulo: 12", "articulo: doce")
    cambiar(entorno, "tipo: opcion", "tipo: opsion")
    with pytest.raises(EntornoInvalido, match=r"tiene 2 faltas(.|\n)*convenios\.yaml:\d+:\d+(.|\n)*convenios\.yaml:\d+"):
        prepare_base(entorno)


def test_despues_un_borrador_roto_no_impide_arrancar(entorno: Entorno, caplog: pytest.LogCaptureFixture) -> None:
    prepare_base(entorno)
    cambiar(entorno, "articulo: 12", "articulo: doce")
    prepare_base(entorno)
    assert vigente.foto.numero == 1
    assert "formatos/convenios.yaml" in caplog.text


def test_despues_un_borrador_distinto_solo_se_dice(entorno: Entorno, caplog: pytest.LogCaptureFixture) -> None:
    prepare_base(entorno)
    cambiar(entorno, "etiqueta: ", "etiqueta: Nuevo ")
    prepare_base(entorno)
    assert vigente.foto.numero == 1
    assert "catalogo aplicar" in caplog.text


def test_produccion_se_niega_con_usuarios_de_demostracion(entorno: Entorno) -> None:
    prepare_base(entorno)
    Usuario.insert(id=1, usuario="demo", nombre="Demo", rol="garante", contrasena="x", de_demostracion=True,
                   creado_en=1).execute()
    prepare_base(entorno)
    with pytest.raises(EntornoInvalido, match="demostración"):
        prepare_base(entorno.con(nombre="produccion"))


def test_sin_base_de_datos_se_dice_que_revisar(entorno: Entorno) -> None:
    soltar()
    db.initialize(abrir("postgresql://nadie@127.0.0.1:1/nada"))
    try:
        with pytest.raises(EntornoInvalido, match="IPOMEX_BASE_DATOS"):
            prepare(entorno)
    finally:
        db.initialize(abrir(entorno.base_datos))


# --- el vigía de la demostración ---

def test_el_vigia_aplica_solo_lo_que_no_estorba(entorno: Entorno, caplog: pytest.LogCaptureFixture) -> None:
    prepare_base(entorno)
    vigia = VigiaDelBorrador(entorno.catalogo)
    vigia.look()
    assert vigente.foto.numero == 1
    cambiar(entorno, "etiqueta: ", "etiqueta: Nuevo ")
    vigia.look()
    assert vigente.foto.numero == 2
    (entorno.catalogo / "formatos" / "padrones.yaml").unlink()
    vigia.look()
    assert vigente.foto.numero == 2 and "padrones" in caplog.text
    cambiar(entorno, "articulo: 12", "articulo: doce")
    vigia.look()
    assert vigente.foto.numero == 2 and "sigue el que está en vigor" in caplog.text


def test_aplicar_un_formato_nuevo_lo_agrega_a_lo_publicado_de_cada_institucion(entorno: Entorno) -> None:
    prepare_base(entorno)
    publish_sujeto(create_sujeto("metepec", "Metepec", "Metepec", "municipal"), vigente.foto.catalogo)
    (entorno.catalogo / "formatos" / "marco_normativo.yaml").write_bytes(
        archivos_del_catalogo(["marco_normativo"])["formatos/marco_normativo.yaml"])
    VigiaDelBorrador(entorno.catalogo).look()
    assert "marco_normativo" in json.loads(PubSujeto.get().claves)


def test_la_demostracion_vigila_en_un_hilo_y_se_detiene(entorno: Entorno) -> None:
    db.close()
    parar = threading.Event()
    prepare(entorno.con(nombre="demo"), parar)
    cambiar(entorno, "etiqueta: ", "etiqueta: Nuevo ")
    try:
        esperar(lambda: vigente.foto.numero == 2, "el vigía aplicó el cambio")
    finally:
        parar.set()
        for hilo in threading.enumerate():
            if hilo.name in ("vigia-borrador", "renueva-escritor"):
                hilo.join(PLAZO)


def test_una_tarea_que_falla_se_repite(entorno: Entorno, caplog: pytest.LogCaptureFixture) -> None:
    veces, parar = [], threading.Event()

    def fallar() -> None:
        veces.append(1)
        if len(veces) == 3:
            parar.set()
        raise RuntimeError("a propósito")

    with caplog.at_level(logging.CRITICAL):
        repeat("falla", 0.01, fallar, parar).join(PLAZO)
    assert len(veces) == 3
