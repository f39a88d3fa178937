"""Qué pidió ver una persona de un formato en todas las instituciones: de cuáles, de qué año y con qué filtro."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request

from fracciones_config import Campo, Formato
from models.domain.periods import orden
from models.formatos import Tabla
from models.presentacion.poderes import PODERES
from models.publicados import Filtro, Institucion
from models.publicados.camino_de_todas import Pedido
from models.publicados.todas import ResumenDeTodas
from models.reloj import hoy
from portal.columnas import chosen_columns
from portal.consulta_formato import PRIMER_EJERCICIO
from portal.contexto import publicados
from portal.controles import Selector
from portal.direcciones import find_tabla, to_informacion, with_query
from portal.errores import NoExiste
from portal.municipios import key_of, list_municipios
from portal.palabras import capitalize_first, period_name
from portal.peticion import names_of, query_of, read_filtro
from portal.puestos import Puesto

SIGLAS_MAXIMAS = 400


@dataclass(frozen=True, slots=True)
class ConsultaDeTodas:
    """Lo pedido, ya con su resumen. ``ejercicio`` nulo: todos los años.

    ``elegidas``: las instituciones que se eligieron por siglas, clase y municipio; sin elegir, todas. ``pedido`` es lo que se
    le pide a ``Publicados.todas``, solo con las que tienen algo.
    """

    tabla: Tabla
    ejercicio: int | None
    filtro: Filtro
    columnas: tuple[Campo, ...]
    todas: tuple[Institucion, ...]
    so: tuple[str, ...]
    poder: str
    municipio: str
    resumen: ResumenDeTodas
    elegidas: tuple[Institucion, ...]
    pedido: Pedido

    @property
    def formato(self) -> Formato:
        return self.tabla.formato

    @property
    def hay_filtro(self) -> bool:
        return self.filtro.activo or bool(self.so or self.poder or self.municipio)

    def publican(self) -> list[tuple[Institucion, int]]:
        """Las elegidas que publican esto, con cuántos registros."""
        con_algo = self.resumen.por_institucion(self.ejercicio)
        return [(una, con_algo[una.id]) for una in self.elegidas if una.id in con_algo]

    def faltan(self) -> list[Institucion]:
        """Las elegidas a las que les toca y todavía no tienen nada público de esto."""
        con_algo = self.resumen.por_institucion(self.ejercicio)
        return [una for una in self.elegidas if una.id not in con_algo and self.tabla.clave in una.claves
                and not una.extinto_en]

    def anios(self) -> Mapping[int, list[int]]:
        """Institución → los ejercicios que tiene, del más viejo al más nuevo; lo vigente es del 0."""
        suyos: dict[int, set[int]] = {}
        for sujeto_id, anio, _ in self.resumen.conteos:
            if self.ejercicio in (None, anio):
                suyos.setdefault(sujeto_id, set()).add(anio)
        return {sujeto_id: sorted(anios) for sujeto_id, anios in suyos.items()}

    def periodos(self) -> dict[str, str]:
        """Los periodos con registros, en el orden del calendario."""
        claves = {periodo for periodo in self.resumen.periodos.get(self.ejercicio, ()) if periodo}
        if self.filtro.periodo:
            claves.add(self.filtro.periodo)
        return {clave: capitalize_first(period_name(clave)) for clave in sorted(claves, key=lambda c: orden(2000, c))}

    def selectores(self) -> tuple[Selector, ...]:
        """Clase, municipio e instituciones."""
        poderes = {una.poder for una in self.todas}
        municipios = {uno.clave: uno.nombre for uno in list_municipios(list(self.todas))}
        clases = {clave: nombre for clave, nombre in PODERES.items() if clave in poderes}
        nombres = {una.siglas: una.nombre_corto for una in self.todas}
        return (Selector("poder", "Clase de institución", clases, frozenset({self.poder})),
                Selector("municipio", "Municipio", municipios, frozenset({self.municipio})),
                Selector("so", "Instituciones", nombres, frozenset(self.so), varios=True))

    def puestos(self) -> Iterator[Puesto]:
        """Las instituciones elegidas, como filtros que se quitan."""
        if self.poder:
            yield Puesto(PODERES[self.poder], self.ruta(poder=""))
        if self.municipio:
            nombres = {uno.clave: uno.nombre for uno in list_municipios(list(self.todas))}
            yield Puesto(f"Municipio: {nombres[self.municipio]}", self.ruta(municipio=""))
        for una in self.todas:
            if una.siglas in self.so:
                yield Puesto(una.nombre_corto, self.ruta(so=",".join(s for s in self.so if s != una.siglas)))

    def ruta(self, extension: str = "/", **parametros: object) -> str:
        """La dirección de esto mismo, con sus filtros, sus columnas y lo que se le sume (o, en blanco, se le quite)."""
        propios = {"so": ",".join(self.so), "poder": self.poder, "municipio": self.municipio}
        return with_query(to_informacion(self.tabla.clave, self.ejercicio, extension), **{
            **propios, **query_of(self.filtro), "columnas": names_of(self.columnas), **parametros})


def read_consulta(clave: str, ejercicio: int | None) -> ConsultaDeTodas:
    """La consulta de una dirección; 404 si no existe, o redirige si el formato cambió de nombre."""
    tabla = find_tabla(clave)
    if ejercicio is not None and (tabla.formato.es_vigente or not PRIMER_EJERCICIO <= ejercicio <= hoy().year + 1):
        raise NoExiste(f"No hay una tabla de {ejercicio} de «{tabla.formato.nombre_corto}».")
    todas = tuple(publicados().todas.instituciones())
    so, poder, municipio = _so(todas), _poder(), _municipio(todas)
    elegidas = tuple(una for una in todas if (not so or una.siglas in so) and (not poder or una.poder == poder)
                     and (not municipio or key_of(una.municipio or "") == municipio))
    resumen, filtro = publicados().todas.resumen(tabla), read_filtro(tabla.formato)
    con_algo = resumen.por_institucion(ejercicio)
    suyas = tuple(una for una in elegidas if una.id in con_algo)
    pedido = Pedido(tabla, suyas, bool(so or poder or municipio), ejercicio, filtro)
    return ConsultaDeTodas(
        tabla, ejercicio, filtro, chosen_columns(tabla), todas, so, poder, municipio, resumen, elegidas, pedido)


def _so(todas: tuple[Institucion, ...]) -> tuple[str, ...]:
    """Las siglas elegidas, separadas por comas o repetido el parámetro; 404 si alguna no es de nadie."""
    dichas = [siglas for siglas in ",".join(request.args.getlist("so")).lower().split(",") if siglas][:SIGLAS_MAXIMAS]
    conocidas = {una.siglas for una in todas}
    if not conocidas.issuperset(dichas):
        raise NoExiste("No hay ninguna institución con esas siglas.")
    return tuple(dict.fromkeys(dichas))


def _poder() -> str:
    poder = request.args.get("poder", "")
    if poder and poder not in PODERES:
        raise NoExiste("No hay instituciones de esa clase. Son: " + ", ".join(PODERES) + ".")
    return poder


def _municipio(todas: tuple[Institucion, ...]) -> str:
    clave = key_of(request.args.get("municipio", "")[:80])
    if clave and clave not in {uno.clave for uno in list_municipios(list(todas))}:
        raise NoExiste("No hay instituciones de ese municipio.")
    return clave
