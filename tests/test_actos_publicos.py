"""Los actos públicos: uno por acto, ejercicio y periodo; suman lo que hay; y se leen por su índice."""

from typing import Any

import pytest

from models.actos_publicos import Clase, PubActo
from models.base import db
from models.domain.ausencias import NO_APLICA, approve, propose, revoke
from models.domain.workflow.actos_de_antes import note_los_de_antes
from models.folios import de_folio
from models.formatos import Tabla
from models.publicados import Publicados
from models.publicados.cortes import Corte
from models.reloj import hoy
from tests.bases import Base
from tests.cuadre import cuadra
from tests.elenco import CLAVE, Casa
from tests.versiones import como_antes


def dichos() -> list[tuple[str, int, str, int, int, int | None]]:
    """(clase, ejercicio, periodo, n, saldo, registro), en el orden en que pasaron."""
    campos = (PubActo.clase, PubActo.ejercicio, PubActo.periodo, PubActo.n, PubActo.saldo, PubActo.registro_id)
    return list(PubActo.select(*campos).order_by(PubActo.instante, PubActo.id).tuples())


def varios(casa: Casa, cuantos: int, **campos: Any) -> list[int]:
    return [casa.capturar(casa.laura, **campos) for _ in range(cuantos)]


def test_un_acto_es_un_renglon_por_periodo_aunque_sean_muchos_registros(base: Base, casa: Casa) -> None:
    ids = varios(casa, 3, periodo="T1") + varios(casa, 2, periodo="T2")
    casa.hacer(casa.laura, "publicar", *ids)
    assert dichos() == [("publicacion", 2026, "T1", 3, 3, None), ("publicacion", 2026, "T2", 2, 2, None)]
    cuadra(base, [CLAVE])


def test_corregir_retirar_y_volver_a_publicar(base: Base, casa: Casa) -> None:
    [registro] = varios(casa, 1)
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, objetivo="Otro")
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por duplicado.")
    casa.hacer(casa.laura, "restaurar", registro)
    casa.hacer(casa.laura, "publicar", registro)
    lugar = (2026, "T4")
    assert dichos() == [
        ("publicacion", *lugar, 1, 1, registro), ("correccion", *lugar, 1, 0, registro), ("retiro", *lugar, 1, -1, registro),
        ("publicacion", *lugar, 1, 1, registro)]
    assert PubActo.get(PubActo.clase == "retiro").motivo == "Se publicó por duplicado."
    cuadra(base, [CLAVE])


def test_corregir_el_periodo_lo_muda_de_lugar(base: Base, casa: Casa) -> None:
    [registro] = varios(casa, 1, periodo="T1")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, periodo="T2")
    casa.hacer(casa.laura, "publicar", registro)
    assert dichos()[1:] == [("correccion", 2026, "T1", 0, -1, None), ("correccion", 2026, "T2", 1, 1, registro)]
    cuadra(base, [CLAVE])


def test_lo_aprobado_y_lo_revocado_quedan_con_su_texto(casa: Casa) -> None:
    tabla: Tabla = casa.tabla("padrones")
    texto = "El ayuntamiento no opera padrones de beneficiarios."
    ausencia = propose(casa.laura.actor, tabla, NO_APLICA, texto)
    approve(casa.laura.actor, tabla, ausencia)
    revoke(casa.laura.actor, tabla, ausencia, "Empezó un programa.")
    assert [acto.motivo for acto in PubActo.select().order_by(PubActo.id)] == [texto, None]
    assert [clase for clase, *_ in dichos()] == ["no_aplica", "no_aplica_revocado"]


def test_una_base_de_antes_los_deduce_iguales(base: Base, casa: Casa) -> None:
    uno, dos, tres = varios(casa, 3, periodo="T1")
    casa.hacer(casa.laura, "publicar", uno, dos)
    casa.hacer(casa.laura, "publicar", tres)
    casa.editar(casa.laura, uno, periodo="T2")
    casa.hacer(casa.laura, "publicar", uno)
    casa.hacer(casa.laura, "retirar", dos, motivo="Se publicó por duplicado.")
    tabla = casa.tabla("padrones")
    approve(casa.laura.actor, tabla, propose(casa.laura.actor, tabla, NO_APLICA, "No opera padrones."))
    antes = sorted(map(str, dichos()))
    PubActo.delete().execute()
    como_antes()
    assert note_los_de_antes() == len(antes)
    assert sorted(map(str, dichos())) == antes
    assert note_los_de_antes() == 0, "solo la primera vez"
    cuadra(base, [CLAVE])


def test_las_paginas_siguen_de_lo_nuevo_a_lo_viejo_sin_repetir(casa: Casa, publicados: Publicados) -> None:
    for registro in varios(casa, 5):
        casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.ramiro, "publicar", casa.capturar(casa.ramiro))
    todos, lugar, vistas = [], None, 0
    while True:
        pagina = publicados.cambios.del_estado(antes=lugar, limite=2)
        todos += [cambio.id for cambio in pagina.cambios]
        vistas, lugar = vistas + 1, pagina.siguiente
        if lugar is None:
            break
    assert (len(todos), len(set(todos)), vistas) == (6, 6, 3)
    suyos = publicados.cambios.de(casa.metepec.id, CLAVE).cambios
    assert len(suyos) == 5 and {cambio.sujeto_id for cambio in suyos} == {casa.metepec.id}
    assert publicados.cambios.de(casa.metepec.id, desde=suyos[0].instante + 1).cambios == ()


def test_lo_que_despues_se_retiro_lo_dice(casa: Casa, publicados: Publicados) -> None:
    [registro] = varios(casa, 1)
    casa.hacer(casa.laura, "publicar", registro)
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por duplicado.")
    retiro, publicacion = publicados.cambios.de(casa.metepec.id).cambios
    assert (retiro.clase, retiro.retirado_en) == (Clase.RETIRO, None)
    assert (publicacion.retirado_en, publicacion.retiro) == (retiro.instante, "Se publicó por duplicado.")


def test_los_mudados_de_periodo_no_salen_dos_veces(casa: Casa, publicados: Publicados) -> None:
    [registro] = varios(casa, 1, periodo="T1")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.laura, registro, periodo="T2")
    casa.hacer(casa.laura, "publicar", registro)
    assert [(c.clase, c.periodo) for c in publicados.cambios.de(casa.metepec.id).cambios] == [
        (Clase.CORRECCION, "T2"), (Clase.PUBLICACION, "T1")]


@pytest.mark.parametrize("cual", ["estado", "institucion", "formato"])
def test_cada_pagina_se_lee_por_su_indice(cual: str, base: Base, casa: Casa, publicados: Publicados) -> None:
    """Ni recorre la tabla ni la ordena: la última página cuesta lo mismo que la primera."""
    sujeto, antes = casa.metepec.id, (2_000_000_000_000, de_folio(casa.metepec.obras))
    pedir = {"estado": lambda: publicados.cambios.del_estado(1, antes),
             "institucion": lambda: publicados.cambios.de(sujeto, None, 1, antes),
             "formato": lambda: publicados.cambios.de(sujeto, CLAVE, 1, antes)}[cual]
    plan = explicar(base, pedir, publicados)
    assert "pub_acto" in plan and "SCAN pub_acto" not in plan and "Seq Scan" not in plan, plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_lo_que_se_retiro_se_busca_por_el_registro(base: Base, casa: Casa, publicados: Publicados) -> None:
    """Por las fechas recorrería todos los actos de la institución: con un millón, un décimo de segundo."""
    for _ in range(20):
        casa.hacer(casa.laura, "publicar", casa.capturar(casa.julieta))
    plan = explicar(base, lambda: publicados.cambios.de(casa.metepec.id), publicados, cual=1)
    assert "pub_acto_registro" in plan, plan


def explicar(base: Base, pedir: Any, publicados: Publicados, cual: int = 0) -> str:
    """El plan que la base le da a una de las consultas que se hacen al pedirlo."""
    hechas: list[tuple[str, Any]] = []
    original = publicados.base.execute_sql

    def apuntar(sql: str, params: Any = None, *mas: Any, **otros: Any) -> Any:
        hechas.append((sql, params))
        return original(sql, params, *mas, **otros)

    publicados.base.execute_sql = apuntar
    try:
        pedir()
    finally:
        del publicados.base.execute_sql
    return plan_de(base, *hechas[cual])


def plan_de(base: Base, sql: str, valores: Any) -> str:
    """El plan de una consulta; en PostgreSQL, el que usa los índices si los hay: las tablas de las pruebas son muy chicas."""
    if not base.es_postgres:
        return " ".join(fila[3] for fila in db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", valores).fetchall())
    with db.atomic():
        db.execute_sql("SET LOCAL enable_seqscan = off")
        db.execute_sql("SET LOCAL enable_bitmapscan = off")
        db.execute_sql("SET LOCAL enable_sort = off")
        return " ".join(fila[0] for fila in db.execute_sql(f"EXPLAIN {sql}", valores).fetchall())


@pytest.mark.parametrize("cual", ["resumen", "obligaciones"])
def test_cuantos_habia_un_dia_se_suma_solo_del_indice(
    cual: str, base: Base, casa: Casa, publicados: Publicados,
) -> None:
    """Sin tocar la tabla: en SQLite el plan lo dice («COVERING»); en PostgreSQL, que no la recorre."""
    casa.hacer(casa.laura, "publicar", *varios(casa, 1))
    institucion, corte = publicados.institucion("metepec"), Corte(hoy())
    assert institucion is not None
    pedir = {"resumen": lambda: publicados.historia.resumen(institucion.id, CLAVE, corte),
             "obligaciones": lambda: publicados.historia.obligaciones(institucion, corte)}[cual]
    plan = explicar(base, pedir, publicados)
    assert "COVERING INDEX" in plan if not base.es_postgres else "Seq Scan" not in plan, plan
