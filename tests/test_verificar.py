"""``verificar``: con todo bien termina con 0, y cada cosa que se daña a propósito la nombra y termina con 1."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.base import db
from models.conteos import PubResumen, Tablero
from tests.ordenes import CLAVE, Orden
from tests.versiones import como_antes

pytest_plugins = "tests.consola"


def _sin_tablero() -> None:
    Tablero.update(n=99).where(Tablero.estado == "publicado").execute()


def _sin_resumen() -> None:
    PubResumen.delete().execute()


def _con_otra_suma() -> None:
    db.execute_sql("UPDATE pub_suma SET baja = baja + 1 WHERE campo <> ''")


def _sin_version() -> None:
    """Como si se hubiera corregido y de lo que decía no quedara nada."""
    for tabla, columna in (("reg", "numero_publico"), ("reg", "publica"), ("pub", "numero")):
        db.execute_sql(f"UPDATE {tabla}_{CLAVE} SET {columna} = {columna} + 1")


def _con_una_version_de_mas() -> None:
    como_antes()
    db.execute_sql("UPDATE pub_version SET hasta = desde")


def _con_otra_version_de_antes() -> None:
    como_antes()
    db.execute_sql("UPDATE pub_version SET contenido = '{}'")


def _sin_actos() -> None:
    db.execute_sql("DELETE FROM pub_acto")


def _sin_copia() -> None:
    db.execute_sql(f"DELETE FROM pub_{CLAVE}")


def _sin_indice() -> None:
    db.execute_sql("DELETE FROM pub_busqueda")


def _con_otro_contenido() -> None:
    db.execute_sql(f"UPDATE pub_{CLAVE} SET contenido = '{{}}'")


def _con_otro_contenido_y_corrigiendose() -> None:
    db.execute_sql("INSERT INTO contenido_anterior (sujeto_id, registro_id, version, contenido, catalogo, contenido_en) "
                   f"SELECT sujeto_id, id, version, contenido, catalogo, contenido_en FROM reg_{CLAVE}")
    db.execute_sql(f"UPDATE reg_{CLAVE} SET estado = 'capturado', contenido = '{{}}'")
    db.execute_sql(f"UPDATE pub_{CLAVE} SET contenido = '{{\"otro\":1}}'")


@pytest.mark.parametrize(("sabotaje", "prueba"), [
    (_sin_tablero, "el tablero dice"), (_sin_resumen, "el resumen público"),
    (_sin_version, "su versión"), (_con_una_version_de_mas, "su versión"), (_con_otra_version_de_antes, "su versión"),
    (_sin_actos, "los cambios públicos"),
    (_con_otra_suma, "los totales públicos"),
    (_sin_copia, "su registro"), (_sin_indice, "la búsqueda"), (_con_otro_contenido, "su versión"),
    (_con_otro_contenido_y_corrigiendose, "su versión"),
])
def test_verificar_nota_lo_que_no_cuadra(
    publicado: Orden, hay_archivos: None, sabotaje: Callable[[], None], prueba: str,
) -> None:
    assert publicado("verificar").exit_code == 0
    with db.connection_context():
        sabotaje()
    resultado = publicado("verificar")
    assert resultado.exit_code == 1
    assert re.search(rf"^MAL .*{prueba}", resultado.output, re.M)


@pytest.fixture
def hay_archivos(publicado: Orden, tmp_path: Path) -> None:
    """Los archivos del elenco solo existen en la base: aquí se ponen en el disco, con su huella de verdad."""
    almacen = AlmacenEnDisco(tmp_path / "archivos")
    with db.connection_context():
        for archivo in Archivo.select():
            ruta = tmp_path / archivo.nombre
            ruta.write_bytes(archivo.nombre.encode() * 9)
            with ruta.open("rb") as flujo:
                huella, tamano = almacen.guardar(flujo)
            for tabla, llave in (("archivo", "id"), ("pub_archivo", "archivo_id")):
                db.execute_sql(f"UPDATE {tabla} SET sha256 = '{huella}', bytes = {tamano} WHERE {llave} = {archivo.id}")


@pytest.mark.parametrize("dano", ["borrado", "cortado", "cambiado"])
def test_verificar_nota_un_archivo_danado(publicado: Orden, hay_archivos: None, tmp_path: Path, dano: str) -> None:
    [ruta, *_] = [r for r in (tmp_path / "archivos").rglob("*") if r.is_file()]
    if dano == "borrado":
        ruta.unlink()
    else:
        original = ruta.read_bytes()
        ruta.write_bytes(original[:-1] if dano == "cortado" else b"X" + original[1:])
    resultado = publicado("verificar")
    assert resultado.exit_code == 1
    assert re.search(r"^MAL +los archivos", resultado.output, re.M)
