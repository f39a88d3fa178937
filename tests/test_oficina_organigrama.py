"""El organigrama dibujado: se ordena con botones, se pasa un área debajo de otra, y se quita la que nadie usa."""

import time

import pytest

from models.base import db
from models.domain.masters import save_maestro
from models.domain.proyeccion import bring_maestros
from models.folios import a_folio, de_folio
from models.maestros import Area, Persona
from models.usuarios import Asignacion
from tests.cliente import Sitio
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/organigrama"


def orden(pagina: Pagina) -> list[str]:
    return [liga.text for liga in pagina.sopa.select(".arbol-areas a.fuerte")]


def hundir(sitio: Sitio, nombre: str, bajo: str | None = None) -> str:
    """Un área nueva debajo de otra; da su folio."""
    superior = {"area_superior": {"id": bajo, "texto": "la de arriba"}} if bajo else {}
    return a_folio(save_maestro(sitio.casa.metepec.id, "area", {"nombre": nombre, **superior}))


def mover(sitio: Sitio, **datos: str) -> Pagina:
    laura = sitio.de(sitio.casa.laura)
    return laura.seguir(laura.post(f"{RUTA}/mover", datos))


def test_se_ve_de_quien_depende_cada_una_y_cuanta_gente_tiene(sitio: Sitio) -> None:
    obras = sitio.casa.metepec.obras
    alumbrado = hundir(sitio, "Alumbrado", obras)
    pagina = sitio.de(sitio.casa.laura).get(RUTA)
    de_arriba = pagina.sopa.select_one(f"#a-{obras}")
    assert de_arriba.select_one(f"ul #a-{alumbrado}") is not None
    gente = Persona.select().where(Persona.sujeto_id == sitio.casa.metepec.id, Persona.area_id == de_folio(obras)).count()
    if gente:
        assert f"{gente} persona" in de_arriba.text


def test_subir_y_bajar_cambia_el_orden_y_deja_el_registro_por_revisar(sitio: Sitio) -> None:
    casa = sitio.casa
    uno, dos = hundir(sitio, "Primera", casa.metepec.obras), hundir(sitio, "Segunda", casa.metepec.obras)
    bring_maestros(casa.laura.actor, casa.tabla("organigrama"))
    pagina = mover(sitio, mover=f"subir:{dos}")
    assert orden(pagina).index("Segunda") < orden(pagina).index("Primera")
    fila = casa.fila(de_folio(dos), "organigrama")
    assert (fila.estado, fila.version) == ("capturado", 2)
    assert "ya está en ese extremo" in mover(sitio, mover=f"subir:{dos}").avisos[0]
    assert casa.fila(de_folio(uno), "organigrama").version == 2


def test_un_area_pasa_a_depender_de_otra_y_de_nadie(sitio: Sitio) -> None:
    casa = sitio.casa
    obras, tesoreria = casa.metepec.obras, casa.metepec.tesoreria
    pagina = mover(sitio, area=obras, bajo=tesoreria)
    assert "cambió de lugar" in pagina.avisos[0]
    assert pagina.sopa.select_one(f"#a-{tesoreria} ul #a-{obras}") is not None
    assert Area.get(Area.id == de_folio(obras)).padre_id == de_folio(tesoreria)
    assert mover(sitio, area=obras, bajo="").sopa.select_one(f"#a-{tesoreria} #a-{obras}") is None


def test_un_area_no_puede_depender_de_si_misma_por_ningun_camino(sitio: Sitio) -> None:
    casa = sitio.casa
    obras = casa.metepec.obras
    hija = hundir(sitio, "Hija", obras)
    nieta = hundir(sitio, "Nieta", hija)
    for abajo in (obras, hija, nieta):
        assert "no puede depender de sí misma" in mover(sitio, area=obras, bajo=abajo).avisos[0]
    assert Area.get(Area.id == de_folio(obras)).padre_id is None
    bring_maestros(casa.laura.actor, casa.tabla("organigrama"))
    laura = sitio.de(casa.laura)
    hoja = laura.get(sitio.url(f"editar?id={obras}", "organigrama")).forma("form[data-captura]")
    de_vuelta = laura.enviar(hoja, area_superior=nieta)
    assert de_vuelta.codigo == 422 and "no puede depender de sí misma" in de_vuelta.texto


def test_agregar_debajo_llega_con_el_area_superior_puesta(sitio: Sitio) -> None:
    obras = sitio.casa.metepec.obras
    hoja = sitio.de(sitio.casa.laura).get(sitio.url(f"nuevo?bajo={obras}", "organigrama"))
    assert hoja.sopa.select_one("select[name=area_superior] option[selected]")["value"] == obras


def test_lo_que_esta_en_uso_no_se_quita_y_se_dice_por_que(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    obras = casa.metepec.obras
    hundir(sitio, "Alumbrado", obras)
    casa.capturar(casa.julieta)
    save_maestro(casa.metepec.id, "persona", {"nombre": "Ana", "area": {"id": obras, "texto": "Obras"}})
    pagina = laura.get(f"{RUTA}/{obras}/quitar")
    for frase in ("Dependen de ella 1 área", "persona", "Convenios"):
        assert frase in pagina.visible
    assert laura.post(f"{RUTA}/{obras}/quitar").codigo == 409
    assert Area.get(Area.id == de_folio(obras)).baja_en is None


@pytest.mark.parametrize("publicada, queda", [(False, "borrado"), (True, "retirado")])
def test_la_que_nadie_usa_se_quita_con_su_registro(publicada: bool, queda: str, sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    folio = laura.enviar(laura.get(sitio.url("nuevo", "organigrama")).forma("form[data-captura]"), **{
        k: str(v) for k, v in casa.crudo(casa.laura, "organigrama").items() if isinstance(v, str)} | {"area_superior": ""},
    ).lleva_a[-14:]
    if publicada:
        assert casa.hacer(casa.laura, "publicar", de_folio(folio), clave="organigrama").hechos
    hecha = laura.seguir(laura.enviar(laura.get(f"{RUTA}/{folio}/quitar").forma("main form")))
    assert "ya no está en el organigrama" in hecha.avisos[0] and hecha.sopa.select_one(f"#a-{folio}") is None
    assert casa.fila(de_folio(folio), "organigrama").estado == queda
    assert laura.get(f"{RUTA}/{folio}/quitar").codigo == 404


def test_la_que_solo_esta_en_registros_se_da_de_baja_con_fecha_y_se_puede_deshacer(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    tesoreria = casa.metepec.tesoreria
    registro = casa.capturar(casa.julieta, "licitaciones", area_solicitante=tesoreria)
    pagina = laura.get(f"{RUTA}/{tesoreria}/quitar")
    assert pagina.sopa.select_one("main a[href='/ipo/f/licitaciones/']").text == (
        "1 registro de Licitaciones y contratos (área solicitante)")
    assert laura.enviar(pagina.forma("form.media"), dia="31/12/2999").codigo == 409
    hecha = laura.seguir(laura.enviar(pagina.forma("form.media"), dia="31/01/2026"))
    assert "desde el 31/01/2026" in hecha.visible and hecha.sopa.select_one(f"#a-{tesoreria}") is None
    editar = laura.get(sitio.url(f"editar?id={a_folio(registro)}", "licitaciones"))
    assert editar.sopa.select_one("[name=area_solicitante] option[selected]")["value"] == tesoreria, "lo guardado no se pierde"
    laura.enviar(hecha.forma("form[action$='/reactivar']"))
    assert Area.get(Area.id == de_folio(tesoreria)).baja_en is None


def test_dice_a_que_cuentas_limita(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    Asignacion.update(areas=f'["{casa.metepec.tesoreria}"]').where(Asignacion.usuario_id == casa.beto.id).execute()
    pagina = laura.get(f"{RUTA}/{casa.metepec.tesoreria}/quitar")
    assert pagina.sopa.select_one(f"main a[href='/ipo/usuarios/{a_folio(casa.beto.id)}']") is not None


def test_la_que_colgaba_de_una_dada_de_baja_vuelve_hasta_arriba(sitio: Sitio) -> None:
    casa = sitio.casa
    arriba = hundir(sitio, "Arriba")
    abajo = hundir(sitio, "Abajo", arriba)
    laura = sitio.de(casa.laura)
    for folio in (abajo, arriba):
        assert laura.enviar(laura.get(f"{RUTA}/{folio}/quitar").forma("form.media")).codigo == 302
    laura.post(f"{RUTA}/{abajo}/reactivar")
    assert Area.get(Area.id == de_folio(abajo)).padre_id is None
    assert laura.post(f"{RUTA}/{abajo}/reactivar").codigo == 404 and laura.get(f"{RUTA}/{abajo}/reactivar").codigo == 405
    assert sitio.de(casa.ramiro).post(f"{RUTA}/{arriba}/reactivar").codigo == 404
    assert laura.post(f"{RUTA}/{arriba}/reactivar", ficha=False).codigo == 400


def test_sin_areas_se_dice_por_donde_empezar(sitio: Sitio) -> None:
    Area.update(baja_en=1).where(Area.sujeto_id == sitio.casa.metepec.id).execute()
    assert "Empiece por la de mayor jerarquía" in sitio.de(sitio.casa.laura).get(RUTA).visible


def test_sin_testigo_no_se_mueve_nada(sitio: Sitio) -> None:
    laura, obras = sitio.de(sitio.casa.laura), sitio.casa.metepec.obras
    assert laura.post(f"{RUTA}/mover", {"mover": f"subir:{obras}"}, ficha=False).codigo == 400
    assert laura.post(f"{RUTA}/{obras}/quitar", ficha=False).codigo == 400


def test_dos_mil_areas_se_dibujan_en_menos_de_un_segundo(sitio: Sitio) -> None:
    with db.atomic():
        padre = None
        for i in range(2000):
            folio = hundir(sitio, f"Área {i:04}", padre)
            padre = folio if i % 40 == 0 else padre
    laura = sitio.de(sitio.casa.laura)
    laura.revisa = False
    inicio = time.process_time()
    pagina = laura.get(RUTA)
    segundos = time.process_time() - inicio
    laura.revisa = True
    assert pagina.texto.count("data-area=") >= 2000 and segundos < 1.5, f"{segundos:.2f} s"
