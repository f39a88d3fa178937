"""La interfaz de lectura: todo lo publicado, de corrido y sin repetir; y todo lo mal pedido, rechazado en español."""

import base64
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from models.domain.workflow import guardar
from models.folios import MAXIMO, a_folio, de_folio
from models.publicados import corrido
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

RUTA = f"/api/v1/registros/{CLAVE}"


def leer(visita: Visita, ruta: str) -> Any:
    respuesta = visita.get(ruta)
    assert (respuesta.status_code, respuesta.content_type) == (200, "application/json"), (ruta, respuesta.text)
    assert respuesta.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(respuesta.data)


def seguir(visita: Visita, ruta: str, hacia: str = "siguiente") -> list[list[str]]:
    """Los folios de cada tanda, hasta que no hay otra."""
    tandas = []
    while ruta:
        cuerpo = leer(visita, ruta.removeprefix("http://localhost"))
        tandas.append([registro["folio"] for registro in cuerpo["registros"]])
        ruta = cuerpo[hacia]
        assert len(tandas) < 50
    return tandas


def publicar_en_las_dos(visita: Visita, cuantos: int = 3) -> tuple[list[str], list[str]]:
    casa = visita.casa
    return ([visita.publicar() for _ in range(cuantos)],
            [visita.publicar(persona=casa.ramiro) for _ in range(cuantos)])


def rechazado(respuesta: TestResponse, codigo: int = 422) -> Any:
    problema = json.loads(respuesta.data)
    assert respuesta.content_type == "application/problem+json", respuesta.content_type
    assert respuesta.status_code == problema["status"] == codigo, (respuesta.request.path, problema)
    assert problema["type"] == f"/api/#error-{codigo}" and problema["title"] and problema["detail"]
    assert respuesta.headers["Access-Control-Allow-Origin"] == "*"
    return problema


# --- lo que da ---

def test_recorre_todas_las_instituciones_por_tandas_y_en_orden(visita: Visita) -> None:
    metepec, toluca = publicar_en_las_dos(visita)
    assert seguir(visita, RUTA) == [[*metepec, *toluca]]
    assert seguir(visita, f"{RUTA}?limite=2") == [metepec[:2], [metepec[2], toluca[0]], toluca[1:]]
    assert seguir(visita, f"{RUTA}?limite=2&institucion=toluca") == [toluca[:2], toluca[2:]]
    assert seguir(visita, f"{RUTA}?limite=6&ejercicio=2026") == [[*metepec, *toluca]]
    assert seguir(visita, f"{RUTA}?ejercicio=2025") == [[]]


def test_se_vuelve_por_donde_se_vino(visita: Visita) -> None:
    metepec, toluca = publicar_en_las_dos(visita)
    primera = leer(visita, f"{RUTA}?limite=2")
    assert primera["anterior"] is None
    ruta = primera["siguiente"]
    tercera = leer(visita, leer(visita, ruta.removeprefix("http://localhost"))["siguiente"].removeprefix("http://localhost"))
    assert [r["folio"] for r in tercera["registros"]] == toluca[1:] and tercera["siguiente"] is None
    assert seguir(visita, tercera["anterior"], "anterior") == [[metepec[2], toluca[0]], metepec[:2]]


def test_lo_publicado_a_medio_camino_no_se_salta_ni_se_repite(visita: Visita) -> None:
    metepec, toluca = publicar_en_las_dos(visita)
    siguiente = leer(visita, f"{RUTA}?limite=2")["siguiente"]
    nuevo = visita.publicar()
    visita.hacer("retirar", metepec[0], motivo="Estaba dos veces.")
    assert sum(seguir(visita, siguiente), []) == [metepec[2], nuevo, *toluca]


def test_los_filtros_se_llaman_como_las_columnas(visita: Visita) -> None:
    uno = visita.publicar(tipo_convenio="concertacion_social", fecha_firma="31/01/2026")
    otro = visita.publicar(fecha_firma="01/03/2026")
    assert seguir(visita, f"{RUTA}?tipo_convenio=concertacion_social") == [[uno]]
    assert seguir(visita, f"{RUTA}?ejercicio=2026&periodo=T4") == [[uno, otro]]
    assert seguir(visita, f"{RUTA}?periodo=T4&limite=1") == [[uno], [otro]]
    assert seguir(visita, f"{RUTA}?periodo=T1") == [[]]
    assert seguir(visita, f"{RUTA}?fecha_firma_desde=2026-02-01") == [[otro]]
    assert seguir(visita, f"{RUTA}?fecha_firma_hasta=2026-02-01") == [[uno]]


def test_las_palabras_dan_lo_mas_nuevo_primero(visita: Visita) -> None:
    uno = visita.publicar(denominacion_convenio="Convenio para plantar ahuehuetes")
    visita.publicar()
    otro = visita.publicar(persona=visita.casa.ramiro, denominacion_convenio="Los Ahuehuetes de Toluca")
    assert seguir(visita, f"{RUTA}?q=ahuehuete") == [[otro, uno]]
    assert seguir(visita, f"{RUTA}?q=AHUEHUETE&limite=1") == [[otro], [uno]]
    assert seguir(visita, f"{RUTA}?q=ahuehuete&institucion=metepec") == [[uno]]
    assert seguir(visita, f"{RUTA}?q=ahuehuete&ejercicio=2025") == [[]]


def test_una_tanda_no_mira_mas_de_la_cuenta(visita: Visita, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aunque nada cumpla el filtro, cada tanda acaba pronto y dice por dónde seguir; y todo se encuentra."""
    metepec, toluca = publicar_en_las_dos(visita)
    buscado = visita.publicar(persona=visita.casa.ramiro, tipo_convenio="concertacion_social")
    monkeypatch.setattr(corrido, "VENTANA", 2)
    monkeypatch.setattr(corrido, "VISITAS", 1)
    tandas = seguir(visita, f"{RUTA}?tipo_convenio=concertacion_social")
    assert sum(tandas, []) == [buscado] and len(tandas) > 3
    assert sum(seguir(visita, f"{RUTA}?limite=2"), []) == [*metepec, *toluca, buscado]
    ultima = f"{RUTA}?limite=1&tipo_convenio=concertacion_social"
    while siguiente := leer(visita, ultima)["siguiente"]:
        ultima = siguiente.removeprefix("http://localhost")
    assert [] in seguir(visita, ultima, "anterior")


def test_lo_vigente_no_lleva_ejercicio(visita: Visita) -> None:
    folio = visita.publicar("marco_normativo")
    [registro] = leer(visita, "/api/v1/registros/marco_normativo")["registros"]
    assert (registro["folio"], registro["ejercicio"], registro["periodo"]) == (folio, None, None)
    rechazado(visita.get("/api/v1/registros/marco_normativo?ejercicio=2026"))


def test_un_registro_se_da_igual_que_en_su_descarga(visita: Visita) -> None:
    folio = visita.publicar(convenio=visita.subir("convenio.pdf"))
    uno = leer(visita, f"{RUTA}/metepec/{folio}")
    assert uno == json.loads(visita.get(f"/metepec/{CLAVE}/r/{folio}.json").data)
    assert leer(visita, RUTA)["registros"] == [uno]
    enlaces = visita.get(f"{RUTA}/metepec/{folio}").headers["Link"]
    assert f'<http://localhost/metepec/{CLAVE}/r/{folio}>; rel="canonical"' in enlaces and 'rel="describedby"' in enlaces


def test_lo_que_no_es_publico_no_sale(visita: Visita) -> None:
    casa = visita.casa
    oculto = a_folio(guardar(casa.laura.actor, casa.tabla(), casa.crudo(casa.laura)).id)
    assert leer(visita, RUTA)["registros"] == []
    rechazado(visita.get(f"{RUTA}/metepec/{oculto}"), 404)


def test_lo_retirado_es_un_410_con_su_motivo(visita: Visita) -> None:
    folio = visita.publicar()
    visita.hacer("retirar", folio, motivo="Se publicó por error.")
    problema = rechazado(visita.get(f"{RUTA}/metepec/{folio}"), 410)
    assert problema["motivo"] == "Se publicó por error." and problema["folio"] == folio
    assert problema["retirado_en"][10] == "T"
    assert leer(visita, RUTA)["registros"] == []


def test_instituciones_y_formatos(visita: Visita) -> None:
    visita.publicar()
    todas = leer(visita, "/api/v1/instituciones")["instituciones"]
    assert [(una["siglas"], una["registros"]) for una in todas] == [("metepec", 1), ("toluca", 0)]
    assert leer(visita, "/api/v1/instituciones?poder=judicial")["instituciones"] == []
    suyas = {o["formato"]: o for o in leer(visita, "/api/v1/instituciones/metepec")["obligaciones"]}
    assert suyas[CLAVE]["registros"] == 1 and suyas[CLAVE]["situacion"] == "publicado"
    leer(visita, suyas[CLAVE]["consulta"].removeprefix("http://localhost"))
    formatos = {formato["clave"]: formato for formato in leer(visita, "/api/v1/formatos")["formatos"]}
    assert len(formatos) > 50 and formatos[CLAVE]["registros"] == 1
    campos = {campo["nombre"]: campo for campo in leer(visita, f"/api/v1/formatos/{CLAVE}")["campos"]}
    assert campos["tipo_convenio"]["opciones"]["concertacion_social"] and campos["contrapartes"]["campos"]
    for nombre in ("esquema", "esquema_de_tabla"):
        assert visita.get(formatos[CLAVE][nombre].removeprefix("http://localhost")).status_code == 200


def test_las_versiones_de_un_registro(visita: Visita) -> None:
    casa, folio = visita.casa, visita.publicar()
    casa.editar(casa.laura, de_folio(folio), denominacion_convenio="Corregido")
    visita.hacer("publicar", folio)
    una, otra = leer(visita, f"{RUTA}/metepec/{folio}/versiones")["versiones"]
    assert (una["version"], otra["version"], otra["hasta"]) == (1, 2, None) and una["hasta"] == otra["desde"]
    assert visita.get(una["direccion"].removeprefix("http://localhost")).status_code == 200
    rechazado(visita.get(f"{RUTA}/metepec/{folio}/versiones?x=1"))
    visita.hacer("retirar", folio, motivo="Estaba dos veces.")
    rechazado(visita.get(f"{RUTA}/metepec/{folio}/versiones"), 410)


def test_los_cambios_de_lo_mas_nuevo_a_lo_mas_viejo(visita: Visita) -> None:
    uno, otro = visita.publicar(), visita.publicar(persona=visita.casa.ramiro)
    visita.hacer("retirar", uno, motivo="Estaba dos veces.")
    ruta = "/api/v1/cambios"
    todos = leer(visita, ruta)["cambios"]
    assert [(c["clase"], c["so"], c["folio"]) for c in todos] == [
        ("retiro", "metepec", uno), ("publicacion", "toluca", otro), ("publicacion", "metepec", uno)]
    assert todos[0]["motivo"] == "Estaba dos veces." and todos[0]["direccion"].endswith(uno)
    primera = leer(visita, f"{ruta}?limite=2")
    assert [*primera["cambios"], *leer(visita, primera["siguiente"].removeprefix("http://localhost"))["cambios"]] == todos
    assert [c["so"] for c in leer(visita, f"{ruta}?institucion=toluca&formato={CLAVE}")["cambios"]] == ["toluca"]
    assert leer(visita, f"{ruta}?desde=2100-01-01")["cambios"] == []
    for mala in ("desde=ayer", "desde=2026-13-01", "desde=0001-01-01", "formato=nada&institucion=metepec", f"formato={CLAVE}",
                 "cursor=x", "cursor=" + b64("s1.1"), "ejercicio=2026", "limite=501"):
        rechazado(visita.get(f"{ruta}?{mala}"))
    rechazado(visita.get(f"{RUTA}?cursor={primera['siguiente'].rpartition('=')[2]}"))


# --- HTTP ---

def test_lo_que_no_cambio_es_un_304_y_head_no_trae_cuerpo(visita: Visita) -> None:
    visita.publicar()
    primera = visita.get(RUTA)
    assert visita.get(RUTA, headers={"If-None-Match": primera.headers["ETag"]}).status_code == 304
    cabeza = visita.app.test_client().head(RUTA)
    assert cabeza.data == b"" and cabeza.headers["ETag"] == primera.headers["ETag"]
    visita.publicar()
    assert visita.get(RUTA, headers={"If-None-Match": primera.headers["ETag"]}).status_code == 200


def test_los_enlaces_van_tambien_en_la_cabecera(visita: Visita) -> None:
    publicar_en_las_dos(visita, 1)
    primera = visita.get(f"{RUTA}?limite=1")
    siguiente = json.loads(primera.data)["siguiente"]
    assert f'<{siguiente}>; rel="next"' in primera.headers["Link"] and 'rel="prev"' not in primera.headers["Link"]
    assert 'rel="prev"' in visita.get(siguiente.removeprefix("http://localhost")).headers["Link"]


def test_los_nombres_viejos_redirigen(visita: Visita) -> None:
    assert visita.get("/api/v1/instituciones/METEPEC").status_code == 301
    respuesta = visita.get("/api/v1/registros/CONVENIOS?limite=1")
    assert respuesta.status_code == 301 and respuesta.headers["Location"].endswith(f"{RUTA}?limite=1")


# --- lo mal pedido ---

def b64(claro: str) -> str:
    return base64.urlsafe_b64encode(claro.encode()).decode().rstrip("=")


MAL_PEDIDO = (
    "x=1", "limite=0", "limite=501", "limite=-1", "limite=1e3", "limite=٣", "limite=99999999999", "limite=",
    "limite=1&limite=2",
    "ejercicio=abc", "ejercicio=1999", "ejercicio=9999", "ejercicio=20261", "ejercicio=-026", "periodo=T9", "periodo=%00",
    "institucion=nadie", "institucion=%00", "institucion=metepec'--", "institucion=" + "a" * 400, "tipo_convenio=nada",
    "tipo_convenio=%27 OR 1=1", "fecha_firma_desde=ayer", "fecha_firma_hasta=31/02/2026", "fecha_firma=2026-01-01",
    "q=", "q=%00",
    "q=!!!", "q=" + "a" * 201, "orden=fecha_firma",
    "columnas=folio", "estado=capturado", "sujeto_id=1", "creado_por=1", "antes=x",
    "%00=1",
    "cursor=", "cursor=x", "cursor=%00", "cursor=" + "A" * 500, "cursor=" + b64("s1.1") + "!", "cursor=" + b64("q1.1"),
    "cursor=" + b64("x1.1"), "cursor=" + b64(f"sffffffff.{MAXIMO:x}"), "cursor=" + b64("s1.ffffffffffffffff"),
    "cursor=" + b64("s-1.1"), "cursor=" + b64("s1"), "q=agua&cursor=" + b64("s1.1"), "cursor=" + b64("s٣.1"),
)


@pytest.mark.parametrize("consulta", MAL_PEDIDO)
@pytest.mark.parametrize("motor", ["sqlite"], indirect=True)
def test_lo_mal_pedido_es_un_422(visita: Visita, consulta: str) -> None:
    assert rechazado(visita.get(f"{RUTA}?{consulta}"))["parametro"]


def test_un_cursor_inventado_da_una_tanda_y_nada_mas(visita: Visita) -> None:
    metepec, toluca = publicar_en_las_dos(visita, 1)
    for claro, esperados in (("s0.0", [*metepec, *toluca]), (f"s1.{MAXIMO:x}", toluca), ("s7fffffff.1", []), ("p0.1", []),
                             (f"p7fffffff.{MAXIMO:x}", [*metepec, *toluca])):
        assert [r["folio"] for r in leer(visita, f"{RUTA}?cursor={b64(claro)}")["registros"]] == esperados, claro


NO_EXISTE = (
    "/api/v1", "/api/v1/", "/api/v2/registros/convenios", "/api/v1/registros", "/api/v1/registros/", "/api/v1/registros/nada",
    "/api/v1/registros/convenios/", "/api/v1/registros/convenios/metepec", "/api/v1/registros/convenios/metepec/x",
    "/api/v1/registros/convenios/nadie/" + "a" * 14, "/api/v1/registros/convenios/metepec/%00", "/api/v1/registros/../../x",
    "/api/v1/instituciones/nadie", "/api/v1/instituciones/%00", "/api/v1/formatos/nada", "/api/openapi.yaml", "/api/x.json",
    "/api/v1/registros/convenios.csv", "/api/%ff", "/api/v1/registros/" + "c" * 3000,
)


def test_lo_que_no_existe_es_un_404_en_json(visita: Visita) -> None:
    for ruta in NO_EXISTE:
        respuesta = visita.get(ruta)
        if respuesta.status_code == 308:
            respuesta = visita.get(respuesta.headers["Location"].removeprefix("http://localhost"))
        rechazado(respuesta, 404)


def test_solo_se_lee(visita: Visita) -> None:
    for ruta in ("/api/openapi.json", "/api/v1/instituciones", "/api/v1/formatos", RUTA):
        for metodo in ("POST", "PUT", "PATCH", "DELETE"):
            respuesta = visita.app.test_client().open(ruta, method=metodo, json={"x": 1})
            rechazado(respuesta, 405)
            assert "GET" in respuesta.headers["Allow"]


def test_la_pagina_de_ayuda_dice_como(visita: Visita) -> None:
    texto = visita.texto("/api/")
    for dicho in ("Sin registrarse, sin llave", "Deprecation", "Sunset", "500 cuando más", "problem+json"):
        assert dicho in texto
