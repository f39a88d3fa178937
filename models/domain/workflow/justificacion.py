"""Decir por qué se publica un registro que trae datos personales: quién lo dijo, cuándo, y de cuáles datos.

El motivo se queda mientras los datos sean los mismos; si cambian, hay que decirlo otra vez. Si vuelven a ser los de antes
(se descarta un cambio, se trae una versión), vuelve el motivo que se dio entonces.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fracciones_config import Campo, TipoCampo
from models.actos import Acto
from models.base import db
from models.domain.catalogo_vigente import exigir_vigente
from models.domain.errores import ActoImposible, Conflicto, NoExiste
from models.domain.estados import TRANSICIONES
from models.domain.lectores.crudo import to_parrafo
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.personales import find_en_texto, is_blocking, same_hallazgos
from models.domain.workflow.bitacora import log_actos
from models.domain.workflow.contadores import move
from models.formatos import Tabla
from models.reloj import ahora

ACTO = "justificar"
LARGO = 1000
_MINIMO = 10
_CUANTOS = 30
"""Motivos que se recuerdan de un registro."""

_MOTIVO = Campo(nombre="motivo", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Motivo", ayuda="Por qué se publica.")


class MotivoInvalido(ActoImposible):
    """El motivo no dice nada, o dice el dato."""


def read_justificacion(escrito: str | None) -> str:
    """El motivo limpio; ``""`` si no se dio. Lanza ``MotivoInvalido`` si no dice nada, o si en él se escribió el dato."""
    motivo = to_parrafo(escrito or "")[:LARGO]
    if motivo and len(motivo) < _MINIMO:
        raise MotivoInvalido("Diga con una frase por qué se publican esos datos personales: queda en el historial.")
    if find_en_texto(motivo, _MOTIVO):
        raise MotivoInvalido("En el motivo no escriba el dato: diga por qué se publica. Lo leen otras personas.")
    return motivo


def justify(actor: Actor, tabla: Tabla, registro: int, version: int | None, escrito: str) -> int:
    """Da el motivo de un registro sin cambiarle nada más. Da su versión nueva.

    Lanza ``ActoImposible``, ``NoExiste`` si no puede editarlo, o ``Conflicto`` si cambió desde ``version``.
    """
    motivo = read_justificacion(escrito)
    if not motivo:
        raise MotivoInvalido("Escriba por qué se publican esos datos personales: queda en el historial.")
    modelo = tabla.trabajo
    with db.atomic():
        exigir_vigente(tabla)
        consulta = modelo.select().where(
            modelo.sujeto_id == actor.sujeto_id, *condiciones(actor, Accion.EDITAR, tabla), modelo.id == registro)
        fila: Any = (consulta.for_update() if db.obj.for_update else consulta).first()
        if fila is None:
            raise NoExiste()
        if version is not None and fila.version != version:
            raise Conflicto(fila)
        _check_justificable(fila)
        instante = ahora()
        modelo.update(personales_motivo=motivo, version=fila.version + 1, cambiado_en=instante).where(
            modelo.sujeto_id == fila.sujeto_id, modelo.id == registro).execute()
        move(tabla, fila.sujeto_id, Counter({(fila.ejercicio, fila.periodo, str(fila.estado)): 0}), instante)
        log_justificacion(actor, tabla, fila, fila.personales, motivo, fila.version + 1, instante)
    return int(fila.version) + 1


def _check_justificable(fila: Any) -> None:
    if fila.estado not in TRANSICIONES["editar"].de:
        raise ActoImposible("Ese registro está retirado o en la papelera; restáurelo antes.")
    if not fila.personales:
        raise ActoImposible("Ese registro no trae datos personales: no hace falta decir nada.")
    if is_blocking(fila.personales):
        raise ActoImposible("Trae datos que no se publican en ningún caso: quítelos. Un motivo no basta.")


def log_justificacion(
    actor: Actor, tabla: Tabla, fila: Any, personales: str, motivo: str, version: int, instante: int,
) -> None:
    """Lo apunta en la bitácora, con los datos de que habla, tapados. En la transacción de quien lo guarda."""
    log_actos([{"sujeto_id": fila.sujeto_id, "clave": tabla.clave, "registro_id": fila.id, "acto": ACTO,
                "estado_antes": fila.estado, "estado": fila.estado, "version": version, "usuario_id": actor.id,
                "instante": instante, "motivo": motivo, "antes": personales}])


def keep_motivo(fila: Any, personales: str | None) -> str | None:
    """El motivo que le queda a ``fila`` si ahora sus datos personales son estos."""
    if personales is None:
        return None
    if fila.personales_motivo and same_hallazgos(fila.personales, personales):
        return str(fila.personales_motivo)
    anterior = find_justificacion(fila, personales)
    return None if anterior is None else str(anterior.motivo)


def find_justificacion(fila: Any, personales: str | None) -> Acto | None:
    """El acto con que se dijo por qué se publican esos datos de ese registro; ``None`` si nadie lo ha dicho."""
    if personales is None:
        return None
    dichas = Acto.select().where(
        Acto.sujeto_id == fila.sujeto_id, Acto.registro_id == fila.id, Acto.acto == ACTO,
    ).order_by(Acto.id.desc()).limit(_CUANTOS)
    return next((acto for acto in dichas if same_hallazgos(acto.antes, personales)), None)
