"""Lo que se pide al buscador, como viene en la dirección. Lo mal escrito se dice junto a su casilla; nada lo tira."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask import request

from fracciones_config import Campo, Catalogo, Formato, TipoCampo
from models.busqueda.alcance import Alcance, Fechas, Montos
from models.busqueda.consulta import Consulta, parse
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.numeros import read_moneda
from models.domain.lectores.tiempos import parse_fecha
from models.domain.periods import etiqueta
from models.folios import a_folio, de_folio
from models.presentacion.fechas import fecha
from models.presentacion.numeros import dinero_de_centavos
from models.publicados import Busqueda, Institucion, OrdenDeHallazgos, Tras
from portal.contexto import foto, publicados
from portal.direcciones import with_query
from portal.errores import NoExiste
from portal.peticion import read_texto

PARAMETROS = ("q", "institucion", "tema", "articulo", "ejercicio", "periodo", "monto_desde", "monto_hasta", "fecha_desde",
              "fecha_hasta", "orden")
"""En el orden en que van en la dirección."""

PLEGADOS = PARAMETROS[3:-1]
"""Los que tienen su casilla bajo «Año, montos, fechas y artículo de la ley»."""

RUTA = "/buscar"
_MONTO = Campo.model_construct(nombre="monto", tipo=TipoCampo.MONEDA, etiqueta="Monto", minimo=None, maximo=None)
_LARGO = 60
_PUNTOS = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Ficha:
    """Un filtro puesto: qué dice, y la dirección de la misma búsqueda sin él."""

    dice: str
    sin: str


@dataclass(slots=True)
class Pedida:
    """Una búsqueda leída. ``escrito`` es lo que vino, para devolverlo al formulario; ``faltas``, qué casilla está mal."""

    escrito: Mapping[str, str]
    texto: str = ""
    institucion: Institucion | None = None
    formato: Formato | None = None
    formatos: tuple[Formato, ...] = ()
    alcance: Alcance = Alcance()
    tras: Tras | None = None
    faltas: dict[str, str] = field(default_factory=dict)

    @property
    def consulta(self) -> Consulta | None:
        return parse(self.texto)

    @property
    def busqueda(self) -> Busqueda:
        return Busqueda(self.consulta, self.alcance, self.orden)

    @property
    def orden(self) -> OrdenDeHallazgos:
        """El pedido; si no, con palabras, lo más relevante."""
        if self.consulta is None or self.escrito.get("orden") == OrdenDeHallazgos.RECIENTES:
            return OrdenDeHallazgos.RECIENTES
        return OrdenDeHallazgos.RELEVANTES

    def ordenes(self) -> list[tuple[str, str, bool]]:
        """Los que se pueden elegir: cómo se llama, su dirección y si es el puesto. Sin palabras no hay más que uno."""
        if self.consulta is None:
            return []
        return [("Más relevantes", self.ruta(orden=""), self.orden is OrdenDeHallazgos.RELEVANTES),
                ("Más recientes", self.ruta(orden=OrdenDeHallazgos.RECIENTES), self.orden is OrdenDeHallazgos.RECIENTES)]

    def page_after(self, tras: Tras, ruta: str = RUTA) -> str:
        """La dirección de la página que sigue. Lo que sigue a lo más relevante, si ya no lleva puntos, va por fecha."""
        if tras.puntos is not None:
            return self.ruta(ruta, antes=f"{tras.puntos}-{a_folio(tras.id)}")
        return self.ruta(ruta, antes=a_folio(tras.id), orden=OrdenDeHallazgos.RECIENTES if self.consulta else "")

    @property
    def estado(self) -> int:
        """404 si se pidió algo que no existe, 400 si algo está mal escrito, 200 si se puede buscar."""
        if not self.faltas:
            return 200
        return 404 if self.faltas.keys() <= {"institucion", "tema", "articulo"} else 400

    @property
    def avanzada(self) -> bool:
        """Si usa alguna de las casillas que van plegadas."""
        return any(self.escrito.get(nombre) for nombre in PLEGADOS)

    def ruta(self, ruta: str = RUTA, **cambios: object) -> str:
        """La dirección de esta búsqueda, con esos cambios y desde su primera página."""
        return with_query(ruta, **{nombre: self.escrito.get(nombre, "") for nombre in PARAMETROS} | cambios)

    @staticmethod
    def alone(texto: str) -> str:
        """La dirección de buscar solo esas palabras, en todo lo publicado."""
        return with_query(RUTA, q=texto)

    def fichas(self) -> list[Ficha]:
        """Los filtros puestos, para quitarlos uno por uno."""
        a, nombrado = self.alcance, self.escrito.get("articulo", "")
        dichos = [
            (("institucion",), self.institucion and self.institucion.nombre_corto),
            (("tema",), self.formato and self.formato.nombre_corto),
            (("articulo",), nombrado and name_articulo(nombrado)),
            (("ejercicio",), a.ejercicio and f"Año {a.ejercicio}"),
            (("periodo",), a.periodo and etiqueta(a.periodo).capitalize()),
            (("monto_desde", "monto_hasta"), a.montos and say_rango(
                "Monto", *(None if n is None else dinero_de_centavos(n) for n in (a.montos.desde, a.montos.hasta)))),
            (("fecha_desde", "fecha_hasta"), a.fechas and say_rango(
                "Fecha", *(None if dia is None else fecha(dia) for dia in (a.fechas.desde, a.fechas.hasta)))),
        ]
        return [Ficha(str(dice), self.ruta(**dict.fromkeys(nombres, ""))) for nombres, dice in dichos if dice]


def read_pedida() -> Pedida:
    """La búsqueda de la dirección. Lanza ``NoExiste`` si pide una página que no existe."""
    escrito = {nombre: " ".join(read_texto(nombre).split())[:_LARGO] for nombre in PARAMETROS} | {"q": read_texto()}
    if escrito["orden"] not in ("", *OrdenDeHallazgos):
        raise NoExiste("Los resultados solo se ordenan por «relevantes» o «recientes».")
    if not escrito["orden"] and (antes := request.args.get("antes")) and "-" not in antes:
        escrito["orden"] = str(OrdenDeHallazgos.RECIENTES)  # así eran estas direcciones cuando no había otro orden
    pedida = Pedida(escrito, texto=escrito["q"])
    catalogo = foto().catalogo
    pedida.institucion = _institucion(pedida)
    pedida.formato = _formato(pedida, catalogo)
    pedida.formatos = _formatos(pedida, catalogo)
    pedida.alcance = Alcance(
        pedida.institucion.id if pedida.institucion else None,
        tuple(f.clave for f in pedida.formatos) if pedida.formato or escrito["articulo"] else None,
        _ejercicio(pedida), _periodo(pedida), _montos(pedida), _fechas(pedida))
    pedida.tras = _tras(pedida.orden)
    return pedida


def name_articulo(dicho: str) -> str:
    """«12-XI» → «Artículo 12, fracción XI»."""
    articulo, _, fraccion = dicho.partition("-")
    return f"Artículo {articulo}" + (f", fracción {fraccion.upper()}" if fraccion else "")


def say_rango(que: str, desde: str | None, hasta: str | None) -> str:
    """«Monto: de $1,000.00 a $5,000.00»."""
    if desde is not None and hasta is not None:
        return f"{que}: de {desde} a {hasta}"
    return f"{que}: desde {desde}" if desde is not None else f"{que}: hasta {hasta}"


def _institucion(pedida: Pedida) -> Institucion | None:
    siglas = pedida.escrito["institucion"]
    if not siglas:
        return None
    minusculas = siglas.lower()
    hallada = publicados().institucion(minusculas) if minusculas.isascii() else None
    if hallada is None and minusculas.isascii() and (hoy := publicados().siglas_de_hoy(minusculas)):
        hallada = publicados().institucion(hoy)
    if hallada is None:
        pedida.faltas["institucion"] = "No hay ninguna institución con esas siglas. Elíjala de la lista."
    return hallada


def _formato(pedida: Pedida, catalogo: Catalogo) -> Formato | None:
    clave = pedida.escrito["tema"].lower()
    formato = catalogo.por_clave.get(clave) or catalogo.por_alias.get(clave) if clave else None
    if clave and formato is None:
        pedida.faltas["tema"] = "Ese tipo de información no está en el catálogo. Elíjalo de la lista."
    return formato


def _formatos(pedida: Pedida, catalogo: Catalogo) -> tuple[Formato, ...]:
    """Los formatos entre los que se busca, si se eligió uno, o un artículo o una fracción."""
    articulo, _, fraccion = pedida.escrito["articulo"].lower().partition("-")
    suyos = tuple(f for f in catalogo.formatos if str(f.articulo) == articulo and fraccion in ("", f.fraccion.lower()))
    if articulo and not suyos:
        pedida.faltas["articulo"] = "Ese artículo o esa fracción no están en el catálogo. Elíjalos de la lista."
    if pedida.formato is None:
        return suyos
    return (pedida.formato,) if not articulo or pedida.formato in suyos else ()


def _ejercicio(pedida: Pedida) -> int | None:
    dicho = pedida.escrito["ejercicio"]
    if not dicho:
        return None
    if not (dicho.isascii() and dicho.isdigit() and len(dicho) == 4 and 1900 <= int(dicho) <= 2200):
        pedida.faltas["ejercicio"] = "Escriba el año con cuatro cifras, como 2026."
        return None
    return int(dicho)


def _periodo(pedida: Pedida) -> str | None:
    dicho = pedida.escrito["periodo"].upper()
    if not dicho:
        return None
    try:
        etiqueta(dicho)
    except ValueError:
        pedida.faltas["periodo"] = "Ese periodo no existe. Elíjalo de la lista."
        return None
    return dicho


def _montos(pedida: Pedida) -> Montos | None:
    limites = [_monto(pedida, nombre) for nombre in ("monto_desde", "monto_hasta")]
    if limites == [None, None]:
        return None
    if None not in limites and limites[0] > limites[1]:  # type: ignore[operator]
        pedida.faltas["monto_hasta"] = "El monto mayor va en la segunda casilla."
        return None
    return Montos(*limites)


def _monto(pedida: Pedida, nombre: str) -> int | None:
    if not pedida.escrito[nombre]:
        return None
    try:
        return int(Decimal(read_moneda(_MONTO, pedida.escrito[nombre])) * 100)
    except DatoInvalido as error:
        pedida.faltas[nombre] = str(error)
        return None


def _fechas(pedida: Pedida) -> Fechas | None:
    limites = [_fecha(pedida, nombre) for nombre in ("fecha_desde", "fecha_hasta")]
    if limites == [None, None]:
        return None
    if None not in limites and limites[0] > limites[1]:  # type: ignore[operator]
        pedida.faltas["fecha_hasta"] = "La segunda fecha debe ser la misma o posterior a la primera."
        return None
    return Fechas(*limites)


def _fecha(pedida: Pedida, nombre: str) -> dt.date | None:
    if not pedida.escrito[nombre]:
        return None
    try:
        return dt.date.fromisoformat(parse_fecha(pedida.escrito[nombre]))
    except DatoInvalido as error:
        pedida.faltas[nombre] = str(error)
        return None


def _tras(orden: OrdenDeHallazgos) -> Tras | None:
    """Dónde acabó la página anterior: un folio o, por relevancia, sus puntos y un folio."""
    dicho = request.args.get("antes", "")
    if not dicho:
        return None
    puntos, _, folio = dicho.rpartition("-")
    try:
        if (orden is OrdenDeHallazgos.RELEVANTES) != bool(_PUNTOS.fullmatch(puntos)) or puntos and not folio:
            raise ValueError(dicho)
        return Tras(de_folio(folio), int(puntos) if puntos else None)
    except ValueError as error:
        raise NoExiste("Esa página de resultados no existe; empiece desde la primera.") from error
