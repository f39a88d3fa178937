"""Un registro público: lo que se aprobó, y solo los campos que el formato declara hoy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from peewee import SQL, Database, ModelSelect

from fracciones_config import Campo, TipoCampo
from fracciones_config.esquema import Dato
from models.actos import PubVersion
from models.columnas import a_columna
from models.domain.protegidos import read_marcas, read_vacios
from models.folios import a_folio
from models.formatos import Tabla

COLUMNAS = ("id", "ejercicio", "periodo", "numero", "contenido", "catalogo", "actualizado_en", "validado_en", "desde")


ARMADOS = 4096
"""Registros que se recuerdan armados: unos 15 MB. Leer su JSON era la quinta parte de la página de un formato."""

_SELECCION = SQL(", ".join(f'"t1"."{columna}"' for columna in COLUMNAS))
"""Las mismas, ya redactadas: «t1» es como Peewee llama a la tabla de la que se selecciona."""


class FilaPublica(NamedTuple):
    """Un registro público tal como está en la base, con las ``COLUMNAS`` en su orden: para copiar muchos sin armarlos."""

    id: int
    ejercicio: int
    periodo: str
    numero: int
    contenido: str
    catalogo: int
    actualizado_en: int
    validado_en: int
    desde: int

    @property
    def estado(self) -> str:
        """Lo público no tiene estado de trabajo."""
        return ""


@dataclass(frozen=True, slots=True)
class Registro:
    """Un registro que la ciudadanía lee. Los instantes son milisegundos UTC; ``numero`` es el de su versión pública.

    ``protegidos`` dice qué se suprimió: campo → ``acta``, ``desde`` (y ``columnas``, si solo fueron algunas de una tabla); los
    campos protegidos enteros están además en ``vacios``, con la causa ``protegido``. ``ajenos`` trae, como texto, lo que se
    publicó cuando su campo era de otro tipo. ``huella`` distingue dos contenidos dentro de este proceso: sirve para recordar lo
    que ya se dibujó.
    """

    id: int
    clave: str
    ejercicio: int
    periodo: str
    numero: int
    actualizado_en: int
    validado_en: int
    publico_desde: int
    datos: Mapping[str, Dato] = field(default_factory=dict)
    vacios: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ajenos: Mapping[str, str] = field(default_factory=dict)
    huella: int = 0
    protegidos: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def folio(self) -> str:
        return a_folio(self.id)


@dataclass(frozen=True, slots=True)
class Lapida:
    """Lo que queda de un registro retirado: cuándo y por qué."""

    id: int
    clave: str
    ejercicio: int
    periodo: str
    retirado_en: int
    motivo: str

    @property
    def folio(self) -> str:
        return a_folio(self.id)


def select_publicos(tabla: Tabla, sujeto_id: int) -> ModelSelect:
    """La selección de los registros públicos de un formato y una institución: el sujeto siempre va primero."""
    return tabla.publica.select(_SELECCION).where(tabla.publica.sujeto_id == sujeto_id)


def read_registros(base: Database, tabla: Tabla, consulta: ModelSelect) -> list[Registro]:
    """Los registros de una selección hecha con ``select_publicos``; del cursor crudo, que envuelto cuesta más."""
    return [registro_de(tabla, *fila) for fila in base.execute(consulta)]


def read_filas(base: Database, consulta: ModelSelect) -> list[FilaPublica]:
    """Como ``read_registros``, sin armarlos."""
    return list(map(FilaPublica._make, base.execute(consulta)))


@lru_cache(maxsize=ARMADOS)
def registro_de(
    tabla: Tabla, id: int, ejercicio: int, periodo: str, numero: int, contenido: str, catalogo: int,
    actualizado_en: int, validado_en: int, desde: int,
) -> Registro:
    """Arma un registro con las ``COLUMNAS`` de su fila. La misma fila da el mismo, armado una vez: nadie lo modifica."""
    leido = orjson.loads(contenido)
    datos, ajenos = declared_only(tabla, leido["datos"], es_viejo=catalogo != tabla.numero)
    nombres = tabla.formato.por_nombre
    vacios = {nombre: vacio for nombre, vacio in read_vacios(leido, con_columnas=False).items() if nombre in nombres}
    protegidos = {nombre: marca for nombre, marca in read_marcas(leido).items() if nombre in nombres}
    return Registro(id, tabla.clave, ejercicio, periodo, numero, actualizado_en, validado_en, desde, datos, vacios,
                    ajenos, hash(contenido), protegidos)


def declared_only(tabla: Tabla, datos: Mapping[str, Dato], es_viejo: bool) -> tuple[dict[str, Dato], dict[str, str]]:
    """Los datos de los campos declarados hoy: quitar un campo del catálogo lo esconde también de lo ya publicado.

    Lo publicado con un formato anterior (``es_viejo``) puede traer otra forma: eso sale aparte, como texto.
    """
    if es_viejo:
        datos, ajenos = _apart_ajenos(tabla, datos)
    else:
        ajenos = {}
    limpios = {nombre: datos[nombre] for nombre in datos.keys() & tabla.formato.por_nombre.keys()}
    for campo in _tablas_de(tabla):
        if campo.nombre in limpios:
            limpios[campo.nombre] = _columnas_declaradas(campo, limpios[campo.nombre], es_viejo)
    return limpios, ajenos


def _apart_ajenos(tabla: Tabla, datos: Mapping[str, Dato]) -> tuple[dict[str, Dato], dict[str, str]]:
    """Separa lo que ya no tiene la forma de su campo; lo que no es un texto o un número no se sabría enseñar."""
    campos = tabla.formato.por_nombre
    bien = {n: dato for n, dato in datos.items() if n in campos and _tiene_su_forma(campos[n], dato)}
    ajenos = {n: str(dato) for n, dato in datos.items()
              if n in campos and n not in bien and isinstance(dato, str | int)}
    return bien, ajenos


@lru_cache(maxsize=512)
def _tablas_de(tabla: Tabla) -> tuple[Campo, ...]:
    return tuple(campo for campo in tabla.formato.campos if campo.tipo is TipoCampo.TABLA)


def find_registro(base: Database, tabla: Tabla, sujeto_id: int, id: int) -> Registro | None:
    """El registro, si hoy es público."""
    registros = read_registros(base, tabla, select_publicos(tabla, sujeto_id).where(tabla.publica.id == id))
    return registros[0] if registros else None


def find_fila(base: Database, tabla: Tabla, sujeto_id: int, id: int) -> FilaPublica | None:
    """El registro tal como está en la base, si hoy es público."""
    filas = read_filas(base, select_publicos(tabla, sujeto_id).where(tabla.publica.id == id))
    return filas[0] if filas else None


def find_lapida(base: Database, sujeto_id: int, clave: str, id: int) -> Lapida | None:
    """La lápida de un registro que fue público y se retiró; ``None`` si nunca lo fue. Quien llama ya vio que hoy no lo es."""
    ultima: Any = (PubVersion.select(
        PubVersion.clave, PubVersion.ejercicio, PubVersion.periodo, PubVersion.hasta, PubVersion.retiro)
        .where(PubVersion.sujeto_id == sujeto_id, PubVersion.registro_id == id)
        .order_by(PubVersion.numero.desc()).bind(base).first())
    if ultima is None or ultima.clave != clave or ultima.hasta is None or ultima.retiro is None:
        return None
    return Lapida(id, clave, ultima.ejercicio, ultima.periodo, ultima.hasta, ultima.retiro)


def _columnas_declaradas(campo: Campo, filas: Any, es_viejo: bool) -> list[dict[str, Dato]]:
    """Los renglones con las columnas de hoy; la celda que ya no tiene la forma de la suya no va."""
    columnas = {c.nombre: c for c in campo.campos}
    return [{n: dato for n, dato in fila.items()
             if n in columnas and not (es_viejo and not _tiene_su_forma(columnas[n], dato))} for fila in filas]


def _tiene_su_forma(campo: Campo, dato: Dato) -> bool:
    try:
        a_columna(campo, dato)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return campo.tipo is not TipoCampo.TABLA or all(isinstance(fila, dict) for fila in dato)  # type: ignore[union-attr]
