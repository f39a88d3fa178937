"""``python -m benchmarks.libro_grande DATOS``: una base vacía con dos formatos de medir, uno de 12 columnas y otro de 20.

Aquí también se hacen los libros que se cargan en ellos: contratos inventados, con sus textos, montos, fechas y listas, como
los llenaría una dirección de administración. El monto y el número de contrato no se repiten; lo demás, como en la vida.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
import yaml

from benchmarks.carga import CATALOGO, url_de
from benchmarks.catalogo_grande import declare
from benchmarks.instituciones import AREA, create_instituciones
from fracciones_config.revision import read_archivos
from models.base import db
from models.domain.catalogo_vigente import aplicar_catalogo, vigente
from models.escritores import arrendar
from models.esquema import create_fijas
from models.motores import abrir

COLUMNAS = (12, 20)
COMUNES_ANTES, COMUNES_DESPUES = ("ejercicio", "periodo"), ("area_responsable", "nota")
FRACCION = 45
"""En la que se declaran: ninguna de la ley llega ahí."""

_CAMPOS: tuple[dict[str, Any], ...] = (
    {"nombre": "contrato", "tipo": "texto", "ejemplo": "LPN-012/2026", "obligatorio": True, "en_lista": True,
     "se_busca": True},
    {"nombre": "clase", "tipo": "opcion", "opciones": {"publica": "Licitación pública", "invitacion": "Invitación restringida",
                                                       "directa": "Adjudicación directa"}, "en_lista": True},
    {"nombre": "objeto", "tipo": "texto_largo", "ejemplo": "Mantenimiento de luminarias", "se_busca": True},
    {"nombre": "proveedor", "tipo": "texto", "ejemplo": "Comercial Nevado, S.A. de C.V.", "en_lista": True, "se_busca": True},
    {"nombre": "monto", "tipo": "moneda", "ejemplo": "$1,350.00", "sumable": True},
    {"nombre": "firma", "tipo": "fecha", "ejemplo": "31/03/2026"},
    {"nombre": "partidas", "tipo": "entero", "ejemplo": "12"},
    {"nombre": "plurianual", "tipo": "si_no"},
    {"nombre": "convocatoria", "tipo": "fecha", "ejemplo": "15/01/2026"},
    {"nombre": "fallo", "tipo": "fecha", "ejemplo": "20/02/2026"},
    {"nombre": "anticipo", "tipo": "porcentaje", "ejemplo": "30"},
    {"nombre": "origen", "tipo": "opcion", "opciones": {"federal": "Federales", "estatal": "Estatales",
                                                        "municipal": "Municipales"}},
    {"nombre": "lugar", "tipo": "texto", "ejemplo": "San Lorenzo Coacalco", "se_busca": True},
    {"nombre": "correo", "tipo": "correo", "ejemplo": "adquisiciones@metepec.gob.mx", "datos_personales": "permitir"},
    {"nombre": "hipervinculo", "tipo": "url", "ejemplo": "https://metepec.ejemplo.mx/contrato"},
    {"nombre": "pagado", "tipo": "moneda", "ejemplo": "$1,350.00"},
)
_PROVEEDORES = [f"{clase} {nombre}, S.A. de C.V." for clase in ("Comercial", "Constructora", "Servicios", "Distribuidora")
                for nombre in ("Nevado", "Xinantécatl", "Río Lerma", "Peña Alta", "Ñandú", "Del Valle", "Tres Cumbres")]
_OBJETOS = [f"{que} {donde}, conforme al anexo técnico y a las bases de la convocatoria"
            for que in ("Mantenimiento de luminarias en", "Rehabilitación de la red de agua de", "Suministro de papelería para",
                        "Bacheo y repavimentación de calles de", "Adquisición de uniformes para el personal de")
            for donde in ("la cabecera municipal", "San Lorenzo Coacalco", "la Dirección de Obras Públicas",
                          "el barrio de Coaxustenco", "San Salvador Tizatlalli",
                          "la colonia Agrícola Bellavista", "el mercado Hidalgo")]


def clave_de(columnas: int) -> str:
    return f"medicion_de_{columnas}"


def campos_de(columnas: int) -> list[dict[str, Any]]:
    """Los campos propios de un formato de tantas columnas, con las comunes contadas."""
    return [_CAMPOS[i] for i in range(columnas - len(COMUNES_ANTES + COMUNES_DESPUES))]


def encabezados_de(columnas: int) -> list[str]:
    return [*COMUNES_ANTES, *(campo["nombre"] for campo in campos_de(columnas)), *COMUNES_DESPUES]


def write_libro(ruta: Path, filas: int, columnas: int) -> None:
    """El libro: una hoja, los nombres de las columnas arriba y un contrato por renglón, con fechas y números de verdad."""
    libro = xlsxwriter.Workbook(ruta, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    hoja, fecha = libro.add_worksheet("Contratos"), libro.add_format({"num_format": "dd/mm/yyyy"})
    hoja.write_row(0, 0, encabezados_de(columnas))
    for numero, renglon in enumerate(contratos(filas, columnas), start=1):
        for lugar, celda in enumerate(renglon):
            if isinstance(celda, dt.date):
                hoja.write_datetime(numero, lugar, celda, fecha)
            else:
                hoja.write(numero, lugar, celda)
    libro.close()


def contratos(filas: int, columnas: int) -> Iterator[list[Any]]:
    """Los renglones, siempre los mismos para el mismo tamaño."""
    azar = random.Random(20)
    propios = campos_de(columnas)
    for i in range(filas):
        yield [2026, f"T{1 + i * 4 // filas}", *(_celda(campo, i, azar) for campo in propios), AREA, f"Expediente {i % 500}"]


def _celda(campo: dict[str, Any], i: int, azar: random.Random) -> Any:
    match campo["nombre"]:
        case "contrato":
            return f"LPN-{i:06}/2026"
        case "objeto":
            return azar.choice(_OBJETOS)
        case "proveedor":
            return azar.choice(_PROVEEDORES)
        case "lugar":
            return f"Delegación {azar.randint(1, 60)}"
        case "hipervinculo":
            return f"https://metepec.ejemplo.mx/contratos/2026/{i}"
        case "correo":
            return f"area{azar.randint(1, 40)}@metepec.gob.mx"
    match campo["tipo"]:
        case "opcion":
            return azar.choice(list(campo["opciones"].values()))
        case "fecha":
            return dt.date(2026, 1, 1) + dt.timedelta(days=azar.randint(0, 300))
        case "moneda":
            return round(azar.uniform(1_000, 9_000_000), 2)
        case "si_no":
            return azar.choice(("Sí", "No"))
    return azar.randint(1, 90)


def make_base(datos: Path) -> None:
    """Deja en la carpeta una base con los dos formatos en vigor y una institución, sin registros."""
    datos.mkdir(parents=True, exist_ok=True)
    db.initialize(abrir(url_de(datos)))
    with db.connection_context():
        create_fijas()
        arrendar()
        aplicar_catalogo(read_archivos(CATALOGO) | _formatos(), "las medidas")
        create_instituciones(1, vigente.foto.catalogo)
    db.obj.close_all()


def _formatos() -> dict[str, bytes]:
    hechos = {}
    for numero, columnas in enumerate(COLUMNAS, start=1):
        campos = [{"etiqueta": campo["nombre"].capitalize(), "ayuda": "Lo que diga el contrato.", "grupo": "datos", **campo}
                  for campo in campos_de(columnas)]
        declarado = declare(FRACCION, numero, f"Contratos de {columnas} columnas", campos)
        hechos[f"formatos/{clave_de(columnas)}.yaml"] = yaml.safe_dump(declarado, allow_unicode=True, sort_keys=False).encode()
    return hechos


if __name__ == "__main__":
    make_base(Path(sys.argv[1]))
