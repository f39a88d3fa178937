"""Las reglas que miran un formato entero, o todos juntos: lo que un solo campo no puede decir de sí."""

from collections.abc import Iterable, Iterator

import re2

from fracciones_config.campo import Campo
from fracciones_config.faltas import Falta
from fracciones_config.formato import Formato
from fracciones_config.lectura import Documento, Ruta
from fracciones_config.paquete import Comunes, Lista, Paquete
from fracciones_config.tipos import FUERA_DE_TABLA, LISTAS, NUMEROS, TEXTOS, TipoCampo

Hallazgo = tuple[Ruta, str, str]
"""Ruta dentro del archivo, qué está mal y cómo se remedia."""

CAMPOS_MAXIMOS = 120

RESERVADOS = frozenset({
    "id", "folio", "estado", "version", "sujeto_id", "creado_por", "a_cargo_de", "publica", "vacios", "contenido",
    "tokens", "catalogo", "motivo", "numero_publico", "csrf_token", "accion", "envio", "vence",
})
"""Palabras que la casa usa para sí en tablas, formularios y direcciones."""

_NUNCA = re2.compile(r"(?i)(^|[ _])(curp|clabe|nss)([ _]|$)|clave de elector|clave_elector|n.mero de seguridad social|"
                     r"(tarjeta|cuenta) (de cr.dito|de d.bito|bancaria)")
"""Los campos que piden un dato que la ley guarda sin excepción."""

CLAVES_RESERVADAS = frozenset({"archivo", "cambios", "constancia", "logo", "organos", "versiones"})
"""Lo que en el portal va después de las siglas y no es un formato."""


def rules_of_formato(formato: Formato, listas: dict[str, Lista], comunes: frozenset[str]) -> Iterator[Hallazgo]:
    """Las faltas de un formato por sí mismo."""
    grupos = {grupo.clave for grupo in formato.grupos}
    usados = {campo.grupo for campo in formato.campos}
    yield from _repetidos(formato.campos, ("campos",))
    if len(formato.campos) > CAMPOS_MAXIMOS:
        yield ("campos",), f"Hay más de {CAMPOS_MAXIMOS} campos.", "Pase algunos a una tabla o a otro formato."
    for i, campo in enumerate(formato.campos):
        aqui: Ruta = ("campos", i)
        if campo.nombre in comunes | RESERVADOS:
            yield (*aqui, "nombre"), f"«{campo.nombre}» ya lo pone el sistema.", "Quite el campo o cámbiele el nombre."
        if campo.grupo is None:
            yield aqui, f"A «{campo.nombre}» le falta «grupo».", "Ponga la clave de uno de los grupos."
        elif campo.grupo not in grupos:
            yield (*aqui, "grupo"), f"El grupo «{campo.grupo}» no está en «grupos».", "Use una de sus claves."
        yield from _reglas_de_campo(campo, aqui, formato, listas)
    if formato.clave in CLAVES_RESERVADAS:
        yield (), f"«{formato.clave}» ya es una dirección del portal.", "Póngale otro nombre al archivo."
    claves = [grupo.clave for grupo in formato.grupos]
    for i, grupo in enumerate(formato.grupos):
        if grupo.clave in claves[:i]:
            yield ("grupos", i), f"El grupo «{grupo.clave}» está repetido.", "Cada clave va una sola vez."
        if grupo.clave not in usados:
            yield ("grupos", i), f"El grupo «{grupo.clave}» no tiene campos.", "Quítelo o póngale campos."
    nombres = {campo.nombre for campo in formato.campos}
    yield from _referencias(formato, nombres)


def _referencias(formato: Formato, nombres: set[str]) -> Iterator[Hallazgo]:
    for i, nombre in enumerate(formato.titulo):
        if nombre not in nombres:
            yield ("titulo", i), f"«{nombre}» no es un campo.", "Ponga campos de este mismo archivo."
    if not any(campo.en_lista for campo in formato.campos):
        yield ("campos",), "Ningún campo tiene «en_lista: true».", "Marque de 3 a 6: son las columnas de las tablas."
    for campo in formato.proyeccion.campos if formato.proyeccion else ():
        if campo not in nombres:
            yield ("proyeccion", "campos", campo), f"«{campo}» no es un campo.", "Ponga campos de este mismo archivo."
    if formato.trae_de is not None:
        for llave in ("campos", "valores", "equivale"):
            for campo in getattr(formato.trae_de, llave):
                if campo not in nombres:
                    yield ("trae_de", llave, campo), f"«{campo}» no es un campo.", "Ponga campos de este mismo archivo."


def _repetidos(campos: Iterable[Campo], base: Ruta) -> Iterator[Hallazgo]:
    vistos: set[str] = set()
    for i, campo in enumerate(campos):
        if campo.nombre in vistos:
            yield (*base, i, "nombre"), f"El campo «{campo.nombre}» está repetido.", "Cada nombre va una sola vez."
        vistos.add(campo.nombre)


def _reglas_de_campo(campo: Campo, aqui: Ruta, formato: Formato, listas: dict[str, Lista]) -> Iterator[Hallazgo]:
    yield from _reglas_de_tipo(campo, aqui, listas)
    yield from _reglas_de_condicion(campo, aqui, {otro.nombre: otro for otro in formato.campos}, listas)
    if campo.tipo is TipoCampo.TABLA:
        yield from _repetidos(campo.campos, (*aqui, "campos"))
        for j, columna in enumerate(campo.campos):
            if columna.tipo in FUERA_DE_TABLA:
                yield (*aqui, "campos", j, "tipo"), f"Una tabla no lleva columnas «{columna.tipo}».", "Use texto, fecha, url…"
            yield from _reglas_de_tipo(columna, (*aqui, "campos", j), listas)


def _reglas_de_condicion(
    campo: Campo, aqui: Ruta, otros: dict[str, Campo], listas: dict[str, Lista],
) -> Iterator[Hallazgo]:
    si = campo.obligatorio_si
    if si is None:
        return
    if (otro := otros.get(si.campo)) is None:
        yield (*aqui, "obligatorio_si"), f"«{si.campo}» no es un campo.", "Ponga un campo de este mismo archivo."
        return
    opciones = listas[otro.lista].opciones if otro.lista in listas else otro.opciones
    for valor in si.es:
        if opciones and valor not in opciones:
            yield (*aqui, "obligatorio_si"), f"«{valor}» no es opción de «{si.campo}».", "Use la clave de la opción."
        elif otro.tipo is TipoCampo.SI_NO and not isinstance(valor, bool):
            yield (*aqui, "obligatorio_si"), f"«{si.campo}» es de sí o no.", "Use «es: [true]» o «es: [false]»."


def _reglas_de_tipo(campo: Campo, aqui: Ruta, listas: dict[str, Lista]) -> Iterator[Hallazgo]:
    if campo.lista and campo.lista not in listas:
        yield (*aqui, "lista"), f"No existe la lista «{campo.lista}».", "Vea las de fracciones_config/listas."
    if campo.tipo in LISTAS and not campo.opciones and not campo.lista:
        yield aqui, f"«{campo.nombre}» es de opciones y no las tiene.", "Agregue «opciones:» o «lista:»."
    if campo.tipo not in LISTAS and (campo.opciones or campo.lista):
        yield aqui, f"«{campo.nombre}» tiene opciones y no es de opciones.", "Use «tipo: opcion» o quítelas."
    if (campo.sumable or campo.acumulable) and campo.tipo not in NUMEROS:
        yield (*aqui, "sumable"), "Solo los números se suman.", "Quite «sumable» y «acumulable»."
    if campo.acumulable and not campo.sumable:
        yield (*aqui, "acumulable"), "Lo acumulable también es sumable.", "Agregue «sumable: true»."
    if (campo.tipo is TipoCampo.TABLA) != bool(campo.campos):
        yield aqui, "Solo «tipo: tabla» lleva «campos», y debe llevarlos.", "Corrija el tipo o los campos."
    if campo.tipo is not TipoCampo.TABLA and not campo.ejemplo and not _se_entiende_sin_ejemplo(campo):
        yield aqui, f"«{campo.nombre}» no tiene ejemplo.", "Agregue «ejemplo:» con un caso verosímil e inventado."
    if campo.patron:
        yield from _reglas_de_patron(campo, aqui)
    yield from _reglas_de_personales(campo, aqui)


def _reglas_de_personales(campo: Campo, aqui: Ruta) -> Iterator[Hallazgo]:
    if "datos_personales" not in campo.model_fields_set:
        return
    if campo.tipo is TipoCampo.TABLA:
        yield (*aqui, "datos_personales"), "En una tabla, cada columna dice la suya.", "Pase «datos_personales» a las columnas."
    elif campo.datos_personales == "permitir" and _NUNCA.search(f"{campo.nombre} {campo.etiqueta}"):
        yield ((*aqui, "datos_personales"), f"«{campo.etiqueta}» no se publica de nadie: no se puede permitir.",
               "Quite el campo o use «bloquear».")


def _se_entiende_sin_ejemplo(campo: Campo) -> bool:
    return campo.tipo in LISTAS or campo.tipo in {TipoCampo.SI_NO, TipoCampo.ARCHIVO}


def _reglas_de_patron(campo: Campo, aqui: Ruta) -> Iterator[Hallazgo]:
    if campo.tipo not in TEXTOS or not campo.patron_dice:
        yield (*aqui, "patron"), "El patrón es para textos y lleva «patron_dice».", "Diga en español qué se espera."
    opciones = re2.Options()
    opciones.log_errors = False
    try:
        re2.compile(campo.patron, opciones)
    except re2.error:
        yield (*aqui, "patron"), "La expresión no es válida para RE2.", "Quite referencias hacia atrás y miradas."


def rules_of_comunes(comunes: Comunes, listas: dict[str, Lista]) -> Iterator[Hallazgo]:
    """Las faltas de los campos comunes."""
    for parte, campos in (("al_principio", comunes.al_principio), ("al_final", comunes.al_final)):
        for i, campo in enumerate(campos):
            yield from _reglas_de_tipo(campo, (parte, i), listas)


def rules_of_conjunto(formatos: list[tuple[Formato, Documento]], paquetes: dict[str, Paquete]) -> Iterator[Falta]:
    """Las faltas entre archivos: alias repetidos, numeración repetida, paquetes o artículos que no existen."""
    alias = {formato.clave: formato.clave for formato, _ in formatos}
    lugares: dict[tuple[object, ...], str] = {}
    for formato, doc in formatos:
        lugar = (formato.paquete, formato.articulo, formato.fraccion, formato.numero)
        if (otro := lugares.setdefault(lugar, formato.clave)) != formato.clave:
            yield doc.falta(("numero",), f"{formato.fundamento}, formato {formato.numero}: ya lo ocupa «{otro}».",
                            "Cambie «numero».")
        for i, nombre in enumerate(formato.alias):
            if alias.setdefault(nombre, formato.clave) != formato.clave:
                yield doc.falta(("alias", i), f"El alias «{nombre}» ya es de «{alias[nombre]}».", "Use otro.")
        paquete = paquetes.get(formato.paquete)
        if paquete is None:
            yield doc.falta(("paquete",), f"No existe el paquete «{formato.paquete}».", "Vea fracciones_config/paquetes.")
        elif formato.articulo not in {articulo.numero for articulo in paquete.articulos}:
            yield doc.falta(("articulo",), f"El artículo {formato.articulo} no está en el paquete.", "Agréguelo allá.")
