"""Lo que un lote largo hace para no estorbar: rebanadas a la medida, el WAL vaciado en otro hilo y respiros para los demás.

En SQLite uno solo escribe a la vez. Vaciar el WAL en la base es la cuarta parte de publicar, y no necesita el candado: lo hace
otro hilo mientras se escribe la rebanada siguiente, en vez de quien acaba de escribir o de la primera persona que guarde.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from types import TracebackType
from typing import Any, Self

from models.base import db
from models.motores import abrir, es_postgres

registro = logging.getLogger("ipomex.trabajos")

RENGLONES, MAXIMO, MINIMO = 2000, 25_000, 500
"""Renglones de la primera rebanada, y de las demás: cuantos quepan en ``SEGUNDOS``."""

SEGUNDOS = 0.7
"""Lo que debe durar una rebanada: es lo que espera quien guarda entretanto."""

LARGO = 5000
"""Desde cuántos renglones conviene el otro hilo."""

CORRIDO, RESPIRO = 3.6, 0.12
"""Segundos seguidos que se trabaja, y los que después se deja la base libre: quien espera turno pregunta cada 0.1."""

AL_FINAL = 0.5
"""Segundos que se espera para recortar el WAL: entretanto nadie escribe, y quien hizo el lote aún debe decir que acabó."""

_CACHE, _CACHE_DE_SIEMPRE = -64_000, -4000
_SOLO = 1000
"""Páginas del WAL con las que SQLite lo vacía solo, si nadie dice otra cosa."""


class Desahogo:
    """Lleva el paso de un lote de ``total`` renglones. ``tamano`` es de cuántos va la siguiente rebanada."""

    def __init__(self, total: int) -> None:
        self.tamano = RENGLONES
        self._con_hilo = total >= LARGO and not es_postgres(db)
        self._pedido, self._libre, self._parar = threading.Event(), threading.Event(), threading.Event()
        self._libre.set()
        self._desde = self._inicio = time.monotonic()

    def __enter__(self) -> Self:
        gc.disable()  # recorrer lo que el programa tiene en memoria, por cada diez mil renglones, cuesta la décima parte
        if self._con_hilo:
            db.execute_sql("PRAGMA wal_autocheckpoint = 0")
            db.execute_sql(f"PRAGMA cache_size = {_CACHE}")
            url = f"sqlite:///{db.obj.database}"
            threading.Thread(target=self._drain, args=(url,), name="vacia-wal", daemon=True).start()
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None) -> None:
        """No espera al hilo: lo hecho ya está en el disco, en el WAL; pasarlo a la base no es asunto de quien espera."""
        gc.enable()
        self._parar.set()
        self._pedido.set()
        if self._con_hilo:
            db.execute_sql(f"PRAGMA cache_size = {_CACHE_DE_SIEMPRE}")
            db.execute_sql("PRAGMA shrink_memory")
            db.execute_sql(f"PRAGMA wal_autocheckpoint = {_SOLO}")

    def start(self) -> None:
        """Empieza una rebanada."""
        self._inicio = time.monotonic()

    def note(self, atendidos: int) -> None:
        """Acabó una rebanada: se ajusta el paso, se manda vaciar y, si ya se trabajó mucho de corrido, se deja respirar."""
        ahora = time.monotonic()
        cabrian = int(atendidos * SEGUNDOS / max(ahora - self._inicio, 0.001))
        self.tamano = min(max(cabrian, MINIMO), 4 * self.tamano, MAXIMO)
        if not self._con_hilo:
            return
        self._libre.clear()
        self._pedido.set()
        if ahora - self._desde > CORRIDO:
            self._libre.wait(CORRIDO)
            time.sleep(RESPIRO)
            self._desde = time.monotonic()

    def _drain(self, url: str) -> None:
        base = abrir(url, 1)
        try:
            self._vaciar(base)
        except Exception:
            registro.exception("no se pudo vaciar el WAL; lo hará quien escriba después")
        finally:
            self._libre.set()
            base.close_all()

    def _vaciar(self, base: Any) -> None:
        """Cada vez que se lo piden, sin estorbar; y al final recorta el archivo, si en ese momento nadie lo está leyendo."""
        with base.connection_context():
            while not self._parar.is_set():
                self._pedido.wait()
                self._pedido.clear()
                base.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")
                self._libre.set()
            self._pedido.clear()
            self._pedido.wait(AL_FINAL)
            base.execute_sql("PRAGMA busy_timeout = 50")
            base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
