"""Las páginas recordadas: se contestan sin llegar al portal mientras lo público sea lo mismo, y ni una petición más."""

import datetime as dt
import gzip
import urllib.request
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from werkzeug.test import Client, TestResponse

from models.domain.catalogo_vigente import vigente
from models.recuerdo import recuerdo as modulo
from models.recuerdo.latidos import pulsometro_de
from models.recuerdo.pagina import choose_codificacion, has_etag
from models.recuerdo.recuerdo import Recuerdo
from models.reloj import hoy
from tests.bases import Base
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar
from tests.servidor import servir

visita = pytest.fixture(visitar)

PAGINAS = ("/", "/instituciones", "/metepec/", f"/metepec/{CLAVE}/", f"/metepec/{CLAVE}/2026/", "/buscar?q=arbol", "/acerca",
           "/robots.txt", "/instituciones.csv", "/metepec.json")
LISTA = f"/metepec/{CLAVE}/2026/"


class Recordado:
    """El portal detrás de su recuerdo, y cuántas veces se llegó hasta él."""

    def __init__(self, visita: Visita, megas: float = 1) -> None:
        self.visita, self.pintadas = visita, 0
        self.pulsometro = pulsometro_de(visita.publicados.base)
        self.recuerdo = Recuerdo(self._portal, self.pulsometro, lambda: vigente.foto.numero, int(megas * 2**20))

    def _portal(self, ambiente: Any, empezar: Any) -> Any:
        self.pintadas += 1
        return self.visita.app.wsgi_app(ambiente, empezar)

    def pedir(self, ruta: str, metodo: str = "GET", **cabeceras: str) -> TestResponse:
        nombres = {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
        respuesta = Client(self.recuerdo).open(ruta, method=metodo, headers=nombres, buffered=True)
        assert "Set-Cookie" not in respuesta.headers and "cookie" not in respuesta.headers.get("Vary", "").lower()
        return respuesta

    def pinta(self, ruta: str, **cabeceras: str) -> bool:
        """Si contestar esa dirección llegó hasta el portal."""
        antes = self.pintadas
        assert self.pedir(ruta, **cabeceras).status_code == 200
        return self.pintadas > antes


@pytest.fixture
def recordado(visita: Visita) -> Iterator[Recordado]:
    uno = Recordado(visita)
    yield uno
    uno.pulsometro.cerrar()


# --- se recuerda, igual byte por byte ---

def test_la_segunda_vez_no_llega_al_portal_y_dice_lo_mismo(recordado: Recordado) -> None:
    recordado.visita.publicar()
    for ruta in PAGINAS:
        primera, otra = recordado.pedir(ruta), recordado.pedir(ruta)
        assert not recordado.pinta(ruta), ruta
        assert (otra.data, otra.headers["ETag"]) == (primera.data, primera.headers["ETag"]), ruta
        assert otra.data == recordado.visita.get(ruta).data, ruta
        assert otra.headers["Cache-Control"] == "public, no-cache" and "Date" not in otra.headers, ruta
        assert otra.headers.get("Vary", "") == ("Accept-Encoding" if len(otra.data) >= 512 else ""), ruta


def test_304_y_head_salen_del_recuerdo(recordado: Recordado) -> None:
    recordado.visita.publicar()
    for ruta in PAGINAS:
        huella = recordado.pedir(ruta).headers["ETag"]
        pintadas = recordado.pintadas
        sin_cambio = recordado.pedir(ruta, If_None_Match=f'"otra", {huella}')
        assert (sin_cambio.status_code, sin_cambio.data, sin_cambio.headers["ETag"]) == (304, b"", huella), ruta
        assert recordado.pedir(ruta, If_None_Match='"otra"').status_code == 200
        cabeza = recordado.pedir(ruta, "HEAD")
        assert (cabeza.status_code, cabeza.data) == (200, b"") and int(cabeza.headers["Content-Length"]) > 20, ruta
        assert recordado.pintadas == pintadas, ruta


def test_un_head_antes_que_nadie_deja_la_pagina_entera(recordado: Recordado) -> None:
    assert recordado.pedir("/acerca", "HEAD").data == b""
    assert not recordado.pinta("/acerca") and b"<h1" in recordado.pedir("/acerca").data


def test_se_comprime_una_vez_y_cada_variante_lleva_su_huella(recordado: Recordado) -> None:
    cruda = recordado.pedir("/acerca")
    de_gzip, de_brotli = (recordado.pedir("/acerca", Accept_Encoding=cual) for cual in ("gzip", "gzip, deflate, br"))
    assert gzip.decompress(de_gzip.data) == brotli.decompress(de_brotli.data) == cruda.data
    assert len({uno.headers["ETag"] for uno in (cruda, de_gzip, de_brotli)}) == 3
    assert de_gzip.headers["Content-Encoding"] == "gzip" and int(de_gzip.headers["Content-Length"]) == len(de_gzip.data)
    assert recordado.pedir("/acerca", Accept_Encoding="br", If_None_Match=de_brotli.headers["ETag"]).status_code == 304
    assert recordado.pedir("/acerca", Accept_Encoding="br", If_None_Match=cruda.headers["ETag"]).status_code == 200
    assert recordado.pintadas == 1


def test_un_error_tambien_se_comprime_y_no_se_recuerda(recordado: Recordado) -> None:
    for _ in range(2):
        nada = recordado.pedir("/nada/", Accept_Encoding="gzip")
        assert nada.status_code == 404 and "Error 404" in gzip.decompress(nada.data).decode()
        assert "ETag" not in nada.headers and nada.headers["Cache-Control"] == "no-cache"
    assert recordado.pintadas == 2


def test_lo_que_sale_por_partes_pasa_tal_cual_y_las_partes_de_un_archivo_tambien(recordado: Recordado) -> None:
    visita = recordado.visita
    folio = visita.subir()
    visita.publicar(documento=folio) if "documento" in visita.casa.tabla().formato.por_nombre else visita.publicar()
    libro = recordado.pedir(f"/metepec/{CLAVE}/2026.xlsx", Accept_Encoding="br, gzip")
    assert libro.data[:2] == b"PK" and "Content-Encoding" not in libro.headers
    assert recordado.pinta(f"/metepec/{CLAVE}/2026.xlsx"), "no cabe en la memoria de las páginas"
    huella = libro.headers["ETag"]
    assert recordado.pedir(f"/metepec/{CLAVE}/2026.xlsx", If_None_Match=huella).status_code == 304
    cabeza = recordado.pedir(f"/metepec/{CLAVE}/2026.xlsx", "HEAD")
    assert (cabeza.status_code, cabeza.data, cabeza.headers["ETag"]) == (200, b"", huella)


# --- deja de valer ---

def test_publicar_y_retirar_se_notan_en_la_peticion_siguiente(recordado: Recordado) -> None:
    visita = recordado.visita
    folio = visita.publicar()
    registro = f"/metepec/{CLAVE}/r/{folio}"
    for ruta in (LISTA, registro, "/", "/metepec/", f"/buscar?q={folio}"):
        assert recordado.pinta(ruta) and not recordado.pinta(ruta), ruta
    assert folio in recordado.pedir(LISTA).text
    visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
    assert recordado.pedir(registro).status_code == 410
    assert folio not in recordado.pedir(LISTA).text
    assert recordado.pinta("/"), "la portada depende de todos"


def test_lo_de_una_institucion_no_lo_mueve_otra(recordado: Recordado) -> None:
    visita = recordado.visita
    visita.publicar()
    for ruta in ("/metepec/", LISTA, "/"):
        recordado.pinta(ruta)
    visita.publicar(persona=visita.casa.ramiro)
    assert not recordado.pinta("/metepec/") and not recordado.pinta(LISTA)
    assert recordado.pinta("/")


def test_un_catalogo_nuevo_y_la_medianoche_tambien(recordado: Recordado, monkeypatch: pytest.MonkeyPatch) -> None:
    recordado.pinta("/metepec/")
    monkeypatch.setattr(modulo, "hoy", lambda: hoy() + dt.timedelta(days=1))
    assert recordado.pinta("/metepec/") and not recordado.pinta("/metepec/")
    recordado.recuerdo._numero = lambda: vigente.foto.numero + 1
    assert recordado.pinta("/metepec/") and not recordado.pinta("/metepec/")


def test_lo_que_cambia_mientras_se_pinta_no_se_queda(recordado: Recordado) -> None:
    """Se leyó lo de antes y se guardó después: la siguiente petición lo vuelve a pintar."""
    visita, portal = recordado.visita, recordado._portal

    def portal_lento(ambiente: Any, empezar: Any) -> Any:
        partes = [b"".join(portal(ambiente, empezar))]
        visita.publicar()
        return partes

    recordado.recuerdo._portal = portal_lento
    recordado.pedir(LISTA)
    recordado.recuerdo._portal = portal
    assert recordado.pinta(LISTA) and not recordado.pinta(LISTA)


def test_otro_proceso_se_entera_al_instante(visita: Visita, base: Base, tmp_path: Path) -> None:
    """Un servidor de verdad contesta de memoria; quien publica y retira es este proceso."""
    folio = visita.publicar()

    def ver(ruta: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(direccion + ruta, timeout=20) as respuesta:
                return respuesta.status, respuesta.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    with servir(tmp_path, IPOMEX_BASE_DATOS=base.url) as direccion:
        for _ in range(3):
            assert folio in ver(LISTA)[1] and ver(f"/metepec/{CLAVE}/r/{folio}")[0] == 200
        visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
        assert folio not in ver(LISTA)[1]
        assert ver(f"/metepec/{CLAVE}/r/{folio}")[0] == 410
        otro = visita.publicar()
        assert otro in ver(LISTA)[1]


# --- la hora del último cambio ---

def test_dice_cuando_cambio_por_ultima_vez_si_ya_reposo(recordado: Recordado, monkeypatch: pytest.MonkeyPatch) -> None:
    recordado.visita.publicar()
    assert "Last-Modified" not in recordado.pedir(LISTA).headers, "otro cambio podría caer en el mismo segundo"
    monkeypatch.setattr(modulo, "REPOSO", -1)
    dicha = recordado.pedir(LISTA).headers["Last-Modified"]
    assert parsedate_to_datetime(dicha).date() in {hoy(), hoy() + dt.timedelta(days=1)}
    assert recordado.pedir(LISTA, If_Modified_Since=dicha).status_code == 304
    assert recordado.pedir(LISTA, If_Modified_Since="Thu, 01 Jan 2004 00:00:00 GMT").status_code == 200
    assert recordado.pedir(LISTA, If_Modified_Since="ayer").status_code == 200
    assert recordado.pedir(LISTA, If_Modified_Since=dicha, If_None_Match='"otra"').status_code == 200, "el ETag manda"


# --- la memoria no se llena de basura ---

def test_los_parametros_que_nadie_lee_no_se_recuerdan(recordado: Recordado) -> None:
    for i in range(20):
        assert recordado.pinta(f"/acerca?x={i}") and recordado.pinta(f"{LISTA}?basura={i}")
    assert recordado.recuerdo._alacena is not None and recordado.recuerdo._alacena.bytes == 0
    assert recordado.pinta("/instituciones?q=met&x=1") and recordado.pinta("/instituciones?q=met&x=1")


def test_los_que_si_se_leen_se_recuerdan_escritos_de_cualquier_modo(recordado: Recordado) -> None:
    assert recordado.pinta("/buscar?q=%C3%A1rbol&tema=convenios")
    assert not recordado.pinta("/buscar?tema=convenios&q=árbol")
    assert recordado.pinta("/buscar?q=arbol&tema=convenios")


def test_nunca_pasa_de_sus_bytes_y_las_busquedas_no_sacan_a_las_paginas(visita: Visita) -> None:
    recordado = Recordado(visita, megas=0.2)
    try:
        assert recordado.pinta("/acerca")
        for i in range(60):
            recordado.pedir(f"/buscar?q=palabra{i}", Accept_Encoding="br")
        alacena = recordado.recuerdo._alacena
        assert alacena is not None and 0 < alacena.bytes <= 0.2 * 2**20
        assert not recordado.pinta("/acerca")
        assert not recordado.pinta("/buscar?q=palabra59") and recordado.pinta("/buscar?q=palabra0")
    finally:
        recordado.pulsometro.cerrar()


def test_con_cero_megas_no_recuerda_pero_comprime_y_compara(visita: Visita) -> None:
    recordado = Recordado(visita, megas=0)
    huella = recordado.pedir("/acerca", Accept_Encoding="gzip").headers["ETag"]
    assert huella.endswith('-gz"')
    assert recordado.pedir("/acerca", Accept_Encoding="gzip", If_None_Match=huella).status_code == 304
    assert recordado.pintadas == 2


def test_cada_anfitrion_tiene_su_pagina_si_no_se_dijo_la_direccion(recordado: Recordado) -> None:
    recordado.visita.publicar()
    recordado.pinta(LISTA)
    assert recordado.pinta(LISTA, Host="otro.mx") and "otro.mx" in recordado.pedir(LISTA, Host="otro.mx").text
    assert "otro.mx" not in recordado.pedir(LISTA).text


def test_otros_metodos_pasan_de_largo(recordado: Recordado) -> None:
    recordado.pinta("/acerca")
    assert recordado.pedir("/acerca", "POST").status_code == 405
    assert recordado.pedir("/acerca", "DELETE").status_code == 405


def test_si_no_se_puede_leer_el_pulso_se_pinta(recordado: Recordado, base: Base) -> None:
    recordado.pinta("/acerca")

    class Roto:
        def __call__(self) -> Any:
            raise OSError("no hay base")

    recordado.recuerdo._pulsometro = Roto()  # type: ignore[assignment]
    assert recordado.pinta("/acerca") and recordado.pinta("/acerca")


# --- piezas ---

@pytest.mark.parametrize(("acepta", "elegida"), {
    "": "", "gzip": "gzip", "br": "br", "gzip, deflate, br": "br", "gzip;q=1.0, br;q=0": "gzip", "GZIP ; Q=0.5": "gzip",
    "identity": "", "br;q=0.000, gzip;q=0": "", "*": "", "deflate": "", "x" * 5000: ""}.items())
def test_elige_la_codificacion(acepta: str, elegida: str) -> None:
    assert choose_codificacion(acepta) == elegida


def test_compara_etags() -> None:
    assert has_etag('"a", W/"b"', '"b"') and has_etag("*", '"x"') and not has_etag('"a"', '"b"') and not has_etag("", '"b"')


def test_ninguna_pagina_de_una_institucion_ensena_lo_de_otra(visita: Visita) -> None:
    """Las que dependen de una sola valen mientras no cambie ella: lo que publique otra no puede cambiarlas."""
    valores = {"siglas": "metepec", "clave": CLAVE, "folio": visita.publicar(), "ejercicio": 2026, "extension": "csv", "n": 1,
               "numero": 1}
    visita.publicar(persona=visita.casa.ramiro)
    rutas = [regla.build(valores)[1] for regla in visita.app.url_map.iter_rules()
             if regla.rule.startswith("/<siglas:siglas>") and regla.arguments <= valores.keys()]
    antes = {ruta: visita.get(ruta) for ruta in rutas}
    visita.publicar(persona=visita.casa.ramiro)
    vistas = [ruta for ruta, respuesta in antes.items() if respuesta.status_code == 200]
    assert len(vistas) > 6, rutas
    assert [ruta for ruta in vistas if visita.get(ruta).data != antes[ruta].data] == []


def test_lo_que_cambia_sin_que_se_mueva_un_pulso_se_pinta_cada_vez(recordado: Recordado) -> None:
    """«Datos abiertos» dice de cuándo es el último volcado, que es un archivo del disco."""
    assert recordado.pinta("/datos") and recordado.pinta("/datos")
