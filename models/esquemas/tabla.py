"""El CSV de los programas, dicho en Table Schema (Frictionless, versión 2): columna por columna, en su orden.

Las reglas son las de hoy: lo que se aprobó antes de que un formato cambiara puede no cumplirlas. Una celda vacía es la ausencia
de dato; si tiene razón, la dice su columna ``…__motivo``. Por eso solo son obligatorias las columnas que siempre traen algo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.esquema import ESQUEMA_DE_FOLIO, ESQUEMAS
from models.esquemas.ejemplos import cell_of
from models.hojas.disposicion import FOLIO
from models.hojas.salidas.columnas import Columna, Que, columns_of

Descriptor: TypeAlias = dict[str, Any]

PERFIL = "https://datapackage.org/profiles/2.0/tableschema.json"
RENGLON = "renglon"


def _tipo(tipo: str, **mas: Any) -> Callable[[Campo], Descriptor]:
    return lambda campo: {"type": tipo, **mas}


def _texto(campo: Campo) -> Descriptor:
    reglas = {"maxLength": campo.largo, "pattern": f"({campo.patron})" if campo.patron else None}
    return {"type": "string", **_con_reglas(reglas)}


def _numero(tipo: str) -> Callable[[Campo], Descriptor]:
    return lambda campo: {"type": tipo, **_con_reglas({"minimum": campo.minimo, "maximum": campo.maximo})}


def _opcion(campo: Campo) -> Descriptor:
    return {"type": "string", "categories": _categorias(campo.opciones), **_con_reglas({"enum": list(campo.opciones)})}


def _opciones(campo: Campo) -> Descriptor:
    """Las claves elegidas, separadas por «|». Las categorías de la norma son de un solo valor: estas van aparte."""
    return {"type": "list", "delimiter": "|", "itemType": "string", "opciones": _categorias(campo.opciones)}


def _periodo(campo: Campo) -> Descriptor:
    return {"type": "string", **_con_reglas({"pattern": ESQUEMAS[TipoCampo.PERIODO](campo)["pattern"].strip("^$")})}


def _tabla(campo: Campo) -> Descriptor:
    return {"type": "integer", **_con_reglas({"minimum": 1, "maximum": campo.filas_maximas})}


def _categorias(rotulos: Mapping[str, str]) -> list[Descriptor]:
    return [{"value": clave, "label": rotulo} for clave, rotulo in rotulos.items()]


def _con_reglas(reglas: Mapping[str, Any]) -> Descriptor:
    dichas = {nombre: regla for nombre, regla in reglas.items() if regla is not None}
    return {"constraints": dichas} if dichas else {}


_CADENA = _tipo("string")

TIPOS: Mapping[TipoCampo, Callable[[Campo], Descriptor]] = {
    TipoCampo.TEXTO: _texto,
    TipoCampo.TEXTO_LARGO: _texto,
    TipoCampo.NOTA: _texto,
    TipoCampo.ENTERO: _numero("integer"),
    TipoCampo.DECIMAL: _numero("number"),
    TipoCampo.MONEDA: _numero("number"),
    TipoCampo.PORCENTAJE: _numero("number"),
    TipoCampo.FECHA: _tipo("date"),
    TipoCampo.HORA: _tipo("time", format="%H:%M"),
    TipoCampo.ANIO: _tipo("year"),
    TipoCampo.PERIODO: _periodo,
    TipoCampo.SI_NO: _tipo("boolean", trueValues=["true"], falseValues=["false"]),
    TipoCampo.OPCION: _opcion,
    TipoCampo.OPCIONES: _opciones,
    TipoCampo.URL: _tipo("string", format="uri"),
    TipoCampo.CORREO: _tipo("string", format="email"),
    TipoCampo.TELEFONO: _CADENA,
    TipoCampo.ARCHIVO: _CADENA,
    TipoCampo.AREA: _CADENA,
    TipoCampo.SERVIDOR_PUBLICO: _CADENA,
    TipoCampo.ORGANO_COLEGIADO: _CADENA,
    TipoCampo.TABLA: _tabla,
}
"""Cómo se declara la columna de cada tipo."""

_INSTANTE = {"type": "datetime", "constraints": {"required": True}}
_SIEMPRE = {"type": "string", "constraints": {"required": True}}

DEL_SISTEMA: Mapping[Que, tuple[str, Descriptor]] = {
    Que.FOLIO: ("Identifica al registro y no cambia: 14 letras y números.", {
        "type": "string", "constraints": {"required": True, "pattern": ESQUEMA_DE_FOLIO["pattern"].strip("^$")}}),
    Que.SIGLAS: ("Las siglas de la institución en su dirección.", _SIEMPRE),
    Que.INSTITUCION: ("El nombre de la institución.", _SIEMPRE),
    Que.DIRECCION: ("La página permanente del registro.", _SIEMPRE),
    Que.EJERCICIO: ("El año; vacío si la información es la vigente.", {"type": "year"}),
    Que.PERIODO: ("La clave del periodo; vacía si la información es la vigente.", {"type": "string"}),
    Que.ACTUALIZADO: ("Cuándo se guardó por última vez lo que hoy es público.", _INSTANTE),
    Que.VALIDADO: ("Cuándo lo aprobó la Unidad de Información.", _INSTANTE),
    Que.DESDE: ("Desde cuándo es público tal como está.", _INSTANTE),
}
"""Qué son las columnas que no salen de un campo."""

_RENGLON: Descriptor = {"name": RENGLON, "title": "Renglón", "description": "Su lugar en la tabla de ese registro, desde 1.",
                        "type": "integer", "constraints": {"required": True, "minimum": 1}}


def table_schema(formato: Formato) -> Descriptor:
    """El esquema del CSV de un formato, el mismo que escribe ``models.hojas.salidas`` para los programas."""
    return {"$schema": PERFIL, "name": formato.clave, "title": formato.nombre, "description": formato.descripcion,
            "fields": [field_of(columna) for columna in columns_of(formato, de_trabajo=False)],
            "primaryKey": [FOLIO], "missingValues": [""]}


def table_schema_de_tabla(formato: Formato, campo: Campo, recurso: str | None = None) -> Descriptor:
    """El del CSV de un campo ``tabla``. ``recurso``: cómo se llama en el paquete el de sus registros; si no, la clave."""
    return {"$schema": PERFIL, "name": f"{formato.clave}.tabla_{campo.nombre}", "title": campo.etiqueta,
            "description": campo.ayuda,
            "fields": [field_of(_FOLIO), dict(_RENGLON), *map(_de_campo, campo.campos)],
            "primaryKey": [FOLIO, RENGLON], "missingValues": [""],
            "foreignKeys": [{"fields": [FOLIO], "reference": {"resource": recurso or formato.clave, "fields": [FOLIO]}}]}


def field_of(columna: Columna) -> Descriptor:
    """La declaración de una columna del CSV."""
    if columna.campo is None:
        explicacion, tipo = DEL_SISTEMA[columna.que]
        return {"name": columna.llave, "title": columna.rotulo, "description": explicacion, **tipo}
    if columna.que is Que.MOTIVO:
        return {"name": columna.llave, "title": columna.rotulo, "type": "string",
                "description": f"Si «{columna.campo.etiqueta}» está vacío con razón, aquí va la razón."}
    return _de_campo(columna.campo)


def _de_campo(campo: Campo) -> Descriptor:
    ejemplo = cell_of(campo)
    descriptor = {"name": campo.nombre, "title": campo.etiqueta, "description": campo.ayuda,
                  **({"example": ejemplo} if ejemplo else {}), **TIPOS[campo.tipo](campo)}
    if campo.comun and campo.obligatorio:  # los demás pueden quedar vacíos con razón
        descriptor["constraints"] = {"required": True, **descriptor.get("constraints", {})}
    return descriptor


_FOLIO = Columna(FOLIO, "Folio", Que.FOLIO)
