"""Los registros de las medidas: beneficiarios de un padrón, ya validados, listos para escribirse por miles.

Se validan unos cientos con las reglas de la casa, y de ellos salen todos: lo que cambia de uno a otro es de quién son,
cuándo se capturaron y a cargo de quién están.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from benchmarks.instituciones import Institucion
from models.domain.contexto import ContextoDeSujeto
from models.domain.estados import Estado
from models.domain.validation import validar
from models.domain.workflow.contenido import columns_of
from models.folios import EPOCA
from models.formatos import Tabla

CLAVE = "padrones"
LUGARES = tuple((ejercicio, f"T{trimestre}") for ejercicio in (2024, 2025, 2026) for trimestre in (1, 2, 3, 4))
INICIO = EPOCA + 90 * 24 * 3600_000
DURACION = 1000 * 24 * 3600_000
"""Los registros se capturan a lo largo de mil días, en milisegundos."""

_POR_LUGAR = 80
_ESTADOS = [Estado.PUBLICADO] * 90 + [Estado.CAPTURADO] * 5 + [Estado.REVISADO] * 3 + [Estado.DEVUELTO] * 2
_NOMBRES = ("María Candelaria", "Juan Ángel", "Guadalupe", "José Refugio", "Itzel", "Ximena", "Tomás", "Óscar",
            "Verónica", "Zoila", "Bruno", "Natividad", "Íñigo", "Delfina", "Eleuterio", "Araceli")
_APELLIDOS = ("Mondragón", "Alanís", "Ñáñez", "Sámano", "Vilchis", "Güemes", "Colín", "Jardón", "Peña", "Arriaga",
              "Villanueva", "Becerril", "Tapia", "Estévez", "Iturbe", "Zepeda")
_PROGRAMAS = ("Canasta alimentaria para personas adultas mayores", "Becas para el transporte de estudiantes",
              "Mejoramiento de vivienda con piso firme", "Estufas ahorradoras de leña", "Útiles escolares",
              "Apoyo a la palabra: crédito para talleres familiares", "Desayunos escolares fríos y calientes")


class Moldes:
    """Renglones validados, por lugar (ejercicio y periodo), de una institución que presta su área."""

    def __init__(self, tabla: Tabla, modelo: Institucion) -> None:
        self.tabla, self.modelo = tabla, modelo
        self._azar = random.Random(7)
        contexto = ContextoDeSujeto(modelo.id)
        self._por_lugar = [[self._molde(lugar, contexto) for _ in range(_POR_LUGAR)] for lugar in LUGARES]

    def filas(self, instituciones: list[Institucion], reparto: list[int]) -> Iterator[dict[str, Any]]:
        """Todos los renglones, en el orden en que se habrían capturado: las instituciones van revueltas."""
        de_quien = [institucion for institucion, n in zip(instituciones, reparto, strict=True) for _ in range(n)]
        self._azar.shuffle(de_quien)
        total, folio = len(de_quien), self.modelo.folio_de_area
        for i, institucion in enumerate(de_quien):
            molde = self._azar.choice(self._por_lugar[i * len(LUGARES) // total])
            propio = _de_publico(institucion, i, INICIO + i * DURACION // total, self._azar.choice(_ESTADOS))
            yield molde | propio | {
                "area_responsable": institucion.area,
                "contenido": molde["contenido"].replace(folio, institucion.folio_de_area)}

    def crudo(self, lugar: tuple[int, str]) -> dict[str, Any]:
        """Lo que alguien teclearía para un beneficiario, al azar."""
        elegir = self._azar.choice
        return {
            "ejercicio": str(lugar[0]), "periodo": lugar[1], "tipo_programa": "subsidio",
            "denominacion_programa": elegir(_PROGRAMAS), "clase_beneficiario": "persona",
            "nombre_beneficiario": elegir(_NOMBRES), "primer_apellido": elegir(_APELLIDOS),
            "segundo_apellido": elegir(_APELLIDOS), "unidad_territorial": "San Lorenzo Coacalco",
            "edad": str(self._azar.randint(18, 95)), "sexo": elegir(("femenino", "masculino")),
            "apoyo_otorgado": "Tres canastas de 14 productos, una por cada mes del trimestre que se informa",
            "monto_apoyo": f"{self._azar.randint(100, 9000)}.50",
            "estadistica": "https://metepec.ejemplo.mx/canasta/estadistica-2026",
            "area_responsable": self.modelo.folio_de_area, "nota": "Entregado en la delegación municipal."}

    def _molde(self, lugar: tuple[int, str], contexto: ContextoDeSujeto) -> dict[str, Any]:
        validacion = validar(self.tabla.formato, self.crudo(lugar), {}, contexto)
        if validacion.problemas or validacion.faltan:
            raise RuntimeError(f"El renglón de muestra no sirve: {validacion.problemas} {validacion.faltan}")
        return columns_of(self.tabla, validacion, INICIO)


def _de_publico(institucion: Institucion, i: int, instante: int, estado: Estado) -> dict[str, Any]:
    """Lo que un renglón tiene de suyo: todos fueron públicos, y los que no están publicados se editaron después."""
    dueno = institucion.a_cargo[i % len(institucion.a_cargo)]
    version = 2 if estado is Estado.PUBLICADO else 3
    return {
        "sujeto_id": institucion.id, "id": (instante - EPOCA << 22) | (1 << 12), "estado": str(estado),
        "version": version, "publica": 1, "numero_publico": 1, "publico_desde": instante,
        "creado_por": dueno, "a_cargo_de": dueno, "cambiado_por": dueno, "creado_en": instante,
        "cambiado_en": instante, "contenido_en": instante}
