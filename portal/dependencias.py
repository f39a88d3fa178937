"""De quién depende lo que una página enseña, para saber cuándo deja de valer lo que se recordó de ella.

Una página bajo ``/<siglas>/`` enseña solo lo de esa institución; las demás dependen de todas. Ninguna tiene que hacer nada:
lo dice ``find_institucion``.
"""

from __future__ import annotations

from flask import Response, request

from models.recuerdo.ficha import ficha_de
from portal.peticion_leida import Leidos


def depends_on(sujeto_id: int) -> None:
    """Apunta que la página enseña lo público de esa institución. Solo cuenta bajo su dirección."""
    if "siglas" in (request.view_args or {}):
        ficha_de(request.environ).sujetos.add(sujeto_id)


def never_remember() -> None:
    """Apunta que la página enseña algo que no está en las tablas públicas, como un archivo del disco: se pinta cada vez."""
    ficha_de(request.environ).pasajera = True


def describe(respuesta: Response) -> None:
    """Deja dicho, al terminar, si la respuesta se puede recordar."""
    ficha = ficha_de(request.environ)
    ficha.entera = not (respuesta.is_streamed or respuesta.direct_passthrough)
    args = request.args
    leidos = args.all_leidos if isinstance(args, Leidos) else not args
    ficha.reconocida = leidos and not ficha.pasajera
