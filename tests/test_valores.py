"""De lo tecleado al dato, del dato a la columna y de regreso; y lo hostil, que nunca pasa ni tarda.

Los textos de los mensajes se revisan por trozos: dicen qué se leyó y qué se espera.
"""

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import AutoField, BigIntegerField, BooleanField, DateField, Model, SqliteDatabase, TextField

from fracciones_config import Campo, TipoCampo
from models.columnas import COLUMNAS, a_columna, de_columna, make_field
from models.domain.lectores.crudo import citar, is_blank
from models.domain.lectura import DatoInvalido, leer
from models.folios import MAXIMO, a_folio
from models.presentacion.textos import entrada, texto

FOLIO = a_folio(7_301_442_123_456_789)
OPCIONES = {"licitacion_publica": "Licitación pública", "invitacion": "Invitación; tres", "otro": "Otro"}
COLUMNAS_DE_TABLA = (
    Campo(nombre="nombre", tipo=TipoCampo.TEXTO, etiqueta="Nombre", ayuda="El nombre."),
    Campo(nombre="monto", tipo=TipoCampo.MONEDA, etiqueta="Monto", ayuda="Cuánto.", minimo=0),
    Campo(nombre="origen", tipo=TipoCampo.OPCIONES, etiqueta="Origen", ayuda="De dónde.", opciones=OPCIONES),
)


def campo(tipo: str, **extra: Any) -> Campo:
    """Un campo del tipo, con las opciones y columnas de arriba."""
    return Campo(nombre="x", tipo=TipoCampo(tipo), etiqueta="Equis", ayuda="Lo que sea.", opciones=OPCIONES,
                 campos=COLUMNAS_DE_TABLA, **extra)


BIEN: list[tuple[str, Any, Any]] = [
    ("texto", "  LP-014  ", "LP-014"), ("texto", "\ufeffa\u200bb\u00a0", "ab"), ("texto", "a\u0301", "á"),
    ("texto", 5, "5"), ("texto", 5.0, "5"), ("texto", dt.date(2026, 1, 2), "02/01/2026"), ("texto", "0012", "0012"),
    ("texto", "=HYPERLINK(1)", "=HYPERLINK(1)"), ("texto", "<script>", "<script>"), ("texto", "👩‍⚖️", "👩‍⚖️"),
    ("texto_largo", "a\r\nb\rc\td", "a\nb\nc\td"), ("texto_largo", "a\x0bb\u2028c", "a\nb\nc"), ("nota", " x ", "x"),
    ("entero", "1,234", 1234), ("entero", "-12", -12), ("entero", "−12", -12), ("entero", "1 234 567", 1234567),
    ("entero", "007", 7), ("entero", 12.0, 12), ("entero", 12, 12), ("entero", "+3", 3), ("entero", "-0", 0),
    ("entero", "999999999999999", 999_999_999_999_999),
    ("decimal", "12.50", "12.5"), ("decimal", ".5", "0.5"), ("decimal", "5.", "5"), ("decimal", "100", "100"),
    ("decimal", "-0.000001", "-0.000001"), ("decimal", "-0.0", "0"), ("decimal", 0.1 + 0.2, "0.3"),
    ("decimal", "999,999,999,999.999999", "999999999999.999999"), ("decimal", Decimal("1.10"), "1.1"),
    ("porcentaje", "12.5%", "12.5"), ("porcentaje", "12.5 %", "12.5"), ("porcentaje", "100", "100"),
    ("moneda", "$1,234.50", "1234.50"), ("moneda", "1234.5", "1234.50"), ("moneda", "1,234.50 MXN", "1234.50"),
    ("moneda", "$ 5", "5.00"), ("moneda", "-$5.1", "-5.10"), ("moneda", "$-5.1", "-5.10"), ("moneda", "5 pesos", "5.00"),
    ("moneda", "MX$20", "20.00"), ("moneda", "$20 M.N.", "20.00"), ("moneda", 1234.5, "1234.50"),
    ("moneda", 99_999_999_999_999.99, "100000000000000.00"), ("moneda", "999999999999999.99", "999999999999999.99"),
    ("moneda", "-0.00", "0.00"), ("moneda", "1 234 567.5", "1234567.50"), ("moneda", "0", "0.00"),
    ("fecha", "31/12/2026", "2026-12-31"), ("fecha", "1/2/2026", "2026-02-01"), ("fecha", "2026-12-31", "2026-12-31"),
    ("fecha", "31-12-2026", "2026-12-31"), ("fecha", "31.12.2026", "2026-12-31"), ("fecha", "29/02/2028", "2028-02-29"),
    ("fecha", "1 de Enero de 2026", "2026-01-01"), ("fecha", "1o de mayo del 2026", "2026-05-01"),
    ("fecha", "2026-12-31 00:00:00", "2026-12-31"), ("fecha", "31/12/2026 00:00", "2026-12-31"),
    ("fecha", dt.date(2026, 12, 31), "2026-12-31"), ("fecha", dt.datetime(2026, 12, 31, 9), "2026-12-31"),
    ("fecha", "01/01/1800", "1800-01-01"), ("fecha", "31/12/2200", "2200-12-31"),
    ("hora", "9:30", "09:30"), ("hora", "09:30 hrs", "09:30"), ("hora", "09:30 horas", "09:30"),
    ("hora", "9:30 p. m.", "21:30"), ("hora", "12:00 AM", "00:00"), ("hora", "09:30:00", "09:30"),
    ("hora", dt.time(9, 30), "09:30"), ("hora", "23:59", "23:59"), ("hora", "00:00 h.", "00:00"),
    ("anio", "2026", 2026), ("anio", 2026.0, 2026), ("anio", " 1999 ", 1999), ("periodo", "T3", "T3"),
    ("periodo", "3.er trimestre", "T3"), ("periodo", "SEPTIEMBRE", "M09"), ("periodo", "anual", "A"),
    ("si_no", "Sí", True), ("si_no", "si", True), ("si_no", "NO", False), ("si_no", True, True), ("si_no", False, False),
    ("si_no", 1, True), ("si_no", "falso", False), ("si_no", "s", True),
    ("opcion", "licitacion_publica", "licitacion_publica"), ("opcion", "Licitación pública", "licitacion_publica"),
    ("opcion", "LICITACION  PUBLICA", "licitacion_publica"), ("opcion", " otro ", "otro"),
    ("opciones", ["otro", "Licitación pública"], ["licitacion_publica", "otro"]),
    ("opciones", ["otro", "otro", ""], ["otro"]), ("opciones", "Otro; licitación pública", ["licitacion_publica", "otro"]),
    ("opciones", "Invitación; tres", ["invitacion"]), ("opciones", "otro\nInvitacion", ["invitacion", "otro"]),
    ("url", "https://metepec.gob.mx/a%20b.pdf?x=1#y", "https://metepec.gob.mx/a%20b.pdf?x=1#y"),
    ("url", "HTTP://Metepec.gob.mx:8080", "HTTP://Metepec.gob.mx:8080"), ("url", "https://ñandú.mx/año", "https://ñandú.mx/año"),
    ("url", "https://a.mx/@usuario", "https://a.mx/@usuario"),
    ("correo", "Unidad.T@metepec.gob.mx", "Unidad.T@metepec.gob.mx"), ("correo", "a+b@x.mx", "a+b@x.mx"),
    ("telefono", "722 226 1980", "722 226 1980"), ("telefono", "(722) 226-19-80  EXT 101", "(722) 226-19-80 ext. 101"),
    ("telefono", "+52 722 226 1980 x5", "+52 722 226 1980 ext. 5"), ("telefono", "911", "911"),
    ("telefono", 7222261980, "7222261980"), ("telefono", "7222261980, extensión 12", "7222261980 ext. 12"),
    ("archivo", FOLIO, {"id": FOLIO}), ("archivo", {"id": FOLIO, "nombre": "x"}, {"id": FOLIO}),
    ("area", {"id": f" {FOLIO.upper()} "}, {"id": FOLIO}), ("servidor_publico", FOLIO, {"id": FOLIO}),
    ("organo_colegiado", {"id": FOLIO, "texto": "Cabildo"}, {"id": FOLIO}),
    ("tabla", [{"nombre": " Rosa ", "monto": "$1"}, {"nombre": "", "monto": None}, {"origen": ["otro"], "id": "9"}],
     [{"nombre": "Rosa", "monto": "1.00"}, {"origen": ["otro"]}]),
    ("tabla", [{"otra": "x"}], None),
]

MAL: list[tuple[str, Any, str]] = [
    ("texto", "a\nb", "salto de renglón"), ("texto", "a\tb", "tabulador"), ("texto", "a\0b", "U+0000, en el lugar 2"),
    ("texto", "a\u202eb", "U+202E"), ("texto", "\ud800", "U+D800"), ("texto", "x" * 151, "151 caracteres y caben 150: sobra 1"),
    ("texto", "x" * 10_000, "10,000 caracteres y caben 150: sobran 9,850"), ("texto", ["a"], "un solo valor"),
    ("texto", {"id": "a"}, "un solo valor"), ("texto", "x" * 60_001, "60,001 caracteres"),
    ("texto", "a" + "\u0301\u0316" * 20_000, "acentos encimados"), ("texto_largo", "x" * 4_001, "caben 4,000"),
    ("texto_largo", "a\x1bb", "U+001B"), ("nota", "a\x7fb", "U+007F"),
    ("entero", "4 millones", "«4 millones» lleva letras"), ("entero", "1.5", "número entero, sin decimales"),
    ("entero", "1.234", "use coma: 1,234"), ("entero", str(2**63), "19 cifras enteras; caben 15"), ("entero", 2**63, "19 cifras"),
    ("entero", 10**400, "demasiado grande"), ("entero", "12,34", "con coma y los decimales con punto"),
    ("entero", "1,23,456", "cada tres cifras"), ("entero", "--5", "no es una cantidad"), ("entero", "１２", "no es una cantidad"),
    ("entero", "1e5", "lleva letras"), ("entero", "9" * 10_000, "10,000 caracteres"), ("entero", float("inf"), "infinito"),
    ("entero", float("nan"), "error o un infinito"), ("entero", "-", "no es una cantidad"), ("entero", dt.date(2026, 1, 1), "no es"),
    ("decimal", "1.2345678", "caben 6 decimales"), ("decimal", "1,5", "¿Quiso decir 1.5?"),
    ("decimal", "1234567890123", "13 cifras enteras; caben 12"), ("decimal", 1e300, "demasiado grande"),
    ("decimal", Decimal("1E+999999"), "demasiado grande"), ("decimal", Decimal("sNaN"), "error o un infinito"),
    ("porcentaje", "doce", "lleva letras"), ("porcentaje", "12%%", "no es una cantidad"),
    ("moneda", "4 millones", "«4 millones» lleva letras: escriba solo la cantidad, por ejemplo 1,234.50"),
    ("moneda", "1.234,50", "¿Quiso decir 1,234.50?"), ("moneda", "1234,50", "¿Quiso decir 1,234.50?"),
    ("moneda", "1.234.567", "¿Quiso decir 1,234,567?"), ("moneda", "1.234", "dos decimales cuando más. Si quiso separar los miles"),
    ("moneda", "0.005", "dos decimales cuando más"), ("moneda", "(1,234.50)", "-1,234.50"), ("moneda", "USD 5", "letras"),
    ("moneda", "9999999999999999", "16 cifras enteras; caben 15"), ("moneda", "-$-5", "no es una cantidad"),
    ("moneda", "$", "no es una cantidad"), ("moneda", "1'234", "no es una cantidad"), ("moneda", [5], "un solo valor"),
    ("fecha", "31/06/2026", "Escribió 31/06/2026; junio tiene 30 días."), ("fecha", "29/02/2026", "febrero de 2026 tiene 28 días"),
    ("fecha", "00/01/2026", "enero tiene 31 días"), ("fecha", "12/31/2026", "¿quiso decir 31/12/2026?"),
    ("fecha", "40/40/2026", "no hay mes 40"), ("fecha", "31/12/26", "cuatro cifras, como 31/12/2026"),
    ("fecha", "01/01/1799", "entre 1800 y 2200"), ("fecha", "2201-01-01", "entre 1800 y 2200"), ("fecha", "ayer", "31/12/2026"),
    ("fecha", "31/12-2026", "no es una fecha"), ("fecha", 46387, "no es una fecha"), ("fecha", "31/12/2026 10:00", "no es"),
    ("fecha", "1 de brumario de 1800", "no es una fecha"), ("fecha", "٣١/١٢/٢٠٢٦", "no es una fecha"),
    ("hora", "24:00", "de 00:00 a 23:59"), ("hora", "9:60", "de 00:00 a 23:59"), ("hora", "930", "09:30"),
    ("hora", "13:00 pm", "de 1 a 12"), ("hora", "mediodía", "09:30"), ("anio", "26", "cuatro cifras"),
    ("anio", "2,026", "cuatro cifras"), ("anio", "1799", "entre 1800 y 2200"), ("anio", "99999", "cuatro cifras"),
    ("periodo", "T5", "no es un periodo"), ("periodo", "trimestre", "3.er trimestre"), ("si_no", "tal vez", "Sí o No"),
    ("si_no", "2", "Sí o No"), ("opcion", "Licitasion publica", "¿Quiso decir «Licitación pública»?"),
    ("opcion", "xyz", "Elija: Licitación pública; Invitación; tres; Otro"), ("opcion", "o" * 10_000, "10,000 caracteres"),
    ("opcion", ["otro"], "un solo valor"), ("opciones", ["otro", "nada"], "«nada» no está en la lista"),
    ("opciones", "otro, nada", "no está en la lista"), ("opciones", [["otro"]], "un solo valor"),
    ("url", "www.metepec.gob.mx", "no empieza con https://"), ("url", "javascript:alert(1)", "no empieza con https://"),
    ("url", "data:text/html,x", "no empieza con"), ("url", "https://u:p@a.mx/", "usuario o contraseña"),
    ("url", "https://a.mx/a b", "un espacio"), ("url", "https://a.mx\\@b.mx", "el signo \\"), ("url", "https:///x", "no empieza"),
    ("url", 'https://a.mx/"onx=', 'el signo "'), ("url", "https://[::1", "no es una dirección válida"),
    ("url", "https://a.mx:99999/", "no es una dirección válida"), ("url", "https://localhost/x", "dominio completo"),
    ("url", "http://10.0.0.1/x", "dominio completo"), ("url", "https://a.mx/\r\nSet-Cookie:x", "salto de renglón"),
    ("url", "https://a.mx/" + "x" * 2_000, "2,013 caracteres"), ("url", "//a.mx/x", "no empieza"),
    ("correo", "metepec.gob.mx", "no lleva arroba"), ("correo", "a@b.mx, c@d.mx", "un solo correo"), ("correo", "a@b", "bien escrito"),
    ("correo", "a..b@x.mx", "bien escrito"), ("correo", "a@-x.mx", "bien escrito"), ("correo", "a" * 300 + "@x.mx", "caracteres"),
    ("telefono", "12345", "5 cifras"), ("telefono", "llame al 911", "uno solo"), ("telefono", "722 226 1980 / 722 226 1981", "uno solo"),
    ("telefono", "1" * 16, "16 cifras"), ("telefono", "()-", "0 cifras"), ("archivo", "contrato.pdf", "Suba el archivo"),
    ("area", "Tesorería", "Elija el área"), ("area", {"id": 5}, "Elija el área"), ("area", {"id": {"id": FOLIO}}, "un solo valor"),
    ("servidor_publico", FOLIO[:-1] + "zz", "Elija a la persona"), ("organo_colegiado", 7, "órgano colegiado"),
    ("tabla", "a;b", "una lista de renglones"), ("tabla", ["a"], "una lista de renglones"), ("tabla", {"0": "x"}, "una lista"),
    ("tabla", [{"nombre": "x"}] * 501, "501 renglones y caben 500"),
]


@pytest.mark.parametrize(("tipo", "crudo", "dato"), BIEN)
def test_se_lee(tipo: str, crudo: Any, dato: Any) -> None:
    leido = leer(campo(tipo), crudo)
    assert leido == dato and type(leido) is type(dato)
    assert leer(campo(tipo), leido) == dato, "Leer un dato da el mismo dato."


@pytest.mark.parametrize(("tipo", "crudo", "trozo"), MAL)
def test_no_se_lee_y_se_explica(tipo: str, crudo: Any, trozo: str) -> None:
    with pytest.raises(DatoInvalido) as error:
        leer(campo(tipo), crudo)
    assert trozo in str(error.value)
    assert len(str(error.value)) < 300 and str(error.value).isprintable()


@pytest.mark.parametrize("tipo", TipoCampo)
@pytest.mark.parametrize("crudo", [None, "", "  \n ", "\u200b\ufeff", "\u00a0", [], {}, [""], [None, " "], [{}], {"id": None}])
def test_en_blanco_no_hay_dato(tipo: TipoCampo, crudo: Any) -> None:
    assert leer(campo(tipo), crudo) is None


@pytest.mark.parametrize(("extra", "crudo", "trozo"), [
    ({"minimo": 0}, "-5.00", "Escribió -5.00; lo menos que se admite es 0."),
    ({"maximo": 100}, "100.01", "Escribió 100.01; lo más que se admite es 100."),
    ({"maximo": 1_500_000.5}, "2,000,000", "lo más que se admite es 1,500,000.5."),
])
@pytest.mark.parametrize("tipo", ["moneda", "decimal", "porcentaje"])
def test_minimo_y_maximo(tipo: str, extra: dict[str, float], crudo: str, trozo: str) -> None:
    with pytest.raises(DatoInvalido) as error:
        leer(campo(tipo, **extra), crudo)
    assert trozo in str(error.value)
    assert leer(campo(tipo, **extra), "0") is not None


def test_el_patron_es_de_todo_el_texto_y_se_explica() -> None:
    rfc = campo("texto", patron="[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}", patron_dice="12 o 13 caracteres como CNU9307148T4")
    assert leer(rfc, " CNU9307148T4 ") == "CNU9307148T4"
    with pytest.raises(DatoInvalido, match="«cnu9307148t4» no tiene la forma esperada: 12 o 13 caracteres como"):
        leer(rfc, "cnu9307148t4")
    with pytest.raises(DatoInvalido):
        leer(rfc, "CNU9307148T4 y algo más")


def test_un_patron_que_se_atora_no_tarda() -> None:
    malo = campo("texto", longitud=20_000, patron="(a+)+$", patron_dice="solo letras a")
    inicio = time.perf_counter()
    with pytest.raises(DatoInvalido):
        leer(malo, "a" * 10_000 + "!")
    assert time.perf_counter() - inicio < 0.1


def test_los_problemas_de_una_tabla_dicen_renglon_y_columna() -> None:
    with pytest.raises(DatoInvalido) as error:
        leer(campo("tabla"), [{"nombre": "Rosa"}, {}, {"nombre": "a\nb", "monto": "-1"}, {"monto": "x"}])
    assert [(fila, columna) for fila, columna, _ in error.value.detalles] == [(3, "nombre"), (3, "monto"), (4, "monto")]
    assert str(error.value) == "Hay datos por corregir en 2 renglones: 3, 4."


_RELLENO = ["a" * 10_000, "1" * 10_000, " " * 10_000 + "x", "." * 10_000, "(" * 10_000, "@" * 10_000, "1," * 5_000,
            "á\0" * 5_000, "\u202e", "\ud800", "1 " * 30, "$" * 60, "http://" + "a." * 900, "a@" + "a." * 120, "x." * 120 + "@a.mx"]
_RAROS: list[Any] = [2**63, -(2**63), 10**5000, 1e308, -0.0, float("nan"), Decimal("-Infinity"), b"bytes", object(), {1: {2: 3}},
                     [[[[[["x"]]]]]], [{"nombre": [[["x"]]]}], {"id": []}, {"id": {"id": 1}}, dt.timedelta(1), dt.time.max,
                     dt.datetime.max, dt.date.min, range(3), True, [{None: 1}], [True], {"id": True}, {"a"}]


@pytest.mark.parametrize("tipo", TipoCampo)
def test_lo_hostil_o_se_lee_o_se_explica_y_no_tarda(tipo: TipoCampo) -> None:
    for crudo in _RELLENO + _RAROS:
        inicio = time.perf_counter()
        try:
            dato = leer(campo(tipo), crudo)
            a_columna(campo(tipo), dato)
        except DatoInvalido as error:
            str(error).encode()
        assert time.perf_counter() - inicio < 0.1, f"{tipo} tardó con {str(crudo)[:40]!r}"


def test_una_lista_muy_honda_no_desborda() -> None:
    honda: Any = ""
    for _ in range(5_000):
        honda = [honda]
    assert not is_blank(honda)
    with pytest.raises(DatoInvalido):
        leer(campo("tabla"), honda)


@given(st.sampled_from(list(TipoCampo)), st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.dates()))
def test_leer_nunca_lanza_otra_cosa_y_es_estable(tipo: TipoCampo, crudo: Any) -> None:
    try:
        dato = leer(campo(tipo), crudo)
    except DatoInvalido:
        return
    if dato is not None:
        assert leer(campo(tipo), dato) == dato
        assert leer(campo(tipo), entrada(campo(tipo), dato)) == dato
        assert de_columna(campo(tipo), a_columna(campo(tipo), dato)) == dato


def test_citar_no_deja_pasar_lo_que_no_se_ve() -> None:
    assert citar("a\0b\u202e") == "«a·b·»"
    assert citar("x" * 100) == "«" + "x" * 59 + "…»"


TEXTOS = st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1, max_size=60).map(
    lambda escrito: leer(campo("texto"), escrito) or "x")
DINERO = st.integers(-(10**17) + 1, 10**17 - 1).map(lambda c: f"{'-' if c < 0 else ''}{abs(c) // 100}.{abs(c) % 100:02}")
DECIMALES = st.integers(-(10**18) + 1, 10**18 - 1).map(lambda n: f"{Decimal(n).scaleb(-6).normalize():f}")
ENTEROS = st.integers(-(10**15) + 1, 10**15 - 1)
FECHAS = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)).map(dt.date.isoformat)
CLAVES = st.sets(st.sampled_from(list(OPCIONES)), min_size=1).map(lambda s: [c for c in OPCIONES if c in s])
FOLIOS = st.integers(1, MAXIMO).map(lambda n: {"id": a_folio(n)})
RENGLON = st.fixed_dictionaries({"nombre": TEXTOS}, optional={"monto": DINERO.filter(lambda d: d[0] != "-"), "origen": CLAVES})

DATOS: dict[TipoCampo, st.SearchStrategy[Any]] = {
    TipoCampo.TEXTO: TEXTOS, TipoCampo.TEXTO_LARGO: st.lists(TEXTOS, min_size=1, max_size=5).map("\n".join),
    TipoCampo.NOTA: TEXTOS, TipoCampo.ENTERO: ENTEROS, TipoCampo.DECIMAL: DECIMALES, TipoCampo.MONEDA: DINERO,
    TipoCampo.PORCENTAJE: DECIMALES, TipoCampo.FECHA: FECHAS, TipoCampo.HORA: st.times().map(lambda t: f"{t:%H:%M}"),
    TipoCampo.ANIO: st.integers(1800, 2200), TipoCampo.PERIODO: st.sampled_from(["M01", "T4", "S2", "A", "P3"]),
    TipoCampo.SI_NO: st.booleans(), TipoCampo.OPCION: st.sampled_from(list(OPCIONES)), TipoCampo.OPCIONES: CLAVES,
    TipoCampo.URL: st.sampled_from(["https://a.mx/x?y=1", "http://sub.a.gob.mx"]),
    TipoCampo.CORREO: st.just("a.b@metepec.gob.mx"), TipoCampo.TELEFONO: st.just("722 226 1980 ext. 5"),
    TipoCampo.ARCHIVO: FOLIOS, TipoCampo.AREA: FOLIOS, TipoCampo.SERVIDOR_PUBLICO: FOLIOS,
    TipoCampo.ORGANO_COLEGIADO: FOLIOS, TipoCampo.TABLA: st.lists(RENGLON, min_size=1, max_size=4),
}


@pytest.mark.parametrize("tipo", TipoCampo)
@given(data=st.data())
def test_ida_y_vuelta(tipo: TipoCampo, data: st.DataObject) -> None:
    """dato → columna → dato, y dato → entrada → leer → el mismo dato."""
    dato, este = data.draw(DATOS[tipo]), campo(tipo)
    assert de_columna(este, a_columna(este, dato)) == dato
    assert leer(este, entrada(este, dato)) == dato
    assert texto(este, dato)


@pytest.mark.parametrize(("tipo", "dato", "columna"), [
    ("moneda", "1234.50", 123_450), ("moneda", "-0.05", -5), ("moneda", "999999999999999.99", 99_999_999_999_999_999),
    ("decimal", "12.5", 12_500_000), ("porcentaje", "-0.000001", -1), ("fecha", "2026-12-31", dt.date(2026, 12, 31)),
    ("si_no", True, True), ("opciones", ["otro"], '["otro"]'), ("area", {"id": a_folio(9), "texto": "x"}, 9),
    ("tabla", [{"b": "ñ", "a": 1}], '[{"a":1,"b":"ñ"}]'), ("texto", None, None),
])
def test_la_columna(tipo: str, dato: Any, columna: Any) -> None:
    assert a_columna(campo(tipo), dato) == columna


@pytest.mark.parametrize(("tipo", "dato"), [
    ("entero", 2**63), ("entero", -(2**63)), ("entero", True), ("entero", "5"), ("moneda", "1.234"), ("moneda", 5),
    ("moneda", "99999999999999999999.00"), ("moneda", "999999999999999999.99"), ("decimal", "9999999999999.0"),
    ("decimal", "1e5"), ("decimal", "NaN"), ("fecha", "31/12/2026"), ("si_no", 1), ("area", {"id": "malo"}),
    ("opciones", "otro"), ("texto", 5),
])
def test_un_dato_que_no_lo_es_no_llega_a_la_columna(tipo: str, dato: Any) -> None:
    with pytest.raises(ValueError):
        a_columna(campo(tipo), dato)


def test_las_columnas_admiten_nulo_y_son_de_cuatro_clases() -> None:
    assert {columna.clase for columna in COLUMNAS.values()} == {TextField, BigIntegerField, DateField, BooleanField}
    assert all(make_field(campo(tipo)).null for tipo in TipoCampo)


def test_ida_y_vuelta_por_una_base_de_verdad() -> None:
    base = SqliteDatabase(":memory:")
    columnas = {tipo.value: make_field(campo(tipo)) for tipo in TipoCampo}
    meta = type("Meta", (), {"database": base})
    fila: Any = type("Fila", (Model,), {"Meta": meta, "id": AutoField(), **columnas})
    base.create_tables([fila])
    datos = {tipo.value: estrategia.example() for tipo, estrategia in DATOS.items()} | {"moneda": "999999999999999.99"}
    nueva = fila.create(**{tipo: a_columna(campo(tipo), dato) for tipo, dato in datos.items()})
    leida = fila.get_by_id(nueva.id)
    assert {tipo: de_columna(campo(tipo), getattr(leida, tipo)) for tipo in datos} == datos
