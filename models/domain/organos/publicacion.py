"""Lo que la ciudadanía lee de un órgano: una copia que hace la Unidad cuando lo aprueba, y nada más que esa copia."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from fracciones_config import Catalogo
from models.adjuntos import PubArchivo
from models.base import db
from models.domain.errores import ActoImposible
from models.domain.lectores.crudo import to_parrafo
from models.domain.organos.fichas import find_organo, require_en_organos, touch
from models.domain.organos.integrantes import integrantes_de, is_vigente
from models.domain.organos.sesiones import acta_de, sesiones_de
from models.domain.permissions import Accion, Actor
from models.folios import a_folio, de_folio
from models.maestros import Organo, Persona
from models.organos import PubOrgano
from models.presentacion.fechas import momento
from models.presentacion.numeros import contar
from models.pulso import beat
from models.reloj import ahora
from models.sujetos import SujetoObligado

CLAVE = "organos"
"""Como se apuntan sus archivos entre los públicos; ningún formato se llama así."""

Contenido = dict[str, Any]


def build_contenido(organo: Organo, catalogo: Catalogo) -> Contenido:
    """Lo que se publicaría ahora, con las palabras de hoy: nada en él depende de otra tabla."""
    datos = json.loads(organo.datos)
    baja = momento(organo.baja_en).date().isoformat() if organo.baja_en is not None else None
    return {
        **{nombre: datos[nombre] for nombre in ("objeto", "fundamento_legal", "sesiona") if datos.get(nombre)},
        "nombre": organo.nombre, "tipo": catalogo.opciones("tipos_organo").get(datos.get("tipo", ""), ""), "baja": baja,
        "integrantes": _integrantes(organo, catalogo.opciones("puestos_organo")),
        "sesiones": _sesiones(organo, catalogo.opciones("tipos_sesion"))}


def huella_de(contenido: Contenido) -> str:
    """Lo que distingue este contenido de otro: quien publica dice cuál vio."""
    return hashlib.sha256(_canonico(contenido).encode()).hexdigest()[:16]


def find_publico(organo: Organo) -> PubOrgano | None:
    """La copia que lee la ciudadanía; ``None`` si no la hay."""
    return PubOrgano.get_or_none(  # type: ignore[no-any-return]
        PubOrgano.sujeto_id == organo.sujeto_id, PubOrgano.id == organo.id)


def explain_cambios(antes: Contenido, despues: Contenido) -> list[str]:
    """Qué cambiaría para la ciudadanía, en frases; ninguna, nada."""
    frases = [frase for llave, frase in (
        ("nombre", "otro nombre"), ("tipo", "otro tipo"), ("objeto", "para qué sirve"), ("fundamento_legal", "la norma"),
        ("sesiona", "cada cuándo sesiona"), ("baja", "la baja del órgano")) if antes.get(llave) != despues.get(llave)]
    for llave, uno, varios in (("integrantes", "integrante", "integrantes"), ("sesiones", "sesión", "sesiones")):
        previos, nuevos = ({fila["id"]: fila for fila in lado.get(llave, [])} for lado in (antes, despues))
        cambiados = sum(previos[i] != nuevos[i] for i in previos.keys() & nuevos.keys())
        for n, que in ((len(nuevos.keys() - previos.keys()), "de más"), (len(previos.keys() - nuevos.keys()), "de menos"),
                       (cambiados, "con cambios")):
            frases += [f"{contar(n, uno, varios)} {que}"] if n else []
    return frases


def publish_organo(actor: Actor, organo: Organo, catalogo: Catalogo, visto: str) -> None:
    """La Unidad lo publica tal como está. ``visto`` es la huella de lo que tenía enfrente.

    Lanza ``NoPermitido``, o ``ActoImposible`` si cambió mientras lo veía, si no hay nada nuevo, o por los cuatro ojos.
    """
    sujeto_id = require_en_organos(actor, Accion.PUBLICAR)
    with db.atomic():
        organo = find_organo(actor, organo.id)
        contenido = build_contenido(organo, catalogo)
        if huella_de(contenido) != visto:
            raise ActoImposible("El órgano cambió mientras usted lo veía. Revíselo otra vez antes de publicarlo.")
        previo = find_publico(organo)
        if previo is not None and previo.contenido == _canonico(contenido):
            raise ActoImposible("La ciudadanía ya lo lee tal como está: no hay nada nuevo que publicar.")
        if organo.tocado_por == actor.id and _cuatro_ojos(sujeto_id):
            raise ActoImposible("Lo capturó o corrigió usted; en esta institución debe publicarlo otra persona.")
        fila = {"nombre": organo.nombre, "contenido": _canonico(contenido), "publicado_en": ahora()}
        PubOrgano.insert(sujeto_id=sujeto_id, id=organo.id, **fila).on_conflict(
            conflict_target=[PubOrgano.sujeto_id, PubOrgano.id], update=fila).execute()
        _replace_archivos(organo, contenido["sesiones"])
        beat(sujeto_id)
        _note(actor, organo, "Lo publicó", previo)


def withdraw_organo(actor: Actor, organo: Organo, motivo: str) -> None:
    """La Unidad lo retira del portal, con el motivo. Lo capturado queda igual."""
    require_en_organos(actor, Accion.RETIRAR)
    motivo = to_parrafo(motivo)[:1000]
    if len(motivo) < 3:
        raise ActoImposible("Escriba el motivo: queda en la historia del órgano.")
    with db.atomic():
        previo = find_publico(organo)
        if previo is None:
            raise ActoImposible("Ese órgano no está publicado.")
        PubOrgano.delete().where(PubOrgano.sujeto_id == organo.sujeto_id, PubOrgano.id == organo.id).execute()
        _replace_archivos(organo, [])
        beat(organo.sujeto_id)
        _note(actor, organo, f"Lo retiró del portal: {motivo}", previo)


def _note(actor: Actor, organo: Organo, detalle: str, previo: PubOrgano | None) -> None:
    """Apunta el acto sin contarlo como una corrección: publicar no es tocar el contenido."""
    de_quien = organo.tocado_por
    touch(actor, organo.id, detalle, previo.contenido if previo else "{}")
    Organo.update(tocado_por=de_quien).where(Organo.sujeto_id == organo.sujeto_id, Organo.id == organo.id).execute()


def _cuatro_ojos(sujeto_id: int) -> bool:
    return bool(SujetoObligado.select(SujetoObligado.cuatro_ojos).where(SujetoObligado.id == sujeto_id).scalar())


def _canonico(contenido: Contenido) -> str:
    return json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _integrantes(organo: Organo, puestos: dict[str, str]) -> list[dict[str, Any]]:
    """Los de hoy, con el nombre y el cargo que tienen en el directorio; los que ya no, con los de entonces."""
    filas = integrantes_de(organo)
    vivos = {p.id: p for p in Persona.select().where(
        Persona.sujeto_id == organo.sujeto_id, Persona.id.in_([f.persona_id for f in filas if is_vigente(f)] or [0]))}
    integrantes = []
    for fila in filas:
        persona = vivos.get(fila.persona_id) if is_vigente(fila) else None
        nombre, cargo = (persona.nombre, json.loads(persona.datos).get("cargo") or "") if persona else (fila.nombre, fila.cargo)
        integrantes.append({"id": a_folio(fila.id), "nombre": nombre, "cargo": cargo,
                            "puesto": puestos.get(fila.puesto, fila.puesto), "desde": fila.desde.isoformat(),
                            "hasta": fila.hasta.isoformat() if fila.hasta else None})
    return integrantes


def _sesiones(organo: Organo, tipos: dict[str, str]) -> list[dict[str, Any]]:
    return [{"id": a_folio(s.id), "numero": s.numero, "tipo": tipos.get(s.tipo, s.tipo), "fecha": s.fecha.isoformat(),
             "orden_dia": s.orden_dia, "acta": acta_de(s)} for s in sesiones_de(organo)]


def _replace_archivos(organo: Organo, sesiones: Iterable[dict[str, Any]]) -> None:
    """Solo las actas de lo publicado se entregan."""
    PubArchivo.delete().where(PubArchivo.sujeto_id == organo.sujeto_id, PubArchivo.registro_id == organo.id).execute()
    actas = {acta["id"]: acta for sesion in sesiones if (acta := sesion["acta"])}
    for folio, acta in actas.items():
        PubArchivo.insert(sujeto_id=organo.sujeto_id, registro_id=organo.id, archivo_id=de_folio(folio), clave=CLAVE,
                          sha256=acta["sha256"], nombre=acta["nombre"], bytes=acta["bytes"], tipo=acta["tipo"]).execute()
