"""La ayuda y el ejemplo con que nace cada campo importado: lo que la ley no dice y alguien habrá de afinar."""

from __future__ import annotations

from fracciones_config.sipot.nombres import cut
from fracciones_config.sipot.titulos import llano
from fracciones_config.tipos import TipoCampo

AYUDA_MAXIMA = 600

AYUDAS: dict[TipoCampo, str] = {
    TipoCampo.TEXTO: "Escríbalo como aparece en el documento, en un renglón.",
    TipoCampo.TEXTO_LARGO: "Con sus palabras, de modo que lo entienda cualquier persona.",
    TipoCampo.ENTERO: "Un número entero, sin letras.",
    TipoCampo.DECIMAL: "Un número; los decimales, con punto.",
    TipoCampo.MONEDA: "En pesos y centavos, sin letras; si no hubo, escriba 0.",
    TipoCampo.FECHA: "Día, mes y año.",
    TipoCampo.ANIO: "El año, con sus cuatro cifras.",
    TipoCampo.SI_NO: "Elija sí o no.",
    TipoCampo.OPCION: "Elija en la lista oficial la que corresponda.",
    TipoCampo.URL: "La dirección completa de la página o del documento, si ya está en internet.",
    TipoCampo.ARCHIVO: "El documento, en versión pública: sin datos personales que no deban verse.",
    TipoCampo.TABLA: "Un renglón por cada uno; agregue los que necesite.",
}

EJEMPLOS: dict[TipoCampo, str] = {
    TipoCampo.TEXTO: "Dirección de Planeación",
    TipoCampo.TEXTO_LARGO: "Mantenimiento de las oficinas de atención al público durante el primer semestre.",
    TipoCampo.ENTERO: "12",
    TipoCampo.DECIMAL: "12.5",
    TipoCampo.MONEDA: "$125,000.00",
    TipoCampo.FECHA: "15/03/2026",
    TipoCampo.ANIO: "2026",
    TipoCampo.URL: "https://www.ejemplo.gob.mx/documentos/informe.pdf",
}

_POR_PALABRA: tuple[tuple[str, str], ...] = (
    ("primer apellido", "Hernández"),
    ("segundo apellido", "Robles"),
    ("razon social", "Servicios del Valle SA de CV"),
    ("denominacion social", "Servicios del Valle SA de CV"),
    ("rfc", "SVA010203AB1"),
    ("correo", "atencion@ejemplo.gob.mx"),
    ("telefono", "722 226 1980 ext. 101"),
    ("codigo postal", "50000"),
    ("extension", "101"),
    ("municipio", "Toluca"),
    ("entidad federativa", "México"),
    ("localidad", "Toluca de Lerdo"),
    ("asentamiento", "Centro"),
    ("vialidad", "Independencia"),
    ("numero exterior", "207"),
    ("numero interior", "2-B"),
    ("horario", "Lunes a viernes de 9:00 a 18:00 horas"),
    ("cargo", "Jefatura de Departamento"),
    ("puesto", "Jefatura de Departamento"),
    ("moneda", "Peso mexicano"),
    ("periodicidad", "Mensual"),
    ("clave", "1000"),
    ("nivel", "27-B"),
    ("numero", "OF-014/2026"),
    ("folio", "OF-014/2026"),
    ("nombre", "María Guadalupe"),
    ("fundamento", "Artículo 12 de la ley aplicable"),
)


def make_ayuda(titulo: str, tipo: TipoCampo, etiqueta: str = "") -> str:
    """«Elija en la lista oficial… El libro oficial lo llama «…»», en 600 caracteres cuando más.

    El título oficial solo se cita si la etiqueta no lo dice igual.
    """
    que_se_hace = AYUDAS.get(tipo, AYUDAS[TipoCampo.TEXTO])
    if llano(titulo) == llano(etiqueta):
        return que_se_hace
    oficial = cut(" ".join(titulo.split()), AYUDA_MAXIMA - len(que_se_hace) - 40)
    return f"{que_se_hace} El libro oficial lo llama «{oficial}»."


def make_ejemplo(titulo: str, tipo: TipoCampo) -> str:
    """Un caso inventado; vacío en lo que se elige o se adjunta."""
    if tipo in (TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO):
        plano = llano(titulo)
        return next((ejemplo for palabra, ejemplo in _POR_PALABRA if plano.startswith(palabra)), EJEMPLOS[tipo])
    return EJEMPLOS.get(tipo, "")
