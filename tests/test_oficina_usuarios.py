"""Usuarios: la lista, el alta con su contraseña de una vez, lo que cada quien tiene a su cargo, bloquear y relevar."""

import pytest

from models.folios import a_folio
from models.usuarios import Usuario
from tests.cliente import Sitio
from tests.elenco import CONTRASENA, Persona

pytest_plugins = "tests.sitio"

NUEVO = {"usuario": "rosa.juarez", "nombre": "Rosa Juárez", "rol": "capturista", "encargo": "formato:convenios"}


def cuenta(persona: Persona, resto: str = "") -> str:
    return f"/ipo/usuarios/{a_folio(persona.id)}{resto}"


def test_la_unidad_ve_a_su_gente_y_nadie_mas(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.laura).get("/ipo/usuarios")
    nombres = [liga.text for liga in pagina.sopa.select("td.principal a")]
    assert nombres == ["Ernesto Peña", "Nadia Ñáñez", "Beto Sámano", "Julieta Mondragón"]
    assert "Administrador de fracción" in pagina.visible and "Activa" in pagina.visible


def test_al_agregar_se_ve_la_contrasena_una_vez_y_con_ella_se_entra(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecha = laura.enviar(laura.get("/ipo/usuarios/nuevo").forma("form.media"), **NUEVO)
    assert hecha.codigo == 200 and "no-store" in hecha.cabeceras["Cache-Control"]
    _, temporal = (codigo.text for codigo in hecha.sopa.select(".entrega code"))
    rosa = Usuario.get(Usuario.usuario == "rosa.juarez")
    ficha = laura.get(f"/ipo/usuarios/{a_folio(rosa.id)}")
    assert temporal not in ficha.texto and "Todavía no entra" in ficha.visible
    nueva = sitio.anonimo()
    assert nueva.entrar("rosa.juarez", temporal).codigo == 302
    assert nueva.get("/ipo/tablero").lleva_a == "/ipo/contrasena", "lo primero es poner la suya"
    assert rosa.sujeto_id == casa.metepec.id


def test_el_nombre_sale_del_directorio(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    forma = laura.get("/ipo/usuarios/nuevo")
    folio, nombre = next((o["value"], o.text) for o in forma.sopa.select("#persona option") if o["value"])
    laura.enviar(forma.forma("form.media"), **NUEVO | {"nombre": "", "persona": folio})
    rosa = Usuario.get(Usuario.usuario == "rosa.juarez")
    assert rosa.nombre == nombre and a_folio(rosa.persona_id) == folio


@pytest.mark.parametrize("cambio, dice", [
    ({"usuario": "Con Espacios"}, "letras minúsculas"), ({"rol": "unidad"}, "Su perfil no permite"),
    ({"rol": ""}, "Elija el perfil"), ({"encargo": None}, "al menos un formato"), ({"nombre": "Rosa\x00"}, "Nombre"),
    ({"persona": "0" * 14}, "directorio"),
])
def test_un_alta_con_error_vuelve_con_lo_tecleado(cambio: dict[str, str | None], dice: str, sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    pagina = laura.enviar(laura.get("/ipo/usuarios/nuevo").forma("form.media"), **NUEVO | cambio)
    assert pagina.codigo == 422 and dice in pagina.sopa.select_one("[role=alert]").text
    assert pagina.sopa.select_one("#usuario")["value"] == cambio.get("usuario", "rosa.juarez")
    if cambio.get("encargo", "x"):
        assert pagina.sopa.select_one("input[value='formato:convenios']").has_attr("checked")
    assert not Usuario.select().where(Usuario.usuario == "rosa.juarez").exists()


def test_la_ficha_dice_que_ve_y_por_que(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.laura).get(cuenta(sitio.casa.beto))
    assert "31 formatos." in pagina.visible and "Tiene el artículo 12 completo." in pagina.visible
    assert "Licitaciones y contratos" in pagina.visible


def test_se_cambia_lo_que_tiene_a_su_cargo(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    forma = laura.get(cuenta(casa.beto, "/encargo")).forma("form.media")
    assert forma.campos.getlist("encargo") == ["articulo:12"]
    hecha = laura.enviar(forma, encargo=["formato:convenios", "fraccion:15-I"], areas=casa.metepec.obras)
    ficha = laura.seguir(hecha)
    assert "Tiene este formato, limitado a sus áreas." in ficha.visible
    assert "Tiene la fracción I completa, limitado a sus áreas." in ficha.visible
    assert "Solo de estas áreas" in ficha.visible
    assert sitio.de(casa.beto).get(sitio.url("", "licitaciones")).codigo == 404, "ya no lo lleva"


def test_la_administradora_solo_ofrece_lo_suyo_y_no_articulos_enteros(sitio: Sitio) -> None:
    casa = sitio.casa
    ofrece = [c["value"] for c in sitio.de(casa.ernesto).get("/ipo/usuarios/nuevo").sopa.select("[name=encargo]")]
    assert "formato:convenios" in ofrece and all(par.startswith("formato:") for par in ofrece)
    assert "formato:proteccion_civil" not in ofrece
    de_mas = sitio.de(casa.ernesto).post(cuenta(casa.beto, "/encargo"), {"encargo": "articulo:15"})
    assert de_mas.codigo == 422 and "usted mismo tiene" in de_mas.texto


def test_bloquear_saca_a_la_persona_y_desbloquear_la_deja_volver(sitio: Sitio) -> None:
    casa, laura, beto = sitio.casa, sitio.de(sitio.casa.laura), sitio.de(sitio.casa.beto)
    bloqueada = laura.seguir(laura.enviar(laura.get(cuenta(casa.beto)).forma("form[action$='/bloquear']")))
    assert "La cuenta quedó bloqueada" in bloqueada.avisos[0] and "Bloqueada" in bloqueada.visible
    assert beto.get("/ipo/tablero").lleva_a.startswith("/ipo?sigue=")
    laura.enviar(bloqueada.forma("form[action$='/desbloquear']"))
    assert sitio.anonimo().entrar(str(casa.beto.usuario.usuario)).codigo == 302


def test_otra_contrasena_se_ve_una_vez(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecha = laura.enviar(laura.get(cuenta(casa.beto)).forma("form[action$='/contrasena']"))
    _, temporal = (codigo.text for codigo in hecha.sopa.select(".entrega code"))
    assert sitio.anonimo().entrar("capt2.metepec", CONTRASENA).codigo == 401
    assert sitio.anonimo().entrar("capt2.metepec", temporal).codigo == 302


def test_relevar_pasa_todo_y_lo_dice(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta)
    hecha = laura.enviar(laura.get(cuenta(casa.julieta)).forma("form[action$='/relevo']"), a=a_folio(casa.beto.id))
    pagina = laura.seguir(hecha)
    assert pagina.avisos == ["Beto Sámano recibió lo de Julieta Mondragón: 1 registro. La cuenta relevada quedó bloqueada."]
    assert f'data-folio="{a_folio(registro)}"' in sitio.de(casa.beto).get(sitio.url()).texto
    assert "Entregó a Beto Sámano (capt2.metepec)" in laura.get(cuenta(casa.julieta)).visible


def test_el_garante_nombra_a_una_unidad_suplente(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    forma = gabriela.get("/ipo/usuarios/nuevo").forma("form.media")
    datos = {"usuario": "suplente.toluca", "nombre": "Irma Valdés", "institucion": "toluca"}
    mala = gabriela.enviar(forma, **datos, desde="31/06/2026")
    assert mala.codigo == 422 and "junio tiene 30 días" in mala.texto
    buena = gabriela.enviar(forma, **datos, desde="01/01/2099", hasta="31/01/2099")
    assert buena.codigo == 200
    irma = Usuario.get(Usuario.usuario == "suplente.toluca")
    ficha = gabriela.get(f"/ipo/usuarios/{a_folio(irma.id)}")
    assert "desde el 01/01/2099 hasta el 31/01/2099" in ficha.visible and "Empieza el 01/01/2099" in ficha.visible


def test_sin_institucion_el_garante_no_crea_nada(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    for institucion in ("", "nadie", "' OR 1=1"):
        pagina = gabriela.post("/ipo/usuarios/nuevo", {"usuario": "x.y.z", "nombre": "X", "institucion": institucion})
        assert pagina.codigo == 422 and "Elija la institución" in pagina.texto


def test_sin_testigo_no_se_toca_ninguna_cuenta(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    for resto in ("/bloquear", "/contrasena", "/relevo", "/encargo"):
        assert laura.post(cuenta(sitio.casa.beto, resto), {"a": "x"}, ficha=False).codigo == 400
    assert laura.post("/ipo/usuarios/nuevo", NUEVO, ficha=False).codigo == 400
    assert Usuario.get(Usuario.id == sitio.casa.beto.id).activo


def test_quien_captura_no_ve_la_pantalla_ni_en_el_menu(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    assert julieta.get("/ipo/usuarios").codigo == 404
    assert "/ipo/usuarios" not in julieta.get("/ipo/tablero").texto
    assert "/ipo/usuarios" in sitio.de(sitio.casa.laura).get("/ipo/tablero").texto


# --- la gente del propio órgano garante ---

RAUL = {"usuario": "raul.soto", "nombre": "Raúl Soto"}


def test_el_garante_agrega_a_su_gente_con_sus_permisos_y_los_cambia(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    lista = gabriela.get("/ipo/usuarios")
    assert "Nuestra gente" in lista.visible and "Todo" in lista.visible
    forma = gabriela.get(str(lista.sopa.select_one(".acciones a[href*='_propia']")["href"])).forma("form.media")
    hecha = gabriela.enviar(forma, **RAUL, permiso=["soporte", "verificacion"])
    assert hecha.codigo == 200 and hecha.sopa.select(".entrega code")
    raul = Usuario.get(Usuario.usuario == "raul.soto")
    assert (raul.rol, raul.sujeto_id, raul.permisos) == ("garante", None, "soporte verificacion")
    assert "Verificación, Soporte" in gabriela.get("/ipo/usuarios").visible
    ruta = f"/ipo/usuarios/{a_folio(raul.id)}"
    marcados = gabriela.get(f"{ruta}/encargo").forma("form.media")
    assert marcados.campos.getlist("permiso") == ["verificacion", "soporte"]
    ficha = gabriela.seguir(gabriela.enviar(marcados, permiso=["sujetos"]))
    assert "Se cambió lo que puede hacer" in ficha.avisos[0]
    assert "Ahora puede: Sujetos obligados y cuentas" in ficha.visible and "Si deja el cargo" in ficha.visible


def test_un_alta_propia_con_error_vuelve_con_lo_marcado(sitio: Sitio) -> None:
    gabriela = sitio.de(sitio.casa.gabriela)
    forma = gabriela.get("/ipo/usuarios/nuevo?institucion=_propia").forma("form.media")
    pagina = gabriela.enviar(forma, **RAUL | {"usuario": "x"}, permiso=["soporte"])
    assert pagina.codigo == 422 and pagina.sopa.select_one("[value=soporte]").has_attr("checked")


def test_la_ultima_que_lleva_a_los_demas_no_se_bloquea_y_se_dice_que_hacer(sitio: Sitio) -> None:
    casa, gabriela = sitio.casa, sitio.de(sitio.casa.gabriela)
    ficha = gabriela.get(cuenta(casa.gabriela))
    bloqueada = gabriela.seguir(gabriela.enviar(ficha.forma("form[action$='/bloquear']")))
    assert "dé antes ese permiso" in bloqueada.avisos[0]
    sin_nada = gabriela.enviar(gabriela.get(cuenta(casa.gabriela, "/encargo")).forma("form.media"), permiso=None)
    assert sin_nada.codigo == 422 and "dé antes ese permiso" in sin_nada.visible
    assert gabriela.get("/ipo/tablero").codigo == 200


def test_quien_no_lleva_a_nadie_no_ve_la_pantalla_ni_en_el_menu(sitio: Sitio) -> None:
    Usuario.update(permisos="soporte verificacion catalogo").where(Usuario.id == sitio.casa.gabriela.id).execute()
    gabriela = sitio.de(sitio.casa.gabriela)
    assert "/ipo/usuarios" not in gabriela.get("/ipo/tablero").texto
    for resto in ("", "/nuevo", f"/{a_folio(sitio.casa.laura.id)}", f"/{a_folio(sitio.casa.gabriela.id)}/encargo"):
        assert gabriela.get(f"/ipo/usuarios{resto}").codigo == 404
    assert gabriela.post(cuenta(sitio.casa.gabriela, "/encargo"), {"permiso": "sujetos"}).codigo == 404


def test_una_unidad_no_se_cuela_como_gente_del_garante(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    laura.post("/ipo/usuarios/nuevo", RAUL | {"institucion": "_propia", "permiso": "sujetos", "rol": "garante"})
    assert not Usuario.select().where(Usuario.usuario == "raul.soto").exists()
