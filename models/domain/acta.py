"""El acta de un lote: lo que su acuse dirá de cada rebanada que se hizo, apuntado en la misma transacción.

La huella se calcula en otro hilo mientras la base escribe: encadenar cien mil registros cuesta la tercera parte que
publicarlos, y mientras la base trabaja el intérprete está libre.
"""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from models.domain.huellas import Hecho, chain, digest_of
from models.domain.workflow.escritura import Aptas
from models.reloj import ahora
from models.tareas import Lote


class Acta:
    """Junta lo hecho en una rebanada y, al cerrarse sin error, lo suma al acuse del lote."""

    def __init__(self, lote: Lote) -> None:
        self._suyo = (Lote.sujeto_id == lote.sujeto_id) & (Lote.id == lote.id)
        self._hilo = ThreadPoolExecutor(max_workers=1, thread_name_prefix="huella")
        self._sumado: Future[tuple[str, str]] | None = None

    def add(self, aptas: Aptas) -> None:
        """Los registros que están por recibir el acto. Una vez por rebanada."""
        actual = Lote.get(self._suyo)
        self._sumado = self._hilo.submit(_sum, actual.huella or "", actual.lugares or "{}", aptas)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None) -> None:
        self._hilo.shutdown()
        if error is None and self._sumado is not None:
            huella, lugares = self._sumado.result()
            Lote.update(hecho_en=ahora(), lugares=lugares, huella=huella).where(self._suyo).execute()


def _sum(huella: str, lugares: str, aptas: Aptas) -> tuple[str, str]:
    """La huella y los lugares (en JSON), con los de esta rebanada."""
    sumados = Counter(json.loads(lugares))
    for (ejercicio, periodo), n in Counter(zip(aptas.ejercicio, aptas.periodo, strict=True)).items():
        sumados[f"{ejercicio}/{periodo}"] += n
    return _chain(huella, aptas), json.dumps(sumados, sort_keys=True)


def _chain(previa: str, aptas: Aptas) -> str:
    renglones = zip(aptas.id, aptas.version, aptas.ejercicio, aptas.periodo, aptas.contenido, strict=True)
    return chain(previa, (Hecho(registro, version + 1, ejercicio, periodo, digest_of(contenido))
                          for registro, version, ejercicio, periodo, contenido in renglones))
