"""Lo que toda plantilla de la oficina tiene a la mano: quién está, la marca, y cómo se escriben fechas, dinero y textos."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user

from admin_views.estatico import url_estatica
from admin_views.identidad import actor
from models.domain.borradores import borradores_de
from models.domain.logotipo import logo_de
from models.domain.periods import etiqueta
from models.domain.permissions import Rol
from models.folios import a_folio
from models.presentacion.fechas import fecha, fecha_y_hora, hace_poco, solo_fecha
from models.presentacion.numeros import cantidad, contar, tamano
from models.presentacion.registro import badge_of, title_of
from models.presentacion.textos import corto, texto, texto_vacio
from models.reloj import ahora
from models.sujetos import SujetoObligado
from models.trabajos.espera import por_salir

NOMBRE_DE_ROL = {Rol.GARANTE: "Órgano garante", Rol.UNIDAD: "Unidad de Información",
                 Rol.ADMINISTRADOR: "Administrador de fracción", Rol.CAPTURISTA: "Capturista"}


def install_presentes(app: Flask) -> None:
    """Registra filtros, funciones y el contexto común."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        fecha=fecha, fecha_y_hora=fecha_y_hora, solo_fecha=solo_fecha, cantidad=cantidad, tamano=tamano,
        folio=a_folio, hace_poco=lambda instante: hace_poco(instante, ahora()))
    app.jinja_env.globals.update(
        url_estatica=url_estatica, logo_de=logo_de, texto=texto, corto=corto, texto_vacio=texto_vacio, contar=contar,
        nombres_de_rol=NOMBRE_DE_ROL, ahora=ahora, etiqueta_de_periodo=etiqueta, title_of=title_of, badge_of=badge_of,
        cuantos_borradores=lambda quien, clave: len(borradores_de(quien, clave, con_lo_escrito=False)),
        por_salir=por_salir, foto_en_vigor=lambda: g.foto)
    app.context_processor(_comun)


def _comun() -> dict[str, Any]:
    marca = current_app.extensions["marca"]
    comun: dict[str, Any] = {"marca": marca, "nonce": request.environ.get("ipomex.nonce", ""), "persona": None,
                             "sujeto": None, "nombre_de_rol": ""}
    if "foto" in g and not g.get("sin_persona") and current_user and current_user.is_authenticated:
        persona = actor()
        comun |= {"persona": persona, "nombre_de_rol": NOMBRE_DE_ROL[persona.rol], "sujeto": _sujeto(persona.sujeto_id)}
    return comun


def _sujeto(sujeto_id: int | None) -> SujetoObligado | None:
    if sujeto_id is None:
        return None
    if "sujeto" not in g:
        g.sujeto = SujetoObligado.get_or_none(SujetoObligado.id == sujeto_id)
    return g.sujeto  # type: ignore[no-any-return]
