"""Cómo quiere cada persona que se le avise: su correo, y si recibe el resumen de cada día."""

from models.domain.errores import ReglaRota
from models.domain.lectores.crudo import DatoInvalido
from models.domain.lectores.direcciones import check_correo
from models.domain.permissions import Actor
from models.usuarios import Usuario


class PreferenciaInvalida(ReglaRota):
    """El correo no está bien escrito; el mensaje dice por qué."""


def save_preferencias(actor: Actor, correo: str, quiere_resumen: bool) -> None:
    """Guarda el correo de la propia persona (vacío lo quita) y si quiere el resumen. Lanza ``PreferenciaInvalida``."""
    limpio = None
    if correo.strip():
        try:
            limpio = check_correo(correo)
        except DatoInvalido as error:
            raise PreferenciaInvalida(str(error)) from error
    Usuario.update(correo=limpio, resumen=quiere_resumen).where(Usuario.id == actor.id).execute()
