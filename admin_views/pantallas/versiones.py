"""Una versión anterior de un registro: qué decía, en qué se distingue de lo de hoy, y traerla de vuelta."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from admin_views.pantallas.detalle import names_of, read_valor
from models.domain.catalogo_vigente import CatalogoMovido
from models.domain.diferencias import Cambio, diferencias
from models.domain.errores import Conflicto, NoExiste, ReglaRota
from models.domain.estados import TRANSICIONES, Estado
from models.domain.permissions import Accion
from models.domain.proyeccion import restore_proyectado
from models.domain.validation import Validacion, de_canonico
from models.domain.versiones import Version, author_of, find_publica, find_version
from models.domain.workflow.restauracion import preview_restauracion, restore_version
from models.folios import a_folio
from models.presentacion.registro import title_of

if TYPE_CHECKING:
    from admin_views.vista_formato import VistaFormato


def show(vista: VistaFormato) -> ResponseReturnValue:
    """La versión y qué cambiaría al restaurarla; con POST, se restaura."""
    fila = vista.one(request.values.get("id"), Accion.VER)
    if fila is None:
        raise NoExiste()
    version = _version(vista, fila)
    if request.method != "POST":
        return _render(vista, fila, version)
    if vista.one(a_folio(fila.id), Accion.EDITAR) is None:
        raise NoExiste()
    try:
        restaurar = restore_proyectado if vista.tabla.formato.proyeccion else restore_version
        guardado = restaurar(vista.actor, vista.tabla, fila, version, _numero("vista"))
    except Conflicto as conflicto:
        return _render(vista, conflicto.actual, version, "Alguien cambió el registro mientras usted decidía. Así está ahora: "
                       "si sigue de acuerdo, restaure otra vez."), 409
    except (CatalogoMovido, ReglaRota) as error:
        return _render(vista, fila, version, str(error)), 409
    flash("El registro ya decía eso: no hubo qué restaurar." if guardado.sin_cambios else
          f"Se restauró la {version.nombre}. Quedó sin revisar, como cualquier cambio.", "bien")
    return redirect(vista.get_url(".details_view", id=a_folio(fila.id)))


def _version(vista: VistaFormato, fila: Any) -> Version:
    if numero := _numero("publica"):
        return find_publica(vista.tabla.clave, fila, numero)
    return find_version(fila, _numero("n"))


def _numero(nombre: str) -> int:
    texto = request.values.get(nombre, "")
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else 0


def _render(vista: VistaFormato, fila: Any, version: Version, aviso: str = "") -> str:
    datos, vacios = de_canonico(fila.contenido)
    quedaria = preview_restauracion(vista.actor, vista.tabla, version)
    cambios = diferencias(vista.tabla.formato, datos, quedaria.datos, vacios, quedaria.vacios)
    acto = author_of(fila, version)
    return vista.render(
        "formato/version.html", fila=fila, folio=a_folio(fila.id), titulo=title_of(vista.tabla.formato, fila),
        version=version, aviso=aviso, acto=acto, quien=names_of({acto.usuario_id}) if acto else {},
        cambios=[_renglon(vista, cambio) for cambio in cambios], no_caben=_no_caben(vista, version, quedaria),
        completa=[(c.etiqueta, read_valor(c, dicho[c.nombre])) for dicho in [{**version.vacios, **version.datos}]
                  for c in vista.tabla.formato.campos if c.nombre in dicho],
        se_puede=bool(cambios) and Estado(fila.estado) in TRANSICIONES["editar"].de
        and vista.one(a_folio(fila.id), Accion.EDITAR) is not None)


def _renglon(vista: VistaFormato, cambio: Cambio) -> tuple[str, str, str]:
    """(etiqueta, lo de hoy, lo que quedaría)."""
    campo = vista.tabla.formato.por_nombre.get(cambio.campo)
    if campo is None:
        return "Un campo que ya no se usa", "Tiene un dato", ""
    return (campo.etiqueta, read_valor(campo, cambio.vacio_antes if cambio.antes is None else cambio.antes),
            read_valor(campo, cambio.vacio_ahora if cambio.ahora is None else cambio.ahora))


def _no_caben(vista: VistaFormato, version: Version, quedaria: Validacion) -> list[tuple[str, str]]:
    """Lo que el formato de hoy ya no admite: (etiqueta, por qué)."""
    por_nombre = vista.tabla.formato.por_nombre
    mal = [(por_nombre[p.campo].etiqueta, p.mensaje) for p in quedaria.problemas]
    idos = len((version.datos.keys() | version.vacios.keys()) - por_nombre.keys())
    return mal + [("Un campo que ya no se usa", "Su dato sigue en el historial.")] * idos
