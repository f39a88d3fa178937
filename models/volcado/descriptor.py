"""``datapackage.json`` y los dos textos que lo acompañan: el léame y la licencia."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.presentacion.fechas import fecha_y_hora, momento
from models.presentacion.numeros import contar
from models.servicio.marca import Marca

PERFIL = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class Portada:
    """De quién y de cuándo es el volcado. ``base``: la dirección del sitio, sin diagonal. ``creado``: ms UTC."""

    marca: Marca
    base: str
    creado: int


def build_descriptor(portada: Portada, recursos: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """El descriptor del paquete (Frictionless Data Package 2.0)."""
    marca, cuando = portada.marca, momento(portada.creado)
    return {
        "$schema": PERFIL, "name": marca.sistema.lower(), "id": f"{portada.base}/datos/volcado.zip",
        "title": f"{marca.sistema}: {marca.lema}",
        "description": "Todo lo que las instituciones publican hoy, en un CSV por tipo de información.",
        "homepage": portada.base, "version": f"{cuando:%Y.%m.%d}", "created": cuando.isoformat(timespec="seconds"),
        "keywords": ["transparencia", "información pública", marca.entidad],
        "licenses": [license_of(marca)],
        "sources": [{"title": marca.sistema, "path": portada.base}],
        "contributors": [{"title": marca.garante_nombre, "organization": marca.garante, "path": marca.garante_sitio,
                          "roles": ["publisher"]}],
        "resources": list(recursos)}


def license_of(marca: Marca) -> dict[str, str]:
    """La licencia como la pide la norma: ``name`` solo si la Open Definition la conoce."""
    return {**({"name": marca.licencia_id} if marca.licencia_id else {}), "path": marca.licencia_url, "title": marca.licencia}


def write_licencia(marca: Marca) -> bytes:
    """LICENCIA.txt: cómo se llama, dónde está y qué dice."""
    return f"{marca.licencia}\n{marca.licencia_url}\n\n{marca.licencia_texto}".encode()


def write_leame(portada: Portada, recursos: Sequence[Mapping[str, Any]]) -> bytes:
    """LEAME.md: qué hay, de cuándo es, cómo se comprueba y cómo se cita."""
    marca, dia = portada.marca, momento(portada.creado).date()
    lista = "\n".join(f"- `{uno['path']}`: {uno['title']}" for uno in recursos)
    demo = "\n**Esto es una demostración**: las personas y los registros son inventados.\n" if marca.es_demo else ""
    return f"""# {marca.sistema}: {marca.lema}

Todo lo que las instituciones tenían publicado el {fecha_y_hora(portada.creado)} (hora de la Ciudad de México), en
{contar(len(recursos), "archivo", "archivos")} CSV. Este paquete se hace de nuevo cada noche y está en
{portada.base}/datos/volcado.zip
{demo}
## Qué trae

- `datapackage.json` describe cada archivo: sus columnas, sus tipos, cuánto pesa y su huella SHA-256. Es un paquete de datos
  (Frictionless Data Package 2.0): `frictionless validate datapackage.json` lo comprueba entero.
- `datos/instituciones.csv` dice quién es cada una; la columna `so` de los demás lleva sus siglas.
- `datos/diccionario.csv` dice qué significa cada columna.
- Los demás son uno por tipo de información, con los registros de todas las instituciones. Lo que un registro lleva en una
  tabla va aparte (`….tabla_….csv`), con el folio de su registro.

Los CSV van en UTF-8, con fechas AAAA-MM-DD y punto decimal. Una celda vacía es que no hay dato; si tiene razón —no aplica, no
se generó, está reservado o es un dato protegido—, la dice su columna `…__motivo`. Lo aprobado antes de que un formato cambiara
se publica como se aprobó, y puede no cumplir las reglas de hoy. Los documentos adjuntos no van: va su dirección.

## Lo que se retira

Aquí no está lo que ya se había retirado o protegido. Lo que se retire después deja de estar en el portal en ese momento, y en
este paquete, en el siguiente: si lo redistribuye, cámbielo por el nuevo y no conserve el anterior a la vista.

## Licencia

{marca.licencia}: {marca.licencia_url} (vea `LICENCIA.txt`). Para citar:

> «Nombre del archivo», [institución], en {marca.sistema}, {portada.base}/datos/volcado.zip, consultado el {dia.isoformat()}.

## Archivos

{lista}
""".encode()
