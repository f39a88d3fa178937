"""Los totales de la página de un formato: dicen de cuántos, no mezclan y son los mismos que da sumar la descarga."""

import csv
import io
import random
from decimal import Decimal

import pytest

from models.publicados import acotados
from models.publicados.totales import Totales, main_measure
from models.sumas import Lugar, Suma
from portal.cifras import TOO_MANY
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

PAGINA = f"/metepec/{CLAVE}/2026/"
TIPOS = ("concertacion_social", "coordinacion_privado")


def total(visita: Visita, consulta: str = "") -> tuple[str, str]:
    """(lo que suma, de cuántos) de lo que la página dice; vacíos si no dice ninguno."""
    cifra = visita.sopa(f"{PAGINA}{consulta}").select_one(".cifras dd")
    return (cifra.strong.text, cifra.small.text) if cifra else ("", "")


def test_dice_cuanto_suma_y_de_cuantos(visita: Visita) -> None:
    visita.publicar(monto_recursos="12,345,678.40")
    visita.publicar(monto_recursos="0.50", periodo="T1")
    visita.publicar(monto_recursos="")
    assert total(visita) == ("$12,345,678.90", "de 3 convenios, 2 con monto")
    assert total(visita, "?periodo=T1") == ("$0.50", "de 1 convenio, 1 con monto")


def test_lo_retirado_deja_de_sumar_al_instante(visita: Visita) -> None:
    visita.publicar(monto_recursos="100")
    retirado = visita.publicar(monto_recursos="900")
    assert total(visita)[0] == "$1,000.00"
    visita.hacer("retirar", retirado, motivo="Se publicó por duplicado.")
    assert total(visita) == ("$100.00", "de 1 convenio, 1 con monto")


def test_con_filtros_suma_lo_que_pasa(visita: Visita) -> None:
    for tipo, monto in zip(TIPOS * 2, ("1", "20", "300", "4000"), strict=True):
        visita.publicar(tipo_convenio=tipo, monto_recursos=monto, denominacion_convenio=f"Árboles {monto}")
    assert total(visita, f"?tipo_convenio={TIPOS[0]}") == ("$301.00", "de 2 convenios, 2 con monto")
    assert total(visita, "?monto_recursos_desde=20&monto_recursos_hasta=300")[0] == "$320.00"
    assert total(visita, "?q=4000")[0] == "$4,000.00"
    assert total(visita, "?q=inexistente") == ("", "")


def test_si_son_demasiados_lo_dice(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    for monto in ("1", "20", "300"):
        visita.publicar(monto_recursos=monto)
    monkeypatch.setattr(acotados, "TOPE", 2)
    assert total(visita, "?monto_recursos_desde=1") == ("", "")
    assert TOO_MANY in visita.texto(f"{PAGINA}?monto_recursos_desde=1")
    assert total(visita)[0] == "$321.00", "sin filtros no hay que sumar nada"


def test_solo_van_en_la_primera_pagina(visita: Visita) -> None:
    visita.publicados.por_pagina = 1
    for monto in ("1", "20"):
        visita.publicar(monto_recursos=monto)
    siguiente = visita.sopa(PAGINA).select_one("a[rel=next]")["href"]
    assert not visita.sopa(siguiente).select(".cifras, .graficas")


def test_el_total_es_la_suma_de_lo_que_se_descarga(visita: Visita) -> None:
    azar = random.Random(1)
    for _ in range(12):
        visita.publicar(
            tipo_convenio=azar.choice(TIPOS), periodo=azar.choice(("T1", "T2", "T3")), fecha_firma="2026-02-27",
            monto_recursos=azar.choice(("", f"{azar.randrange(10**9)}.{azar.randrange(100):02}")),
            denominacion_convenio=azar.choice(("Árboles", "Pipas", "Árboles y pipas")))
    for _ in range(12):
        partes = [f"periodo={azar.choice(('T1', 'T2', 'T4'))}", f"tipo_convenio={azar.choice(TIPOS)}",
                  f"monto_recursos_desde={azar.randrange(10**9)}", f"q={azar.choice(('arbol', 'pipas', 'arbol pipa'))}"]
        consulta = "&".join(azar.sample(partes, azar.randrange(4)))
        filas = list(csv.DictReader(io.StringIO(visita.get(f"/metepec/{CLAVE}/2026.csv?{consulta}").text)))
        montos = [Decimal(fila["monto_recursos"]) for fila in filas if fila["monto_recursos"]]
        if not montos:
            assert total(visita, f"?{consulta}") == ("", ""), consulta
            continue
        de = f"de {len(filas)} {'convenio' if len(filas) == 1 else 'convenios'}, {len(montos)} con monto"
        assert total(visita, f"?{consulta}") == (f"${sum(montos):,.2f}", de), consulta


def test_lo_que_no_es_acumulable_no_se_suma_entre_periodos(visita: Visita) -> None:
    formato = visita.publicados.foto().catalogo.por_clave[CLAVE]
    campo = main_measure(formato)
    assert campo is not None and campo.acumulable
    fijo = campo.model_copy(update={"acumulable": False})
    sumas = {Lugar(2026, periodo, campo.nombre, "", ""): Suma(1, 0, 100) for periodo in ("T1", "T2")}
    totales = Totales(formato, sumas)
    assert totales.total(fijo).montos == () and totales.total(fijo).con_valor == 2
    [monto] = totales.del_periodo("T1").total(fijo).montos
    assert monto.texto == "$1.00"
    [juntos] = totales.total(campo).montos
    assert juntos.texto == "$2.00"


def test_cada_moneda_va_aparte(visita: Visita) -> None:
    formato = visita.publicados.foto().catalogo.por_clave[CLAVE]
    campo = main_measure(formato)
    assert campo is not None
    sumas = {Lugar(2026, "T1", campo.nombre, "", moneda): Suma(1, 0, 100) for moneda in ("", "peso_mexicano", "euro")}
    montos = Totales(formato, sumas).total(campo).montos
    assert [(monto.moneda, monto.suma) for monto in montos] == [("", 200), ("euro", 100)]
