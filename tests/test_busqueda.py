"""La búsqueda: las mismas palabras, los mismos resultados en los dos motores, y nada de lo retirado."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from peewee import BigIntegerField, CompositeKey, Database, IntegerField, Model, PostgresqlDatabase, SqliteDatabase
from peewee import TextField as Texto

from models.busqueda.consulta import Consulta, Termino, parse, to_fts5, to_like, to_tsquery
from models.busqueda.indice import TOPE, Indice
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import LARGO_MAXIMO, PALABRAS_MAXIMAS, REPETICIONES_MAXIMAS, prefijo, tokens, tokens_de
from tests.postgres import base_nueva, servidor_postgres

HOSTILES = [
    "", " ", '"', '""', '"*', "*", "***", "NEAR(a b)", "AND OR NOT", "obra AND", "a:b", "tokens:obra", "alcance : s1",
    "obra OR 1=1", "'; DROP TABLE pub_busqueda; --", '") OR tokens:("x', "obra' | '_s2", "_s2", "s2", "'_s2':*", "!obra",
    "obra & !x", "obra <-> x", "obra:*", "{tokens}", "^obra", "-obra", "+obra", "(obra", "obra)", "%", "_", "\\", "\0obra",
    "obra\0", "\ud800", "obra\ud800", "ñ" * 300, "x" * 5000, '"' * 200, "(" * 200, "obra " * 100, "*" * 200, "%s %(x)s {}",
    "“obra pública”", "«obra pública»", "obra*pública*", '"obra*"', '"de la"', "de*", "'obra'", "$1", "?", ":x",
]


# --- el normalizador ---

@pytest.mark.parametrize("iguales", [
    "licitación licitaciones licitacion LICITACIÓN Licitacio\u0301n lici\u00adtación",
    "año años ano ANO AÑO", "juez jueces JUECES", "ciudad ciudades", "régimen regímenes regimenes", "país países paises",
    "sesión sesiones", "Peña pena PEÑA", "índice índices", "avance avances", "base bases", "luz luces", "ley leyes",
    "auditoría auditorías", "niño niños nino", "contrato contratos", "servidor servidora servidores servidoras",
    "interés intereses", "mes meses", "vez veces", "nombre nombres", "obra obras", "ejercicio ejercicios",
])
def test_tokens_formas_de_la_misma_palabra_son_iguales(iguales: str) -> None:
    assert len(set(tokens(iguales))) == 1


@pytest.mark.parametrize("distintas", ["mes mesa", "caso casa", "marzo marco", "plazo placa", "hijo hija", "13 130", "ano anexo"])
def test_tokens_palabras_distintas_siguen_distintas(distintas: str) -> None:
    assert len(set(tokens(distintas))) == 2


def test_tokens_quita_signos_y_palabras_vacias() -> None:
    assert tokens("El pago de la LPN-001/2024: $1,234.50 (y más)") == ["pago", "lpn", "001", "2024", "1", "234", "50", "mas"]


@given(st.text())
def test_tokens_solo_da_letras_y_numeros_y_no_cambia_lo_ya_partido(texto: str) -> None:
    palabras = tokens(texto)
    assert all(re.fullmatch(rf"[0-9a-z]{{1,{LARGO_MAXIMO}}}", palabra) for palabra in palabras)
    assert tokens(" ".join(palabras)) == palabras


def test_tokens_de_rodea_de_blancos_y_deja_seguidos_los_campos() -> None:
    assert tokens_de(["María", "Peña", "de la O"]) == " mari pena "
    assert tokens_de([]) == tokens_de(["", "de la"]) == ""


def test_tokens_de_acota_lo_que_postgresql_no_recuerda() -> None:
    assert tokens_de(["agua"] * 1000).split() == ["agua"] * REPETICIONES_MAXIMAS
    assert len(tokens_de(str(n) for n in range(PALABRAS_MAXIMAS * 2)).split()) == PALABRAS_MAXIMAS


PALABRA = st.text("abceosz", min_size=4, max_size=12) | st.text("abcdefghijklmnñopqrstuvwxyzáéíóúü", min_size=4, max_size=50)


@given(PALABRA, st.integers(3, 50))
@example("jueces", 4)
@example("gonzalez", 4)
def test_prefijo_nunca_deja_fuera_lo_que_empieza_asi(palabra: str, letras: int) -> None:
    comienzo = prefijo(palabra[:letras])
    assert not comienzo or all(guardada.startswith(comienzo) for guardada in tokens(palabra))


# --- la consulta ---

@pytest.mark.parametrize(("tecleado", "terminos"), [
    ("Licitaciones públicas", [("licitacion",), ("public",)]),
    ('obra "agua potable"', [("obra",), ("agua", "potabl")]),
    ("“agua potable” obra obra", [("agua", "potabl"), ("obra",)]),
    ('"agua potable', [("agua",), ("potabl",)]),
    ("contratos*", ["contrat"]), ("obra*,agua", ["obra", ("agua",)]), ("lpn-cont*", [("lpn",), "cont"]),
    ("li*", [("li",)]), ("de*", []), ("con*", ["con"]), ("luz*", [("luc",)]), ("202*", ["202"]), ('"de la"', []), ("¡!", []),
])
def test_parse(tecleado: str, terminos: list[tuple[str, ...] | str]) -> None:
    esperados = tuple(Termino((t,), True) if isinstance(t, str) else Termino(t) for t in terminos)
    assert parse(tecleado) == (Consulta(esperados) if esperados else None)


def test_parse_recorta_por_palabras_enteras() -> None:
    larga = parse("agua " * 39 + "abcdefghijkl mas")
    muchas = parse(" ".join(f"n{n}" for n in range(10)) + ' "uno dos tres"')
    assert larga == Consulta((Termino(("agua",)),), recortada=True)
    assert muchas is not None and muchas.recortada and muchas.terminos[-1] == Termino(("uno", "dos"))


FTS5 = re.compile(r'tokens : \("[0-9a-z ]+"( \*)?( AND "[0-9a-z ]+"( \*)?)*\) AND alcance : "s7" AND alcance : "fobra_1"')
TSQUERY = re.compile(r"((\('[0-9a-z]+'( <-> '[0-9a-z]+')*\)|'[0-9a-z]+':\*) & )+'_s7' & '_fobra_1'")


@given(st.text() | st.text("obra ñ\"'*:&|!()<->_s7{}^\\", max_size=260))
@example("obra " * 60)
def test_parse_nunca_lanza_y_nada_tecleado_llega_a_la_sintaxis(texto: str) -> None:
    consulta = parse(texto)
    if consulta is not None:
        assert sum(len(termino.palabras) for termino in consulta.terminos) <= 12
        assert FTS5.fullmatch(to_fts5(consulta, 7, "obra_1"))
        assert TSQUERY.fullmatch(to_tsquery(consulta, 7, "obra_1"))
        assert all(re.fullmatch(r"% [0-9a-z ]+%", patron) for patron in to_like(consulta))


@pytest.mark.parametrize("clave", ["", 'x"', "x'", "X", "a b", "a' | '_s2", "x" * 50])
def test_una_clave_que_no_lo_es_se_rechaza(clave: str) -> None:
    with pytest.raises(ValueError, match="clave"):
        to_tsquery(Consulta((Termino(("obra",)),)), clave=clave)


# --- el índice, en los dos motores ---

class Renglon(Model):
    """Hace de tabla de trabajo: de aquí se publica."""

    sujeto_id = IntegerField()
    id = BigIntegerField()
    clave = Texto()
    texto = Texto()
    tokens = Texto()

    class Meta:
        table_name = "reg_prueba"
        primary_key = CompositeKey("sujeto_id", "id")


class Fila(NamedTuple):
    sujeto_id: int
    id: int
    clave: str
    texto: str


@pytest.fixture(scope="module")
def servidor() -> Iterator[str]:
    with servidor_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        yield from _abierta(_sqlite(tmp_path))
    else:
        yield from _abierta(_postgres(request.getfixturevalue("servidor")))


@pytest.fixture
def indice(base: Database) -> Indice:
    return _indice(base)


def _sqlite(carpeta: Path) -> SqliteDatabase:
    return SqliteDatabase(carpeta / "prueba.db", pragmas={"journal_mode": "wal"})


def _postgres(servidor: str) -> PostgresqlDatabase:
    return PostgresqlDatabase(base_nueva(servidor), prefer_psycopg3=True)


def _abierta(base: Database) -> Iterator[Database]:
    with base.connection_context():
        yield base


def _indice(base: Database) -> Indice:
    with base.bind_ctx([Renglon]):
        base.create_tables([Renglon])
    indice = indice_de(base)
    indice.crear()
    indice.crear()
    return indice


def publicar(indice: Indice, filas: list[Fila]) -> None:
    """Como publica la casa: las palabras se calculan al guardar; publicar es un INSERT … SELECT."""
    with indice.base.bind_ctx([Renglon]), indice.base.atomic():
        for n in range(0, len(filas), 200):
            Renglon.insert_many([{**f._asdict(), "tokens": tokens_de([f.texto])} for f in filas[n:n + 200]]).execute()
        columnas = (Renglon.sujeto_id, Renglon.id, Renglon.clave, Renglon.tokens)
        indice.poner_desde(*Renglon.select(*columnas).where(Renglon.id.in_([f.id for f in filas])).sql())
        Renglon.delete().execute()


def hallar(indice: Indice, tecleado: str, **alcance: int | str | None) -> list[int]:
    consulta = parse(tecleado)
    assert consulta is not None
    return [id_ for _, id_ in indice.buscar(consulta, **alcance)]  # type: ignore[arg-type]


FILAS = [
    Fila(1, 10, "contratos", "Licitación pública de agua potable"),
    Fila(1, 11, "contratos_obra", "Obra pública: puente"),
    Fila(2, 12, "contratos", "Licitaciones desiertas; el agua no es potable"),
    Fila(12, 13, "contratos", ""),
]


def test_buscar_da_lo_mas_nuevo_primero_y_respeta_alcance(indice: Indice) -> None:
    publicar(indice, FILAS)
    assert indice.buscar(parse("LICITACION")) == [(2, 12), (1, 10)]
    assert hallar(indice, '"agua potable"') == [10]
    assert hallar(indice, "publica*") == [11, 10]
    assert hallar(indice, "publica", sujeto_id=1, clave="contratos") == [10]
    assert hallar(indice, "licitación", sujeto_id=2) == [12]
    assert hallar(indice, "licitación", sujeto_id=12) == hallar(indice, "puente", clave="contratos") == []
    assert hallar(indice, "s1") == hallar(indice, "fcontratos") == hallar(indice, "con*") == []


def test_contar_tiene_tope(indice: Indice) -> None:
    publicar(indice, FILAS)
    consulta = parse("agua")
    assert [indice.contar(consulta, tope=tope) for tope in (0, 1, 2, 1000)] == [1, 2, 2, 2]
    assert indice.contar(consulta, sujeto_id=1) == 1


def test_poner_desde_sustituye_lo_anterior(indice: Indice) -> None:
    publicar(indice, FILAS)
    publicar(indice, [Fila(1, 10, "resoluciones", "Zanahorias")])
    assert hallar(indice, "zanahoria") == [10]
    assert hallar(indice, "licitacion") == [12]
    assert hallar(indice, "zanahoria", clave="contratos") == []


def test_quitar_respeta_al_sujeto_y_no_deja_nada(indice: Indice) -> None:
    publicar(indice, FILAS)
    indice.quitar([(2, 10), (9, 11), (1, 99)])
    assert hallar(indice, "publica") == [11, 10]
    indice.quitar((fila.sujeto_id, fila.id) for fila in FILAS)
    assert indice.base.execute_sql("SELECT count(*) FROM pub_busqueda").fetchone()[0] == 0
    assert [hallar(indice, palabra) for palabra in ("licitacion", "agua", "obra", "puent*")] == [[]] * 4
    if isinstance(indice.base, SqliteDatabase):
        for sombra in ("content", "docsize"):
            assert indice.base.execute_sql(f"SELECT count(*) FROM pub_busqueda_{sombra}").fetchone()[0] == 0


def test_quitar_se_deshace_con_la_transaccion(indice: Indice) -> None:
    publicar(indice, FILAS)
    with indice.base.atomic() as transaccion:
        indice.quitar([(1, 10)])
        assert hallar(indice, "licitacion") == [12]
        transaccion.rollback()
    assert hallar(indice, "licitacion") == [12, 10]


def test_vaciar_deja_el_indice_listo_para_rehacerse(indice: Indice) -> None:
    publicar(indice, FILAS)
    indice.vaciar()
    assert hallar(indice, "licitacion") == []
    publicar(indice, FILAS)
    assert hallar(indice, "licitacion") == [12, 10]


def test_purgar_borra_los_bytes_de_lo_quitado(indice: Indice, tmp_path: Path) -> None:
    publicar(indice, FILAS)
    indice.poner_desde("SELECT 3, 14, 'contratos', ' zanahori '")
    assert b"zanahori" in _bytes(indice, tmp_path)
    indice.quitar([(3, 14)])
    indice.purgar()
    assert b"zanahori" not in _bytes(indice, tmp_path)
    assert hallar(indice, "licitacion") == [12, 10]
    with indice.base.atomic(), pytest.raises(RuntimeError, match="transacción"):
        indice.purgar()


def _bytes(indice: Indice, carpeta: Path) -> bytes:
    """Lo que hay en el disco: el archivo de SQLite y su WAL, o los archivos de la tabla y de su GIN."""
    base = indice.base
    if isinstance(base, SqliteDatabase):
        base.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")
        return b"".join(archivo.read_bytes() for archivo in carpeta.glob("prueba.db*"))
    base.execute_sql("CHECKPOINT")
    leer = "SELECT pg_read_binary_file(pg_relation_filepath(%s))"
    return b"".join(bytes(base.execute_sql(leer, (cosa,)).fetchone()[0]) for cosa in ("pub_busqueda", "pub_busqueda_tsv"))


def test_registros_enormes_caben_y_se_hallan(indice: Indice) -> None:
    enorme = " ".join(f"{n:0{LARGO_MAXIMO}x}" for n in range(PALABRAS_MAXIMAS + 10))
    publicar(indice, [Fila(1, 1, "contratos", enorme), Fila(1, 2, "contratos", "agua " * 300 + "sucia")])
    assert hallar(indice, f"{5:0{LARGO_MAXIMO}x}") == [1]
    assert hallar(indice, '"agua sucia"') == [2]


@pytest.mark.parametrize("tecleado", HOSTILES)
def test_lo_hostil_no_rompe_la_consulta(ambos: "list[Indice]", tecleado: str) -> None:
    consulta = parse(tecleado)
    if consulta is not None:
        uno, otro = ([i.buscar(consulta, 2), i.contar(consulta, 2)] for i in ambos)
        assert uno == otro
        assert all(sujeto_id == 2 for sujeto_id, _ in uno[0])


# --- los dos motores contestan lo mismo ---

VOCABULARIO = (
    "licitación licitaciones obra obras agua potable año años juez jueces ciudad ciudades régimen regímenes país países "
    "sesión sesiones Peña pena niño niños auditoría auditorías contrato contratos convenio servicio servicios marzo marco "
    "mes mesa Toluca Ecatepec Nezahualcóyotl González Pérez Sánchez María José presupuesto ejercicio adjudicación directa "
    "pública público índice índices avance financiero físico de la el los y para con s1 s2 fcontratos 2024 2025 001 LPN-001/2024 "
    "$1,234.50 acción ley leyes reglamento artículo fracción persona moral física interés intereses café luz luces"
).split()
CLAVES = ["contratos", "contratos_obra", "actas", "s1"]


@pytest.fixture(scope="module")
def filas() -> list[Fila]:
    azar = random.Random(12)
    pesos = [1 / (n + 1) for n in range(len(VOCABULARIO))]
    return [
        Fila(azar.randint(1, 6), 1_000_000 + n * 7, azar.choice(CLAVES),
             " ".join(azar.choices(VOCABULARIO, pesos, k=azar.randint(0, 30))))
        for n in range(2000)
    ]


@pytest.fixture(scope="module")
def ambos(servidor: str, filas: list[Fila], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Indice]]:
    bases = [_sqlite(tmp_path_factory.mktemp("ambos")), _postgres(servidor)]
    with bases[0].connection_context(), bases[1].connection_context():
        indices = [_indice(base) for base in bases]
        for indice in indices:
            publicar(indice, filas)
            indice.quitar((fila.sujeto_id, fila.id) for fila in filas[::10])
            publicar(indice, filas[::20])
        yield indices


def una_consulta(azar: random.Random, filas: list[Fila]) -> str:
    """De una a cuatro partes: palabras como quiera escritas, frases de un renglón, comienzos, y basura."""
    partes = []
    for _ in range(azar.choice([1, 1, 2, 2, 3, 4])):
        palabra = azar.choice([*VOCABULARIO, *VOCABULARIO[:1] * 20])
        renglon = azar.choice(filas).texto.split() or ["agua"]
        desde = azar.randrange(len(renglon))
        partes.append(azar.choice([
            palabra, palabra.upper(), palabra + "s", f"{palabra[:azar.randint(1, 6)]}*", renglon[desde],
            f'"{" ".join(renglon[desde:desde + azar.randint(2, 4)])}"', azar.choice([*HOSTILES, palabra]),
        ]))
    return " ".join(partes)


def cumple(guardadas: str, consulta: Consulta) -> bool:
    """Lo mismo, sin motor: la referencia con que se comparan los dos."""
    return all(patron.strip("%") in guardadas for patron in to_like(consulta))


def test_los_dos_motores_contestan_lo_mismo(ambos: list[Indice], filas: list[Fila]) -> None:
    azar = random.Random(8)
    vivas = {(f.sujeto_id, f.id): (f.clave, tokens_de([f.texto])) for n, f in enumerate(filas) if n % 20 == 0 or n % 10}
    hechas = con_resultados = con_muchos = 0
    while hechas < 900:
        consulta = parse(una_consulta(azar, filas))
        if consulta is None:
            continue
        sujeto_id, clave = azar.choice([None, None, 1, 2, 6, 99]), azar.choice([None, None, *CLAVES])
        antes_de = azar.choice([None, None, azar.choice(filas).id])
        tope = azar.choice([5, TOPE, 5000])
        todas = sorted(((s, i) for (s, i), (c, guardadas) in vivas.items() if cumple(guardadas, consulta)
                        and sujeto_id in (None, s) and clave in (None, c)), key=lambda par: -par[1])
        pagina = [par for par in todas if antes_de is None or par[1] < antes_de][:30]
        for indice in ambos:
            assert indice.buscar(consulta, sujeto_id, clave, antes_de, 30) == pagina, consulta
            assert indice.contar(consulta, sujeto_id, clave, tope) == min(len(todas), tope + 1), consulta
        hechas, con_resultados, con_muchos = hechas + 1, con_resultados + bool(todas), con_muchos + (len(todas) > TOPE)
    assert con_resultados > 400 and con_muchos > 20
