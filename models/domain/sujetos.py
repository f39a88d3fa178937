"""Los sujetos obligados: darlos de alta y publicar sus datos."""

import json
import re
from collections.abc import Collection
from typing import Any

from fracciones_config import Catalogo
from models.actos_publicos import Clase
from models.base import db
from models.domain.actos_publicos import note_acto
from models.domain.aplicabilidad import formatos_de
from models.domain.datos_de_antes import keep_de_antes
from models.domain.errores import ReglaRota
from models.pulso import beat
from models.reloj import ahora
from models.sujetos import PubNoAplica, PubSujeto, SiglasAnteriores, SujetoObligado

RESERVADAS = frozenset({
    "ipo", "salud", "buscar", "estatico", "archivo", "archivos", "api", "ayuda", "datos", "catalogo", "acerca",
    "instituciones", "robots", "sitemap", "static", "portal", "accesibilidad", "cambios", "temas", "nuevo", "importar",
    "cartas", "plantilla", "informacion", "diccionario", "esquemas", "denuncia", "volcado", "constancia", "municipios",
    "favicon", "data"})
"""Palabras que el portal y la oficina usan en sus direcciones."""

_SIGLAS = re.compile(r"[a-z0-9-]{2,20}")


class SujetoInvalido(ReglaRota):
    """El sujeto obligado no se puede dar de alta así."""


def create_sujeto(
    siglas: str, nombre: str, nombre_corto: str, poder: str, municipio: str | None = None,
    datos: dict[str, Any] | None = None,
) -> SujetoObligado:
    """Da de alta una institución. Lanza ``SujetoInvalido`` si las siglas no sirven o ya se usan."""
    require_siglas(siglas)
    with db.atomic():
        ultimo = SujetoObligado.select(SujetoObligado.id).order_by(SujetoObligado.id.desc()).scalar() or 0
        return SujetoObligado.create(  # type: ignore[no-any-return]
            id=ultimo + 1, siglas=siglas, nombre=nombre, nombre_corto=nombre_corto, poder=poder,
            municipio=municipio, datos=json.dumps(datos or {}, ensure_ascii=False))


def require_siglas(siglas: str) -> None:
    """Lanza ``SujetoInvalido`` si no pueden ser la dirección de una institución."""
    if not _SIGLAS.fullmatch(siglas) or siglas in RESERVADAS:
        raise SujetoInvalido("Las siglas llevan de 2 a 20 letras minúsculas, números o guiones, y no una palabra reservada.")
    usadas = SujetoObligado.select().where(SujetoObligado.siglas == siglas).exists()
    if usadas or SiglasAnteriores.select().where(SiglasAnteriores.siglas == siglas).exists():
        raise SujetoInvalido(f"Las siglas «{siglas}» ya son, o fueron, de otra institución.")


def find_por_siglas(siglas: str) -> int | None:
    """El id de la institución que hoy tiene esas siglas."""
    return SujetoObligado.select(SujetoObligado.id).where(  # type: ignore[no-any-return]
        SujetoObligado.siglas == siglas, SujetoObligado.activo).scalar()


def nombres_de(ids: Collection[int] | None) -> dict[int, SujetoObligado]:
    """Las instituciones con esos ids, por nombre; con ``None``, todas las activas."""
    quiere = SujetoObligado.activo if ids is None else SujetoObligado.id.in_(ids)
    return {sujeto.id: sujeto for sujeto in SujetoObligado.select().where(quiere).order_by(SujetoObligado.nombre)}


def publish_sujeto(sujeto: SujetoObligado, catalogo: Catalogo) -> None:
    """Copia a lo público los datos de la institución y la lista de formatos que le aplican; lo que decía antes se guarda."""
    claves = [formato.clave for formato in formatos_de(sujeto.id, catalogo)]
    fila = {"sujeto_id": sujeto.id, "siglas": sujeto.siglas, "nombre": sujeto.nombre,
            "nombre_corto": sujeto.nombre_corto, "poder": sujeto.poder, "municipio": sujeto.municipio,
            "datos": sujeto.datos, "extinto_en": sujeto.extinto_en, "extinto_motivo": sujeto.extinto_motivo,
            "claves": json.dumps(claves), "publicado_en": ahora()}
    with db.atomic():
        if keep_de_antes(sujeto.id, fila, fila["publicado_en"]):
            PubSujeto.insert(**fila).on_conflict(
                conflict_target=[PubSujeto.sujeto_id], update={k: v for k, v in fila.items() if k != "sujeto_id"}).execute()
        beat(sujeto.id)


def publish_no_aplica(sujeto_id: int, clave: str, fundamento: str) -> None:
    """Publica el texto aprobado de por qué un formato no aplica."""
    fila = {"fundamento": fundamento, "desde": ahora()}
    with db.atomic():
        PubNoAplica.insert(sujeto_id=sujeto_id, clave=clave, **fila).on_conflict(
            conflict_target=[PubNoAplica.sujeto_id, PubNoAplica.clave], update=fila).execute()
        note_acto(sujeto_id, clave, Clase.NO_APLICA, texto=fundamento)
        beat(sujeto_id)
