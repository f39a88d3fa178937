"""Identificadores y folios: dos procesos nunca hacen el mismo, y un folio mal copiado se descubre."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import db
from models.escritores import DURACION, ESCRITORES, SinNumero, arrendar
from models.folios import MAXIMO, Numerador, a_folio, de_folio, numerador
from models.reloj import ahora
from models.vigor import Escritor
from tests.bases import Base

IDS = st.integers(1, MAXIMO)
LETRAS = "0123456789abcdefghjkmnpqrstvwxyz"
PARECIDAS = {"o": "0", "i": "1", "l": "1"}


@pytest.fixture(autouse=True)
def el_numero_de_este_proceso_no_cambia() -> Iterator[None]:
    antes = numerador.escritor
    yield
    numerador.escritor = antes


# --- el número de escritor ---

def test_cada_quien_arrienda_un_numero_distinto_y_conserva_el_suyo(base: Base) -> None:
    assert [arrendar(dueno) for dueno in ("a", "b", "c", "a", "b")] == [1, 2, 3, 1, 2]
    assert numerador.escritor == 2


def test_renovar_alarga_el_plazo(base: Base) -> None:
    arrendar("a")
    Escritor.update(vence=ahora() + 1000).execute()
    arrendar("a")
    assert Escritor.get().vence - ahora() == pytest.approx(DURACION, abs=5000)


def test_el_numero_de_quien_murio_se_reparte_al_otro_dia(base: Base) -> None:
    arrendar("a"), arrendar("b")
    Escritor.update(vence=ahora() - 1).where(Escritor.dueno == "a").execute()
    assert arrendar("c") == 1
    assert arrendar("a") == 3, "quien volvió de entre los muertos estrena otro"


def test_con_todos_ocupados_se_dice(base: Base) -> None:
    with db.atomic():
        Escritor.insert_many([(n, f"p{n}", ahora() + DURACION) for n in range(1, ESCRITORES + 1)]).execute()
    with pytest.raises(SinNumero):
        arrendar("uno más")
    assert arrendar("p1023") == 1023


def test_veinte_procesos_que_arrancan_a_la_vez_no_comparten_numero(base: Base) -> None:
    def arrancar(dueno: str) -> int:
        with db.connection_context():
            return arrendar(dueno)

    with ThreadPoolExecutor(10) as hilos:
        numeros = list(hilos.map(arrancar, [f"proceso {i}" for i in range(20)]))
    assert sorted(numeros) == list(range(1, 21))


# --- los identificadores ---

def test_los_identificadores_crecen_y_caben_en_63_bits() -> None:
    uno = Numerador(escritor=7)
    ids = [uno.siguiente() for _ in range(20_000)]
    assert ids == sorted(set(ids)) and 0 < ids[0] <= ids[-1] <= MAXIMO
    assert {identificador >> 12 & 1023 for identificador in ids} == {7}


def test_dos_escritores_en_el_mismo_milisegundo_no_chocan() -> None:
    uno, dos = Numerador(1), Numerador(2)
    assert not {uno.siguiente() for _ in range(5000)} & {dos.siguiente() for _ in range(5000)}


def test_diez_hilos_de_un_proceso_no_chocan() -> None:
    uno = Numerador(1)
    with ThreadPoolExecutor(10) as hilos:
        tandas = list(hilos.map(lambda _: [uno.siguiente() for _ in range(1000)], range(10)))
    assert len({i for tanda in tandas for i in tanda}) == 10_000


def test_si_el_reloj_se_atrasa_siguen_creciendo() -> None:
    uno = Numerador(1)
    uno._ultimo += (ahora() << 12) * 2
    ids = [uno.siguiente() for _ in range(10)]
    assert ids == sorted(set(ids))


# --- los folios ---

@given(IDS)
def test_el_folio_va_y_vuelve(identificador: int) -> None:
    folio = a_folio(identificador)
    assert len(folio) == 14 and set(folio) <= set(LETRAS)
    assert de_folio(folio) == de_folio(f" {folio[:7]}-{folio[7:]} ".upper()) == identificador


@given(IDS)
def test_toda_letra_cambiada_se_descubre(identificador: int) -> None:
    folio = a_folio(identificador)
    for lugar, buena in enumerate(folio):
        for mala in LETRAS:
            if mala != buena:
                with pytest.raises(ValueError):
                    de_folio(folio[:lugar] + mala + folio[lugar + 1:])


def test_casi_todo_par_volteado_se_descubre() -> None:
    azar, descubiertos, volteados = random.Random(12), 0, 0
    for _ in range(300):
        folio = a_folio(azar.randint(1, MAXIMO))
        for i in range(13):
            otro = folio[:i] + folio[i + 1] + folio[i] + folio[i + 2:]
            if otro != folio:
                volteados += 1
                try:
                    de_folio(otro)
                except ValueError:
                    descubiertos += 1
    assert descubiertos / volteados > 0.99


@given(IDS)
def test_las_letras_que_se_confunden_se_leen_como_lo_que_son(identificador: int) -> None:
    folio = a_folio(identificador)
    for confundida, buena in PARECIDAS.items():
        assert de_folio(folio.replace(buena, confundida)) == identificador


@pytest.mark.parametrize("folio", [
    "", " ", "0", "0" * 14, "z" * 14, "u" * 14, "ñ" * 14, "0am0w34dm0000", "0am0w34dm0000kk", "0am0w34dm0000\0",
    "1' OR '1'='1", "٠" * 14, "０" * 14, "-" * 14, "\ud800" * 14, "0" * 10_000,
])
def test_lo_que_no_es_un_folio_se_dice(folio: str) -> None:
    with pytest.raises(ValueError, match="folio"):
        de_folio(folio)


@given(st.text(max_size=20))
def test_nada_de_lo_que_se_teclee_truena(texto: str) -> None:
    try:
        assert 0 < de_folio(texto) <= MAXIMO
    except ValueError as error:
        assert "folio" in str(error)
