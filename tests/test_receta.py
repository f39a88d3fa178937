"""La receta de limpieza: lo que se propone corregir en una celda, lo que no se adivina, y lo que nunca se toca."""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fracciones_config import Campo, TipoCampo
from models.base import db
from models.cargas import Receta
from models.domain.lectura import DatoInvalido, leer
from models.folios import a_folio
from models.hojas.receta import CLASES, Clase, ContextoDeReceta, classify, repair
from models.hojas.receta.memoria import accepted_before, remember
from models.hojas.receta.nombres import Nombres
from tests.elenco import Casa

T = TipoCampo
OPCIONES = {"licitacion_publica": "Licitación pública", "invitacion_tres": "Invitación a cuando menos tres personas",
            "adjudicacion_directa": "Adjudicación directa", "procedente": "Procedente", "grupo_a": "Grupo A"}


@dataclass(frozen=True)
class Maestro:
    folio: str
    nombre: str
    superior: str = ""
    vivo: bool = True


TESORERIA, FINANZAS, JURIDICA, OTRA_JURIDICA, EXTINTA = (a_folio(1_000 + n) for n in range(5))
JUAN, MARIA, PEREA = (a_folio(2_000 + n) for n in range(3))
AREAS = (Maestro(TESORERIA, "Tesorería Municipal", "Presidencia"), Maestro(FINANZAS, "Dirección de Finanzas", "Presidencia"),
         Maestro(JURIDICA, "Coordinación Jurídica", "Tesorería Municipal"),
         Maestro(OTRA_JURIDICA, "Coordinación Jurídica", "Dirección de Finanzas"), Maestro(EXTINTA, "Rastro", vivo=False))
PERSONAS = (Maestro(JUAN, "Juan Pérez López", "Tesorería Municipal"), Maestro(MARIA, "María Fernanda Núñez Ñandú"),
            Maestro(PEREA, "Juan Perea López"))
CONTEXTO = ContextoDeReceta({T.AREA: Nombres(AREAS), T.SERVIDOR_PUBLICO: Nombres(PERSONAS)},
                            frozenset({"T1", "T2", "T3", "T4"}), 2026)


def campo_de(tipo: TipoCampo, **mas: Any) -> Campo:
    return Campo(nombre="x", tipo=tipo, etiqueta="Equis", ayuda="Lo que sea.", opciones=OPCIONES, **mas)


RFC = {"patron": "[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}", "patron_dice": "12 o 13 caracteres como RNE980412KL2"}

SE_PROPONE: dict[TipoCampo, list[tuple[Any, str, Clase]]] = {
    T.FECHA: [(crudo, "31/12/2026", Clase.FECHA) for crudo in (
        "31-12-26", "31/12/26", "12/31/2026", "12-31-26", "dic 31 2026", "31-dic-2026", "31/Dic/26", "Dec 31, 2026",
        "31 de diciembre de 2026", "31 de diciembre del 2026", "31 diciembre 2026", "jueves 31 de diciembre de 2026",
        "Jueves, 31 de Diciembre de 2026", "2026/12/31", "20261231", "31.12.2026", "31 / 12 / 2026", "31/12/2026 10:30",
        "31/12/2026 10:30:15 a. m.", "2026-12-31T10:00:00Z", "46387", "46387.0", 46387, 46387.5, " 31-12-2026 ",
        dt.datetime(2026, 12, 31, 10, 30))] + [("primero de enero de 2026", "01/01/2026", Clase.FECHA),
                                               ("1º de enero de 2026", "01/01/2026", Clase.FECHA),
                                               ("15/03/98", "15/03/1998", Clase.FECHA)],
    T.MONEDA: [(crudo, "1,234.50", Clase.MONEDA) for crudo in (
        "$1,234.50", "$ 1234.5", "1.234,50 MXN", "1.234,50", "1234,50", "1 234.50", "1\u00a0234.50", "$1,234.50 M.N.",
        "MXN 1,234.50", "1234.5000", "'1234.50", "1,234.50 pesos")] + [
        ("(1,234.50)", "-1,234.50", Clase.MONEDA), ("($1,234.50)", "-1,234.50", Clase.MONEDA), ("5-", "-5.00", Clase.MONEDA),
        ("1'234,567.50", "1,234,567.50", Clase.MONEDA), ("1.234.567", "1,234,567.00", Clase.MONEDA),
        (1234.5672, "1,234.57", Clase.REDONDEO)],
    T.PORCENTAJE: [("12.5%", "12.5", Clase.NUMERO), ("12,5 %", "12.5", Clase.NUMERO), ("(3%)", "-3", Clase.NUMERO),
                   ("12.5 por ciento", "12.5", Clase.NUMERO), (0.333333333333, "0.333333", Clase.REDONDEO)],
    T.ENTERO: [("12.0", "12", Clase.NUMERO), ("1,234.00", "1,234", Clase.NUMERO), ("1 234", "1,234", Clase.NUMERO)],
    T.DECIMAL: [("1.234,5", "1,234.5", Clase.NUMERO)],
    T.ANIO: [(crudo, "2026", Clase.ANIO) for crudo in (
        "2026.0", "'2026", "’2026", "2,026", "Año 2026", "Ejercicio fiscal 2026")],
    T.HORA: [("9.30", "09:30", Clase.HORA), ("9:30 p. m.", "21:30", Clase.HORA), ("9 am", "09:00", Clase.HORA),
             (0.395833333, "09:30", Clase.HORA), (dt.timedelta(hours=9, minutes=30), "09:30", Clase.HORA)],
    T.SI_NO: [*((crudo, "Sí", Clase.SI_NO) for crudo in ("X", "✓", "sí.", "si", "SI", "1", "[x]", "SÃ\xad")),
              *((crudo, "No", Clase.SI_NO) for crudo in ("no", "NO.", "0", "✗"))],
    T.PERIODO: [*((crudo, "1.er trimestre", Clase.PERIODO) for crudo in (
        "1er trim", "enero-marzo", "ene-mar", "Enero a Marzo", "T-1", "1T", "trim. I", "Primer trimestre", "1ER TRIMESTRE",
        "1er trimestre 2026", "enero-marzo de 2026"))],
    T.OPCION: [(crudo, "Licitación pública", Clase.LISTA) for crudo in (
        "Licitacion Publica", "LICITACIÓN PÚBLICA", "Licitaciones públicas", "1. Licitación pública", "a) licitacion publica",
        "LicitaciÃ³n pÃºblica", "Licitaci\ufffdn p\ufffd\ufffdblica", "Licitación  pública", "licitacion-publica",
        "Lisitación pública")] + [
        ("Invitación a cuando menos 3 personas", "Invitación a cuando menos tres personas", Clase.LISTA)],
    T.OPCIONES: [("Licitacion Publica, Adjudicación directa", "Licitación pública; Adjudicación directa", Clase.LISTA)],
    T.URL: [("www.metepec.gob.mx/a b.pdf", "https://www.metepec.gob.mx/a%20b.pdf", Clase.URL),
            ("metepec.gob.mx", "https://metepec.gob.mx", Clase.URL), ("http//x.gob.mx/a", "http://x.gob.mx/a", Clase.URL),
            ("https:\\\\x.gob.mx\\a", "https://x.gob.mx/a", Clase.URL)],
    T.CORREO: [("unidad @metepec.gob.mx", "unidad@metepec.gob.mx", Clase.CORREO), ("<a@b.mx>;", "a@b.mx", Clase.CORREO),
               ("mailto:a@b.mx", "a@b.mx", Clase.CORREO)],
    T.TELEFONO: [("Tel. 722/226 1980", "722 226 1980", Clase.TELEFONO),
                 ("722  226 1980 Ext 5", "722 226 1980 ext. 5", Clase.TELEFONO)],
    T.TEXTO: [("Hola  mundo", "Hola mundo", Clase.ESPACIOS), ("Hola\u00a0mundo", "Hola mundo", Clase.ESPACIOS),
              ("uno\ndos", "uno dos", Clase.ESPACIOS), ("a_x000D_b", "a b", Clase.ESPACIOS),
              ("Juan\x00Pérez", "Juan Pérez", Clase.ESPACIOS), ("LicitaciÃ³n", "Licitación", Clase.MOJIBAKE),
              ("MuÃ±oz  y  NiÃ±o", "Muñoz y Niño", Clase.MOJIBAKE), ("Licitaci¢n", "Licitación", Clase.MOJIBAKE),
              ("Espa¤a", "España", Clase.MOJIBAKE), ("Administraci&oacute;n", "Administración", Clase.MOJIBAKE),
              (dt.date(2026, 2, 1), "01/02/2026", Clase.FECHA)],
    T.TEXTO_LARGO: [("Uno  dos\nTres", "Uno dos\nTres", Clase.ESPACIOS)],
    T.AREA: [*((crudo, "Tesorería Municipal", Clase.NOMBRE) for crudo in (
        "Tesoreria Municipal", "TESORERÍA MUNICIPAL", "Tesorería  Municipal", "Tesoreria Munisipal",
        "presidencia/tesoreria municipal")),
        ("Dir. de Finanzas", "Dirección de Finanzas", Clase.NOMBRE),
        ("Dirección Finanzas", "Dirección de Finanzas", Clase.NOMBRE),
        ("tesorería municipal/coordinación jurídica", "Tesorería Municipal / Coordinación Jurídica", Clase.NOMBRE)],
    T.SERVIDOR_PUBLICO: [*((crudo, "Juan Pérez López", Clase.NOMBRE) for crudo in (
        "Pérez López Juan", "PEREZ LOPEZ, JUAN", "Lic. Juan Pérez López", "C. juan perez lopez")),
        ("Núñez Ñandú María Fernanda", "María Fernanda Núñez Ñandú", Clase.NOMBRE)],
}

NO_SE_ADIVINA: dict[TipoCampo, tuple[Any, ...]] = {
    T.FECHA: ("31/06/2026", "31/12/35", "2026", 2026, "dic 2026", "lunes 31 de diciembre de 2026", "31/12", True, "mañana",
              9999, 99999, "13/13/2026", float("nan"), float("inf")),
    T.MONEDA: ("1.5 millones", "1.234", "1234.567", "1,234.50 USD", "€5", "-", "$", "1,23,4", "1.000", float("nan"), "12 y 13",
               "1/2"),
    T.ENTERO: ("1.234", "12 piezas", 12.5, "12,5", "doce", "1e3"),
    T.PORCENTAJE: ("la mitad", "12%%", "1/2"),
    T.ANIO: ("26", "2026-2027", "20260", "MMXXVI"),
    T.HORA: ("930", "25:00", "9", "en la mañana", 5.5),
    T.SI_NO: ("tal vez", "?", "parcialmente", "2"),
    T.PERIODO: ("febrero-abril", "1er trimestre 2025", "5o trimestre", "1er semestre", "siempre", "enero-junio"),
    T.OPCION: ("Licitación", "Improcedente", "Grupo", "Grupo B", "Otra", "pública", "Directa"),
    T.OPCIONES: ("Licitación pública; algo",),
    T.URL: ("No hay", "archivo.pdf", "C:\\docs\\a.pdf", "ftp://x.mx"),
    T.CORREO: ("a@b.mx; c@d.mx", "juan perez@b.mx", "no tiene"),
    T.TELEFONO: ("(722)2261980, 2261981", "55 1234", "sin teléfono"),
    T.AREA: ("Tesorería", "Coordinación Jurídica", "Rastro", "Dirección de Fianzas y Seguros", "Municipal"),
    T.SERVIDOR_PUBLICO: ("Juan Pérez", "Juan Peres López", "Juan", "Pedro Pérez López"),
    T.TABLA: ("algo",), T.ARCHIVO: ("contrato.pdf",),
}

OFICIAL: dict[TipoCampo, tuple[Any, ...]] = {
    T.FECHA: ("31/12/2026", "1/2/2026", "2026-12-31", dt.date(2026, 12, 31), dt.datetime(2026, 12, 31)),
    T.MONEDA: (1234.5, 1234, "1234.5", "1,234.50", "-5", "0"), T.ENTERO: (12, 12.0, "1,234"), T.PORCENTAJE: (12.5, "12.5"),
    T.ANIO: (2026, 2026.0, "2026"), T.HORA: ("9:30", dt.time(9, 30)), T.SI_NO: ("Sí", "No", True, False),
    T.PERIODO: ("T1", "1.er trimestre"), T.OPCION: ("Licitación pública", "licitacion_publica", " Licitación pública "),
    T.OPCIONES: ("Licitación pública; Adjudicación directa", "licitacion_publica"), T.URL: ("https://metepec.gob.mx/a.pdf",),
    T.CORREO: ("unidad@metepec.gob.mx",), T.TELEFONO: ("722 226 1980",), T.TEXTO: ("AT&T", "Uno dos", 123.0),
    T.TEXTO_LARGO: ("Uno dos\n\nTres",),
}

BIEN_ESCRITOS = (
    "Cuauhtémoc Ñúñez Güemes", "Jñatjo", "Hñähñu", "Hñätho", "Pjiekak’joo", "Matlatzinca bot’una", "Xóchitl Ñuu Savi",
    "K’iche’", "Nahuatlahtolli", "San Felipe del Progreso (Ndomba)", "Tlazihuizcalpantecuhtli", "Ñ’anho", "São Paulo",
    "Conceição", "Müller y Ångström", "Citroën", "Peugeot 3008 “Allure”", "Vía Láctea: 5 µm ± 2 %", "¡Ojo! ¿Cuánto? 1.ª y 2.º",
    "20 °C a 30 °C", "£5 y ¥100", "2 × 3 m²", "pingüino", "Zürich", "François Âge d’Or", "ÍNDICE ÚNICO DE NIÑOS ÑANDÚ",
    "A & B; C&A", "R&D &c;", "Tañido—rasgo", "Dvořák", "Łódź", "El niño; la niña: «así»", "ÁRBOL ÉXITO ÓPTIMO",
    "José Ángel Á. Íñiguez", "Año ½ y ¾ partes", "Calle 5¾", "Coñac", "Ê", "Â", "Ã", "ãñ", "Ð", "±", "Nuestra Señora de la O",
)

TODOS = [(tipo, crudo) for tabla in (NO_SE_ADIVINA, OFICIAL) for tipo, lista in tabla.items() for crudo in lista] + [
    (tipo, crudo) for tipo, lista in SE_PROPONE.items() for crudo, _, _ in lista]


def leido(campo: Campo, crudo: Any) -> Any:
    """Lo que se lee de una celda; ``None`` si no se entiende."""
    try:
        return leer(campo, crudo)
    except DatoInvalido:
        return None


@pytest.mark.parametrize("tipo", SE_PROPONE)
def test_se_propone_como_escribirlo(tipo: TipoCampo) -> None:
    hecho = {repr(crudo): repair(campo_de(tipo), crudo, CONTEXTO) for crudo, _, _ in SE_PROPONE[tipo]}
    assert hecho == {repr(crudo): (queda, clase) for crudo, queda, clase in SE_PROPONE[tipo]}


@pytest.mark.parametrize("tipo", NO_SE_ADIVINA)
def test_lo_que_se_presta_a_dos_lecturas_no_se_propone(tipo: TipoCampo) -> None:
    assert {repr(crudo): p for crudo in NO_SE_ADIVINA[tipo] if (p := repair(campo_de(tipo), crudo, CONTEXTO))} == {}


@pytest.mark.parametrize("tipo", OFICIAL)
def test_la_forma_oficial_se_lee_sin_preguntar(tipo: TipoCampo) -> None:
    campo = campo_de(tipo)
    assert all(leido(campo, crudo) is not None for crudo in OFICIAL[tipo])
    assert [classify(campo, crudo, leido(campo, crudo)) or repair(campo, crudo, CONTEXTO) for crudo in OFICIAL[tipo]] == [
        None] * len(OFICIAL[tipo])


@pytest.mark.parametrize("tipo", SE_PROPONE)
def test_lo_que_se_lee_sin_ser_oficial_se_senala_y_su_correccion_no_cambia_lo_leido(tipo: TipoCampo) -> None:
    """Corregir lo que ya se entendía solo cambia cómo está escrito; de un texto, sus blancos y sus letras."""
    campo = campo_de(tipo)
    for crudo, queda, clase in SE_PROPONE[tipo]:
        if campo.es_maestro or (dato := leido(campo, crudo)) is None:
            continue
        assert classify(campo, crudo, dato) == clase, crudo
        assert leer(campo, queda) == dato or tipo in (T.TEXTO, T.TEXTO_LARGO), crudo


@pytest.mark.parametrize("tipo", SE_PROPONE)
def test_corregir_dos_veces_es_corregir_una(tipo: TipoCampo) -> None:
    campo = campo_de(tipo)
    for _, queda, _ in SE_PROPONE[tipo]:
        assert repair(campo, queda, CONTEXTO) is None, queda
        assert campo.es_maestro or classify(campo, queda, leer(campo, queda)) is None, queda


def test_un_texto_bien_escrito_no_se_toca() -> None:
    corto, largo = campo_de(T.TEXTO), campo_de(T.TEXTO_LARGO)
    for texto in BIEN_ESCRITOS:
        assert repair(corto, texto, CONTEXTO) is None, texto
        assert classify(largo, texto, leer(largo, texto)) is None, texto


@given(st.lists(st.text("aábcdeéfghiíjlmnñoópqrstuúüvzAÁEÉÍÑOÓÚÜ'’.,;:-()0123456789°ºª%$&/¿?¡!«»", min_size=1, max_size=9),
                min_size=1, max_size=8))
def test_el_espanol_no_se_toca(palabras: list[str]) -> None:
    texto = " ".join(palabras)
    assert repair(campo_de(T.TEXTO), texto, CONTEXTO) is None


@given(st.text("aábcdeéfghiíñoóuúüÁÉÍÑÓÚ ", min_size=3, max_size=40), st.sampled_from(("latin-1", "cp1252")))
def test_las_letras_danadas_vuelven_a_ser_las_que_eran(texto: str, como: str) -> None:
    """UTF-8 leído como otra cosa: o se arregla bien, o no se toca."""
    sano = " ".join(texto.split())
    try:
        danado = sano.encode().decode(como)
    except UnicodeDecodeError:
        return
    propuesta = repair(campo_de(T.TEXTO), danado, CONTEXTO) if sano else None
    assert propuesta is None or propuesta[1] == Clase.ESPACIOS or propuesta[0] == sano


@given(st.sampled_from(sorted(T)), st.one_of(
    st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(), st.timedeltas(),
    st.text("0123456789.,$%()-/ 'MXNdiceb", max_size=14), st.sampled_from([crudo for _, crudo in TODOS])))
def test_venga_lo_que_venga_lo_propuesto_se_lee_y_queda_firme(tipo: TipoCampo, crudo: Any) -> None:
    campo = campo_de(tipo)
    propuesta = repair(campo, crudo, CONTEXTO)
    if propuesta is None or propuesta[1] == Clase.VACIO:
        return
    queda, clase = propuesta
    assert clase in CLASES and isinstance(queda, str)
    assert campo.es_maestro or classify(campo, queda, leer(campo, queda)) is None
    assert repair(campo, queda, CONTEXTO) is None


@pytest.mark.parametrize(("tipo", "mas", "crudo", "queda"), [
    (T.TEXTO, RFC, "rne-980412-kl2", "RNE980412KL2"),
    (T.TEXTO, RFC, "RNE 980412 KL2.", "RNE980412KL2"), (T.TEXTO, RFC, "RNE98", None),
    (T.MONEDA, {"minimo": 0}, "(5.00)", None), (T.MONEDA, {"maximo": 10}, "$9.50", "9.50"),
    (T.MONEDA, {"maximo": 10}, "1.234,50", None),
    (T.ENTERO, {"maximo": 5}, "6.0", None),
])
def test_lo_que_pide_el_campo_manda(tipo: TipoCampo, mas: dict[str, Any], crudo: str, queda: str | None) -> None:
    propuesta = repair(campo_de(tipo, **mas), crudo, CONTEXTO)
    assert (propuesta and propuesta[0]) == queda


@pytest.mark.parametrize("crudo", ["N/A", "n.a.", "NA", "No aplica."])
def test_n_a_es_no_aplica_donde_se_puede(crudo: str) -> None:
    assert repair(campo_de(T.FECHA), crudo, CONTEXTO) == ("No aplica", Clase.VACIO)
    assert repair(campo_de(T.FECHA, comun=True, obligatorio=True), crudo, CONTEXTO) is None
    assert repair(campo_de(T.TEXTO), crudo, CONTEXTO) is None, "en un texto puede ser lo que dice"


def test_los_nombres_exactos_el_superior_y_el_folio() -> None:
    areas = CONTEXTO.nombres[T.AREA]
    suyas = {"Tesorería Municipal": TESORERIA, " Tesorería Municipal ": TESORERIA,
             "Presidencia / Tesorería Municipal": TESORERIA,
             "Dirección de Finanzas / Coordinación Jurídica": OTRA_JURIDICA, EXTINTA.upper(): EXTINTA}
    assert {nombre: areas.find(nombre) for nombre in suyas} == suyas
    ajenas = ("tesorería municipal", "Coordinación Jurídica", "Rastro", a_folio(9_999), "")
    assert [areas.find(nombre) for nombre in ajenas] == [None] * 5
    assert areas.write(OTRA_JURIDICA) == "Dirección de Finanzas / Coordinación Jurídica" and areas.write(EXTINTA) == EXTINTA
    assert areas.explain("Coordinacion juridica", "el área") == (
        "«Coordinacion juridica» es el nombre de 2. Diga cuál: «Tesorería Municipal / Coordinación Jurídica»; "
        "«Dirección de Finanzas / Coordinación Jurídica».")
    assert "«Catastro» no está" in areas.explain("Catastro", "el área")


def test_dos_areas_identicas_solo_se_distinguen_por_su_folio() -> None:
    uno, dos = a_folio(7), a_folio(8)
    gemelas = Nombres([Maestro(uno, "Archivo", "Secretaría"), Maestro(dos, "Archivo", "Secretaría")])
    assert gemelas.find("Archivo") is gemelas.find("Secretaría / Archivo") is gemelas.guess("archivo") is None
    assert gemelas.write(uno) == uno and gemelas.find(uno) == uno


def test_buscar_parecidos_no_se_puede_volver_eterno() -> None:
    """Cinco mil personas y miles de nombres que no son ninguno; y celdas hechas para atorar una expresión."""
    muchas = Nombres([Maestro(a_folio(10_000 + n), f"Persona Número {n} de la Cruz Martínez") for n in range(2_000)])
    contexto = ContextoDeReceta({T.SERVIDOR_PUBLICO: muchas})
    inicio = time.process_time()
    for n in range(4_000):
        assert repair(campo_de(T.SERVIDOR_PUBLICO), f"Nadie Tal {n} Cualquiera Otro", contexto) is None
    for tipo in T:
        for mala in ("a" * 500, "1," * 250, " " * 300 + "x" + " " * 200, "(" * 500, "1 " * 250, "a-" * 250, "a." * 250,
                     "É" * 500):
            repair(campo_de(tipo), mala, CONTEXTO)
    assert time.process_time() - inicio < 8


def test_cada_clase_se_explica() -> None:
    assert set(CLASES) == set(Clase) and all(texto[0].isupper() and len(texto) < 90 for texto in CLASES.values())


def test_la_receta_se_recuerda_por_institucion_y_formato(casa: Casa) -> None:
    yo, vecino = casa.julieta.actor, casa.toluca.id
    with db.atomic():
        remember(casa.metepec.id, "licitaciones", yo.id, {"a|fecha", "b|lista"}, {"a|fecha", "b|lista"})
        remember(casa.metepec.id, "licitaciones", yo.id, {"a|fecha", "c|moneda"}, {"c|moneda"})
        remember(casa.metepec.id, "licitaciones", yo.id, set(), set())
        remember(vecino, "licitaciones", yo.id, {"b|lista"}, set())
    assert accepted_before(casa.metepec.id, "licitaciones") == {"b|lista", "c|moneda"}, "lo que ya no se aceptó se olvida"
    assert accepted_before(vecino, "licitaciones") == accepted_before(casa.metepec.id, "convenios") == frozenset()
    assert Receta.select().where(Receta.sujeto_id == casa.metepec.id).count() == 2
