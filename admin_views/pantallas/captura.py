"""Capturar y editar. Lo tecleado nunca se pierde: si algo no se puede guardar, la hoja vuelve con todo escrito."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from peewee import OperationalError
from werkzeug.datastructures import MultiDict

from admin_views.formularios.hoja import Hoja
from admin_views.formularios.tecleado import Tecleado, read_tecleado
from admin_views.pantallas.actos import freeze_one
from admin_views.pantallas.choque import Choque, compare, take_theirs
from admin_views.pantallas.personales import personales_of, personales_tecleados
from admin_views.pantallas.prellenado import origin_of_datos
from admin_views.pantallas.recuperado import find_recuperado, offer_borradores
from admin_views.presencia import say
from models.borradores import Borrador
from models.domain.borradores import read_campos
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.entregas import deliver
from models.domain.errores import Conflicto, DatosInvalidos, NoExiste, ReglaRota
from models.domain.permissions import Accion, puede_en_formato
from models.domain.personales import read_freno, same_hallazgos
from models.domain.presencia import others
from models.domain.validation import Problema, Validacion, de_canonico, validar
from models.domain.workflow import Guardado
from models.domain.workflow.guardado import keep_lo_protegido
from models.domain.workflow.justificacion import MotivoInvalido
from models.domain.workflow.motivos import from_json
from models.folios import a_folio, de_folio
from models.motores import is_busy

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

OCUPADO = ("El sistema está guardando muchos registros y no alcanzó a guardar este. Lo que escribió sigue aquí: espere unos "
           "segundos y guarde otra vez. Si eligió un archivo, elíjalo de nuevo.")

LUEGO = {"revisar": Accion.REVISAR, "publicar": Accion.PUBLICAR}
"""Los botones «Guardar y…»: guardan y llevan a la confirmación del acto."""


def create(vista: VistaFormato) -> ResponseReturnValue:
    """Registro nuevo, en blanco o duplicado de otro (``?de=folio``)."""
    if not vista.can_create:
        raise NoExiste()
    if request.method != "POST":
        if recuperado := find_recuperado(vista, None):
            return _reabrir(vista, None, recuperado)
        datos, vacios = origin_of_datos(vista)
        return _render(vista, _hoja(vista).con_datos(datos, vacios), datos, vacios)
    return _guardar(vista, None)


def edit(vista: VistaFormato) -> ResponseReturnValue:
    """Editar un registro. Si otra persona guardó antes, se ven las dos versiones y lo tecleado se conserva."""
    fila = vista.one(request.values.get("id"), Accion.EDITAR)
    if fila is None:
        raise NoExiste()
    if request.method != "POST":
        if recuperado := find_recuperado(vista, fila):
            return _reabrir(vista, fila, recuperado)
        datos, vacios = de_canonico(fila.contenido)
        return _render(vista, _hoja(vista).con_datos(datos, vacios), datos, vacios, fila=fila)
    return _guardar(vista, fila)


def _reabrir(vista: VistaFormato, fila: Any, borrador: Borrador) -> str:
    """La hoja con lo que decía un borrador, y con su mismo número de envío: sigue siendo la misma hoja."""
    tecleado = read_tecleado(vista.tabla.formato, MultiDict(read_campos(borrador)), {}, vista.actor,
                             current_app.extensions["almacen"])
    hoja = _hoja(vista).con_tecleado(tecleado.crudo, tecleado.vacios)
    return _render(vista, hoja, None, None, fila=fila, leido=_revisar(vista, tecleado), borrador=borrador,
                   motivo=dict(read_campos(borrador)).get("personales_motivo", ""))


def _hoja(vista: VistaFormato) -> Hoja:
    return Hoja(vista.tabla.formato, vista.actor.sujeto_id or 0, vista.actor.id)


def _guardar(vista: VistaFormato, fila: Any) -> ResponseReturnValue:
    """Guarda lo tecleado. Si otro escribe mucho y la espera se agota, la hoja vuelve con todo, para intentarlo otra vez."""
    try:
        return _intentar(vista, fila)
    except OperationalError as error:
        if not is_busy(error):
            raise
    sin_archivos = read_tecleado(vista.tabla.formato, request.form, MultiDict(), vista.actor, current_app.extensions["almacen"])
    respuesta = make_response(_de_vuelta(vista, fila, sin_archivos, 503, aviso=OCUPADO))
    respuesta.headers["Retry-After"] = "5"
    return respuesta


def _intentar(vista: VistaFormato, fila: Any) -> ResponseReturnValue:
    tecleado = read_tecleado(vista.tabla.formato, request.form, request.files, vista.actor,
                             current_app.extensions["almacen"])
    if fila is not None:
        take_theirs(vista.tabla.formato, fila, tecleado, request.form)
    try:
        if tecleado.problemas:
            raise DatosInvalidos(_revisar(vista, tecleado))
        guardado = _write(vista, fila, tecleado)
    except DatosInvalidos as error:
        return _de_vuelta(vista, fila, tecleado, 422, problemas=_problemas(error.validacion, tecleado))
    except Conflicto as conflicto:
        return _de_vuelta(vista, conflicto.actual, tecleado, 409, conflicto=conflicto.actual)
    except CatalogoMovido as movido:
        g.foto = vigente.recargar()
        vista.tabla = g.foto.tablas.get(vista.tabla.clave, vista.tabla)
        return _de_vuelta(vista, fila, tecleado, 409, aviso=str(movido))
    except NoExiste:
        raise
    except ReglaRota as error:
        codigo = 422 if isinstance(error, MotivoInvalido) else 403
        return _de_vuelta(vista, fila, tecleado, codigo, aviso=str(error))
    return _despues(vista, fila, guardado)


def _write(vista: VistaFormato, fila: Any, tecleado: Tecleado) -> Guardado:
    return deliver(
        vista.actor, vista.tabla, tecleado.crudo, tecleado.vacios, envio=_envio(), borrador=_borrador(),
        registro=None if fila is None else fila.id, version=None if fila is None else _version(), motivo=_motivo())


def _motivo() -> str:
    """Por qué se publican los datos personales, si se dijo."""
    return request.form.get("personales_motivo", "")


def _envio() -> str:
    """El número del envío: el mismo formulario enviado dos veces hace un solo registro."""
    envio = request.form.get("envio", "")
    return envio if len(envio) == 32 and envio.isalnum() else secrets.token_hex(16)


def _borrador() -> int | None:
    """El borrador que se recuperó para llenar esta hoja."""
    try:
        return de_folio(request.form.get("borrador", ""))
    except ValueError:
        return None


def _version() -> int:
    texto = request.form.get("version", "")
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else -1


def _revisar(vista: VistaFormato, tecleado: Tecleado) -> Validacion:
    return validar(vista.tabla.formato, tecleado.crudo, tecleado.vacios, ContextoDeSujeto(vista.actor.sujeto_id or 0))


def _problemas(validacion: Validacion, tecleado: Tecleado) -> list[Problema]:
    return validacion.problemas + [Problema(campo, texto) for campo, texto in tecleado.problemas.items()]


def _de_vuelta(
    vista: VistaFormato, fila: Any, tecleado: Tecleado, codigo: int, problemas: list[Problema] | None = None,
    conflicto: Any = None, aviso: str = "",
) -> ResponseReturnValue:
    hoja = _hoja(vista).con_tecleado(tecleado.crudo, tecleado.vacios).con_problemas(problemas or [])
    leido = _revisar(vista, tecleado)
    comparacion = compare(vista, conflicto, tecleado, leido, _version()) if conflicto is not None else None
    cuerpo = _render(vista, hoja, None, None, fila=fila, conflicto=conflicto, comparacion=comparacion, aviso=aviso,
                     leido=leido, motivo=_motivo())
    return cuerpo, codigo


def _render(
    vista: VistaFormato, hoja: Hoja, datos: Mapping[str, Any] | None, vacios: Mapping[str, Any] | None, *,
    fila: Any = None, leido: Validacion | None = None, conflicto: Any = None,
    comparacion: Choque | None = None, aviso: str = "", borrador: Borrador | None = None, motivo: str = "",
) -> str:
    """La hoja. ``leido`` es lo tecleado que todavía no se guarda; sin él, la hoja dice ``datos``."""
    formato = vista.tabla.formato
    if guardada := leido is None:
        leido = validar(formato, datos or {}, vacios or {}, ContextoDeSujeto(vista.actor.sujeto_id or 0))
    abierta = borrador or fila
    if fila is not None:
        protegidos = de_canonico(fila.contenido)[1]
        keep_lo_protegido(vista.tabla, leido, protegidos)
        hoja.con_protegidos(protegidos)
    return vista.render(
        "formato/captura.html", hoja=hoja, fila=fila, folio=a_folio(fila.id) if fila is not None else None,
        faltan=[formato.por_nombre[nombre] for nombre in leido.faltan if nombre in formato.por_nombre],
        personales=personales_of(vista, fila) if guardada and fila is not None else personales_tecleados(vista, leido, fila),
        personales_motivo=motivo, senalar_personales=request.args.get("personales") == "ver",
        envio=_envio_de(borrador), version=abierta.version if abierta is not None else None, borrador=borrador,
        borradores=offer_borradores(vista, fila, borrador), conflicto=conflicto, comparacion=comparacion, aviso=aviso,
        motivos_campo=from_json(fila.motivos_campo) if fila is not None else {},
        otros=[say(otro) for otro in others(vista.actor, fila.id)] if fila is not None else [], luego=_luego(vista))


def _luego(vista: VistaFormato) -> list[str]:
    """Los actos a los que esta persona puede pasar después de guardar."""
    sujeto_id = vista.actor.sujeto_id or 0
    return [acto for acto, accion in LUEGO.items() if puede_en_formato(vista.actor, accion, sujeto_id, vista.tabla.clave)]


def _envio_de(borrador: Borrador | None) -> str:
    """El de la hoja que vuelve, el del borrador que se recupera, o uno nuevo."""
    if borrador is not None and borrador.registro_id is None:
        return str(borrador.llave)[:32]
    return request.form.get("envio") or secrets.token_hex(16)


def _despues(vista: VistaFormato, antes: Any, guardado: Guardado) -> ResponseReturnValue:
    """A dónde sigue: si trae datos personales que la persona no ha visto, a la misma hoja, que se los señala."""
    folio, luego = a_folio(guardado.id), request.form.get("luego", "")
    flash(_dicho(guardado), "bien")
    fila = vista.one(folio, Accion.VER)
    detenido = None if fila is None else read_freno(fila.personales, fila.personales_motivo)
    if detenido:
        flash(detenido, "ojo")
    if luego == "otro":
        return redirect(vista.get_url(".create_view"))
    ya_los_vio = bool(request.form.get("personales_vistos")) and antes is not None and same_hallazgos(
        antes.personales, None if fila is None else fila.personales)
    if detenido and (luego in LUEGO or not ya_los_vio):
        return redirect(vista.get_url(".edit_view", id=folio, personales="ver"))
    if luego in LUEGO and not guardado.validacion.faltan:
        return redirect(freeze_one(vista, luego, guardado.id, guardado.version))
    if luego in LUEGO:
        flash("Todavía no se puede revisar ni publicar: faltan datos obligatorios, marcados abajo.", "ojo")
        return redirect(url_for("formato.edit_view", clave=vista.tabla.clave, id=folio))
    return redirect(vista.get_url(".details_view", id=folio))


def _dicho(guardado: Guardado) -> str:
    if guardado.sin_cambios:
        return "No cambió nada, así que no hubo qué guardar."
    faltan = len(guardado.validacion.faltan)
    if not faltan:
        return "Guardado completo. Ahora le toca a quien revisa."
    return "Guardado. Falta un dato obligatorio; puede terminarlo después." if faltan == 1 else (
        f"Guardado. Faltan {faltan} datos obligatorios; puede terminarlos después.")
