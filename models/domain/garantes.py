"""La gente del propio órgano garante: qué puede cada quien, y que nunca falte quien lleve a los demás.

Quien tiene el permiso ``sujetos`` reparte los permisos, suyos y ajenos. La última cuenta que puede hacerlo no se bloquea ni
pierde ese permiso: entonces nadie podría volver a darlo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.base import db
from models.domain.actores import permisos_de
from models.domain.entrada import esta_en_funciones
from models.domain.errores import ActoImposible
from models.domain.permissions import Actor, Permiso, Rol
from models.domain.personal import Ficha, log_cuenta, require_lleva
from models.usuarios import Usuario

DICHOS: Mapping[Permiso, tuple[str, str]] = {
    Permiso.SUJETOS: ("Sujetos obligados y cuentas", "Da de alta instituciones, nombra a la gente de sus Unidades y reparte "
                      "estos permisos."),
    Permiso.CATALOGO: ("Qué obliga a quién", "Ajusta qué formatos aplican a cada institución y da prórrogas."),
    Permiso.VERIFICACION: ("Verificación", "Lee lo que una institución todavía no publica; cada lectura queda apuntada y la "
                           "institución la ve."),
    Permiso.SOPORTE: ("Soporte", "Desbloquea cuentas de cualquier institución."),
    Permiso.SELLADOS: ("Datos sellados", "Abre el original de un dato que una institución protegió por acta; cada lectura "
                       "queda apuntada y la institución la ve."),
}
"""Permiso → cómo se llama, y qué deja hacer."""


class SinQuienLleve(ActoImposible):
    """Nadie quedaría que pudiera llevar a la gente del órgano garante."""

    def __init__(self) -> None:
        super().__init__("Es la única cuenta activa que puede llevar a la gente del órgano garante: dé antes ese permiso "
                         "(«Sujetos obligados y cuentas») a otra persona que ya haya entrado.")


def read_permisos(dichos: Iterable[str]) -> frozenset[Permiso]:
    """Los permisos de una lista de palabras; las que no lo son no cuentan."""
    return frozenset(Permiso(dicho) for dicho in dichos if dicho in list(Permiso))


def to_columna(permisos: Iterable[Permiso]) -> str:
    """Como se guardan: en orden y con espacios."""
    return " ".join(sorted(permisos))


def set_permisos(actor: Actor, ficha: Ficha, permisos: frozenset[Permiso]) -> bool:
    """Cambia lo que puede hacer alguien del órgano garante. Dice si cambió algo.

    Lanza ``NoPermitido`` o ``SinQuienLleve``; entonces nada cambió.
    """
    require_lleva(actor, ficha.rol, ficha.usuario.sujeto_id)
    if ficha.rol is not Rol.GARANTE:
        raise ActoImposible("Los permisos son solo de la gente del órgano garante.")
    with db.atomic():
        if Permiso.SUJETOS not in permisos:
            require_otro_que_lleve(ficha.usuario)
        antes = permisos_de(Usuario.get(Usuario.id == ficha.usuario.id))
        if antes == permisos:
            return False
        Usuario.update(permisos=to_columna(permisos)).where(Usuario.id == ficha.usuario.id).execute()
        log_cuenta(actor, ficha.usuario, "permisos", _cambio(permisos))
    return True


def require_otro_que_lleve(usuario: Usuario) -> None:
    """Dentro de la transacción que le quita a una cuenta el poder llevar a otras: lanza ``SinQuienLleve`` si es la última.

    En PostgreSQL las filas quedan con candado: dos que se lo quitan uno al otro a la vez esperan turno.
    """
    consulta = Usuario.select().where(Usuario.rol == Rol.GARANTE).order_by(Usuario.id)
    cuentas = list(consulta.for_update() if db.obj.for_update else consulta)
    pueden = {cuenta.id for cuenta in cuentas if _lleva(cuenta)}
    if usuario.id in pueden and pueden == {usuario.id}:
        raise SinQuienLleve()


def _lleva(cuenta: Usuario) -> bool:
    """Si hoy puede: una cuenta que todavía no entra, o una suplencia, no bastan para quedarse sin nadie más."""
    fija = cuenta.desde is None and cuenta.hasta is None and not cuenta.debe_cambiar
    return Permiso.SUJETOS in permisos_de(cuenta) and fija and esta_en_funciones(cuenta)


def _cambio(permisos: frozenset[Permiso]) -> str:
    nombres = [nombre for permiso, (nombre, _) in DICHOS.items() if permiso in permisos]
    return "Ahora puede: " + "; ".join(nombres) if nombres else "Ahora no tiene ningún permiso"
