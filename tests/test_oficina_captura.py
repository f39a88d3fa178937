"""Capturar y editar: lo tecleado nunca se pierde, lo incompleto se guarda, y nadie pisa a nadie sin verlo."""

import threading

import pytest

from models.domain.periods import periodo_en_curso
from models.domain.validation import de_canonico
from models.folios import de_folio
from models.maestros import Area
from models.reloj import hoy
from tests.catalogos import agregar_campo, con_cambio, poner_en_vigor
from tests.cliente import Sitio, Visitante, folio, tecleado
from tests.pagina import Forma, Pagina

pytest_plugins = "tests.sitio"

MALO = {"denominacion_convenio": "Patrullas «nuevas»", "fecha_firma": "31/02/2026", "monto_recursos": "mucho",
        "objetivo": "Comprar.\nY mantener.", "contrapartes-0-nombre": "Rosa", "contrapartes-1-nombre": "Luis",
        "tipo_convenio": ""}


def hoja(pagina: Pagina) -> Forma:
    return pagina.forma("form[data-captura]")


def contenido(sitio: Sitio, folio: str, clave: str = "convenios") -> dict[str, object]:
    return de_canonico(sitio.casa.fila(de_folio(folio), clave).contenido)[0]


def cuantos(sitio: Sitio) -> int:
    return int(sitio.casa.tabla().trabajo.select().count())


def guardado(visitante: Visitante, pagina: Pagina) -> str:
    """El folio de lo que se acaba de guardar."""
    assert visitante.seguir(pagina).codigo == 200, pagina.errores
    return pagina.lleva_a[-14:]


# --- nuevo ---

def test_viene_lleno_con_el_periodo_en_curso_y_el_area_si_solo_hay_una(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    formato = sitio.casa.tabla().formato
    en_curso = periodo_en_curso(formato.periodicidad, hoy(), formato.plazo_dias)
    campos = hoja(julieta.get(sitio.url("nuevo"))).campos
    assert (campos["ejercicio"], campos["periodo"]) == (str(en_curso.ejercicio), en_curso.clave)
    assert campos["area_responsable"] == ""
    Area.update(baja_en=1).where(Area.id == de_folio(sitio.casa.metepec.tesoreria)).execute()
    assert hoja(julieta.get(sitio.url("nuevo"))).campos["area_responsable"] == sitio.casa.metepec.obras


def test_lo_que_se_teclea_se_guarda_y_se_lee(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    hecho = julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), **tecleado(casa.crudo(casa.julieta)).to_dict(flat=False))
    detalle = julieta.seguir(hecho)
    assert detalle.avisos == ["Guardado completo. Ahora le toca a quien revisa."]
    fila = casa.fila(de_folio(hecho.lleva_a[-14:]))
    assert (fila.estado, fila.version, fila.creado_por, fila.sujeto_id) == ("capturado", 1, casa.julieta.id, casa.metepec.id)


def test_lo_incompleto_se_guarda_y_dice_cuanto_falta(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    nueva = julieta.get(sitio.url("nuevo"))
    faltan = len(nueva.sopa.select("aside li"))
    hecho = julieta.enviar(hoja(nueva), denominacion_convenio="Solo el nombre")
    assert julieta.seguir(hecho).avisos == [f"Guardado. Faltan {faltan - 1} datos obligatorios; puede terminarlos después."]
    assert sitio.casa.fila(de_folio(hecho.lleva_a[-14:])).faltan == faltan - 1
    editar = julieta.get(sitio.url(f"editar?id={hecho.lleva_a[-14:]}"))
    assert f"Faltan {faltan - 1} datos para poder revisar" in editar.visible


def test_con_errores_vuelve_todo_lo_tecleado_y_dice_que_corregir(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    pagina = julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), **MALO)
    assert pagina.codigo == 422 and pagina.sopa.title.text.startswith("Error: ") and cuantos(sitio) == 0
    campos = hoja(pagina).campos
    assert {nombre: campos[nombre].replace("\r", "") for nombre in MALO} == MALO
    assert "Hay 2 datos por corregir" in pagina.errores
    assert "31/02/2026" in pagina.errores and "«mucho»" in pagina.errores
    for liga in pagina.sopa.select(".resumen a"):
        assert pagina.sopa.select_one(str(liga["href"])) is not None, "la liga lleva a su campo"
    for control in pagina.sopa.select("[aria-invalid=true]"):
        dichos = str(control["aria-describedby"]).split()
        assert all(pagina.sopa.find(id=dicho) is not None for dicho in dichos)


def test_el_error_de_una_celda_esta_en_su_renglon(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    clave, tabla, columna = next(
        (clave, campo.nombre, columna.nombre) for clave in sorted(casa.laura.actor.claves)
        for campo in casa.tabla(clave).formato.campos for columna in campo.campos if columna.tipo == "moneda")
    datos = {f"{tabla}-0-{columna}": "100", f"{tabla}-1-{columna}": "cien"}
    pagina = laura.enviar(hoja(laura.get(sitio.url("nuevo", clave))), **datos)
    assert pagina.codigo == 422 and "Renglón 2:" in pagina.errores
    assert hoja(pagina).campos[f"{tabla}-1-{columna}"] == "cien"
    malas = [fila for fila in pagina.sopa.select(f"#c-{tabla} tbody tr") if fila.select("td.mal")]
    assert len(malas) == 1 and "cien" in str(malas[0])


def test_vacio_con_razon_cuenta_como_completo(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    datos = tecleado(casa.crudo(casa.julieta, convenio=None)).to_dict(flat=False)
    razon = {"convenio__causa": "reservado", "convenio__motivo": "Acuerdo CT-14 del comité."}
    hecho = julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), **datos, **razon)
    detalle = julieta.seguir(hecho)
    assert casa.fila(de_folio(hecho.lleva_a[-14:])).faltan == 0
    assert "Información reservada: Acuerdo CT-14 del comité." in detalle.visible
    editar = hoja(julieta.get(sitio.url(f"editar?id={hecho.lleva_a[-14:]}"))).campos
    assert (editar["convenio__causa"], editar["convenio__motivo"]) == ("reservado", "Acuerdo CT-14 del comité.")
    sin_motivo = julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), objetivo__causa="no_aplica", objetivo__motivo="")
    assert sin_motivo.codigo == 422 and hoja(sin_motivo).campos["objetivo__causa"] == "no_aplica"


def test_guardar_y_agregar_otro_abre_uno_nuevo_con_la_misma_area(sitio: Sitio) -> None:
    julieta, tesoreria = sitio.de(sitio.casa.julieta), sitio.casa.metepec.tesoreria
    hecho = julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), nota="Uno", area_responsable=tesoreria, luego="otro")
    otro = julieta.seguir(hecho)
    campos = hoja(otro).campos
    assert "Nuevo registro" in otro.visible and (campos["nota"], campos["area_responsable"]) == ("", tesoreria)
    assert "id" not in campos and cuantos(sitio) == 1


def test_duplicar_trae_los_datos_y_hace_otro_registro(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    original = folio(casa.capturar(casa.julieta, denominacion_convenio="El original"))
    liga = julieta.get(sitio.url(f"detalle?id={original}")).sopa.find("a", string="Duplicar")
    copia = guardado(julieta, julieta.enviar(hoja(julieta.get(str(liga["href"]))), denominacion_convenio="La copia"))
    assert copia != original and contenido(sitio, original)["denominacion_convenio"] == "El original"
    iguales = contenido(sitio, original) | {"denominacion_convenio": "La copia"}
    assert contenido(sitio, copia) == iguales


# --- dos veces, y al mismo tiempo ---

def test_el_mismo_formulario_enviado_dos_veces_es_un_registro(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    forma = hoja(julieta.get(sitio.url("nuevo")))
    primera, segunda = (julieta.enviar(forma, nota="Doble clic") for _ in range(2))
    assert primera.lleva_a == segunda.lleva_a and cuantos(sitio) == 1
    assert guardado(julieta, julieta.enviar(hoja(julieta.get(sitio.url("nuevo"))), nota="Otro")) and cuantos(sitio) == 2


def test_diez_a_la_vez_tambien(sitio_de_cada: Sitio) -> None:
    sitio = sitio_de_cada
    julieta = sitio.de(sitio.casa.julieta)
    forma, respuestas = hoja(julieta.get(sitio.url("nuevo"))), []

    def mandar() -> None:
        otra = sitio.anonimo()
        otra.cookie, otra.ficha = julieta.cookie, julieta.ficha
        respuestas.append(otra.enviar(forma, nota="Diez clics"))

    hilos = [threading.Thread(target=mandar) for _ in range(10)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert {r.codigo for r in respuestas} == {302} and len({r.lleva_a for r in respuestas}) == 1 and cuantos(sitio) == 1


def test_si_otra_persona_guardo_antes_se_ven_las_dos_versiones_y_lo_suyo_sigue(sitio_de_cada: Sitio) -> None:
    sitio = sitio_de_cada
    casa, julieta, ernesto = sitio.casa, sitio.de(sitio.casa.julieta), sitio.de(sitio.casa.ernesto)
    registro = folio(casa.capturar(casa.julieta, objetivo="El de antes", nota="Igual"))
    de_julieta, de_ernesto = (hoja(v.get(sitio.url(f"editar?id={registro}"))) for v in (julieta, ernesto))
    assert ernesto.enviar(de_ernesto, objetivo="El de Ernesto").codigo == 302
    choque = julieta.enviar(de_julieta, objetivo="El de Julieta")
    assert choque.codigo == 409 and "Otra persona guardó este registro" in choque.errores
    assert "Ernesto Peña lo dejó así" in choque.visible
    [renglon] = [fila for fila in choque.sopa.select("table.choque tbody tr")]
    assert renglon.get_text("|", strip=True) == "Objetivo del convenio|Lo cambiaron los dos|El de Ernesto|El de Julieta"
    assert contenido(sitio, registro)["objetivo"] == "El de Ernesto", "nada se pisó"
    assert hoja(choque).campos["objetivo"] == "El de Julieta"
    assert julieta.enviar(hoja(choque)).codigo == 302, "ya lo vio: si guarda, queda el suyo"
    assert contenido(sitio, registro)["objetivo"] == "El de Julieta"


def test_si_el_formato_cambio_mientras_se_llenaba_no_se_pierde_nada(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    forma = hoja(julieta.get(sitio.url("nuevo")))
    foto = sitio.sede.plantilla.foto
    poner_en_vigor(con_cambio("convenios", agregar_campo()))
    sitio.ensenar(foto)
    pagina = julieta.enviar(forma, objetivo="Lo que iba escribiendo")
    assert pagina.codigo == 409 and "El formato cambió mientras lo llenaba" in pagina.errores
    campos = hoja(pagina).campos
    assert campos["objetivo"] == "Lo que iba escribiendo" and campos["compromiso"] == ""
    hecho = guardado(julieta, julieta.enviar(hoja(pagina), compromiso="Regar"))
    assert contenido(sitio, hecho)["compromiso"] == "Regar" and cuantos(sitio) == 1


# --- editar ---

def test_editar_lo_publicado_lo_deja_en_rojo_y_la_ciudadania_ve_lo_de_antes(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta, nota="La publicada")
    casa.hacer(casa.laura, "publicar", registro)
    pagina = julieta.get(sitio.url(f"editar?id={folio(registro)}"))
    assert "la ciudadanía sigue viendo lo publicado hasta que se apruebe" in pagina.visible
    julieta.enviar(hoja(pagina), nota="La corregida")
    assert casa.fila(registro).estado == "capturado"
    publica = sitio.anonimo().get(f"/metepec/convenios/r/{folio(registro)}").visible
    assert "La publicada" in publica and "La corregida" not in publica


def test_lo_devuelto_dice_su_motivo_y_al_corregirlo_vuelve_a_revision(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    casa.hacer(casa.ernesto, "devolver", registro, motivo="Falta la firma de la contraparte.")
    pagina = julieta.get(sitio.url(f"editar?id={folio(registro)}"))
    assert "Se devolvió con este motivo: «Falta la firma de la contraparte.»" in pagina.visible
    julieta.enviar(hoja(pagina), nota="Ya la trae.")
    assert (casa.fila(registro).estado, casa.fila(registro).motivo) == ("capturado", None)


def test_guardar_sin_cambiar_nada_no_hace_nada(sitio: Sitio) -> None:
    casa, julieta = sitio.casa, sitio.de(sitio.casa.julieta)
    registro = casa.capturar(casa.julieta)
    hecho = julieta.enviar(hoja(julieta.get(sitio.url(f"editar?id={folio(registro)}"))))
    assert julieta.seguir(hecho).avisos == ["No cambió nada, así que no hubo qué guardar."]
    assert casa.fila(registro).version == 1


@pytest.mark.parametrize("quien, boton, acto", [
    ("ernesto", "revisar", "Marcar como revisado"), ("laura", "publicar", "Publicar")])
def test_guardar_y_pasar_a_lo_que_sigue(quien: str, boton: str, acto: str, sitio: Sitio) -> None:
    casa, visitante = sitio.casa, sitio.de(getattr(sitio.casa, quien))
    registro = casa.capturar(casa.julieta)
    pagina = visitante.get(sitio.url(f"editar?id={folio(registro)}"))
    assert [str(b["value"]) for b in pagina.sopa.select("button[name=luego]")] == [boton]
    confirmar = visitante.seguir(visitante.enviar(hoja(pagina), nota="Corregido al revisar.", luego=boton))
    assert confirmar.sopa.h1.text == f"{acto}: 1 convenio"
    visitante.enviar(confirmar.forma("form.angosta"))
    assert casa.fila(registro).estado == {"revisar": "revisado", "publicar": "publicado"}[boton]


def test_si_falta_algo_no_se_pasa_y_se_dice(sitio: Sitio) -> None:
    casa, laura = sitio.casa, sitio.de(sitio.casa.laura)
    hecho = laura.enviar(hoja(laura.get(sitio.url("nuevo"))), nota="Casi nada", luego="publicar")
    pagina = laura.seguir(hecho)
    assert any("Todavía no se puede revisar ni publicar" in aviso for aviso in pagina.avisos)
    assert hoja(pagina).campos["nota"] == "Casi nada" and cuantos(sitio) == 1
    assert casa.fila(de_folio(hecho.lleva_a[-14:])).estado == "capturado"


def test_quien_captura_no_tiene_botones_de_aprobar(sitio: Sitio) -> None:
    pagina = sitio.de(sitio.casa.julieta).get(sitio.url("nuevo"))
    assert [str(b["value"]) for b in pagina.sopa.select("button[name=luego]")] == ["otro"]
