"""Los puntos de la relevancia: la tabla que está escrita en su módulo, renglón por renglón."""

import pytest

from models.busqueda.consulta import parse
from models.busqueda.normalizador import tokens
from models.busqueda.relevancia import score


@pytest.mark.parametrize(("tecleado", "nombre", "demas", "puntos"), [
    ("puente", "Camino", "El puente", 0),
    ("puente", "Los puentes del río", "", 8 + 16 + 4),
    ("puente", "Puente", "", 8 + 16 + 4 + 8),
    ("puente viejo", "Camino", "Es de cal, y el viejo no; más lejos de aquí, ya pasando todo el pueblo, está el puente", 0),
    ("puente viejo", "Camino", "Un viejo y ya muy estrecho puente", 2),
    ("puente viejo", "Camino", "Un viejo uno dos tres cuatro cinco puente", 2),
    ("puente viejo", "Camino", "Un viejo uno dos tres cuatro cinco seis puente", 0),
    ("puente viejo", "Camino", "El puente viejo", 4),
    ("puente viejo", "El puente", "Lo hizo a mano un vecino con sus hijos hace mucho, y ya está viejo", 8),
    ("puente viejo", "El puente", "El puente viejo", 8 + 4),
    ("puente viejo", "Viejo camino y puente", "", 8 + 8 + 2),
    ("puente viejo", "Obras del puente viejo", "", 8 + 8 + 16 + 4),
    ("puente viejo", "PUENTES VIEJOS", "", 8 + 8 + 16 + 4 + 8),
    ('"puente viejo" cal', "Cal del puente viejo", "", 8 + 8 + 2),
    ('cal "puente viejo"', "Cal del puente viejo", "", 8 + 8 + 16 + 4 + 8),
    ("puen* viejo", "El puentecillo viejo", "", 8 + 8 + 16 + 4 + 8),
    ("juan perez", "Juan Pérez López", "", 8 + 8 + 16 + 4),
])
def test_score(tecleado: str, nombre: str, demas: str, puntos: int) -> None:
    consulta = parse(tecleado)
    assert consulta is not None
    assert score(consulta, tokens(nombre), tokens(f"{nombre} {demas}")) == puntos


def test_un_nombre_que_no_esta_entre_lo_que_se_busca_tambien_cuenta() -> None:
    consulta = parse("puente viejo")
    assert consulta is not None
    assert score(consulta, ["puent"], ["viej"]) == 8
