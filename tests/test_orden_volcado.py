"""``flask --app app volcado``: el .zip en su lugar o en el archivo que se diga; y la hora, por configuración."""

import zipfile
from pathlib import Path

import pytest

from models.servicio.entorno import EntornoInvalido, read_entorno
from models.trabajos.despertador import variables_of
from tests.ordenes import Orden

pytest_plugins = "tests.consola"


def test_sin_archivo_queda_donde_el_portal_lo_busca_y_verificar_lo_mira(publicado: Orden, tmp_path: Path) -> None:
    hecho = publicado("volcado")
    assert hecho.exit_code == 0 and hecho.output.startswith("1 registro, "), hecho.output
    [ruta] = (tmp_path / "volcado").glob("volcado-*.zip")
    assert ruta.name.endswith(f"{hecho.output.split()[-1]}.zip")
    assert "bien  el volcado está entero y al día" in publicado("verificar").output
    contenido = bytearray(ruta.read_bytes())
    contenido[60] ^= 1
    ruta.write_bytes(contenido)
    mal = publicado("verificar")
    assert mal.exit_code == 1 and "no es el de su huella" in mal.output


def test_con_archivo_aparece_completo_y_el_del_sitio_no_cambia(publicado: Orden, tmp_path: Path) -> None:
    destino = tmp_path / "todo.zip"
    destino.write_text("el de antes")
    assert publicado("volcado", "-o", str(destino)).exit_code == 0
    with zipfile.ZipFile(destino) as paquete:
        assert paquete.testzip() is None and "datapackage.json" in paquete.namelist()
    assert not (tmp_path / "volcado").exists() and not list(tmp_path.glob(".todo*"))


def test_si_no_se_puede_escribir_lo_dice(publicado: Orden, tmp_path: Path) -> None:
    mal = publicado("volcado", "-o", str(tmp_path / "no_esta" / "todo.zip"))
    assert mal.exit_code == 1 and "No se pudo escribir" in mal.output


@pytest.mark.parametrize(("dicho", "hora"), [("", 1), ("0", 0), ("23", 23), ("no", None)])
def test_la_hora_se_configura_y_el_trabajador_la_recibe(tmp_path: Path, dicho: str, hora: int | None) -> None:
    entorno = read_entorno({"IPOMEX_DATOS": str(tmp_path), "IPOMEX_VOLCADO": dicho})
    assert entorno.volcado == hora
    assert read_entorno(variables_of(entorno)).volcado == hora


@pytest.mark.parametrize("malo", ["24", "-1", "mañana"])
def test_una_hora_que_no_existe_no_arranca(tmp_path: Path, malo: str) -> None:
    with pytest.raises(EntornoInvalido, match="IPOMEX_VOLCADO"):
        read_entorno({"IPOMEX_DATOS": str(tmp_path), "IPOMEX_VOLCADO": malo})
