"""Los totales de lo publicado: se llevan al publicar, corregir, retirar y suprimir; y se vuelven a contar si hace falta."""

from datetime import date

import pytest

from fracciones_config import load_catalogo
from models.base import db
from models.domain.catalogo_vigente import vigente
from models.domain.supresion.orden import Objetivo, Orden
from models.domain.workflow.sumas import ensure_sumas
from models.domain.workflow.supresion import suprimir
from models.servicio.entorno import RAIZ
from models.sumas import BITS, PubSuma, currency_of, dividing_field, join_suma, signature_of
from models.vigor import FormatoVersion
from tests.bases import Base
from tests.cuadre import cuadra
from tests.elenco import CLAVE, Casa


def dicho(campo: str = "monto_recursos") -> dict[tuple[int, str, str], tuple[int, int]]:
    """(ejercicio, periodo, opción) → (cuántos, centavos), de Metepec."""
    filas = PubSuma.select().where(PubSuma.clave == CLAVE, PubSuma.campo == campo, PubSuma.con_valor > 0)
    return {(f.ejercicio, f.periodo, f.opcion): (f.con_valor, join_suma(f.alta, f.baja)) for f in filas}


def publicar(casa: Casa, **campos: str) -> int:
    registro = casa.capturar(casa.laura, **campos)
    assert not casa.hacer(casa.laura, "publicar", registro).fuera
    return registro


def test_publicar_corregir_y_retirar_mueven_la_suma(casa: Casa, base: Base) -> None:
    uno = publicar(casa, monto_recursos="100.25", tipo_convenio="concertacion_social", periodo="T1")
    publicar(casa, monto_recursos="1,000", tipo_convenio="coordinacion_privado", periodo="T1")
    publicar(casa, monto_recursos="", tipo_convenio="concertacion_social", periodo="T1")
    assert dicho() == {(2026, "T1", "concertacion_social"): (1, 10025), (2026, "T1", "coordinacion_privado"): (1, 100000)}
    assert dicho("") == {(2026, "T1", "concertacion_social"): (2, 0), (2026, "T1", "coordinacion_privado"): (1, 0)}
    casa.editar(casa.laura, uno, monto_recursos="300.00", periodo="T2", tipo_convenio="concertacion_social")
    assert dicho()[2026, "T1", "concertacion_social"] == (1, 10025), "la corrección todavía no es pública"
    casa.hacer(casa.laura, "publicar", uno)
    assert dicho() == {(2026, "T2", "concertacion_social"): (1, 30000), (2026, "T1", "coordinacion_privado"): (1, 100000)}
    casa.hacer(casa.laura, "retirar", uno, motivo="Se publicó por duplicado.")
    assert dicho() == {(2026, "T1", "coordinacion_privado"): (1, 100000)}
    cuadra(base, [CLAVE])


def test_un_monto_suprimido_sale_de_la_suma(casa: Casa, base: Base) -> None:
    uno = publicar(casa, monto_recursos="100.25", periodo="T1")
    publicar(casa, monto_recursos="50", periodo="T1")
    fila = casa.fila(uno)
    objetivo = Objetivo("monto_recursos")
    suprimir(casa.laura.actor, casa.tabla(), uno, fila.version,
             Orden((objetivo,), "CT/12/2026", date(2026, 1, 20), "Lo ordenó el Comité de Transparencia.", borrar=True))
    assert sum(suma for _, suma in dicho().values()) == 5000
    assert sum(n for n, _ in dicho("").values()) == 2, "el registro sigue público"
    cuadra(base, [CLAVE])


def test_los_montos_mas_grandes_no_desbordan(casa: Casa, base: Base) -> None:
    enorme = "999,999,999,999,999.99"
    for _ in range(3):
        publicar(casa, monto_recursos=enorme, periodo="T1")
    assert sum(suma for _, suma in dicho().values()) == 3 * 99_999_999_999_999_999
    cuadra(base, [CLAVE])


@pytest.mark.parametrize("valor", [0, 1, -1, 2**62, -2**62, 123456789012345678])
def test_partir_una_suma_y_juntarla_da_lo_mismo(valor: int) -> None:
    assert join_suma(valor >> BITS, valor & ((1 << BITS) - 1)) == valor


def test_una_base_de_antes_se_cuenta_al_arrancar(casa: Casa, base: Base) -> None:
    publicar(casa, monto_recursos="100.25", periodo="T1")
    esperado = dicho()
    PubSuma.delete().where(PubSuma.sujeto_id > 0).execute()
    FormatoVersion.update(sumas=None).execute()
    foto = vigente.foto
    with db.atomic():
        assert CLAVE in ensure_sumas(foto.catalogo, foto.tablas)
        assert dicho() == esperado and ensure_sumas(foto.catalogo, foto.tablas) == []
    cuadra(base)


def test_cada_formato_dice_que_se_suma_y_en_que_moneda() -> None:
    catalogo = load_catalogo(RAIZ / "fracciones_config")
    sueldos = catalogo.por_clave["remuneraciones"]
    monedas = {nombre: currency_of(sueldos, sueldos.por_nombre[nombre])
               for nombre in ("remuneracion_mensual_bruta", "remuneracion_mensual_neta")}
    assert {n: m.nombre for n, m in monedas.items() if m} == {
        "remuneracion_mensual_bruta": "moneda_bruta", "remuneracion_mensual_neta": "moneda_neta"}
    contratos = catalogo.por_clave["licitaciones"]
    assert currency_of(contratos, contratos.por_nombre["monto_con_impuestos"]) is None, "van en pesos"
    divide = dividing_field(contratos)
    assert divide is not None and divide.nombre == "tipo_procedimiento"
    assert len({signature_of(formato) for formato in catalogo.formatos}) > 20
