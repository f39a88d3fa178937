"""Las órdenes de consola, como las daría quien cuida el servidor."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.entrada import EntradaRechazada, autenticar
from models.usuarios import Usuario
from models.vigor import Escritor
from tests.cliente import entorno_de
from tests.ordenes import CLAVE, FALTA, Orden, change_convenios, corredor

pytest_plugins = "tests.consola"


# --- iniciar ---

def test_iniciar_pone_en_vigor_el_catalogo_y_repetirlo_no_cambia_nada(nueva: Orden) -> None:
    for _ in range(2):
        resultado = nueva("iniciar")
        assert resultado.exit_code == 0
        assert "catálogo 1 en vigor, con 3 formatos" in resultado.output


def test_iniciar_con_un_borrador_roto_dice_todas_las_faltas(nueva: Orden, carpeta: Path) -> None:
    change_convenios(carpeta, "articulo: 12", "articulo: doce")
    (carpeta / "formatos" / "padrones.yaml").write_text("nombre: [")
    resultado = nueva("iniciar")
    assert resultado.exit_code == 1
    assert FALTA.search(resultado.output) and "formatos/padrones.yaml:" in resultado.output


def test_una_orden_sin_catalogo_dice_que_falta_iniciar(nueva: Orden) -> None:
    resultado = nueva("exportar", CLAVE, "--formato", "csv", "-o", "-")
    assert resultado.exit_code == 1
    assert "flask --app app iniciar" in resultado.output


def test_la_orden_que_escribe_devuelve_su_numero_de_escritor(con_casa: Orden) -> None:
    con_casa("usuario", "crear", "ana.nueva", "--rol", "unidad", "--so", "metepec", "--nombre", "Ana")
    with db.connection_context():
        assert not Escritor.select().exists()


# --- catálogo ---

def test_revisar_un_catalogo_bueno_termina_bien_y_no_necesita_base(tmp_path: Path, carpeta: Path) -> None:
    correr = corredor(entorno_de("postgresql://nadie@127.0.0.1:1/nada", tmp_path, catalogo=carpeta))
    resultado = correr("catalogo", "revisar")
    assert (resultado.exit_code, resultado.output.split(",")[0]) == (0, "Sin faltas: 3 formatos")


def test_revisar_dice_archivo_linea_y_columna_de_cada_falta(nueva: Orden, carpeta: Path) -> None:
    change_convenios(carpeta, "articulo: 12", "articulo: doce")
    change_convenios(carpeta, "tipo: opcion", "tipo: opsion")
    resultado = nueva("catalogo", "revisar")
    assert resultado.exit_code == 1
    assert len(FALTA.findall(resultado.output)) == 2


def test_plan_aplicar_y_revertir(con_casa: Orden, carpeta: Path) -> None:
    assert "igual a lo que está en vigor" in con_casa("catalogo", "plan").output
    change_convenios(carpeta, "etiqueta: ", "etiqueta: Nuevo ")
    assert re.search(r"^seguro +convenios: ", con_casa("catalogo", "plan").output, re.M)
    assert "En vigor: catálogo 2." in con_casa("catalogo", "aplicar").output
    assert "En vigor: catálogo 3, igual al 1." in con_casa("catalogo", "revertir").output
    assert re.search(r"^seguro +convenios: ", con_casa("catalogo", "plan").output, re.M)
    with db.connection_context():
        assert vigente.numero_aplicado() == 3


def test_lo_que_puede_estorbar_se_marca_en_el_plan(con_casa: Orden, carpeta: Path) -> None:
    (carpeta / "formatos" / "padrones.yaml").unlink()
    assert re.search(r"^cuidado +padrones: ", con_casa("catalogo", "plan").output, re.M)


@pytest.mark.parametrize("orden", ["plan", "aplicar"])
def test_con_un_borrador_roto_no_se_aplica_nada(con_casa: Orden, carpeta: Path, orden: str) -> None:
    change_convenios(carpeta, "articulo: 12", "articulo: doce")
    resultado = con_casa("catalogo", orden)
    assert resultado.exit_code == 1 and FALTA.search(resultado.output)
    with db.connection_context():
        assert vigente.numero_aplicado() == 1


def test_revertir_a_lo_que_no_existe(con_casa: Orden) -> None:
    assert con_casa("catalogo", "revertir", "99").exit_code == 1
    assert con_casa("catalogo", "revertir").exit_code == 1


def test_esquema_de_los_archivos_y_de_un_formato(nueva: Orden, tmp_path: Path) -> None:
    salida = tmp_path / "esquema.json"
    assert nueva("catalogo", "esquema", "-o", str(salida)).exit_code == 0
    assert "campos" in json.loads(salida.read_text())["properties"]
    assert "datos" in json.loads(nueva("catalogo", "esquema", CLAVE).output)["properties"]
    assert nueva("catalogo", "esquema", "no_existe").exit_code == 1


# --- usuarios ---

def crear(correr: Orden, *opciones: str) -> Result:
    return correr("usuario", "crear", "ana.lopez", "--nombre", "Ana López", *opciones)


def puede_entrar(contrasena: str) -> bool:
    with db.connection_context():
        try:
            return bool(autenticar("ana.lopez", contrasena, "127.0.0.1"))
        except EntradaRechazada:
            return False


def test_usuario_de_principio_a_fin(con_casa: Orden) -> None:
    resultado = crear(con_casa, "--rol", "capturista", "--so", "metepec", "--formato", CLAVE, "--fraccion", "12-VIII")
    primera = resultado.stdout.split(": ")[1].strip()
    assert puede_entrar(primera)
    con_casa("usuario", "bloquear", "ana.lopez")
    assert not puede_entrar(primera)
    con_casa("usuario", "desbloquear", "ana.lopez")
    assert puede_entrar(primera)
    segunda = con_casa("usuario", "contrasena", "ana.lopez").stdout.split(": ")[1].strip()
    assert not puede_entrar(primera) and puede_entrar(segunda)


@pytest.mark.parametrize(("opciones", "dice"), [
    (("--rol", "capturista", "--so", "metepec", "--fraccion", "12-XL"), "«12-XL» no es una fracción"),
    (("--rol", "capturista", "--so", "metepec", "--formato", "licitaciones"), "Hay: padrones, convenios"),
    (("--rol", "unidad", "--so", "metepec", "--articulo", "12"), "no lleva formatos asignados"),
    (("--rol", "unidad", "--so", "nadie"), "siglas «nadie»"),
    (("--rol", "unidad"), "sujeto obligado"),
    (("--rol", "garante", "--so", "metepec"), "sujeto obligado"),
])
def test_usuario_mal_pedido_no_se_crea(con_casa: Orden, opciones: tuple[str, ...], dice: str) -> None:
    resultado = crear(con_casa, *opciones)
    assert resultado.exit_code == 1 and dice in resultado.output
    with db.connection_context():
        assert not Usuario.select().where(Usuario.usuario == "ana.lopez").exists()


def test_una_cuenta_que_no_existe(con_casa: Orden) -> None:
    for orden in ("bloquear", "desbloquear", "contrasena"):
        assert con_casa("usuario", orden, "nadie").exit_code == 1


# --- exportar ---

def registros(correr: Orden, *opciones: str) -> list[dict[str, object]]:
    resultado = correr("exportar", CLAVE, "--formato", "json", "-o", "-", *opciones)
    assert resultado.exit_code == 0
    return json.loads(resultado.stdout)  # type: ignore[no-any-return]


def test_exportar_solo_lo_publicado_salvo_que_se_pida_lo_de_trabajo(publicado: Orden) -> None:
    [uno] = registros(publicado)
    assert uno["so"] == "metepec" and "estado" not in uno
    assert [r["estado"] for r in registros(publicado, "--trabajo")] == ["publicado", "capturado"]
    assert registros(publicado, "--so", "toluca") == []


def test_exportar_csv_lleva_los_mismos_datos_que_el_json(publicado: Orden, tmp_path: Path) -> None:
    salida = tmp_path / "convenios.csv"
    assert publicado("exportar", CLAVE, "--formato", "csv", "-o", str(salida)).exit_code == 0
    with salida.open(newline="", encoding="utf-8") as archivo:
        [renglon] = csv.DictReader(archivo)
    [uno] = registros(publicado)
    assert renglon["folio"] == uno["folio"]
    assert renglon["denominacion_convenio"] == uno["datos"]["denominacion_convenio"]  # type: ignore[index]


def test_exportar_csv_deja_las_tablas_a_su_lado(publicado: Orden, tmp_path: Path) -> None:
    salida = tmp_path / "convenios.csv"
    assert "1 registros." in publicado("exportar", CLAVE, "--formato", "csv", "-o", str(salida)).output
    assert sorted(archivo.name for archivo in tmp_path.glob("convenios*")) == [
        "convenios.csv", "convenios.tabla_contrapartes.csv"]
    [uno] = registros(publicado)
    with (tmp_path / "convenios.tabla_contrapartes.csv").open(newline="", encoding="utf-8") as archivo:
        suyas = list(csv.DictReader(archivo))
    assert [una["folio"] for una in suyas] == [uno["folio"]] * len(uno["datos"]["contrapartes"])  # type: ignore[index]


def test_exportar_en_excel_dice_de_quien_es_si_es_de_una_sola_institucion(publicado: Orden, tmp_path: Path) -> None:
    salida = tmp_path / "convenios.xlsx"
    for opciones, identidad in (((), None), (("--so", "metepec", "--trabajo"), "ipomex|convenios|1|metepec|-|-")):
        assert publicado("exportar", CLAVE, "--formato", "xlsx", "-o", str(salida), *opciones).exit_code == 0
        libro = load_workbook(salida)
        assert (libro.properties.identifier or None) == identidad
        llaves = [celda.value for celda in libro.worksheets[0][1]]
        assert ("version" in llaves) == ("estado" in llaves) == bool(opciones)


@pytest.mark.parametrize("forma", ["zip", "excel", "zip-excel"])
def test_exportar_en_las_demas_formas(publicado: Orden, tmp_path: Path, forma: str) -> None:
    salida = tmp_path / "x"
    assert publicado("exportar", CLAVE, "--formato", forma, "-o", str(salida)).exit_code == 0
    assert salida.read_bytes().startswith(b"PK" if "zip" in forma else b"\xef\xbb\xbf")


def test_exportar_lo_que_no_se_puede(publicado: Orden, tmp_path: Path) -> None:
    salida = tmp_path / "x.xlsx"
    assert publicado("exportar", CLAVE, "--formato", "pdf", "-o", str(salida)).exit_code == 2
    assert publicado("exportar", "no_existe", "--formato", "csv", "-o", "-").exit_code == 1
    assert publicado("exportar", CLAVE, "--so", "nadie", "--formato", "csv", "-o", "-").exit_code == 1
    assert not salida.exists()


# --- rutas y demo ---

def test_rutas_dice_la_clase_y_el_permiso_de_todas(nueva: Orden) -> None:
    todas = json.loads(nueva("rutas", "--json").output)
    assert {ruta["aplicacion"] for ruta in todas} == {"oficina", "portal"}
    assert {ruta["clase"] for ruta in todas if ruta["aplicacion"] == "portal"} == {"publica"}
    por_endpoint = {ruta["endpoint"]: ruta for ruta in todas if ruta["aplicacion"] == "oficina"}
    assert (por_endpoint["formato.edit_view"]["clase"], por_endpoint["formato.edit_view"]["permiso"]) == (
        "registro", "editar")
    assert por_endpoint["entrada.entrar"]["clase"] == "abierta"
    assert "/ipo/f/<clave>/editar" in nueva("rutas").output


def test_demo_no_va_en_produccion(tmp_path: Path, carpeta: Path) -> None:
    correr = corredor(entorno_de(f"sqlite:///{tmp_path / 'p.db'}", tmp_path, catalogo=carpeta, nombre="produccion"))
    resultado = correr("demo")
    assert resultado.exit_code == 1
    assert "IPOMEX_ENTORNO=demo" in resultado.output
