"""Los datos personales de un registro en pantalla: cuáles son, quién dijo por qué se publican, y decirlo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import NoExiste, ReglaRota
from models.domain.estados import TRANSICIONES, Estado
from models.domain.permissions import Accion, Objeto, puede
from models.domain.personales import find_en_datos, from_columna, is_blocking, read_freno, to_columna
from models.domain.validation import Validacion
from models.domain.workflow.justificacion import find_justificacion, justify
from models.folios import a_folio
from models.presentacion.personales import Senal, senales_of
from models.usuarios import Usuario

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


@dataclass(frozen=True, slots=True)
class Personales:
    """Lo que una pantalla dice de los datos personales de un registro. ``quien`` y ``cuando``: de quien dio el motivo."""

    senales: list[Senal]
    bloquea: bool
    motivo: str = ""
    quien: str = ""
    cuando: int | None = None
    detenido: bool = False
    se_dice: bool = False

    @property
    def por_campo(self) -> dict[str, list[Senal]]:
        """campo → sus señales."""
        juntas: dict[str, list[Senal]] = {}
        for senal in self.senales:
            juntas.setdefault(senal.campo, []).append(senal)
        return juntas


def personales_of(vista: VistaFormato, fila: Any) -> Personales | None:
    """Los de un registro guardado; ``None`` si no trae."""
    if fila is None or not fila.personales:
        return None
    dicho = find_justificacion(fila, fila.personales) if fila.personales_motivo else None
    quien = Usuario.select(Usuario.nombre).where(Usuario.id == dicho.usuario_id).scalar() if dicho else None
    objeto, bloquea = Objeto.de_fila(vista.tabla.clave, fila), is_blocking(fila.personales)
    return Personales(
        senales_of(vista.tabla.formato, from_columna(fila.personales)), bloquea, fila.personales_motivo or "",
        quien or "", dicho.instante if dicho else None,
        detenido=read_freno(fila.personales, fila.personales_motivo) is not None,
        se_dice=not bloquea and Estado(fila.estado) in TRANSICIONES["editar"].de and puede(vista.actor, Accion.EDITAR, objeto))


def personales_tecleados(vista: VistaFormato, leido: Validacion, fila: Any) -> Personales | None:
    """Los de lo que se acaba de teclear y todavía no se guarda; ``None`` si no trae."""
    propios = ContextoDeSujeto(vista.actor.sujeto_id or 0).propios
    hallazgos = find_en_datos(vista.tabla.formato, leido.datos, propios, leido.vacios)
    if not hallazgos:
        return None
    motivo = (fila.personales_motivo if fila is not None else "") or ""
    return Personales(senales_of(vista.tabla.formato, hallazgos), is_blocking(to_columna(hallazgos)), motivo, detenido=True)


def say_why(vista: VistaFormato) -> ResponseReturnValue:
    """Guarda el motivo que se dio en el detalle del registro, y regresa a él."""
    fila = vista.one(request.form.get("id"), Accion.EDITAR)
    if fila is None:
        raise NoExiste()
    say(vista, fila)
    return redirect(vista.get_url(".details_view", id=a_folio(fila.id)))


def say(vista: VistaFormato, fila: Any) -> bool:
    """Guarda el motivo de la petición; lo que no se pudo, lo dice. Da si quedó."""
    texto = request.form.get("version", "")
    version = int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else -1
    try:
        justify(vista.actor, vista.tabla, fila.id, version, request.form.get("personales_motivo", ""))
    except NoExiste:
        raise
    except ReglaRota as error:
        flash(f"No se guardó el motivo. {error}", "ojo")
        return False
    flash("Quedó dicho por qué se publican esos datos personales.", "bien")
    return True
