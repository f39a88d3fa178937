"""Un registro entero: lo mal escrito impide guardar, lo que falta solo impide revisar y publicar."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fracciones_config import Catalogo, Formato, TipoCampo, load_catalogo
from fracciones_config.esquema import esquema_de_archivo, esquema_de_registro
from models.domain.diferencias import Cambio, diferencias
from models.domain.lectura import leer
from models.domain.validation import Problema, Validacion, canonico, de_canonico, validar
from models.folios import a_folio

AREA, PERSONA, CONTRATO, HOJA, AJENO = (a_folio(n) for n in (11, 12, 13, 14, 99))
PDF = {"nombre": "contrato.pdf", "bytes": 312_000, "sha256": "a" * 64, "tipo": "pdf", "ruta": "/secreta"}


class ContextoDePrueba:
    """Un sujeto obligado con un área, una persona y dos archivos; todo lo demás es de otro."""

    def maestro(self, tipo: TipoCampo, identificador: int, /) -> str | None:
        propios = {(TipoCampo.AREA, 11): "Tesorería", (TipoCampo.SERVIDOR_PUBLICO, 12): "Eva Paz"}
        return propios.get((tipo, identificador))

    def archivo(self, identificador: int, /) -> Mapping[str, Any] | None:
        return {13: PDF, 14: PDF | {"nombre": "hoja.xlsx", "tipo": "xlsx"}}.get(identificador)


def campo(nombre: str, tipo: str, **extra: Any) -> dict[str, Any]:
    return {"nombre": nombre, "tipo": tipo, "etiqueta": nombre.capitalize(), "ayuda": "Lo que sea.", **extra}


def formato(**extra: Any) -> Formato:
    """Un formato trimestral con un campo de cada clase de regla."""
    return Formato.model_validate({
        "clave": "prueba", "nombre": "Prueba", "nombre_corto": "Prueba", "articulo": 12, "fraccion": "XI",
        "descripcion": "Para probar.", "instrucciones": "Ninguna.", "se_cuenta": ["cosa", "cosas"],
        "aplica_a": ["todos"],
        "modo": "por_periodo", "periodicidad": "trimestral", "conservacion": {"texto": "Lo vigente."},
        "titulo": ["descripcion"], "grupos": [{"clave": "g", "titulo": "Todo"}],
        "fuentes": [{"que": "campos", "texto": "Inventada.", "certeza": "alta"}],
        "campos": [
            campo("ejercicio", "anio", obligatorio=True, comun=True),
            campo("periodo", "periodo", obligatorio=True, comun=True),
            campo("tipo", "opcion", opciones={"licitacion": "Licitación", "directa": "Adjudicación directa"}),
            campo("descripcion", "texto", obligatorio=True),
            campo("monto", "moneda", minimo=0),
            campo("convocatoria", "archivo", obligatorio_si={"campo": "tipo", "es": ["licitacion"]}),
            campo("hubo", "si_no"),
            campo("cambios", "tabla", obligatorio_si={"campo": "hubo", "es": [True]},
                  campos=[campo("numero", "texto", obligatorio=True), campo("fecha", "fecha")]),
            campo("origenes", "opciones", opciones={"f": "Federal", "e": "Estatal"}),
            campo("programa", "texto", obligatorio_si={"campo": "origenes", "es": ["f"]}),
            campo("titular", "servidor_publico"),
            campo("area_responsable", "area", obligatorio=True, comun=True),
        ], **extra})


COMPLETO = {"ejercicio": "2026", "periodo": "3.er trimestre", "descripcion": "Patrullas", "area_responsable": AREA}


def val(crudo: Mapping[str, Any] = COMPLETO, vacios: Mapping[str, Any] | None = None) -> Validacion:
    return validar(formato(), crudo, vacios or {}, ContextoDePrueba())


def test_un_registro_completo() -> None:
    validacion = val({**COMPLETO, "monto": "$1,234.5", "titular": {"id": PERSONA}, "convocatoria": CONTRATO})
    assert validacion.completa and validacion.se_guarda
    assert validacion.datos == {
        "ejercicio": 2026, "periodo": "T3", "descripcion": "Patrullas", "monto": "1234.50",
        "convocatoria": {"id": CONTRATO, "nombre": "contrato.pdf", "bytes": 312_000, "sha256": "a" * 64, "tipo": "pdf"},
        "titular": {"id": PERSONA, "texto": "Eva Paz"}, "area_responsable": {"id": AREA, "texto": "Tesorería"}}


def test_validar_los_datos_da_los_mismos_datos() -> None:
    datos = val({**COMPLETO, "cambios": [{"numero": "CM1", "fecha": "1/2/2026"}], "origenes": ["e"]}).datos
    assert val(datos).datos == datos


def test_lo_incompleto_se_guarda() -> None:
    validacion = val({})
    assert validacion.se_guarda and not validacion.completa
    assert validacion.faltan == ["ejercicio", "periodo", "descripcion", "area_responsable"]


def test_los_campos_inventados_se_ignoran() -> None:
    validacion = val({**COMPLETO, "estado": "publicado", "id": "1", "__class__": "x"},
                     {"estado": {"causa": "no_aplica", "motivo": "Porque sí."}})
    assert validacion == val()


def test_lo_mal_escrito_impide_guardar_y_no_cuenta_como_faltante() -> None:
    validacion = val({**COMPLETO, "descripcion": "a\nb", "monto": "-1"})
    assert [problema.campo for problema in validacion.problemas] == ["descripcion", "monto"]
    assert not validacion.se_guarda and validacion.faltan == []
    assert "descripcion" not in validacion.datos


def test_una_celda_mal_escrita_dice_donde() -> None:
    validacion = val({**COMPLETO, "cambios": [{"numero": "CM1"}, {"numero": "CM2", "fecha": "31/06/2026"}]})
    assert validacion.problemas == [
        Problema("cambios", "Escribió 31/06/2026; junio tiene 30 días.", fila=2, columna="fecha")]


@pytest.mark.parametrize(("crudo", "faltan"), [
    ({"tipo": "licitacion"}, ["convocatoria"]), ({"tipo": "directa"}, []), ({}, []),
    ({"tipo": "licitacion", "convocatoria": CONTRATO}, []),
    ({"hubo": "Sí"}, ["cambios"]), ({"hubo": "No"}, []), ({"hubo": "Sí", "cambios": [{"numero": "1"}]}, []),
    ({"cambios": [{"numero": "1"}, {"fecha": "1/1/2026"}]}, ["cambios"]),
    ({"origenes": ["e", "f"]}, ["programa"]), ({"origenes": ["e"]}, []),
])
def test_lo_que_falta(crudo: dict[str, Any], faltan: list[str]) -> None:
    assert val({**COMPLETO, **crudo}).faltan == faltan


@pytest.mark.parametrize(("crudo", "mensaje"), [
    ({"area_responsable": AJENO}, "ya no está en la lista"), ({"area_responsable": PERSONA}, "ya no está en la lista"),
    ({"titular": {"id": AREA, "texto": "Falso"}}, "ya no está en la lista"),
    ({"convocatoria": AJENO}, "no se encontró el archivo"),
    ({"convocatoria": HOJA}, "«hoja.xlsx» es XLSX; aquí va PDF."),
    ({"periodo": "septiembre"}, "«septiembre» no es periodo de este formato: se informa por trimestre."),
    ({"area_responsable": "Tesorería"}, "Elija el área en la lista."),
])
def test_lo_que_no_es_de_este_sujeto_o_de_este_formato(crudo: dict[str, Any], mensaje: str) -> None:
    validacion = val({**COMPLETO, **crudo})
    assert len(validacion.problemas) == 1 and mensaje in validacion.problemas[0].mensaje


def test_el_texto_del_maestro_no_lo_pone_quien_captura() -> None:
    datos = val({**COMPLETO, "area_responsable": {"id": AREA, "texto": "<script>"}}).datos
    assert datos["area_responsable"] == {"id": AREA, "texto": "Tesorería"}


def test_un_vacio_con_razon_cuenta_como_respuesta() -> None:
    vacio = {"causa": "no_se_genero", "motivo": " Se perdió. "}
    validacion = val({**COMPLETO, "tipo": "licitacion"}, {"convocatoria": vacio})
    assert validacion.completa
    assert validacion.vacios == {"convocatoria": {"causa": "no_se_genero", "motivo": "Se perdió."}}


@pytest.mark.parametrize(("nombre", "vacio", "mensaje"), [
    ("monto", {"causa": "porque_si", "motivo": "Sin monto."}, "no aplica, no se generó"),
    ("monto", {"causa": "", "motivo": "Sin monto."}, "no aplica, no se generó"),
    ("monto", {"causa": ["no_aplica"], "motivo": "Sin monto."}, "no aplica, no se generó"),
    ("monto", "no_aplica", "no aplica, no se generó"),
    ("monto", {"causa": "no_aplica"}, "tiene 0 caracteres; escriba de 3 a 600"),
    ("monto", {"causa": "no_aplica", "motivo": "No"}, "tiene 2 caracteres"),
    ("monto", {"causa": "no_aplica", "motivo": "x" * 601}, "tiene 601 caracteres"),
    ("monto", {"causa": "no_aplica", "motivo": "a\0bc"}, "U+0000"),
    ("monto", {"causa": "no_aplica", "motivo": {"a": "b"}}, "un solo valor"),
    ("descripcion", {"causa": "no_aplica", "motivo": "Sin ella."}, "quite una de las dos"),
    ("periodo", {"causa": "no_aplica", "motivo": "Sin él."}, "quite una de las dos"),
])
def test_un_vacio_mal_dicho_impide_guardar(nombre: str, vacio: Any, mensaje: str) -> None:
    validacion = val(vacios={nombre: vacio})
    assert [problema.campo for problema in validacion.problemas] == [nombre]
    assert mensaje in validacion.problemas[0].mensaje and not validacion.vacios


def test_el_ejercicio_no_puede_quedar_vacio_con_razon() -> None:
    validacion = val({}, {"ejercicio": {"causa": "no_aplica", "motivo": "Sin él."}})
    assert validacion.problemas == [Problema("ejercicio", "«Ejercicio» no puede quedar vacío.")]


@pytest.mark.parametrize("blanco", [None, {}, {"causa": "", "motivo": " "}, ""])
def test_un_vacio_en_blanco_no_es_nada(blanco: Any) -> None:
    assert val(vacios={"monto": blanco}) == val()


COSAS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda hijos: st.lists(hijos, max_size=3) | st.dictionaries(st.text(max_size=5), hijos, max_size=3))


@given(*[st.dictionaries(st.sampled_from(list(formato().por_nombre)), COSAS, max_size=6)] * 2)
def test_validar_nunca_lanza(crudo: dict[str, Any], vacios: dict[str, Any]) -> None:
    validacion = val(crudo, vacios)
    datos, limpios = de_canonico(canonico(validacion.datos, validacion.vacios))
    assert (datos, limpios) == (validacion.datos, validacion.vacios)
    assert not datos.keys() & limpios.keys()


def test_el_canonico_es_uno_solo() -> None:
    assert canonico({"b": "ñ", "a": {"y": 1, "x": True}}, {}) == '{"datos":{"a":{"x":true,"y":1},"b":"ñ"},"vacios":{}}'
    assert canonico({"a": 1, "b": 2}, {}) == canonico({"b": 2, "a": 1}, {})


@pytest.mark.parametrize("malo", ["", "[]", "{}", '{"datos":{}}', '{"datos":[],"vacios":{}}', "null"])
def test_un_contenido_mal_hecho_no_se_lee(malo: str) -> None:
    with pytest.raises(ValueError):
        de_canonico(malo)


def test_las_diferencias_van_en_el_orden_del_formulario() -> None:
    vacio = {"causa": "no_aplica", "motivo": "Sin monto."}
    antes = {"descripcion": "A", "monto": "1.00", "viejo": "x", "hubo": True, "tipo": "directa"}
    ahora = {"descripcion": "B", "hubo": True, "tipo": "directa", "cambios": [{"numero": "1"}]}
    assert diferencias(formato(), antes, ahora, vacios_ahora={"monto": vacio}) == [
        Cambio("descripcion", "A", "B"), Cambio("monto", "1.00", None, None, vacio),
        Cambio("cambios", None, [{"numero": "1"}]), Cambio("viejo", "x", None)]
    assert diferencias(formato(), antes, antes) == []


def test_el_esquema_de_un_registro_habla_de_sus_campos() -> None:
    esquema = esquema_de_registro(formato())
    datos = esquema["properties"]["datos"]
    assert list(datos["properties"]) == list(formato().por_nombre) and datos["additionalProperties"] is False
    assert datos["x-obligatorios"] == ["ejercicio", "periodo", "descripcion", "area_responsable"]
    assert datos["properties"]["cambios"]["items"]["properties"]["fecha"]["format"] == "date"


def test_el_esquema_del_archivo_no_pide_lo_que_pone_el_sistema() -> None:
    esquema = esquema_de_archivo()
    assert "clave" not in esquema["properties"] and "clave" not in esquema["required"]
    assert "comun" not in esquema["$defs"]["Campo"]["properties"]
    assert set(esquema["$defs"]["TipoCampo"]["enum"]) == {tipo.value for tipo in TipoCampo}


@pytest.fixture(scope="module")
def catalogo() -> Catalogo:
    return load_catalogo(Path(__file__).parent.parent / "fracciones_config")


def test_el_formato_real_se_valida(catalogo: Catalogo) -> None:
    licitaciones, crudo = catalogo.por_clave["licitaciones"], {"tipo_procedimiento": "Licitación pública"}
    validacion = validar(licitaciones, crudo, {}, ContextoDePrueba())
    assert validacion.se_guarda and {"convocatoria", "participantes", "fallo", "contrato"} <= set(validacion.faltan)
    assert "fundamento_legal" not in validacion.faltan


def test_el_ejemplo_de_cada_campo_se_lee(catalogo: Catalogo) -> None:
    """Lo que la pantalla pone de ejemplo tiene que aceptarse tal cual (en maestros es el nombre, no el folio)."""
    campos = [c for formato in catalogo.formatos for campo in formato.campos for c in (campo, *campo.campos)]
    con_ejemplo = [c for c in campos if c.ejemplo and not c.es_maestro and c.tipo is not TipoCampo.ARCHIVO]
    assert len(con_ejemplo) > 100
    for campo_real in con_ejemplo:
        assert leer(campo_real, campo_real.ejemplo) is not None, campo_real.nombre
