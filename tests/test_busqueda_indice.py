"""El índice: lo mismo en los dos motores, y nada de lo retirado."""

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from peewee import (
    SQL,
    BigIntegerField,
    CompositeKey,
    Database,
    DateField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    SqliteDatabase,
)
from peewee import TextField as Texto

from models.busqueda.alcance import Alcance, Fechas, Montos, sql_of_fecha, sql_of_lugar, sql_of_monto
from models.busqueda.consulta import Consulta, parse, to_like
from models.busqueda.indice import TOPE, Indice, Par
from models.busqueda.motores import indice_de
from models.busqueda.normalizador import LARGO_MAXIMO, PALABRAS_MAXIMAS, tokens_de
from tests.postgres import base_nueva, servidor_postgres

HOSTILES = [
    " ", '"', '""', '"*', "*", "***", "NEAR(a b)", "AND OR NOT", "obra AND", "a:b", "tokens:obra", "alcance : s1",
    "obra OR 1=1", "'; DROP TABLE pub_busqueda; --", '") OR tokens:("x', "obra' | '_s2", "_s2", "s2", "'_s2':*",
    "obra & !x", "obra <-> x", "obra:*", "{tokens}", "^obra", "-obra", "+obra", "!obra", "(obra", "obra)", "%", "_",
    "\\", ":x", "$1", "?", "%s %(x)s {}", "\0obra", "obra\0", "\ud800", "obra\ud800", "ñ" * 300, "x" * 5000, '"' * 200,
    "(" * 200, "obra " * 100, "*" * 200, "“obra pública”", "«obra pública»", "obra*pública*", '"obra*"',
    '"de la"', "de*",
]


class Renglon(Model):
    """Hace de tabla de trabajo: de aquí se publica."""

    sujeto_id = IntegerField()
    id = BigIntegerField()
    clave = Texto()
    texto = Texto()
    tokens = Texto()
    ejercicio = IntegerField()
    periodo = Texto()
    monto = BigIntegerField(null=True)
    fecha = DateField(null=True)

    class Meta:
        table_name = "reg_prueba"
        primary_key = CompositeKey("sujeto_id", "id")


class Fila(NamedTuple):
    sujeto_id: int
    id: int
    clave: str
    texto: str
    ejercicio: int = 0
    periodo: str = ""
    monto: int | None = None
    fecha: dt.date | None = None


@pytest.fixture(autouse=True)
def consultas_con_sujeto() -> None:
    """El índice se prueba a solas, también con búsquedas de todo el estado: aquí no se exige nombrar al sujeto."""


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


MARCAS = SQL(" || ".join((sql_of_lugar("ejercicio", "periodo"), sql_of_monto("monto"), sql_of_fecha("fecha"))))


def publicar(indice: Indice, filas: list[Fila]) -> None:
    """Como publica la casa: las palabras se calculan al guardar; publicar es un INSERT … SELECT."""
    with indice.base.bind_ctx([Renglon]), indice.base.atomic():
        for n in range(0, len(filas), 200):
            Renglon.insert_many([{**f._asdict(), "tokens": tokens_de([f.texto])} for f in filas[n:n + 200]]).execute()
        columnas = (Renglon.sujeto_id, Renglon.id, Renglon.clave, Renglon.ejercicio, MARCAS, Renglon.tokens)
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
    indice.poner_desde("SELECT 3, 14, 'contratos', 2026, ' e2026', ' zanahori '")
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
    cosas = ("pub_busqueda", "pub_busqueda_tsv")
    return b"".join(bytes(base.execute_sql(leer, (cosa,)).fetchone()[0]) for cosa in cosas)


def test_registros_enormes_caben_y_se_hallan(indice: Indice) -> None:
    enorme = " ".join(f"{n:0{LARGO_MAXIMO}x}" for n in range(PALABRAS_MAXIMAS + 10))
    publicar(indice, [Fila(1, 1, "contratos", enorme), Fila(1, 2, "contratos", "agua " * 300 + "sucia")])
    assert hallar(indice, f"{5:0{LARGO_MAXIMO}x}") == [1]
    assert hallar(indice, '"agua sucia"') == [2]


@pytest.mark.parametrize("tecleado", HOSTILES, ids=range(len(HOSTILES)))
def test_lo_hostil_no_rompe_la_consulta(ambos: list[Indice], tecleado: str) -> None:
    consulta = parse(tecleado)
    if consulta is not None:
        uno, otro = ([i.buscar(consulta, 2), i.contar(consulta, 2)] for i in ambos)
        assert uno == otro
        assert all(sujeto_id == 2 for sujeto_id, _ in uno[0])


VOCABULARIO = """
    licitación licitaciones obra obras agua potable año años juez jueces ciudad ciudades régimen regímenes país países
    sesión sesiones Peña pena niño niños auditoría auditorías contrato contratos convenio servicio servicios marzo marco
    mes mesa Toluca Ecatepec Nezahualcóyotl González Pérez Sánchez María José presupuesto ejercicio adjudicación directa
    pública público índice índices avance financiero físico de la el los y para con s1 s2 fcontratos 2024 2025 001
    LPN-001/2024 $1,234.50 acción ley leyes reglamento artículo fracción persona moral física interés café luz luces
"""
PALABRAS = tuple(re.findall(r"\S+", VOCABULARIO))
CLAVES = ["contratos", "contratos_obra", "actas", "s1"]


def un_monto(azar: random.Random) -> int | None:
    """De unos centavos a miles de millones de pesos; a veces justo la orilla de un cajón."""
    redondo = azar.randint(1, 9) * 10 ** azar.randint(0, 12)
    return azar.choice([None, 0, redondo, redondo - 1, azar.randint(1, 10 ** azar.randint(1, 13)), -redondo])


def una_fecha(azar: random.Random) -> dt.date | None:
    anio = azar.choice([1917, 1999, 2000, 2024, 2025, 2025, 2039, 2040, 2060])
    fecha = dt.date(anio, azar.randint(1, 12), azar.randint(1, 28))
    return azar.choice([None, fecha, fecha.replace(day=1), fecha.replace(month=12, day=31)])


@pytest.fixture(scope="module")
def filas() -> list[Fila]:
    azar = random.Random(12)
    pesos = [1 / (n + 1) for n in range(len(PALABRAS))]
    return [
        Fila(azar.randint(1, 6), 1_000_000 + n * 7, azar.choice(CLAVES),
             " ".join(azar.choices(PALABRAS, pesos, k=azar.randint(0, 30))),
             *azar.choice([(2024, "T1"), (2026, "T4"), (2026, "M03"), (0, "")]), un_monto(azar), una_fecha(azar))
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
        palabra = azar.choice([*PALABRAS, *PALABRAS[:1] * 50])
        renglon = azar.choice(filas).texto.split() or ["agua"]
        desde = azar.randrange(len(renglon))
        partes.append(azar.choice([
            palabra, palabra.upper(), palabra + "s", f"{palabra[:azar.randint(1, 6)]}*", renglon[desde],
            f'"{" ".join(renglon[desde:desde + azar.randint(2, 4)])}"', azar.choice([*HOSTILES, palabra]),
        ]))
    return " ".join(partes)


def esperadas(vivas: dict[Par, Fila], consulta: Consulta, sujeto_id: int | None, clave: str | None) -> list[Par]:
    """Lo mismo, sin motor: la referencia con que se comparan los dos, hecha con los patrones de ``to_like``."""
    patrones = [patron.strip("%") for patron in to_like(consulta)]
    pares = [par for par, fila in vivas.items()
             if sujeto_id in (None, fila.sujeto_id) and clave in (None, fila.clave)
             and all(patron in fila.texto for patron in patrones)]
    return sorted(pares, key=lambda par: -par[1])


def test_los_dos_motores_contestan_lo_mismo(ambos: list[Indice], filas: list[Fila]) -> None:
    azar = random.Random(8)
    vivas = {(f.sujeto_id, f.id): f._replace(texto=tokens_de([f.texto]))
             for n, f in enumerate(filas) if n % 20 == 0 or n % 10}
    tecleadas = (parse(una_consulta(azar, filas)) for _ in range(1000))
    consultas = [consulta for consulta in tecleadas if consulta]
    cuantas = []
    for consulta in consultas:
        sujeto_id, clave = azar.choice([None, None, 1, 2, 6, 99]), azar.choice([None, None, *CLAVES])
        antes_de, tope = azar.choice([None, azar.choice(filas).id]), azar.choice([5, TOPE, 5000])
        todas = esperadas(vivas, consulta, sujeto_id, clave)
        pagina = [par for par in todas if antes_de is None or par[1] < antes_de][:30]
        for indice in ambos:
            assert indice.buscar(consulta, sujeto_id, clave, antes_de, 30) == pagina, consulta
            assert indice.contar(consulta, sujeto_id, clave, tope) == min(len(todas), tope + 1), consulta
        cuantas.append(len(todas))
    assert len(cuantas) > 800
    assert sum(n > 0 for n in cuantas) > 400 and sum(n > TOPE for n in cuantas) > 10  # que la prueba pueda fallar


def un_alcance(azar: random.Random) -> Alcance:
    """A lo que alguien acotaría, con rangos que empiezan y acaban en cualquier parte."""
    montos = sorted(abs(un_monto(azar) or 0) for _ in range(2))
    fechas = sorted(una_fecha(azar) or dt.date(2025, 6, 15) for _ in range(2))
    return Alcance(
        azar.choice([None, None, 2]), azar.choice([None, None, ("contratos", "actas")]), azar.choice([None, None, 2026]),
        azar.choice([None, None, "T4"]),
        azar.choice([None, Montos(*montos), Montos(desde=montos[0]), Montos(hasta=montos[1]), Montos(-5, montos[0])]),
        azar.choice([None, Fechas(*fechas), Fechas(desde=fechas[0]), Fechas(hasta=fechas[1])]))


def dentro(fila: Fila, alcance: Alcance) -> bool:
    """Lo mismo, sin cajones."""
    return (alcance.sujeto_id in (None, fila.sujeto_id) and (alcance.claves is None or fila.clave in alcance.claves)
            and alcance.ejercicio in (None, fila.ejercicio) and alcance.periodo in (None, fila.periodo)
            and (alcance.montos is None or _entre(fila.monto, alcance.montos))
            and (alcance.fechas is None or _entre(fila.fecha, alcance.fechas)))


def _entre(valor: int | dt.date | None, rango: Montos | Fechas) -> bool:
    desde, hasta = rango.desde, rango.hasta
    return valor is not None and (desde is None or valor >= desde) and (hasta is None or valor <= hasta)  # type: ignore[operator]


def test_el_alcance_acota_lo_mismo_en_los_dos_motores(ambos: list[Indice], filas: list[Fila]) -> None:
    """Con palabras o sin ellas. Lo exacto es exacto; en lo demás no falta ninguno, y los dos dan los mismos de más."""
    azar = random.Random(5)
    vivas = {f.id: f._replace(texto=tokens_de([f.texto])) for n, f in enumerate(filas) if n % 20 == 0 or n % 10}
    exactas, con_algo = 0, 0
    for _ in range(600):
        alcance, consulta = un_alcance(azar), azar.choice([None, parse(azar.choice(PALABRAS))])
        if consulta is None and alcance.es_todo:
            continue
        todas = _por_par(vivas)
        de_palabras = set(vivas) if consulta is None else {id_ for _, id_ in esperadas(todas, consulta, None, None)}
        cumplen = sorted((id_ for id_ in de_palabras if dentro(vivas[id_], alcance)), reverse=True)
        uno, otro = (indice.hallar(consulta, alcance, limite=5000) for indice in ambos)
        assert uno == otro, alcance
        assert all((vivas[h.id].clave, vivas[h.id].ejercicio) == (h.clave, h.ejercicio) for h in uno)
        ids = [hallado.id for hallado in uno]
        medio = azar.choice([0, *ids])
        atras = [indice.hallar(consulta, alcance, limite=3, despues_de=medio) for indice in ambos]
        assert [h.id for h in atras[0]] == [id_ for id_ in reversed(ids) if id_ > medio][:3] and atras[0] == atras[1], alcance
        if alcance.es_exacto:
            exactas += 1
            assert ids == cumplen, alcance
        assert set(cumplen) <= set(ids), alcance
        con_algo += bool(cumplen)
    assert exactas > 80 and con_algo > 150


def _por_par(vivas: dict[int, Fila]) -> dict[Par, Fila]:
    return {(fila.sujeto_id, fila.id): fila for fila in vivas.values()}


@pytest.mark.parametrize(("tecleado", "alcance"), [
    ("café", Alcance()), ('"agua potable"', Alcance()), ("licit*", Alcance()), ("obra", Alcance(sujeto_id=2)),
    ("", Alcance(sujeto_id=3)),
    ("", Alcance(claves=("actas",), ejercicio=2026)), ("", Alcance(montos=Montos(desde=5_000_000_000))),
    ("", Alcance(fechas=Fechas(dt.date(2024, 1, 1), dt.date(2024, 2, 28)))),
])
def test_postgresql_no_recorre_la_tabla(ambos: list[Indice], tecleado: str, alcance: Alcance) -> None:
    """La tabla de la prueba es chica y recorrerla saldría barato: se le prohíbe, y tiene que haber por dónde."""
    base, indice = ambos[1].base, ambos[1]
    base.execute_sql("SET enable_seqscan = off")
    try:
        condicion, parametros = indice._condicion(parse(tecleado), alcance)
        primeros = _plan(base, f"SELECT id FROM pub_busqueda WHERE {condicion} LIMIT 1001", parametros)
        por_donde = ("pub_busqueda_tsv",) if alcance.sujeto_id is None else ("pub_busqueda_tsv", "pub_busqueda_pkey")
        assert "Seq Scan" not in primeros and any(indice_usado in primeros for indice_usado in por_donde), primeros
        base.execute_sql("SET enable_bitmapscan = off")
        caminata = _plan(base, f"SELECT id FROM pub_busqueda WHERE {condicion} ORDER BY id DESC LIMIT 20", parametros)
        assert "Seq Scan" not in caminata and "Backward" in caminata, caminata
    finally:
        base.execute_sql("RESET enable_seqscan")
        base.execute_sql("RESET enable_bitmapscan")


def _plan(base: Database, sql: str, parametros: tuple[object, ...]) -> str:
    return "\n".join(linea for (linea,) in base.execute_sql(f"EXPLAIN {sql}", parametros).fetchall())
