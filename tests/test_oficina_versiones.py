"""La pantalla de una versión anterior: se compara con lo de hoy y se restaura, con las cinco preguntas de siempre."""

from models.domain.masters import options_of
from models.domain.workflow.deshacer import undo
from tests.cliente import Sitio, folio

pytest_plugins = "tests.sitio"


def con_dos(sitio: Sitio) -> int:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, nota="Antes", fecha_firma="01/02/2026")
    casa.editar(casa.ernesto, registro, nota="Después", fecha_firma=None)
    return registro


def ruta(sitio: Sitio, registro: int, mas: str = "n=1") -> str:
    return sitio.url(f"version?id={folio(registro)}&{mas}")


def test_se_compara_y_se_restaura(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = con_dos(sitio)
    historial = julieta.get(sitio.url(f"historial?id={folio(registro)}"))
    liga = historial.sopa.find("a", string="Ver la versión 1")
    assert "lo que dice hoy" in historial.visible
    pagina = julieta.get(str(liga["href"]))
    assert pagina.sopa.h1.text.startswith("Versión 1 de ") and "La dejó Julieta Mondragón" in pagina.visible
    cambios = pagina.sopa.select_one("table").get_text("|", strip=True)
    assert "Nota|Después|Antes" in cambios and "|vacío|01/02/2026" in cambios
    hecho = julieta.enviar(pagina.forma())
    detalle = julieta.seguir(hecho)
    assert detalle.avisos == ["Se restauró la versión 1. Quedó sin revisar, como cualquier cambio."]
    assert casa.fila(registro).estado == "capturado" and casa.fila(registro).version == 3
    dicho = julieta.get(sitio.url(f"historial?id={folio(registro)}")).visible
    assert "Restauró la versión 1" in dicho


def test_la_version_publica_se_ve_y_se_trae(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta, nota="La pública")
    casa.hacer(casa.laura, "publicar", registro)
    igual = laura.get(ruta(sitio, registro, "publica=1"))
    assert "dice hoy lo mismo que esta versión" in igual.visible and not igual.sopa.select("main form")
    casa.editar(casa.julieta, registro, nota="La otra")
    pagina = laura.get(ruta(sitio, registro, "publica=1"))
    assert pagina.sopa.h1.text.startswith("Versión pública 1 de ") and "hasta que se apruebe" in pagina.visible
    laura.enviar(pagina.forma())
    assert "La pública" in laura.get(sitio.url(f"detalle?id={folio(registro)}")).visible


def test_si_cambio_mientras_decidia_se_dice_y_se_ve_como_esta(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = con_dos(sitio)
    forma = julieta.get(ruta(sitio, registro)).forma()
    casa.editar(casa.laura, registro, nota="La de Laura")
    choque = julieta.enviar(forma)
    assert choque.codigo == 409 and "Alguien cambió el registro" in choque.errores and "La de Laura" in choque.visible
    assert casa.fila(registro).version == 3
    assert julieta.enviar(choque.forma()).codigo == 302 and casa.fila(registro).version == 4


def test_quien_solo_puede_verlo_no_tiene_boton(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = con_dos(sitio)
    casa.hacer(casa.laura, "borrar", registro)
    pagina = sitio.de(casa.laura).get(ruta(sitio, registro))
    assert "En qué se distingue" in pagina.visible and not pagina.sopa.select("main form")


def test_otro_papel_y_otra_institucion_no_la_encuentran(sitio: Sitio) -> None:
    casa, registro = sitio.casa, con_dos(sitio)
    for persona in (casa.beto, casa.nadia, casa.gabriela, casa.ramiro, casa.ines):
        visitante = sitio.de(persona)
        assert visitante.get(ruta(sitio, registro)).codigo == 404
        assert visitante.post(ruta(sitio, registro), {"vista": "2"}).codigo == 404
    assert sitio.anonimo().get(ruta(sitio, registro)).codigo == 302
    assert casa.fila(registro).version == 2


def test_sin_testigo_no_se_restaura_y_verla_no_cambia_nada(sitio: Sitio) -> None:
    casa, julieta, registro = sitio.casa, sitio.de(sitio.casa.julieta), con_dos(sitio)
    assert julieta.post(ruta(sitio, registro), {"vista": "2"}, ficha=False).codigo == 400
    assert julieta.get(ruta(sitio, registro, "n=1&vista=2")).codigo == 200
    for mala in ("n=0", "n=3", "n=x", "publica=1", "n=99999999999", ""):
        assert julieta.get(ruta(sitio, registro, mala)).codigo == 404
    assert casa.fila(registro).version == 2


def test_una_tabla_se_lee_renglon_por_renglon(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta, contrapartes=[{"nombre": "Cruz Roja"}, {"nombre": "DIF"}])
    casa.editar(casa.julieta, registro, contrapartes=[{"nombre": "Cruz Roja"}])
    cambios = julieta.get(ruta(sitio, registro)).sopa.select_one("table")
    assert [celda.get_text() for celda in cambios.select("td ins")] == ["Cruz Roja\nDIF"]


def test_restaurar_un_area_deja_igual_el_organigrama(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    laura.post("/ipo/f/organigrama/traer")
    tabla = casa.tabla("organigrama")
    fila = tabla.trabajo.select().where(tabla.trabajo.sujeto_id == casa.metepec.id).order_by(tabla.trabajo.id).first()
    editar = f"/ipo/f/organigrama/editar?id={folio(fila.id)}"
    campo = next(c.nombre for c in tabla.formato.campos if c.nombre in ("denominacion", "nombre", "area", "denominacion_area"))
    antes = laura.get(editar).forma("form[data-captura]").campos[campo]
    assert laura.enviar(laura.get(editar).forma("form[data-captura]"), **{campo: "Dirección de Alumbrado"}).codigo == 302
    nombres = [nombre for _, nombre in options_of(casa.metepec.id, "area")]
    assert "Dirección de Alumbrado" in nombres and antes not in nombres
    pagina = laura.get(f"/ipo/f/organigrama/version?id={folio(fila.id)}&n=1")
    assert laura.enviar(pagina.forma()).codigo == 302
    assert antes in [nombre for _, nombre in options_of(casa.metepec.id, "area")]


def test_lo_descartado_y_lo_que_se_deshizo_tambien_se_leen_campo_por_campo(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta, nota="La pública")
    casa.hacer(casa.laura, "publicar", registro)
    casa.editar(casa.julieta, registro, nota="La otra")
    casa.hacer(casa.julieta, "descartar", registro)
    undo(casa.julieta.actor, casa.tabla(), [registro])
    pagina = julieta.get(sitio.url(f"historial?id={folio(registro)}"))
    cambios = [tabla.get_text("|", strip=True).partition("Después|")[2] for tabla in pagina.sopa.select("ol.sucesos table")]
    assert cambios == ["Nota|La pública|La otra", "Nota|La otra|La pública", "Nota|La pública|La otra"]
