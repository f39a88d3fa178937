"""``flask --app app sipot``: del libro oficial al catálogo en vigor, como lo haría quien cuida el servidor."""

from pathlib import Path

from models.domain.catalogo_vigente import vigente
from tests.libros_oficiales import Col, Oficial, comunes, write_oficial
from tests.ordenes import Orden

pytest_plugins = "tests.consola"

APOYOS = Oficial("77001", comunes(Col("Denominación del apoyo", 2), Col("Monto", 6)), titulo="Apoyos entregados")


def test_importar_y_ponerlo_en_vigor_sin_tocarlo(con_casa: Orden, carpeta: Path, tmp_path: Path) -> None:
    libro = write_oficial(tmp_path / "77001.xlsx", APOYOS)
    hecho = con_casa("sipot", "importar", str(libro), "-o", str(carpeta / "formatos"))
    assert hecho.exit_code == 0 and "apoyos_entregados.yaml" in hecho.output and "Por revisar: artículo 12" in hecho.output
    assert con_casa("catalogo", "revisar").exit_code == 0
    assert "En vigor" in con_casa("catalogo", "aplicar").output
    assert "apoyos_entregados" in vigente.foto.tablas


def test_importar_donde_se_le_diga(nueva: Orden, carpeta: Path, tmp_path: Path) -> None:
    libro = write_oficial(tmp_path / "77001.xlsx", APOYOS)
    for salida in ("uno.yaml", "dos.yaml"):
        opciones = ("--articulo", "13", "--fraccion", "iv")
        assert nueva("sipot", "importar", str(libro), "-o", str(carpeta / "formatos" / salida), *opciones).exit_code == 0
    textos = [(carpeta / "formatos" / salida).read_text() for salida in ("uno.yaml", "dos.yaml")]
    assert ["fraccion: IV\nnumero: 1\n" in textos[0], "fraccion: IV\nnumero: 2\n" in textos[1]] == [True, True]
    assert nueva("catalogo", "revisar").exit_code == 0
    raro = nueva("sipot", "importar", str(libro), "-o", str(tmp_path / "77001.yaml"))
    assert raro.exit_code == 0 and "no sirve como clave" in raro.output


def test_importar_lo_que_no_se_puede_lo_dice_y_no_escribe(nueva: Orden, tmp_path: Path) -> None:
    (tmp_path / "malo.xlsx").write_bytes(b"no soy un libro")
    resultado = nueva("sipot", "importar", str(tmp_path / "malo.xlsx"), "-o", str(tmp_path / "x.yaml"))
    assert resultado.exit_code == 1 and "no es un libro de Excel" in resultado.output
    libro = write_oficial(tmp_path / "bueno.xlsx", APOYOS)
    con_falta = nueva("sipot", "importar", str(libro), "-o", str(tmp_path / "x.yaml"), "--fraccion", "cuarta")
    assert con_falta.exit_code == 1 and "«CUARTA» no sirve como «fraccion»" in con_falta.output
    assert not (tmp_path / "x.yaml").exists()
