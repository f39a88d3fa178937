"""El detalle de un registro y su historial."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from models.actos import Acto, PubVersion
from models.domain.copia import origin_of
from models.domain.errores import NoExiste
from models.domain.estados import TRANSICIONES, Estado
from models.domain.permissions import Accion, Objeto, puede
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.presentacion.registro import badge_of, public_text, title_of
from models.presentacion.textos import texto, texto_vacio
from models.usuarios import Usuario

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

ACTOS_LARGOS = 200
"""Los últimos actos que se enseñan de un registro."""

NOMBRES = {"capturar": "Capturó", "editar": "Editó", "revisar": "Revisó", "responder": "Respondió y revisó",
           "devolver": "Devolvió", "publicar": "Publicó", "descartar": "Descartó los cambios", "retirar": "Retiró",
           "restaurar": "Restauró", "borrar": "Envió a la papelera", "recuperar": "Recuperó de la papelera",
           "solicitar_baja": "Solicitó la baja", "rechazar_baja": "Rechazó la baja"}


@dataclass(frozen=True, slots=True)
class Suceso:
    """Un renglón del historial, ya legible. ``cambios``: (etiqueta, antes, ahora)."""

    quien: str
    que: str
    instante: int
    motivo: str
    autoaprobacion: bool
    cambios: list[tuple[str, str, str]]


def show(vista: VistaFormato) -> ResponseReturnValue:
    """Todo lo capturado de un registro, lo que falta y lo que se puede hacer con él."""
    fila = _fila(vista)
    datos, vacios = de_canonico(fila.contenido)
    return vista.render(
        "formato/detalle.html", editable=_editable(vista, fila), fila=fila, folio=a_folio(fila.id),
        titulo=title_of(vista.tabla.formato, fila),
        insignia=badge_of(fila), publico=public_text(fila), copiado_de=origin_of(fila.envio),
        datos=datos, vacios=vacios, actos=_actos(vista, fila),
        quien=_nombres({fila.creado_por, fila.a_cargo_de, fila.cambiado_por}))


def show_historial(vista: VistaFormato) -> ResponseReturnValue:
    """Quién hizo qué y cuándo, con cada campo antes y después; y lo que ha sido público."""
    fila = _fila(vista)
    actos = list(Acto.select().where(
        Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id).order_by(Acto.id.desc()).limit(ACTOS_LARGOS))
    nombres = _nombres({acto.usuario_id for acto in actos})
    versiones = list(PubVersion.select().where(
        PubVersion.sujeto_id == fila.sujeto_id, PubVersion.registro_id == fila.id).order_by(PubVersion.numero.desc()))
    return vista.render(
        "formato/historial.html", fila=fila, folio=a_folio(fila.id), titulo=title_of(vista.tabla.formato, fila),
        insignia=badge_of(fila), publico=public_text(fila), versiones=versiones,
        sucesos=[_suceso(vista, acto, nombres) for acto in actos])


def _fila(vista: VistaFormato) -> Any:
    fila = vista.one(request.args.get("id"), Accion.VER)
    if fila is None:
        raise NoExiste()
    return fila


def _editable(vista: VistaFormato, fila: Any) -> bool:
    objeto = Objeto.de_fila(vista.tabla.clave, fila)
    return Estado(fila.estado) in TRANSICIONES["editar"].de and puede(vista.actor, Accion.EDITAR, objeto)


def _actos(vista: VistaFormato, fila: Any) -> list[tuple[str, str]]:
    """Los actos que esta persona puede hacerle a este registro tal como está: (acto, nombre)."""
    objeto = Objeto.de_fila(vista.tabla.clave, fila)
    posibles = []
    for acto, transicion in TRANSICIONES.items():
        cabe = Estado(fila.estado) in transicion.de and puede(vista.actor, transicion.accion, objeto)
        if transicion.pide_publica and fila.publica is None or transicion.pide_nunca_publica and fila.numero_publico:
            cabe = False
        if transicion.pide_baja and not fila.baja_motivo or acto == "solicitar_baja" and _puede_bajar(vista, fila, objeto):
            cabe = False
        if cabe and not (transicion.pide_completo and fila.faltan) and acto != "editar":
            posibles.append((acto, transicion.nombre))
    return posibles


def _puede_bajar(vista: VistaFormato, fila: Any, objeto: Objeto) -> bool:
    """Quien puede borrarlo o retirarlo no necesita solicitarlo."""
    accion = Accion.RETIRAR if fila.numero_publico else Accion.BORRAR
    return puede(vista.actor, accion, objeto) or bool(fila.baja_motivo)


def _nombres(ids: set[int]) -> dict[int, str]:
    filas = Usuario.select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(sorted(ids)))
    return {fila.id: fila.nombre for fila in filas}


def _suceso(vista: VistaFormato, acto: Any, nombres: dict[int, str]) -> Suceso:
    cambios = json.loads(acto.cambios) if acto.cambios else {}
    return Suceso(
        quien=nombres.get(acto.usuario_id, "Persona que ya no está"), que=NOMBRES.get(acto.acto, acto.acto),
        instante=acto.instante, motivo=acto.motivo or "", autoaprobacion=acto.autoaprobacion,
        cambios=[_cambio(vista, nombre, *valores) for nombre, valores in cambios.items()])


def _cambio(vista: VistaFormato, nombre: str, antes: Any, ahora: Any) -> tuple[str, str, str]:
    campo = vista.tabla.formato.por_nombre.get(nombre)
    if campo is None:
        return "Un campo que ya no se usa", "", ""
    return campo.etiqueta, _leido(campo, antes), _leido(campo, ahora)


def _leido(campo: Any, valor: Any) -> str:
    if isinstance(valor, dict) and "causa" in valor:
        return texto_vacio(valor)
    return texto(campo, valor)
