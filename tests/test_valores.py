"""De lo tecleado al dato: lo que se lee, y lo que no se lee y cómo se explica.

Los textos de los mensajes se revisan por trozos: dicen qué se leyó y qué se espera.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from fracciones_config import Campo, TipoCampo
from models.domain.lectura import DatoInvalido, leer
from models.folios import a_folio

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
    ("moneda", "$ 5", "5.00"), ("moneda", "-$5.1", "-5.10"), ("moneda", "$-5.1", "-5.10"),
    ("moneda", "5 pesos", "5.00"),
    ("moneda", "MX$20", "20.00"), ("moneda", "$20 M.N.", "20.00"), ("moneda", 1234.5, "1234.50"),
    ("moneda", 123_456_789_012.34, "123456789012.34"), ("moneda", "999999999999999.99", "999999999999999.99"),
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
    ("si_no", "Sí", True), ("si_no", "si", True), ("si_no", "NO", False), ("si_no", True, True),
    ("si_no", False, False),
    ("si_no", 1, True), ("si_no", "falso", False), ("si_no", "s", True),
    ("opcion", "licitacion_publica", "licitacion_publica"), ("opcion", "Licitación pública", "licitacion_publica"),
    ("opcion", "LICITACION  PUBLICA", "licitacion_publica"), ("opcion", " otro ", "otro"),
    ("opciones", ["otro", "Licitación pública"], ["licitacion_publica", "otro"]),
    ("opciones", ["otro", "otro", ""], ["otro"]),
    ("opciones", "Otro; licitación pública", ["licitacion_publica", "otro"]),
    ("opciones", "Invitación; tres", ["invitacion"]), ("opciones", "otro\nInvitacion", ["invitacion", "otro"]),
    ("url", "https://metepec.gob.mx/a%20b.pdf?x=1#y", "https://metepec.gob.mx/a%20b.pdf?x=1#y"),
    ("url", "HTTP://Metepec.gob.mx:8080", "HTTP://Metepec.gob.mx:8080"),
    ("url", "https://ñandú.mx/año", "https://ñandú.mx/año"),
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
    ("texto", "a\u202eb", "U+202E"), ("texto", "\ud800", "U+D800"),
    ("texto", "x" * 151, "151 caracteres y caben 150: sobra 1"),
    ("texto", "x" * 10_000, "10,000 caracteres y caben 150: sobran 9,850"), ("texto", ["a"], "un solo valor"),
    ("texto", {"id": "a"}, "un solo valor"), ("texto", "x" * 60_001, "60,001 caracteres"),
    ("texto", "a" + "\u0301\u0316" * 20_000, "acentos encimados"), ("texto_largo", "x" * 4_001, "caben 4,000"),
    ("texto_largo", "a\x1bb", "U+001B"), ("nota", "a\x7fb", "U+007F"),
    ("entero", "4 millones", "«4 millones» lleva letras"), ("entero", "1.5", "número entero, sin decimales"),
    ("entero", "1.234", "use coma: 1,234"), ("entero", str(2**63), "19 cifras enteras; caben 15"),
    ("entero", 2**63, "19 cifras"),
    ("entero", 10**400, "demasiado grande"), ("entero", "12,34", "con coma y los decimales con punto"),
    ("entero", "1,23,456", "cada tres cifras"), ("entero", "--5", "no es una cantidad"),
    ("entero", "１２", "no es una cantidad"),
    ("entero", "1e5", "lleva letras"), ("entero", "9" * 10_000, "10,000 caracteres"),
    ("entero", float("inf"), "infinito"),
    ("entero", float("nan"), "error o un infinito"), ("entero", "-", "no es una cantidad"),
    ("entero", dt.date(2026, 1, 1), "no es"),
    ("decimal", "1.2345678", "caben 6 decimales"), ("decimal", "1,5", "¿Quiso decir 1.5?"),
    ("decimal", "1234567890123", "13 cifras enteras; caben 12"), ("decimal", 1e300, "demasiado grande"),
    ("decimal", Decimal("1E+999999"), "demasiado grande"), ("decimal", Decimal("sNaN"), "error o un infinito"),
    ("porcentaje", "doce", "lleva letras"), ("porcentaje", "12%%", "no es una cantidad"),
    ("moneda", "4 millones", "«4 millones» lleva letras: escriba solo la cantidad, por ejemplo 1,234.50"),
    ("moneda", "1.234,50", "¿Quiso decir 1,234.50?"), ("moneda", "1234,50", "¿Quiso decir 1,234.50?"),
    ("moneda", "1.234.567", "¿Quiso decir 1,234,567?"),
    ("moneda", "1.234", "dos decimales cuando más. Si quiso separar los miles"),
    ("moneda", "0.005", "dos decimales cuando más"), ("moneda", "(1,234.50)", "-1,234.50"),
    ("moneda", "USD 5", "letras"),
    ("moneda", "9999999999999999", "16 cifras enteras; caben 15"), ("moneda", "-$-5", "no es una cantidad"),
    ("moneda", 99_999_999_999_999.99, "más de 15 cifras"), ("moneda", 2.0**60, "más de 15 cifras"),
    ("moneda", "$", "no es una cantidad"), ("moneda", "1'234", "no es una cantidad"), ("moneda", [5], "un solo valor"),
    ("fecha", "31/06/2026", "Escribió 31/06/2026; junio tiene 30 días."),
    ("fecha", "29/02/2026", "febrero de 2026 tiene 28 días"),
    ("fecha", "00/01/2026", "enero tiene 31 días"), ("fecha", "12/31/2026", "¿quiso decir 31/12/2026?"),
    ("fecha", "40/40/2026", "no hay mes 40"), ("fecha", "31/12/26", "cuatro cifras, como 31/12/2026"),
    ("fecha", "01/01/1799", "entre 1800 y 2200"), ("fecha", "2201-01-01", "entre 1800 y 2200"),
    ("fecha", "ayer", "31/12/2026"),
    ("fecha", "31/12-2026", "no es una fecha"), ("fecha", 46387, "no es una fecha"),
    ("fecha", "31/12/2026 10:00", "no es"),
    ("fecha", "1 de brumario de 1800", "no es una fecha"), ("fecha", "٣١/١٢/٢٠٢٦", "no es una fecha"),
    ("hora", "24:00", "de 00:00 a 23:59"), ("hora", "9:60", "de 00:00 a 23:59"), ("hora", "930", "09:30"),
    ("hora", "13:00 pm", "de 1 a 12"), ("hora", "mediodía", "09:30"), ("anio", "26", "cuatro cifras"),
    ("anio", "2,026", "cuatro cifras"), ("anio", "1799", "entre 1800 y 2200"), ("anio", "99999", "cuatro cifras"),
    ("periodo", "T5", "no es un periodo"), ("periodo", "trimestre", "3.er trimestre"), ("si_no", "tal vez", "Sí o No"),
    ("si_no", "2", "Sí o No"), ("opcion", "Licitasion publica", "¿Quiso decir «Licitación pública»?"),
    ("opcion", "xyz", "Elija: Licitación pública; Invitación; tres; Otro"),
    ("opcion", "o" * 10_000, "10,000 caracteres"),
    ("opcion", ["otro"], "un solo valor"), ("opciones", ["otro", "nada"], "«nada» no está en la lista"),
    ("opciones", "otro, nada", "no está en la lista"), ("opciones", [["otro"]], "un solo valor"),
    ("url", "www.metepec.gob.mx", "no empieza con https://"), ("url", "javascript:alert(1)", "no empieza con https://"),
    ("url", "data:text/html,x", "no empieza con"), ("url", "https://u:p@a.mx/", "usuario o contraseña"),
    ("url", "https://a.mx/a b", "un espacio"), ("url", "https://a.mx\\@b.mx", "el signo \\"),
    ("url", "https:///x", "no empieza"),
    ("url", 'https://a.mx/"onx=', 'el signo "'), ("url", "https://[::1", "no es una dirección válida"),
    ("url", "https://a.mx:99999/", "no es una dirección válida"), ("url", "https://localhost/x", "dominio completo"),
    ("url", "http://10.0.0.1/x", "dominio completo"), ("url", "https://a.mx/\r\nSet-Cookie:x", "salto de renglón"),
    ("url", "https://a.mx/" + "x" * 2_000, "2,013 caracteres"), ("url", "//a.mx/x", "no empieza"),
    ("correo", "metepec.gob.mx", "no lleva arroba"), ("correo", "a@b.mx, c@d.mx", "un solo correo"),
    ("correo", "a@b", "bien escrito"),
    ("correo", "a..b@x.mx", "bien escrito"), ("correo", "a@-x.mx", "bien escrito"),
    ("correo", "a" * 300 + "@x.mx", "caracteres"),
    ("telefono", "12345", "5 cifras"), ("telefono", "llame al 911", "uno solo"),
    ("telefono", "722 226 1980 / 722 226 1981", "uno solo"),
    ("telefono", "1" * 16, "16 cifras"), ("telefono", "()-", "0 cifras"),
    ("archivo", "contrato.pdf", "Suba el archivo"),
    ("area", "Tesorería", "Elija el área"), ("area", {"id": 5}, "Elija el área"),
    ("area", {"id": {"id": FOLIO}}, "un solo valor"),
    ("servidor_publico", FOLIO[:-1] + "zz", "Elija a la persona"), ("organo_colegiado", 7, "órgano colegiado"),
    ("tabla", "a;b", "una lista de renglones"), ("tabla", ["a"], "una lista de renglones"),
    ("tabla", {"0": "x"}, "una lista"),
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
@pytest.mark.parametrize(
    "crudo", [None, "", "  \n ", "\u200b\ufeff", "\u00a0", [], {}, [""], [None, " "], [{}], {"id": None}])
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


def test_los_problemas_de_una_tabla_dicen_renglon_y_columna() -> None:
    with pytest.raises(DatoInvalido) as error:
        leer(campo("tabla"), [{"nombre": "Rosa"}, {}, {"nombre": "a\nb", "monto": "-1"}, {"monto": "x"}])
    assert [(fila, columna) for fila, columna, _ in error.value.detalles] == [(3, "nombre"), (3, "monto"), (4, "monto")]
    assert str(error.value) == "Hay datos por corregir en 2 renglones: 3, 4."
