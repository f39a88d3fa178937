"""El esquema: el de las tablas fijas está fotografiado; y en toda tabla de sujeto, el sujeto va primero.

Si una tabla cambió a propósito: ``ESQUEMA=escribir pytest tests/test_esquema.py``, y revise la diferencia de
``esquema.txt``.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.base import db
from models.domain.catalogo_vigente import vigente
from models.esquema import FIJAS, MOLDE, ensure_molde
from models.vigor import FormatoVersion
from tests.bases import POCOS, Base
from tests.elenco import CLAVE

FOTO = Path(__file__).parent / "esquema.txt"
FIJAS_POR_NOMBRE = {modelo._meta.table_name: modelo for modelo in FIJAS}

DE_TODOS: dict[str, str] = {
    "usuario": "Quien entra todavía no ha dicho de qué institución es; las del órgano garante no son de ninguna.",
    "pub_sujeto": "Es el directorio de instituciones: la portada las enseña todas.",
    "pub_siglas_anteriores": "Se pregunta por las siglas viejas, para saber de quién eran.",
    "pub_busqueda": "Se busca en todas las instituciones a la vez, de lo más nuevo a lo más viejo.",
}
"""Tablas con ``sujeto_id`` que no son de un sujeto, y por qué."""

INDICES_DE_TODOS: dict[tuple[str, ...], str] = {
    ("pub_acto", "instante", "id"): "Los cambios de todo el estado se leen de lo más nuevo a lo más viejo.",
    ("trabajo", "estado", "arriendo"): "El trabajador toma lo más antiguo, sea de quien sea.",
}
"""(tabla, columnas…) → por qué ese índice no empieza por el sujeto."""


def foto_de(tabla: str) -> str:
    """Una tabla: sus columnas con su tipo, su llave y sus índices."""
    columnas = [f"  {c.name} {c.data_type.lower()}{'' if c.null else ' not null'}"
                for c in sorted(db.get_columns(tabla), key=lambda c: c.name)]
    indices = [f"  {'único' if unico else 'índice'} ({', '.join(partes)})"
               for partes, unico in sorted(indices_de(tabla))]
    return "\n".join([tabla, *columnas, f"  llave ({', '.join(db.get_primary_keys(tabla))})", *indices])


def indices_de(tabla: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """(columnas, si es único) de cada índice que no sea la llave."""
    llave = tuple(db.get_primary_keys(tabla))
    for indice in db.get_indexes(tabla):
        if tuple(indice.columns) != llave:
            yield tuple(indice.columns), bool(indice.unique)


def faltas_de(tabla: str) -> list[str]:
    """En qué llaves e índices de una tabla de sujeto no va primero ``sujeto_id``."""
    partes = [("llave", tuple(db.get_primary_keys(tabla)))]
    partes += [("índice", columnas) for columnas, _ in indices_de(tabla)]
    return [f"{tabla}: {que} ({', '.join(columnas)})" for que, columnas in partes
            if columnas[:1] != ("sujeto_id",) and (tabla, *columnas) not in INDICES_DE_TODOS]


def de_sujeto() -> list[str]:
    """Las tablas de la base con ``sujeto_id``, sin las que son de todos."""
    return [tabla for tabla in db.get_tables()
            if not tabla.startswith("pub_busqueda_") and tabla not in DE_TODOS
            and "sujeto_id" in {columna.name for columna in db.get_columns(tabla)}]


def fotos_guardadas() -> dict[str, str]:
    """La foto de cada motor, como está en ``esquema.txt``."""
    partes = re.split(r"^=== (\w+) ===\n", FOTO.read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(partes[1::2], partes[2::2], strict=True))


def test_las_tablas_fijas_son_las_de_la_foto(base_propia: Base) -> None:
    actual = "\n\n".join(foto_de(tabla) for tabla in sorted(FIJAS_POR_NOMBRE)) + "\n"
    if os.environ.get("ESQUEMA") == "escribir":
        fotos = fotos_guardadas() | {base_propia.motor: actual}
        FOTO.write_text("".join(f"=== {motor} ===\n{foto}" for motor, foto in sorted(fotos.items())), encoding="utf-8")
    assert actual == fotos_guardadas()[base_propia.motor]


def test_en_toda_tabla_de_sujeto_el_sujeto_va_primero(base_propia: Base) -> None:
    tablas = de_sujeto()
    assert len(tablas) > 2 * len(POCOS) + 15
    assert [falta for tabla in tablas for falta in faltas_de(tabla)] == []


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_tambien_en_las_de_los_54_formatos(base: Base) -> None:
    """Las hace el mismo código en los dos motores; preguntarle a PostgreSQL por 135 tablas tarda demasiado."""
    assert len(de_sujeto()) > 2 * 54 + 15
    assert [falta for tabla in de_sujeto() for falta in faltas_de(tabla)] == []


def test_toda_tabla_de_un_formato_es_de_sujeto(base_propia: Base) -> None:
    for tabla in vigente.foto.tablas.values():
        for modelo in (tabla.trabajo, tabla.publica):
            nombre = modelo._meta.table_name
            assert db.get_primary_keys(nombre) == ["sujeto_id", "id"], nombre


def test_las_tablas_de_un_formato_tienen_las_columnas_de_su_modelo_y_todo_campo_admite_nulo(base_propia: Base) -> None:
    for tabla in vigente.foto.tablas.values():
        for modelo in (tabla.trabajo, tabla.publica):
            columnas = {c.name: c for c in db.get_columns(modelo._meta.table_name)}
            assert columnas.keys() == set(modelo._meta.columns)
            campos = set(tabla.columnas.values()) - {"ejercicio", "periodo"}
            assert all(columnas[columna].null for columna in campos), tabla.clave


def test_el_dinero_va_en_centavos_enteros(base_propia: Base) -> None:
    tipos = {c.name: c.data_type.lower() for c in db.get_columns(f"pub_{CLAVE}")}
    assert tipos["c_monto_recursos"] == {"sqlite": "integer", "postgresql": "bigint"}[base_propia.motor]


@pytest.mark.parametrize(("sql", "falta"), [
    ("CREATE TABLE mala (id BIGINT, sujeto_id INTEGER, PRIMARY KEY (id, sujeto_id))", "mala: llave (id, sujeto_id)"),
    ("CREATE TABLE mala (id BIGINT, sujeto_id INTEGER, PRIMARY KEY (sujeto_id, id), UNIQUE (id))", "mala: índice (id)"),
])
def test_la_regla_sabe_fallar(sql: str, falta: str, base_propia: Base) -> None:
    db.execute_sql(sql)
    assert "mala" in de_sujeto()
    assert faltas_de("mala") == [falta]
    db.execute_sql("CREATE INDEX otro ON mala (id)")
    assert "mala: índice (id)" in faltas_de("mala")


def test_una_columna_que_cambia_de_tipo_o_deja_de_exigirse_cambia_la_foto(base_propia: Base) -> None:
    fotos = set()
    for columna in ("x TEXT", "x TEXT NOT NULL", "x BIGINT", "y TEXT"):
        db.execute_sql(f"CREATE TABLE mala (sujeto_id INTEGER PRIMARY KEY, {columna})")
        fotos.add(foto_de("mala"))
        db.execute_sql("DROP TABLE mala")
    assert len(fotos) == 4


@pytest.mark.parametrize("razones", [DE_TODOS, INDICES_DE_TODOS])
def test_cada_excepcion_es_de_una_tabla_que_existe(
    razones: dict[str | tuple[str, ...], str], base_propia: Base,
) -> None:
    for llave, razon in razones.items():
        tabla, *columnas = (llave,) if isinstance(llave, str) else llave
        assert len(razon) > 30 and db.table_exists(tabla)
        assert not columnas or (tuple(columnas), False) in set(indices_de(tabla))


def test_las_tablas_de_una_version_anterior_del_programa_se_ponen_al_dia(base: Base) -> None:
    """Quien ya tenía datos y actualiza el programa recibe los índices nuevos, una sola vez."""
    tabla = f"reg_{CLAVE}"
    espera = {indice.name for indice in db.get_indexes(tabla)}
    db.execute_sql(f'DROP INDEX "{tabla}_espera"')
    FormatoVersion.update(molde=None).where(FormatoVersion.clave == CLAVE).execute()
    assert {indice.name for indice in db.get_indexes(tabla)} != espera
    assert ensure_molde(vigente.foto.tablas) == [CLAVE] and ensure_molde(vigente.foto.tablas) == []
    assert {indice.name for indice in db.get_indexes(tabla)} == espera
    assert FormatoVersion.get_by_id(CLAVE).molde == MOLDE
