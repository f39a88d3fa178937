"""Lo que vale para todas las páginas: caché, cookies, direcciones mal hechas y errores en español."""

import json
from collections.abc import Callable
from urllib.parse import quote

import peewee
import pytest
from flask import Flask, session

from models.domain.catalogo_vigente import SinCatalogo
from models.folios import a_folio
from models.motores import abrir_lectura
from models.publicados import Publicados
from models.servicio.marca import Marca
from portal import create_portal
from portal.estatico import colors_css
from tests.bases import DeSqlite
from tests.elenco import CLAVE
from tests.portal_prep import Visita, es_publica, visitar

visita = pytest.fixture(visitar)

PAGINAS = ("/", "/instituciones", "/metepec/", f"/metepec/{CLAVE}/", f"/metepec/{CLAVE}/2026/", "/buscar?q=arbol", "/acerca",
           "/robots.txt", "/instituciones.csv", "/metepec.json", f"/metepec/{CLAVE}/2026.csv", f"/metepec/{CLAVE}.json")


# --- caché ---

def test_huella_fuerte_y_304(visita: Visita) -> None:
    visita.publicar()
    for ruta in PAGINAS:
        primera = visita.get(ruta)
        huella = primera.headers["ETag"]
        assert huella.startswith('"') and primera.headers["Cache-Control"] == "public, no-cache", ruta
        otra_vez = visita.get(ruta, headers={"If-None-Match": huella, "Cookie": "ipomex=robada"})
        assert (otra_vez.status_code, otra_vez.data, otra_vez.headers["ETag"]) == (304, b"", huella), ruta
        assert visita.get(ruta, headers={"If-None-Match": '"otra"'}).status_code == 200, ruta


def test_head_dice_lo_mismo_sin_cuerpo(visita: Visita) -> None:
    visita.publicar()
    for ruta in PAGINAS:
        pagina, cabeza = visita.get(ruta), visita.app.test_client().head(ruta, buffered=True)
        assert (cabeza.status_code, cabeza.data) == (200, b""), ruta
        assert cabeza.headers["ETag"] == pagina.headers["ETag"], ruta
        assert cabeza.content_type == pagina.content_type, ruta


def test_publicar_cambia_la_huella(visita: Visita) -> None:
    rutas = ("/", "/metepec/", f"/metepec/{CLAVE}/2026/", f"/metepec/{CLAVE}/2026.csv", f"/metepec/{CLAVE}/2026.json")
    antes = [visita.get(ruta).headers["ETag"] for ruta in rutas]
    visita.publicar()
    assert all(visita.get(ruta).headers["ETag"] != huella for ruta, huella in zip(rutas, antes, strict=True))


def test_quien_ya_entro_ve_lo_mismo_que_cualquiera(visita: Visita) -> None:
    visita.publicar()
    for ruta in PAGINAS:
        assert visita.get(ruta, headers={"Cookie": "ipomex=algo; session=algo"}).data == visita.get(ruta).data


def test_lo_estatico_se_guarda_un_anio_con_su_huella(visita: Visita) -> None:
    for enlace in visita.sopa("/instituciones").select("link[rel=stylesheet], script[src], link[rel=icon]"):
        ruta = str(enlace.get("href") or enlace.get("src"))
        assert visita.get(ruta).headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert visita.get(ruta.partition("?")[0]).headers["Cache-Control"] == "public, no-cache"
    assert visita.get("/estatico/../aplicacion.py").status_code == 404
    assert visita.get("/estatico/nada.css").status_code == 404


def test_los_colores_raros_no_llegan_a_la_hoja() -> None:
    marca = Marca(colores={"marca": "#0b4f6c", "mala": "red;}body{display:none", "X{}": "#fff"})
    assert colors_css(marca) == ":root{--marca:#0b4f6c;}\n"


# --- sin sesión ---

def test_usar_la_sesion_es_un_error(visita: Visita) -> None:
    with visita.app.test_request_context("/"):
        for usar in (lambda: session.get("x"), lambda: session["x"], lambda: session.update(x=1), lambda: "x" in session,
                     lambda: list(session), lambda: session.setdefault("x", 1), lambda: session.pop("x")):
            with pytest.raises(RuntimeError, match="no usa sesión"):
                usar()


# --- solo lo público ---

def test_la_conexion_ni_siquiera_puede_nombrar_el_trabajo(plantillas: Callable[[str], DeSqlite]) -> None:
    """En SQLite lo niega la conexión; en PostgreSQL, los permisos del usuario con que se abre."""
    with plantillas("sqlite").prestar() as prestada:
        base = abrir_lectura(prestada.url, es_publica)
        for tabla in ("reg_convenios", "usuario", "sesion", "acto", "archivo", "tablero", "sujeto_obligado", "area"):
            with pytest.raises(peewee.DatabaseError, match="prohibited|not authorized"):
                base.execute_sql(f"SELECT * FROM {tabla}")
        with pytest.raises(peewee.DatabaseError, match="prohibited|not authorized"):
            base.execute_sql("SELECT * FROM pub_convenios WHERE id IN (SELECT id FROM reg_convenios)")
        base.execute_sql("SELECT * FROM pub_convenios")
        base.close_all()


def test_la_conexion_no_puede_escribir(visita: Visita) -> None:
    with visita.publicados.conexion(), pytest.raises((peewee.OperationalError, peewee.InternalError)):
        visita.publicados.base.execute_sql("DELETE FROM pub_convenios")


def test_no_quedan_conexiones_tomadas(visita: Visita) -> None:
    for ruta in (*PAGINAS, "/nada/", f"/metepec/{CLAVE}/r/x"):
        visita.get(ruta)
        assert visita.publicados.base.is_closed(), ruta


# --- lo mal hecho ---

MAL_HECHAS = (
    "/nada/", "/nadie/convenios/", "/metepec/nada/", "/me tepec/", "/metepec%00/", "/metepec%0d%0aX: 1/", "/%ff%fe/", "/'/",
    "/metepec/convenios/20261/", "/metepec/convenios/202/", "/metepec/convenios/abcd/", "/metepec/convenios/-026/",
    "/metepec/convenios/٢٠٢٦/", "/metepec/convenios/2026/otro/", "/metepec/convenios/2026.xml", "/metepec/convenios/1.csv",
    "/metepec/convenios/r/", "/metepec/convenios/r/x", "/metepec/convenios/r/%00", "/metepec/convenios/r/" + "a" * 14,
    "/metepec/convenios/r/" + "z" * 40, "/metepec/convenios/r/../../x", "/metepec/" + "c" * 300 + "/", "/" + "m" * 3000 + "/",
    "/metepec/convenios/2026/?antes=x", "/metepec/convenios/2026/?antes=%00", "/metepec/convenios/2026/?despues=" + "9" * 99,
    "/metepec/convenios/2026/?antes=" + a_folio(5)[:-1] + "!", "/metepec/convenios/2026/?periodo=T9",
    "/metepec/convenios/2026/?periodo=M01", "/metepec/convenios/2026/?periodo=%00", "/metepec/convenios/2026/?tipo_convenio=x",
    "/metepec/convenios/2026/?tipo_convenio=%27%20OR%201=1", "/metepec/marco_normativo/?periodo=T1", "/instituciones?tema=x",
    "/buscar?q=x&antes=zzz", "/ipo/portal/.web", "/ipo/portal/x y.web", "/ipo/", "/metepec/archivo/x/",
    "/metepec/convenios.csv?periodo=T9", "/metepec/convenios/2026.json?tipo_convenio=x", "/.env", "/metepec/.git/config",
)


def test_lo_mal_hecho_es_un_404_que_ayuda(visita: Visita) -> None:
    for ruta in MAL_HECHAS:
        respuesta = visita.get(ruta)
        if respuesta.status_code in (301, 308):
            respuesta = visita.get(respuesta.headers["Location"])
        assert respuesta.status_code == 404 and "ETag" not in respuesta.headers, ruta
        if not ruta.partition("?")[0].endswith((".csv", ".json")):
            assert 'href="/instituciones"' in respuesta.text and "Error 404" in respuesta.text, ruta
        assert "Traceback" not in respuesta.text and "Not Found" not in respuesta.text, ruta


DESCONOCIDAS = (
    "x=1", "creado_por__usuario=a", "orden=password", "estado=capturado", "q=", "antes=", "despues=", "q=%00%01%02", "q=%ff",
    "q=" + quote("'); DROP TABLE pub_convenios; --"), "q=%22", "q=%2A", "q=" + "a" * 5000, "q=\u202e", "q=NEAR(a b)",
    "q=a+OR+b", "periodo=&tipo_convenio=&q=", "para=word", "q=x&q=y", "nota=x", "fecha_firma=2026-01-01",
)


IMPOSIBLES = {"/buscar?orden=password"}
"""Lo que sí conocen, con un valor que no puede ser: la página lo dice."""


def test_lo_desconocido_se_ignora(visita: Visita) -> None:
    visita.publicar()
    for consulta in DESCONOCIDAS:
        for ruta in (f"/metepec/{CLAVE}/2026/", "/buscar", "/instituciones", "/", f"/metepec/{CLAVE}/2026.csv"):
            esperado = 404 if f"{ruta}?{consulta}" in IMPOSIBLES else 200
            assert visita.get(f"{ruta}?{consulta}").status_code == esperado, f"{ruta}?{consulta}"


def test_los_errores_de_los_programas_son_para_programas(visita: Visita) -> None:
    problema = visita.get("/metepec/convenios/r/x.json")
    assert problema.content_type == "application/problem+json"
    assert json.loads(problema.text) == {
        "type": "about:blank", "title": "Esta página no existe", "status": 404,
        "detail": "El folio está mal escrito: lleva 14 letras y números."}
    texto = visita.get("/metepec/nada/2026.csv")
    assert texto.content_type == "text/plain; charset=utf-8"
    assert "no está en el catálogo" in texto.text


def test_no_recibe_nada(visita: Visita) -> None:
    for metodo in ("POST", "PUT", "DELETE", "PATCH"):
        respuesta = visita.app.test_client().open("/metepec/", method=metodo, data={"x": "1"})
        assert respuesta.status_code == 405
        assert "El portal solo se consulta" in respuesta.text
        assert "GET" in respuesta.headers["Allow"]


def test_un_error_del_programa_no_ensena_nada(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    def romper(*_: object) -> None:
        raise ZeroDivisionError("secreto interno")
    monkeypatch.setattr(visita.publicados, "instituciones", romper)
    respuesta = visita.app.test_client().get("/")
    assert respuesta.status_code == 500
    assert "Algo falló de nuestro lado" in respuesta.text and "secreto" not in respuesta.text
    assert respuesta.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("error", [peewee.OperationalError("database is locked"), SinCatalogo("todavía no")])
def test_ocupado_o_sin_preparar_pide_volver(error: Exception, visita: Visita) -> None:
    def fallar() -> None:
        raise error
    app = create_portal(Publicados(visita.publicados.base, fallar), visita.almacen, Marca())  # type: ignore[arg-type]
    respuesta = app.test_client().get("/")
    assert respuesta.status_code == 503
    assert respuesta.headers["Retry-After"] == "5"
    assert "Demostración." not in respuesta.text


# --- lo demás ---

def test_las_direcciones_completas_salen_de_la_configuracion(visita: Visita) -> None:
    folio = visita.publicar()
    app: Flask = create_portal(visita.publicados, visita.almacen, Marca(), direccion_base="https://ipomex.ejemplo.mx/")
    cuerpo = app.test_client().get(f"/metepec/{CLAVE}/r/{folio}", headers={"Host": "malo.mx"}).text
    assert f"https://ipomex.ejemplo.mx/metepec/{CLAVE}/r/{folio}" in cuerpo and "malo.mx" not in cuerpo


def test_nada_de_fuera_ni_en_linea(visita: Visita) -> None:
    folio = visita.publicar()
    for ruta in (*PAGINAS[:7], f"/metepec/{CLAVE}/r/{folio}"):
        sopa = visita.sopa(ruta)
        assert not sopa.select("[style], style, script:not([src], [type='application/ld+json']), iframe, img[src^=http]")
        propios = sopa.select("script[src], link[rel*=s]")
        assert all(str(n.get("src") or n.get("href")).startswith("/estatico/") for n in propios)
        assert sopa.html["lang"] == "es-MX" and len(sopa.select("h1")) == 1
        assert sopa.select_one("a.salto")["href"] == "#contenido" and sopa.main["id"] == "contenido"
        assert all(sopa.select(f"#{etiqueta['for']}") for etiqueta in sopa.select("label[for]"))


def test_robots_deja_recorrer_lo_publico_y_no_las_busquedas(visita: Visita) -> None:
    texto = visita.get("/robots.txt").text
    assert "Disallow: /ipo\n" in texto and "Disallow: /buscar\n" in texto and "Disallow: /\n" not in texto


def test_acerca_dice_que_ley_y_como_denunciar(visita: Visita) -> None:
    texto = visita.texto("/acerca")
    for dicho in ("Artículos 12 a 15 (ley de 2004)", "Abrogada", "Libre Uso MX", "WCAG 2.2", "denunciar ante", "cookies"):
        assert dicho in texto
