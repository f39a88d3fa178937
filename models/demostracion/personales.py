"""Dos convenios con datos personales en su nota: uno que nadie ha justificado, y otro que ya dice por qué se publica."""

from __future__ import annotations

from collections.abc import Mapping

from models.demostracion.calendario import newest
from models.demostracion.caso import Caso
from models.demostracion.redactor import write
from models.demostracion.sede import Sede
from models.domain.workflow import guardar
from models.formatos import Tabla
from models.reloj import hoy

CLAVE = "convenios"
SIN_MOTIVO = "Para dudas, llame a la representante de la asociación al 722 555 0182 o escriba a canela.carbajal@gmail.com."
CON_MOTIVO = "La asociación recibe correspondencia en reforestemos.ribera@gmail.com, que es el que puso en el convenio."
MOTIVO = "Es el correo que la asociación dio para el público y consta en la cláusula octava del convenio."


def leave_personales(sede: Sede, tablas: Mapping[str, Tabla]) -> int:
    """Los captura quien lleva los convenios. Da cuántos son."""
    tabla, quien = tablas[CLAVE], sede.equipo.capturista(CLAVE)
    ultimo = newest(tabla.formato, hoy())
    for numero, (nota, motivo) in enumerate(((SIN_MOTIVO, ""), (CON_MOTIVO, MOTIVO)), start=901):
        datos = write(tabla.formato, Caso(sede, CLAVE, numero, ultimo)) | {"nota": nota}
        guardar(quien, tabla, datos, contexto=sede.contexto, personales_motivo=motivo)
    return 2
