"""Las partes fijas de un libro de Excel: qué hojas tiene, cómo se relacionan y de quién es."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.hojas.salidas.libro.celdas import escape

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFICIO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUETE = "http://schemas.openxmlformats.org/package/2006"
_PRINCIPAL = "application/vnd.openxmlformats-officedocument.spreadsheetml"

RELACIONES, PROPIEDADES, ESTILOS = "_rels/.rels", "docProps/core.xml", "xl/styles.xml"
LIBRO, SUS_RELACIONES, CONTENIDO = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class HojaDeLibro:
    """Una hoja ya escrita. La escondida (``muy_oculta``) no se puede mostrar desde el menú de Excel."""

    nombre: str
    muy_oculta: bool = False


def name_of(numero: int) -> str:
    """La parte de la hoja ``numero`` (desde 1)."""
    return f"xl/worksheets/sheet{numero}.xml"


def relaciones() -> bytes:
    """Por dónde se empieza a leer."""
    return (f'{_XML}<Relationships xmlns="{_PAQUETE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFICIO}/officeDocument" Target="{LIBRO}"/>'
            f'<Relationship Id="rId2" Type="{_PAQUETE}/relationships/metadata/core-properties" Target="{PROPIEDADES}"/>'
            "</Relationships>").encode()


def propiedades(titulo: str, identidad: str) -> bytes:
    """De qué es el libro; ``identidad`` es lo que se revisa si se vuelve a cargar."""
    return (f'{_XML}<cp:coreProperties xmlns:cp="{_PAQUETE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(titulo)}</dc:title><dc:creator>IPOMEX</dc:creator>"
            f"<dc:identifier>{escape(identidad)}</dc:identifier></cp:coreProperties>").encode()


def libro(hojas: Sequence[HojaDeLibro]) -> bytes:
    """Las hojas, en su orden."""
    suyas = "".join(
        f'<sheet name="{escape(hoja.nombre)}" sheetId="{n}" state="{"veryHidden" if hoja.muy_oculta else "visible"}" '
        f'r:id="rId{n}"/>' for n, hoja in enumerate(hojas, start=1))
    return (f'{_XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFICIO}">'
            f'<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews>'
            f"<sheets>{suyas}</sheets></workbook>").encode()


def sus_relaciones(cuantas: int) -> bytes:
    """Dónde está cada hoja, y los estilos."""
    suyas = "".join(f'<Relationship Id="rId{n}" Type="{_OFICIO}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                    for n in range(1, cuantas + 1))
    return (f'{_XML}<Relationships xmlns="{_PAQUETE}/relationships">{suyas}'
            f'<Relationship Id="rId{cuantas + 1}" Type="{_OFICIO}/styles" Target="styles.xml"/></Relationships>').encode()


def contenido(cuantas: int) -> bytes:
    """Qué es cada parte."""
    suyas = "".join(f'<Override PartName="/{name_of(n)}" ContentType="{_PRINCIPAL}.worksheet+xml"/>'
                    for n in range(1, cuantas + 1))
    return (f'{_XML}<Types xmlns="{_PAQUETE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{LIBRO}" ContentType="{_PRINCIPAL}.sheet.main+xml"/>{suyas}'
            f'<Override PartName="/{ESTILOS}" ContentType="{_PRINCIPAL}.styles+xml"/>'
            f'<Override PartName="/{PROPIEDADES}" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            "</Types>").encode()
