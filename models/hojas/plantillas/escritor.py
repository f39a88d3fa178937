"""El libro que se escribe: xlsxwriter en memoria constante, con el identificador que el suyo no sabe poner."""

from __future__ import annotations

from typing import IO, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.core import Core  # type: ignore[import-untyped]
from xlsxwriter.packager import Packager  # type: ignore[import-untyped]


class Libro(Workbook):
    """Un libro con ``identifier`` en sus propiedades. Cada hoja se escribe de arriba abajo, y nada se vuelve a leer."""

    def __init__(self, destino: IO[bytes], identificador: str, titulo: str) -> None:
        super().__init__(destino, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                   "strings_to_numbers": False})
        self.set_properties({"title": titulo, "identifier": identificador})

    def _get_packager(self) -> Any:
        return _Paquete()


class _Paquete(Packager):
    """Como el suyo, con nuestras propiedades."""

    def _write_core_file(self) -> None:
        propiedades = _Propiedades()
        propiedades._set_properties(self.workbook.doc_properties)
        propiedades._set_xml_writer(self._filename("docProps/core.xml"))
        propiedades._assemble_xml_file()


class _Propiedades(Core):
    def _write_dc_title(self) -> None:
        super()._write_dc_title()
        self._xml_data_element("dc:identifier", self.properties["identifier"])
