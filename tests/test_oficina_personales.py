"""Los datos personales en pantalla: quien captura los ve primero, quien revisa decide, y nunca salen de su celda."""

import re

import pytest

from models.actos import Acto
from models.domain.workflow import guardar
from models.folios import a_folio
from models.reloj import ahora
from models.tareas import Trabajo
from models.trabajos.trabajador import attend_all
from tests.cliente import Sitio, Visitante, folio
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

CURP = "BOXW310820HNERXN09"
NOTA = f"La constancia trae la CURP {CURP} del titular."
TAPADA = "CURP: BOXW••••••••••••09"
MOTIVO = "Es la del titular y firmó que se publique."


def capturar(sitio: Sitio, nota: str = NOTA, motivo: str = "", clave: str = "convenios", **campos: object) -> int:
    julieta = sitio.casa.julieta
    crudo = sitio.casa.crudo(julieta, clave, nota=nota, **campos)
    return guardar(julieta.actor, sitio.casa.tabla(clave), crudo, personales_motivo=motivo).id


def llenar(quien: Visitante, pagina: Pagina, **campos: str) -> Pagina:
    return quien.enviar(pagina.forma("form[data-captura]"), **campos)


def detalle(quien: Visitante, registro: int) -> Pagina:
    return quien.get(quien.sitio.url("detalle"), id=folio(registro))


def motivo_de(sitio: Sitio, registro: int) -> str | None:
    return sitio.casa.fila(registro).personales_motivo


# --- quien captura ---

def test_al_guardar_se_senala_junto_al_campo_y_se_pide_el_motivo(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    registro = sitio.casa.capturar(sitio.casa.julieta)
    hoja = julieta.get(sitio.url("editar"), id=folio(registro))
    assert "datos personales" not in hoja.visible and not hoja.sopa.select("#personales_motivo")
    vuelta = julieta.seguir(llenar(julieta, hoja, nota=NOTA))
    assert "Guardado" in vuelta.visible and sitio.casa.fila(registro).personales, "se guardó aunque falte decirlo"
    junto = vuelta.sopa.select_one("#campo-nota .personal").text
    assert TAPADA in junto and "Quítelo, o diga al final por qué se publica" in junto
    caja = vuelta.sopa.select_one("#personales")
    assert "falta decir por qué se publican" in caja.text and caja.select_one("a[href='#campo-nota']") is not None
    assert vuelta.sopa.select_one("[name=nota]")["aria-describedby"].split()[1] == "c-nota-p"
    listo = julieta.seguir(llenar(julieta, vuelta, personales_motivo=MOTIVO))
    assert motivo_de(sitio, registro) == MOTIVO and f"«{MOTIVO}»" in listo.visible
    assert sitio.casa.julieta.usuario.nombre in listo.sopa.select_one("#personales").text


def test_se_puede_dejar_para_despues_y_la_fila_lo_dice(sitio: Sitio) -> None:
    julieta, registro = sitio.de(sitio.casa.julieta), capturar(sitio)
    hoja = julieta.get(sitio.url("editar"), id=folio(registro))
    detallado = julieta.seguir(llenar(julieta, hoja, objetivo="Otra cosa"))
    assert detallado.ruta.split("?")[0].endswith("/detalle"), "ya los vio: no se le insiste con la hoja"
    lista = julieta.get(sitio.url(""))
    for pagina in (detallado, lista):
        assert "Trae datos personales: falta decir por qué se publican" in pagina.visible


def test_lo_que_no_se_publica_lo_dice_y_no_pide_motivo(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    registro = capturar(sitio, "", clave="padrones", denominacion_programa=f"Apoyo a {CURP}")
    hoja = julieta.get(sitio.url("editar", "padrones"), id=folio(registro))
    assert "Trae datos personales que no se publican" in hoja.visible and "Esto no se publica" in hoja.visible
    assert not hoja.sopa.select("#personales_motivo")
    detallado = julieta.get(sitio.url("detalle", "padrones"), id=folio(registro))
    assert "No se publica" in detallado.visible and not detallado.sopa.select("#personales form")
    datos = {"id": folio(registro), "version": "1", "personales_motivo": MOTIVO}
    forjado = julieta.post(sitio.url("justificar", "padrones"), datos)
    assert "Un motivo no basta" in julieta.seguir(forjado).visible
    assert sitio.casa.fila(registro, "padrones").personales_motivo is None


def test_un_motivo_malo_devuelve_la_hoja_con_todo(sitio: Sitio) -> None:
    julieta, registro = sitio.de(sitio.casa.julieta), capturar(sitio)
    hoja = julieta.get(sitio.url("editar"), id=folio(registro))
    mala = llenar(julieta, hoja, objetivo="Lo nuevo", personales_motivo=f"Porque es {CURP}")
    assert mala.codigo == 422 and "no escriba el dato" in mala.visible and "Lo nuevo" in mala.texto
    assert TAPADA in mala.visible and motivo_de(sitio, registro) is None
    corta = llenar(julieta, mala, personales_motivo="ok")
    assert corta.codigo == 422 and "con una frase" in corta.visible


def test_lo_que_no_se_pudo_guardar_tambien_se_senala(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    registro = sitio.casa.capturar(sitio.casa.julieta)
    hoja = julieta.get(sitio.url("editar"), id=folio(registro))
    mala = llenar(julieta, hoja, nota=NOTA, fecha_firma="ayer", personales_motivo=MOTIVO)
    assert mala.codigo == 422 and TAPADA in mala.sopa.select_one("#campo-nota").text and MOTIVO in mala.texto


def test_guardar_y_publicar_se_queda_en_la_hoja(sitio: Sitio) -> None:
    laura, registro = sitio.de(sitio.casa.laura), capturar(sitio)
    hoja = laura.get(sitio.url("editar"), id=folio(registro))
    queda = laura.seguir(llenar(laura, hoja, objetivo="Otra", luego="publicar"))
    assert queda.sopa.select("#personales_motivo") and "antes de revisar o publicar" in queda.visible
    sigue = laura.seguir(llenar(laura, queda, personales_motivo=MOTIVO, luego="publicar"))
    assert "/confirmar/" in sigue.ruta and "con el motivo de que se publiquen" in sigue.visible
    laura.enviar(sigue.forma("form.angosta"))
    assert sitio.casa.publica(registro) is not None


# --- el detalle ---

def test_en_el_detalle_se_dice_y_queda_en_el_historial(sitio: Sitio) -> None:
    julieta, registro = sitio.de(sitio.casa.julieta), capturar(sitio)
    pagina = detalle(julieta, registro)
    assert TAPADA in pagina.sopa.select_one("#personales").text
    hecho = julieta.seguir(julieta.enviar(pagina.forma("#personales form"), personales_motivo=MOTIVO))
    assert "Quedó dicho" in hecho.visible and motivo_de(sitio, registro) == MOTIVO
    historia = julieta.get(sitio.url("historial"), id=folio(registro))
    assert "Dijo por qué se publican los datos personales" in historia.visible and MOTIVO in historia.visible
    vieja = julieta.enviar(pagina.forma("#personales form"), personales_motivo="Otro motivo cualquiera.")
    assert "No se guardó el motivo" in julieta.seguir(vieja).visible and motivo_de(sitio, registro) == MOTIVO


def test_decirlo_es_de_quien_puede_editarlo(sitio: Sitio) -> None:
    registro = capturar(sitio)
    datos = {"id": folio(registro), "version": "1", "personales_motivo": MOTIVO}
    for ajena in (sitio.casa.beto, sitio.casa.nadia, sitio.casa.gabriela, sitio.casa.ramiro):
        assert sitio.de(ajena).post(sitio.url("justificar"), datos).codigo == 404
    julieta = sitio.de(sitio.casa.julieta)
    assert julieta.pedir("GET", sitio.url("justificar")).codigo == 405
    assert julieta.post(sitio.url("justificar"), datos, ficha=False).codigo == 400
    assert motivo_de(sitio, registro) is None and not Acto.select().where(Acto.acto == "justificar").exists()


# --- quien revisa ---

def test_quien_revisa_lo_ve_tapado_y_lo_acepta_con_un_motivo(sitio: Sitio) -> None:
    laura, registro = sitio.de(sitio.casa.laura), capturar(sitio)
    pagina = laura.get(sitio.url("revisar"), id=folio(registro))
    assert TAPADA in pagina.sopa.select_one("#personales").text and not pagina.sopa.select("button[value=publicar]")
    forma = pagina.forma("#personales form:has(textarea)")
    otra_vez = laura.seguir(laura.enviar(forma, acto="justificar", personales_motivo=MOTIVO))
    assert "/revisar" in otra_vez.ruta and sitio.casa.laura.usuario.nombre in otra_vez.sopa.select_one("#personales").text
    laura.enviar(otra_vez.forma("form:has(button[value=publicar])"), acto="publicar")
    assert sitio.casa.publica(registro) is not None


def test_o_lo_devuelve_senalando_el_campo(sitio: Sitio) -> None:
    laura, registro = sitio.de(sitio.casa.laura), capturar(sitio)
    pagina = laura.get(sitio.url("revisar"), id=folio(registro))
    laura.enviar(pagina.forma("#personales form:has(button[value=devolver])"), acto="devolver")
    fila = sitio.casa.fila(registro)
    assert fila.estado == "devuelto" and TAPADA in fila.motivos_campo and CURP not in fila.motivos_campo + fila.motivo
    hoja = sitio.de(sitio.casa.julieta).get(sitio.url("editar"), id=folio(registro))
    assert "Se devolvió por esto" in hoja.sopa.select_one("#campo-nota").text


# --- la lista, los lotes y lo programado ---

def test_la_lista_se_filtra_y_el_lote_los_cuenta(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    limpio = sitio.casa.capturar(sitio.casa.julieta)
    assert "Con datos personales" not in laura.get(sitio.url("")).visible
    detenido, dicho = capturar(sitio), capturar(sitio, motivo=MOTIVO)
    lista = laura.get(laura.get(sitio.url("")).sopa.find("a", string="Con datos personales")["href"])
    assert {fila["data-folio"] for fila in lista.sopa.select("tr[data-folio]")} == {folio(detenido), folio(dicho)}
    marcas = [f"{folio(uno)}:1" for uno in (limpio, detenido, dicho)]
    confirma = laura.seguir(laura.enviar(laura.get(sitio.url("")).forma("form[data-lote]"), acto="publicar", sel=marcas))
    assert "1 traen datos personales" in confirma.visible and "1 queda fuera por los datos personales" in confirma.visible
    assert "Se hará con 2" in confirma.visible
    laura.enviar(confirma.forma("form.angosta"))
    assert [sitio.casa.publica(uno) is not None for uno in (limpio, detenido, dicho)] == [True, False, True]


def test_lo_programado_no_sale_si_mientras_tanto_los_trae(sitio: Sitio) -> None:
    laura, registro = sitio.de(sitio.casa.laura), sitio.casa.capturar(sitio.casa.julieta)
    marca = [f"{folio(registro)}:1"]
    confirma = laura.seguir(laura.enviar(laura.get(sitio.url("")).forma("form[data-lote]"), acto="publicar", sel=marca))
    laura.enviar(confirma.forma("form.angosta"), fecha="31/12/2026", hora="10:00")
    modelo = sitio.casa.tabla().trabajo
    crudo = sitio.casa.crudo(sitio.casa.julieta, nota=NOTA)
    guardar(sitio.casa.julieta.actor, sitio.casa.tabla(), crudo, registro=registro)
    modelo.update(version=1).where(modelo.sujeto_id == sitio.casa.metepec.id, modelo.id == registro).execute()
    Trabajo.update(arriendo=ahora() - 1).where(Trabajo.estado == "pendiente").execute()
    attend_all("prueba")
    assert sitio.casa.publica(registro) is None


# --- nada se ve completo fuera de su celda ---

@pytest.mark.parametrize("pantalla", ["detalle", "historial", "editar", "revisar", ""])
def test_fuera_de_su_celda_siempre_va_tapado(sitio: Sitio, pantalla: str) -> None:
    registro = capturar(sitio, motivo=MOTIVO)
    consulta = {"id": folio(registro)} if pantalla else {}
    pagina = sitio.de(sitio.casa.laura).get(sitio.url(pantalla), **consulta)
    assert len(re.findall(CURP, pagina.texto)) == (0 if pantalla in ("", "historial") else 1)


def test_la_bitacora_no_lleva_el_dato(sitio: Sitio, capfd: pytest.CaptureFixture[str]) -> None:
    julieta, laura = sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.laura)
    registro = capturar(sitio)
    julieta.enviar(detalle(julieta, registro).forma("#personales form"), personales_motivo=MOTIVO)
    laura.get(sitio.url("revisar"), id=folio(registro))
    sitio.casa.hacer(sitio.casa.laura, "publicar", registro)
    escrito = capfd.readouterr()
    assert CURP not in escrito.out + escrito.err
    actos = Acto.select().where(Acto.registro_id == registro)
    assert len(actos) == 3 and all(CURP not in str(acto.__data__) for acto in actos)
    assert a_folio(registro)
