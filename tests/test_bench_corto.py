"""Las medidas corren: aquí no se exige ningún tiempo, solo que ``python -m benchmarks`` diga algo que se pueda leer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.catalogo_grande import CAMPOS, FORMATOS, write_catalogo, write_formato
from benchmarks.cifras import Libreta
from benchmarks.de_fabrica import copy_tabla, create_fabrica, ruta
from benchmarks.instituciones import CHICA, distribute
from benchmarks.plan import COMPLETO, RAPIDO, read_plan
from fracciones_config.revision import load_catalogo
from tests.bases import RAIZ

LLAVES = {"figura", "valor", "unidad", "limite", "cumple"}


def test_las_medidas_imprimen_un_renglon_json_por_cifra(tmp_path: Path) -> None:
    variables = {"BENCH_FILAS": "300", "BENCH_CARPETA": str(tmp_path),
                 "BENCH_FIGURAS": "portal,flujo,unidad,carga_en_vivo,publicar"}
    hecho = subprocess.run([sys.executable, "-m", "benchmarks"], cwd=RAIZ, env=os.environ | variables,
                           capture_output=True, text=True)

    cifras = [json.loads(renglon) for renglon in hecho.stdout.splitlines()]
    rotas = [cifra["figura"] for cifra in cifras if not cifra["cumple"]]
    assert cifras and all(cifra.keys() >= LLAVES for cifra in cifras), hecho.stderr
    assert hecho.returncode == int(bool(rotas)), hecho.stderr
    por_nombre = {cifra["figura"]: cifra for cifra in cifras}
    assert {"portal_formato_grande_ms", "memoria_del_servidor", "publicar_en_lote", "tablero_de_la_unidad", "organigrama",
            "revisar_los_que_esperan", "carga_en_vivo_lecturas_p95", "carga_en_vivo_memoria_del_servidor",
            "publicar_lote_de_12", "publicar_lote_de_20", "revisar_lote_de_20"} <= por_nombre.keys()
    assert por_nombre["carga_en_vivo_escrituras_perdidas"]["cumple"] and por_nombre["carga_en_vivo_escritura_peor"]["veces"]
    assert por_nombre["tablero_de_la_unidad"]["formatos"] == 60
    assert por_nombre["tablero_consultas_de_mas"]["cumple"], por_nombre["tablero_consultas_de_mas"]
    _la_de_fabrica_pinta_la_misma_base(tmp_path / "filas-300")


def _la_de_fabrica_pinta_la_misma_base(datos: Path) -> None:
    copy_tabla(datos)
    respuesta = create_fabrica(datos).test_client().get(ruta(CHICA))
    assert respuesta.status_code == 200
    assert respuesta.text.count('name="rowid"') == distribute(300, 5)[2]


def test_una_figura_que_no_existe_se_dice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BENCH_FIGURAS", "portl")
    assert main() == 2
    assert "No hay figura portl" in capsys.readouterr().err


@pytest.mark.parametrize(("variables", "filas"), [
    ({}, COMPLETO), ({"BENCH_RAPIDO": "1"}, RAPIDO), ({"BENCH_RAPIDO": "1", "BENCH_FILAS": "200000"}, 200_000)])
def test_el_tamano_lo_dicen_las_variables(variables: dict[str, str], filas: int) -> None:
    assert read_plan(variables).filas == filas


def test_una_cifra_rebasa_su_limite_del_lado_que_le_toca(capsys: pytest.CaptureFixture[str]) -> None:
    libreta = Libreta()
    libreta.anotar("lenta", 3.0, "s", 2.5)
    libreta.anotar("justa", 2.5, "s", 2.5)
    libreta.anotar("poco_mas_rapida", 3.0, "veces", 15.0, "minimo")
    libreta.anotar("sin_limite", 9.0, "ms")
    cumplen = [json.loads(renglon)["cumple"] for renglon in capsys.readouterr().out.splitlines()]
    assert cumplen == [False, True, False, True]
    assert libreta.rotas == ["lenta", "poco_mas_rapida"]


def test_el_reparto_no_pierde_ni_inventa_registros() -> None:
    reparto = distribute(1_000_000, 300)
    assert sum(reparto) == 1_000_000
    assert reparto[:2] == [600_000, 200_000]


def test_el_catalogo_grande_no_tiene_faltas_y_se_puede_cambiar(tmp_path: Path) -> None:
    write_catalogo(tmp_path)
    write_formato(tmp_path, 7, "Cambiado", CAMPOS + 1)
    formatos = load_catalogo(tmp_path).formatos
    assert len(formatos) == FORMATOS
    assert sorted({len([campo for campo in formato.campos if not campo.comun]) for formato in formatos}) == [20, 21]
