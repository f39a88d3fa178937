"""El expediente de un libro: se escribe en otro proceso, se consulta por páginas y se puede volver a hacer."""

from pathlib import Path

import pytest

from fracciones_config import Formato
from models.folios import a_folio
from models.formatos import column_name
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.pedido import Maestro, Pedido, read_pedido
from models.hojas.revision.proceso import check_libro
from tests.libros import libro
from tests.test_validacion import formato

AREA = a_folio(11)


def pedido_de(formato: Formato, **extra: object) -> Pedido:
    """El pedido de una institución con un área y una persona."""
    base = {"ejercicio": 2026, "periodo": "T3", "siglas": "prueba", "maestros": {
        "area": (Maestro(AREA, "Tesorería"),), "servidor_publico": (Maestro(a_folio(12), "Eva Paz"),)}}
    return Pedido(formato=formato, columnas={c.nombre: column_name(c) for c in formato.campos}, **(base | extra))  # type: ignore[arg-type]


@pytest.fixture
def subido(tmp_path: Path) -> Path:
    ruta = tmp_path / "libro.xlsx"
    ruta.write_bytes(libro(("Descripcion", "Monto", "Tipo", "Area_responsable"),
                           ("Patrullas", 1234.5, "Licitación", AREA), ("Bacheo", "mucho", "", AREA), ("", "", "", ""),
                           ("Luminarias", "12", "directa", AREA)))
    return ruta


def test_el_pedido_viaja_en_json() -> None:
    pedido = pedido_de(formato(), receta=("monto|moneda",), archivos={"a.pdf": {"id": a_folio(13), "tipo": "pdf"}})
    assert read_pedido(pedido.to_json()) == pedido


def test_lo_leido_queda_en_el_expediente(subido: Path, tmp_path: Path) -> None:
    avances: list[tuple[int, int]] = []
    resumen = check_libro(subido, pedido_de(formato()), tmp_path / "1.db", lambda hecho, total: avances.append((hecho, total)))
    assert (resumen["total"], resumen["buenos"], resumen["malos"]) == (3, 2, 1)
    assert avances[-1] == (4, 4)
    with Expediente.open(tmp_path / "1.db") as expediente:
        assert expediente.resumen() == resumen and expediente.counts() == {"nuevo": 2, "malo": 1}
        [bueno, _] = expediente.list_renglones(["nuevo"])
        assert (bueno["fila"], bueno["ejercicio"], bueno["periodo"], bueno["c_monto"]) == (2, 2026, "T3", 123450)
        [problema] = expediente.list_de("problema")
        assert (problema["fila"], problema["celda"], problema["campo"], problema["leido"]) == (3, "B3", "monto", "mucho")
        assert [fila["fila"] for fila in expediente.list_renglones(despues=2)] == [3, 5]
        expediente.set_acciones([(2, "cambia", None)])
        assert [fila["fila"] for fila in expediente.iter_renglones(["cambia"])] == [2]


def test_lo_rechazado_no_deja_nada(tmp_path: Path) -> None:
    ajeno = tmp_path / "ajeno.xlsx"
    ajeno.write_bytes(libro(("Nada", "Que ver"), ("1", "2")))
    with pytest.raises(LibroRechazado):
        check_libro(ajeno, pedido_de(formato()), tmp_path / "1.db")
    assert list(tmp_path.iterdir()) == [ajeno]


def test_quien_espera_puede_detenerla(subido: Path, tmp_path: Path) -> None:
    def cancelar(hecho: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        check_libro(subido, pedido_de(formato()), tmp_path / "1.db", cancelar)
    assert list(tmp_path.iterdir()) == [subido]
