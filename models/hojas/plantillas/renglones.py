"""Los renglones de una plantilla: lo que ya está en el sistema, o el de ejemplo. Se hacen de uno en uno."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.lectura import DatoInvalido, leer
from models.domain.periods import claves, etiqueta
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.formatos import Tabla
from models.hojas.disposicion import EJEMPLO, FOLIO, PALABRAS_DE_CAUSA, VERSION, motivo_de
from models.hojas.plantillas.celdas import CELDAS, Valor
from models.hojas.plantillas.columnas import Contexto, opciones_de
from models.hojas.plantillas.nombres import Nombres
from models.presentacion.protegido import columns_of

TROZO = 1_000

Celdas = dict[str, Valor]


@dataclass(slots=True)
class Renglon:
    """Las celdas de un registro por su llave, y los renglones de sus tablas por su campo."""

    celdas: Celdas = field(default_factory=dict)
    tablas: dict[str, list[Celdas]] = field(default_factory=dict)


def iter_registros(tabla: Tabla, donde: Sequence[Any], nombres: Mapping[TipoCampo, Nombres]) -> Iterator[Renglon]:
    """Lo que ya está, del más viejo al más nuevo, leyendo por llave: la memoria no crece con los registros."""
    modelo, ultimo, cuenta = tabla.trabajo, 0, dict[str, int]()
    while trozo := list(modelo.select(modelo.id, modelo.version, modelo.contenido).where(
            *donde, modelo.id > ultimo).order_by(modelo.id).limit(TROZO).tuples()):
        for identificador, version, contenido in trozo:
            datos, vacios = de_canonico(contenido)
            renglon = _de_datos(tabla.formato, datos, nombres, cuenta)
            renglon.celdas |= {FOLIO: a_folio(identificador), VERSION: version}
            for nombre, vacio in vacios.items():
                if not columns_of(vacio):
                    renglon.celdas |= {nombre: PALABRAS_DE_CAUSA[vacio["causa"]], motivo_de(nombre): vacio["motivo"]}
            yield renglon
        ultimo = trozo[-1][0]


def _de_datos(
    formato: Formato, datos: Mapping[str, Any], nombres: Mapping[TipoCampo, Nombres], cuenta: dict[str, int],
) -> Renglon:
    """``cuenta`` lleva, por tabla, el último número que se dio: cada registro con renglones estrena el suyo."""
    renglon = Renglon()
    for campo in formato.campos:
        dato = datos.get(campo.nombre)
        if dato is None:
            continue
        if campo.tipo is TipoCampo.TABLA:
            cuenta[campo.nombre] = numero = cuenta.get(campo.nombre, 0) + 1
            renglon.celdas[campo.nombre] = numero
            renglon.tablas[campo.nombre] = [_celdas(campo.campos, fila, nombres) | {"id": numero} for fila in dato]
        else:
            renglon.celdas[campo.nombre] = CELDAS[campo.tipo].valor(campo, dato, nombres)
    return renglon


def _celdas(campos: Sequence[Campo], datos: Mapping[str, Any], nombres: Mapping[TipoCampo, Nombres]) -> Celdas:
    return {c.nombre: CELDAS[c.tipo].valor(c, datos[c.nombre], nombres) for c in campos if c.nombre in datos}


def build_ejemplo(contexto: Contexto, ejercicio: int, periodo: str | None) -> Renglon:
    """El renglón de muestra, con ``Ejemplo`` donde iría el folio: completo, verosímil e inventado."""
    renglon = Renglon({FOLIO: EJEMPLO})
    for campo in contexto.formato.campos:
        if campo.tipo is TipoCampo.TABLA:
            renglon.celdas[campo.nombre] = EJEMPLO
            renglon.tablas[campo.nombre] = [{"id": EJEMPLO} | {sub.nombre: _muestra(sub, contexto) for sub in campo.campos}]
        else:
            renglon.celdas[campo.nombre] = _muestra(campo, contexto)
    if not contexto.formato.es_vigente:
        renglon.celdas |= {"ejercicio": ejercicio, "periodo": etiqueta(periodo or claves(contexto.formato.periodicidad)[0])}
    renglon.celdas = {llave: valor for llave, valor in renglon.celdas.items() if valor != ""}
    return renglon


def _muestra(campo: Campo, contexto: Contexto) -> Valor:
    """Lo que se pondría en una celda; una opción, la primera."""
    if campo.tipo is TipoCampo.ARCHIVO:
        return campo.ejemplo or f"{campo.nombre}.{campo.acepta[0]}"
    if opciones := opciones_de(campo, contexto):
        return campo.ejemplo if campo.ejemplo in opciones else opciones[0]
    if campo.es_maestro:
        return campo.ejemplo
    try:
        dato = leer(campo, campo.ejemplo)
    except DatoInvalido:
        return campo.ejemplo
    return "" if dato is None else CELDAS[campo.tipo].valor(campo, dato, contexto.nombres)
