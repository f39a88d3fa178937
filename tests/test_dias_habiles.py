"""Los días hábiles: sin sábados, domingos ni descansos obligatorios; contra fechas escritas a mano."""

import datetime as dt

import pytest

from models.domain.dias_habiles import add_habiles, count_habiles, is_habil


def d(texto: str) -> dt.date:
    return dt.datetime.strptime(texto, "%d/%m/%Y").date()


@pytest.mark.parametrize("dia", [
    "01/01/2026", "02/02/2026", "16/03/2026", "01/05/2026", "16/09/2026", "16/11/2026", "25/12/2026", "01/10/2030",
    "22/11/2026", "21/11/2026"])
def test_no_se_trabaja(dia: str) -> None:
    assert not is_habil(d(dia))


@pytest.mark.parametrize("dia", ["05/02/2026", "20/11/2026", "21/03/2028", "01/10/2026", "24/12/2026", "12/12/2025",
                                 "23/11/2026"])
def test_si_se_trabaja(dia: str) -> None:
    """El 5 de febrero, el 21 de marzo y el 20 de noviembre se recorren al lunes."""
    assert is_habil(d(dia))


@pytest.mark.parametrize("desde, dias, hasta", [
    ("20/11/2026", 1, "23/11/2026"), ("22/11/2026", 5, "27/11/2026"), ("13/11/2026", 1, "17/11/2026"),
    ("31/12/2026", 1, "04/01/2027"), ("23/11/2026", 0, "23/11/2026"), ("23/11/2026", 25, "29/12/2026")])
def test_sumar_y_contar_dicen_lo_mismo(desde: str, dias: int, hasta: str) -> None:
    assert add_habiles(d(desde), dias) == d(hasta)
    assert count_habiles(d(desde), d(hasta)) == dias


def test_lo_que_ya_paso_no_tiene_dias() -> None:
    assert count_habiles(d("23/11/2026"), d("20/11/2026")) == 0
