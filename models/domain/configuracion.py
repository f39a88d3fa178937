"""La configuración de la dependencia: sus datos de contacto y sus políticas. La lleva la Unidad, y se publica al guardar.

El nombre y las siglas no están aquí: los cambia el órgano garante.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fracciones_config import Campo, Catalogo, TipoCampo
from models.base import db
from models.domain.actos_de_sujeto import log_acto
from models.domain.campos_sueltos import CamposInvalidos, read_campos
from models.domain.errores import ActoImposible, NoExiste, NoPermitido
from models.domain.permissions import Actor, Rol
from models.domain.sujetos import publish_sujeto
from models.sujetos import SujetoObligado

GRUPOS: Mapping[str, tuple[Campo, ...]] = {
    "Dónde está y cómo se le encuentra": (
        Campo(nombre="domicilio", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Domicilio", longitud=400,
              ayuda="Calle, número, colonia, código postal y municipio.",
              ejemplo="Villada 37, Barrio del Espíritu Santo, 52140, Metepec"),
        Campo(nombre="telefono", tipo=TipoCampo.TELEFONO, etiqueta="Teléfono del conmutador",
              ayuda="Diez dígitos; si hay extensión, al final.", ejemplo="722 235 8200"),
        Campo(nombre="correo", tipo=TipoCampo.CORREO, etiqueta="Correo de contacto",
              ayuda="Uno institucional que alguien lea todos los días.", ejemplo="contacto@metepec.ejemplo.mx"),
        Campo(nombre="horario", tipo=TipoCampo.TEXTO, etiqueta="Horario de atención", longitud=200,
              ayuda="Los días y las horas en que se atiende al público.", ejemplo="Lunes a viernes de 9:00 a 18:00 horas"),
        Campo(nombre="sitio", tipo=TipoCampo.URL, etiqueta="Sitio oficial", ayuda="La dirección completa, con https://.",
              ejemplo="https://metepec.ejemplo.mx"),
    ),
    "La Unidad de Información": (
        Campo(nombre="unidad_titular", tipo=TipoCampo.TEXTO, etiqueta="Titular", longitud=200,
              ayuda="Quien firma por la Unidad, con su nombre completo.", ejemplo="María Fernanda Olascoaga Nava"),
        Campo(nombre="unidad_telefono", tipo=TipoCampo.TELEFONO, etiqueta="Teléfono de la Unidad",
              ayuda="Directo o con extensión.", ejemplo="722 235 8200 ext. 110"),
        Campo(nombre="unidad_correo", tipo=TipoCampo.CORREO, etiqueta="Correo de la Unidad",
              ayuda="Ahí llegan los avisos de error que mande la ciudadanía.", ejemplo="transparencia@metepec.ejemplo.mx"),
        Campo(nombre="unidad_horario", tipo=TipoCampo.TEXTO, etiqueta="Horario de la Unidad", longitud=200,
              ayuda="Cuándo se puede ir a preguntar.", ejemplo="Lunes a viernes de 9:00 a 15:00 horas"),
    ),
    "Lo que quiere decirle a la ciudadanía": (
        Campo(nombre="presentacion", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Presentación", longitud=1500,
              ayuda="Qué hace la institución, en dos o tres frases que entienda cualquiera.",
              ejemplo="El Ayuntamiento gobierna y administra el municipio: agua, calles, alumbrado, seguridad y trámites."),
        Campo(nombre="como_solicitar", tipo=TipoCampo.TEXTO_LARGO, etiqueta="Cómo pedir información que no está publicada",
              ayuda="A dónde acudir, por qué medios y en cuánto tiempo se responde.", longitud=1500,
              ejemplo="Pida lo que busca por internet, por correo o en la ventanilla; se responde en quince días hábiles."),
        Campo(nombre="aviso_privacidad", tipo=TipoCampo.URL, etiqueta="Aviso de privacidad",
              ayuda="La página donde está, con https://.", ejemplo="https://metepec.ejemplo.mx/privacidad"),
        Campo(nombre="enlaces", tipo=TipoCampo.TABLA, etiqueta="Enlaces", filas_maximas=8,
              ayuda="Hasta ocho: trámites en línea, redes sociales, gaceta. Se leen en la página de la institución.",
              campos=(Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre", longitud=80, obligatorio=True,
                            ayuda="Lo que se lee en la liga.", ejemplo="Trámites en línea"),
                      Campo(nombre="direccion", tipo=TipoCampo.URL, etiqueta="Dirección", obligatorio=True,
                            ayuda="Completa, con https://.", ejemplo="https://metepec.ejemplo.mx/tramites"))),
    ),
}
"""Lo que la ciudadanía lee de la institución, por grupos."""

CAMPOS: tuple[Campo, ...] = tuple(campo for campos in GRUPOS.values() for campo in campos)


def read_configuracion(actor: Actor) -> SujetoObligado:
    """La institución de la Unidad. Lanza ``NoExiste`` a cualquier otra persona."""
    sujeto = SujetoObligado.get_or_none(SujetoObligado.id == actor.sujeto_id) if actor.rol is Rol.UNIDAD else None
    if sujeto is None:
        raise NoExiste()
    return sujeto  # type: ignore[no-any-return]


def huella_de(sujeto: SujetoObligado) -> str:
    """Lo que distingue esta configuración de otra: quien guarda dice cuál vio."""
    return hashlib.sha256(f"{sujeto.datos}|{sujeto.cuatro_ojos}".encode()).hexdigest()[:16]


def check_configuracion(crudo: Mapping[str, Any]) -> dict[str, Any]:
    """Lo tecleado, ya como datos y sin guardar. Lanza ``CamposInvalidos``."""
    datos = read_campos(CAMPOS, crudo)
    _require_https(datos)
    return datos


def save_configuracion(
    actor: Actor, crudo: Mapping[str, Any], cuatro_ojos: bool, huella: str, catalogo: Catalogo,
) -> list[str]:
    """Guarda y publica. Da las etiquetas de lo que cambió.

    Lanza ``CamposInvalidos``, ``NoPermitido``, o ``ActoImposible`` si otra persona guardó antes.
    """
    if actor.rol is not Rol.UNIDAD or actor.solo_lectura:
        raise NoPermitido("La configuración la lleva la Unidad de Información.")
    datos = check_configuracion(crudo)
    with db.atomic():
        sujeto = read_configuracion(actor)
        if huella_de(sujeto) != huella:
            raise ActoImposible("Otra persona cambió la configuración mientras usted la editaba. Lo que escribió sigue aquí: "
                                "compárelo y guarde de nuevo.")
        antes = json.loads(sujeto.datos)
        cambios = [campo.etiqueta for campo in CAMPOS if antes.get(campo.nombre) != datos.get(campo.nombre)]
        cambios += ["Cuatro ojos"] if bool(sujeto.cuatro_ojos) != cuatro_ojos else []
        if cambios:
            _write(actor, sujeto, {n: d for n, d in antes.items() if n not in _NOMBRES} | datos, cuatro_ojos, cambios)
            publish_sujeto(read_configuracion(actor), catalogo)
    return cambios


_NOMBRES = frozenset(campo.nombre for campo in CAMPOS)


def _write(actor: Actor, sujeto: SujetoObligado, datos: dict[str, Any], cuatro_ojos: bool, cambios: list[str]) -> None:
    SujetoObligado.update(datos=json.dumps(datos, ensure_ascii=False), cuatro_ojos=cuatro_ojos).where(
        SujetoObligado.id == sujeto.id).execute()
    log_acto(actor, "configurar", ", ".join(cambios), sujeto.datos)


def _require_https(datos: Mapping[str, Any]) -> None:
    """Los enlaces llevan nombre y dirección, y la dirección es ``https``: una liga oficial no se puede alterar en el camino."""
    problemas = {}
    if not str(datos.get("aviso_privacidad", "https://")).lower().startswith("https://"):
        problemas["aviso_privacidad"] = "La dirección debe empezar con https://."
    for numero, enlace in enumerate(datos.get("enlaces", []), start=1):
        if "nombre" not in enlace or "direccion" not in enlace:
            problemas["enlaces"] = f"Renglón {numero}: el enlace lleva nombre y dirección."
        elif not enlace["direccion"].lower().startswith("https://"):
            problemas["enlaces"] = f"Renglón {numero}: la dirección debe empezar con https://."
    if problemas:
        raise CamposInvalidos(problemas)
