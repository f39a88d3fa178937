"""Cargar desde Excel en la oficina: elegir el libro, ver lo que pasaría, decidir, y volver a encontrarlo."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from models.adjuntos import Archivo
from models.cargas import ArchivoPendiente, Carga, CargaArchivo
from models.folios import a_folio
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.situaciones import Situacion
from models.hojas.plantillas.libro import Pedida, write_plantilla
from models.hojas.revision.expediente import Expediente
from tests.cargador import Renglon, cargar, releer, subir
from tests.cliente import Pagina, Sitio
from tests.elenco import CLAVE, Persona
from tests.escenario import ausente
from tests.fabrica import pdf

pytest_plugins = "tests.sitio"

CARGAR = f"/ipo/f/{CLAVE}/cargar"


def ruta(carga: Carga, acto: str = "") -> str:
    return f"/ipo/f/{carga.clave}/cargas/{carga.folio}{acto and '/'}{acto}"


def plantilla_llena(sitio: Sitio, persona: Persona) -> bytes:
    salida = BytesIO()
    write_plantilla(Pedida(sitio.casa.institucion_de(persona).sujeto, sitio.casa.tabla(), persona.actor), salida)
    return salida.getvalue()


def nuevos(sitio: Sitio, persona: Persona, n: int, **mas: Any) -> list[dict[str, Any]]:
    return [sitio.casa.crudo(persona, denominacion_convenio=f"Convenio {i}", **mas) for i in range(n)]


def tarjetas(pagina: Pagina) -> dict[str, int]:
    """Las cuentas de arriba: palabras → cuántos."""
    return {" ".join(ficha.get_text(" ", strip=True).split()[1:]): int(ficha.b.get_text().replace(",", ""))
            for ficha in pagina.sopa.select(".de-carga .ficha")}


# --- la plantilla ---

def test_la_plantilla_se_baja_vacia_o_con_lo_que_ya_esta(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    folio = julieta.capturar(sitio.casa.julieta)
    vacia = julieta.get(f"/ipo/f/{CLAVE}/plantilla")
    assert 'filename=plantilla-convenios-metepec.xlsx' in vacia.cabeceras["Content-Disposition"]
    assert load_workbook(BytesIO(vacia.cuerpo)).worksheets[0]["A3"].value == "Ejemplo"
    llena = julieta.get(f"/ipo/f/{CLAVE}/plantilla", con="datos", ejercicio="2026", periodo="T4")
    assert "plantilla-convenios-metepec-2026-T4.xlsx" in llena.cabeceras["Content-Disposition"]
    assert load_workbook(BytesIO(llena.cuerpo)).worksheets[0]["A3"].value == folio


@pytest.mark.parametrize("consulta", [{"ejercicio": "x"}, {"ejercicio": "99999"}, {"periodo": "T9"}, {"con": "nada"}])
def test_lo_que_no_se_entiende_es_la_plantilla_de_todo(sitio: Sitio, consulta: dict[str, str]) -> None:
    pagina = sitio.de(sitio.casa.julieta).get(f"/ipo/f/{CLAVE}/plantilla", **consulta)
    assert "plantilla-convenios-metepec.xlsx" in pagina.cabeceras["Content-Disposition"]


# --- elegir el libro ---

def test_la_lista_ofrece_cargar_y_la_plantilla(sitio: Sitio) -> None:
    lista = sitio.de(sitio.casa.julieta).get(f"/ipo/f/{CLAVE}/")
    ligas = {str(liga["href"]): liga.get_text(strip=True) for liga in lista.sopa.select("main a[href]")}
    assert ligas[CARGAR].startswith("Cargar") and ligas[f"/ipo/f/{CLAVE}/plantilla"] == "Plantilla"
    organigrama = sitio.de(sitio.casa.laura).get("/ipo/f/organigrama/")
    assert organigrama.sopa.select_one("a[href='/ipo/organigrama/importar']") and "/cargar" not in organigrama.texto


def test_un_libro_se_recibe_y_se_manda_revisar(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    forma = julieta.get(CARGAR).forma("form[enctype]")
    hecho = julieta.enviar(forma, libro=("mis convenios.xlsx", plantilla_llena(sitio, sitio.casa.julieta)), ejercicio="2026",
                           archivos=[("uno.pdf", pdf("Uno"))])
    [carga] = Carga.select()
    assert hecho.lleva_a == ruta(carga) and carga.situacion == Situacion.RECIBIDA
    assert '"ejercicio": 2026' in carga.opciones
    [suyo] = CargaArchivo.select()
    assert suyo.nombre == "uno.pdf"
    pagina = julieta.seguir(hecho)
    assert "Puede dejar esta página" in pagina.visible and pagina.sopa.select_one("[data-avance]")
    assert pagina.sopa.select_one("noscript meta[http-equiv=refresh]")
    assert b'"en_curso"' in julieta.get(ruta(carga, "estado")).cuerpo


def test_lo_que_no_es_un_libro_se_dice_y_no_se_guarda(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    pagina = julieta.post(CARGAR, {"libro": ("libro.xlsx", b"")})
    assert pagina.codigo == 422 and "No se recibió el libro" in pagina.errores
    assert not Carga.select().exists()


def test_sin_libro_se_pide(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.julieta).post(CARGAR, {})
    assert pagina.codigo == 422 and "Elija el libro" in pagina.errores


def test_el_libro_corregido_toma_el_lugar_del_anterior_con_sus_archivos(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    anterior = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    julieta.post(ruta(anterior, "archivos"), {"archivos": [("uno.pdf", pdf("Uno"))]})
    pagina = julieta.get(CARGAR, en_vez_de=anterior.folio)
    assert "Subir el libro corregido" in pagina.visible and anterior.nombre in pagina.visible
    julieta.enviar(pagina.forma("form[enctype]"), libro=("corregido.xlsx", plantilla_llena(sitio, casa.julieta)))
    nueva = Carga.get(Carga.nombre == "corregido.xlsx")
    assert releer(anterior).situacion == Situacion.CANCELADA
    assert [uno.nombre for uno in CargaArchivo.select().where(CargaArchivo.carga_id == nueva.id)] == ["uno.pdf"]


@pytest.mark.parametrize("de_quien", ["ajena", "ausente", "mal escrita"])
def test_no_se_sustituye_la_carga_de_otro(sitio: Sitio, de_quien: str) -> None:
    casa = sitio.casa
    folio = {"ajena": lambda: subir(casa, casa.beto, *nuevos(sitio, casa.beto, 1)).folio, "ausente": ausente,
             "mal escrita": lambda: "nada"}[de_quien]()
    assert sitio.de(casa.julieta).get(CARGAR, en_vez_de=folio).codigo == 404


# --- ver lo que pasaría ---

def test_la_vista_previa_cuenta_y_ensena_cada_clase(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta, objetivo="Plantar encinos")
    de_baja = casa.capturar(casa.julieta, denominacion_convenio="El que se pide retirar")
    carga = subir(
        casa, casa.julieta, *nuevos(sitio, casa.julieta, 2),
        Renglon(casa.crudo(casa.julieta, objetivo="Plantar fresnos"), registro, 1),
        Renglon({}, de_baja, 1, baja="Se repitió."), casa.crudo(casa.julieta, fecha_firma="31/06/2026"),
        casa.crudo(casa.julieta, denominacion_convenio="Sin objetivo", objetivo=None))
    julieta = sitio.de(casa.julieta)
    pagina = julieta.get(ruta(carga))
    assert tarjetas(pagina) == {"nuevos": 3, "cambia": 1, "con errores": 1, "baja por pedir": 1, "incompleto": 1,
                                "ya están iguales": 0}
    cambian = julieta.get(ruta(carga), ver="cambian").sopa.select_one("table.previa")
    assert cambian is not None
    assert (cambian.find("del").get_text(), cambian.find("ins").get_text()) == ("Plantar encinos", "Plantar fresnos")
    assert "El que se pide retirar" in julieta.get(ruta(carga), ver="bajas").visible
    assert "Objetivo del convenio" in julieta.get(ruta(carga), ver="incompletos").visible
    assert "Convenio 1" in julieta.get(ruta(carga), ver="nuevos").visible


def test_los_renglones_van_por_paginas(sitio: Sitio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.hojas.previa.POR_PAGINA", 2)
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 3))
    primera = julieta.get(ruta(carga), ver="nuevos")
    [siguiente] = primera.sopa.select("a[rel=next]")
    assert "Convenio 1" in primera.visible and "Convenio 2" not in primera.visible
    segunda = julieta.get(ruta(carga) + str(siguiente["href"]).partition("#")[0])
    assert "Convenio 2" in segunda.visible and not segunda.sopa.select("a[rel=next]")


@pytest.mark.parametrize("consulta", [{"ver": "nada"}, {"desde": "x"}, {"desde": "9" * 40}, {"ver": "iguales", "desde": "-1"}])
def test_una_direccion_mal_escrita_ensena_la_pagina(sitio: Sitio, consulta: dict[str, str]) -> None:
    casa = sitio.casa
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    assert sitio.de(casa.julieta).get(ruta(carga), **consulta).codigo == 200


def test_lo_que_dice_el_libro_nunca_es_html(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    malo = "<img src=x onerror=alert(1)>"
    carga = subir(casa, casa.julieta, casa.crudo(casa.julieta, denominacion_convenio=malo), nombre="<b>libro</b>.xlsx")
    pagina = julieta.get(ruta(carga), ver="nuevos")
    assert malo not in pagina.texto and "&lt;img src=x" in pagina.texto and not pagina.sopa.select("main img")


# --- correcciones, archivos y datos personales ---

def con_correccion(sitio: Sitio) -> Carga:
    """Una carga con una corrección propuesta, como la dejaría la lectura."""
    casa = sitio.casa
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 2))
    with Expediente.open(carpeta.ruta_de(carga)) as expediente:
        expediente.add("correccion", [(3, "Convenios", "G3", "tipo_convenio", "lista", "Con el Sector  privado",
                                       "De coordinación con el sector privado", 0),
                                      (3, "Convenios", "I3", "fecha_firma", "fecha", "31-12-26", "31/12/2026", 0)])
        expediente.set_acciones([(3, "por_corregir", None)])
    Carga.update(resumen='{"total": 2, "nuevos": 1, "por_corregir": 1}').where(Carga.id == carga.id).execute()
    return releer(carga)


def test_las_correcciones_se_proponen_y_nada_se_hace_sin_marcarlas(sitio: Sitio) -> None:
    carga, julieta = con_correccion(sitio), sitio.de(sitio.casa.julieta)
    pagina = julieta.get(ruta(carga))
    casillas = pagina.sopa.select("input[name=correccion]")
    assert [str(casilla["value"]) for casilla in casillas] == ["tipo_convenio|lista", "fecha_firma|fecha"]
    assert not any(casilla.has_attr("checked") for casilla in casillas)
    assert "31-12-26" in pagina.visible and "31/12/2026" in pagina.visible
    forma = pagina.forma("form[action$=correcciones]")
    hecho = julieta.enviar(forma, correccion="fecha_firma|fecha")
    assert hecho.lleva_a == ruta(carga) and releer(carga).receta == '["fecha_firma|fecha"]'
    assert releer(carga).situacion == Situacion.RECIBIDA, "se revisa otra vez"


def test_aceptar_todas_las_acepta_todas(sitio: Sitio) -> None:
    carga, julieta = con_correccion(sitio), sitio.de(sitio.casa.julieta)
    julieta.enviar(julieta.get(ruta(carga)).forma("form[action$=correcciones]"), todas="si")
    assert releer(carga).receta == '["fecha_firma|fecha", "tipo_convenio|lista"]'


def test_lo_aceptado_en_otra_carga_viene_marcado(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    julieta.post(ruta(con_correccion(sitio), "correcciones"), {"correccion": "fecha_firma|fecha"})
    pagina = julieta.get(ruta(con_correccion(sitio)))
    marcadas = [str(casilla["value"]) for casilla in pagina.sopa.select("input[name=correccion][checked]")]
    assert marcadas == ["fecha_firma|fecha"] and "La aceptó en otra carga" in pagina.visible


def test_los_archivos_que_faltan_se_dicen_y_se_agregan(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    crudo = {nombre: valor for nombre, valor in casa.crudo(casa.julieta).items() if nombre != "convenio"}
    carga = subir(casa, casa.julieta, Renglon(crudo, archivos={"convenio": "firmado.pdf"}))
    pagina = julieta.get(ruta(carga))
    assert "Falta 1 archivo." in pagina.visible and "firmado.pdf" in pagina.visible
    forma = pagina.forma("form[action$=archivos]")
    hecho = julieta.enviar(forma, archivos=[("Firmado.PDF", pdf("Uno")), ("otro.txt", b"hola")])
    assert "«otro.txt» no se aceptó" in " ".join(julieta.seguir(hecho).avisos)
    assert releer(carga).situacion == Situacion.RECIBIDA


def con_hallazgo(sitio: Sitio) -> Carga:
    casa = sitio.casa
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    with Expediente.open(carpeta.ruta_de(carga)) as expediente:
        expediente.add("hallazgo", [(3, "Convenios", "V3", "nota", "curp", "CURP: XEXX••••A4", "avisar")])
    Carga.update(resumen='{"total": 1, "nuevos": 1, "hallazgos": 1}').where(Carga.id == carga.id).execute()
    return releer(carga)


def test_con_datos_personales_hace_falta_decir_por_que(sitio: Sitio) -> None:
    carga, julieta = con_hallazgo(sitio), sitio.de(sitio.casa.julieta)
    pagina = julieta.get(ruta(carga))
    assert "CURP: XEXX••••A4" in pagina.visible and "V3" in pagina.visible
    sin_razon = julieta.enviar(pagina.forma("form[action$=confirmar]"), personales_motivo="no")
    assert sin_razon.codigo == 422 and "Escriba por qué" in sin_razon.errores
    assert releer(carga).situacion == Situacion.REVISADA
    hecho = julieta.enviar(sin_razon.forma("form[action$=confirmar]"), personales_motivo="Es la ventanilla, no una persona.")
    assert hecho.lleva_a == ruta(carga) and releer(carga).situacion == Situacion.CONFIRMADA
    assert "Es la ventanilla" in releer(carga).opciones


# --- confirmar, cancelar, deshacer ---

def test_con_renglones_malos_hay_que_decir_que_se_quedan_fuera(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 2), casa.crudo(casa.julieta, fecha_firma="x"))
    pagina = julieta.get(ruta(carga))
    assert "Cargar solo los buenos (2)" in pagina.visible
    a_ciegas = julieta.enviar(pagina.forma("form[action$=confirmar]"))
    assert a_ciegas.codigo == 422 and "1 renglón se queda fuera" in a_ciegas.errores
    julieta.enviar(pagina.forma("form[action$=confirmar]"), solo_buenos="si")
    assert releer(carga).situacion == Situacion.CONFIRMADA


def test_lo_cargado_dice_cuanto_fue_y_lleva_a_verlo(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    a_mano = julieta.capturar(casa.julieta)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 2)))
    pagina = julieta.get(ruta(carga))
    assert "2 renglones quedaron cargados." in pagina.visible
    [liga] = [str(uno["href"]) for uno in pagina.sopa.select("a") if uno.get_text() == "Ver lo que se cargó"]
    lista = julieta.get(liga)
    assert len(lista.folios) == 2 and a_mano not in lista.folios and "Solo lo que dejó una carga" in lista.visible


def test_la_carga_se_deshace_entera(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 2)))
    hecho = julieta.enviar(julieta.get(ruta(carga)).forma("form[action$=deshacer]"))
    pagina = julieta.seguir(hecho)
    assert "2 nuevos fueron a la papelera" in " ".join(pagina.avisos) and releer(carga).situacion == Situacion.DESHECHA
    assert not julieta.get(f"/ipo/f/{CLAVE}/").folios


def test_lo_que_ya_se_reviso_no_se_deshace_y_se_dice(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = cargar(casa.julieta, subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1)))
    casa.hacer(casa.ernesto, "revisar", casa.tabla().trabajo.get().id)
    pagina = julieta.seguir(julieta.post(ruta(carga, "deshacer")))
    assert pagina.avisos and releer(carga).situacion == Situacion.CARGADA


def test_cancelar_no_deja_nada(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    pagina = julieta.seguir(julieta.post(ruta(carga, "cancelar")))
    assert "Se canceló" in pagina.visible and not julieta.get(f"/ipo/f/{CLAVE}/").folios


def test_una_carga_interrumpida_se_reanuda(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    Carga.update(situacion="interrumpida", mensaje="Se detuvo.").where(Carga.id == carga.id).execute()
    pagina = julieta.get(ruta(carga))
    assert "La carga se interrumpió." in pagina.visible
    julieta.enviar(pagina.forma("form[action$=reanudar]"))
    assert releer(carga).situacion == Situacion.RECIBIDA


def test_una_rechazada_dice_por_que_y_ofrece_subir_otro(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    Carga.update(situacion="rechazada", mensaje="El libro es de Toluca.").where(Carga.id == carga.id).execute()
    pagina = julieta.get(ruta(carga))
    assert "El libro es de Toluca." in pagina.visible and pagina.sopa.select_one(f"a[href$='en_vez_de={carga.folio}']")


def test_sin_expediente_la_pagina_lo_dice(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    carpeta.ruta_de(carga).unlink()
    assert "ya no está guardado" in julieta.get(ruta(carga)).visible


# --- volver a encontrarla ---

def test_cada_quien_ve_sus_cargas_y_la_unidad_las_de_todos(sitio: Sitio) -> None:
    casa = sitio.casa
    for persona in (casa.julieta, casa.beto, casa.ines):
        subir(casa, persona, *nuevos(sitio, persona, 1), nombre=f"de {persona.usuario.nombre}.xlsx")
    vistas = {persona.usuario.usuario: [fila.a.get_text() for fila in sitio.de(persona).get("/ipo/cargas").renglones]
              for persona in (casa.julieta, casa.laura, casa.nadia)}
    assert vistas == {"capt1.metepec": ["de Julieta Mondragón.xlsx"],
                      "unidad.metepec": ["de Beto Sámano.xlsx", "de Julieta Mondragón.xlsx"], "admin2.metepec": []}
    assert "Todavía no hay cargas" in sitio.de(casa.nadia).get("/ipo/cargas").visible


def test_la_lista_de_cargas_va_por_paginas(sitio: Sitio, monkeypatch: pytest.MonkeyPatch) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    for numero in range(3):
        subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1), nombre=f"libro {numero}.xlsx")
    monkeypatch.setattr("admin_views.cargas.POR_PAGINA", 2)
    primera = julieta.get("/ipo/cargas")
    [siguiente] = primera.sopa.select("a[rel=next]")
    assert len(primera.renglones) == 2
    assert [fila.a.get_text() for fila in julieta.get(str(siguiente["href"])).renglones] == ["libro 0.xlsx"]
    assert julieta.get("/ipo/cargas", desde="nada").codigo == 404


# --- archivos pendientes ---

def pendiente(sitio: Sitio, persona: Persona, cuantos: int = 2) -> None:
    """Unos registros cargados de un libro que nombra un archivo que no llegó."""
    casa = sitio.casa
    crudos = [{nombre: valor for nombre, valor in crudo.items() if nombre != "convenio"}
              for crudo in nuevos(sitio, persona, cuantos)]
    cargar(persona, subir(casa, persona, *(Renglon(crudo, archivos={"convenio": "firmado.pdf"}) for crudo in crudos)))


def test_un_archivo_pendiente_se_pone_a_todos_los_que_lo_nombran(sitio: Sitio) -> None:
    pendiente(sitio, sitio.casa.julieta)
    julieta, carga = sitio.de(sitio.casa.julieta), Carga.get()
    assert "2 archivos que el libro nombra no han llegado" in julieta.get(ruta(carga)).visible
    assert "2 archivos por agregar" in julieta.get("/ipo/archivos-pendientes").visible
    pagina = julieta.get(f"/ipo/archivos-pendientes/{CLAVE}")
    assert "firmado.pdf" in pagina.visible
    archivos = [("firmado.pdf", pdf("Uno")), ("otro.pdf", pdf("Otro"))]
    hecho = julieta.post(f"/ipo/archivos-pendientes/{CLAVE}", {"archivos": archivos})
    avisos = " ".join(julieta.seguir(hecho).avisos)
    assert "Se completaron 2 registros." in avisos and "otro.pdf" in avisos
    assert not ArchivoPendiente.select().exists() and "no han llegado" not in julieta.get(ruta(carga)).visible
    assert "No falta ningún archivo" in julieta.get("/ipo/archivos-pendientes").visible


def test_uno_que_se_llama_de_otro_modo_se_elige_a_mano(sitio: Sitio) -> None:
    pendiente(sitio, sitio.casa.julieta)
    julieta = sitio.de(sitio.casa.julieta)
    forma = julieta.get(f"/ipo/archivos-pendientes/{CLAVE}").forma("td form")
    hecho = julieta.enviar(forma, archivos=("escaneo 001.pdf", pdf("Escaneo")))
    assert "Se completaron 2 registros." in " ".join(julieta.seguir(hecho).avisos)
    puesto = Archivo.get(Archivo.nombre == "escaneo 001.pdf")
    assert all(fila.c_convenio == puesto.id for fila in sitio.casa.tabla().trabajo.select())


def test_nadie_completa_los_registros_de_otro(sitio: Sitio) -> None:
    pendiente(sitio, sitio.casa.ines)
    pendiente(sitio, sitio.casa.beto)
    julieta = sitio.de(sitio.casa.julieta)
    assert "No falta ningún archivo" in julieta.get(f"/ipo/archivos-pendientes/{CLAVE}").visible
    julieta.post(f"/ipo/archivos-pendientes/{CLAVE}", {"archivos": ("firmado.pdf", pdf("Uno"))})
    assert all(fila.c_convenio is None for fila in sitio.casa.tabla().trabajo.select())


def test_un_archivo_malo_se_dice(sitio: Sitio) -> None:
    pendiente(sitio, sitio.casa.julieta)
    julieta = sitio.de(sitio.casa.julieta)
    hecho = julieta.post(f"/ipo/archivos-pendientes/{CLAVE}", {"archivos": ("firmado.pdf", b"esto no es un PDF")})
    assert "firmado.pdf" in " ".join(julieta.seguir(hecho).avisos) and ArchivoPendiente.select().count() == 2


# --- lo de siempre: quién, de quién y cómo ---

@pytest.mark.parametrize("acto", ["correcciones", "archivos", "confirmar", "cancelar", "reanudar", "deshacer"])
def test_los_actos_son_de_quien_la_subio_y_llevan_testigo(sitio: Sitio, acto: str) -> None:
    casa = sitio.casa
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    for otro in (casa.beto, casa.ernesto, casa.nadia, casa.ines, casa.ramiro, casa.gabriela):
        assert sitio.de(otro).post(ruta(carga, acto)).codigo == 404
    assert sitio.de(casa.julieta).get(ruta(carga, acto)).codigo == 405
    assert sitio.de(casa.julieta).post(ruta(carga, acto), ficha=False).codigo == 400
    assert releer(carga).situacion == Situacion.REVISADA


def test_una_carga_no_se_ve_desde_otro_formato(sitio: Sitio) -> None:
    casa = sitio.casa
    carga = subir(casa, casa.julieta, *nuevos(sitio, casa.julieta, 1))
    assert sitio.de(casa.julieta).get(f"/ipo/f/licitaciones/cargas/{carga.folio}").codigo == 404
    assert sitio.de(casa.julieta).get(f"/ipo/f/{CLAVE}/cargas/{a_folio(carga.id)[:-1]}x").codigo == 404


def test_sin_testigo_no_se_recibe_ningun_libro(sitio: Sitio) -> None:
    casa = sitio.casa
    libro = ("libro.xlsx", plantilla_llena(sitio, casa.julieta))
    assert sitio.de(casa.julieta).post(CARGAR, {"libro": libro}, ficha=False).codigo == 400
    assert sitio.de(casa.nadia).post(CARGAR, {"libro": libro}).codigo == 404
    assert not Carga.select().exists()
