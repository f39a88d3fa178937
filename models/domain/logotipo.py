"""El logotipo de una institución: lo pone y lo quita su Unidad, con su texto alternativo, y se publica al guardar."""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

from fracciones_config import Catalogo
from models.adjuntos import Archivo
from models.archivos.almacen import AlmacenEnDisco
from models.archivos.imagen import PESO_MAXIMO, clean_imagen
from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.configuracion import read_configuracion
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.lectores.crudo import DatoInvalido, to_linea
from models.domain.permissions import Actor, Rol
from models.domain.sujetos import publish_sujeto
from models.folios import nuevo_id
from models.reloj import ahora
from models.sujetos import SujetoObligado

Logo = dict[str, Any]
"""``sha256``, ``bytes``, ``ancho`` y ``alto`` en píxeles, y ``texto`` (el alternativo)."""


def logo_de(datos: str) -> Logo | None:
    """El logotipo que dicen los datos (JSON) de una institución; ``None`` si no tiene."""
    logo = json.loads(datos).get("logo")
    return logo if isinstance(logo, dict) else None


def put_logo(actor: Actor, almacen: AlmacenEnDisco, flujo: BinaryIO | None, texto: str, catalogo: Catalogo) -> None:
    """Pone el logotipo y su texto; sin ``flujo``, cambia solo el texto del que ya está.

    Lanza ``NoPermitido``, ``ActoImposible`` o ``ArchivoRechazado``; entonces no cambia nada.
    """
    _require_unidad(actor)
    texto = _texto(texto)
    previo = logo_de(read_configuracion(actor).datos)
    if flujo is None:
        if previo is None:
            raise ActoImposible("Elija la imagen del logotipo.")
        _write(actor, previo | {"texto": texto}, catalogo)
        return
    imagen = clean_imagen(flujo.read(PESO_MAXIMO + 1))
    sha256, tamano = almacen.guardar(io.BytesIO(imagen.contenido))
    with db.atomic():
        Archivo.create(sujeto_id=actor.sujeto_id, id=nuevo_id(), sha256=sha256, nombre="logotipo.png", bytes=tamano, tipo="png",
                       subido_por=actor.id, subido_en=ahora())
        _write(actor, {"sha256": sha256, "bytes": tamano, "ancho": imagen.ancho, "alto": imagen.alto, "texto": texto}, catalogo)


def remove_logo(actor: Actor, catalogo: Catalogo) -> None:
    """Quita el logotipo del portal."""
    _require_unidad(actor)
    if logo_de(read_configuracion(actor).datos) is None:
        raise ActoImposible("La institución no tiene logotipo.")
    _write(actor, None, catalogo)


def _write(actor: Actor, logo: Logo | None, catalogo: Catalogo) -> None:
    with db.atomic():
        sujeto = read_configuracion(actor)
        datos = {nombre: dato for nombre, dato in json.loads(sujeto.datos).items() if nombre != "logo"}
        datos |= {"logo": logo} if logo else {}
        SujetoObligado.update(datos=json.dumps(datos, ensure_ascii=False)).where(SujetoObligado.id == sujeto.id).execute()
        log_acto(actor, "configurar", "Logotipo" if logo else "Quitó el logotipo", sujeto.datos)
        publish_sujeto(read_configuracion(actor), catalogo)


def _require_unidad(actor: Actor) -> None:
    if actor.rol is not Rol.UNIDAD:
        raise NoPermitido("La configuración la lleva la Unidad de Información.")


def _texto(texto: str) -> str:
    try:
        limpio = to_linea(texto, 150, "una frase")
    except DatoInvalido as error:
        raise ActoImposible(str(error)) from error
    if len(limpio) < 3:
        raise ActoImposible("Escriba qué se ve en el logotipo: lo lee en voz alta quien no puede verlo.")
    return limpio
