"""Lo público junto a lo nuevo: qué se agrega, qué se quita y qué cambia, hasta la palabra y el renglón."""

from typing import Any

from models.presentacion.contraste import Contraste, Renglones, by_words, contrasts_of
from tests.elenco import Casa

VACIO: dict[str, Any] = {}


def contraste(casa: Casa, antes: dict[str, Any], ahora: dict[str, Any], vacios: dict[str, Any] = VACIO) -> list[Contraste]:
    return contrasts_of(casa.tabla().formato, (antes, {}), (ahora, vacios))


def test_dice_que_se_agrega_que_se_quita_y_que_cambia_en_el_orden_del_formulario(casa: Casa) -> None:
    hallados = contraste(casa, {"objetivo": "Bacheo", "nota": "Una nota"},
                         {"objetivo": "Alumbrado", "denominacion_convenio": "Luz para todos"})
    assert {c.nombre: c.clase for c in hallados} == {
        "objetivo": "cambiado", "nota": "quitado", "denominacion_convenio": "agregado"}
    orden = [campo.nombre for campo in casa.tabla().formato.campos]
    assert [c.nombre for c in hallados] == sorted((c.nombre for c in hallados), key=orden.index)


def test_lo_igual_no_aparece_y_lo_vacio_con_razon_si(casa: Casa) -> None:
    assert contraste(casa, {"objetivo": "Bacheo"}, {"objetivo": "Bacheo"}) == []
    [uno] = contraste(casa, {"objetivo": "Bacheo"}, {}, {"objetivo": {"causa": "no_aplica", "motivo": "No hubo."}})
    assert uno.clase == "cambiado" and uno.ahora[0][0] == "No aplica: No hubo."


def test_un_texto_largo_se_compara_palabra_por_palabra() -> None:
    antes, ahora = by_words("Se entregan despensas cada mes a las familias",
                            "Se entregan despensas cada dos meses a las familias")
    assert "".join(t for t, _ in antes) == "Se entregan despensas cada mes a las familias"
    assert "".join(t for t, cambia in antes if cambia) == "mes"
    assert "".join(t for t, cambia in ahora if cambia) == "dos meses"


def test_agregar_un_signo_no_cambia_la_palabra_ni_parte_una_cifra() -> None:
    antes, ahora = by_words("Vigilancia en las instalaciones por $1,234.50", "Vigilancia en las instalaciones, por $1,234.60")
    assert [dicho for dicho, cambia in antes if cambia] == ["1,234.50"]
    assert [dicho for dicho, cambia in ahora if cambia] == [",", "1,234.60"]


def test_si_casi_todo_cambio_se_ensenan_enteros() -> None:
    assert by_words("Bacheo de la avenida", "Compra de luminarias nuevas para el centro") == (
        [("Bacheo de la avenida", True)], [("Compra de luminarias nuevas para el centro", True)])
    largo = "palabra " * 400
    assert by_words(largo, largo + "más")[1] == [(largo + "más", True)]


def test_una_tabla_se_compara_renglon_por_renglon(casa: Casa) -> None:
    formato = casa.tabla().formato
    tabla = next(campo for campo in formato.campos if campo.tipo == "tabla")
    columna = tabla.campos[0].nombre
    antes = {tabla.nombre: [{columna: "Uno"}, {columna: "Dos"}, {columna: "Dos"}]}
    ahora = {tabla.nombre: [{columna: "Dos"}, {columna: "Tres"}]}
    [uno] = contraste(casa, antes, ahora)
    assert isinstance(uno.renglones, Renglones)
    assert [r[0] for r in uno.renglones.quitados] == ["Uno", "Dos"] and [r[0] for r in uno.renglones.agregados] == ["Tres"]


def test_lo_que_el_formato_ya_no_pide_se_dice_sin_romperse(casa: Casa) -> None:
    [uno] = contraste(casa, {"campo_viejo": "x"}, {})
    assert uno.etiqueta == "Un dato que el formato ya no pide" and uno.clase == "quitado"
