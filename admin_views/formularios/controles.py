"""Qué control lleva cada tipo de campo: el nombre de una macro de ``templates/controles.html``."""

from collections.abc import Mapping
from types import MappingProxyType

from fracciones_config import Campo, TipoCampo

CONTROLES: Mapping[TipoCampo, str] = MappingProxyType({
    TipoCampo.TEXTO: "linea",
    TipoCampo.TEXTO_LARGO: "parrafo",
    TipoCampo.NOTA: "parrafo",
    TipoCampo.ENTERO: "numero",
    TipoCampo.DECIMAL: "numero",
    TipoCampo.MONEDA: "dinero",
    TipoCampo.PORCENTAJE: "porcentaje",
    TipoCampo.FECHA: "fecha",
    TipoCampo.HORA: "hora",
    TipoCampo.ANIO: "numero",
    TipoCampo.PERIODO: "eleccion",
    TipoCampo.SI_NO: "eleccion",
    TipoCampo.OPCION: "eleccion",
    TipoCampo.OPCIONES: "casillas",
    TipoCampo.URL: "direccion",
    TipoCampo.CORREO: "correo",
    TipoCampo.TELEFONO: "telefono",
    TipoCampo.ARCHIVO: "archivo",
    TipoCampo.AREA: "eleccion",
    TipoCampo.SERVIDOR_PUBLICO: "eleccion",
    TipoCampo.ORGANO_COLEGIADO: "eleccion",
    TipoCampo.TABLA: "tabla",
})

ANCHOS = frozenset({"parrafo", "tabla", "archivo", "casillas", "direccion"})
"""Los controles que ocupan todo el renglón; los demás van de dos en dos."""


def control_de(campo: Campo) -> str:
    """La macro que dibuja un campo."""
    return CONTROLES[campo.tipo]


def es_ancho(campo: Campo) -> bool:
    return control_de(campo) in ANCHOS or (campo.longitud or 150) > 150
