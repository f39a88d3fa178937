"""La casa: toda consulta sobre filas de un sujeto obligado dice de cuál. La vigilancia sabe fallar."""

from importlib import import_module
from pathlib import Path

import pytest

from models.actos import Acto
from models.trabajos.cola import take
from tests.bases import Base
from tests.consultas_globales import GLOBALES
from tests.elenco import Casa
from tests.vigilancia import RAIZ, Falta, sueltas

MALAS = {
    'SELECT "t1"."id" FROM "acto" AS "t1"': ("acto",),
    'SELECT "t1"."sujeto_id" FROM "reg_licitaciones" AS "t1" WHERE ("t1"."id" = ?)': ("reg_licitaciones",),
    'SELECT COUNT(1) FROM (SELECT 1 FROM "pub_padrones" AS "t1" LIMIT ?) AS "_w"': ("pub_padrones",),
    'UPDATE "reg_padrones" SET "sujeto_id" = ? WHERE ("reg_padrones"."id" = ?)': ("reg_padrones",),
    'UPDATE "tablero" SET "n" = %s': ("tablero",),
    'DELETE FROM "pub_archivo" WHERE ("pub_archivo"."registro_id" = %s)': ("pub_archivo",),
    'INSERT INTO "area" ("id", "nombre") VALUES (?, ?)': ("area",),
    'SELECT * FROM "area" AS "t1" INNER JOIN "persona" AS "t2" ON ("t1"."id" = "t2"."area_id") '
    'WHERE ("t1"."sujeto_id" = ?)': ("persona",),
    'SELECT * FROM "area" AS "t1" INNER JOIN "persona" AS "t2" ON ("t1"."sujeto_id" = "t2"."sujeto_id")':
        ("area", "persona"),
    'SELECT * FROM "lote" AS "t1" WHERE ("t1"."sujeto_id" IS NOT NULL)': ("lote",),
    'INSERT INTO "pub_archivo" ("sujeto_id", "archivo_id") SELECT "t1"."sujeto_id", "t1"."id" FROM "archivo" AS "t1" '
    'WHERE ("t1"."id" = ?)': ("archivo",),
}
BUENAS = (
    'SELECT "t1"."id" FROM "acto" AS "t1" WHERE (("t1"."sujeto_id" = ?) AND ("t1"."id" = ?))',
    'UPDATE "reg_padrones" SET "version" = ? WHERE (("reg_padrones"."sujeto_id" = ?) AND ("reg_padrones"."id" IN (?)))',
    'INSERT INTO "tablero" ("sujeto_id", "clave", "n") VALUES (%s, %s, %s) ON CONFLICT ("sujeto_id", "clave") '
    'DO UPDATE SET "n" = ("tablero"."n" + EXCLUDED."n")',
    'SELECT * FROM "area" AS "t1" INNER JOIN "persona" AS "t2" ON ("t1"."sujeto_id" = "t2"."sujeto_id") '
    'WHERE ("t1"."sujeto_id" = %s)',
    "SELECT n FROM tablero WHERE sujeto_id = ? AND clave = ?",
    'SELECT "t1"."id" FROM "usuario" AS "t1"', "SELECT rowid FROM pub_busqueda WHERE pub_busqueda MATCH ?",
    'CREATE TABLE "acto" ("id" BIGINT)', "BEGIN IMMEDIATE", 'SAVEPOINT "s1"',
)


@pytest.mark.parametrize(("sql", "tablas"), MALAS.items())
def test_senala_la_tabla_que_queda_suelta(sql: str, tablas: tuple[str, ...]) -> None:
    assert sueltas(sql) == tablas


@pytest.mark.parametrize("sql", BUENAS)
def test_deja_pasar_la_que_nombra_al_sujeto(sql: str) -> None:
    assert sueltas(sql) == ()


def _como_si_fuera(modulo: str, codigo: str) -> None:
    ruta = RAIZ / Path(*modulo.split(".")).with_suffix(".py")
    exec(compile(codigo, str(ruta), "exec"), {"Acto": Acto})


def test_una_funcion_de_la_casa_que_olvida_el_sujeto_queda_senalada(
    base: Base, consultas_con_sujeto: list[Falta],
) -> None:
    _como_si_fuera("models.mala", "def todos():\n    return list(Acto.select())\ntodos()")
    [falta] = consultas_con_sujeto
    consultas_con_sujeto.clear()
    assert (falta.tablas, falta.quien) == (("acto",), "models.mala:todos")


def test_lo_que_pregunta_una_prueba_no_cuenta(base: Base, consultas_con_sujeto: list[Falta]) -> None:
    assert list(Acto.select()) == []
    assert consultas_con_sujeto == []


def test_el_trabajador_puede_mirar_a_todos(casa: Casa, consultas_con_sujeto: list[Falta]) -> None:
    assert take("prueba") is None
    assert consultas_con_sujeto == []


@pytest.mark.parametrize(("nombre", "razon"), GLOBALES.items())
def test_cada_excepcion_existe_y_dice_por_que(nombre: str, razon: str) -> None:
    modulo, _, funcion = nombre.partition(":")
    objeto: object = import_module(modulo)
    for parte in funcion.split("."):
        objeto = getattr(objeto, parte)
    assert len(razon) > 40
