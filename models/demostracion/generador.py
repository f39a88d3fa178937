"""Inventa lo que va en cada tipo de campo, a partir del ejemplo que el catálogo da. Una tabla: tipo → cómo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.demostracion.caso import Caso
from models.demostracion.libreto import read
from models.demostracion.papeles import clase_de
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectura import leer

OPCIONAL = 0.85
"""Con qué frecuencia se llena lo que no es obligatorio; las notas, casi nunca."""

NOTA = 0.1

Inventor = Callable[[Campo, Caso], Any]


def invent(campos: Iterable[Campo], caso: Caso, opcional: float = OPCIONAL) -> dict[str, Any]:
    """Lo tecleado en un registro, o en un renglón de tabla. Lo condicionado se llena solo si su condición se cumple."""
    campos = tuple(campos)
    sobran = _de_persona(campos)
    datos = {campo.nombre: INVENTORES[campo.tipo](campo, caso) for campo in campos
             if campo.obligatorio_si is None and campo.nombre not in sobran and _toca(campo, caso, opcional)}
    for campo in campos:
        si = campo.obligatorio_si
        if si is not None and _cumple(datos.get(si.campo), si.es):
            datos[campo.nombre] = INVENTORES[campo.tipo](campo, caso)
    return datos | _nombres_propios(datos, caso)


def _nombres_propios(datos: dict[str, Any], caso: Caso) -> dict[str, Any]:
    """Para que no se llamen todos como en el ejemplo: lugares, empresas con su RFC y personas con sus apellidos."""
    nombres = read("nombres")
    propios: dict[str, Any] = {
        "municipio": caso.sede.ficha.municipio, "localidad": caso.azar.choice(nombres["localidades"])}
    for nombre in datos:
        if nombre.endswith("razon_social"):
            raiz = nombre.removesuffix("razon_social")
            propios |= {nombre: caso.empresa["razon_social"], f"{raiz}rfc": caso.empresa["rfc"]}
        elif nombre.endswith("primer_apellido"):
            raiz = nombre.removesuffix("primer_apellido")
            primero, segundo = caso.azar.sample(nombres["apellidos"], 2)
            propios |= {nombre: primero, f"{raiz}segundo_apellido": segundo,
                        f"{raiz}nombre": caso.azar.choice(nombres["mujeres"] + nombres["hombres"])}
    return {nombre: dato for nombre, dato in propios.items() if nombre in datos}


def _toca(campo: Campo, caso: Caso, opcional: float) -> bool:
    if campo.obligatorio:
        return True
    return caso.azar.random() < (NOTA if campo.tipo is TipoCampo.NOTA else opcional)


def _cumple(dato: Any, esperados: tuple[Any, ...]) -> bool:
    return any(uno in esperados for uno in dato) if isinstance(dato, list) else dato in esperados


def _de_persona(campos: tuple[Campo, ...]) -> set[str]:
    """Donde se pide persona o empresa, se inventa una empresa: sobran los nombres y apellidos opcionales."""
    opcionales = {campo.nombre for campo in campos if not campo.obligatorio}
    prefijos = [campo.nombre.removesuffix("razon_social") for campo in campos if campo.nombre.endswith("razon_social")]
    return opcionales & {f"{prefijo}{parte}" for prefijo in prefijos
                         for parte in ("nombre", "primer_apellido", "segundo_apellido")}


def _texto(campo: Campo, caso: Caso) -> str:
    acomodado = caso.adapt(campo.ejemplo)
    try:
        leer(campo, acomodado)
    except DatoInvalido:
        return campo.ejemplo
    return acomodado


def _cantidad(campo: Campo, caso: Caso) -> str:
    """Alrededor del ejemplo, con sus mismos decimales, y dentro de los límites del campo."""
    ejemplo = Decimal(str(leer(campo, campo.ejemplo)))
    exponente = ejemplo.as_tuple().exponent
    numero = (ejemplo * Decimal(str(round(caso.azar.uniform(0.5, 1.6), 4)))).quantize(Decimal(1).scaleb(int(exponente)))
    if campo.minimo is not None:
        numero = max(numero, Decimal(str(campo.minimo)))
    if campo.maximo is not None:
        numero = min(numero, Decimal(str(campo.maximo)))
    return str(min(numero, Decimal(100)) if campo.tipo is TipoCampo.PORCENTAJE and ejemplo <= 100 else numero)


def _anio(campo: Campo, caso: Caso) -> str:
    return caso.adapt(campo.ejemplo)


def _opciones(campo: Campo, caso: Caso) -> list[str]:
    return caso.azar.sample(list(campo.opciones), min(2, len(campo.opciones)))


def _tabla(campo: Campo, caso: Caso) -> list[dict[str, Any]]:
    """De uno a tres renglones; los que salgan iguales se dejan en uno."""
    renglones: list[dict[str, Any]] = []
    for _ in range(caso.azar.randint(1, 3)):
        caso.vuelta += 1
        renglon = invent(campo.campos, caso, opcional=1)
        if renglon not in renglones:
            renglones.append(renglon)
    return renglones


INVENTORES: dict[TipoCampo, Inventor] = {
    TipoCampo.TEXTO: _texto,
    TipoCampo.TEXTO_LARGO: _texto,
    TipoCampo.NOTA: _texto,
    TipoCampo.ENTERO: _cantidad,
    TipoCampo.DECIMAL: _cantidad,
    TipoCampo.MONEDA: _cantidad,
    TipoCampo.PORCENTAJE: _cantidad,
    TipoCampo.FECHA: lambda campo, caso: caso.next_fecha(),
    TipoCampo.HORA: lambda campo, caso: f"{caso.azar.randint(9, 17):02}:{caso.azar.choice((0, 30)):02}",
    TipoCampo.ANIO: _anio,
    TipoCampo.PERIODO: lambda campo, caso: caso.periodo.clave,
    TipoCampo.SI_NO: lambda campo, caso: caso.azar.random() < 0.4,
    TipoCampo.OPCION: lambda campo, caso: caso.azar.choice(list(campo.opciones)),
    TipoCampo.OPCIONES: _opciones,
    TipoCampo.URL: _texto,
    TipoCampo.CORREO: _texto,
    TipoCampo.TELEFONO: lambda campo, caso: f"722 555 {caso.azar.randint(100, 199):04}",
    TipoCampo.ARCHIVO: lambda campo, caso: caso.sede.papeles[clase_de(campo.nombre)],
    TipoCampo.AREA: lambda campo, caso: caso.azar.choice(caso.sede.areas).dato,
    TipoCampo.SERVIDOR_PUBLICO: lambda campo, caso: caso.azar.choice(caso.sede.personas).dato,
    TipoCampo.ORGANO_COLEGIADO: lambda campo, caso: caso.azar.choice(caso.sede.organos),
    TipoCampo.TABLA: _tabla,
}
"""Cómo se inventa cada tipo."""
