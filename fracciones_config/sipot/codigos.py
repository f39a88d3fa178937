"""El código con que los libros de carga de SIPOT marcan el tipo de cada columna (renglón 4 de la hoja principal).

Contados en 111 libros oficiales: no hay código para decimales, porcentajes, horas ni
listas de varias opciones; esos tipos valen ``None`` y se exportan como texto.
"""

from fracciones_config.tipos import TipoCampo

FECHA_DE_ACTUALIZACION = 13
"""La pone el sistema: ningún campo la declara."""

CODIGOS: dict[TipoCampo, int | None] = {
    TipoCampo.TEXTO: 1,
    TipoCampo.TEXTO_LARGO: 2,
    TipoCampo.NOTA: 14,
    TipoCampo.ENTERO: 3,
    TipoCampo.DECIMAL: None,
    TipoCampo.MONEDA: 6,
    TipoCampo.PORCENTAJE: None,
    TipoCampo.FECHA: 4,
    TipoCampo.HORA: None,
    TipoCampo.ANIO: 12,
    TipoCampo.PERIODO: 4,  # son dos columnas de fecha: inicio y término
    TipoCampo.SI_NO: 9,
    TipoCampo.OPCION: 9,
    TipoCampo.OPCIONES: None,
    TipoCampo.URL: 7,
    TipoCampo.CORREO: 1,
    TipoCampo.TELEFONO: 1,
    TipoCampo.ARCHIVO: 7,
    TipoCampo.AREA: 2,
    TipoCampo.SERVIDOR_PUBLICO: None,  # el libro oficial lo parte en nombre y dos apellidos
    TipoCampo.ORGANO_COLEGIADO: 1,
    TipoCampo.TABLA: 10,
}
"""Código oficial de cada tipo, o ``None`` si SIPOT no tiene uno."""


def codigo_sipot(tipo: TipoCampo) -> int | None:
    """El código oficial de un tipo; ``None`` si SIPOT no tiene equivalente."""
    return CODIGOS[tipo]
