"""Revisar uno por uno: las diferencias, el documento al lado, aprobar y seguir, y devolver señalando el dato."""

from collections.abc import Iterator

import pytest

from models.actos import Acto
from models.domain.workflow.motivos import from_json
from models.folios import a_folio
from models.reloj import ahora
from models.tareas import Lote, Trabajo
from models.trabajos.trabajador import attend_all
from tests.cliente import Sitio, Visitante, folio
from tests.escenario import publicar, subir
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"


@pytest.fixture
def con_gracia(sitio: Sitio) -> Iterator[Sitio]:
    entorno = sitio.app.extensions["entorno"]
    sitio.app.extensions["entorno"] = entorno.con(deshacer=30)
    yield sitio
    sitio.app.extensions["entorno"] = entorno


def revisar(quien: Visitante, registro: int | None = None, **consulta: str) -> Pagina:
    """La página de revisión de un registro; sin él, la del primero que espera."""
    if registro is not None:
        return quien.get(quien.sitio.url("revisar"), id=folio(registro), **consulta)
    return quien.seguir(quien.get(quien.sitio.url("revisar"), **consulta))


def aprobar(quien: Visitante, pagina: Pagina, acto: str = "publicar") -> Pagina:
    return quien.enviar(pagina.forma(f"form:has(button[value={acto}])"), acto=acto)


def devolver(quien: Visitante, pagina: Pagina, **campos: str) -> Pagina:
    return quien.enviar(pagina.forma("form#devolver"), acto="devolver", **campos)


def celdas(pagina: Pagina) -> dict[str, list[str]]:
    """Etiqueta → las celdas de su renglón, en la tabla de diferencias."""
    return {" ".join(str(fila.th.find(string=True)).split()): [" ".join(td.text.split()) for td in fila.select("td")]
            for fila in pagina.sopa.select("table.contraste > tbody > tr")}


# --- lo que se ve ---

def test_solo_se_ve_lo_que_cambia_junto_a_lo_publico(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = publicar(sitio, casa.julieta, casa.laura, objetivo="Bachear la avenida Tecnológico")
    casa.editar(casa.julieta, registro, objetivo="Bachear la avenida Benito Juárez")
    pagina = revisar(laura, registro)
    etiqueta = casa.tabla().formato.por_nombre["objetivo"].etiqueta
    hoy, nuevo, *_ = celdas(pagina)[etiqueta]
    assert len(celdas(pagina)) == 1 and "Tecnológico" in hoy and "Benito Juárez" in nuevo
    assert pagina.sopa.select_one("td.menos del").text == "Tecnológico" and pagina.sopa.select_one("td.mas ins") is not None
    assert "sin cambios" in pagina.visible and casa.julieta.usuario.nombre in pagina.visible


def test_lo_nunca_publicado_se_ve_entero(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    pagina = revisar(laura, casa.capturar(casa.julieta, objetivo="Alumbrado"))
    assert "Lo que ve hoy la ciudadanía" not in pagina.visible and "Alumbrado" in pagina.visible
    assert len(celdas(pagina)) > 5 and "Nunca publicado" in pagina.visible


def test_el_pdf_se_ve_al_lado_y_solo_ahi_se_puede_enmarcar(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta, convenio=subir(sitio, casa.julieta))
    pagina = revisar(laura, registro)
    marco = pagina.sopa.select_one("aside.documentos iframe")
    assert marco is not None and "frame-src 'self'" in pagina.cabeceras["Content-Security-Policy"]
    archivo = laura.get(str(marco["src"]))
    assert archivo.codigo == 200 and archivo.cabeceras["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in archivo.cabeceras["Content-Security-Policy"]
    assert archivo.cabeceras["Content-Disposition"].startswith("inline")
    bajado = laura.get(str(marco["src"]).partition("?")[0])
    assert bajado.cabeceras["Content-Disposition"].startswith("attachment") and bajado.cabeceras["X-Frame-Options"] == "DENY"
    assert "frame-src" not in laura.get("/ipo/tablero").cabeceras["Content-Security-Policy"]
    assert sitio.de(casa.beto).get(str(marco["src"])).codigo == 404, "quien no ve el registro no ve su documento"


def test_dice_en_cual_va_y_lleva_al_de_antes_y_al_que_sigue(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    uno, dos, tres = (casa.capturar(casa.julieta) for _ in range(3))
    publicar(sitio, casa.julieta, casa.laura)
    pagina = revisar(laura)
    assert pagina.ruta.endswith(folio(uno)) and "1 de 3 por revisar" in pagina.visible
    siguiente = laura.get(str(pagina.sopa.select_one("a[rel=next]")["href"]))
    assert siguiente.ruta.endswith(folio(dos)) and "2 de 3" in siguiente.visible
    assert laura.get(str(siguiente.sopa.select_one("a[rel=next]")["href"])).ruta.endswith(folio(tres))
    assert str(siguiente.sopa.select_one("a[rel=prev]")["href"]).endswith(folio(uno))


def test_se_camina_dentro_del_filtro(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    casa.capturar(casa.julieta, ejercicio="2025")
    dos, tres = (casa.capturar(casa.julieta, ejercicio="2026") for _ in range(2))
    casa.hacer(casa.ernesto, "revisar", tres)
    pagina = revisar(laura, ejercicio="2026")
    assert folio(dos) in pagina.ruta and "1 de 2" in pagina.visible
    assert "ejercicio=2026" in str(pagina.sopa.select_one("a[rel=next]")["href"])
    amarillos = revisar(laura, estado="revisado")
    assert folio(tres) in amarillos.ruta and "1 de 1" in amarillos.visible


# --- decidir ---

def test_publicar_y_seguir_lleva_al_que_sigue_y_deja_deshacer(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.julieta)
    hecha = aprobar(laura, revisar(laura))
    assert hecha.lleva_a.endswith(folio(dos))
    assert laura.seguir(hecha).sopa.select_one(".por-salir") is not None and casa.publica(uno) is None
    Trabajo.update(arriendo=ahora() - 1).execute()
    attend_all("prueba")
    assert casa.publica(uno) is not None and Lote.get(Lote.confirmado_en.is_null(False)).huella


def test_lo_que_esta_por_salir_ya_no_espera_revision(con_gracia: Sitio) -> None:
    casa, laura = con_gracia.casa, con_gracia.de(con_gracia.casa.laura)
    registro = casa.capturar(casa.julieta)
    fin = laura.seguir(aprobar(laura, revisar(laura)))
    assert "Terminó con este formato" in fin.visible and fin.sopa.select_one(".por-salir") is not None
    aparte = revisar(laura, registro)
    assert "Ya se aprobó: sale al portal el" in aparte.visible and not aparte.sopa.select("button[value=publicar]")
    laura.enviar(fin.forma("form[action$='/deshacer']"))
    assert folio(registro) in revisar(laura).ruta, "si se deshace, vuelve a la cola"


def test_quien_administra_marca_revisado_y_sigue(sitio: Sitio) -> None:
    casa, ernesto = sitio.casa, sitio.de(sitio.casa.ernesto)
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.beto)
    hecha = aprobar(ernesto, revisar(ernesto), "revisar")
    assert hecha.lleva_a.endswith(folio(dos)) and casa.fila(uno).estado == "revisado"
    fin = ernesto.seguir(aprobar(ernesto, ernesto.seguir(hecha), "revisar"))
    assert "Terminó con este formato" in fin.visible, "lo amarillo ya no le toca a él"
    assert ernesto.post(sitio.url(f"revisar?id={folio(uno)}"), {"acto": "publicar", "version": "2"}).codigo == 404


def test_devolver_senalando_el_dato_basta_y_quien_captura_lo_ve_ahi(sitio: Sitio) -> None:
    casa, laura, julieta = sitio.casa, sitio.de(sitio.casa.laura), sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    hecha = laura.seguir(devolver(laura, revisar(laura, registro), **{"senal-objetivo": "Dígalo con otras palabras"}))
    assert hecha.codigo in (200, 302)
    fila, etiqueta = casa.fila(registro), casa.tabla().formato.por_nombre["objetivo"].etiqueta
    assert fila.estado == "devuelto" and from_json(fila.motivos_campo) == {"objetivo": "Dígalo con otras palabras"}
    assert fila.motivo == f"{etiqueta}: Dígalo con otras palabras."
    tablero = julieta.get("/ipo/tablero")
    assert "Le devolvieron" in tablero.visible and "Dígalo con otras palabras" in tablero.visible
    hoja = julieta.get(str(tablero.sopa.select_one(".devueltos a.btn")["href"]))
    senalado = hoja.sopa.select_one("#campo-objetivo .senalado")
    assert senalado is not None and "Dígalo con otras palabras" in senalado.text
    casa.editar(casa.julieta, registro, objetivo="Más claro")
    assert casa.fila(registro).motivos_campo is None
    assert "Después se corrigió." in revisar(laura, registro).visible


def test_sin_motivo_ni_dato_senalado_no_se_devuelve_y_lo_escrito_vuelve(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta)
    otra_vez = devolver(laura, revisar(laura, registro), motivo="ya", **{"senal-objetivo": "no"})
    assert otra_vez.codigo == 422 and "Escriba el motivo" in otra_vez.errores
    assert otra_vez.sopa.select_one("#motivo").text == "ya" and otra_vez.sopa.select_one("#s-objetivo")["value"] == "no"
    assert casa.fila(registro).estado == "capturado"


def test_lo_suyo_se_confirma_y_se_avisa_que_queda_escrito(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.laura)
    confirmar = laura.seguir(aprobar(laura, revisar(laura, registro)))
    assert "Este registro lo capturó o corrigió usted" in confirmar.visible and casa.publica(registro) is None
    laura.enviar(confirmar.forma("form.angosta"))
    assert Acto.get(Acto.registro_id == registro, Acto.acto == "publicar").autoaprobacion is True


def test_lo_incompleto_no_se_aprueba_y_se_dice(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    pagina = revisar(laura, casa.capturar(casa.julieta, objetivo=None))
    assert "así no se puede aprobar" in pagina.visible and not pagina.sopa.select("button[value=publicar]")


def test_lo_que_cambio_mientras_se_leia_no_se_publica(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    registro = casa.capturar(casa.julieta)
    pagina = revisar(laura, registro)
    casa.editar(casa.julieta, registro, objetivo="Otro")
    de_vuelta = laura.seguir(aprobar(laura, pagina))
    assert de_vuelta.avisos == ["No se hizo. Cambió después de que usted lo vio."] and casa.publica(registro) is None


# --- el tablero de la revisión ---

def test_dice_que_espera_desde_cuando_y_quien_lo_movio(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    uno, dos = casa.capturar(casa.julieta), casa.capturar(casa.beto)
    casa.hacer(casa.ernesto, "revisar", uno)
    viejo = ahora() - 3 * 86_400_000
    modelo = casa.tabla().trabajo
    modelo.update(cambiado_en=viejo).where(modelo.sujeto_id == casa.metepec.id, modelo.id == uno).execute()
    pagina = laura.get("/ipo/revision")
    [fila] = pagina.sopa.select("tbody tr")
    assert [td.text.strip().split()[0] for td in fila.select("td.num")] == ["1", "1", "0"]
    assert "3 días" in fila.text and casa.beto.usuario.nombre in fila.text
    for liga in fila.select("td.num a"):
        assert len(laura.get(str(liga["href"])).folios) == 1
    assert laura.seguir(laura.get(str(fila.select_one("td.fin a")["href"]))).ruta.endswith(folio(min(uno, dos)))
    assert "Revisión de actualización" in laura.get("/ipo/tablero").visible


def test_sin_nada_por_revisar_se_dice(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    assert "Nada espera revisión" in laura.get("/ipo/revision").visible
    assert "Nada por revisar" in laura.get(sitio.url("revisar")).visible


# --- las puertas ---

def test_no_es_de_quien_captura_ni_de_otra_institucion(sitio: Sitio) -> None:
    casa = sitio.casa
    registro = casa.capturar(casa.julieta)
    for persona in (casa.julieta, casa.nadia, casa.ramiro, casa.gabriela):
        visitante = sitio.de(persona)
        assert visitante.get(sitio.url("revisar"), id=a_folio(registro)).codigo == 404
        assert visitante.post(sitio.url(f"revisar?id={a_folio(registro)}"), {"acto": "devolver", "motivo": "No."}).codigo == 404
    laura = sitio.de(casa.laura)
    ruta = sitio.url(f"revisar?id={a_folio(registro)}")
    assert laura.post(ruta, {"acto": "publicar", "version": "1"}, ficha=False).codigo == 400
    assert laura.get(f"{ruta}&acto=publicar&version=1").codigo == 200 and casa.fila(registro).estado == "capturado"
    for persona in (casa.julieta, casa.gabriela):
        assert sitio.de(persona).get("/ipo/revision").codigo == 404
