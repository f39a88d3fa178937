"""La página de una institución: sus datos, sus obligaciones y cómo va cada una."""

import re

import pytest

from models.domain.catalogo_vigente import vigente
from models.domain.sujetos import publish_no_aplica
from models.folios import de_folio
from models.presentacion.arbol import Nodo
from models.sujetos import PubSujeto, SiglasAnteriores
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar

visita = pytest.fixture(visitar)


def fila(visita: Visita, clave: str) -> str:
    """Lo que la página de Metepec dice de un formato."""
    [hallada] = visita.sopa("/metepec/").select(f"tr[data-clave={clave}]")
    return " ".join(hallada.get_text(" ").split())


def test_ensena_sus_datos_y_los_de_su_unidad(visita: Visita) -> None:
    visita.describir(domicilio="Av. Villada 37", telefono="722 235 8100", correo="hola@metepec.gob.mx",
                     sitio="https://metepec.gob.mx", horario="9 a 18 h", unidad_titular="Laura Nava",
                     unidad_correo="unidad@metepec.gob.mx", unidad_telefono="722 235 8101", unidad_horario="9 a 17 h")
    texto = visita.texto("/metepec/")
    for dato in ("H. Ayuntamiento de Metepec", "Av. Villada 37", "722 235 8100", "9 a 18 h", "Laura Nava", "722 235 8101",
                 "9 a 17 h"):
        assert dato in texto
    enlaces = {a["href"] for a in visita.sopa("/metepec/").select(".ficha a")}
    assert enlaces == {"mailto:hola@metepec.gob.mx", "mailto:unidad@metepec.gob.mx", "https://metepec.gob.mx"}


def test_sin_datos_lo_dice(visita: Visita) -> None:
    assert len(visita.sopa("/metepec/").select(".ficha .sin-dato")) == 3


def test_un_sitio_que_no_es_de_la_red_no_es_enlace(visita: Visita) -> None:
    visita.describir(sitio="javascript:alert(1)", domicilio="<script>alert(1)</script>")
    assert visita.sopa("/metepec/").select(".ficha a, .ficha script") == []


def test_cada_obligacion_dice_como_va(visita: Visita) -> None:
    visita.publicar()
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "Se convoca por edictos.")
    assert "XII Convenios" in fila(visita, CLAVE)
    assert re.search(r"1 Vencida Falta: .*Actualizado el", fila(visita, CLAVE))
    assert "No aplica Por qué no aplica Se convoca por edictos." in fila(visita, "agenda_reuniones")
    assert "Sin información publicada todavía" in fila(visita, "licitaciones")
    assert "1 de" in visita.texto("/metepec/") and "1 no aplica" in visita.texto("/metepec/")


def test_van_por_articulo_y_en_el_orden_de_la_ley(visita: Visita) -> None:
    sopa = visita.sopa("/metepec/")
    assert [a.text.strip()[:11] for a in sopa.select(".indice a")] == ["Artículo 12", "Artículo 15"]
    fracciones = [td.text for td in sopa.select("table")[0].select(".fraccion")]
    assert fracciones[:4] == ["I", "II", "II", "II"] and fracciones[-1] == "XXIII"
    assert not sopa.select("tr[data-clave=diario_debates]")


def test_las_siglas_viejas_y_las_mayusculas_redirigen(visita: Visita) -> None:
    SiglasAnteriores.create(siglas="aytometepec", sujeto_id=visita.casa.metepec.id)
    for vieja, nueva in (("/aytometepec/", "/metepec/"), ("/METEPEC/", "/metepec/"), ("/AytoMetepec/", "/metepec/"),
                         (f"/aytometepec/{CLAVE}/2026.csv?periodo=T1", f"/metepec/{CLAVE}/2026.csv?periodo=T1"),
                         ("/ipo/portal/aytometepec.web", "/ipo/portal/metepec.web")):
        respuesta = visita.get(vieja)
        assert (respuesta.status_code, respuesta.headers["Location"]) == (301, nueva)


def test_la_direccion_del_sistema_anterior_sigue_llevando(visita: Visita) -> None:
    respuesta = visita.get("/ipo/portal/metepec.web")
    assert (respuesta.status_code, respuesta.headers["Location"]) == (301, "/metepec/")
    assert visita.get("/ipo/portal/nadie.web").status_code == 404


def test_sin_diagonal_final_redirige(visita: Visita) -> None:
    for ruta in ("/metepec", f"/metepec/{CLAVE}", f"/metepec/{CLAVE}/2026"):
        respuesta = visita.get(ruta)
        assert respuesta.status_code == 308
        assert respuesta.headers["Location"].endswith(f"{ruta}/")


def test_sus_obligaciones_se_descargan(visita: Visita) -> None:
    visita.publicar()
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "Se convoca por edictos.")
    filas = {o["clave"]: o for o in visita.get("/metepec.json").get_json()["obligaciones"]}
    assert (filas[CLAVE]["situacion"], filas[CLAVE]["registros"]) == ("publicado", 1)
    assert filas["agenda_reuniones"]["no_aplica"] == "Se convoca por edictos."
    assert filas["licitaciones"]["situacion"] == "sin_informacion"
    renglones = visita.get("/metepec.csv").text.split("\r\n")
    assert renglones[0].startswith("clave,nombre,articulo,fraccion,situacion,registros")
    assert len(renglones) == len(filas) + 2


def test_una_institucion_que_aun_no_se_publica_no_existe(visita: Visita) -> None:
    PubSujeto.delete().where(PubSujeto.siglas == "toluca").execute()
    assert visita.get("/toluca/").status_code == 404


# --- cómo va, quién es quién y lo que se elige ver ---

def claves(visita: Visita, ruta: str) -> set[str]:
    return {str(tr["data-clave"]) for tr in visita.sopa(ruta).select("tr[data-clave]")}


def test_de_un_vistazo_la_barra_dice_lo_mismo_que_la_lista(visita: Visita) -> None:
    visita.publicar("marco_normativo")
    publish_no_aplica(visita.casa.metepec.id, "agenda_reuniones", "Se convoca por edictos.")
    sopa = visita.sopa("/metepec/")
    leyenda = {a["href"]: a.get_text(" ", strip=True) for a in sopa.select(".leyenda a")}
    assert leyenda["/metepec/?ver=al_corriente#obligaciones"] == "1 al corriente"
    assert leyenda["/metepec/?ver=no_aplica#obligaciones"] == "1 no aplica"
    assert sopa.select_one("svg.vistazo")["aria-label"] == ", ".join(leyenda.values())
    assert len(sopa.select("svg.vistazo rect")) == len(leyenda)
    cuantas = sum(int(dicho.split()[0]) for dicho in leyenda.values())
    assert cuantas == len(sopa.select("tr[data-cumplimiento]"))
    for ruta, dicho in leyenda.items():
        assert len(claves(visita, ruta.split("#")[0])) == int(dicho.split()[0]), ruta


def test_se_ve_solo_lo_publicado_o_lo_que_falta(visita: Visita) -> None:
    visita.publicar("marco_normativo")
    assert claves(visita, "/metepec/?ver=publicado") == {"marco_normativo"}
    falta = claves(visita, "/metepec/?ver=falta")
    assert "licitaciones" in falta and "marco_normativo" not in falta
    assert visita.sopa("/metepec/?ver=falta").select_one("#o-ver option[selected]")["value"] == "falta"
    assert visita.get("/metepec/?ver=nada").status_code == 404


def test_se_encuentra_con_palabras_de_todos_los_dias(visita: Visita) -> None:
    assert "remuneraciones" in claves(visita, "/metepec/?q=gana")
    assert claves(visita, "/metepec/?q=TRÁMITE+cuesta") == {"tramites_servicios"}
    assert "Ninguna obligación es así" in visita.texto("/metepec/?q=zzzz")
    assert "Ninguna obligación es así" in visita.texto("/metepec/?q=de+la")
    assert "<script>x" not in visita.get("/metepec/?q=<script>x").text


def test_junto_al_nombre_legal_va_la_pregunta_de_cualquiera(visita: Visita) -> None:
    assert "Procesos de licitación y contratación ¿Qué compró o contrató, a quién y por cuánto?" in fila(visita, "licitaciones")


def test_cada_formato_del_catalogo_tiene_su_pregunta_y_no_se_repite(visita: Visita) -> None:
    formatos = vigente.foto.catalogo.formatos
    assert len(formatos) == 54
    preguntas = [f.en_palabras for f in formatos]
    assert all(preguntas) and len(set(preguntas)) == len(formatos)
    assert all(p.startswith("¿") and p.endswith("?") and len(p) < 75 for p in preguntas)


def test_una_pregunta_mal_escrita_no_entra_al_catalogo(visita: Visita) -> None:
    formato = visita.casa.tabla().formato
    for mala in ("minúscula al empezar.", "¿Dos? ¿Preguntas?", "Sin punto final", "¿" + "a" * 120 + "?", "¿Sí?"):
        with pytest.raises(ValueError, match="en_palabras"):
            type(formato).model_validate(formato.model_dump() | {"en_palabras": mala})


def test_las_primeras_personas_son_quienes_encabezan(visita: Visita) -> None:
    assert "Quién es quién" not in visita.texto("/metepec/")
    for nombre, cargo in (("Ana", "Analista"), ("Sofía", "Directora")):
        visita.publicar("directorio", nombre=nombre, cargo=cargo)
    sopa = visita.sopa("/metepec/")
    assert len(sopa.select(".gente li")) == 2 and "Ver el directorio entero: 2 personas" in sopa.main.text
    assert all(a["href"].startswith("/metepec/directorio/r/") for a in sopa.select(".gente li > a"))
    with visita.publicados.conexion():
        tabla = visita.casa.tabla("directorio")
        sofia, ana = visita.publicados.gente.primeras(
            visita.casa.metepec.id, tabla, [Nodo(de_folio(visita.casa.metepec.obras), "Obras", None, nota="Directora")], 2)
    assert (sofia.datos["cargo"], ana.datos["cargo"]) == ("Directora", "Analista")


def test_lo_descargado_dice_como_cumple(visita: Visita) -> None:
    visita.publicar("marco_normativo")
    filas = {o["clave"]: o for o in visita.get("/metepec.json").get_json()["obligaciones"]}
    assert filas["marco_normativo"]["cumplimiento"] == "al_corriente" and filas["marco_normativo"]["limite"] == ""
    assert filas[CLAVE]["cumplimiento"] == "vencido"
    assert re.fullmatch(r"\d{4}-T\d", filas[CLAVE]["falta"]) and re.fullmatch(r"\d{4}-\d\d-\d\d", filas[CLAVE]["limite"])
    assert filas[CLAVE]["en_palabras"].startswith("¿Con quién")


def test_a_una_extinta_ya_no_se_le_pide_nada(visita: Visita) -> None:
    visita.publicar()
    PubSujeto.update(extinto_en="2026-05-01", extinto_motivo="Se fusionó.").where(PubSujeto.siglas == "metepec").execute()
    sopa = visita.sopa("/metepec/")
    assert not sopa.select(".vistazo, tr[data-cumplimiento]") and "se extinguió el 01/05/2026" in sopa.main.text
    assert "1 Publicado Actualizado" in fila(visita, CLAVE)
