"""Cómo están dispuestos los libros de la casa: sus hojas, sus columnas y de quién son.

La plantilla, lo que se descarga de una lista y el libro con los errores marcados son el mismo libro: la fila 1, oculta, lleva
las llaves de las columnas, que no cambian aunque el formato cambie de palabras; la 2, los rótulos; y los datos van desde la 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fracciones_config import Campo, Formato, TipoCampo
from models.domain.protegidos import CAUSA
from models.hojas.nuestras import NUESTRAS
from models.presentacion.protegido import ROTULO

FILA_DE_LLAVES, FILA_DE_ROTULOS, PRIMERA_FILA = 1, 2, 3

FOLIO, VERSION, BAJA, BAJA_MOTIVO = "folio", "version", "baja", "baja__motivo"
SISTEMA = (FOLIO, VERSION, BAJA, BAJA_MOTIVO)
"""Las columnas que pone el sistema, antes que los campos."""

ID = "id"
"""La primera columna de la hoja de una tabla: el número que la celda del registro lleva."""

MOTIVO = "__motivo"
"""Con qué termina la columna que dice por qué un campo queda vacío."""

PALABRA_DE_BAJA = "Baja"
"""Lo que se escribe en la columna ``baja`` para pedirla."""

EJEMPLO = "Ejemplo"
"""Lo que lleva en ``folio`` el renglón de muestra, y en ``id`` los de sus tablas. Los de las tablas nunca se leen; el de la
hoja principal, solo si alguien lo cambió: la fila 2 de ``_ipomex`` guarda cómo estaba, celda por celda."""

CAUSAS = {"no_aplica": "No aplica", "no_se_genero": "No se generó información", "reservado": "Reservado"}
"""Lo que cualquier celda acepta en vez de un valor; el motivo va en su columna ``…__motivo``."""

PALABRAS_DE_CAUSA = CAUSAS | {CAUSA: ROTULO}
"""Y lo que dice la celda de un dato protegido: esa nadie la escribe, solo se conserva donde ya estaba."""

_LARGO_DE_HOJA = 31
_PROHIBIDOS_EN_HOJA = str.maketrans("[]:*?/\\'", "        ")


@dataclass(frozen=True, slots=True)
class Identidad:
    """De qué formato, institución y periodo es un libro. ``numero`` es el del catálogo con que se hizo."""

    clave: str
    numero: int
    siglas: str
    ejercicio: int | None = None
    periodo: str | None = None

    def __str__(self) -> str:
        return "|".join(("ipomex", self.clave, str(self.numero), self.siglas, str(self.ejercicio or "-"), self.periodo or "-"))

    @classmethod
    def parse(cls, texto: str) -> Identidad | None:
        """Lo que dice el texto de un libro; ``None`` si no es una identidad."""
        partes = texto.strip().split("|")
        if len(partes) != 6 or partes[0] != "ipomex" or not partes[2].isdecimal():
            return None
        _, clave, numero, siglas, ejercicio, periodo = partes
        if not (ejercicio == "-" or ejercicio.isdecimal() and len(ejercicio) == 4):
            return None
        anio = None if ejercicio == "-" else int(ejercicio)
        return cls(clave, int(numero), siglas, anio, None if periodo == "-" else periodo)


def motivo_de(nombre: str) -> str:
    """La columna que dice por qué queda vacío un campo."""
    return f"{nombre}{MOTIVO}"


def llaves_de(formato: Formato) -> tuple[str, ...]:
    """Las llaves de la hoja principal, en su orden: las del sistema, los campos y, al final, los motivos."""
    campos = tuple(campo.nombre for campo in formato.campos)
    return (*SISTEMA, *campos, *(motivo_de(campo.nombre) for campo in formato.campos if admite_motivo(campo)))


def admite_motivo(campo: Campo) -> bool:
    """Si el campo puede quedar vacío con razón; los comunes obligatorios, no."""
    return not (campo.comun and campo.obligatorio)


def tablas_de(formato: Formato) -> tuple[Campo, ...]:
    """Los campos que llevan hoja propia."""
    return tuple(campo for campo in formato.campos if campo.tipo is TipoCampo.TABLA)


def hoja_principal(formato: Formato) -> str:
    """El nombre de la hoja de los registros, que nunca es el de otra nuestra."""
    nombre = " ".join(formato.nombre_corto.translate(_PROHIBIDOS_EN_HOJA).split())[:_LARGO_DE_HOJA].strip() or "Registros"
    return "Registros" if nombre.casefold() in {hoja.casefold() for hoja in NUESTRAS} or nombre.startswith("Tabla_") else nombre


def hojas_de_tablas(formato: Formato) -> dict[str, str]:
    """De cada campo ``tabla`` a su hoja: ``Tabla_<nombre>``; si no cabe en 31 letras, recortada y sin repetir."""
    return dict(zip((campo.nombre for campo in tablas_de(formato)),
                    _sin_repetir([f"Tabla_{campo.nombre}" for campo in tablas_de(formato)]), strict=True))


def _sin_repetir(nombres: Sequence[str]) -> Iterable[str]:
    vistos: set[str] = set()
    for numero, nombre in enumerate(nombres, start=1):
        corto = nombre[:_LARGO_DE_HOJA]
        if corto in vistos:
            corto = f"{corto[:_LARGO_DE_HOJA - 3]}_{numero}"
        vistos.add(corto)
        yield corto
