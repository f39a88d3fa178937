"""La fábrica de registros: llena cualquier formato del catálogo con lo que sus propios campos ponen de ejemplo.

No inventa nada: si un ejemplo no sirve para su campo, la falta es del YAML y lo dice ``test_fabrica.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.periods import claves

EJERCICIO = "2026"


@dataclass(frozen=True)
class Referencias:
    """Los folios a los que apunta un registro: todos de su mismo sujeto obligado."""

    area: str
    persona: str
    organo: str
    pdf: str
    xlsx: str


def crudo_de(formato: Formato, referencias: Referencias, **campos: Any) -> dict[str, Any]:
    """Lo que una persona teclearía para un registro completo. ``campos`` cambia algunos; con ``None``, se quitan."""
    lleno = {campo.nombre: _tecleado(campo, formato, referencias) for campo in formato.campos}
    desconocidos = campos.keys() - lleno.keys()
    if desconocidos:
        raise KeyError(f"{formato.clave} no tiene {', '.join(sorted(desconocidos))}")
    return {nombre: valor for nombre, valor in (lleno | campos).items() if valor is not None}


def pdf(titulo: str = "Documento de prueba") -> bytes:
    """Un PDF mínimo de una hoja, distinto para cada título."""
    dibujo = f"BT /F1 18 Tf 72 720 Td ({titulo.encode('ascii', 'replace').decode()}) Tj ET"
    objetos = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(dibujo)} >>\nstream\n{dibujo}\nendstream",
    )
    cuerpo, lugares = "%PDF-1.4\n", []
    for numero, objeto in enumerate(objetos, start=1):
        lugares.append(len(cuerpo))
        cuerpo += f"{numero} 0 obj\n{objeto}\nendobj\n"
    tabla = "".join(f"{lugar:010d} 00000 n \n" for lugar in lugares)
    fin = (f"xref\n0 {len(objetos) + 1}\n0000000000 65535 f \n{tabla}"
           f"trailer\n<< /Size {len(objetos) + 1} /Root 1 0 R >>\nstartxref\n{len(cuerpo)}\n%%EOF\n")
    return (cuerpo + fin).encode("ascii")


def _tecleado(campo: Campo, formato: Formato, referencias: Referencias) -> Any:
    if campo.tipo is TipoCampo.PERIODO:
        return claves(formato.periodicidad)[-1]
    if campo.nombre == "ejercicio":
        return EJERCICIO
    if campo.tipo is TipoCampo.TABLA:
        return [{columna.nombre: _tecleado(columna, formato, referencias) for columna in campo.campos}]
    if campo.tipo in _POR_TIPO:
        return _POR_TIPO[campo.tipo](campo, referencias)
    return campo.ejemplo


_POR_TIPO: Mapping[TipoCampo, Any] = {
    TipoCampo.SI_NO: lambda campo, referencias: "si",
    TipoCampo.OPCION: lambda campo, referencias: next(iter(campo.opciones)),
    TipoCampo.OPCIONES: lambda campo, referencias: list(campo.opciones)[:2],
    TipoCampo.ARCHIVO: lambda campo, referencias: referencias.pdf if "pdf" in campo.acepta else referencias.xlsx,
    TipoCampo.AREA: lambda campo, referencias: referencias.area,
    TipoCampo.SERVIDOR_PUBLICO: lambda campo, referencias: referencias.persona,
    TipoCampo.ORGANO_COLEGIADO: lambda campo, referencias: referencias.organo,
}
