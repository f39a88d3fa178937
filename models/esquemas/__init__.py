"""Cómo se describe lo publicado para quien lo reutiliza: de cada ``Formato`` sale todo, y nada se escribe dos veces.

Table Schema (el CSV), JSON Schema (el registro en JSON), schema.org (para los buscadores) y el diccionario de datos. Aquí no se
lee la base ni se sabe de direcciones: quien pide las da.
"""

from models.esquemas.registro import json_schema
from models.esquemas.tabla import table_schema, table_schema_de_tabla

__all__ = ["json_schema", "table_schema", "table_schema_de_tabla"]
