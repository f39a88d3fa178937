"""El detalle de un registro y su historial."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from admin_views.pantallas import deshacer
from admin_views.pantallas.personales import personales_of
from fracciones_config import TipoCampo
from models.actos import Acto
from models.base import db
from models.domain.copia import origin_of
from models.domain.diferencias import diferencias
from models.domain.errores import NoExiste
from models.domain.estados import DESHACIBLES, TRANSICIONES, Estado
from models.domain.permissions import Accion, Objeto, puede
from models.domain.personales import read_freno
from models.domain.validation import de_canonico
from models.domain.versiones import QUE_ESCRIBEN, find_version
from models.folios import a_folio
from models.presentacion.registro import badge_of, public_text, title_of
from models.presentacion.textos import texto, texto_vacio
from models.usuarios import Usuario
from models.versiones_publicas import read_versiones

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

ACTOS_LARGOS = 200
"""Los últimos actos que se enseñan de un registro."""

NOMBRES = {"capturar": "Capturó", "editar": "Editó", "revisar": "Revisó", "responder": "Respondió y revisó",
           "devolver": "Devolvió", "publicar": "Publicó", "descartar": "Descartó los cambios", "retirar": "Retiró",
           "restaurar": "Restauró", "borrar": "Envió a la papelera", "recuperar": "Recuperó de la papelera",
           "justificar": "Dijo por qué se publican los datos personales", "restaurar_version": "Restauró la",
           "deshacer": "Deshizo", "suprimir": "Protegió un dato por acta",
           "solicitar_baja": "Solicitó la baja", "rechazar_baja": "Rechazó la baja"}

CON_DETALLE = frozenset({"restaurar_version", "deshacer"})
"""Los actos cuyo motivo no lo escribió nadie: dice a qué se le hizo."""


@dataclass(frozen=True, slots=True)
class Suceso:
    """Un renglón del historial, ya legible. ``cambios``: (etiqueta, antes, ahora). ``version``: la que se puede ver."""

    quien: str
    que: str
    instante: int
    motivo: str
    autoaprobacion: bool
    cambios: list[tuple[str, str, str]]
    version: int | None = None


def show(vista: VistaFormato) -> ResponseReturnValue:
    """Todo lo capturado de un registro, lo que falta y lo que se puede hacer con él."""
    fila = _fila(vista)
    datos, vacios = de_canonico(fila.contenido)
    return vista.render(
        "formato/detalle.html", editable=_editable(vista, fila), fila=fila, folio=a_folio(fila.id),
        titulo=title_of(vista.tabla.formato, fila),
        insignia=badge_of(fila), publico=public_text(fila), copiado_de=origin_of(fila.envio),
        datos=datos, vacios=vacios, deshacer=deshacer.offer_in(vista, fila),
        actos=_actos(vista, fila), se_suprime=_se_suprime(vista, fila), personales=personales_of(vista, fila),
        quien=names_of({fila.creado_por, fila.a_cargo_de, fila.cambiado_por}))


def show_historial(vista: VistaFormato) -> ResponseReturnValue:
    """Quién hizo qué y cuándo, con cada campo antes y después; y lo que ha sido público."""
    fila = _fila(vista)
    actos = list(Acto.select().where(
        Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id).order_by(Acto.id.desc()).limit(ACTOS_LARGOS))
    nombres = names_of({acto.usuario_id for acto in actos})
    versiones = read_versiones(db.obj, vista.tabla.clave, fila.sujeto_id, [fila.id])[::-1]
    sucesos = [_suceso(vista, fila, acto, nombres) for acto in actos]
    return vista.render(
        "formato/historial.html", vigente=next((s.version for s in sucesos if s.version), None), fila=fila,
        folio=a_folio(fila.id), titulo=title_of(vista.tabla.formato, fila),
        insignia=badge_of(fila), publico=public_text(fila), versiones=versiones,
        sucesos=sucesos)


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
    posibles, detenido = [], read_freno(fila.personales, fila.personales_motivo)
    for acto, transicion in TRANSICIONES.items():
        cabe = Estado(fila.estado) in transicion.de and puede(vista.actor, transicion.accion, objeto)
        if transicion.pide_publica and fila.publica is None or transicion.pide_nunca_publica and fila.numero_publico:
            cabe = False
        if transicion.pide_baja and not fila.baja_motivo or acto == "solicitar_baja" and _puede_bajar(vista, fila, objeto):
            cabe = False
        if cabe and not (transicion.pide_completo and (fila.faltan or detenido)) and acto != "editar":
            posibles.append((acto, transicion.nombre))
    return posibles


def _se_suprime(vista: VistaFormato, fila: Any) -> bool:
    return bool(fila.numero_publico) and puede(vista.actor, Accion.SUPRIMIR, Objeto.de_fila(vista.tabla.clave, fila))


def _puede_bajar(vista: VistaFormato, fila: Any, objeto: Objeto) -> bool:
    """Quien puede borrarlo o retirarlo no necesita solicitarlo."""
    accion = Accion.RETIRAR if fila.numero_publico else Accion.BORRAR
    return puede(vista.actor, accion, objeto) or bool(fila.baja_motivo)


def names_of(ids: set[int]) -> dict[int, str]:
    """id → nombre de esas cuentas."""
    filas = Usuario.select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(sorted(ids)))
    return {fila.id: fila.nombre for fila in filas}


def _suceso(vista: VistaFormato, fila: Any, acto: Any, nombres: dict[int, str]) -> Suceso:
    cambios = json.loads(acto.cambios) if acto.cambios else _cambios_de_contenido(vista, fila, acto)
    return Suceso(
        quien=nombres.get(acto.usuario_id, "Persona que ya no está"), que=_dicho(acto),
        instante=acto.instante, motivo="" if acto.acto in CON_DETALLE else acto.motivo or "",
        autoaprobacion=acto.autoaprobacion,
        cambios=[_cambio(vista, nombre, *valores) for nombre, valores in cambios.items()],
        version=acto.version if acto.acto in QUE_ESCRIBEN else None)


def _cambios_de_contenido(vista: VistaFormato, fila: Any, acto: Any) -> dict[str, list[Any]]:
    """Lo que cambió al descartar, o al deshacerlo: esos actos traen un contenido que ya existía, y se comparan los dos."""
    if acto.acto != "descartar" and (acto.acto, acto.motivo) != ("deshacer", DESHACIBLES["descartar"]):
        return {}
    try:
        antes, despues = (find_version(fila, numero) for numero in (acto.version - 1, acto.version))
    except NoExiste:
        return {}
    cambios = diferencias(vista.tabla.formato, antes.datos, despues.datos, antes.vacios, despues.vacios)
    return {c.campo: [c.antes or c.vacio_antes, c.ahora or c.vacio_ahora] for c in cambios}


def _dicho(acto: Any) -> str:
    """Qué se hizo: «Devolvió», «Restauró la versión 3»."""
    nombre = NOMBRES.get(acto.acto, acto.acto)
    return f"{nombre} {acto.motivo}" if acto.acto in CON_DETALLE else nombre


def _cambio(vista: VistaFormato, nombre: str, antes: Any, ahora: Any) -> tuple[str, str, str]:
    campo = vista.tabla.formato.por_nombre.get(nombre)
    if campo is None:
        return "Un campo que ya no se usa", "", ""
    return campo.etiqueta, read_valor(campo, antes), read_valor(campo, ahora)


def read_valor(campo: Any, valor: Any) -> str:
    """Un dato del historial como se lee, o la razón por la que no lo hay; una tabla, un renglón por línea.

    El campo pudo cambiar de tipo desde entonces: lo que ya no se entiende como el tipo de hoy se enseña tal cual.
    """
    if isinstance(valor, dict) and "causa" in valor:
        return texto_vacio(valor)
    try:
        if campo.tipo is TipoCampo.TABLA and valor:
            return "\n".join(" · ".join(filter(None, (texto(c, fila.get(c.nombre)) for c in campo.campos))) for fila in valor)
        return texto(campo, valor)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return valor if isinstance(valor, str) else json.dumps(valor, ensure_ascii=False)
