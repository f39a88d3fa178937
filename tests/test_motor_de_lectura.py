"""La base que el portal lee: el guardia vigila toda consulta, y no hace que SQLite olvide las que ya preparó."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest

from models.motores import abrir, abrir_lectura
from models.preparadas import Preparada, at_most


@pytest.fixture
def preguntas(tmp_path: Path) -> list[str]:
    return []


@pytest.fixture
def lectura(tmp_path: Path, preguntas: list[str]) -> Iterator[Any]:
    url = f"sqlite:///{tmp_path / 'una.db'}"
    with abrir(url) as base:
        base.execute_sql("CREATE TABLE pub_cosa (sujeto_id, id)")
        base.execute_sql("CREATE INDEX de_cosa ON pub_cosa (sujeto_id, id)")
        base.execute_sql("CREATE TABLE interna (clave)")

    def permitida(tabla: str) -> bool:
        preguntas.append(tabla)
        return tabla.startswith(("pub_", "sqlite_"))

    lectura = abrir_lectura(url, permitida)
    yield lectura
    lectura.close_all()


def test_el_guardia_sigue_en_la_conexion_que_se_presta_otra_vez(lectura: Any) -> None:
    for _ in range(3):
        with lectura.connection_context(), pytest.raises(peewee.DatabaseError, match="prohibited"):
            lectura.execute_sql("SELECT clave FROM interna")


class Cosa(peewee.Model):
    sujeto_id, id = peewee.IntegerField(), peewee.IntegerField()

    class Meta:
        table_name = "pub_cosa"
        primary_key = False


def test_una_consulta_se_prepara_una_sola_vez(lectura: Any, preguntas: list[str]) -> None:
    primeras = Preparada(lambda sujeto_id: Cosa.select(Cosa.id).where(Cosa.sujeto_id == sujeto_id).order_by(
        Cosa.id.desc()).limit(at_most(25)))
    for vez in range(4):
        preguntas.clear()
        with lectura.connection_context():
            assert primeras(lectura, 1) == []
        assert bool(preguntas) == (vez == 0), f"la vez {vez} se preparó de nuevo"
