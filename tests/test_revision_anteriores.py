"""Una plantilla de antes todavía se carga: el formato cambió de rótulos y el libro trae los viejos."""

from pathlib import Path

from models.hojas.revision.anteriores import read_anteriores
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.proceso import check_libro
from tests.bases import Base
from tests.catalogos import cambiar_campo, con_cambio, poner_en_vigor
from tests.elenco import CLAVE, Casa


def test_los_rotulos_de_antes_se_reconocen(base_propia: Base, casa: Casa, tmp_path: Path) -> None:
    formato = casa.tabla().formato
    viejo = formato.por_nombre["objetivo"].etiqueta
    assert read_anteriores(formato) == {}
    archivos = con_cambio(CLAVE, cambiar_campo("objetivo", etiqueta="Para qué se firmó"))
    poner_en_vigor(archivos)
    poner_en_vigor(con_cambio(CLAVE, cambiar_campo("objetivo", etiqueta="Con qué fin"), archivos))
    tabla = casa.tabla()
    anteriores = read_anteriores(tabla.formato)
    assert anteriores == {viejo: "objetivo", "Para qué se firmó": "objetivo"}
    libro = tmp_path / "viejo.csv"
    libro.write_text(f"denominacion_convenio,{viejo}\nUno,Cooperar\n", encoding="utf-8")
    check_libro(libro, Pedido(tabla.formato, tabla.columnas, "x", anteriores=anteriores), tmp_path / "e.db")
    with Expediente.open(tmp_path / "e.db") as expediente:
        assert '"objetivo":"Cooperar"' in expediente.list_renglones()[0]["contenido"]
        assert [c["como"] for c in expediente.columnas() if c["letra"]] == ["id", "anterior"]
