"""Un dato personal hallado: dónde, de qué clase, y tapado. Y la columna en que se guardan todos los de un registro."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

TOPE = 100
"""Hallazgos que se guardan de un registro; los que bloquean van primero, así que el veredicto no se pierde."""

PUNTO = "•"


@dataclass(frozen=True, slots=True)
class Clase:
    """Una clase de dato personal: cómo se llama y por qué importa que no se publique."""

    nombre: str
    porque: str


CLASES: dict[str, Clase] = {
    "curp": Clase("CURP", "Dice quién es una persona, cuándo y dónde nació; es confidencial aunque sea servidora pública."),
    "rfc": Clase("RFC de una persona", "Dice cuándo nació. Solo se publica donde el formato lo pide, como el de un proveedor."),
    "clabe": Clase("CLABE", "Es la cuenta de banco de alguien: con ella se puede intentar un fraude."),
    "tarjeta": Clase("Número de tarjeta", "Es la tarjeta de banco de alguien: con ella se puede intentar un fraude."),
    "nss": Clase("Número de seguridad social", "Con él se llega al expediente médico y laboral de la persona."),
    "clave_elector": Clase("Clave de elector", "Es de su credencial para votar: dice cuándo y dónde nació."),
    "telefono": Clase("Teléfono particular", "Solo se publican los de la oficina."),
    "correo": Clase("Correo particular", "Solo se publican los institucionales."),
    "domicilio": Clase("Domicilio particular", "Dice dónde vive una persona; solo se publica el de la oficina."),
    "nacimiento": Clase("Fecha de nacimiento", "Es un dato de la persona, no de su cargo ni del apoyo que recibió."),
}
"""Las clases, de la más segura a la que menos."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Un dato personal en una celda.

    ``fila`` (desde 1) y ``columna`` dicen la celda de una tabla; con ``columna`` ``"motivo"`` y sin fila, está en el motivo de
    que el campo venga vacío. ``oculto`` ya viene tapado y con el nombre de su clase. ``politica``: avisar o bloquear.
    ``marca``, de 16 bits, distingue dos datos que tapados se ven igual; no alcanza para adivinarlos.
    """

    campo: str
    fila: int | None
    columna: str | None
    clase: str
    oculto: str
    politica: str
    marca: str = ""

    @property
    def bloquea(self) -> bool:
        return self.politica == "bloquear"


def build_hallazgo(campo: str, celda: tuple[int | None, str | None], clase: str, dato: str, politica: str) -> Hallazgo:
    """El hallazgo de ``dato``, ya tapado."""
    marca = blake2b(dato.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
    return Hallazgo(campo, *celda, clase, f"{CLASES[clase].nombre}: {mask(clase, dato)}", politica, marca)


_A_LA_VISTA = {"curp": (4, 2), "rfc": (4, 1), "clabe": (3, 2), "tarjeta": (0, 4), "nss": (0, 2), "clave_elector": (3, 2),
               "telefono": (0, 2)}
"""Cuántas letras se enseñan al principio y al final: las que hacen falta para hallarlo en el papel."""


def mask(clase: str, dato: str) -> str:
    """El dato tapado, con las pocas letras que ayudan a encontrarlo."""
    if clase == "correo":
        usuario, _, dominio = dato.lower().partition("@")
        return f"{usuario[:1]}{PUNTO * 5}@{dominio}"
    if clase not in _A_LA_VISTA:
        return f"{dato.split()[0].lower()[:12]} {PUNTO * 8}"
    limpio = "".join(filter(str.isalnum, dato))
    antes, despues = _A_LA_VISTA[clase]
    return limpio[:antes] + PUNTO * (len(limpio) - antes - despues) + limpio[len(limpio) - despues:]


def to_columna(hallazgos: Iterable[Hallazgo]) -> str | None:
    """Lo que se guarda en ``personales``: JSON que empieza diciendo qué pide, para leerlo en SQL; ``None`` si no hay."""
    todos = sorted(hallazgos, key=lambda uno: not uno.bloquea)
    if not todos:
        return None
    freno = "bloquear" if todos[0].bloquea else "avisar"
    cuerpo = {"freno": freno, "total": len(todos), "hallazgos": [_a_lista(uno) for uno in todos[:TOPE]]}
    return json.dumps(cuerpo, ensure_ascii=False, separators=(",", ":"))


def from_columna(guardado: str | None) -> tuple[Hallazgo, ...]:
    """Los hallazgos que se guardaron."""
    return tuple(Hallazgo(*uno) for uno in json.loads(guardado)["hallazgos"]) if guardado else ()


def same_hallazgos(uno: str | None, otro: str | None) -> bool:
    """Si dos columnas dicen los mismos datos en los mismos campos, aunque un renglón de una tabla haya cambiado de lugar."""
    return uno == otro or _lo_que_identifica(from_columna(uno)) == _lo_que_identifica(from_columna(otro))


def _a_lista(uno: Hallazgo) -> list[Any]:
    return [uno.campo, uno.fila, uno.columna, uno.clase, uno.oculto, uno.politica, uno.marca]


def _lo_que_identifica(hallazgos: Sequence[Hallazgo]) -> Counter[tuple[Any, ...]]:
    return Counter((uno.campo, uno.columna, uno.clase, uno.marca, uno.politica) for uno in hallazgos)
