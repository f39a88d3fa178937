"""De ida y vuelta: la plantilla de cada formato, llena con lo que ya está, se lee y da los mismos registros."""

import io
from pathlib import Path

import openpyxl
import pytest

from models.adjuntos import Archivo
from models.cargas import Carga
from models.domain.catalogo_vigente import vigente
from models.domain.lectores.crudo import plegar
from models.folios import a_folio, nuevo_id
from models.hojas.cargas.pedido import build_pedido
from models.hojas.libros.apertura import open_libro
from models.hojas.libros.inspeccion import inspect_libro
from models.hojas.libros.rechazo import LibroRechazado
from models.hojas.revision.expediente import Expediente
from models.hojas.revision.pedido import Pedido
from models.hojas.revision.revisor import check
from tests.elenco import Casa
from tests.plantillas import bytes_de


def leer(contenido: bytes, pedido: Pedido, carpeta: Path) -> Expediente:
    """Lo que haría el proceso lector, aquí mismo: son decenas de libros."""
    ruta = carpeta / "libro.xlsx"
    ruta.write_bytes(contenido)
    check(ruta, open_libro(ruta, inspect_libro(ruta)), pedido, carpeta / "e.db", lambda hecho, total: None)
    return Expediente.open(carpeta / "e.db")


def pedido_de(casa: Casa, clave: str) -> Pedido:
    """El que armaría una carga de esa institución, con todos sus archivos ya recibidos."""
    carga = Carga(sujeto_id=casa.metepec.id, id=nuevo_id(), clave=clave, usuario_id=1, nombre="x", sha256="x", bytes=1)
    pedido = build_pedido(casa.tabla(clave), carga)
    archivos = {plegar(uno.nombre): {"id": a_folio(uno.id), "nombre": uno.nombre, "bytes": uno.bytes, "sha256": uno.sha256,
                                     "tipo": uno.tipo} for uno in Archivo.select().where(Archivo.sujeto_id == casa.metepec.id)}
    return Pedido(**{nombre: getattr(pedido, nombre) for nombre in Pedido.__slots__} | {"archivos": archivos, "procesos": 1})


def test_lo_que_ya_esta_vuelve_igual_en_todos_los_formatos(casa: Casa, motor: str, tmp_path: Path) -> None:
    claves = [clave for clave, tabla in vigente.foto.tablas.items() if tabla.formato.proyeccion is None]
    for clave in claves if motor == "sqlite" else ("convenios", "licitaciones"):
        fila = casa.fila(casa.capturar(casa.laura, clave), clave)
        with leer(bytes_de(casa, clave, casa.laura, con_datos=True), pedido_de(casa, clave), tmp_path) as expediente:
            assert not [dict(p) for p in expediente.list_de("problema")], clave
            [leida] = expediente.list_renglones()
            assert (leida["folio"], leida["version"], leida["accion"]) == (a_folio(fila.id), fila.version, "nuevo"), clave
            assert (leida["contenido"], leida["huella"], leida["tokens"], leida["faltan"]) == (
                fila.contenido, fila.huella, fila.tokens, fila.faltan), clave
            fisicas = {nombre: getattr(fila, nombre) for nombre in expediente.fisicas}
            assert {nombre: leida[nombre] for nombre in fisicas} == {
                nombre: valor.isoformat() if hasattr(valor, "isoformat") else valor for nombre, valor in fisicas.items()}, clave


def test_el_renglon_de_ejemplo_no_se_carga_y_cambiado_si(casa: Casa, motor: str, tmp_path: Path) -> None:
    claves = list(vigente.foto.tablas.keys())
    for clave in claves[::4] if motor == "sqlite" else claves[:1]:
        vacia = bytes_de(casa, clave, casa.laura, **({} if casa.tabla(clave).formato.es_vigente else {"ejercicio": 2026}))
        with pytest.raises(LibroRechazado, match="ningún renglón debajo"):
            leer(vacia, pedido_de(casa, clave), tmp_path)
    libro = openpyxl.load_workbook(io.BytesIO(bytes_de(casa, "convenios", casa.laura, ejercicio=2026)))
    hoja = libro.worksheets[0]
    columna = [celda.value for celda in hoja[1]].index("denominacion_convenio") + 1
    hoja.cell(3, columna, "Convenio de verdad")
    salida = io.BytesIO()
    libro.save(salida)
    with leer(salida.getvalue(), pedido_de(casa, "convenios"), tmp_path) as expediente:
        [leida] = expediente.list_renglones()
        assert leida["c_denominacion_convenio"] == "Convenio de verdad" and leida["folio"] is None
