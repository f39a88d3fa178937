"""El pulso de lo público: se mueve con cada cambio, solo el de quien cambió, y la vigilancia sabe fallar."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from models.ausencias import PubSinInformacion
from models.base import db
from models.domain.ausencias import NO_APLICA, NO_SE_GENERO, approve, propose, revoke
from models.domain.catalogo_vigente import vigente
from models.domain.padron import edit, extinguish, ficha_de, reactivate, rename_siglas
from models.domain.sujetos import publish_no_aplica
from models.publicados import Publicados
from models.pulso import PubPulso, beat
from models.reloj import ahora
from models.servicio.borrador import refresh_claves
from models.sujetos import PubSujeto, SujetoObligado
from tests.bases import Base
from tests.elenco import CLAVE, Casa
from tests.vigilancia_del_pulso import SinPulso, escrita

TEXTO = "La institución no celebró ninguno en ese tiempo."


def test_empieza_en_cero_y_cada_latido_lo_cambia(publicados: Publicados) -> None:
    assert (publicados.pulso.de(77), publicados.pulso.de_todos()) == (0, publicados.pulso.de_todos())
    vistos = []
    for _ in range(5):
        beat(77)
        vistos.append(publicados.pulso.de(77))
    assert vistos == sorted(set(vistos)), "crece siempre, aunque sea en el mismo milisegundo"
    assert abs(vistos[-1] - ahora()) < 60_000, "y dice cuándo cambió"


def test_un_reloj_que_se_atrasa_no_repite_un_pulso(publicados: Publicados) -> None:
    PubPulso.create(sujeto_id=77, n=ahora() + 3_600_000)
    antes = publicados.pulso.de(77)
    beat(77)
    assert publicados.pulso.de(77) == antes + 1


def test_el_de_todos_cambia_con_el_de_cualquiera(publicados: Publicados) -> None:
    vistos = {publicados.pulso.de_todos()}
    for sujeto in (77, 78, 77):
        beat(sujeto)
        vistos.add(publicados.pulso.de_todos())
    assert len(vistos) == 4 and publicados.pulso.ultimo() == max(publicados.pulso.de(77), publicados.pulso.de(78))


def test_cada_quien_tiene_el_suyo_y_quien_publica_mueve_solo_ese(casa: Casa, publicados: Publicados) -> None:
    def mueve(hacer: Callable[[], object]) -> bool:
        """Dice si movió el de Metepec; el de la otra institución nunca se mueve."""
        ajeno, antes = publicados.pulso.de(casa.toluca.id), publicados.pulso.de(casa.metepec.id)
        hacer()
        assert publicados.pulso.de(casa.toluca.id) == ajeno
        return publicados.pulso.de(casa.metepec.id) > antes

    registro = casa.capturar(casa.laura)
    assert mueve(lambda: casa.hacer(casa.laura, "publicar", registro))
    assert not mueve(lambda: casa.editar(casa.laura, registro, nota="Se corrige la fecha de la firma."))
    assert mueve(lambda: casa.hacer(casa.laura, "publicar", registro))
    assert mueve(lambda: casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por duplicado."))
    tabla, sujeto = casa.tabla("agenda_reuniones"), casa.metepec.sujeto
    for tipo, lugar in ((NO_APLICA, (0, "")), (NO_SE_GENERO, (2026, "T2"))):
        cual = tabla if tipo == NO_APLICA else casa.tabla()
        propuesta = propose(casa.laura.actor, cual, tipo, TEXTO, *lugar)
        assert mueve(lambda p=propuesta, t=cual: approve(casa.laura.actor, t, p))
        assert mueve(lambda p=propuesta, t=cual: revoke(casa.laura.actor, t, p, "Ya se celebró uno."))
    catalogo, garante = vigente.foto.catalogo, casa.gabriela.actor
    assert mueve(lambda: edit(garante, sujeto, replace(ficha_de(sujeto), nombre_corto="Metepec, México"), catalogo))
    assert mueve(lambda: rename_siglas(garante, sujeto, "metepec-mx", catalogo))
    assert mueve(lambda: extinguish(garante, sujeto, dt.date(2026, 1, 1), "Se fusionó con otra.", catalogo))
    assert mueve(lambda: reactivate(garante, sujeto, "La fusión se anuló.", catalogo))


def test_un_catalogo_nuevo_mueve_el_de_quien_cambia_de_formatos(casa: Casa, publicados: Publicados) -> None:
    antes = publicados.pulso.de(casa.metepec.id), publicados.pulso.de(casa.toluca.id)
    PubSujeto.update(claves="[]").where(PubSujeto.sujeto_id == casa.metepec.id).execute()
    refresh_claves(vigente.foto.catalogo)
    assert publicados.pulso.de(casa.metepec.id) > antes[0] and publicados.pulso.de(casa.toluca.id) == antes[1]


def test_lo_que_se_deshace_no_mueve_el_pulso(casa: Casa, publicados: Publicados) -> None:
    antes = publicados.pulso.de_todos()
    with pytest.raises(RuntimeError), db.atomic():
        publish_no_aplica(casa.metepec.id, CLAVE, TEXTO)
        raise RuntimeError("se arrepiente")
    assert publicados.pulso.de_todos() == antes


def test_dos_instituciones_laten_a_la_vez(base: Base, publicados: Publicados) -> None:
    def latir(sujeto: int) -> None:
        with db.connection_context():
            for _ in range(20):
                beat(sujeto)

    for sujeto in (77, 78):
        beat(sujeto)
    inicio = publicados.pulso.de(77), publicados.pulso.de(78)
    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(latir, (77, 78, 77, 78)))
    assert publicados.pulso.de(77) >= inicio[0] + 40 and publicados.pulso.de(78) >= inicio[1] + 40


# --- la vigilancia ---

ESCRIBEN = {
    'INSERT INTO "pub_resumen" ("sujeto_id") VALUES (?)': "pub_resumen",
    'UPDATE "pub_version" SET "hasta" = %s': "pub_version", 'DELETE FROM "pub_licitaciones" WHERE 1': "pub_licitaciones",
    "DELETE FROM pub_busqueda WHERE sujeto_id = ?": "pub_busqueda",
    "WITH f(id) AS (SELECT 1) INSERT OR REPLACE INTO pub_busqueda(rowid, tokens) SELECT 1": "pub_busqueda",
}
NO_ESCRIBEN = ('SELECT * FROM "pub_resumen"', 'INSERT INTO "tablero" SELECT 1 FROM "pub_resumen"', 'CREATE TABLE "pub_x" (id)',
               "INSERT INTO pub_busqueda(pub_busqueda) VALUES ('optimize')", "PRAGMA wal_checkpoint", "BEGIN IMMEDIATE")


def test_la_vigilancia_reconoce_lo_que_se_escribe() -> None:
    assert {sql: escrita(sql) for sql in ESCRIBEN} == ESCRIBEN
    assert [escrita(sql) for sql in NO_ESCRIBEN] == [None] * len(NO_ESCRIBEN)


def _olvidadizo(confirmado: bool) -> None:
    """Alguien de la casa que escribe en lo público y no llama a ``beat``."""
    codigo = """
def escribir(modelo, db, confirmado):
    with db.atomic() as acto:
        modelo.insert(sujeto_id=1, clave="x", ejercicio=2026, periodo="T1", texto="nada", desde=1).execute()
        if not confirmado:
            acto.rollback()
"""
    from tests.vigilancia import RAIZ
    espacio: dict[str, Callable[..., None]] = {}
    exec(compile(codigo, str(RAIZ / "models" / "olvidadizo.py"), "exec"), espacio)
    espacio["escribir"](PubSinInformacion, db, confirmado)


def test_quien_olvida_el_pulso_queda_senalado(base: Base, pulso_al_dia: list[SinPulso]) -> None:
    _olvidadizo(confirmado=True)
    faltas = list(pulso_al_dia)
    pulso_al_dia.clear()
    assert faltas == [SinPulso("pub_sin_informacion", "models.olvidadizo:escribir")]


def test_lo_deshecho_y_lo_que_escribe_una_prueba_no_cuentan(base: Base, pulso_al_dia: list[SinPulso]) -> None:
    _olvidadizo(confirmado=False)
    with db.atomic():
        SujetoObligado.select().count()
        PubSinInformacion.insert(sujeto_id=1, clave="x", ejercicio=2026, periodo="T1", texto="nada", desde=1).execute()
    assert pulso_al_dia == []
