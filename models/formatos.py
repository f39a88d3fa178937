"""De un formato declarado a sus dos tablas: ``reg_<clave>`` (trabajo) y ``pub_<clave>`` (lo que lee la ciudadanía).

Toda columna física admite nulo y los textos son TEXT: agregar un campo es ADD COLUMN; cambiarle el nombre, la longitud o
la obligación no toca la base (``fracciones_config`` lo dice y ``models.domain.validation`` lo hace valer).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import SQL, BigIntegerField, CompositeKey, Field, IntegerField, TextField

from fracciones_config import Campo, Formato, TipoCampo
from models.base import DeSujeto, Modelo
from models.columnas import make_field

EN_ESPERA = ("capturado", "devuelto", "revisado")
"""Los estados en que un registro espera a alguien (``models.domain.estados``)."""

ORDENABLES = frozenset({
    TipoCampo.TEXTO, TipoCampo.ENTERO, TipoCampo.DECIMAL, TipoCampo.MONEDA, TipoCampo.PORCENTAJE, TipoCampo.FECHA,
    TipoCampo.HORA, TipoCampo.ANIO, TipoCampo.PERIODO, TipoCampo.SI_NO, TipoCampo.OPCION,
})
"""Los tipos por los que se ordena una lista: los de ``en_lista`` llevan índice propio."""


@dataclass(frozen=True, slots=True, eq=False)
class Tabla:
    """Un formato con sus tablas. ``numero`` es la versión del catálogo en que el formato cambió por última vez."""

    formato: Formato
    numero: int
    columnas: Mapping[str, str]
    trabajo: type[Modelo]
    publica: type[Modelo]

    @property
    def clave(self) -> str:
        return self.formato.clave

    def field(self, nombre: str, publica: bool = False) -> Field:
        """El campo de Peewee que guarda el campo ``nombre`` del formato; ``KeyError`` si no existe."""
        modelo = self.publica if publica else self.trabajo
        return getattr(modelo, self.columnas[nombre])

    def ordenables(self) -> tuple[Campo, ...]:
        return tuple(campo for campo in self.formato.en_lista() if campo.tipo in ORDENABLES)


def column_name(campo: Campo, alta: int = 1) -> str:
    """La columna física de un campo: los comunes, tal cual; los demás, con prefijo; y desde la segunda, con número."""
    nombre = campo.nombre if campo.comun else f"c_{campo.nombre}"
    return nombre if alta == 1 else f"{nombre}_{alta}"


def build_tabla(formato: Formato, columnas: Mapping[str, str], numero: int) -> Tabla:
    """Hace los modelos de un formato. ``columnas`` dice la columna física de cada campo."""
    fisicos = {columnas[c.nombre]: c for c in formato.campos if c.nombre not in ("ejercicio", "periodo")}
    trabajo = _modelo(f"reg_{formato.clave}", _sistema_de_trabajo(), fisicos, _indices_de_trabajo(formato, columnas))
    publica = _modelo(f"pub_{formato.clave}", _sistema_publico(), fisicos, (
        (("sujeto_id", "ejercicio", "id"), False), (("sujeto_id", "ejercicio", "periodo", "id"), False),
        (("sujeto_id", "validado_en", "id"), False)))
    for indice in (_indice_de_bajas(trabajo), _indice_de_lo_que_espera(trabajo), _indice_de_personales(trabajo)):
        trabajo.add_index(indice)
    return Tabla(formato, numero, dict(columnas), trabajo, publica)


def _modelo(nombre: str, sistema: dict[str, Field], fisicos: dict[str, Campo], indices: Any) -> type[Modelo]:
    meta = type("Meta", (), {
        "table_name": nombre, "indexes": indices, "primary_key": CompositeKey("sujeto_id", "id"),
        "legacy_table_names": False})
    columnas = {columna: make_field(campo) for columna, campo in fisicos.items()}
    return type(nombre, (DeSujeto,), {"Meta": meta, **sistema, **columnas})


def _indice_de_bajas(trabajo: Any) -> Any:
    """Las bajas solicitadas: pocas entre muchos registros, en un índice que solo las tiene a ellas."""
    return trabajo.index(trabajo.sujeto_id, trabajo.id, where=trabajo.baja_motivo.is_null(False),
                         name=f"{trabajo._meta.table_name}_bajas")


def _indice_de_personales(trabajo: Any) -> Any:
    """Los que traen datos personales: pocos entre muchos."""
    return trabajo.index(trabajo.sujeto_id, trabajo.id, where=trabajo.personales.is_null(False),
                         name=f"{trabajo._meta.table_name}_personales")


def _indice_de_lo_que_espera(trabajo: Any) -> Any:
    """Lo que espera a alguien, por antigüedad: la más vieja y la más nueva se hallan sin leer las demás."""
    return trabajo.index(trabajo.sujeto_id, trabajo.estado, trabajo.cambiado_en, where=waits(trabajo),
                         name=f"{trabajo._meta.table_name}_espera")


def waits(trabajo: Any) -> Any:
    """Que un registro espere a alguien, con las letras del índice: SQLite solo lo usa si la consulta las repite."""
    return trabajo.estado.in_([SQL(f"'{estado}'") for estado in EN_ESPERA])


def _sistema_de_trabajo() -> dict[str, Field]:
    return {
        "ejercicio": IntegerField(default=0), "periodo": TextField(default=""),
        "estado": TextField(), "version": IntegerField(default=1),
        "publica": IntegerField(null=True), "numero_publico": IntegerField(default=0),
        "publico_desde": BigIntegerField(null=True),
        "creado_por": BigIntegerField(), "a_cargo_de": BigIntegerField(), "cambiado_por": BigIntegerField(),
        "creado_en": BigIntegerField(), "cambiado_en": BigIntegerField(), "contenido_en": BigIntegerField(),
        "puesto_al_dia": BigIntegerField(default=0),
        "motivo": TextField(null=True), "motivos_campo": TextField(null=True),
        "baja_motivo": TextField(null=True), "baja_por": BigIntegerField(null=True),
        "faltan": IntegerField(default=0), "catalogo": IntegerField(default=0),
        "contenido": TextField(), "tokens": TextField(default=""), "huella": BigIntegerField(null=True),
        "personales": TextField(null=True), "personales_motivo": TextField(null=True),
        "envio": TextField(null=True),
    }


def _sistema_publico() -> dict[str, Field]:
    return {
        "ejercicio": IntegerField(default=0), "periodo": TextField(default=""), "numero": IntegerField(),
        "contenido": TextField(), "catalogo": IntegerField(),
        "actualizado_en": BigIntegerField(), "validado_en": BigIntegerField(), "desde": BigIntegerField(),
    }


def _indices_de_trabajo(formato: Formato, columnas: Mapping[str, str]) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Cada lista sale de uno, ya en su orden. ``estado`` va al final del de «a cargo» para contar sin leer las filas.

    Los de áreas, personas y órganos dicen quién los usa (``models.domain.usos``).
    """
    fijos: list[tuple[tuple[str, ...], bool]] = [
        (("sujeto_id", "estado", "id"), False),
        (("sujeto_id", "ejercicio", "id"), False),
        (("sujeto_id", "ejercicio", "periodo", "id"), False),
        (("sujeto_id", "a_cargo_de", "id", "estado"), False),
        (("sujeto_id", "envio"), True),
        (("sujeto_id", "huella"), False),
    ]
    listados: list[tuple[tuple[str, ...], bool]] = [(("sujeto_id", columnas[campo.nombre], "id"), False)
                for campo in formato.en_lista() if campo.tipo in ORDENABLES and not campo.comun]
    referidos: list[tuple[tuple[str, ...], bool]] = [
        (("sujeto_id", columnas[campo.nombre]), False) for campo in formato.campos if campo.es_maestro]
    return tuple(fijos + listados + referidos)
