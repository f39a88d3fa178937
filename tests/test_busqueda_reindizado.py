"""El índice de una versión anterior del programa se rehace al arrancar, con lo público y nada más."""

import datetime as dt

from models.base import db
from models.busqueda.alcance import Alcance, Fechas, Montos
from models.busqueda.consulta import parse
from models.busqueda.motores import indice_de
from models.domain.catalogo_vigente import vigente
from models.domain.workflow.indizado import ensure_indice, is_outdated
from models.motores import es_postgres
from models.vigor import IndiceForma
from tests.elenco import CLAVE, Casa

VIEJA = {
    False: "CREATE VIRTUAL TABLE pub_busqueda USING fts5(tokens, alcance, sujeto_id UNINDEXED, content='', "
           "contentless_delete=1, contentless_unindexed=1)",
    True: "CREATE TABLE pub_busqueda (sujeto_id INTEGER, id BIGINT, tsv TSVECTOR, PRIMARY KEY (sujeto_id, id))",
}


def hallados(tecleado: str = "", **alcance: object) -> list[int]:
    consulta = parse(tecleado)
    return [uno.id for uno in indice_de(db.obj).hallar(consulta, Alcance(**alcance))]  # type: ignore[arg-type]


def test_un_indice_de_antes_se_rehace_al_arrancar(casa: Casa) -> None:
    uno = casa.capturar(casa.laura, denominacion_convenio="Jardín", monto_recursos="1,500,000.00", fecha_firma="15/03/2026")
    otro = casa.capturar(casa.laura, denominacion_convenio="Jardín botánico", monto_recursos="900.00")
    casa.capturar(casa.laura, denominacion_convenio="Jardín que nadie aprobó")
    for registro in (uno, otro):
        assert not casa.hacer(casa.laura, "publicar", registro).fuera
    casa.editar(casa.laura, uno, denominacion_convenio="Panteón", monto_recursos="1.00")
    for sql in indice_de(db.obj).TIRAR:
        db.execute_sql(sql)
    db.execute_sql(VIEJA[es_postgres(db)])
    IndiceForma.delete().execute()

    assert is_outdated() and ensure_indice(vigente.foto.tablas) == 2
    assert not is_outdated() and ensure_indice(vigente.foto.tablas) is None
    assert hallados("jardines") == [otro, uno] and hallados("panteon") == []
    assert hallados(claves=(CLAVE,), montos=Montos(desde=100_000_000)) == [uno]
    assert hallados("jardin", montos=Montos(hasta=100_000)) == [otro]
    assert uno in hallados(sujeto_id=casa.metepec.sujeto.id, fechas=Fechas(dt.date(2026, 3, 1), dt.date(2026, 3, 31)))


def test_otras_reglas_tambien_lo_rehacen(casa: Casa) -> None:
    assert not is_outdated()
    IndiceForma.update(reglas=0).execute()
    assert ensure_indice(vigente.foto.tablas) == 0
