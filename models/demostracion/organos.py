"""Los órganos colegiados de la demostración: los dos primeros de cada institución, con su gente y sus sesiones, publicados."""

from __future__ import annotations

import datetime as dt

from fracciones_config import Catalogo
from models.demostracion.sede import Sede
from models.domain.organos.fichas import find_organo
from models.domain.organos.integrantes import save_integrante
from models.domain.organos.publicacion import build_contenido, huella_de, publish_organo
from models.domain.organos.sesiones import save_sesion
from models.folios import de_folio
from models.maestros import Organo
from models.reloj import hoy

CON_GENTE = 2
PUESTOS = ("presidente", "secretario", "vocal", "vocal", "invitado")
NUMEROS = ("Primera Sesión Ordinaria", "Segunda Sesión Ordinaria", "Tercera Sesión Ordinaria")
ORDEN_DEL_DIA = "Lista de asistencia y quórum\nLectura y aprobación del acta anterior\n{asunto}\nAsuntos generales"
ASUNTOS = ("Programa anual de trabajo", "Informe de avance del trimestre", "Revisión de los pendientes del trimestre")


def seat_organos(sede: Sede, catalogo: Catalogo) -> None:
    """Pone integrantes y sesiones, publica, y deja una sesión por publicar: así se ve lo que falta."""
    for dato in sede.organos[:CON_GENTE]:
        unidad = sede.equipo.unidad
        organo = find_organo(unidad, de_folio(dato["id"]))
        for puesto, persona in zip(PUESTOS, reversed(sede.personas), strict=False):
            save_integrante(unidad, catalogo, organo, {
                "persona": persona.dato, "puesto": puesto, "desde": f"{hoy().year - 1}-01-15"})
        for numero in range(len(NUMEROS) - 1):
            _hold(sede, catalogo, organo, numero)
        publish_organo(unidad, organo, catalogo, huella_de(build_contenido(organo, catalogo)))
        if dato is sede.organos[0]:
            _hold(sede, catalogo, organo, len(NUMEROS) - 1)


def _hold(sede: Sede, catalogo: Catalogo, organo: Organo, numero: int) -> None:
    """Una sesión por trimestre; la última, de hace una semana y todavía sin acta."""
    ultima = numero == len(NUMEROS) - 1
    dia = hoy() - dt.timedelta(days=7 if ultima else 190 - 91 * numero)
    crudo = {"numero": NUMEROS[numero], "tipo": "ordinaria", "fecha": dia.isoformat(),
             "orden_dia": ORDEN_DEL_DIA.format(asunto=ASUNTOS[numero])}
    save_sesion(sede.equipo.unidad, catalogo, organo, crudo if ultima else {**crudo, "acta": sede.papeles["acta"]})
