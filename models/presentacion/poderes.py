"""Cómo se llama cada clase de institución."""

from collections.abc import Mapping

PODERES: Mapping[str, str] = {
    "ejecutivo": "Poder Ejecutivo",
    "legislativo": "Poder Legislativo",
    "judicial": "Poder Judicial",
    "municipal": "Ayuntamientos y organismos municipales",
    "autonomo": "Órganos autónomos",
}
"""Poder → cómo se llama, en el orden en que se enseñan."""
