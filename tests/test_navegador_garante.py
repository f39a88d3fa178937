"""El órgano garante en un navegador: da de alta una institución, imprime su carta, y con ella entra quien lleva su Unidad."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

pytest_plugins = ("tests.navegador",)

PROPIA = "nopal cerro lluvia tianguis"


def test_de_la_alta_a_la_carta_y_de_la_carta_a_entrar(persona: Callable[..., Page]) -> None:
    garante = persona("garante")
    garante.goto("/ipo/tablero")
    garante.get_by_role("link", name="Sujetos obligados").click()
    garante.get_by_role("link", name="Dar de alta una institución").click()
    garante.get_by_label("Nombre oficial").fill("H. Ayuntamiento de Malinalco")
    garante.get_by_label("Nombre corto").fill("Malinalco")
    garante.get_by_label("Clase").select_option("municipal")
    garante.get_by_label("Siglas").fill("malinalco")
    garante.get_by_label("Nombre completo").fill("Rosa Juárez")
    garante.get_by_role("button", name="Dar de alta").click()
    carta = garante.get_by_role("article", name="Carta para H. Ayuntamiento de Malinalco")
    expect(carta).to_contain_text("Rosa Juárez")
    usuario, temporal = carta.locator("code").nth(1).inner_text(), carta.locator("code").nth(2).inner_text()
    garante.emulate_media(media="print")
    expect(carta).to_be_visible()
    expect(garante.get_by_role("button", name="Imprimir")).to_be_hidden()
    expect(garante.locator("nav.lado")).to_be_hidden()
    garante.emulate_media(media="screen")

    rosa = persona()
    rosa.goto("/ipo")
    rosa.get_by_label("Usuario").fill(usuario)
    rosa.get_by_label("Contraseña").fill(temporal)
    rosa.get_by_role("button", name="Entrar").click()
    rosa.get_by_label("Contraseña actual").fill(temporal)
    rosa.get_by_label("Contraseña nueva").fill(PROPIA)
    rosa.get_by_label("Escríbala otra vez").fill(PROPIA)
    rosa.get_by_role("button", name="Cambiar la contraseña").click()
    expect(rosa.locator("header")).to_contain_text("H. Ayuntamiento de Malinalco")
    expect(rosa.locator("header")).to_contain_text("Unidad de Información")

    garante.get_by_role("link", name="Ya la imprimí").click()
    expect(garante.get_by_role("heading", name="H. Ayuntamiento de Malinalco")).to_be_visible()
    expect(garante.get_by_text(temporal)).to_have_count(0)
    expect(garante.get_by_text("Se dio de alta")).to_be_visible()
    fila = garante.locator("tr", has=garante.get_by_text("unidad.malinalco"))
    expect(fila).to_contain_text("Activa")
    garante.goto("/malinalco/")
    expect(garante.get_by_role("heading", name="H. Ayuntamiento de Malinalco")).to_be_visible()


def test_extinta_se_sigue_leyendo_y_reactivada_vuelve(persona: Callable[..., Page]) -> None:
    garante, ramiro = persona("garante"), persona("unidad.toluca")
    garante.goto("/ipo/sujetos/toluca/editar")
    garante.locator("summary", has_text="Declararla extinta").click()
    garante.get_by_label("Día en que se extinguió").fill("15/03/2026")
    garante.get_by_label("Motivo y fundamento").fill("Decreto 210 de la LXI Legislatura.")
    garante.get_by_role("button", name="Declararla extinta").click()
    expect(garante.get_by_text("Quedó declarada extinta")).to_be_visible()
    ramiro.goto("/ipo/tablero")
    expect(ramiro.get_by_text("Esta institución se extinguió el 15/03/2026.")).to_be_visible()
    ciudadana = persona(None)
    ciudadana.goto("/toluca/")
    expect(ciudadana.get_by_text("Esta institución se extinguió el 15/03/2026.")).to_be_visible()
    garante.goto("/ipo/sujetos/toluca/editar")
    garante.get_by_label("Motivo y fundamento").fill("Sentencia firme que deja sin efecto el decreto.")
    garante.get_by_role("button", name="Reactivar la institución").click()
    expect(garante.get_by_text("Quedó reactivada")).to_be_visible()
    ramiro.goto("/ipo/tablero")
    expect(ramiro.get_by_text("se extinguió")).to_have_count(0)
