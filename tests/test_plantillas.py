"""La plantilla: se abre sin quejas, dice cómo se llena, y lo que lleva se vuelve a leer igual."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from fracciones_config import Campo, TipoCampo
from models.domain.catalogo_vigente import vigente
from models.domain.contexto import ContextoDeSujeto
from models.domain.masters import save_maestro
from models.domain.vacios import Vacios
from models.domain.validation import validar
from models.domain.workflow import guardar
from models.folios import a_folio
from models.hojas.disposicion import CAUSAS, EJEMPLO, hoja_principal, llaves_de, motivo_de
from models.hojas.nuestras import CATALOGOS, IDENTIDAD, INSTRUCCIONES
from models.hojas.plantillas.celdas import CELDAS
from models.hojas.plantillas.columnas import Contexto, columns_of
from models.hojas.plantillas.nombres import names_of_maestros
from models.maestros import Area
from tests.elenco import Casa
from tests.plantillas import bytes_de, pedir, registros, renglones

CLAVES = sorted({"convenios", "licitaciones", "obras_licitaciones", "marco_normativo", "votaciones", "acuerdos_actas"})


@pytest.fixture
def motor() -> str:
    """Lo que depende del motor, leer registros por llave, se prueba en los dos en ``test_plantillas_con_datos.py``."""
    return "sqlite"


def reglas_de(libro: Workbook, hoja: int = 0) -> dict[str, Any]:
    """La validación de cada columna por su llave."""
    pagina = libro.worksheets[hoja]
    letras = {celda.column_letter: celda.value for celda in pagina[1]}
    return {letras[str(regla.sqref).partition("3:")[0]]: regla for regla in pagina.data_validations.dataValidation}


def opciones_de(libro: Workbook, regla: Any) -> list[str]:
    """Lo que ofrece una lista que vive en su hoja."""
    hoja, _, rango = regla.formula1.partition("!")
    return [fila[0].value for fila in libro[hoja][rango.replace("$", "")]]


def test_la_de_cada_formato_lleva_sus_llaves_sus_rotulos_y_su_identidad(casa: Casa) -> None:
    for clave in CLAVES:
        libro, formato = pedir(casa, clave), casa.tabla(clave).formato
        hoja = libro.worksheets[0]
        assert hoja.title == hoja_principal(formato)
        assert tuple(celda.value for celda in hoja[1]) == llaves_de(formato)
        assert hoja.row_dimensions[1].hidden and hoja.freeze_panes == "A3"
        identidad = f"ipomex|{clave}|{casa.tabla(clave).numero}|metepec|-|-"
        assert libro.properties.identifier == libro[IDENTIDAD]["A1"].value == identidad
        assert [hoja.sheet_state for hoja in libro][-3:] == ["visible", "hidden", "veryHidden"]
        assert all(celda.comment and celda.comment.text for celda in hoja[2])
        obligatorias = {celda.value for celda in hoja[2] if str(celda.value).endswith("*")}
        assert len(obligatorias) == sum(campo.obligatorio for campo in formato.campos)


def test_los_archivos_del_libro_estan_bien_formados(casa: Casa) -> None:
    """Lo que hace que Excel ofrezca reparar: hojas repetidas, textos de validación largos o nombres prohibidos."""
    contenido = bytes_de(casa, "obras_licitaciones")
    libro = load_workbook(BytesIO(contenido))
    for hoja in libro:
        for regla in hoja.data_validations.dataValidation:
            assert len(regla.errorTitle or "") <= 32 and len(regla.error or "") <= 255 and len(regla.formula1) <= 255
    with ZipFile(BytesIO(contenido)) as paquete:
        assert paquete.testzip() is None
        assert len(set(paquete.namelist())) == len(paquete.namelist())
        assert not any("vba" in parte or "external" in parte.lower() for parte in paquete.namelist())


def test_una_lista_larga_va_en_su_hoja_y_admite_las_causas(casa: Casa) -> None:
    for numero in range(60):
        save_maestro(casa.metepec.id, "area", {"nombre": f"Departamento de Asuntos Diversos número {numero:03}", "orden": 9})
    libro = pedir(casa)
    regla = reglas_de(libro)["area_seguimiento"]
    assert regla.formula1.startswith(f"{CATALOGOS}!$") and regla.errorStyle == "warning"
    ofrecidas = opciones_de(libro, regla)
    assert len(ofrecidas) == 62 + len(CAUSAS) and ofrecidas[-3:] == list(CAUSAS.values())
    del_responsable = opciones_de(libro, reglas_de(libro)["area_responsable"])
    assert len(del_responsable) == 62, "el área responsable no puede quedar vacía con razón"


def test_dos_areas_que_se_llaman_igual_se_distinguen(casa: Casa) -> None:
    obras, tesoreria = ({"id": folio} for folio in (casa.metepec.obras, casa.metepec.tesoreria))
    for superior in (obras, tesoreria):
        save_maestro(casa.metepec.id, "area", {"nombre": "Coordinación de Archivo", "area_superior": superior, "orden": 3})
    repetidas = [save_maestro(casa.metepec.id, "area", {"nombre": "Ventanilla", "orden": 4}) for _ in range(2)]
    nombres = names_of_maestros(casa.metepec.id, TipoCampo.AREA)
    assert "Dirección de Obras Públicas / Coordinación de Archivo" in nombres.opciones
    assert "Tesorería Municipal / Coordinación de Archivo" in nombres.opciones
    assert {nombres.de[area] for area in repetidas} == {a_folio(area) for area in repetidas}


def test_un_area_de_baja_no_se_ofrece_pero_se_sigue_nombrando(casa: Casa) -> None:
    vieja = save_maestro(casa.metepec.id, "area", {"nombre": "Dirección de Pulques", "orden": 9})
    Area.update(baja_en=1).where(Area.sujeto_id == casa.metepec.id, Area.id == vieja).execute()
    nombres = names_of_maestros(casa.metepec.id, TipoCampo.AREA)
    assert "Dirección de Pulques" not in nombres.opciones and nombres.de[vieja] == "Dirección de Pulques"
    save_maestro(casa.metepec.id, "area", {"nombre": "Dirección de pulques", "orden": 9})
    assert names_of_maestros(casa.metepec.id, TipoCampo.AREA).de[vieja] == a_folio(vieja), "ya hay otra que se llama igual"


def test_nadie_ve_las_areas_de_otra_institucion(casa: Casa) -> None:
    save_maestro(casa.toluca.id, "area", {"nombre": "Dirección de Chorizo", "orden": 9})
    libro = pedir(casa)
    assert all("Chorizo" not in str(celda.value) for fila in libro[CATALOGOS].iter_rows() for celda in fila)


def test_el_renglon_de_ejemplo_se_reconoce_y_sirve_de_modelo(casa: Casa) -> None:
    for clave in CLAVES:
        libro, formato = pedir(casa, clave), casa.tabla(clave).formato
        hoja = libro.worksheets[0]
        [muestra] = renglones(hoja)
        assert muestra["folio"] == EJEMPLO
        guardada = [celda.value for celda in libro[IDENTIDAD][2]]
        assert guardada == [celda.value for celda in hoja[3]][:len(guardada)]
        for campo in formato.campos:
            assert campo.nombre in muestra, campo.nombre
        [completo] = registros(libro, casa, clave)
        crudo = {nombre: valor for nombre, valor in completo.items() if nombre in formato.por_nombre}
        validacion = validar(formato, _sin_referencias(crudo, formato.campos), {}, ContextoDeSujeto(casa.metepec.id))
        assert not validacion.problemas, validacion.problemas


def _sin_referencias(crudo: dict[str, Any], campos: tuple[Campo, ...]) -> dict[str, Any]:
    """Sin lo que en una celda va por nombre: archivos y maestros los busca la carga."""
    por_nombre = {campo.nombre for campo in campos if campo.es_maestro or campo.tipo is TipoCampo.ARCHIVO}
    return {nombre: valor for nombre, valor in crudo.items() if nombre not in por_nombre}


def test_nada_de_lo_capturado_se_vuelve_formula(casa: Casa) -> None:
    malo = '=HYPERLINK("https://malo.ejemplo.mx","Abra")'
    casa.capturar(casa.julieta, denominacion_convenio=malo, nota="@SUM(1,1)", fuente_recursos="+1+1")
    with ZipFile(BytesIO(bytes_de(casa, persona=casa.julieta, con_datos=True))) as paquete:
        hojas = [paquete.read(parte) for parte in paquete.namelist() if parte.startswith("xl/worksheets/sheet")]
    assert hojas and all(b"<f>" not in hoja for hoja in hojas)
    hoja = pedir(casa, persona=casa.julieta, con_datos=True).worksheets[0]
    [fila] = [fila for fila in hoja.iter_rows(min_row=3) if fila[0].value]
    celda = fila[[c.value for c in hoja[1]].index("denominacion_convenio")]
    assert (celda.value, celda.data_type, celda.number_format) == (malo, "s", "@")


def test_lo_que_no_cabe_exacto_en_un_numero_de_excel_va_como_texto() -> None:
    pesos, dia = (Campo(nombre="x", tipo=tipo, etiqueta="X", ayuda="X") for tipo in (TipoCampo.MONEDA, TipoCampo.FECHA))
    assert CELDAS[TipoCampo.MONEDA].valor(pesos, "1234.50", {}) == 1234.5
    assert CELDAS[TipoCampo.MONEDA].valor(pesos, "999999999999999.99", {}) == "999999999999999.99"
    assert CELDAS[TipoCampo.FECHA].valor(dia, "1899-05-05", {}) == "05/05/1899"


def test_la_capturista_recibe_solo_lo_que_puede_corregir(casa: Casa) -> None:
    suyo, de_beto = casa.capturar(casa.julieta), casa.capturar(casa.beto)
    casa.hacer(casa.julieta, "borrar", casa.capturar(casa.julieta))
    casa.capturar(casa.ines)
    folios = {fila["folio"] for fila in renglones(pedir(casa, persona=casa.julieta, con_datos=True).worksheets[0])}
    assert folios == {a_folio(suyo)}
    de_la_unidad = {fila["folio"] for fila in renglones(pedir(casa, persona=casa.laura, con_datos=True).worksheets[0])}
    assert de_la_unidad == {a_folio(suyo), a_folio(de_beto)}


def test_se_pide_por_ejercicio_y_por_periodo(casa: Casa) -> None:
    casa.capturar(casa.julieta, ejercicio="2025", periodo="T1")
    este = casa.capturar(casa.julieta, ejercicio="2026", periodo="T2")
    libro = pedir(casa, persona=casa.julieta, con_datos=True, ejercicio=2026, periodo="T2")
    assert [fila["folio"] for fila in renglones(libro.worksheets[0])] == [a_folio(este)]
    assert libro.properties.identifier.endswith("|metepec|2026|T2")
    assert opciones_de(libro, reglas_de(libro)["periodo"]) == ["2.º trimestre"]


def test_sin_registros_la_que_va_con_lo_que_ya_esta_lleva_el_ejemplo(casa: Casa) -> None:
    [unico] = renglones(pedir(casa, persona=casa.julieta, con_datos=True).worksheets[0])
    assert unico["folio"] == EJEMPLO


def test_un_vacio_con_razon_lleva_su_palabra_y_su_motivo(casa: Casa) -> None:
    _vaciar(casa, "nota", {"causa": "reservado", "motivo": "Acuerdo 14/2026 del Comité."})
    [fila] = renglones(pedir(casa, persona=casa.julieta, con_datos=True).worksheets[0])
    assert fila["nota"] == CAUSAS["reservado"] and fila[motivo_de("nota")] == "Acuerdo 14/2026 del Comité."


def _vaciar(casa: Casa, campo: str, vacio: dict[str, str]) -> None:
    """Un registro con ese campo vacío, como lo deja el formulario."""
    crudo = casa.crudo(casa.julieta, **{campo: None})
    vacios: Vacios = {campo: vacio}
    guardar(casa.julieta.actor, casa.tabla(), crudo, vacios)


def test_las_instrucciones_dicen_cada_columna_y_a_quien_preguntar(casa: Casa) -> None:
    libro = pedir(casa)
    leido = "\n".join(str(celda.value) for fila in libro[INSTRUCCIONES].iter_rows() for celda in fila if celda.value)
    for campo in casa.tabla().formato.campos:
        assert campo.etiqueta in leido and campo.ayuda in leido
    assert "H. Ayuntamiento de Metepec" in leido and "Unidad de Información" in leido
    assert all(palabra in leido for palabra in CAUSAS.values())


def test_la_obligacion_condicionada_se_dice_en_la_nota(casa: Casa) -> None:
    formato, campo = next((formato, campo) for formato in vigente.foto.catalogo.formatos
                          for campo in formato.campos if campo.obligatorio_si)
    nombres = {tipo: names_of_maestros(casa.metepec.id, tipo) for tipo in (TipoCampo.AREA, TipoCampo.SERVIDOR_PUBLICO,
                                                                        TipoCampo.ORGANO_COLEGIADO)}
    notas = {columna.llave: columna.nota for columna in columns_of(Contexto(formato, nombres))}
    assert campo.obligatorio_si is not None
    assert f"Obligatorio cuando «{formato.por_nombre[campo.obligatorio_si.campo].etiqueta}» es «" in notas[campo.nombre]
