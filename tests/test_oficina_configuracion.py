"""La configuración de la dependencia: la Unidad la cambia, se publica al guardar y queda quién la cambió."""

import json

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.configuracion import save_configuracion
from models.domain.errores import ActoImposible, NoPermitido
from models.sujetos import ActoDeSujeto, SujetoObligado
from tests.cliente import Sitio
from tests.elenco import Casa

pytest_plugins = "tests.sitio"

RUTA = "/ipo/configuracion"
BUENO = {"domicilio": "Villada 37, Metepec", "telefono": "722 235 8200", "correo": "hola@metepec.ejemplo.mx",
         "sitio": "https://metepec.ejemplo.mx", "unidad_titular": "Laura Nava"}
ENLACE = {"enlaces-0-nombre": "Trámites", "enlaces-0-direccion": "https://metepec.ejemplo.mx/tramites"}


def test_lo_que_se_guarda_se_lee_en_el_portal_y_queda_apuntado(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    guardada = laura.seguir(laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), **BUENO))
    assert guardada.avisos[0].startswith("Se guardó y ya se lee en el portal: ") and "Domicilio" in guardada.avisos[0]
    portal = sitio.portal.test_client().get("/metepec/").get_data(as_text=True)
    assert "Villada 37, Metepec" in portal and "722 235 8200" in portal
    apunte = ActoDeSujeto.get()
    assert (apunte.por_nombre, apunte.sujeto_id) == ("Laura Nava", sitio.casa.metepec.id)
    otra_vez = laura.seguir(laura.enviar(laura.get(RUTA).forma("form[data-configuracion]")))
    assert otra_vez.avisos == ["No había cambios que guardar."] and ActoDeSujeto.select().count() == 1


@pytest.mark.parametrize("campo, malo", [
    ("correo", "hola@"), ("sitio", "javascript:alert(1)"), ("telefono", "doce"), ("unidad_titular", "x" * 300),
    ("domicilio", "a\x00b"),
])
def test_un_dato_mal_escrito_vuelve_con_su_error_y_nada_cambia(campo: str, malo: str, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), **BUENO | {campo: malo})
    assert pagina.codigo == 422 and pagina.sopa.select_one(f"#c-{campo}")["aria-invalid"] == "true"
    assert pagina.sopa.select_one("#c-unidad_horario") is not None
    assert "Villada" not in SujetoObligado.get(SujetoObligado.id == sitio.casa.metepec.id).datos


def test_quien_guarda_despues_de_otra_persona_conserva_lo_que_escribio(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    vieja = laura.get(RUTA).forma("form[data-configuracion]")
    laura.enviar(vieja, **BUENO)
    tarde = laura.enviar(vieja, **BUENO | {"domicilio": "Otro domicilio"})
    assert tarde.codigo == 409 and "Otra persona cambió" in tarde.visible and "Otro domicilio" in tarde.texto
    de_nuevo = laura.enviar(tarde.forma("form[data-configuracion]"))
    assert de_nuevo.codigo == 302 and "Otro domicilio" in SujetoObligado.get(SujetoObligado.siglas == "metepec").datos


def test_la_politica_de_cuatro_ojos_se_prende_y_se_apaga(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), cuatro_ojos="si")
    registro = casa.capturar(casa.laura)
    assert casa.hacer(casa.laura, "publicar", registro).fuera, "nadie publica lo que él mismo capturó"
    laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), cuatro_ojos=None)
    assert casa.hacer(casa.laura, "publicar", registro).hechos == [registro]


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "gabriela"])
def test_nadie_mas_la_ve_ni_la_cambia(quien: str, sitio: Sitio) -> None:
    persona = getattr(sitio.casa, quien)
    assert sitio.de(persona).get(RUTA).codigo == 404 and sitio.de(persona).post(RUTA, BUENO).codigo == 404
    assert RUTA not in sitio.de(persona).get("/ipo/tablero").texto
    with pytest.raises(NoPermitido):
        save_configuracion(persona.actor, BUENO, False, "", vigente.foto.catalogo)


def test_cada_unidad_cambia_solo_la_suya(casa: Casa) -> None:
    antes = SujetoObligado.get(SujetoObligado.siglas == "toluca").datos
    with pytest.raises(ActoImposible):
        save_configuracion(casa.laura.actor, BUENO, False, "una huella vieja", vigente.foto.catalogo)
    assert SujetoObligado.get(SujetoObligado.siglas == "toluca").datos == antes


def test_lo_que_no_esta_en_el_formulario_no_se_pierde(sitio: Sitio) -> None:
    SujetoObligado.update(datos=json.dumps({"nota_interna": "x", "horario": "9 a 18"})).where(
        SujetoObligado.siglas == "metepec").execute()
    laura = sitio.de(sitio.casa.laura)
    laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), **BUENO)
    datos = json.loads(SujetoObligado.get(SujetoObligado.siglas == "metepec").datos)
    assert datos["nota_interna"] == "x" and datos["horario"] == "9 a 18" and datos["domicilio"] == BUENO["domicilio"]


def test_los_textos_y_los_enlaces_se_leen_en_el_portal(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    hoja = laura.get(RUTA).forma("form[data-configuracion]")
    guardada = laura.seguir(laura.enviar(hoja, **ENLACE, presentacion="Gobernamos el municipio.", como_solicitar="Escríbanos.",
                                         aviso_privacidad="https://metepec.ejemplo.mx/privacidad"))
    assert "Enlaces" in guardada.avisos[0] and "Presentación" in guardada.avisos[0]
    portal = sitio.portal.test_client().get("/metepec/").get_data(as_text=True)
    for dicho in ("Gobernamos el municipio.", "Escríbanos.", 'href="https://metepec.ejemplo.mx/tramites"', "Aviso de priv"):
        assert dicho in portal
    assert laura.get(RUTA).sopa.select_one("[name=enlaces-0-nombre]")["value"] == "Trámites"


@pytest.mark.parametrize("malo, dice", [
    ({"enlaces-0-nombre": "X", "enlaces-0-direccion": "http://metepec.ejemplo.mx"}, "https"),
    ({"enlaces-0-nombre": "X", "enlaces-0-direccion": "javascript:alert(1)"}, "renglón 1"),
    ({"enlaces-0-nombre": "Sin dirección", "enlaces-0-direccion": ""}, "nombre y dirección"),
    ({f"enlaces-{i}-nombre": "X" for i in range(9)} | {f"enlaces-{i}-direccion": "https://a.mx" for i in range(9)}, "caben 8"),
    ({"aviso_privacidad": "http://metepec.ejemplo.mx"}, "https"), ({"presentacion": "x" * 1501}, "caben 1,500"),
])
def test_un_enlace_o_un_texto_mal_escrito_vuelve_con_su_error(malo: dict[str, str], dice: str, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), **malo)
    assert pagina.codigo == 422 and dice in pagina.errores
    assert "enlaces" not in SujetoObligado.get(SujetoObligado.siglas == "metepec").datos


def test_ver_como_queda_no_guarda_nada_y_lo_tecleado_sigue(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    previa = laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), ver="si", presentacion="Gobernamos.", **ENLACE)
    assert previa.codigo == 200 and "Así lo leería la ciudadanía" in previa.visible
    assert previa.sopa.select_one(".previa a")["href"] == "https://metepec.ejemplo.mx/tramites"
    assert not ActoDeSujeto.select().exists() and "Gobernamos" not in sitio.portal.test_client().get("/metepec/").text
    assert laura.enviar(previa.forma("form[data-configuracion]")).codigo == 302
    assert "Gobernamos." in sitio.portal.test_client().get("/metepec/").text


def test_sin_testigo_no_se_guarda(sitio: Sitio) -> None:
    assert sitio.de(sitio.casa.laura).post(RUTA, BUENO, ficha=False).codigo == 400
