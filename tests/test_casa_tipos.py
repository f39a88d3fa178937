"""La casa: cada capa dice, en su tabla, cómo hace cada uno de los tipos de campo.

Quien agregue una capa con tabla propia la apunta en ``TABLAS``.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from admin_views.formularios.controles import CONTROLES
from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import ESQUEMAS, esquema_de_campo
from fracciones_config.sipot.codigos import CODIGOS, codigo_sipot
from models.columnas import COLUMNAS, make_field
from models.domain.lectura import LECTORES, leer
from models.domain.personales.escrutinio import MODOS
from models.esquemas.tabla import TIPOS as TIPOS_DE_TABLE_SCHEMA
from models.folios import a_folio
from models.hojas.plantillas.celdas import CELDAS
from models.hojas.receta.reglas import ADIVINOS, CLASIFICADORES, ESCRITORES
from models.presentacion.textos import TEXTOS, entrada, texto

TABLAS: dict[str, Mapping[TipoCampo, object]] = {
    "fracciones_config/esquema.py": ESQUEMAS,
    "fracciones_config/sipot/codigos.py": CODIGOS,
    "models/columnas.py": COLUMNAS,
    "models/domain/lectura.py": LECTORES,
    "models/esquemas/tabla.py": TIPOS_DE_TABLE_SCHEMA,
    "models/hojas/receta/reglas.py (CLASIFICADORES)": CLASIFICADORES,
    "models/hojas/receta/reglas.py (ESCRITORES)": ESCRITORES,
    "models/hojas/receta/reglas.py (ADIVINOS)": ADIVINOS,
    "models/hojas/plantillas/celdas.py": CELDAS,
    "models/domain/personales/escrutinio.py": MODOS,
    "models/presentacion/textos.py": TEXTOS,
    "admin_views/formularios/controles.py": CONTROLES,
}

RAIZ = Path(__file__).resolve().parents[1]
FOLIO = a_folio(7_301_442_123_456_789)

EJEMPLOS: dict[TipoCampo, Any] = {
    TipoCampo.TEXTO: "LP-014-2026", TipoCampo.TEXTO_LARGO: "Uno\nDos", TipoCampo.NOTA: "En firma.",
    TipoCampo.ENTERO: 24, TipoCampo.DECIMAL: "12.5", TipoCampo.MONEDA: "1234.50", TipoCampo.PORCENTAJE: "-0.5",
    TipoCampo.FECHA: "2026-12-31", TipoCampo.HORA: "09:30", TipoCampo.ANIO: 2026, TipoCampo.PERIODO: "T3",
    TipoCampo.SI_NO: True, TipoCampo.OPCION: "a", TipoCampo.OPCIONES: ["a", "b"],
    TipoCampo.URL: "https://metepec.gob.mx/a.pdf", TipoCampo.CORREO: "unidad@metepec.gob.mx",
    TipoCampo.TELEFONO: "722 226 1980 ext. 101",
    TipoCampo.ARCHIVO: {"id": FOLIO, "nombre": "contrato.pdf", "bytes": 312_000, "sha256": "a" * 64, "tipo": "pdf"},
    TipoCampo.AREA: {"id": FOLIO, "texto": "Tesorería"}, TipoCampo.SERVIDOR_PUBLICO: {"id": FOLIO, "texto": "Eva Paz"},
    TipoCampo.ORGANO_COLEGIADO: {"id": FOLIO, "texto": "Cabildo"}, TipoCampo.TABLA: [{"nombre": "Rosa"}],
}
"""Un dato de cada tipo: si se agrega un tipo, aquí también falta."""


def faltantes(tabla: Mapping[TipoCampo, object]) -> set[TipoCampo]:
    """Los tipos que una tabla no tiene."""
    return set(TipoCampo) - set(tabla)


def un_campo(tipo: TipoCampo) -> Campo:
    """Un campo mínimo del tipo, con opciones y columnas por si le tocan."""
    columna = Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre", ayuda="El nombre.")
    return Campo(nombre="x", tipo=tipo, etiqueta="Equis", ayuda="Lo que sea.", opciones={"a": "Una", "b": "Otra"},
                 campos=(columna,))


def cumple(esquema: dict[str, Any], dato: Any) -> bool:
    """Lo indispensable de JSON Schema: ``type``, ``enum``, ``pattern``, ``properties`` e ``items``."""
    clases = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    if "enum" in esquema:
        return dato in esquema["enum"]
    if type(dato) is not clases[esquema["type"]]:
        return False
    if isinstance(dato, str):
        return re.search(esquema.get("pattern", ""), dato) is not None
    if isinstance(dato, list):
        return all(cumple(esquema["items"], parte) for parte in dato)
    if isinstance(dato, dict):
        propiedades = esquema["properties"]
        return set(esquema["required"]) <= set(dato) <= set(propiedades) and all(
            cumple(propiedades[llave], parte) for llave, parte in dato.items())
    return True


@pytest.mark.parametrize("modulo", TABLAS)
def test_cada_tabla_tiene_todos_los_tipos(modulo: str) -> None:
    assert len(TipoCampo) == 22
    assert not faltantes(TABLAS[modulo]), f"A {modulo} le faltan tipos."


@pytest.mark.parametrize("modulo", TABLAS)
def test_una_tabla_incompleta_se_descubre(modulo: str) -> None:
    mala = dict(TABLAS[modulo])
    del mala[TipoCampo.HORA]
    assert faltantes(mala) == {TipoCampo.HORA}


def test_hay_un_ejemplo_de_cada_tipo() -> None:
    assert not faltantes(EJEMPLOS)


@pytest.mark.parametrize("tipo", TipoCampo)
def test_las_capas_se_entienden_en_cada_tipo(tipo: TipoCampo) -> None:
    campo, dato = un_campo(tipo), EJEMPLOS[tipo]
    de_la_referencia = {"id": FOLIO} if isinstance(dato, dict) else dato
    assert leer(campo, dato) == de_la_referencia
    assert leer(campo, entrada(campo, dato)) == de_la_referencia
    assert texto(campo, dato)
    assert make_field(campo).null is True
    assert codigo_sipot(tipo) in {None, 1, 2, 3, 4, 6, 7, 9, 10, 12, 14}


@pytest.mark.parametrize("tipo", TipoCampo)
def test_el_ejemplo_de_cada_tipo_cumple_su_esquema(tipo: TipoCampo) -> None:
    esquema = esquema_de_campo(un_campo(tipo))
    assert cumple(esquema, EJEMPLOS[tipo])
    assert not cumple(esquema, 3.5) and not cumple(esquema, None)


def test_cada_control_tiene_su_macro() -> None:
    plantilla = (RAIZ / "admin_views/templates/controles.html").read_text()
    macros = set(re.findall(r"{% macro (\w+)\(", plantilla))
    assert macros, "la plantilla no tiene macros: la prueba no miraría nada"
    assert set(CONTROLES.values()) <= macros
