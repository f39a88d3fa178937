"""El tablero: cada quien con lo suyo, cuántos hay de cada color, y a dónde lleva cada número."""

import pytest
from bs4 import Tag

from models.base import db
from models.domain.cuentas import assign
from models.domain.espera import _extremo
from models.domain.estados import Estado
from models.domain.permissions import Rol
from models.usuarios import Asignacion
from tests.cliente import Sitio, Visitante
from tests.elenco import Persona
from tests.escenario import publicar

pytest_plugins = "tests.sitio"


def fichas(visitante: Visitante) -> list[int]:
    """Sin revisar, revisados y publicados, como se leen arriba."""
    return [int(b.text) for b in visitante.get("/ipo/tablero").sopa.select("ul.fichas b")[:3]]


def renglon(visitante: Visitante, clave: str = "convenios") -> Tag:
    """El último renglón de ese formato: el de su artículo."""
    return visitante.get("/ipo/tablero").sopa.select(f"tr:has(a.fuerte[href='/ipo/f/{clave}/'])")[-1]


def sembrar_colores(sitio: Sitio) -> None:
    """De Julieta: uno rojo, uno devuelto, uno amarillo y uno publicado. De Beto, dos rojos."""
    casa = sitio.casa
    _, devuelto, revisado = (casa.capturar(casa.julieta) for _ in range(3))
    casa.hacer(casa.ernesto, "devolver", devuelto, motivo="Falta la firma.")
    casa.hacer(casa.ernesto, "revisar", revisado)
    publicar(sitio, casa.julieta, casa.laura)
    for _ in range(2):
        casa.capturar(casa.beto)
    casa.hacer(casa.laura, "borrar", casa.capturar(casa.beto))


def test_cuantos_hay_de_cada_color_segun_quien_mira(sitio: Sitio) -> None:
    sembrar_colores(sitio)
    casa = sitio.casa
    assert fichas(sitio.de(casa.laura)) == fichas(sitio.de(casa.ernesto)) == [4, 1, 1]
    assert fichas(sitio.de(casa.julieta)) == [2, 1, 1], "solo lo que está a su cargo"
    assert fichas(sitio.de(casa.beto)) == [2, 0, 0]
    assert fichas(sitio.de(casa.ramiro)) == fichas(sitio.de(casa.nadia)) == [0, 0, 0]


def test_la_cuenta_del_tablero_es_la_de_la_lista(sitio: Sitio) -> None:
    sembrar_colores(sitio)
    for persona in (sitio.casa.laura, sitio.casa.ernesto, sitio.casa.julieta, sitio.casa.beto):
        visitante = sitio.de(persona)
        for liga in renglon(visitante).select("td.num a"):
            cuantos = int(liga.find(string=True, recursive=False))
            en_la_lista = len(visitante.get(str(liga["href"])).folios)
            if "estado=capturado" in str(liga["href"]):  # «sin revisar» son los capturados y los devueltos
                en_la_lista += len(visitante.get(sitio.url(), estado="devuelto").folios)
            assert en_la_lista == cuantos, (persona.usuario.usuario, liga)


def test_quien_solo_ve_sus_areas_cuenta_solo_sus_areas(sitio: Sitio) -> None:
    casa = sitio.casa
    casa.capturar(casa.julieta, area_responsable=casa.metepec.obras)
    casa.capturar(casa.julieta, area_responsable=casa.metepec.tesoreria)
    Asignacion.delete().where(Asignacion.usuario_id == casa.ernesto.id).execute()
    assign(casa.ernesto.usuario, "formato", ["convenios"], [casa.metepec.obras])
    assert fichas(sitio.de(casa.ernesto)) == [1, 0, 0] and fichas(sitio.de(casa.laura)) == [2, 0, 0]


@pytest.mark.parametrize("quien, boton", [
    ("laura", "Revisar"), ("ernesto", "Corregir"), ("julieta", "Corregir"), ("beto", "Abrir")])
def test_el_boton_dice_lo_que_sigue(quien: str, boton: str, sitio: Sitio) -> None:
    sembrar_colores(sitio)
    persona: Persona = getattr(sitio.casa, quien)
    assert renglon(sitio.de(persona)).select_one("td.fin a").find(string=True, recursive=False) == boton


def test_solo_sus_articulos(sitio: Sitio) -> None:
    def articulos(persona: Persona) -> list[str]:
        return [h2.text.partition(".")[0] for h2 in sitio.de(persona).get("/ipo/tablero").sopa.select("main > h2")]

    assert articulos(sitio.casa.laura) == ["Artículo 12", "Artículo 15"]
    assert articulos(sitio.casa.julieta) == ["Artículo 12"] and articulos(sitio.casa.nadia) == ["Artículo 15"]


def test_sin_formatos_se_dice_a_quien_pedirlos(sitio: Sitio) -> None:
    Asignacion.delete().where(Asignacion.usuario_id == sitio.casa.beto.id).execute()
    for ruta in ("/ipo/tablero", "/ipo/formatos"):
        pagina = sitio.de(sitio.casa.beto).get(ruta)
        assert "Todavía no tiene formatos asignados" in pagina.visible and "Unidad de Información" in pagina.visible


def test_en_formatos_se_puede_hallar_uno_por_su_nombre(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.julieta).get("/ipo/formatos")
    nombres = [str(fila["data-nombre"]) for fila in pagina.sopa.select("tr[data-nombre]")]
    assert len(nombres) == len(sitio.casa.julieta.actor.claves) == len(set(nombres))
    assert any("convenios" in nombre for nombre in nombres) and all(nombre == nombre.lower() for nombre in nombres)
    assert pagina.sopa.select_one("input[type=search][data-hallar]") is not None


def test_lo_que_espera_se_halla_por_su_indice(sitio: Sitio) -> None:
    """SQLite solo usa un índice parcial si la consulta repite su condición a la letra."""
    tabla, sujeto_id = sitio.casa.tabla(), sitio.casa.metepec.id
    sql, valores = _extremo(Rol.UNIDAD, None, tabla, Estado.CAPTURADO, True).sql(db.obj, sujeto_id, sitio.casa.laura.id)
    plan = " ".join(fila[3] for fila in db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", valores).fetchall())
    assert f"reg_{tabla.clave}_espera" in plan, plan
