"""La envoltura WSGI del portal: si la página ya se pintó y nada cambió, se contesta sin llegar a él.

Una página se pinta leyendo después de mirar el pulso: si algo cambia entre medio, lo guardado ya no vale. Así un retiro se
nota en la petición siguiente, en este proceso y en los demás. ``docs/adr/0014-las-paginas-recordadas.md``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from peewee import PeeweeException

from models.motores import ERRORES_DE_BASE
from models.recuerdo.alacena import Alacena, Llave
from models.recuerdo.direccion import key_of
from models.recuerdo.ficha import LLAVE, Ficha
from models.recuerdo.latidos import Latidos, Pulsometro
from models.recuerdo.pagina import Cabeceras, Pagina, Recordada, choose_codificacion, has_etag, is_as_new
from models.recuerdo.turnos import Turnos
from models.reloj import hoy, inicio_de_hoy

registro = logging.getLogger("ipomex.recuerdo")

Aplicacion = Callable[[dict[str, Any], Any], Iterable[bytes]]

CABE = 512 * 1024
"""Bytes: una página más grande no se recuerda."""

REPOSO = 2
"""Segundos que deben pasar de un cambio para decir su hora: ``Last-Modified`` no distingue dos en el mismo segundo."""

_CONDICIONES = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class Recuerdo:
    """``numero`` da el del catálogo en vigor en este proceso. ``bytes_`` en 0: no guarda nada, solo comprime y compara."""

    def __init__(
        self, portal: Aplicacion, pulsometro: Pulsometro, numero: Callable[[], int], bytes_: int, sitio: str = "",
    ) -> None:
        self._portal, self._pulsometro, self._numero, self._sitio = portal, pulsometro, numero, sitio
        self._alacena = Alacena(bytes_) if bytes_ else None
        self._turnos = Turnos()
        self._nacio = int(time.time())

    def __call__(self, ambiente: dict[str, Any], empezar: Any) -> Iterable[bytes]:
        if ambiente["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in ambiente:
            return self._portal(ambiente, empezar)
        llave = key_of(ambiente, self._sitio) if self._alacena is not None else None
        vista = self._mirar() if llave is not None else None
        if llave is None or vista is None or self._alacena is None:
            return self._pintar(ambiente, empezar, None, None)
        guardada = self._alacena.sacar(llave)
        if guardada is None or guardada.momento != vista[1] or guardada.pulso != vista[0].de(guardada.sujeto):
            return self._pintar(ambiente, empezar, llave, vista)
        codificacion = _codificacion(ambiente, guardada.pagina)
        if codificacion and codificacion not in guardada.pagina.comprimidos:
            guardada.pagina.variante(codificacion)
            self._alacena.poner(llave, guardada)
        return answer(ambiente, empezar, guardada.pagina, self._ultimo_cambio(guardada))

    def _mirar(self) -> tuple[Latidos, tuple[object, ...]] | None:
        """Lo que hace que una página valga: los pulsos, el catálogo y el día. ``None`` si la base no contesta."""
        try:
            latidos = self._pulsometro()
            return latidos, (self._numero(), hoy(), latidos.vida)
        except (PeeweeException, OSError, *ERRORES_DE_BASE) as error:
            registro.warning("no se pudo leer el pulso; se pinta cada página: %s", error)
            return None

    def _pintar(
        self, ambiente: dict[str, Any], empezar: Any, llave: Llave | None, vista: tuple[Latidos, tuple[object, ...]] | None,
    ) -> Iterable[bytes]:
        """Lo contesta el portal. Lo que viene entero se comprime, se compara con lo que el cliente tiene, y se guarda."""
        ficha, dicho = Ficha(), _Dicho()
        limpio = {n: v for n, v in ambiente.items() if n not in _CONDICIONES} | {"REQUEST_METHOD": "GET", LLAVE: ficha}
        with self._turnos.turno():
            partes = self._portal(limpio, dicho)
        if not ficha.entera:
            return _pass_on(ambiente, empezar, dicho, partes)
        try:
            cuerpo = b"".join(partes)
        finally:
            _close(partes)
        pagina = Pagina.con(dicho.estado, dicho.cabeceras, cuerpo)
        if llave is None or vista is None or self._alacena is None or not _is_recordable(pagina, dicho, ficha):
            return answer(ambiente, empezar, pagina, 0)
        guardada = Recordada(pagina, ficha.sujeto, vista[0].de(ficha.sujeto), vista[1], vista[0].instante(ficha.sujeto))
        pagina.variante(_codificacion(ambiente, pagina))
        self._alacena.poner(llave, guardada)
        return answer(ambiente, empezar, pagina, self._ultimo_cambio(guardada))

    def _ultimo_cambio(self, guardada: Recordada) -> int:
        """Segundos; 0 si fue hace tan poco que no se puede decir. Nunca antes de hoy ni de que arrancara este programa."""
        segundos = max(guardada.instante // 1000, self._nacio, inicio_de_hoy())
        return segundos if segundos < time.time() - REPOSO else 0


class _Dicho:
    """El ``start_response`` que se le da al portal: se queda con lo que diga."""

    estado = "500 Internal Server Error"

    def __init__(self) -> None:
        self.cabeceras: Cabeceras = []

    def __call__(self, estado: str, cabeceras: Cabeceras, error: Any = None) -> Callable[[bytes], None]:
        self.estado, self.cabeceras = estado, cabeceras
        return _nunca_escribir

    def valor(self, nombre: str) -> str:
        return next((v for n, v in self.cabeceras if n.lower() == nombre), "")


def answer(ambiente: dict[str, Any], empezar: Any, pagina: Pagina, ultimo_cambio: int) -> Iterable[bytes]:
    """La página en la codificación que el cliente acepta; 304 si ya la tiene, y sin cuerpo si fue HEAD."""
    codificacion = _codificacion(ambiente, pagina)
    cabeceras = pagina.cabeceras_de(codificacion, ultimo_cambio)
    if pagina.estado.startswith("200") and _has_it(ambiente, pagina, codificacion, ultimo_cambio):
        empezar("304 Not Modified", [par for par in cabeceras if par[0].lower() not in ("content-type", "content-encoding")])
        return []
    cuerpo = pagina.variante(codificacion)
    cabeceras.append(("Content-Length", str(len(cuerpo))))
    empezar(pagina.estado, cabeceras)
    return [] if ambiente["REQUEST_METHOD"] == "HEAD" else [cuerpo]


def _codificacion(ambiente: dict[str, Any], pagina: Pagina) -> str:
    return choose_codificacion(ambiente.get("HTTP_ACCEPT_ENCODING", "")) if pagina.se_comprime else ""


def _has_it(ambiente: dict[str, Any], pagina: Pagina, codificacion: str, ultimo_cambio: int) -> bool:
    """El ETag manda; la hora solo cuenta si no se dijo ETag."""
    if "HTTP_IF_NONE_MATCH" in ambiente:
        return bool(pagina.etag) and has_etag(ambiente["HTTP_IF_NONE_MATCH"], pagina.etag_de(codificacion))
    return ultimo_cambio > 0 and is_as_new(ambiente.get("HTTP_IF_MODIFIED_SINCE", ""), ultimo_cambio)


def _is_recordable(pagina: Pagina, dicho: _Dicho, ficha: Ficha) -> bool:
    """Solo lo que es igual para cualquiera hasta que lo público cambie."""
    return (pagina.estado.startswith("200") and ficha.reconocida and len(pagina.cuerpo) <= CABE and bool(pagina.etag)
            and dicho.valor("cache-control").startswith("public") and not dicho.valor("set-cookie")
            and dicho.valor("vary").lower() in ("", "accept-encoding"))


def _pass_on(ambiente: dict[str, Any], empezar: Any, dicho: _Dicho, partes: Iterable[bytes]) -> Iterable[bytes]:
    """Lo que se manda por partes sigue de largo, tal cual; el 304 y el HEAD ni siquiera lo empiezan."""
    etag = dicho.valor("etag")
    si_no_es = ambiente.get("HTTP_IF_NONE_MATCH", "")
    if dicho.estado.startswith("200") and etag and si_no_es and has_etag(si_no_es, etag):
        _close(partes)
        empezar("304 Not Modified", [p for p in dicho.cabeceras if p[0].lower() not in ("content-type", "content-length")])
        return []
    empezar(dicho.estado, dicho.cabeceras)
    if ambiente["REQUEST_METHOD"] == "HEAD":
        _close(partes)
        return []
    return partes


def _close(partes: Iterable[bytes]) -> None:
    cerrar = getattr(partes, "close", None)
    if cerrar is not None:
        cerrar()


def _nunca_escribir(_datos: bytes) -> None:
    raise RuntimeError("El portal no escribe fuera del cuerpo de su respuesta.")
