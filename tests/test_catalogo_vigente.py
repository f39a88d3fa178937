"""El catálogo en vigor: se planea, se aplica, se revierte; y cambiar un formato nunca pierde lo ya capturado."""

import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from fracciones_config import CatalogoInvalido
from fracciones_config.revision import revisar
from models.base import db
from models.domain.catalogo_vigente import (
    CatalogoMovido,
    CatalogoVigente,
    SinCatalogo,
    aplicar_catalogo,
    archivos_de,
    planear,
    vigente,
)
from models.domain.plan import hacer_plan
from models.domain.validation import de_canonico
from models.domain.workflow import guardar
from models.esquema import create_fijas
from models.motores import abrir
from models.vigor import CatalogoVersion, EsquemaCampo
from tests.bases import POCOS, RAIZ, Base, archivos_del_catalogo, ensenar, soltar
from tests.catalogos import agregar_campo, cambiar, cambiar_campo, con_cambio, poner_en_vigor, quitar_campo
from tests.cuadre import integro
from tests.elenco import CLAVE, Casa

OTRO_PROCESO = """
import sys, time
from models.base import db
from models.domain.catalogo_vigente import vigente
from models.motores import abrir
db.initialize(abrir(sys.argv[1]))
print(vigente.foto.numero, flush=True)
db.close()
vigente.vigilar()
while "compromiso" not in vigente.foto.catalogo.por_clave["convenios"].por_nombre:
    time.sleep(0.01)
print(time.time(), flush=True)
"""


def columnas_de(tabla: str) -> set[str]:
    return {columna.name for columna in db.get_columns(tabla)}


def valor(casa: Casa, registro: int, columna: str) -> Any:
    """Lo que hay en una columna física, la nombre el catálogo de hoy o no."""
    [(leido,)] = db.execute_sql(f'SELECT "{columna}" FROM reg_{CLAVE} WHERE id = {registro}')
    return leido


def datos(casa: Casa, registro: int) -> dict[str, Any]:
    return de_canonico(casa.fila(registro).contenido)[0]


# --- aplicar, planear, revertir ---

def test_aplicar_lo_mismo_no_hace_otra_version(base_propia: Base) -> None:
    assert aplicar_catalogo(archivos_de(1), "Gabriela Ruiz") == vigente.foto.numero == vigente.numero_aplicado() == 1


def test_aplicar_pone_en_vigor_la_version_siguiente_y_guarda_los_archivos_byte_por_byte(base_propia: Base) -> None:
    archivos = con_cambio(CLAVE, agregar_campo())
    foto = poner_en_vigor(archivos)
    assert (foto.numero, foto.tablas[CLAVE].numero, foto.tablas["padrones"].numero) == (2, 2, 1)
    assert archivos_de(2) == archivos and archivos_de(1) == archivos_del_catalogo(POCOS)
    assert CatalogoVersion.get(CatalogoVersion.numero == 2).aplicado_por == "Gabriela Ruiz"
    with pytest.raises(KeyError):
        archivos_de(3)


def test_las_tablas_de_los_formatos_que_no_cambiaron_son_las_mismas(base_propia: Base) -> None:
    antes = dict(vigente.foto.tablas)
    despues = poner_en_vigor(con_cambio(CLAVE, agregar_campo())).tablas
    assert {clave for clave in antes if antes[clave] is not despues[clave]} == {CLAVE}


def test_revertir_es_aplicar_los_archivos_de_antes(base_propia: Base) -> None:
    original = vigente.foto.catalogo
    poner_en_vigor(con_cambio(CLAVE, agregar_campo()))
    foto = poner_en_vigor(archivos_de(1))
    assert (foto.numero, foto.catalogo.huella) == (3, original.huella)


def test_un_borrador_roto_dice_sus_faltas_y_sigue_el_de_antes(base_propia: Base) -> None:
    roto = con_cambio(CLAVE, cambiar_campo("objetivo", tipo="textooo"))
    with pytest.raises(CatalogoInvalido) as error:
        aplicar_catalogo(roto, "Gabriela Ruiz")
    [falta] = error.value.faltas
    assert falta.archivo == f"formatos/{CLAVE}.yaml" and falta.linea > 1
    assert vigente.numero_aplicado() == 1
    assert vigente.recargar().catalogo.por_clave[CLAVE].por_nombre["objetivo"].tipo == "texto_largo"
    plan, faltas = planear(roto)
    assert (plan.pasos, faltas) == ([], [falta])


def test_planear_compara_con_lo_que_esta_en_vigor(base_propia: Base) -> None:
    plan, faltas = planear(con_cambio(CLAVE, agregar_campo()))
    assert ([paso.texto for paso in plan.pasos], faltas) == (["Campo nuevo: «Compromiso»."], [])
    assert vigente.numero_aplicado() == 1


def test_un_proceso_nuevo_arranca_de_lo_aplicado(base: Base) -> None:
    nuevo = CatalogoVigente()
    assert nuevo.foto.catalogo.huella == vigente.foto.catalogo.huella


def test_sin_catalogo_aplicado_lo_dice(tmp_path: Any) -> None:
    db.initialize(abrir(f"sqlite:///{tmp_path}/vacia.db"))
    create_fijas()
    ensenar(None)
    try:
        with pytest.raises(SinCatalogo, match="iniciar"):
            _ = vigente.foto
    finally:
        soltar()


@pytest.mark.parametrize(("cambio", "texto", "seguro"), [
    (agregar_campo(), "Campo nuevo: «Compromiso».", True),
    (agregar_campo(obligatorio=True), "Campo nuevo: «Compromiso».", False),
    (cambiar_campo("objetivo", etiqueta="Para qué se firmó"), "«Para qué se firmó» cambia: etiqueta.", True),
    (cambiar_campo("objetivo", longitud=500), "cambia: longitud.", False),
    (cambiar_campo("monto_recursos", tipo="entero"), "cambia de moneda a entero: estrena columna.", False),
    (quitar_campo("fecha_publicacion"), "se oculta; sus datos quedan.", False),
    (cambiar(instrucciones="Un registro por convenio firmado."), "Cambian textos o el orden.", True),
    (cambiar(modo="vigente"), "", False),
])
def test_el_plan_dice_cada_paso_y_si_es_seguro(cambio: Any, texto: str, seguro: bool) -> None:
    archivos = archivos_del_catalogo(POCOS)
    antes, despues = (revisar(a).catalogo for a in (archivos, con_cambio(CLAVE, cambio, archivos)))
    assert despues is not None
    plan = hacer_plan(antes, despues)
    assert {paso.clave for paso in plan.pasos} == {CLAVE}
    assert any(texto in paso.texto for paso in plan.pasos) and plan.seguro is seguro


def test_otro_proceso_lo_ve_en_menos_de_un_segundo(base_propia: Base) -> None:
    with subprocess.Popen([sys.executable, "-c", OTRO_PROCESO, base_propia.url], cwd=RAIZ, text=True,
                          stdout=subprocess.PIPE) as proceso:
        assert proceso.stdout is not None and proceso.stdout.readline() == "1\n"
        aplicar_catalogo(con_cambio(CLAVE, agregar_campo()), "Gabriela Ruiz")
        aplicado = time.time()
        assert float(proceso.stdout.readline()) - aplicado < 3  # el segundo lo mide «make bench»


def test_el_vigia_sobrevive_a_que_la_base_se_caiga_un_momento(base_propia: Base) -> None:
    parar, fallar = threading.Event(), threading.Event()
    nuevo = CatalogoVigente()
    assert nuevo.foto.numero == 1
    original, nuevo.numero_aplicado = nuevo.numero_aplicado, lambda: original() if fallar.is_set() else 1 // 0
    hilo = nuevo.vigilar(cada=0.01, parar=parar)
    aplicar_catalogo(con_cambio(CLAVE, agregar_campo()), "Gabriela Ruiz")
    time.sleep(0.05)
    fallar.set()
    while nuevo.foto.numero == 1:
        time.sleep(0.01)
    parar.set()
    hilo.join()


# --- el formato cambia mientras alguien lo llena ---

def test_el_formato_cambio_mientras_se_llenaba_se_avisa_y_al_reintentar_se_guarda(
    base_propia: Base, casa: Casa,
) -> None:
    vieja, crudo = casa.tabla(), casa.crudo(casa.julieta)
    registro = casa.capturar(casa.julieta)
    poner_en_vigor(con_cambio(CLAVE, agregar_campo()))
    with pytest.raises(CatalogoMovido, match="guarde de nuevo"):
        guardar(casa.julieta.actor, vieja, crudo)
    with pytest.raises(CatalogoMovido):
        guardar(casa.julieta.actor, vieja, crudo | {"objetivo": "Otro"}, registro=registro, version=1)
    assert guardar(casa.julieta.actor, casa.tabla(), crudo | {"compromiso": "Regar"}).nuevo
    integro(base_propia)


def test_que_cambie_otro_formato_no_estorba(base_propia: Base, casa: Casa) -> None:
    tabla = casa.tabla()
    aplicar_catalogo(con_cambio("padrones", cambiar(instrucciones="Una persona por renglón.")), "Gabriela Ruiz")
    assert guardar(casa.julieta.actor, tabla, casa.crudo(casa.julieta)).nuevo


def test_lo_validado_con_el_formato_de_antes_se_valida_otra_vez_al_publicar(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    poner_en_vigor(con_cambio(CLAVE, agregar_campo(obligatorio=True)))
    [fuera] = casa.hacer(casa.laura, "publicar", registro).fuera
    assert fuera.razon == "Falta un dato obligatorio."
    casa.editar(casa.julieta, registro, compromiso="Regar cada semana")
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    integro(base_propia)


def test_si_el_periodo_ya_no_toca_al_formato_no_se_publica_y_los_contadores_cuadran(
    base_propia: Base, casa: Casa,
) -> None:
    registro = casa.capturar(casa.julieta, periodo="T3")
    poner_en_vigor(con_cambio(CLAVE, cambiar(periodicidad="semestral")))
    assert casa.hacer(casa.laura, "publicar", registro).hechos == []
    integro(base_propia)
    casa.editar(casa.julieta, registro, periodo="S2")
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    integro(base_propia)


# --- ningún cambio pierde datos ---

def test_un_campo_nuevo_se_agrega_y_lo_anterior_queda(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta)
    antes = datos(casa, registro)
    poner_en_vigor(con_cambio(CLAVE, agregar_campo(en_lista=True)))
    assert "c_compromiso" in columnas_de(f"reg_{CLAVE}") & columnas_de(f"pub_{CLAVE}")
    assert datos(casa, registro) == antes
    casa.editar(casa.julieta, registro, compromiso="Regar")
    assert valor(casa, registro, "c_compromiso") == "Regar"
    casa.hacer(casa.laura, "publicar", registro)
    assert casa.publica(registro).c_compromiso == "Regar"


def test_cambiar_la_etiqueta_no_toca_la_base(base_propia: Base, casa: Casa) -> None:
    registro, antes = casa.capturar(casa.julieta), columnas_de(f"reg_{CLAVE}")
    poner_en_vigor(con_cambio(CLAVE, cambiar_campo("objetivo", etiqueta="Para qué se firmó", longitud=9000)))
    assert columnas_de(f"reg_{CLAVE}") == antes and datos(casa, registro)["objetivo"]


def test_el_campo_que_se_quita_se_oculta_y_si_vuelve_recobra_sus_datos(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, fecha_publicacion="13/03/2026")
    antes = columnas_de(f"reg_{CLAVE}")
    poner_en_vigor(con_cambio(CLAVE, quitar_campo("fecha_publicacion")))
    assert columnas_de(f"reg_{CLAVE}") == antes
    assert str(valor(casa, registro, "c_fecha_publicacion")) == "2026-03-13"
    poner_en_vigor(archivos_de(1))
    assert str(casa.fila(registro).c_fecha_publicacion) == "2026-03-13"
    assert datos(casa, registro)["fecha_publicacion"] == "2026-03-13"


def test_cambiar_de_tipo_estrena_columna_y_la_de_antes_queda(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="6000")
    tabla = poner_en_vigor(con_cambio(CLAVE, cambiar_campo("objetivo", tipo="entero", se_busca=None))).tablas[CLAVE]
    assert tabla.columnas["objetivo"] == "c_objetivo_2"
    assert valor(casa, registro, "c_objetivo") == "6000"
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    assert (valor(casa, registro, "c_objetivo_2"), datos(casa, registro)["objetivo"]) == (6000, 6000)
    poner_en_vigor(archivos_de(1))
    assert casa.tabla().columnas["objetivo"] == "c_objetivo"


def test_lo_que_el_tipo_nuevo_no_entiende_se_conserva_y_no_se_publica(base_propia: Base, casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, objetivo="Plantar seis mil encinos")
    poner_en_vigor(con_cambio(CLAVE, cambiar_campo("objetivo", tipo="entero")))
    [fuera] = casa.hacer(casa.laura, "publicar", registro).fuera
    assert fuera.razon == "Falta un dato obligatorio."
    assert datos(casa, registro)["objetivo"] == "Plantar seis mil encinos"
    integro(base_propia)


def test_la_columna_nueva_no_choca_con_la_de_otro_campo(base_propia: Base, casa: Casa) -> None:
    """``monto_2`` existe, y ``monto`` cambia de tipo: su columna nueva no puede ser también ``c_monto_2``."""
    con_dos = con_cambio(CLAVE, agregar_campo(nombre="objetivo_2", etiqueta="Segundo objetivo"))
    poner_en_vigor(con_dos)
    foto = poner_en_vigor(con_cambio(CLAVE, cambiar_campo("objetivo", tipo="entero"), con_dos))
    columnas = foto.tablas[CLAVE].columnas
    assert columnas["objetivo"] != columnas["objetivo_2"] == "c_objetivo_2"
    registro = casa.capturar(casa.julieta, objetivo="6000", objetivo_2="Regarlos")
    assert (datos(casa, registro)["objetivo"], datos(casa, registro)["objetivo_2"]) == (6000, "Regarlos")


def test_quitar_un_formato_oculta_sus_registros_y_los_guarda(base_propia: Base, casa: Casa) -> None:
    registro, tabla, crudo = casa.capturar(casa.julieta), casa.tabla(), casa.crudo(casa.julieta)
    julieta = casa.julieta.actor
    archivos = archivos_de(1)
    del archivos[f"formatos/{CLAVE}.yaml"]
    assert CLAVE not in poner_en_vigor(archivos).tablas
    assert valor(casa, registro, "c_objetivo") == crudo["objetivo"]
    with pytest.raises(CatalogoMovido):
        guardar(julieta, tabla, crudo)
    poner_en_vigor(archivos_de(1))
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]
    integro(base_propia)


def test_cada_campo_tiene_una_columna_fija_y_una_sola_vigente(base: Base) -> None:
    vigentes = [(fila.clave, fila.nombre) for fila in EsquemaCampo.select().where(EsquemaCampo.baja.is_null())]
    assert len(vigentes) == len(set(vigentes)) == sum(len(f.campos) for f in vigente.foto.catalogo.formatos)
