"""Las direcciones del portal: cómo se escriben y cómo se llega de ellas a una institución, un formato o un registro."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

from flask import Flask, abort, redirect, request, url_for
from werkzeug.routing import BaseConverter

from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.publicados import Institucion
from portal.contexto import Ventanilla, foto, publicados
from portal.dependencias import depends_on
from portal.errores import NoExiste


class ConvertidorDeSiglas(BaseConverter):
    """Las siglas de una institución; acepta mayúsculas para poder redirigirlas."""

    regex = "[A-Za-z0-9-]{2,20}"


class ConvertidorDeClave(BaseConverter):
    """La clave de un formato o uno de sus nombres viejos."""

    regex = "[A-Za-z][A-Za-z0-9_]{0,40}"


class ConvertidorDeEjercicio(BaseConverter):
    """Un año de cuatro cifras, de las de siempre: ``int`` aceptaría también las arábigas."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)


class ConvertidorDeFolio(BaseConverter):
    """Un folio; si está mal escrito, quien lo lee lo dice."""

    regex = "[0-9A-Za-z-]{1,40}"


class ConvertidorDeNumero(BaseConverter):
    """El número de una versión, con cifras de las de siempre."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)


CONVERTIDORES: dict[str, type[BaseConverter]] = {
    "siglas": ConvertidorDeSiglas, "clave": ConvertidorDeClave, "ejercicio": ConvertidorDeEjercicio,
    "numero": ConvertidorDeNumero, "folio": ConvertidorDeFolio}


def to_institucion(siglas: str, extension: str = "/") -> str:
    """``/metepec/`` o, con extensión, ``/metepec.csv``."""
    return f"/{siglas}{extension}"


def to_formato(siglas: str, clave: str, ejercicio: int | None = None, extension: str = "/") -> str:
    """``/metepec/licitaciones/2026/``; sin ejercicio, lo más reciente o lo vigente."""
    lugar = f"/{siglas}/{clave}" + (f"/{ejercicio}" if ejercicio else "")
    return lugar + extension


def to_informacion(clave: str, ejercicio: int | None = None, extension: str = "/") -> str:
    """Un formato en todas las instituciones, de un año o de todos."""
    return f"/informacion/{clave}" + (f"/{ejercicio}" if ejercicio else "") + extension


def to_fundido(clave: str, ejercicio: int | None = None, extension: str = ".csv") -> str:
    """El archivo de un formato con lo de todas las instituciones: ``/datos/licitaciones/2026.csv``."""
    return f"/datos/{clave}" + (f"/{ejercicio}" if ejercicio else "") + extension


def to_registro(siglas: str, clave: str, folio: str, extension: str = "") -> str:
    """La dirección permanente de un registro."""
    return f"/{siglas}/{clave}/r/{folio}{extension}"


def to_version(siglas: str, clave: str, folio: str, numero: int) -> str:
    """La dirección de una versión de un registro."""
    return f"/{siglas}/{clave}/r/{folio}/v/{numero}"


def to_versiones(siglas: str, clave: str, folio: str) -> str:
    """La lista de las versiones de un registro."""
    return f"/{siglas}/{clave}/r/{folio}/versiones"


def to_cambios(siglas: str = "", clave: str = "", extension: str = "") -> str:
    """Los cambios de un formato, de una institución o de todo el portal."""
    return "".join(f"/{parte}" for parte in (siglas, clave) if parte) + f"/cambios{extension}"


def to_organos(siglas: str, folio: str = "", extension: str = "/") -> str:
    """Los órganos colegiados de una institución, o uno."""
    return f"/{siglas}/organos/{folio}" if folio else f"/{siglas}/organos{extension}"


def to_logo(siglas: str) -> str:
    """La imagen del logotipo de una institución."""
    return f"/{siglas}/logo.png"


def to_archivo(siglas: str, folio: str, nombre: str) -> str:
    """La descarga de un archivo; el nombre va solo para que se lea."""
    return f"/{siglas}/archivo/{folio}/{_quote(nombre)}"


def to_diccionario(clave: str, extension: str = "") -> str:
    """El diccionario de datos de un formato."""
    return f"/diccionario/{clave}{extension}"


def to_esquema(clave: str) -> str:
    """El JSON Schema de sus registros."""
    return f"/esquemas/{clave}.json"


def to_table_schema(clave: str, tabla: str = "") -> str:
    """El Table Schema de su CSV, o el de una de sus tablas."""
    return f"/esquemas/{clave}.tabla_{tabla}.tabla.json" if tabla else f"/esquemas/{clave}.tabla.json"


@lru_cache(maxsize=4096)
def _quote(nombre: str) -> str:
    """El nombre para una dirección; en una descarga de cien mil renglones se repiten mucho."""
    return quote(nombre, safe="")


def with_query(ruta: str, **parametros: object) -> str:
    """La ruta con sus parámetros; los vacíos no van."""
    dichos = {nombre: valor for nombre, valor in parametros.items() if valor not in (None, "")}
    return f"{ruta}?{urlencode(dichos)}" if dichos else ruta


def absolute(ruta: str) -> str:
    """La dirección completa, para citarla o ponerla en un archivo."""
    return (Ventanilla.de_la_aplicacion().direccion_base or f"{request.scheme}://{request.host}") + ruta


def find_institucion(siglas: str) -> Institucion:
    """La institución; si las siglas son viejas o van en mayúsculas, redirige; si no existe, 404."""
    hallada = publicados().institucion(siglas)
    if hallada is not None:
        depends_on(hallada.id)
        return hallada
    hoy = publicados().siglas_de_hoy(siglas.lower())
    if hoy is None and siglas != siglas.lower() and publicados().institucion(siglas.lower()):
        hoy = siglas.lower()
    if hoy is not None:
        move(siglas=hoy)
    raise NoExiste("No hay ninguna institución con esa dirección.")


def find_tabla(clave: str) -> Tabla:
    """El formato; si la clave es un nombre viejo o va en mayúsculas, redirige; si no existe, 404."""
    actual = foto()
    tabla = actual.tablas.get(clave)
    if tabla is not None:
        return tabla
    minusculas = clave.lower()
    formato = actual.catalogo.por_alias.get(minusculas) or actual.catalogo.por_clave.get(minusculas)
    if formato is None:
        raise NoExiste("Ese tipo de información no está en el catálogo.")
    move(clave=formato.clave)


def find_id(folio: str) -> int:
    """El identificador de un folio; si no está en su forma propia, redirige; si está mal escrito, 404."""
    try:
        identificador = de_folio(folio)
    except ValueError as error:
        raise NoExiste("El folio está mal escrito: lleva 14 letras y números.") from error
    propio = a_folio(identificador)
    if propio != folio:
        move(folio=propio)
    return identificador


def move(**cambios: Any) -> NoReturn:
    """Redirige, para siempre, a esta misma dirección con esos cambios."""
    destino = url_for(str(request.endpoint), **{**(request.view_args or {}), **cambios})
    consulta = request.query_string.decode("latin-1")
    abort(redirect(f"{destino}?{consulta}" if consulta else destino, 301))


def install(app: Flask) -> None:
    """Deja las direcciones a la mano de las plantillas."""
    app.jinja_env.globals.update(
        to_institucion=to_institucion, to_formato=to_formato, to_registro=to_registro, to_archivo=to_archivo,
        to_organos=to_organos, to_version=to_version, to_versiones=to_versiones, to_cambios=to_cambios, to_logo=to_logo,
        to_diccionario=to_diccionario, to_esquema=to_esquema, to_table_schema=to_table_schema,
        to_informacion=to_informacion,
        with_query=with_query, absolute=absolute)
