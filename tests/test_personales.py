"""Hallar datos personales: lo que se encuentra, lo que se deja pasar, y que el dato nunca quede a la vista."""

import json
from itertools import product

import pytest

from fracciones_config import Campo, Formato, TipoCampo
from fracciones_config.revision import load_catalogo, revisar
from models.domain.personales import (
    CLASES,
    Propios,
    find_en_datos,
    find_en_texto,
    from_columna,
    propios_of,
    read_freno,
    same_hallazgos,
    to_columna,
)
from models.domain.personales.hallazgo import TOPE
from tests.bases import CATALOGO, archivos_del_catalogo
from tests.catalogos import agregar_campo, con_cambio
from tests.corpus_personal import CON_DIGITO, SIN_DIGITO, contrato, directorio


def campo(nombre: str = "nota", tipo: str = "texto_largo", politica: str = "avisar", **mas: object) -> Campo:
    return Campo.model_validate({"nombre": nombre, "tipo": tipo, "etiqueta": nombre.capitalize(), "ayuda": "La que sea.",
                                 "datos_personales": politica, **mas})


LIBRE = campo()


def clases(texto: str, en: Campo = LIBRE, propios: Propios | None = None) -> list[str]:
    return [uno.clase for uno in find_en_texto(texto, en, propios or Propios())]


@pytest.mark.parametrize("clase", CON_DIGITO)
def test_del_corpus_se_halla_casi_todo_lo_que_tiene_digito(clase: str) -> None:
    hacer, frases = CON_DIGITO[clase]
    textos = [frase.format(hacer()) for frase in frases for _ in range(250)]
    hallados = sum(clases(texto) == [clase] for texto in textos)
    assert hallados / len(textos) >= 0.98, f"{clase}: {hallados} de {len(textos)}"


def test_en_directorio_y_contratos_casi_nunca_se_alarma_de_mas() -> None:
    celdas = [celda for _ in range(1500) for celda in (*directorio(), *contrato())]
    falsas = [celda for celda in celdas if clases(celda)]
    assert len(falsas) / len(celdas) < 0.001, f"{len(falsas)} de {len(celdas)}: {falsas[:20]}"


@pytest.mark.parametrize(("clase", "texto"), [(clase, texto) for clase, textos in SIN_DIGITO.items() for texto in textos])
def test_los_que_no_tienen_digito(clase: str, texto: str) -> None:
    assert clases(texto) == [clase]


@pytest.mark.parametrize("texto", [
    "BOXW310820HNERXN08", "002010077777777772", "4111 1111 1111 1112", "NSS 12345678904",  # dígito que no cumple
    "MAB9307148T4", "XAXX010101000", "XEXX010101000",  # de empresa y genéricos
    "98765432103", "12345678903",  # cifras con dígito bueno y nadie dice que sea de seguridad social
    "unidad@metepec.gob.mx", "ana@uaemex.edu.mx", "ventas@luminarias.com.mx",
    "800 123 4567", "911", "2026-01-15", "$12,345,678.90", "Ley 1234567890", "acta de nacimiento 12/05/2026",
    "Calle José María Morelos 120, Col. Centro, C.P. 50000", "Clave presupuestaria 002010077777777771",
    "Contrato 7222261980", "XBOXW310820HNERXN09", "BOXW310820HNERXN091"])
def test_lo_que_no_es_de_nadie_pasa(texto: str) -> None:
    assert clases(texto) == []


def test_la_curp_no_se_cuenta_tambien_como_rfc() -> None:
    assert clases("BOXW310820HNERXN09 y GODE561231GR8") == ["curp", "rfc"]


def test_se_hallan_en_minusculas_con_guiones_y_varios_en_una_celda() -> None:
    assert clases("curp boxw-310820-hnerxn-09; rfc gode 561231 gr8; 55 1234 5678 / 55 1234 5679") == [
        "curp", "rfc", "telefono", "telefono"]


@pytest.mark.parametrize(("texto", "oculto"), [
    ("BOXW310820HNERXN09", "CURP: BOXW••••••••••••09"), ("GODE561231GR8", "RFC de una persona: GODE••••••••8"),
    ("4111 1111 1111 1111", "Número de tarjeta: ••••••••••••1111"), ("maria@gmail.com", "Correo particular: m•••••@gmail.com"),
    ("Cel. 722 226 1980", "Teléfono particular: ••••••••80"),
    ("Nació el 12/03/1980", "Fecha de nacimiento: nació ••••••••")])
def test_se_ensenan_tapados(texto: str, oculto: str) -> None:
    assert [uno.oculto for uno in find_en_texto(texto, LIBRE)] == [oculto]


def test_la_columna_no_lleva_el_dato() -> None:
    todos = [frase.format(hacer()) for hacer, frases in CON_DIGITO.values() for frase in frases]
    todos += [texto for textos in SIN_DIGITO.values() for texto in textos]
    for texto in todos:
        hallados = find_en_texto(texto, LIBRE)
        guardado = to_columna(hallados)
        assert hallados and guardado
        assert from_columna(guardado) == hallados
        largas = [palabra for palabra in texto.replace(",", " ").split() if len(palabra) > 5 and any(map(str.isdigit, palabra))]
        assert not [palabra for palabra in largas if palabra in guardado]


def test_cada_politica() -> None:
    texto = "BOXW310820HNERXN09"
    assert [find_en_texto(texto, campo(politica=politica)) and find_en_texto(texto, campo(politica=politica))[0].politica
            for politica in ("permitir", "avisar", "bloquear")] == [(), "avisar", "bloquear"]


def test_el_campo_de_telefono_o_de_correo_es_para_eso() -> None:
    assert clases("722 226 1980", campo("telefono", "telefono")) == []
    assert clases("maria@gmail.com", campo("correo", "correo")) == []
    assert clases("boxw310820hnerxn09@gmail.com", campo("correo", "correo")) == ["curp"]


def test_en_enlaces_y_archivos_las_cifras_no_son_de_nadie() -> None:
    assert clases("https://a.mx/f/002010077777777771", campo("sitio", "url")) == []
    assert clases("https://a.mx/?curp=BOXW310820HNERXN09", campo("sitio", "url")) == ["curp"]
    assert clases("7222261980", campo("monto", "entero")) == []


def test_el_nombre_del_campo_tambien_dice_de_que_se_trata() -> None:
    assert clases("12345678903", campo("nss", "texto")) == ["nss"]
    assert clases("7222261980", campo("numero_contrato", "texto")) == []
    assert clases("2461234567", campo("telefono_celular", "texto")) == ["telefono"]


def test_lo_de_la_propia_institucion_pasa() -> None:
    propios = propios_of({"telefono": "722 235 8200 ext. 10", "correo": "Contacto.Metepec@gmail.com",
                          "unidad_correo": "ut@metepec.mx", "sitio": "https://www.metepec.org.mx/inicio"})
    assert propios == Propios.from_json(json.loads(json.dumps(propios.to_json())))
    assert propios.dominios == {"metepec.mx", "metepec.org.mx"}
    assert clases("Llame al (722) 235-8200", propios=propios) == []
    assert clases("Llame al (722) 235-8201", propios=propios) == ["telefono"]
    assert clases("contacto.metepec@gmail.com", propios=propios) == []
    assert clases("otra@gmail.com", propios=propios) == ["correo"]
    assert propios_of({}) == Propios()


def _formato() -> Formato:
    columnas = [campo("nombre", "texto", "permitir").model_dump(), campo("dato", "texto", "bloquear").model_dump()]
    campos = [campo("nota", "nota"), campo("contrato", "archivo"), campo("lista", "tabla", campos=columnas),
              campo("rfc", "texto", "permitir"), campo("monto", "moneda")]
    return Formato.model_construct(clave="x", campos=tuple(campos))


def test_un_registro_entero_dice_en_que_celda() -> None:
    datos = {"nota": "BOXW310820HNERXN09", "rfc": "GODE561231GR8", "monto": "7222261980.00",
             "contrato": {"id": "x", "nombre": "CURP_BOXW310820HNERXN09.pdf"},
             "lista": [{"nombre": "GODE561231GR8"}, {"nombre": "Rosa", "dato": "GODE561231GR8"}]}
    hallados = find_en_datos(_formato(), datos, vacios={"monto": {"causa": "reservado", "motivo": "Cel. 722 226 1980"}})
    assert [(uno.campo, uno.fila, uno.columna, uno.clase, uno.politica) for uno in hallados] == [
        ("nota", None, None, "curp", "avisar"), ("contrato", None, None, "curp", "avisar"),
        ("lista", 2, "dato", "rfc", "bloquear"), ("monto", None, "motivo", "telefono", "avisar")]


def test_el_freno_dice_que_hacer_y_no_dice_el_dato() -> None:
    avisa = to_columna(find_en_datos(_formato(), {"nota": "BOXW310820HNERXN09"}))
    bloquea = to_columna(find_en_datos(_formato(), {"nota": "BOXW310820HNERXN09", "lista": [{"dato": "GODE561231GR8"}]}))
    assert read_freno(None, None) is None and read_freno(avisa, "Es la del titular y él pidió publicarla.") is None
    assert read_freno(avisa, None) == ("Trae datos personales (CURP): quítelos, o diga por qué se publican, antes de revisar "
                                       "o publicar.")
    for motivo in (None, "Porque sí."):
        assert read_freno(bloquea, motivo) == ("Trae datos personales que no se publican (RFC de una persona): quítelos antes "
                                               "de revisar o publicar.")


def test_muchos_hallazgos_no_pierden_el_veredicto() -> None:
    nota = " ".join(f"GODE5612{dia:02d}GR8 y MOVI80{mes:02d}{dia:02d}GR8;" for dia, mes in product(range(1, 25), range(1, 6)))
    datos = {"nota": nota, "lista": [{"dato": "BOXW310820HNERXN09"}]}
    hallados = find_en_datos(_formato(), datos)
    guardado = to_columna(hallados)
    assert guardado and len(hallados) > TOPE and json.loads(guardado)["total"] == len(hallados)
    assert len(from_columna(guardado)) == TOPE and from_columna(guardado)[0].bloquea
    assert "quítelos antes" in (read_freno(guardado, "Porque sí.") or "")


def test_se_sabe_si_los_datos_son_los_mismos() -> None:
    def de(*datos: str) -> str | None:
        return to_columna(find_en_datos(_formato(), {"lista": [{"dato": dato} for dato in datos]}))
    assert same_hallazgos(de("GODE561231GR8"), de("sin nada", "GODE561231GR8"))
    assert not same_hallazgos(de("GODE561231GR8"), de("GODE561131GR8")) and not same_hallazgos(de("GODE561231GR8"), None)
    uno, otro = de("Tel. 722 226 1980"), de("Tel. 722 226 2980")
    assert from_columna(uno)[0].oculto == from_columna(otro)[0].oculto and not same_hallazgos(uno, otro)
    assert same_hallazgos(None, None)


@pytest.mark.parametrize(("cambio", "dice"), [
    ({"nombre": "curp", "etiqueta": "CURP", "datos_personales": "permitir"}, "«CURP» no se publica de nadie"),
    ({"etiqueta": "Número de seguridad social", "datos_personales": "permitir"}, "no se publica de nadie"),
    ({"tipo": "tabla", "campos": [{"nombre": "a", "tipo": "texto", "etiqueta": "A", "ayuda": "A.", "ejemplo": "a"}],
      "datos_personales": "avisar"}, "cada columna dice la suya")])
def test_el_catalogo_no_permite_lo_que_no_se_publica_de_nadie(cambio: dict[str, object], dice: str) -> None:
    archivos = archivos_del_catalogo(("convenios",))
    bien = {} if "campos" in cambio else cambio | {"datos_personales": "bloquear"}
    buena = con_cambio("convenios", agregar_campo(**bien), archivos)
    assert not revisar(buena).faltas
    [falta] = revisar(con_cambio("convenios", agregar_campo(**cambio), archivos)).faltas
    assert dice in str(falta)


def test_en_el_catalogo_de_la_casa_se_permite_poco_y_a_proposito() -> None:
    catalogo = load_catalogo(CATALOGO)
    permiten = {campo.nombre for formato in catalogo.formatos for dueno in formato.campos
                for campo in (dueno, *dueno.campos) if campo.datos_personales == "permitir"}
    assert all(nombre.startswith(("telefono", "correo")) or nombre.endswith("rfc") for nombre in permiten - {
        "domicilio_oficial", "otros_datos", "folio_solicitud"}), permiten
    bloquean = {formato.clave for formato in catalogo.formatos for campo in formato.campos
                if campo.datos_personales == "bloquear"}
    assert {"padrones", "solicitudes", "informacion_reservada"} <= bloquean


def test_cada_clase_tiene_nombre_y_porque() -> None:
    assert set(CLASES) == {*CON_DIGITO, *SIN_DIGITO}
    assert all(clase.nombre and clase.porque.endswith(".") for clase in CLASES.values())


@pytest.mark.parametrize("texto", [
    "A" * 4000 + "1", "1 " * 2000, "C. " + "JUAN " * 800 + "calle 1", "@" * 3000, "calle 1 " * 500,
    "JOSE DE LA " * 400 + "CALLE 20",
    "a@" * 2000, "\ud800123456 C/ 1", "ß" * 50 + "calle 123456"])
def test_nada_lo_atora(texto: str) -> None:
    find_en_texto(texto, LIBRE)


def test_los_tipos_que_no_se_miran_son_los_que_no_pueden_traerlos() -> None:
    for tipo in TipoCampo:
        if tipo not in {"texto", "texto_largo", "nota", "correo", "url", "archivo", "tabla"}:
            assert clases("BOXW310820HNERXN09", campo("x", tipo, opciones={"a": "A"})) == []
