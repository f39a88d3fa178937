"""Cómo va cada formato en cada periodo: una situación, y solo una, según lo publicado y la fecha."""

import datetime as dt

import pytest

from models.domain.ausencias import NO_APLICA, NO_SE_GENERO, approve, propose
from models.domain.catalogo_vigente import vigente
from models.domain.cumplimiento import Cumplimiento, missing_of, read_cumplimiento
from tests.elenco import CLAVE, Casa

TEXTO = "El Cabildo acordó que este año no celebra convenios."
EN_JULIO = dt.date(2026, 7, 5)
"""El segundo trimestre acaba de terminar; el límite del primero ya pasó."""


def de(casa: Casa, hoy: dt.date, clave: str = CLAVE) -> dict[str, str]:
    """«2026 T1» → su situación."""
    formato = vigente.foto.tablas[clave].formato
    todos = read_cumplimiento(casa.metepec.id, [formato], hoy)
    return {f"{c.periodo.ejercicio} {c.periodo.clave}" if c.periodo else "hoy": str(c.situacion) for c in todos}


def test_sin_nada_publicado_manda_la_fecha(casa: Casa) -> None:
    plazo = vigente.foto.tablas[CLAVE].formato.plazo_dias
    fin = dt.date(2026, 6, 30)
    for dias, situacion in ((-1, "aun_no_toca"), (plazo - 10, "por_vencer"), (plazo, "por_vencer"), (plazo + 1, "vencido")):
        assert de(casa, fin + dt.timedelta(days=dias))["2026 T2"] == situacion, dias
    assert de(casa, EN_JULIO) | {"2026 T2": "", "2026 T3": ""} == {
        "2025 T3": "vencido", "2025 T4": "vencido", "2026 T1": "vencido", "2026 T2": "", "2026 T3": ""}


def test_lo_publicado_queda_al_corriente_y_lo_que_solo_se_capturo_no(casa: Casa) -> None:
    registro = casa.capturar(casa.julieta, ejercicio="2026", periodo="T1")
    assert de(casa, EN_JULIO)["2026 T1"] == "vencido"
    casa.hacer(casa.laura, "publicar", registro)
    assert de(casa, EN_JULIO)["2026 T1"] == "al_corriente"
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por error.")
    assert de(casa, EN_JULIO)["2026 T1"] == "vencido"


def test_lo_que_la_unidad_aprobo_ya_no_falta(casa: Casa) -> None:
    tabla = casa.tabla()
    approve(casa.laura.actor, tabla, propose(casa.julieta.actor, tabla, NO_SE_GENERO, TEXTO, 2026, "T1"))
    assert de(casa, EN_JULIO)["2026 T1"] == "sin_informacion"
    approve(casa.laura.actor, tabla, propose(casa.julieta.actor, tabla, NO_APLICA, TEXTO))
    assert set(de(casa, EN_JULIO).values()) == {"no_aplica"}


def test_lo_vigente_se_debe_mientras_no_haya_nada(casa: Casa) -> None:
    assert de(casa, EN_JULIO, "marco_normativo") == {"hoy": "vencido"}
    registro = casa.capturar(casa.julieta, "marco_normativo")
    casa.hacer(casa.laura, "publicar", registro, clave="marco_normativo")
    assert de(casa, EN_JULIO, "marco_normativo") == {"hoy": "al_corriente"}


def test_lo_que_falta_va_de_lo_mas_vencido_a_lo_menos(casa: Casa) -> None:
    formatos = [vigente.foto.tablas[clave].formato for clave in (CLAVE, "marco_normativo")]
    faltan = missing_of(read_cumplimiento(casa.metepec.id, formatos, EN_JULIO))
    limites = [uno.limite for uno in faltan]
    assert limites[0] is None and limites[1:] == sorted(filter(None, limites[1:]))
    assert all(isinstance(uno, Cumplimiento) for uno in faltan)


@pytest.mark.parametrize("hoy", [dt.date(2026, 1, 1), dt.date(2026, 2, 28), dt.date(2026, 12, 31)])
def test_cada_formato_tiene_al_menos_una_situacion_y_ninguna_repetida(hoy: dt.date, casa: Casa) -> None:
    catalogo = vigente.foto.catalogo
    todos = read_cumplimiento(casa.metepec.id, catalogo.activos, hoy)
    lugares = [(c.formato.clave, c.periodo and (c.periodo.ejercicio, c.periodo.clave)) for c in todos]
    assert len(lugares) == len(set(lugares)) and {clave for clave, _ in lugares} == {f.clave for f in catalogo.activos}
