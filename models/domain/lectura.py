"""La única puerta de lo tecleado al dato: formulario, Excel, pegado y API leen con ``leer``.

Estricta en el fondo y tolerante en la forma; lo que no se entiende se explica, nunca se adivina.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.domain.lectores.crudo import DatoInvalido, is_blank
from models.domain.lectores.direcciones import read_correo, read_telefono, read_url
from models.domain.lectores.listas import read_opcion, read_opciones, read_si_no
from models.domain.lectores.numeros import read_decimal, read_entero, read_moneda, read_porcentaje
from models.domain.lectores.referencias import read_referencia
from models.domain.lectores.textos import read_texto, read_texto_largo
from models.domain.lectores.tiempos import read_anio, read_fecha, read_hora, read_periodo

__all__ = ["LECTORES", "DatoInvalido", "leer"]

Lector: TypeAlias = Callable[[Campo, Any], Dato | None]


def leer(campo: Campo, crudo: Any) -> Dato | None:
    """El dato de lo tecleado en un campo; ``None`` si está en blanco.

    ``crudo`` es ``str``, número, fecha u hora (celdas de Excel), lista de ``str`` (opciones), lista de diccionarios
    (tabla) o un dato ya leído: leer un dato da el mismo dato. De archivos y maestros da solo ``{"id": folio}``.
    Lanza ``DatoInvalido``, con un mensaje para la persona; ningún otro error, venga lo que venga.
    """
    return None if is_blank(crudo) else LECTORES[campo.tipo](campo, crudo)


def read_tabla(campo: Campo, crudo: Any) -> list[dict[str, Dato]] | None:
    """Los renglones con algo escrito; los demás se quitan, y las llaves que no son columnas se ignoran.

    ``DatoInvalido`` trae en ``detalles`` cada celda mal escrita, con su renglón tal como se ve (desde 1).
    """
    if not isinstance(crudo, list | tuple) or not all(isinstance(renglon, dict) for renglon in crudo):
        raise DatoInvalido("Aquí va una tabla: una lista de renglones, cada uno con sus columnas.")
    renglones: list[dict[str, Dato]] = []
    detalles: list[tuple[int, str, str]] = []
    for numero, renglon in enumerate(crudo, start=1):
        if leido := _leer_renglon(campo, renglon, numero, detalles):
            renglones.append(leido)
    if detalles:
        raise DatoInvalido(_resumen(detalles), detalles)
    if problema := require_renglones(campo, len(renglones)):
        raise DatoInvalido(problema)
    return renglones or None


def require_renglones(campo: Campo, cuantos: int) -> str:
    """Por qué no caben tantos renglones en una tabla; ``""`` si caben."""
    return f"La tabla trae {cuantos:,} renglones y caben {campo.filas_maximas:,}." if cuantos > campo.filas_maximas else ""


def _leer_renglon(campo: Campo, renglon: dict[Any, Any], numero: int, detalles: list[tuple[int, str, str]]
                  ) -> dict[str, Dato]:
    """Los datos de un renglón; lo que esté mal se agrega a ``detalles``."""
    leido: dict[str, Dato] = {}
    for columna in campo.campos:
        try:
            dato = leer(columna, renglon.get(columna.nombre))
        except DatoInvalido as error:
            detalles.append((numero, columna.nombre, str(error)))
        else:
            if dato is not None:
                leido[columna.nombre] = dato
    return leido


def _resumen(detalles: list[tuple[int, str, str]]) -> str:
    renglones = sorted({numero for numero, _, _ in detalles})
    if len(renglones) == 1:
        return f"Hay datos por corregir en el renglón {renglones[0]}."
    vistos = ", ".join(map(str, renglones[:5]))
    return f"Hay datos por corregir en {len(renglones):,} renglones: {vistos}{'…' if len(renglones) > 5 else ''}."


LECTORES: dict[TipoCampo, Lector] = {
    TipoCampo.TEXTO: read_texto,
    TipoCampo.TEXTO_LARGO: read_texto_largo,
    TipoCampo.NOTA: read_texto_largo,
    TipoCampo.ENTERO: read_entero,
    TipoCampo.DECIMAL: read_decimal,
    TipoCampo.MONEDA: read_moneda,
    TipoCampo.PORCENTAJE: read_porcentaje,
    TipoCampo.FECHA: read_fecha,
    TipoCampo.HORA: read_hora,
    TipoCampo.ANIO: read_anio,
    TipoCampo.PERIODO: read_periodo,
    TipoCampo.SI_NO: read_si_no,
    TipoCampo.OPCION: read_opcion,
    TipoCampo.OPCIONES: read_opciones,
    TipoCampo.URL: read_url,
    TipoCampo.CORREO: read_correo,
    TipoCampo.TELEFONO: read_telefono,
    TipoCampo.ARCHIVO: read_referencia,
    TipoCampo.AREA: read_referencia,
    TipoCampo.SERVIDOR_PUBLICO: read_referencia,
    TipoCampo.ORGANO_COLEGIADO: read_referencia,
    TipoCampo.TABLA: read_tabla,
}
"""Cómo se lee cada tipo."""
