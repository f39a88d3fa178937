"""Los tipos de campo. Un tipo es solo un nombre: cada capa dice en una tabla cómo lo hace."""

from enum import StrEnum


class TipoCampo(StrEnum):
    """Nombre de un tipo de campo, tal como se escribe en el YAML (``tipo: moneda``)."""

    TEXTO = "texto"
    TEXTO_LARGO = "texto_largo"
    NOTA = "nota"
    ENTERO = "entero"
    DECIMAL = "decimal"
    MONEDA = "moneda"
    PORCENTAJE = "porcentaje"
    FECHA = "fecha"
    HORA = "hora"
    ANIO = "anio"
    PERIODO = "periodo"
    SI_NO = "si_no"
    OPCION = "opcion"
    OPCIONES = "opciones"
    URL = "url"
    CORREO = "correo"
    TELEFONO = "telefono"
    ARCHIVO = "archivo"
    AREA = "area"
    SERVIDOR_PUBLICO = "servidor_publico"
    ORGANO_COLEGIADO = "organo_colegiado"
    TABLA = "tabla"


TEXTOS = frozenset({TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA})
"""Los que aceptan ``longitud`` y ``patron``."""

NUMEROS = frozenset({TipoCampo.ENTERO, TipoCampo.DECIMAL, TipoCampo.MONEDA, TipoCampo.PORCENTAJE})
"""Los que aceptan ``minimo``, ``maximo`` y ``sumable``."""

LISTAS = frozenset({TipoCampo.OPCION, TipoCampo.OPCIONES})
"""Los que exigen ``opciones`` o ``lista``."""

MAESTROS = frozenset({TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO, TipoCampo.ORGANO_COLEGIADO})
"""Los que apuntan a un maestro del sujeto obligado (áreas, personas, órganos)."""

FUERA_DE_TABLA = MAESTROS | {TipoCampo.TABLA, TipoCampo.ARCHIVO, TipoCampo.PERIODO, TipoCampo.NOTA}
"""Los que no pueden ser columna de un campo ``tabla``."""

LONGITUD = {TipoCampo.TEXTO: 150, TipoCampo.TEXTO_LARGO: 4000, TipoCampo.NOTA: 4000}
"""Longitud por omisión, en caracteres: la misma de SIPOT, para que lo capturado quepa en él."""
