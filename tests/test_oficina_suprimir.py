"""Proteger un dato desde la oficina: la Unidad elige, ve lo que alcanza, lo confirma escribiéndolo, y se lee protegido."""

import pytest

from models.actos import Acto
from models.folios import a_folio
from models.sellado import Sellado
from tests.cliente import Sitio, Visitante
from tests.escenario import publicar
from tests.pagina import Pagina
from tests.versiones import versiones_de

pytest_plugins = "tests.sitio"

DATO = "Xiquetez Tzompantzin 4471"
BIEN = {"acta": "CT/12/2026", "acta_fecha": "20/01/2026", "motivo": "El campo traía el nombre de un particular.",
        "destino": "borrar", "objetivo": "nota"}


@pytest.fixture
def motor() -> str:
    return "sqlite"


@pytest.fixture
def registro(sitio: Sitio) -> int:
    return publicar(sitio, sitio.casa.julieta, sitio.casa.laura, nota=DATO)


def direccion(sitio: Sitio, registro: int) -> str:
    return f"{sitio.url()}suprimir?id={a_folio(registro)}"


def ver(sitio: Sitio, quien: Visitante, registro: int, **campos: object) -> Pagina:
    forma = quien.get(direccion(sitio, registro)).forma("form.media")
    return quien.enviar(forma, **{**BIEN, **campos})


def test_se_elige_se_ve_lo_que_alcanza_y_escribiendolo_queda_protegido(sitio: Sitio, registro: int) -> None:
    laura = sitio.de(sitio.casa.laura)
    detalle = laura.get(f"{sitio.url()}detalle?id={a_folio(registro)}")
    liga = detalle.sopa.find("a", string="Proteger un dato publicado por error…")
    assert liga is not None and str(liga["href"]) == direccion(sitio, registro)
    previa = ver(sitio, laura, registro)
    assert "en 1 versión pública" in previa.visible and "no se puede recuperar" in previa.visible
    assert DATO in sitio.casa.fila(registro).contenido, "todavía no pasa nada"
    sin_palabra = laura.enviar(previa.forma("form.angosta"), palabra="sí")
    assert sin_palabra.codigo == 422 and "escriba la palabra PROTEGER" in sin_palabra.visible
    hecho = laura.seguir(laura.enviar(sin_palabra.forma("form.angosta"), palabra="proteger"))
    assert "Dato protegido en 1 versión pública. El original se borró." in hecho.avisos[0]
    assert "Dato protegido desde el" in hecho.visible and DATO not in hecho.texto
    for pantalla in ("historial", "editar", "version"):
        pagina = laura.get(f"{sitio.url()}{pantalla}?id={a_folio(registro)}&publica=1")
        assert "Dato protegido" in pagina.visible and DATO not in pagina.texto, pantalla
    assert DATO not in laura.get(sitio.url()).texto
    gabriela = sitio.de(sitio.casa.gabriela)
    assert "Dato protegido por acta: Convenios" in gabriela.get("/ipo/mensajes").visible


def test_de_una_tabla_se_escoge_solo_un_dato(sitio: Sitio) -> None:
    partes = [{"nombre": "Quetzalxiuh", "primer_apellido": "Rosas"}, {"nombre": "Ana", "primer_apellido": "Vega"}]
    registro = publicar(sitio, sitio.casa.julieta, sitio.casa.laura, contrapartes=partes)
    laura = sitio.de(sitio.casa.laura)
    [casilla] = [label for label in laura.get(direccion(sitio, registro)).sopa.select("details.celdas label")
                 if "Solo donde dice «Quetzalxiuh»" in label.text]
    previa = ver(sitio, laura, registro, objetivo=str(casilla.input["value"]))  # type: ignore[index]
    assert "solo donde dice «Quetzalxiuh»" in previa.visible
    hecho = laura.seguir(laura.enviar(previa.forma("form.angosta"), palabra="PROTEGER"))
    assert "Quetzalxiuh" not in hecho.texto and "Ana" in hecho.visible and "Rosas" in hecho.visible


def test_la_hoja_lo_ensena_protegido_y_guardarla_no_lo_cambia(sitio: Sitio, registro: int) -> None:
    laura = sitio.de(sitio.casa.laura)
    laura.enviar(ver(sitio, laura, registro, destino="sellar").forma("form.angosta"), palabra="PROTEGER")
    assert Sellado.select().count() == 1
    hoja = laura.get(f"{sitio.url()}editar?id={a_folio(registro)}")
    assert "Capturar un dato nuevo…" in hoja.visible and "El dato anterior no se recupera" in hoja.visible
    laura.enviar(hoja.forma("form[data-captura]"), objetivo="Se cambia otra cosa")
    assert '"protegidos":{"nota"' in sitio.casa.fila(registro).contenido
    nueva = laura.get(f"{sitio.url()}editar?id={a_folio(registro)}").forma("form[data-captura]")
    laura.enviar(nueva, nota="Sin nombres")
    assert "protegidos" not in sitio.casa.fila(registro).contenido
    [version] = versiones_de(sitio.casa.tabla(), registro)
    assert '"protegidos"' in version.contenido


def test_lo_que_falta_se_dice_y_lo_tecleado_vuelve(sitio: Sitio, registro: int) -> None:
    laura = sitio.de(sitio.casa.laura)
    mal = ver(sitio, laura, registro, acta_fecha="31/02/2026", motivo="", objetivo=[], destino="sellar")
    assert mal.codigo == 422 and len(mal.sopa.select(".resumen li")) == 3
    assert mal.forma("form.media").campos["acta"] == "CT/12/2026"
    previa = ver(sitio, laura, registro, motivo=f"Decía {DATO}")
    repite = laura.enviar(previa.forma("form.angosta"), palabra="PROTEGER")
    assert repite.codigo == 422 and "No escriba el dato aquí" in repite.visible and DATO in sitio.casa.fila(registro).contenido


def test_dice_que_otros_registros_traen_lo_mismo(sitio: Sitio, registro: int) -> None:
    otro = sitio.casa.capturar(sitio.casa.julieta, nota=DATO)
    previa = ver(sitio, sitio.de(sitio.casa.laura), registro)
    assert "1 registro de este formato se copió de este o dice lo mismo" in previa.visible and a_folio(otro) in previa.texto


def test_si_alguien_lo_cambio_mientras_tanto_se_confirma_otra_vez(sitio: Sitio, registro: int) -> None:
    laura = sitio.de(sitio.casa.laura)
    previa = ver(sitio, laura, registro)
    sitio.casa.editar(sitio.casa.julieta, registro, nota="Otra cosa más")
    choque = laura.enviar(previa.forma("form.angosta"), palabra="PROTEGER")
    assert choque.codigo == 409 and "cambió mientras usted decidía" in choque.visible
    assert not Acto.select().where(Acto.acto == "suprimir").exists()
    assert laura.enviar(choque.forma("form.angosta"), palabra="PROTEGER").codigo == 302


def test_quien_tenia_la_hoja_abierta_no_lo_regresa_sin_querer(sitio: Sitio, registro: int) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    abierta = julieta.get(f"{sitio.url()}editar?id={a_folio(registro)}").forma("form[data-captura]")
    laura.enviar(ver(sitio, laura, registro).forma("form.angosta"), palabra="PROTEGER")
    choque = julieta.enviar(abierta, objetivo="Lo que julieta quería corregir")
    assert choque.codigo == 409 and "Se protegió porque no debía ser público" in choque.visible
    julieta.enviar(choque.forma("form[data-captura]"))
    contenido = sitio.casa.fila(registro).contenido
    assert DATO not in contenido and "Lo que julieta quería corregir" in contenido


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "ramiro", "gabriela"])
def test_solo_la_unidad_de_esa_institucion(quien: str, sitio: Sitio, registro: int) -> None:
    visitante = sitio.de(getattr(sitio.casa, quien))
    assert visitante.get(direccion(sitio, registro)).codigo == 404
    mandado = visitante.post(direccion(sitio, registro), {**BIEN, "paso": "confirmar", "palabra": "PROTEGER", "version": "2"})
    assert mandado.codigo == 404 and DATO in sitio.casa.fila(registro).contenido


def test_uno_que_nunca_fue_publico_no_tiene_esta_pantalla(sitio: Sitio) -> None:
    nunca, laura = sitio.casa.capturar(sitio.casa.julieta, nota=DATO), sitio.de(sitio.casa.laura)
    assert laura.get(direccion(sitio, nunca)).codigo == 404
    assert "Proteger un dato" not in laura.get(f"{sitio.url()}detalle?id={a_folio(nunca)}").visible


def test_ver_no_hace_nada_y_sin_su_testigo_tampoco(sitio: Sitio, registro: int) -> None:
    laura = sitio.de(sitio.casa.laura)
    todo = "&".join(f"{nombre}={valor}" for nombre, valor in {**BIEN, "paso": "confirmar", "palabra": "PROTEGER"}.items())
    assert laura.get(f"{direccion(sitio, registro)}&version=2&{todo}").codigo == 200
    sin_testigo = laura.post(direccion(sitio, registro), {**BIEN, "paso": "confirmar", "palabra": "PROTEGER", "version": "2"},
                             ficha=False)
    assert sin_testigo.codigo == 400 and DATO in sitio.casa.fila(registro).contenido
