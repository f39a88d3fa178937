"""El catálogo en vigor: una versión numerada en la base, de la que arranca y se recarga cada proceso.

Los archivos de ``fracciones_config`` son el borrador; lo que manda es lo aplicado. Un borrador roto no detiene nada.
"""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from peewee import fn

from fracciones_config import Catalogo, CatalogoInvalido, Falta
from fracciones_config.revision import Archivos, revisar
from models.base import db
from models.domain.errores import ReglaRota
from models.domain.mensajes.del_catalogo import notify_catalogo
from models.domain.plan import Plan, hacer_plan
from models.esquema import Tablas, expand
from models.formatos import Tabla
from models.reloj import ahora
from models.vigor import CatalogoVersion, FormatoVersion

registro = logging.getLogger("ipomex.catalogo")


class CatalogoMovido(ReglaRota):
    """El formato cambió mientras se llenaba: hay que recargar y volver a intentar."""

    def __init__(self) -> None:
        super().__init__("El formato cambió mientras lo llenaba. Revise los campos y guarde de nuevo.")


class SinCatalogo(RuntimeError):
    """La base todavía no tiene un catálogo aplicado."""


@dataclass(frozen=True, slots=True, eq=False)
class Foto:
    """El catálogo y sus tablas en un instante. Inmutable: una petición entera ve una sola foto."""

    numero: int
    catalogo: Catalogo
    tablas: Tablas


class CatalogoVigente:
    """La foto de este proceso; se cambia entera, de una asignación."""

    def __init__(self) -> None:
        self._foto: Foto | None = None
        self._candado = threading.Lock()

    @property
    def foto(self) -> Foto:
        """La foto en uso. Lanza ``SinCatalogo`` si nunca se ha aplicado uno."""
        if self._foto is None:
            self.recargar()
        assert self._foto is not None
        return self._foto

    def recargar(self) -> Foto:
        """Pone la foto de la última versión aplicada, si es otra que la que se tiene."""
        with self._candado:
            fila = CatalogoVersion.select().order_by(CatalogoVersion.numero.desc()).first()
            if fila is None:
                raise SinCatalogo("No hay catálogo en vigor. Ejecute: flask --app app iniciar")
            if self._foto is None or self._foto.numero != fila.numero:
                catalogo = Catalogo.de_json(fila.compilado)
                antes = self._foto.tablas if self._foto else None
                self._foto = Foto(fila.numero, catalogo, Tablas(catalogo, antes))
                registro.info("catálogo %s en uso", fila.numero)
            return self._foto

    def numero_aplicado(self) -> int:
        """El número de la última versión aplicada en la base; 0 si no hay."""
        return int(CatalogoVersion.select(fn.MAX(CatalogoVersion.numero)).scalar() or 0)

    def vigilar(self, cada: float = 0.2, parar: threading.Event | None = None,
                conexion: Callable[[], object] | None = None) -> threading.Thread:
        """Hilo que pregunta el número cada ``cada`` segundos y recarga si cambió."""
        parar = parar or threading.Event()

        def vigia() -> None:
            while not parar.wait(cada):
                try:
                    with db.connection_context():
                        if self.numero_aplicado() != self.foto.numero:
                            self.recargar()
                except Exception:
                    registro.exception("no se pudo preguntar el catálogo; se sigue con el que hay")

        hilo = threading.Thread(target=vigia, name="vigia-catalogo", daemon=True)
        hilo.start()
        return hilo


vigente = CatalogoVigente()
"""La de este proceso."""


def exigir_vigente(tabla: Tabla) -> None:
    """Dentro de una transacción: lanza ``CatalogoMovido`` si el formato cambió desde que se tomó ``tabla``."""
    numero = FormatoVersion.select(FormatoVersion.numero).where(FormatoVersion.clave == tabla.clave).scalar()
    if numero != tabla.numero:
        raise CatalogoMovido()


def planear(archivos: Archivos) -> tuple[Plan, list[Falta]]:
    """Qué cambiaría si se aplicaran estos archivos, y sus faltas."""
    revision = revisar(archivos)
    actual = vigente.foto.catalogo if vigente.numero_aplicado() else None
    return (hacer_plan(actual, revision.catalogo) if revision.catalogo else Plan()), revision.faltas


def aplicar_catalogo(archivos: Archivos, por: str) -> int:
    """Pone en vigor un catálogo. Da su número; el mismo de antes si no cambió nada. Lanza ``CatalogoInvalido``."""
    revision = revisar(archivos)
    if revision.catalogo is None:
        raise CatalogoInvalido(revision.faltas)
    with db.atomic():
        ultima = CatalogoVersion.select().order_by(CatalogoVersion.numero.desc()).first()
        if ultima is not None and ultima.huella == revision.catalogo.huella:
            return int(ultima.numero)
        numero = (ultima.numero if ultima else 0) + 1
        expand(revision.catalogo, numero)
        CatalogoVersion.insert(
            numero=numero, huella=revision.catalogo.huella, archivos=_en_texto(archivos),
            compilado=revision.catalogo.a_json(), aplicado_en=ahora(), aplicado_por=por).execute()
        if ultima is not None:
            notify_catalogo(Catalogo.de_json(ultima.compilado), revision.catalogo, numero)
    return numero


def archivos_de(numero: int) -> Archivos:
    """Los archivos, byte por byte, de una versión aplicada. ``KeyError`` si no existe."""
    fila = CatalogoVersion.get_or_none(CatalogoVersion.numero == numero)
    if fila is None:
        raise KeyError(numero)
    return {ruta: base64.b64decode(texto) for ruta, texto in json.loads(fila.archivos).items()}


def _en_texto(archivos: Archivos) -> str:
    return json.dumps({ruta: base64.b64encode(datos).decode() for ruta, datos in sorted(archivos.items())})
