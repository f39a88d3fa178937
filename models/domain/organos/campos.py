"""Qué se pide de un órgano, de un integrante y de una sesión. Las listas son del catálogo: las ajusta el órgano garante."""

from __future__ import annotations

from fracciones_config import Campo, Catalogo, TipoCampo

Campos = tuple[Campo, ...]


def campos_de_organo(catalogo: Catalogo) -> Campos:
    """Los datos del órgano."""
    return (
        Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre del órgano", longitud=200, obligatorio=True,
              ayuda="Completo, como en la norma o el acuerdo que lo crea.", ejemplo="Comité de Adquisiciones y Servicios"),
        Campo(nombre="tipo", tipo=TipoCampo.OPCION, etiqueta="Tipo", obligatorio=True,
              ayuda="Si ninguno le va, elija «Otro».", opciones=catalogo.opciones("tipos_organo")),
        Campo(nombre="objeto", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Para qué sirve", longitud=1000,
              ayuda="Qué decide o qué vigila, en palabras de todos los días.",
              ejemplo="Dictamina las compras que hace el ayuntamiento y vigila que se paguen a buen precio."),
        Campo(nombre="fundamento_legal", tipo=TipoCampo.TEXTO, etiqueta="Norma y artículo que lo crean", longitud=500,
              ayuda="La norma primero y luego el artículo.",
              ejemplo="Ley de Contratación Pública del Estado de México y Municipios, artículo 22"),
        Campo(nombre="sesiona", tipo=TipoCampo.TEXTO, etiqueta="Cada cuándo sesiona", longitud=200,
              ayuda="Los días o la frecuencia que marca su reglamento.", ejemplo="El primer jueves de cada mes"),
    )


def campos_de_integrante(catalogo: Catalogo) -> Campos:
    """Quién integra el órgano, en qué puesto y desde cuándo."""
    return (
        Campo(nombre="persona", tipo=TipoCampo.SERVIDOR_PUBLICO, etiqueta="Persona", obligatorio=True,
              ayuda="Elíjala del directorio; si no está, primero hay que agregarla allá.", ejemplo="Rosa Elena Villanueva"),
        Campo(nombre="puesto", tipo=TipoCampo.OPCION, etiqueta="Puesto en el órgano", obligatorio=True,
              ayuda="El que dice el acta de integración.", opciones=catalogo.opciones("puestos_organo")),
        Campo(nombre="desde", tipo=TipoCampo.FECHA, etiqueta="Desde", obligatorio=True,
              ayuda="El día en que se integró.", ejemplo="15/01/2026"),
        Campo(nombre="hasta", tipo=TipoCampo.FECHA, etiqueta="Hasta", ayuda="Solo si ya dejó el órgano; si sigue, en blanco.",
              ejemplo="31/12/2026"),
    )


def campos_de_sesion(catalogo: Catalogo) -> Campos:
    """Una sesión y su acta."""
    return (
        Campo(nombre="numero", tipo=TipoCampo.TEXTO, etiqueta="Número de sesión", longitud=100, obligatorio=True,
              ayuda="Como se escribió en la convocatoria.", ejemplo="Décima Segunda Sesión"),
        Campo(nombre="tipo", tipo=TipoCampo.OPCION, etiqueta="Tipo de sesión", obligatorio=True,
              ayuda="El que dice el acta.", opciones=catalogo.opciones("tipos_sesion")),
        Campo(nombre="fecha", tipo=TipoCampo.FECHA, etiqueta="Fecha", obligatorio=True,
              ayuda="El día en que empezó; si ya está convocada, el día en que será.", ejemplo="14/05/2026"),
        Campo(nombre="orden_dia", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Orden del día", longitud=6000,
              ayuda="Un asunto por renglón, sin nombres de particulares.", ejemplo="Aprobación del acta anterior"),
        Campo(nombre="acta", tipo=TipoCampo.ARCHIVO, etiqueta="Acta",
              ayuda="Firmada y completa; si nombra a particulares o lleva sus datos, la versión pública."),
    )
