"""La fila entera de un registro antes de que una carga lo cambie, y cómo vuelve: sin validar otra vez miles de contenidos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peewee import SQL, Value, fn

from models.base import db
from models.cargas import CargaPrevia
from models.formatos import Tabla
from models.motores import es_postgres

if TYPE_CHECKING:
    from models.domain.workflow.carga import Volcado

_SISTEMA = ("ejercicio", "periodo", "estado", "cambiado_por", "contenido_en", "puesto_al_dia", "motivo", "motivos_campo",
            "faltan", "catalogo", "contenido", "tokens", "huella", "personales", "personales_motivo")
"""Lo que una carga cambia, además de los campos. La versión no vuelve: siempre sube."""

PREVIA = CargaPrevia.alias("p")
"""La misma tabla, con el nombre que ``values_back`` le da."""


def columns_kept(tabla: Tabla) -> list[str]:
    """Las columnas que se guardan y vuelven."""
    return list(dict.fromkeys((*_SISTEMA, *tabla.columnas.values())))


def keep_previas(volcado: Volcado, siguen: list[Any]) -> None:
    """Guarda cómo están las filas que la carga está por cambiar."""
    modelo, m = volcado.tabla.trabajo, volcado.mesa.renglon
    consulta = modelo.select(modelo.sujeto_id, Value(volcado.carga.id), modelo.id, _como_json(volcado.tabla)).join(
        m, on=(modelo.id == m.c.registro_id)).where(*siguen)
    CargaPrevia.insert_from(consulta, [
        CargaPrevia.sujeto_id, CargaPrevia.carga_id, CargaPrevia.registro_id, CargaPrevia.fila]).execute()


def values_back(tabla: Tabla) -> tuple[dict[Any, Any], list[Any]]:
    """Cada columna con lo que valía, y de dónde se toma: para un ``UPDATE … FROM``."""
    modelo, columnas = tabla.trabajo, columns_kept(tabla)
    if es_postgres(db):
        registro = SQL(f'jsonb_populate_record(NULL::"{modelo._meta.table_name}", "p"."fila"::jsonb) AS "q"')
        return {getattr(modelo, columna): SQL(f'"q"."{columna}"') for columna in columnas}, [PREVIA, registro]
    return {getattr(modelo, columna): fn.json_extract(PREVIA.fila, f'$."{columna}"') for columna in columnas}, [PREVIA]


def _como_json(tabla: Tabla) -> Any:
    if es_postgres(db):
        return SQL('to_json("t1".*)::text')
    partes: list[Any] = []
    for columna in columns_kept(tabla):
        partes += [columna, getattr(tabla.trabajo, columna)]
    return fn.json_object(*partes)
