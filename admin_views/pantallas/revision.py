"""Revisar registro por registro: lo que ve la ciudadanía junto a lo que se publicaría, el documento al lado, y se decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import flash, make_response, redirect, request
from flask.typing import ResponseReturnValue

from admin_views.filtros import read_filtro
from admin_views.pantallas.actos import freeze_one, grace_of
from admin_views.pantallas.personales import personales_of, say
from fracciones_config import TipoCampo
from models.domain.errores import ActoImposible, NoExiste
from models.domain.estados import TRANSICIONES, Estado
from models.domain.listas import Filtro
from models.domain.lotes import Confirmacion, freeze_lote, summary_of
from models.domain.permissions import Accion, Objeto, puede
from models.domain.personales import read_freno
from models.domain.revision import ACTO_DE, Vecinos, antecedentes_of, first_of, neighbors_of, reviews
from models.domain.validation import de_canonico
from models.domain.workflow.motivos import read_motivo, read_por_campo
from models.folios import a_folio
from models.formatos import Tabla
from models.presentacion.contraste import contrasts_of
from models.presentacion.motivos import COMUNES
from models.presentacion.registro import badge_of, public_text, title_of
from models.servicio.puerta import politica_de_contenido
from models.trabajos.despertador import despertar
from models.trabajos.encargo import confirm_and_do
from models.trabajos.espera import find_programado
from models.usuarios import Usuario

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato

SENAL = "senal-"
"""Con qué empiezan los motivos de cada campo en el formulario de devolver."""

FILTROS = ("q", "estado", "ejercicio", "periodo", "personales")


def review(vista: VistaFormato) -> ResponseReturnValue:
    """La página de un registro; sin ``id``, la del primero que espera."""
    if not reviews(vista.actor, vista.tabla):
        raise NoExiste()
    filtro = read_filtro(vista.tabla, request.args)
    if request.method == "POST":
        return _decide(vista, filtro)
    if not request.args.get("id"):
        primero = first_of(vista.actor, vista.tabla, filtro)
        return vista.render("formato/revision_fin.html") if primero is None else redirect(_a(vista, primero))
    return _show(vista, _fila(vista), filtro)


def _fila(vista: VistaFormato) -> Any:
    fila = vista.one(request.values.get("id"), Accion.REVISAR)
    if fila is None:
        raise NoExiste()
    return fila


def _show(vista: VistaFormato, fila: Any, filtro: Filtro, error: str = "") -> ResponseReturnValue:
    publico, nuevo = _publico(vista.tabla, fila), de_canonico(fila.contenido)
    contrastes = contrasts_of(vista.tabla.formato, publico or ({}, {}), nuevo)
    saldra = find_programado(vista.actor, vista.tabla.clave, fila.id)
    antecedentes, distintos = antecedentes_of(fila), {contraste.nombre for contraste in contrastes}
    respuesta = make_response(vista.render(
        "formato/revision.html", fila=fila, folio=a_folio(fila.id), titulo=title_of(vista.tabla.formato, fila),
        insignia=badge_of(fila), publico=public_text(fila), contrastes=contrastes, es_nuevo=publico is None,
        iguales=[campo for campo in vista.tabla.formato.campos if campo.nombre not in distintos],
        datos=nuevo[0], vacios=nuevo[1], error=error,
        personales=personales_of(vista, fila), documentos=_documentos(vista.tabla, nuevo[0], distintos),
        antecedentes=antecedentes,
        quien=_quienes(fila, antecedentes), vecinos=neighbors_of(vista.actor, vista.tabla, filtro, fila.id), a=_a,
        acto="" if saldra else _acto(vista, fila), saldra=saldra,
        se_devuelve=Estado(fila.estado) in TRANSICIONES["devolver"].de, transiciones=TRANSICIONES,
        motivo=request.form.get("motivo", ""), senales=_senales(), comunes=COMUNES["devolver"], filtro=filtro))
    respuesta.headers["Content-Security-Policy"] = politica_de_contenido(request.environ.get("ipomex.nonce", ""), "'self'")
    return respuesta


def _publico(tabla: Tabla, fila: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Lo que la ciudadanía lee hoy de ese registro; ``None`` si nada."""
    if fila.publica is None:
        return None
    copia = tabla.publica.get_or_none(tabla.publica.sujeto_id == fila.sujeto_id, tabla.publica.id == fila.id)
    return None if copia is None else de_canonico(copia.contenido)


def _decide(vista: VistaFormato, filtro: Filtro) -> ResponseReturnValue:
    fila, acto = _fila(vista), request.form.get("acto", "")
    if acto == "justificar":
        say(vista, fila)
        return redirect(_a(vista, fila.id))
    if acto not in ("publicar", "revisar", "devolver"):
        raise ActoImposible("Elija qué hacer con el registro.")
    objeto = Objeto.de_fila(vista.tabla.clave, fila)
    if not puede(vista.actor, TRANSICIONES[acto].accion, objeto):
        raise NoExiste()
    if TRANSICIONES[acto].pide_completo and fila.cambiado_por == vista.actor.id:
        return redirect(freeze_one(vista, acto, fila.id, _version()))  # lo suyo se confirma: queda como autoaprobación
    senales = read_por_campo(vista.tabla.formato, _senales()) if acto == "devolver" else {}
    try:
        motivo = read_motivo(TRANSICIONES[acto].pide_motivo, request.form.get("motivo", ""), senales, vista.tabla.formato)
    except ActoImposible as error:
        return _con_codigo(_show(vista, fila, filtro, str(error)), 422)
    return _do(vista, fila, acto, Confirmacion(motivo, senales, grace_of(acto)), neighbors_of(
        vista.actor, vista.tabla, filtro, fila.id))


def _do(vista: VistaFormato, fila: Any, acto: str, dicho: Confirmacion, vecinos: Vecinos) -> ResponseReturnValue:
    """Hace el acto y sigue con el siguiente; si no se pudo, se queda en el registro y lo dice."""
    lote = freeze_lote(vista.actor, vista.tabla, acto, [(fila.id, _version())])
    if confirm_and_do(vista.actor, vista.tabla, lote, dicho) is not None:
        despertar()
    elif fuera := summary_of(lote)["fuera"]:
        flash(f"No se hizo. {fuera[0][1]}", "ojo")
        return redirect(_a(vista, fila.id))
    else:
        flash(f"{TRANSICIONES[acto].hecho.capitalize()}: {title_of(vista.tabla.formato, fila)}.", "bien")
    siguiente = vecinos.siguiente or vecinos.anterior
    return redirect(_a(vista, siguiente))


def _acto(vista: VistaFormato, fila: Any) -> str:
    """Con qué acto aprobaría esta persona el registro tal como está; vacío si no se puede."""
    acto = ACTO_DE[vista.actor.rol]
    detenido = fila.faltan or read_freno(fila.personales, fila.personales_motivo)
    cabe = Estado(fila.estado) in TRANSICIONES[acto].de and not detenido
    return acto if cabe and puede(vista.actor, TRANSICIONES[acto].accion, Objeto.de_fila(vista.tabla.clave, fila)) else ""


def _documentos(tabla: Tabla, datos: dict[str, Any], cambiados: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """Los PDF del registro, que se ven al lado, cada uno con la etiqueta de su campo; primero los que cambian."""
    pdf = [campo for campo in tabla.formato.campos
           if campo.tipo is TipoCampo.ARCHIVO and (datos.get(campo.nombre) or {}).get("tipo") == "pdf"]
    return [(campo.etiqueta, datos[campo.nombre]) for campo in sorted(pdf, key=lambda campo: campo.nombre not in cambiados)]


def _senales() -> dict[str, str]:
    return {nombre.removeprefix(SENAL): valor for nombre, valor in request.form.items() if nombre.startswith(SENAL)}


def _quienes(fila: Any, antecedentes: Any) -> dict[int, str]:
    ids = {fila.cambiado_por} | {acto.usuario_id for acto in (antecedentes.revision, antecedentes.devolucion) if acto}
    return dict(Usuario.select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(sorted(ids))).tuples())


def _version() -> int:
    texto = request.form.get("version", "")
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else -1


def _a(vista: VistaFormato, registro: int | None) -> str:
    """La dirección de un registro dentro del mismo filtro; sin registro, la de la cola."""
    partes = {nombre: request.args[nombre] for nombre in FILTROS if request.args.get(nombre)}
    if registro is not None:
        partes["id"] = a_folio(registro)
    return vista.get_url(".revision") + ("?" + urlencode(partes) if partes else "")


def _con_codigo(respuesta: Any, codigo: int) -> ResponseReturnValue:
    respuesta.status_code = codigo
    return respuesta  # type: ignore[no-any-return]
