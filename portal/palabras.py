"""Las palabras de las pantallas: filtros de plantilla y nombres que se leen igual en todo el portal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from fracciones_config import Catalogo, Formato, TipoCampo
from fracciones_config.paquete import Articulo, Paquete
from models.domain.periods import etiqueta
from models.folios import a_folio
from models.presentacion.fechas import fecha as fecha_iso
from models.presentacion.fechas import fecha_y_hora, momento, solo_fecha
from models.presentacion.numeros import contar, tamano
from models.presentacion.poderes import PODERES
from models.presentacion.protegido import ROTULO, is_protegido
from models.presentacion.textos import cut_text, texto
from models.publicados import Registro, Situacion
from models.reloj import hoy
from portal.avisos import notice_for
from portal.contexto import foto_o_nada, marca
from portal.cumplimientos import SE_DICE, explain, say_periodo
from portal.municipios import to_municipio

SITUACIONES: Mapping[Situacion, str] = {
    Situacion.PUBLICADO: "Publicado",
    Situacion.NO_APLICA: "No aplica",
    Situacion.SIN_INFORMACION: "Sin información publicada todavía",
}

TIPOS: Mapping[TipoCampo, str] = {
    TipoCampo.TEXTO: "texto", TipoCampo.TEXTO_LARGO: "texto largo", TipoCampo.NOTA: "texto largo",
    TipoCampo.ENTERO: "número entero", TipoCampo.DECIMAL: "número", TipoCampo.MONEDA: "pesos",
    TipoCampo.PORCENTAJE: "por ciento", TipoCampo.FECHA: "fecha", TipoCampo.HORA: "hora", TipoCampo.ANIO: "año",
    TipoCampo.PERIODO: "periodo", TipoCampo.SI_NO: "sí o no", TipoCampo.OPCION: "una opción",
    TipoCampo.OPCIONES: "varias opciones", TipoCampo.URL: "enlace", TipoCampo.CORREO: "correo",
    TipoCampo.TELEFONO: "teléfono", TipoCampo.ARCHIVO: "archivo", TipoCampo.AREA: "área de la institución",
    TipoCampo.SERVIDOR_PUBLICO: "persona servidora pública", TipoCampo.ORGANO_COLEGIADO: "órgano colegiado",
    TipoCampo.TABLA: "tabla",
}
"""Cómo se llama cada tipo de campo en «Qué significa cada columna»."""


_PARTES = re.compile(r"(?:https?://)?[^/.@]*[/.@]*")


def period_name(clave: str) -> str:
    """«3.er trimestre»; la clave tal cual si no se conoce, y ``""`` para lo vigente."""
    try:
        return etiqueta(clave)
    except ValueError:
        return clave


def title_of(formato: Formato, registro: Registro) -> str:
    """El nombre de un registro para una persona; nunca vacío."""
    partes = [texto(formato.por_nombre[n], registro.datos[n]) for n in formato.titulo if n in registro.datos]
    es_persona = any("apellido" in nombre for nombre in formato.titulo)
    nombre = cut_text((" " if es_persona else " · ").join(partes), 140)
    protegido = any(is_protegido(registro, campo) for campo in formato.titulo)
    return nombre or f"{f'{ROTULO}: registro' if protegido else 'Registro'} {registro.folio}"


def article_of(catalogo: Catalogo, formato: Formato) -> Articulo | None:
    """El artículo de la ley al que pertenece un formato."""
    paquete = catalogo.paquete_por_clave.get(formato.paquete)
    return next((a for a in paquete.articulos if a.numero == formato.articulo), None) if paquete else None


def iso(instante: int) -> str:
    """``2026-10-21T10:42:00-06:00``: para máquinas, y para ``<time>``."""
    return momento(instante).isoformat(timespec="seconds")


def time_tag(instante: int, con_hora: bool = False) -> Markup:
    """La fecha en un ``<time>``."""
    dicho = fecha_y_hora(instante) if con_hora else solo_fecha(instante)
    return Markup('<time datetime="{}">{}</time>').format(iso(instante), dicho)


def capitalize_first(frase: str) -> str:
    """Mayúscula solo en la primera letra: «3.er trimestre» queda igual."""
    return frase[:1].upper() + frase[1:]


def with_breaks(direccion: str) -> Markup:
    """Deja partir una dirección larga después de cada diagonal o punto, para que quepa en un teléfono."""
    return Markup("<wbr>").join(escape(parte) for parte in _PARTES.findall(direccion))


def _de_siempre() -> dict[str, Any]:
    actual = foto_o_nada()
    paquetes: tuple[Paquete, ...] = actual.catalogo.paquetes if actual else ()
    return {"marca": marca(), "paquetes": paquetes}


def install(app: Flask) -> None:
    """Deja filtros y nombres a la mano de las plantillas."""
    app.context_processor(_de_siempre)
    app.jinja_env.filters.update(
        tiempo=time_tag, periodo=period_name, tamano=tamano, miles=lambda n: f"{n:,}", corto=cut_text,
        mayuscula=capitalize_first, partible=with_breaks,
        folio=a_folio, fecha_iso=fecha_iso)
    app.jinja_env.globals.update(
        hoy_iso=lambda: hoy().isoformat(),
        CUMPLIMIENTOS=[(str(cual), *dicho) for cual, dicho in SE_DICE.items()],
        DICHOS={str(cual): dicho for cual, (dicho, _) in SE_DICE.items()}, explicar=explain,
        decir_periodo=say_periodo, to_municipio=to_municipio,
        aviso_de=notice_for, contar=contar, titulo_de=title_of, PODERES=PODERES, SITUACIONES=SITUACIONES, TIPOS=TIPOS)
