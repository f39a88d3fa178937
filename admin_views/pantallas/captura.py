"""Capturar y editar. Lo tecleado nunca se pierde: si algo no se puede guardar, la hoja vuelve con todo escrito."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.formularios.hoja import Hoja
from admin_views.formularios.tecleado import Tecleado, read_tecleado
from admin_views.pantallas.actos import freeze_one
from models.domain.catalogo_vigente import CatalogoMovido, vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import Conflicto, DatosInvalidos, NoExiste, ReglaRota
from models.domain.masters import options_of
from models.domain.periods import claves, periodo_en_curso
from models.domain.permissions import Accion, puede_en_formato
from models.domain.proyeccion import guardar_proyectado
from models.domain.validation import Problema, Validacion, de_canonico, validar
from models.domain.workflow import Guardado, guardar
from models.domain.workflow.motivos import from_json
from models.folios import a_folio
from models.reloj import hoy

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

LUEGO = {"revisar": Accion.REVISAR, "publicar": Accion.PUBLICAR}
"""Los botones «Guardar y…»: guardan y llevan a la confirmación del acto."""


def create(vista: VistaFormato) -> ResponseReturnValue:
    """Registro nuevo, en blanco o duplicado de otro (``?de=folio``)."""
    if not vista.can_create:
        raise NoExiste()
    if request.method != "POST":
        datos, vacios = _origen(vista)
        return _render(vista, _hoja(vista).con_datos(datos, vacios), datos, vacios)
    return _guardar(vista, None)


def edit(vista: VistaFormato) -> ResponseReturnValue:
    """Editar un registro. Si otra persona guardó antes, se ven las dos versiones y lo tecleado se conserva."""
    fila = vista.one(request.values.get("id"), Accion.EDITAR)
    if fila is None:
        raise NoExiste()
    if request.method != "POST":
        datos, vacios = de_canonico(fila.contenido)
        return _render(vista, _hoja(vista).con_datos(datos, vacios), datos, vacios, fila=fila)
    return _guardar(vista, fila)


def _hoja(vista: VistaFormato) -> Hoja:
    return Hoja(vista.tabla.formato, vista.actor.sujeto_id or 0, vista.actor.id)


def _origen(vista: VistaFormato) -> tuple[dict[str, Any], dict[str, Any]]:
    if folio := request.args.get("de"):
        fila = vista.one(folio, Accion.VER)
        if fila is None:
            raise NoExiste()
        return de_canonico(fila.contenido)
    return _prellenado(vista), {}


def _prellenado(vista: VistaFormato) -> dict[str, Any]:
    """El ejercicio y el periodo en curso, y el área del último registro de la persona (o la única que hay)."""
    formato, datos = vista.tabla.formato, _bajo_que_area(vista)
    if not formato.es_vigente:
        actual = periodo_en_curso(formato.periodicidad, hoy(), formato.plazo_dias)
        datos |= {"ejercicio": actual.ejercicio, "periodo": actual.clave} | _periodo_pedido(vista)
    areas = dict(options_of(vista.actor.sujeto_id or 0, "area"))
    previa = _area_de_la_ultima_vez(vista)
    elegida = previa if previa in areas else next(iter(areas), None) if len(areas) == 1 else None
    return datos | ({"area_responsable": {"id": elegida, "texto": areas[elegida]}} if elegida else {})


def _periodo_pedido(vista: VistaFormato) -> dict[str, Any]:
    """El periodo, si se llegó desde lo que falta."""
    ejercicio, periodo = request.args.get("ejercicio", ""), request.args.get("periodo", "")
    se_entiende = re.fullmatch(r"2[01][0-9]{2}", ejercicio) and periodo in claves(vista.tabla.formato.periodicidad)
    return {"ejercicio": int(ejercicio), "periodo": periodo} if se_entiende else {}


def _bajo_que_area(vista: VistaFormato) -> dict[str, Any]:
    """El área superior, si se llegó desde el organigrama con «Agregar debajo»."""
    folio, nombres = request.args.get("bajo"), dict(options_of(vista.actor.sujeto_id or 0, "area"))
    if "area_superior" not in vista.tabla.formato.por_nombre or folio not in nombres:
        return {}
    return {"area_superior": {"id": folio, "texto": nombres[folio]}}


def _area_de_la_ultima_vez(vista: VistaFormato) -> str | None:
    modelo = vista.tabla.trabajo
    ultima = modelo.select(modelo.area_responsable).where(
        modelo.sujeto_id == vista.actor.sujeto_id, modelo.a_cargo_de == vista.actor.id).order_by(modelo.id.desc()).first()
    return a_folio(ultima.area_responsable) if ultima is not None and ultima.area_responsable else None


def _guardar(vista: VistaFormato, fila: Any) -> ResponseReturnValue:
    tecleado = read_tecleado(vista.tabla.formato, request.form, request.files, vista.actor,
                             current_app.extensions["almacen"])
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
        return _de_vuelta(vista, fila, tecleado, 403, aviso=str(error))
    return _despues(vista, guardado)


def _write(vista: VistaFormato, fila: Any, tecleado: Tecleado) -> Guardado:
    escribir = guardar_proyectado if vista.tabla.formato.proyeccion else guardar
    if fila is None:
        return escribir(vista.actor, vista.tabla, tecleado.crudo, tecleado.vacios, envio=_envio())
    return escribir(vista.actor, vista.tabla, tecleado.crudo, tecleado.vacios, registro=fila.id, version=_version())


def _envio() -> str:
    """El número del envío: el mismo formulario enviado dos veces hace un solo registro."""
    envio = request.form.get("envio", "")
    return envio if len(envio) == 32 and envio.isalnum() else secrets.token_hex(16)


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
    comparacion = hoja.compare(de_canonico(conflicto.contenido)[0]) if conflicto is not None else []
    cuerpo = _render(vista, hoja, None, None, fila=fila, conflicto=conflicto, comparacion=comparacion, aviso=aviso,
                     faltan=_revisar(vista, tecleado).faltan)
    return cuerpo, codigo


def _render(
    vista: VistaFormato, hoja: Hoja, datos: Mapping[str, Any] | None, vacios: Mapping[str, Any] | None, *,
    fila: Any = None, faltan: list[str] | None = None, conflicto: Any = None,
    comparacion: list[tuple[str, str, str]] | None = None, aviso: str = "",
) -> str:
    formato = vista.tabla.formato
    if faltan is None:
        faltan = validar(formato, datos or {}, vacios or {}, ContextoDeSujeto(vista.actor.sujeto_id or 0)).faltan
    sujeto_id = vista.actor.sujeto_id or 0
    return vista.render(
        "formato/captura.html", hoja=hoja, fila=fila, folio=a_folio(fila.id) if fila is not None else None,
        faltan=[formato.por_nombre[nombre] for nombre in faltan if nombre in formato.por_nombre],
        envio=request.form.get("envio") or secrets.token_hex(16), conflicto=conflicto, comparacion=comparacion, aviso=aviso,
        motivos_campo=from_json(fila.motivos_campo) if fila is not None else {},
        luego=[acto for acto, accion in LUEGO.items()
               if puede_en_formato(vista.actor, accion, sujeto_id, vista.tabla.clave)])


def _despues(vista: VistaFormato, guardado: Guardado) -> ResponseReturnValue:
    folio = a_folio(guardado.id)
    flash(_dicho(guardado), "bien")
    luego = request.form.get("luego", "")
    if luego == "otro":
        return redirect(vista.get_url(".create_view"))
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
