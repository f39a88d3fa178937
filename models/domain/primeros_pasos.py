"""Los primeros pasos de una institución nueva: qué le falta a su Unidad para publicar su primer registro.

Los tres del material de origen —organigrama, directorio, usuarios— y los que siguen. Se marcan solos, mirando lo que hay:
seis consultas, sean cuantas sean las áreas, las cuentas y los registros.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import Case, fn

from fracciones_config import Formato
from models.conteos import PubResumen, Tablero
from models.domain.actores import claves_de
from models.domain.configuracion import GRUPOS
from models.domain.errores import ActoImposible, NoPermitido
from models.domain.estados import Estado
from models.domain.permissions import Actor, Rol
from models.maestros import Area, Persona
from models.presentacion.numeros import contar
from models.sujetos import SujetoObligado
from models.usuarios import Asignacion, Usuario

OPCIONAL = "usuarios"
"""El paso que no detiene a nadie: en una oficina de una sola persona, la Unidad lleva todo."""

DE_LA_UNIDAD = ("de informaci", "transparencia")
"""Cómo se llama, en parte, el área de la Unidad de Información."""


@dataclass(frozen=True, slots=True)
class Paso:
    """Un paso: ``detalle`` dice qué hay y qué falta."""

    clave: str
    nombre: str
    hecho: bool
    detalle: str


@dataclass(frozen=True, slots=True)
class Guia:
    """Los pasos, en su orden."""

    pasos: tuple[Paso, ...]

    @property
    def hechos(self) -> int:
        return sum(1 for paso in self.pasos if paso.hecho)

    @property
    def completa(self) -> bool:
        """Si ya no detiene nada: se puede quitar del tablero."""
        return all(paso.hecho or paso.clave == OPCIONAL for paso in self.pasos)

    @property
    def siguiente(self) -> Paso | None:
        return next((paso for paso in self.pasos if not paso.hecho), None)


def read_guia(actor: Actor, sujeto: SujetoObligado, formatos: Sequence[Formato]) -> Guia:
    """La guía de una institución. ``formatos``: los que le aplican. Lanza ``NoPermitido`` a quien no es su Unidad."""
    _require(actor, sujeto)
    maestros = {formato.proyeccion.maestro for formato in formatos if formato.proyeccion}
    propios = [formato.clave for formato in formatos if not formato.proyeccion]
    pasos = [_organigrama(sujeto.id)] if "area" in maestros else []
    pasos += [_directorio(sujeto.id)] if "persona" in maestros else []
    return Guia((*pasos, _usuarios(sujeto.id, formatos), _configuracion(sujeto), _captura(sujeto.id, propios),
                 _publicacion(sujeto.id, propios)))


def close_guia(actor: Actor, sujeto: SujetoObligado, formatos: Sequence[Formato]) -> None:
    """La quita del tablero. Lanza ``ActoImposible`` si algo la detiene todavía."""
    if not read_guia(actor, sujeto, formatos).completa:
        raise ActoImposible("Todavía faltan pasos: se podrá quitar del tablero cuando estén completos.")
    SujetoObligado.update(guia_cerrada=True).where(SujetoObligado.id == sujeto.id).execute()


def reopen_guia(actor: Actor, sujeto: SujetoObligado) -> None:
    """La vuelve a poner en el tablero."""
    _require(actor, sujeto)
    SujetoObligado.update(guia_cerrada=False).where(SujetoObligado.id == sujeto.id).execute()


def _require(actor: Actor, sujeto: SujetoObligado) -> None:
    if actor.rol is not Rol.UNIDAD or actor.sujeto_id != sujeto.id:
        raise NoPermitido("Los primeros pasos son de la Unidad de Información.")


def _organigrama(sujeto_id: int) -> Paso:
    es_la_unidad = Area.nombre.contains(DE_LA_UNIDAD[0]) | Area.nombre.contains(DE_LA_UNIDAD[1])
    [(areas, de_la_unidad)] = Area.select(
        fn.COUNT(Area.id), fn.COALESCE(fn.SUM(Case(None, [(es_la_unidad, 1)], 0)), 0),
    ).where(Area.sujeto_id == sujeto_id, Area.baja_en.is_null()).tuples()
    detalle = contar(areas, "área", "áreas") if areas else "Todavía no hay áreas: empiece por la de mayor jerarquía"
    if areas and not de_la_unidad:
        detalle += " · falta el área de la Unidad de Información"
    return Paso("organigrama", "Organigrama", bool(areas and de_la_unidad), detalle)


def _directorio(sujeto_id: int) -> Paso:
    personas = Persona.select().where(Persona.sujeto_id == sujeto_id, Persona.baja_en.is_null()).count()
    return Paso("directorio", "Directorio", personas > 0, contar(personas, "persona", "personas"))


def _usuarios(sujeto_id: int, formatos: Sequence[Formato]) -> Paso:
    cuantos: dict[str, int] = dict(Usuario.select(Usuario.rol, fn.COUNT(Usuario.id)).where(
        Usuario.sujeto_id == sujeto_id, Usuario.activo, Usuario.rol != Rol.UNIDAD).group_by(Usuario.rol).tuples())
    pares = Asignacion.select(Asignacion.alcance, Asignacion.valor).join(
        Usuario, on=(Usuario.id == Asignacion.usuario_id)).where(
        Asignacion.sujeto_id == sujeto_id, Usuario.sujeto_id == sujeto_id, Usuario.activo).distinct().tuples()
    sin_nadie = len(formatos) - len(claves_de(pares, formatos))
    administradores, capturistas = cuantos.get(Rol.ADMINISTRADOR, 0), cuantos.get(Rol.CAPTURISTA, 0)
    partes = [contar(administradores, "administrador", "administradores") if administradores else "ningún administrador",
              contar(capturistas, "capturista", "capturistas") if capturistas else "ningún capturista"]
    if sin_nadie:
        partes.append(contar(sin_nadie, "formato sin responsable", "formatos sin responsable"))
    return Paso("usuarios", "Usuarios", bool(cuantos) and not sin_nadie, " · ".join(partes))


def _configuracion(sujeto: SujetoObligado) -> Paso:
    datos = json.loads(sujeto.datos)
    pedidos = [campo for titulo, campos in GRUPOS.items() for campo in campos
               if campo.nombre == "domicilio" or campo.nombre.startswith("unidad_")]
    faltan = [campo.etiqueta for campo in pedidos if not datos.get(campo.nombre)]
    detalle = f"Falta: {', '.join(faltan)}" if faltan else "La ciudadanía ya sabe dónde y con quién preguntar"
    return Paso("configuracion", "Configuración de la dependencia", not faltan, detalle)


def _captura(sujeto_id: int, claves: list[str]) -> Paso:
    registros = Tablero.select(fn.COALESCE(fn.SUM(Tablero.n), 0)).where(
        Tablero.sujeto_id == sujeto_id, Tablero.clave.in_(claves), Tablero.estado != Estado.BORRADO).scalar()
    return Paso("captura", "Primer registro", registros > 0,
                contar(int(registros), "registro capturado", "registros capturados") if registros else
                "Todavía no se captura ninguno, además del organigrama y el directorio")


def _publicacion(sujeto_id: int, claves: list[str]) -> Paso:
    publicos = PubResumen.select(fn.COALESCE(fn.SUM(PubResumen.n), 0)).where(
        PubResumen.sujeto_id == sujeto_id, PubResumen.clave.in_(claves)).scalar()
    return Paso("publicacion", "Primera publicación", publicos > 0,
                contar(int(publicos), "registro público", "registros públicos") if publicos else
                "La ciudadanía todavía no puede leer ninguno")
