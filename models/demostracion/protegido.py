"""Un convenio que salió con el nombre de un particular en su nota: la Unidad ya lo protegió por acta y selló el original."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.demostracion.calendario import newest
from models.demostracion.caso import Caso
from models.demostracion.redactor import write
from models.demostracion.sede import Sede
from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow import aplicar, guardar
from models.domain.workflow.supresion import suprimir
from models.formatos import Tabla
from models.reloj import hoy

CLAVE = "convenios"
NOTA = "Firma como testigo Eulalia Bastida Monroy, vecina de la comunidad."
MOTIVO = "La nota traía el nombre de una persona particular que no firmó el convenio."


def leave_protegido(sede: Sede, tablas: Mapping[str, Tabla]) -> int:
    """Lo captura quien lleva los convenios; lo publica y lo protege la Unidad. Da cuántos son."""
    tabla, quien, unidad = tablas[CLAVE], sede.equipo.capturista(CLAVE), sede.equipo.unidad
    ultimo = newest(tabla.formato, hoy())
    datos = write(tabla.formato, Caso(sede, CLAVE, 903, ultimo)) | {"nota": NOTA}
    guardado = guardar(quien, tabla, datos, contexto=sede.contexto,
                       personales_motivo="Es el nombre de quien firmó como testigo en la cláusula final.")
    if not aplicar(unidad, "publicar", tabla, [(guardado.id, None)]).hechos:
        return 1
    orden = Orden((Objetivo("nota"),), "CT/07/2026", hoy() - dt.timedelta(days=3), MOTIVO, borrar=False)
    suprimir(unidad, tabla, guardado.id, guardado.version + 1, orden)
    return 1
