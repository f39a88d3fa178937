"""Qué le pasa a cada registro de la demostración: cuántos hay, de qué periodo, y por qué actos llega a su estado."""

from __future__ import annotations

from random import Random
from typing import Any

from fracciones_config import Formato
from models.demostracion.a_mano import normas_de
from models.demostracion.libreto import Ficha
from models.demostracion.personas import Equipo
from models.demostracion.sede import Sede
from models.domain.errores import DatosInvalidos
from models.domain.workflow import aplicar, guardar
from models.formatos import Tabla

DE_CADA_UNO = ("con_cambios", "retirado", "con_baja", "revisado", "devuelto", "incompleto", "borrado")
"""Un registro así en cada formato de cada institución, además de los publicados: entre todos están todos los estados."""

PUBLICADOS = 1
PUBLICADOS_POR_FORMATO = {"licitaciones": 10, "remuneraciones": 12, "padrones": 10, "presupuesto": 4}

ESTELAR = "metepec"
"""La institución con más registros: en ella se ven las listas de varias páginas."""

PUBLICADOS_DE_LA_ESTELAR = {"licitaciones": 64, "padrones": 155, "presupuesto": 6, "remuneraciones": 24}
PUBLICADOS_USUALES_DE_LA_ESTELAR = 4

MOTIVOS = {
    "devolver": ("El monto no coincide con el contrato adjunto.", "Falta la última página del documento.",
                 "La descripción no la entiende quien no conoce el trámite; dígalo con otras palabras.",
                 "El área responsable no es la que firma el documento."),
    "retirar": ("Se publicó por duplicado.", "Terminó su vigencia y ya no debe conservarse.",
                "El documento llevaba datos que debían testarse."),
    "solicitar_baja": ("Está repetido: el bueno es el registro anterior.", "Se capturó en el formato equivocado."),
}

_PASOS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("administrador", "revisar", frozenset({"publicado", "con_cambios", "retirado", "con_baja", "revisado"})),
    ("unidad", "publicar", frozenset({"publicado", "con_cambios", "retirado", "con_baja"})),
    ("unidad", "retirar", frozenset({"retirado"})),
    ("administrador", "devolver", frozenset({"devuelto"})),
    ("capturista", "borrar", frozenset({"borrado"})),
    ("capturista", "solicitar_baja", frozenset({"con_baja"})),
)
"""(quién, qué acto, a cuáles), en orden."""

Registros = dict[str, list[int]]
"""Destino → ids."""


class GuionRoto(RuntimeError):
    """Un acto de la demostración no salió: el catálogo cambió y el guion hay que ajustarlo."""


def destinos(ficha: Ficha, formato: Formato) -> list[str]:
    """A dónde llega cada registro de un formato; los publicados primero, para que lo pendiente quede arriba."""
    if ficha.siglas == ESTELAR:
        publicados = PUBLICADOS_DE_LA_ESTELAR.get(formato.clave, PUBLICADOS_USUALES_DE_LA_ESTELAR)
        return ["publicado"] * _todas_las_normas(ficha, formato, publicados) + ["capturado", *DE_CADA_UNO]
    publicados = PUBLICADOS_POR_FORMATO.get(formato.clave, PUBLICADOS)
    return ["publicado"] * _todas_las_normas(ficha, formato, publicados) + list(DE_CADA_UNO)


def _todas_las_normas(ficha: Ficha, formato: Formato, publicados: int) -> int:
    """El marco normativo lleva cada norma una vez."""
    if formato.clave != "marco_normativo":
        return publicados
    return max(publicados, len(normas_de(ficha.clase)) - len(DE_CADA_UNO))


def capture(
    sede: Sede, tabla: Tabla, datos: dict[str, Any], destino: str, identificador: int | None = None,
) -> int:
    """Captura un registro y da su id; al que va incompleto se le quita lo último que es obligatorio."""
    capturista = sede.equipo.capturista(tabla.clave)
    if destino == "incompleto":
        pedidos = [campo.nombre for campo in tabla.formato.campos if campo.obligatorio and not campo.comun]
        datos = {nombre: dato for nombre, dato in datos.items() if nombre not in pedidos[1:][-3:]}
    try:
        guardado = guardar(capturista, tabla, datos, identificador=identificador, contexto=sede.contexto)
    except DatosInvalidos as error:
        raise GuionRoto(f"{tabla.clave}: {error.validacion.problemas}") from error
    if not guardado.validacion.completa and destino != "incompleto":
        raise GuionRoto(f"{tabla.clave}: a un registro le falta {guardado.validacion.faltan}.")
    return guardado.id


def perform(equipo: Equipo, tabla: Tabla, registros: Registros) -> None:
    """Lleva cada registro a su destino."""
    azar = Random(tabla.clave)
    personas = {"unidad": equipo.unidad, "administrador": equipo.administrador(tabla.clave),
                "capturista": equipo.capturista(tabla.clave)}
    for quien, acto, cuales in _PASOS:
        ids = [(i, None) for destino, lista in registros.items() if destino in cuales for i in lista]
        resultado = aplicar(personas[quien], acto, tabla, ids, azar.choice(MOTIVOS.get(acto, ("",))))
        if resultado.fuera:
            raise GuionRoto(f"{tabla.clave}: no se pudo {acto}: {resultado.fuera[0].razon}")


def correct(sede: Sede, tabla: Tabla, registro: int, datos: dict[str, Any]) -> None:
    """Edita lo ya publicado: la ciudadanía sigue viendo lo anterior."""
    guardar(sede.equipo.capturista(tabla.clave), tabla,
            datos | {"nota": "Se corrige a petición del área; en espera de aprobación."}, registro=registro,
            contexto=sede.contexto)

