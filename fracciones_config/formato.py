"""Un formato: lo que una fracción de la ley manda publicar, campo por campo."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fracciones_config.campo import Campo, Declaracion, Frase, Nombre, Rotulo
from fracciones_config.oficial import LibroOficial

Romano = Annotated[str, StringConstraints(pattern=r"^[IVXL]{1,8}$")]
Modo = Literal["por_periodo", "vigente"]
Periodicidad = Literal["mensual", "trimestral", "semestral", "anual", "por_periodo_sesiones"]
Certeza = Literal["alta", "media", "baja"]
Poder = Literal["todos", "ejecutivo", "legislativo", "judicial", "municipal", "autonomo"]


class Fuente(Declaracion):
    """De dónde sale lo declarado, y qué tan seguro es."""

    que: Literal["obligacion", "numeracion", "campos", "periodicidad", "aplicabilidad"]
    texto: Frase
    certeza: Certeza


class Grupo(Declaracion):
    """Un bloque del formulario: «1. El procedimiento»."""

    clave: Nombre
    titulo: Rotulo
    ayuda: str = ""


class Conservacion(Declaracion):
    """Cuánto se conserva a la vista: el ejercicio en curso y ``anteriores`` más, o lo vigente."""

    anteriores: int = Field(default=0, ge=0, le=20)
    texto: Frase


class Proyeccion(Declaracion):
    """El formato se llena solo, desde un maestro: ``campos`` dice qué columna del maestro va en cada campo."""

    maestro: Literal["area", "persona"]
    campos: dict[Nombre, Nombre]


class Traida(Declaracion):
    """El formato puede traer, a petición, lo que hay en los órganos colegiados: sus sesiones o sus integrantes.

    ``campos`` dice qué dato va en cada campo; ``solo``, de qué tipos de órgano (sin él, de todos); ``valores``, lo que va
    siempre; ``equivale``, campo → valor del órgano → opción del formato. Lo que no tiene equivalente se deja en blanco.
    """

    maestro: Literal["sesion", "integrante"]
    solo: tuple[Nombre, ...] = ()
    campos: dict[Nombre, Nombre]
    valores: dict[Nombre, str] = Field(default_factory=dict)
    equivale: dict[Nombre, dict[Nombre, Nombre]] = Field(default_factory=dict)


class DiferenciaSipot(Declaracion):
    """Una columna, lista o subtabla oficial que aquí es distinta, y por qué."""

    columna: str
    motivo: Frase


class Sipot(Declaracion):
    """El formato oficial de SIPOT que corresponde. ``libro`` es su esqueleto, si el formato salió de un libro oficial."""

    formatos: tuple[int, ...] = Field(min_length=1)
    diferencias: tuple[DiferenciaSipot, ...] = ()
    libro: LibroOficial | None = None


class Formato(Declaracion):
    """Un formato completo. ``clave`` es el nombre del archivo: única, inmutable, en toda dirección."""

    clave: Nombre
    nombre: Rotulo
    nombre_corto: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    paquete: Nombre = "arts_12_15"
    articulo: int = Field(ge=1, le=500)
    fraccion: Romano
    numero: int = Field(default=1, ge=1, le=26)
    alias: tuple[Nombre, ...] = ()
    descripcion: Frase
    en_palabras: Annotated[str, StringConstraints(pattern=r"^$|^[¿A-ZÁÉÍÓÚÑ][^\n.?]{7,94}[?.]$")] = ""
    """Cómo lo preguntaría cualquiera: una sola frase, de menos de cien letras, que empieza con mayúscula o «¿»."""
    instrucciones: Frase
    se_cuenta: tuple[Rotulo, Rotulo]
    aplica_a: tuple[Poder, ...] = Field(min_length=1)
    activo: bool = True
    modo: Modo
    periodicidad: Periodicidad
    plazo_dias: int = Field(default=30, ge=0, le=365)
    conservacion: Conservacion
    titulo: tuple[Nombre, ...] = Field(min_length=1, max_length=3)
    proyeccion: Proyeccion | None = None
    trae_de: Traida | None = None
    fuentes: tuple[Fuente, ...] = Field(min_length=1)
    sipot: Sipot | None = None
    grupos: tuple[Grupo, ...] = Field(min_length=1)
    campos: tuple[Campo, ...] = Field(min_length=1)

    @cached_property
    def por_nombre(self) -> dict[str, Campo]:
        """Los campos por su nombre, en su orden; incluye los comunes."""
        return {campo.nombre: campo for campo in self.campos}

    @property
    def fundamento(self) -> str:
        """«Artículo 12, fracción XI»."""
        return f"Artículo {self.articulo}, fracción {self.fraccion}"

    @property
    def es_vigente(self) -> bool:
        return self.modo == "vigente"

    def campos_de(self, grupo: str) -> tuple[Campo, ...]:
        return tuple(campo for campo in self.campos if campo.grupo == grupo)

    def en_lista(self) -> tuple[Campo, ...]:
        """Los campos que se ven en las tablas: primero los que nombran al registro."""
        listados = [campo for campo in self.campos if campo.en_lista]
        return tuple(sorted(listados, key=lambda campo: campo.nombre not in self.titulo))
