"""Solo este dato: de una tabla se protege lo que dice una celda, en todas las versiones, y lo demás se sigue leyendo."""

import datetime as dt
import json

import pytest

from models.domain.supresion.alcance import find_publicados
from models.domain.supresion.orden import Objetivo, Orden, OrdenInvalida, cell_mark, read_orden
from models.domain.workflow.supresion import suprimir
from models.publicados import Publicados
from models.reloj import hoy
from models.sellado import Sellado
from portal.celdas import full_cell
from tests.elenco import Casa
from tests.test_suprimir import rincones
from tests.versiones import versiones_de

PARTICULAR, PUBLICA = "Quetzalxiuh Miztontli", "Ana Lilia"
CELDA = Objetivo("contrapartes", "nombre", cell_mark(PARTICULAR))
BIEN = {"acta": "CT/12/2026", "motivo": "Es una persona particular.", "acta_fecha": "20/01/2026", "destino": "borrar"}


@pytest.fixture
def registro(casa: Casa) -> int:
    """Dos versiones con las dos personas, en distinto orden, y una tercera sin la particular."""
    una = {"nombre": PARTICULAR, "primer_apellido": "Rosas"}
    otra = {"nombre": PUBLICA, "primer_apellido": "Vega"}
    registro = casa.capturar(casa.julieta, contrapartes=[una, otra])
    for partes in (None, [otra, una], [otra]):
        if partes:
            casa.editar(casa.julieta, registro, contrapartes=partes)
        casa.hacer(casa.laura, "publicar", registro)
    return registro


def proteger(casa: Casa, registro: int, borrar: bool = True) -> int:
    orden = Orden((CELDA,), "CT/12/2026", dt.date(2026, 1, 20), "Es una persona particular.", borrar)
    return suprimir(casa.laura.actor, casa.tabla(), registro, casa.fila(registro).version, orden).versiones


def test_sale_de_cada_version_donde_estaba_y_la_otra_persona_se_queda(casa: Casa, registro: int) -> None:
    assert proteger(casa, registro) == 2
    assert PARTICULAR not in rincones(casa)
    for version in versiones_de(casa.tabla(), registro):
        leido = json.loads(version.contenido)
        nombres = [renglon.get("nombre") for renglon in leido["datos"]["contrapartes"]]
        assert sorted(nombres, key=str) == ([PUBLICA, None] if version.numero < 3 else [PUBLICA]), version.numero
        assert leido.get("protegidos", {}).get("contrapartes") == (None if version.numero == 3 else {
            "acta": "CT/12/2026", "desde": hoy().isoformat(), "columnas": ["nombre"]})


def test_la_ciudadania_lee_dato_protegido_solo_en_esa_celda(casa: Casa, publicados: Publicados) -> None:
    registro = casa.capturar(casa.julieta, contrapartes=[{"nombre": PARTICULAR}, {"nombre": PUBLICA}])
    casa.hacer(casa.laura, "publicar", registro)
    proteger(casa, registro)
    metepec = publicados.institucion("metepec")
    assert metepec is not None
    leido = publicados.registro(metepec, casa.tabla(), registro)
    celda = full_cell(casa.tabla().formato.por_nombre["contrapartes"], leido, "metepec")  # type: ignore[arg-type]
    assert [fila[0].texto.split(" desde")[0] for fila in celda.filas] == ["Dato protegido", PUBLICA]


def test_el_original_que_se_sella_es_solo_ese(casa: Casa, registro: int) -> None:
    proteger(casa, registro, borrar=False)
    [sellado] = Sellado.select()
    assert (sellado.columna, json.loads(sellado.original), sellado.version) == ("nombre", [PARTICULAR], 1)


def test_se_ofrece_cada_cosa_distinta_que_la_columna_ha_dicho(casa: Casa, registro: int) -> None:
    suyos = [p for p in find_publicados(casa.tabla(), casa.fila(registro)) if p.objetivo.columna == "nombre"]
    assert [(p.dice, p.versiones, p.hoy) for p in suyos] == [("", 3, True), (PARTICULAR, 2, False), (PUBLICA, 3, True)]
    assert suyos[1].objetivo == CELDA and PARTICULAR not in CELDA.llave


def test_la_orden_entiende_la_celda_y_sobra_si_va_su_columna_o_su_tabla(casa: Casa) -> None:
    formato = casa.tabla().formato
    assert read_orden(formato, BIEN, [CELDA.llave, "nota"], hoy()).objetivos == (CELDA, Objetivo("nota"))
    for mas in ("contrapartes.nombre", "contrapartes"):
        [solo] = read_orden(formato, BIEN, [CELDA.llave, mas], hoy()).objetivos
        assert solo.llave == mas
    for mala in ("contrapartes.nombre.zz", f"nota.{CELDA.celda}", f"contrapartes.nada.{CELDA.celda}", f"..{CELDA.celda}"):
        with pytest.raises(OrdenInvalida):
            read_orden(formato, BIEN, [mala], hoy())
