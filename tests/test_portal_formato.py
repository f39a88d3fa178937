"""La página de un formato: lo publicado, con su año, sus filtros y sus páginas; nunca un borrador."""

import pytest

from models.domain.proyeccion import bring_maestros
from models.domain.sujetos import publish_no_aplica
from models.folios import a_folio, de_folio
from models.reloj import hoy
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)

PAGINA = f"/metepec/{CLAVE}/2026/"


def test_ensena_lo_publicado_con_sus_palabras(visita: Visita) -> None:
    folio = visita.publicar(denominacion_convenio="Reforestar el cerro", tipo_convenio="concertacion_social")
    sopa = visita.sopa(PAGINA)
    assert sopa.h1.text == "Convenios"
    [fila] = sopa.select("tbody tr")
    assert fila.select_one("td.principal a")["href"] == f"/metepec/{CLAVE}/r/{folio}"
    assert fila.select_one("td.principal").text == "Reforestar el cerro"
    assert fila.select_one("td.num").text == "$48,500.00"
    assert [celda["data-t"] for celda in fila.select("td")] == [th.text for th in sopa.select("thead th")]
    texto = visita.texto(PAGINA)
    assert "De concertación con el sector social" in texto and "27/02/2026" in texto
    assert "Artículo 12, fracción XII" in texto and "Dirección de Obras Públicas" in texto
    assert "1 convenio de 2026" in texto


def test_la_tabla_tiene_titulo_y_encabezados(visita: Visita) -> None:
    visita.publicar()
    tabla = visita.sopa(PAGINA).find("table")
    assert tabla.caption.text == "Convenios de H. Ayuntamiento de Metepec, 2026"
    assert all(th["scope"] == "col" for th in tabla.find_all("th"))


def test_los_borradores_nunca_aparecen(visita: Visita) -> None:
    secreto = "Convenio que nadie ha aprobado"
    visita.casa.capturar(visita.casa.julieta, denominacion_convenio=secreto)
    publicado = visita.publicar(denominacion_convenio="Convenio aprobado")
    visita.casa.editar(visita.casa.laura, de_folio(publicado), denominacion_convenio=secreto)
    for ruta in ("/", "/metepec/", PAGINA, f"/metepec/{CLAVE}/r/{publicado}", f"/metepec/{CLAVE}/2026.csv",
                 f"/metepec/{CLAVE}/2026.json", "/buscar?q=nadie+ha+aprobado", f"{PAGINA}?q=nadie"):
        respuesta = visita.get(ruta)
        assert respuesta.status_code == 200
        assert secreto not in respuesta.text, ruta
    assert visita.folios(PAGINA) == [publicado]


def test_lo_corregido_se_lee_en_cuanto_se_aprueba_y_lo_retirado_desaparece(visita: Visita) -> None:
    """El renglón ya se había dibujado, y el sistema recuerda los que dibujó: nunca enseña uno viejo."""
    casa, folio = visita.casa, visita.publicar(denominacion_convenio="Reforestar el cerro")
    assert "Reforestar el cerro" in visita.texto(PAGINA)
    casa.editar(casa.laura, de_folio(folio), denominacion_convenio="Reforestar el bosque")
    assert "Reforestar el cerro" in visita.texto(PAGINA)
    casa.hacer(casa.laura, "publicar", de_folio(folio))
    assert "Reforestar el bosque" in visita.texto(PAGINA) and "cerro" not in visita.texto(PAGINA)
    casa.hacer(casa.laura, "retirar", de_folio(folio), motivo="Se publicó por duplicado.")
    assert visita.folios(PAGINA) == []


def test_lo_de_otra_institucion_no_se_mezcla(visita: Visita) -> None:
    suyo = visita.publicar()
    ajeno = visita.publicar(persona=visita.casa.ramiro)
    assert visita.folios(PAGINA) == [suyo]
    assert visita.folios(f"/toluca/{CLAVE}/2026/") == [ajeno]
    assert visita.get(f"/metepec/{CLAVE}/r/{ajeno}").status_code == 404


def test_sin_ejercicio_se_ve_el_mas_nuevo(visita: Visita) -> None:
    visita.publicar(ejercicio="2024")
    nuevo = visita.publicar(ejercicio="2025")
    assert visita.folios(f"/metepec/{CLAVE}/") == [nuevo]
    anios = visita.sopa(f"/metepec/{CLAVE}/").select(".anios a")
    assert [(a.text.strip(), a.get("aria-current")) for a in anios] == [("2025", "page"), ("2024", None)]


def test_lo_retirado_deja_de_contar_al_instante(visita: Visita) -> None:
    quedan, retirado = visita.publicar(), visita.publicar()
    visita.hacer("retirar", retirado, motivo="Se publicó por duplicado.")
    assert visita.folios(PAGINA) == [quedan]
    assert "1 convenio de 2026" in visita.texto(PAGINA)


@pytest.mark.parametrize("ruta, dice", [
    (f"/metepec/{CLAVE}/", "Metepec todavía no ha publicado esta información"),
    (f"/metepec/{CLAVE}/2013/", "Metepec todavía no ha publicado esta información"),
])
def test_vacio_lo_dice_y_da_salida(ruta: str, dice: str, visita: Visita) -> None:
    assert dice in visita.texto(ruta)
    assert visita.sopa(ruta).select_one(".nada a")["href"] == "/denuncia"


def test_un_anio_sin_nada_lleva_a_los_que_tienen(visita: Visita) -> None:
    visita.publicar(ejercicio="2025")
    assert "no tiene registros públicos de 2013" in visita.texto(f"/metepec/{CLAVE}/2013/")
    assert visita.sopa(f"/metepec/{CLAVE}/2013/").select_one(".nada a")["href"] == f"/metepec/{CLAVE}/2025/"


def test_filtra_por_opcion_por_periodo_y_por_palabras(visita: Visita) -> None:
    social = visita.publicar(tipo_convenio="concertacion_social", periodo="T1", denominacion_convenio="Árboles")
    privado = visita.publicar(tipo_convenio="coordinacion_privado", periodo="T2", denominacion_convenio="Pipas de agua")
    assert visita.folios(f"{PAGINA}?tipo_convenio=concertacion_social") == [social]
    assert visita.folios(f"{PAGINA}?periodo=T2") == [privado]
    assert visita.folios(f"{PAGINA}?q=arbol") == [social]
    assert visita.folios(f"{PAGINA}?q=arbol&periodo=T2") == []
    assert visita.folios(f"{PAGINA}?tipo_convenio=&periodo=&q=&desconocido=1") == [privado, social]
    assert "1 convenio de 2026 con esos filtros" in visita.texto(f"{PAGINA}?tipo_convenio=concertacion_social")


def test_sin_coincidencias_ofrece_quitar_los_filtros(visita: Visita) -> None:
    visita.publicar()
    sopa = visita.sopa(f"{PAGINA}?q=inexistente")
    assert "Nada coincide con esos filtros" in sopa.select_one(".nada").text
    assert sopa.select_one(".nada a")["href"] == PAGINA


def test_las_descargas_llevan_el_mismo_filtro(visita: Visita) -> None:
    visita.publicar()
    enlaces = [a["href"] for a in visita.sopa(f"{PAGINA}?periodo=T4").select(".renglon .descargas a")]
    aqui = f"/metepec/{CLAVE}/2026"
    assert enlaces == [f"{aqui}{forma}" for forma in (
        ".xlsx?periodo=T4", ".csv?periodo=T4&para=excel", ".csv?periodo=T4", ".json?periodo=T4",
        ".tabla_contrapartes.csv?periodo=T4", ".zip?periodo=T4")]


def test_las_paginas_van_y_vuelven_sin_repetir_ni_saltar(visita: Visita) -> None:
    visita.publicados.por_pagina = 2
    todos = [visita.publicar() for _ in range(5)][::-1]
    vistos, ruta, rutas = [], PAGINA, []
    while ruta:
        rutas.append(ruta)
        vistos.append(visita.folios(ruta))
        siguiente = visita.sopa(ruta).select_one("a[rel=next]")
        ruta = siguiente["href"] if siguiente else ""
    assert vistos == [todos[:2], todos[2:4], todos[4:]]
    atras = visita.sopa(rutas[2]).select_one("a[rel=prev]")["href"]
    assert visita.folios(atras) == vistos[1]
    assert visita.folios(visita.sopa(atras).select_one("a[rel=prev]")["href"]) == vistos[0]


def test_al_filtrar_mira_una_ventana_y_deja_seguir(visita: Visita) -> None:
    """Aunque el ejercicio tenga un millón de registros, cada petición mira unos cuantos."""
    buscado = visita.publicar(tipo_convenio="concertacion_social")
    for _ in range(4):
        visita.publicar(tipo_convenio="coordinacion_privado")
    visita.publicados.ventana = 2
    ruta, peticiones = f"{PAGINA}?tipo_convenio=concertacion_social", 0
    while not visita.folios(ruta):
        assert "Ninguno de los registros más nuevos coincide" in visita.texto(ruta)
        ruta = visita.sopa(ruta).select_one("a[rel=next]")["href"]
        peticiones += 1
    assert visita.folios(ruta) == [buscado]
    assert peticiones == 2


def test_un_cursor_mas_alla_del_final_no_falla(visita: Visita) -> None:
    visita.publicar()
    assert "Ya no hay más registros" in visita.texto(f"{PAGINA}?antes={a_folio(1)}")
    assert len(visita.folios(f"{PAGINA}?despues={a_folio(2**62)}")) == 1


def test_no_aplica_ensena_su_fundamento(visita: Visita) -> None:
    publish_no_aplica(visita.casa.metepec.id, CLAVE, "El Cabildo acordó que no celebra convenios.")
    texto = visita.texto(f"/metepec/{CLAVE}/")
    assert "Esta información no le aplica" in texto and "El Cabildo acordó que no celebra convenios." in texto
    assert "todavía no ha publicado" not in texto


def test_un_formato_que_no_le_toca_no_existe(visita: Visita) -> None:
    respuesta = visita.get("/metepec/diario_debates/")
    assert respuesta.status_code == 404
    assert "Metepec no tiene obligación de publicar" in respuesta.text


def test_explica_cada_columna(visita: Visita) -> None:
    campos = [dt.code.text for dt in visita.sopa(f"/metepec/{CLAVE}/").select("#columnas dt")]
    assert campos[:3] == ["ejercicio", "periodo", "tipo_convenio"] and campos[-1] == "nota"


def test_el_anio_que_viene_se_puede_consultar_y_los_absurdos_no(visita: Visita) -> None:
    assert visita.get(f"/metepec/{CLAVE}/{hoy().year + 1}/").status_code == 200
    for absurdo in ("1999", "9999", "0000", str(hoy().year + 2)):
        assert visita.get(f"/metepec/{CLAVE}/{absurdo}/").status_code == 404


def test_el_organigrama_publicado_se_dibuja_y_lo_no_publicado_no(visita: Visita) -> None:
    casa, tabla = visita.casa, visita.casa.tabla("organigrama")
    bring_maestros(casa.laura.actor, tabla)
    obras, tesoreria = (de_folio(f) for f in (casa.metepec.obras, casa.metepec.tesoreria))
    casa.editar(casa.laura, tesoreria, "organigrama", area_superior=casa.metepec.obras, cargo="Tesorera", puesto="Titular",
                fundamento_legal="Bando, artículo 5", atribuciones="Cobrar.", area_responsable=casa.metepec.obras)
    assert visita.sopa("/metepec/organigrama/").select(".arbol li") == []
    for area in (obras, tesoreria):
        casa.editar(casa.laura, area, "organigrama", **{
            campo: dato for campo, dato in casa.crudo(casa.laura, "organigrama").items()
            if campo not in ("nombre", "area_superior", "orden")})
        hecho = casa.hacer(casa.laura, "publicar", area, clave="organigrama")
        assert hecho.hechos, hecho.fuera
    sopa = visita.sopa("/metepec/organigrama/")
    assert len(sopa.select(".arbol li")) == 2
