"""Los estados de un registro y la tabla de los actos que lo llevan de uno a otro."""

from dataclasses import dataclass
from enum import StrEnum

from models.domain.permissions import Accion


class Estado(StrEnum):
    """En qué va el contenido de trabajo. Lo que ve la ciudadanía es otra cosa: ``publica``."""

    CAPTURADO = "capturado"
    DEVUELTO = "devuelto"
    REVISADO = "revisado"
    PUBLICADO = "publicado"
    RETIRADO = "retirado"
    BORRADO = "borrado"


@dataclass(frozen=True, slots=True)
class Transicion:
    """Un acto: de qué estados parte, a cuál llega y qué exige. ``a`` nulo deja el estado como está."""

    accion: Accion
    de: frozenset[Estado]
    a: Estado | None
    nombre: str
    hecho: str
    pide_motivo: bool = False
    pide_completo: bool = False
    pide_publica: bool = False
    pide_nunca_publica: bool = False
    pide_baja: bool = False


def _de(*estados: Estado) -> frozenset[Estado]:
    return frozenset(estados)


_E = Estado
_VIVOS = _de(_E.CAPTURADO, _E.DEVUELTO, _E.REVISADO, _E.PUBLICADO)

TRANSICIONES: dict[str, Transicion] = {
    "editar": Transicion(Accion.EDITAR, _VIVOS, _E.CAPTURADO, "Editar", "editado"),
    "revisar": Transicion(Accion.REVISAR, _de(_E.CAPTURADO), _E.REVISADO, "Marcar como revisado", "revisado",
                          pide_completo=True),
    "responder": Transicion(Accion.REVISAR, _de(_E.DEVUELTO), _E.REVISADO, "Responder y marcar revisado", "revisado",
                            pide_completo=True, pide_motivo=True),
    "devolver": Transicion(Accion.DEVOLVER, _de(_E.CAPTURADO, _E.REVISADO), _E.DEVUELTO, "Devolver con motivo",
                           "devuelto", pide_motivo=True),
    "publicar": Transicion(Accion.PUBLICAR, _de(_E.CAPTURADO, _E.REVISADO), _E.PUBLICADO, "Publicar", "publicado",
                           pide_completo=True),
    "descartar": Transicion(Accion.DESCARTAR, _de(_E.CAPTURADO, _E.DEVUELTO, _E.REVISADO), _E.PUBLICADO,
                            "Descartar los cambios", "devuelto a lo público", pide_publica=True),
    "retirar": Transicion(Accion.RETIRAR, _VIVOS, _E.RETIRADO, "Retirar del portal", "retirado", pide_motivo=True,
                          pide_publica=True),
    "restaurar": Transicion(Accion.RESTAURAR, _de(_E.RETIRADO), _E.CAPTURADO, "Restaurar", "restaurado"),
    "borrar": Transicion(Accion.BORRAR, _de(_E.CAPTURADO, _E.DEVUELTO, _E.REVISADO), _E.BORRADO,
                         "Enviar a la papelera", "enviado a la papelera", pide_nunca_publica=True),
    "recuperar": Transicion(Accion.RECUPERAR, _de(_E.BORRADO), _E.CAPTURADO, "Recuperar de la papelera", "recuperado"),
    "solicitar_baja": Transicion(Accion.SOLICITAR_BAJA, _VIVOS, None, "Solicitar la baja", "con baja solicitada",
                                 pide_motivo=True),
    "rechazar_baja": Transicion(Accion.DECIDIR_BAJA, _VIVOS, None, "Rechazar la baja", "con baja rechazada",
                                pide_motivo=True, pide_baja=True),
}
"""Los actos por su nombre. Aceptar una baja es ``retirar`` (si es público) o ``borrar`` (si nunca lo fue)."""

DESHACIBLES: dict[str, str] = {
    "devolver": "la devolución", "borrar": "el envío a la papelera", "solicitar_baja": "la solicitud de baja",
    "descartar": "el descarte de los cambios",
}
"""Los actos que quien los hizo puede deshacer en el acto (``workflow.deshacer``), y cómo se llaman al decirlo. Deshacer no
es una transición: regresa el registro a donde estaba, sea cual sea."""

ROTULOS: dict[Estado, str] = {
    _E.CAPTURADO: "Sin revisar",
    _E.DEVUELTO: "Devuelto",
    _E.REVISADO: "Revisado por el área: falta publicar",
    _E.PUBLICADO: "Publicado",
    _E.RETIRADO: "Retirado",
    _E.BORRADO: "En la papelera",
}
