"""Lo que se dice de un formato de una institución sin leer sus registros, en una sola ida a la base.

Son cuatro tablas chicas y toda página de formato las necesita; preguntarlas una por una costaba la décima parte de pintarla.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import SQL, Database

from models.ausencias import PubSinInformacion
from models.conteos import PubResumen
from models.preparadas import Preparada, fetch_juntas
from models.publicados.obligaciones import NoAplica, SinCambios, SinInformacion
from models.publicados.resumenes import ResumenDeFormato, resumen_of
from models.sin_cambios import PubSinCambios
from models.sujetos import PubNoAplica

_RESUMEN, _NO_APLICA, _SIN_INFORMACION, _SIN_CAMBIOS = range(4)


@dataclass(frozen=True, slots=True)
class Dichos:
    """``sin_cambios`` va de lo último confirmado a lo primero; ``no_aplica`` es ``None`` si aplica."""

    resumen: ResumenDeFormato = ResumenDeFormato()
    no_aplica: NoAplica | None = None
    sin_informacion: tuple[SinInformacion, ...] = ()
    sin_cambios: tuple[SinCambios, ...] = ()

    def sin_informacion_de(self, ejercicio: int) -> list[SinInformacion]:
        """Los periodos de un ejercicio en que no se generó información."""
        return [uno for uno in self.sin_informacion if uno.ejercicio == ejercicio]


def read_dichos(base: Database, sujeto_id: int, clave: str) -> Dichos:
    """Cuántos hay por ejercicio, si no aplica, qué no se generó y qué se confirmó sin cambios."""
    de: dict[int, list[tuple[Any, ...]]] = {cual: [] for cual in range(4)}
    for cual, *resto in fetch_juntas(base, _PARTES, sujeto_id, clave):
        de[cual].append(tuple(resto))
    return Dichos(
        resumen_of(fila[:4] for fila in de[_RESUMEN]),
        next((NoAplica(texto, instante) for *_, instante, texto in de[_NO_APLICA]), None),
        tuple(SinInformacion(ejercicio, periodo, texto, instante)
              for ejercicio, periodo, _, instante, texto in de[_SIN_INFORMACION]),
        tuple(sorted((SinCambios(ejercicio, periodo, instante) for ejercicio, periodo, _, instante, _ in de[_SIN_CAMBIOS]),
                     key=lambda uno: -uno.desde)))


def _parte(cual: int, modelo: Any, ejercicio: Any, periodo: Any, n: Any, instante: Any, texto: Any) -> Preparada:
    """Los renglones de una de las tablas, con las mismas columnas que las demás."""
    return Preparada(lambda sujeto_id, clave: modelo.select(SQL(str(cual)), ejercicio, periodo, n, instante, texto).where(
        modelo.sujeto_id == sujeto_id, modelo.clave == clave))


_CERO, _NADA = SQL("0"), SQL("''")
_PARTES = (
    _parte(_RESUMEN, PubResumen, PubResumen.ejercicio, PubResumen.periodo, PubResumen.n, PubResumen.ultima_publicacion, _NADA),
    _parte(_NO_APLICA, PubNoAplica, _CERO, _NADA, _CERO, PubNoAplica.desde, PubNoAplica.fundamento),
    _parte(_SIN_INFORMACION, PubSinInformacion, PubSinInformacion.ejercicio, PubSinInformacion.periodo, _CERO,
           PubSinInformacion.desde, PubSinInformacion.texto),
    _parte(_SIN_CAMBIOS, PubSinCambios, PubSinCambios.ejercicio, PubSinCambios.periodo, _CERO, PubSinCambios.desde, _NADA),
)
