"""Una institución como se leía al terminar un día: sus datos y los formatos que le tocaban."""

from __future__ import annotations

import json
from dataclasses import replace

from peewee import Database

from models.publicados.cortes import Corte
from models.publicados.instituciones import Institucion, build_institucion
from models.sujetos import PubSujeto, PubSujetoAntes


def read_institucion_al(base: Database, hoy: Institucion, corte: Corte) -> Institucion | None:
    """La de ese día, con las siglas de hoy (su dirección) y sin logotipo; ``None`` si de entonces no se guardó nada."""
    if since_of_hoy(base, hoy.id) < corte.instante:
        return hoy
    fila = PubSujetoAntes.select(PubSujetoAntes.contenido).where(
        PubSujetoAntes.sujeto_id == hoy.id, PubSujetoAntes.desde < corte.instante, PubSujetoAntes.hasta >= corte.instante,
    ).order_by(PubSujetoAntes.desde.desc()).limit(1).bind(base).tuples().first()
    if fila is None:
        return None
    decia = json.loads(fila[0])
    return replace(build_institucion(hoy.id, **decia), siglas=hoy.siglas, logo=None)


def since_of_hoy(base: Database, sujeto_id: int) -> int:
    """Desde qué instante (milisegundos UTC) dice lo que dice hoy."""
    fila = PubSujeto.select(PubSujeto.publicado_en).where(PubSujeto.sujeto_id == sujeto_id).bind(base).tuples().first()
    return int(fila[0]) if fila else 0
