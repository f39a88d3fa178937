"""Un campo de un formato: qué se pide, cómo se llama, cómo se ayuda a llenarlo."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from fracciones_config.tipos import LONGITUD, MAESTROS, NUMEROS, TipoCampo

Nombre = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
"""Identificador: minúsculas sin acentos, números y guion bajo; hasta 41 caracteres."""

Frase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Rotulo = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]


class Declaracion(BaseModel):
    """Base de todo lo que se declara en YAML: inmutable y sin llaves de más."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class ObligatorioSi(Declaracion):
    """El campo es obligatorio cuando otro vale algo: ``{campo: hubo_sancion, es: [true]}``."""

    campo: Nombre
    es: tuple[str | bool | int, ...] = Field(min_length=1)


class Campo(Declaracion):
    """Un campo (columna) de un formato, o de un campo ``tabla``.

    ``longitud`` está en caracteres; ``minimo`` y ``maximo``, en la unidad del campo (pesos, por ciento…).
    """

    nombre: Nombre
    tipo: TipoCampo
    etiqueta: Rotulo
    ayuda: Frase
    ejemplo: str = Field(default="", max_length=400)
    grupo: Nombre | None = None
    obligatorio: bool = False
    obligatorio_si: ObligatorioSi | None = None
    longitud: int | None = Field(default=None, ge=1, le=20_000)
    patron: str | None = Field(default=None, max_length=200)
    patron_dice: str | None = None
    minimo: float | None = None
    maximo: float | None = None
    opciones: dict[Nombre, Rotulo] = Field(default_factory=dict)
    lista: Nombre | None = None
    acepta: tuple[Literal["pdf", "xlsx"], ...] = ("pdf",)
    en_lista: bool = False
    se_busca: bool = False
    se_filtra: bool = False
    sumable: bool = False
    acumulable: bool = False
    datos_personales: Literal["permitir", "avisar", "bloquear"] = "avisar"
    cambia_cada_periodo: bool = False
    campos: tuple[Campo, ...] = ()
    filas_maximas: int = Field(default=500, ge=1, le=500)
    sipot: tuple[str, ...] = ()
    comun: bool = False

    @property
    def largo(self) -> int | None:
        """Longitud máxima en caracteres, la propia o la del tipo; ``None`` si no tiene."""
        return self.longitud or LONGITUD.get(self.tipo)

    @property
    def es_numero(self) -> bool:
        return self.tipo in NUMEROS

    @property
    def es_maestro(self) -> bool:
        return self.tipo in MAESTROS

    def subcampo(self, nombre: str) -> Campo:
        """La columna ``nombre`` de un campo ``tabla``; ``KeyError`` si no la tiene."""
        for campo in self.campos:
            if campo.nombre == nombre:
                return campo
        raise KeyError(nombre)
