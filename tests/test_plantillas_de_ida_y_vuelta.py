"""La plantilla de punta a punta, leída de verdad: se llena, se carga, se corrige desde el libro de errores y no se repite."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.folios import a_folio
from models.hojas.cargas import confirm_carga, open_expediente, read_resumen
from models.hojas.cargas.carpeta import carpeta
from models.hojas.disposicion import EJEMPLO
from models.hojas.errores import make_libro_de_errores
from tests.cargador import cuentas, releer
from tests.elenco import Casa
from tests.plantillas import bytes_de, hacer_trabajo, llenar, subir_de_verdad

BUENO: dict[str, Any] = {
    "ejercicio": 2026, "periodo": "3.er trimestre", "tipo_convenio": "De coordinación con el sector privado",
    "denominacion_convenio": "Convenio de los Sauces", "fecha_firma": dt.date(2026, 8, 3), "objetivo": "Plantar sauces",
    "area_seguimiento": "Dirección de Obras Públicas", "contrapartes": 1, "fecha_inicio_vigencia": dt.date(2026, 9, 1),
    "monto_recursos": 48500.5, "area_responsable": "Tesorería Municipal", "fuente_recursos": "No aplica",
    "fuente_recursos__motivo": "El convenio no lleva dinero."}
CON_QUIEN = [{"id": 1, "nombre": "Ana", "primer_apellido": "Rosas"}, {"id": 1, "razon_social": "Sauces, A.C."}]


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def datos(tmp_path: Path) -> None:
    carpeta.initialize(tmp_path)


def test_la_plantilla_llena_se_carga_y_el_ejemplo_no(casa: Casa) -> None:
    carga = subir_de_verdad(casa, casa.julieta, llenar(bytes_de(casa, persona=casa.julieta), BUENO, contrapartes=CON_QUIEN))
    assert cuentas(carga) == {"nuevos": 1, "incompletos": 1}, read_resumen(carga)
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    hacer_trabajo(carga)
    fila = casa.tabla().trabajo.get()
    assert fila.c_denominacion_convenio == "Convenio de los Sauces" and fila.c_monto_recursos == 4_850_050
    assert '"Sauces, A.C."' in fila.contenido and '"El convenio no lleva dinero."' in fila.contenido


def test_sin_tocarla_no_hay_nada_que_cargar(casa: Casa) -> None:
    for clave in ("convenios", "licitaciones", "marco_normativo", "obras_licitaciones"):
        carga = subir_de_verdad(casa, casa.laura, bytes_de(casa, clave), clave=clave)
        assert (carga.situacion, read_resumen(carga).get("total", 0)) in (("revisada", 0), ("rechazada", 0)), clave


def test_el_ejemplo_a_medio_cambiar_no_se_cuela(casa: Casa) -> None:
    carga = subir_de_verdad(casa, casa.julieta, llenar(bytes_de(casa, persona=casa.julieta), BUENO, desde=3))
    assert cuentas(carga) == {"malos": 1}
    with open_expediente(carga) as expediente:
        assert any(EJEMPLO in problema["mensaje"] for problema in expediente.list_de("problema"))


def test_lo_que_ya_esta_vuelto_a_subir_no_cambia_nada_y_lo_tocado_si(casa: Casa) -> None:
    folios = [a_folio(casa.capturar(casa.julieta, objetivo=f"Plantar {n}")) for n in range(3)]
    igual = bytes_de(casa, persona=casa.julieta, con_datos=True)
    assert cuentas(subir_de_verdad(casa, casa.julieta, igual)) == {"iguales": 3}
    otro = load_workbook(BytesIO(igual))
    hoja = otro.worksheets[0]
    columnas = {celda.value: celda.column for celda in hoja[1]}
    hoja.cell(3, columnas["objetivo"], "Plantar fresnos")
    hoja.cell(4, columnas["baja"], "Baja")
    hoja.cell(4, columnas["baja__motivo"], "Se capturó dos veces.")
    salida = BytesIO()
    otro.save(salida)
    carga = subir_de_verdad(casa, casa.julieta, salida.getvalue())
    assert cuentas(carga) == {"cambian": 1, "bajas": 1, "iguales": 1}
    confirm_carga(casa.julieta.actor, carga, solo_buenos=False)
    hacer_trabajo(carga)
    filas = {a_folio(fila.id): fila for fila in casa.tabla().trabajo.select()}
    assert [filas[folio].c_objetivo for folio in folios] == ["Plantar fresnos", "Plantar 1", "Plantar 2"]
    assert filas[folios[1]].baja_motivo == "Se capturó dos veces."


def test_la_de_otra_institucion_o_de_otro_formato_se_rechaza_por_su_nombre(casa: Casa) -> None:
    de_toluca = subir_de_verdad(casa, casa.julieta, bytes_de(casa, persona=casa.ines))
    assert de_toluca.situacion == "rechazada" and "toluca" in str(de_toluca.mensaje).lower()
    de_otro = subir_de_verdad(casa, casa.laura, bytes_de(casa, "licitaciones"))
    assert de_otro.situacion == "rechazada" and "licitaciones" in str(de_otro.mensaje).lower()


def test_del_libro_de_errores_corregido_se_sigue(casa: Casa) -> None:
    malo = BUENO | {"fecha_firma": "31/06/2026", "tipo_convenio": "Ninguno de la lista"}
    malo["denominacion_convenio"] = "El malo"
    lleno = llenar(bytes_de(casa, persona=casa.julieta), BUENO, malo, contrapartes=CON_QUIEN)
    carga = subir_de_verdad(casa, casa.julieta, lleno)
    assert cuentas(carga) == {"nuevos": 1, "malos": 1, "incompletos": 1}
    with open_expediente(carga) as expediente:
        ruta = make_libro_de_errores(carga, expediente, carpeta.almacen.ruta(carga.sha256))
    libro = load_workbook(ruta)
    ruta.unlink()
    assert libro.sheetnames[0] == "Errores"
    hoja = libro["Convenios"]
    columnas = {celda.value: celda.column for celda in hoja[1]}
    assert "junio tiene 30 días" in hoja.cell(5, columnas["fecha_firma"]).comment.text
    hoja.cell(5, columnas["fecha_firma"], dt.date(2026, 6, 30))
    hoja.cell(5, columnas["tipo_convenio"], "De coordinación con el sector social")
    salida = BytesIO()
    libro.save(salida)
    corregida = subir_de_verdad(casa, casa.julieta, salida.getvalue(), "corregido.xlsx")
    assert cuentas(corregida) == {"nuevos": 2, "incompletos": 2}
    confirm_carga(casa.julieta.actor, corregida, solo_buenos=False)
    hacer_trabajo(corregida)
    assert releer(corregida).situacion == "cargada" and casa.tabla().trabajo.select().count() == 2
