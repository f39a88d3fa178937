"""Libros hechos para dañar, o que no son libros: cada uno con lo que debe decirse de él."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter

from tests.libros import con_parte, hoja_con, libro

HOJA = "xl/worksheets/sheet1.xml"
_EN_LINEA = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
_ENTIDADES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def bueno() -> bytes:
    """Uno que sí se lee, con las columnas del formato de prueba."""
    return libro(("Descripcion", "Monto", "Tipo"), ("Patrullas", 1234.5, "Licitación"), ("Bacheo", 12, ""))


def _lejos(celda: str) -> bytes:
    fila = "".join(filter(str.isdigit, celda))
    cabeza = f'<row r="1">{_EN_LINEA.format("A1", "Descripcion")}{_EN_LINEA.format("B1", "Monto")}</row>'
    return con_parte(bueno(), HOJA, hoja_con(f'{cabeza}<row r="{fila}">{_EN_LINEA.format(celda, "x")}</row>'))


def _zip(**partes: bytes) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, datos in partes.items():
            paquete.writestr(nombre.replace("__", "/").replace("_p_", "."), datos)
    return salida.getvalue()


def _miente(contenido: bytes) -> bytes:
    """El mismo libro, con el índice diciendo que su hoja mide 10 bytes."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        mide = paquete.getinfo(HOJA).file_size
    return contenido.replace(struct.pack("<L", mide), struct.pack("<L", 10))


def _muchas_partes() -> bytes:
    return _zip(**{f"xl__parte{i}_p_xml": b"<x/>" for i in range(1_500)}, **{
        "xl__workbook_p_xml": b"<workbook/>", "[Content_Types]_p_xml": b"<Types/>"})


def _ods_con_clave() -> bytes:
    return _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
                **{"META-INF__manifest_p_xml": b"<m><manifest:encryption-data/></m>", "content_p_xml": b"x"})


def _celdas(filas: int, columnas: int) -> bytes:
    """Pocas celdas, pero en las orillas de un rectángulo que no cabe en la memoria."""
    salida = io.BytesIO()
    hecho = xlsxwriter.Workbook(salida)
    hoja = hecho.add_worksheet("D")
    hoja.write_row(0, 0, ["Descripcion", "Monto"])
    hoja.write(filas - 1, 0, "x")
    hoja.write(0, columnas - 1, "y")
    hecho.close()
    return salida.getvalue()


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + zlib.compress(b"\x00" * 400)


MALOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "0 bytes": (lambda: b"", "está vacío"),
    "bomba de ceros": (lambda: con_parte(bueno(), HOJA, b"<worksheet>" + b" " * 120_000_000), "demasiado por dentro"),
    "índice que miente": (lambda: _miente(con_parte(bueno(), HOJA, hoja_con(" " * 70_001))), "incompleto|no está hecho"),
    "entidades": (lambda: con_parte(bueno(), HOJA, _ENTIDADES.encode()), "no está hecho"),
    "entidades en utf-16": (lambda: con_parte(bueno(), HOJA, _ENTIDADES.encode("utf-16")), "no está hecho"),
    "celda en XFD1048576": (lambda: _lejos("XFD1048576"), "fila 1,048,576"),
    "celda en A1048576": (lambda: _lejos("A1048576"), "fila 1,048,576"),
    "celda en XFD2": (lambda: _lejos("XFD2"), "columna 16,384"),
    "rectángulo enorme": (lambda: _celdas(150_000, 300), "150,000 filas por 300 columnas"),
    "macros": (lambda: con_parte(bueno(), "xl/vbaProject.bin", b"x"), "macros"),
    "macros de .xls": (lambda: _OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "con contraseña": (lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "contraseña"),
    "ods con contraseña": (_ods_con_clave, "contraseña"),
    "cortado a la mitad": (lambda: bueno()[:len(bueno()) // 2], "incompleto"),
    "cortado al final": (lambda: bueno()[:-10], "incompleto"),
    "xls cortado": (lambda: _OLE + "Workbook".encode("utf-16-le"), "dañado"),
    "página con nombre .xls": (lambda: b"\r\n<html><body><table><tr><td>x</td></tr></table></html>", "página de internet"),
    "xml de 2003": (lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
    "binario .xlsb": (lambda: _zip(**{"xl__workbook_p_bin": b"x", "[Content_Types]_p_xml": b"<Types/>"}), "xlsb"),
    "PDF": (lambda: b"%PDF-1.7\n%%EOF", "PDF"),
    "imagen": (_png, "imagen"),
    "documento de Word": (lambda: _zip(**{"word__document_p_xml": b"<x/>", "[Content_Types]_p_xml": b"<Types/>"}), "documento"),
    "Word viejo": (lambda: _OLE + "WordDocument".encode("utf-16-le"), "Word"),
    "comprimido": (lambda: _zip(algo_p_txt=b"hola"), "comprimido"),
    "JSON": (lambda: b'[{"Descripcion": "x"}]', "JSON"),
    "bytes al azar": (lambda: bytes(i * 7919 % 251 for i in range(5_000)), "no es una hoja de cálculo"),
    "demasiadas partes": (_muchas_partes, "demasiado por dentro"),
    "UTF-16 cortado": (lambda: "Descripcion;Monto\nx;1".encode("utf-16")[:-1], "cortado"),
    "de otro formato": (lambda: libro(("Nada", "Que ver"), ("1", "2")), "ninguna columna"),
    "sin renglones": (lambda: libro(("Descripcion", "Monto")), "ningún renglón"),
    "texto cualquiera": (lambda: "Estimada Unidad:\nLe mando lo que pidió.\n".encode(), "ninguna columna"),
}
"""Nombre → cómo se hace y qué debe decir (una expresión) el rechazo."""
