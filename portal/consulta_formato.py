"""Qué pidió ver una persona de un formato: de quién, de cuándo y con qué filtro. Lo usan la página y las descargas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fracciones_config import Campo, Formato
from models.domain.periods import EJERCICIO_VIGENTE
from models.formatos import Tabla
from models.publicados import Filtro, Institucion, ResumenDeEjercicio, ResumenDeFormato
from models.publicados.cortes import Corte
from models.publicados.dichos import Dichos
from models.publicados.obligaciones import NoAplica
from models.reloj import hoy
from portal.columnas import chosen_columns
from portal.contexto import publicados
from portal.cortes import read_corte
from portal.direcciones import find_institucion, find_tabla, to_formato, with_query
from portal.errores import NoExiste
from portal.peticion import names_of, query_of, read_filtro

PRIMER_EJERCICIO = 2004
"""El de la primera ley de transparencia del Estado: antes no hay nada que consultar."""


@dataclass(frozen=True, slots=True)
class ConsultaDeFormato:
    """Lo pedido, ya con su resumen.

    ``ejercicio`` es 0 para lo vigente hoy; con ``al_cierre``, es lo que regía al cerrar ese año. ``columnas``: las que se
    pidió ver; vacía, las de siempre. ``al``: el día por el que se pregunta; entonces no hay filtros.
    """

    institucion: Institucion
    tabla: Tabla
    dichos: Dichos
    primero: int | None
    ejercicio: int
    al_cierre: bool
    filtro: Filtro
    columnas: tuple[Campo, ...] = ()
    al: Corte | None = None

    @property
    def formato(self) -> Formato:
        return self.tabla.formato

    @property
    def resumen(self) -> ResumenDeFormato:
        return self.dichos.resumen

    @property
    def no_aplica(self) -> NoAplica | None:
        return self.dichos.no_aplica

    @property
    def del_ejercicio(self) -> ResumenDeEjercicio:
        return self.resumen.de(EJERCICIO_VIGENTE if self.al_cierre else self.ejercicio)

    @property
    def corte(self) -> Corte | None:
        """El día en que se mira: el que se pidió, o el último del año al cierre; ``None`` es hoy."""
        return self.al or (Corte.al_cierre(self.ejercicio) if self.al_cierre else None)

    @property
    def ejercicio_de_la_tabla(self) -> int:
        """El de sus registros: lo vigente no es de ningún año."""
        return EJERCICIO_VIGENTE if self.formato.es_vigente else self.ejercicio

    @property
    def ejercicios(self) -> tuple[int, ...]:
        """Los años que se pueden elegir, del más nuevo al más viejo; lo vigente hoy va aparte."""
        if not self.formato.es_vigente:
            return self.resumen.con_registros
        return tuple(range(hoy().year - 1, self.primero - 1, -1)) if self.primero else ()

    def ruta(self, extension: str = "/", **parametros: object) -> str:
        """La dirección de esto mismo, con su filtro, su orden, sus columnas y lo que se le sume (o, en blanco, se le quite)."""
        lugar = to_formato(self.institucion.siglas, self.tabla.clave, self.ejercicio, extension)
        return with_query(lugar, **{**query_of(self.filtro), "columnas": names_of(self.columnas),
                                    "al": self.al.iso if self.al else "", **parametros})


def read_consulta(siglas: str, clave: str, ejercicio: int | None) -> ConsultaDeFormato:
    """La consulta de una dirección; 404 si no existe, o redirige si la institución o el formato cambiaron de nombre."""
    institucion, tabla, al = find_institucion(siglas), find_tabla(clave), read_corte()
    dichos = publicados().dichos(institucion, tabla.clave)
    resumen, formato = dichos.resumen, tabla.formato
    primero = publicados().primer_ejercicio(institucion, tabla.clave) if formato.es_vigente else None
    le_toca = formato.activo and (tabla.clave in institucion.claves or dichos.no_aplica)
    if not le_toca and not resumen.ejercicios and primero is None:
        raise NoExiste(f"{institucion.nombre_corto} no tiene obligación de publicar «{formato.nombre_corto}».")
    if al is not None:
        return _al_dia(institucion, tabla, resumen, primero, ejercicio, al)
    al_cierre = formato.es_vigente and ejercicio is not None
    elegido = _vigente(ejercicio, primero) if formato.es_vigente else _por_periodo(ejercicio, resumen)
    filtro = Filtro() if al_cierre else read_filtro(formato)
    return ConsultaDeFormato(
        institucion, tabla, dichos, primero, elegido, al_cierre, filtro, chosen_columns(tabla))


def _al_dia(
    institucion: Institucion, tabla: Tabla, de_hoy: ResumenDeFormato, primero: int | None, ejercicio: int | None, al: Corte,
) -> ConsultaDeFormato:
    """La consulta de lo que era público un día; de lo vigente no cuenta el año."""
    historia, clave = publicados().historia, tabla.clave
    resumen = historia.resumen(institucion.id, clave, al)
    elegido = EJERCICIO_VIGENTE
    if not tabla.formato.es_vigente:
        elegido = _por_periodo(ejercicio, resumen if resumen.ejercicios or ejercicio is not None else de_hoy)
    no_aplica = historia.aprobados(institucion.id, al, clave).no_aplica(clave)
    return ConsultaDeFormato(
        institucion, tabla, Dichos(resumen, no_aplica), primero, elegido, False, Filtro(), (), al)


def _vigente(ejercicio: int | None, primero: int | None) -> int:
    if ejercicio is None:
        return EJERCICIO_VIGENTE
    if primero is None or not primero <= ejercicio <= hoy().year:
        raise NoExiste(f"No hay nada publicado que estuviera vigente en {ejercicio}.")
    return ejercicio


def _por_periodo(ejercicio: int | None, resumen: ResumenDeFormato) -> int:
    if ejercicio is None:
        return next(iter((*resumen.con_registros, *(r.ejercicio for r in resumen.ejercicios))), hoy().year)
    conocido = any(r.ejercicio == ejercicio for r in resumen.ejercicios)
    if not conocido and not PRIMER_EJERCICIO <= ejercicio <= hoy().year + 1:
        raise NoExiste(f"No hay información de {ejercicio}.")
    return ejercicio


def is_over(ejercicio: int) -> bool:
    """Si el año ya terminó en la Ciudad de México."""
    return ejercicio < hoy().year


def last_day(ejercicio: int) -> dt.date:
    """El último día del año, o hoy si no ha terminado."""
    return dt.date(ejercicio, 12, 31) if is_over(ejercicio) else hoy()
