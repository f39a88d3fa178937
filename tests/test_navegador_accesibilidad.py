"""Cada pantalla, en computadora y en teléfono: WCAG 2.2 AA según axe-core, sin deslizar de lado y con blancos que se atinan.

Lo que una máquina no ve —si se entiende, si está en calma— se mira en las fotografías de ``make capturas``.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from models.reloj import hoy
from tests.accesible import faltas_de, guion_de_axe
from tests.chromium import ANCHO, TELEFONO, Vigia, abrir_pagina
from tests.pantallas import Hoja
from tests.servidor import Sitio

pytest_plugins = ("tests.navegador",)

F = "/ipo/f/licitaciones"

PANTALLAS: dict[str, tuple[str | None, str]] = {
    "entrada": (None, "/ipo"),
    "contrasena": ("capt1.metepec", "/ipo/contrasena"),
    "tablero_unidad": ("unidad.metepec", "/ipo/tablero"),
    "tablero_garante": ("garante", "/ipo/tablero"),
    "faltantes": ("unidad.metepec", "/ipo/faltantes"),
    "revision": ("unidad.metepec", "/ipo/revision"),
    "revisar": ("unidad.metepec", f"{F}/revisar"),
    "acuses": ("unidad.metepec", "/ipo/acuses"),
    "acuse": ("unidad.metepec", "/ipo/acuses/{acuse}"),
    "formatos": ("capt1.metepec", "/ipo/formatos"),
    "lista_con_todos_los_estados": ("unidad.metepec", f"{F}/?q=LP&ver=25"),
    "lista_con_paginas": ("unidad.metepec", f"{F}/?ver=25"),
    "lista_del_capturista": ("capt1.metepec", f"{F}/?q=LP"),
    "lista_ordenada_y_filtrada": ("admin1.metepec", f"{F}/?q=LP&orden=-monto_con_impuestos&materia=adquisiciones"),
    "lista_sin_resultados": ("unidad.metepec", f"{F}/?q=zzzz"),
    "lista_sin_registros": ("unidad.metepec", "/ipo/f/organigrama/"),
    "papelera": ("unidad.metepec", f"{F}/?estado=borrado"),
    "bajas": ("unidad.metepec", f"{F}/?baja=si"),
    "captura_licitaciones": ("capt1.metepec", f"{F}/nuevo"),
    "captura_remuneraciones": ("unidad.metepec", "/ipo/f/remuneraciones/nuevo"),
    "captura_directorio": ("unidad.metepec", "/ipo/f/directorio/nuevo"),
    "captura_presupuesto": ("unidad.metepec", "/ipo/f/presupuesto/nuevo"),
    "corregir_lo_devuelto": ("capt1.metepec", f"{F}/editar?id={{licitaciones_devuelto}}"),
    "editar_lo_publico": ("unidad.metepec", "/ipo/f/remuneraciones/editar?id={remuneraciones}"),
    "detalle": ("unidad.metepec", f"{F}/detalle?id={{licitaciones}}"),
    "suprimir": ("unidad.metepec", "/ipo/f/remuneraciones/suprimir?id={remuneraciones}"),
    "detalle_con_algo_protegido": ("unidad.metepec", "/ipo/f/padrones/detalle?id={padrones}"),
    "sellados": ("garante", "/ipo/sujetos/metepec/sellados"),
    "detalle_incompleto": ("unidad.metepec", f"{F}/detalle?id={{licitaciones_incompleto}}"),
    "captura_con_personales": ("capt1.metepec", "/ipo/f/informes_anuales/editar?id={personales}&personales=ver"),
    "detalle_con_personales": ("capt1.metepec", "/ipo/f/informes_anuales/detalle?id={personales}"),
    "revisar_con_personales": ("unidad.metepec", "/ipo/f/informes_anuales/revisar?id={personales}"),
    "lista_con_personales": ("unidad.metepec", "/ipo/f/informes_anuales/?personales=si"),
    "historial": ("unidad.metepec", f"{F}/historial?id={{licitaciones_corregido}}"),
    "cargar": ("capt1.metepec", "/ipo/f/convenios/cargar"),
    "cargas": ("unidad.metepec", "/ipo/cargas"),
    "carga_revisada": ("capt1.metepec", "/ipo/f/convenios/cargas/{carga_revisada}"),
    "carga_que_cambia": ("capt1.metepec", "/ipo/f/convenios/cargas/{carga_revisada}?ver=nuevos"),
    "carga_cargada": ("capt1.metepec", "/ipo/f/convenios/cargas/{carga_cargada}"),
    "carga_en_curso": ("capt1.metepec", "/ipo/f/convenios/cargas/{carga_en_curso}"),
    "archivos_pendientes": ("unidad.metepec", "/ipo/archivos-pendientes"),
    "archivos_pendientes_de_formato": ("capt1.metepec", "/ipo/archivos-pendientes/convenios"),
    "borradores": ("capt2.metepec", "/ipo/borradores"),
    "captura_con_borrador": ("capt2.metepec", "/ipo/f/convenios/nuevo"),
    "version": ("unidad.metepec", f"{F}/version?id={{licitaciones_corregido}}&n=1"),
    "confirmar": ("unidad.metepec", f"{F}/confirmar/{{lote_por_confirmar}}"),
    "avance_en_curso": ("unidad.metepec", "/ipo/avance/{avance_en_curso}"),
    "avance_terminado": ("unidad.metepec", "/ipo/avance/{avance_terminado}"),
    "configuracion": ("unidad.metepec", "/ipo/configuracion"),
    "observaciones": ("unidad.metepec", "/ipo/observaciones?situacion=todas"),
    "observaciones_del_garante": ("garante", "/ipo/observaciones"),
    "observaciones_sin_resultados": ("capt1.metepec", "/ipo/observaciones?situacion=cerrada"),
    "observacion": ("capt1.metepec", "/ipo/observaciones/{abierta}"),
    "observacion_atendida": ("unidad.metepec", "/ipo/observaciones/{observacion}"),
    "observacion_elegir": ("garante", "/ipo/observaciones/nueva"),
    "observacion_nueva": ("unidad.metepec", "/ipo/observaciones/nueva?formato=convenios"),
    "recordar": ("unidad.metepec", "/ipo/faltantes/recordar"),
    "mensajes": ("capt1.metepec", "/ipo/mensajes"),
    "mensajes_enviados": ("unidad.metepec", "/ipo/mensajes?carpeta=enviados"),
    "mensajes_sin_resultados": ("capt1.metepec", "/ipo/mensajes?q=zzzz"),
    "mensaje_nuevo": ("unidad.metepec", "/ipo/mensajes/nuevo"),
    "mensaje_nuevo_del_garante": ("garante", "/ipo/mensajes/nuevo"),
    "conversacion": ("unidad.metepec", "/ipo/mensajes/{hilo}"),
    "preferencias": ("capt1.metepec", "/ipo/mensajes/preferencias"),
    "copia": ("capt1.metepec", "/ipo/copia/licitaciones"),
    "ausencias": ("unidad.metepec", "/ipo/ausencias"),
    "ausencia_no_aplica": ("unidad.metepec", "/ipo/ausencias/obras_programa_anual/proponer"),
    "ausencia_no_se_genero": ("capt1.metepec", "/ipo/ausencias/convenios/proponer?tipo=no_se_genero"),
    "primeros_pasos": ("unidad.metepec", "/ipo/primeros-pasos"),
    "ayuda": ("capt1.metepec", "/ipo/ayuda/captura"),
    "ayuda_para_entrar": (None, "/ipo/ayuda/entrar"),
    "manual": ("garante", "/ipo/ayuda/"),
    "sin_cambios": ("unidad.metepec", "/ipo/sin-cambios"),
    "organigrama": ("unidad.metepec", "/ipo/organigrama"),
    "organigrama_quitar": ("unidad.metepec", "/ipo/organigrama/{area}/quitar"),
    "directorio": ("unidad.metepec", "/ipo/directorio"),
    "importar": ("unidad.metepec", "/ipo/organigrama/importar"),
    "importar_previa": ("unidad.metepec", "/ipo/organigrama/importar?archivo={libro}"),
    "directorio_baja": ("unidad.metepec", "/ipo/directorio/{persona}/baja"),
    "organos": ("unidad.metepec", "/ipo/organos"),
    "organo": ("unidad.metepec", "/ipo/organos/{organo}"),
    "organo_nuevo": ("unidad.metepec", "/ipo/organos/nuevo"),
    "organo_datos": ("unidad.metepec", "/ipo/organos/{organo}/datos"),
    "organo_baja": ("unidad.metepec", "/ipo/organos/{organo}/baja"),
    "organo_integrante": ("unidad.metepec", "/ipo/organos/{organo}/integrantes/nuevo"),
    "organo_sesion": ("unidad.metepec", "/ipo/organos/{organo}/sesiones/nuevo"),
    "portal_organos": (None, "/metepec/organos/"),
    "portal_organo": (None, "/metepec/organos/{organo}"),
    "usuarios": ("unidad.metepec", "/ipo/usuarios"),
    "usuarios_del_garante": ("garante", "/ipo/usuarios"),
    "sujetos": ("garante", "/ipo/sujetos"),
    "sujetos_desde_excel": ("garante", "/ipo/sujetos/importar"),
    "sujetos_cartas": ("garante", "/ipo/sujetos/cartas"),
    "aplicabilidad": ("garante", "/ipo/aplicabilidad"),
    "aplicabilidad_de_una": ("garante", "/ipo/sujetos/metepec/aplicabilidad"),
    "prorrogas": ("garante", "/ipo/prorrogas"),
    "sin_publicar": ("garante", "/ipo/sujetos/metepec/sin-publicar"),
    "sin_publicar_lista": ("garante", "/ipo/sujetos/metepec/sin-publicar/licitaciones"),
    "sin_publicar_registro": ("garante", "/ipo/sujetos/metepec/sin-publicar/licitaciones/{licitaciones_devuelto}"),
    "lecturas": ("unidad.metepec", "/ipo/lecturas"),
    "sujeto_nuevo": ("garante", "/ipo/sujetos/nuevo"),
    "sujeto": ("garante", "/ipo/sujetos/metepec"),
    "sujeto_editar": ("garante", "/ipo/sujetos/metepec/editar"),
    "usuario_propio": ("garante", "/ipo/usuarios/nuevo?institucion=_propia"),
    "usuario_nuevo": ("unidad.metepec", "/ipo/usuarios/nuevo"),
    "usuario_nuevo_del_garante": ("garante", "/ipo/usuarios/nuevo"),
    "usuario": ("unidad.metepec", "/ipo/usuarios/{capturista}"),
    "usuario_permisos": ("garante", "/ipo/usuarios/{otra_del_garante}/encargo"),
    "usuario_encargo": ("admin1.metepec", "/ipo/usuarios/{capturista}/encargo"),
    "no_existe": ("unidad.metepec", "/ipo/f/nada/"),
    "portal_inicio": (None, "/"),
    "portal_instituciones": (None, "/instituciones"),
    "portal_institucion": (None, "/metepec/"),
    "portal_municipio": (None, "/instituciones?municipio=metepec"),
    "portal_institucion_lo_que_falta": (None, "/metepec/?ver=falta&q=obras"),
    "portal_institucion_sin_nada": (None, "/toluca/"),
    "portal_formato": (None, "/metepec/licitaciones/"),
    "portal_formato_de_un_ano": (None, "/metepec/licitaciones/2026/?orden=-monto_con_impuestos"),
    "portal_versiones": (None, "/metepec/licitaciones/r/{licitaciones_corregido}/versiones"),
    "portal_version": (None, "/metepec/licitaciones/r/{licitaciones_corregido}/v/1"),
    "portal_informacion_de_un_ano": (None, "/informacion/licitaciones/2026/"),
    "portal_cambios_de_institucion": (None, "/metepec/cambios"),
    "portal_formato_vigente": (None, "/metepec/marco_normativo/"),
    "portal_formato_sin_nada": (None, "/metepec/convenios/"),
    "portal_formato_con_filtros": (None, "/metepec/licitaciones/?orden=-monto_con_impuestos&q=servicio"),
    "portal_en_todas": (None, "/informacion/licitaciones/"),
    "portal_en_todas_ordenada": (None, "/informacion/licitaciones/?orden=-monto_con_impuestos"),
    "portal_en_todas_con_filtros": (None, "/informacion/licitaciones/?poder=municipal&periodo=T1"),
    "portal_registro": (None, "/metepec/licitaciones/r/{licitaciones}"),
    "portal_registro_con_tablas": (None, "/metepec/remuneraciones/r/{remuneraciones}"),
    "portal_registro_protegido": (None, "/metepec/padrones/r/{padrones}"),
    "portal_comparacion": (None, "/metepec/padrones/r/{padrones}/versiones?de=1&a=2"),
    "portal_version_protegida": (None, "/metepec/padrones/r/{padrones}/v/2"),
    "portal_busqueda": (None, "/buscar?q=patrullas"),
    "portal_busqueda_por_fecha": (None, "/buscar?q=2026&orden=recientes&institucion=metepec"),
    "portal_busqueda_avanzada": (None, "/buscar?institucion=metepec&monto_desde=1&ejercicio=2026"),
    "portal_busqueda_mal_escrita": (None, "/buscar?q=patrullas&monto_desde=mucho&fecha_hasta=31/02/2026"),
    "portal_busqueda_sin_nada": (None, "/buscar?q=zzzz"),
    "portal_retirado": (None, "/metepec/licitaciones/r/{licitaciones_retirado}"),
    "portal_acerca": (None, "/acerca"),
    "portal_datos": (None, "/datos"),
    "portal_diccionario": (None, "/diccionario/licitaciones"),
    "portal_interfaz": (None, "/api/"),
    "portal_denuncia": (None, "/denuncia"),
    "portal_accesibilidad": (None, "/accesibilidad"),
    "portal_cambios": (None, "/cambios"),
    "portal_cambios_de_un_formato": (None, "/metepec/licitaciones/cambios?desde=2026-01-01"),
    "portal_institucion_un_dia": (None, f"/metepec/?al={hoy()}"),
    "portal_formato_un_dia": (None, f"/metepec/licitaciones/?al={hoy()}"),
    "portal_registro_un_dia": (None, f"/metepec/licitaciones/r/{{licitaciones}}?al={hoy()}"),
    "portal_constancia": (None, f"/metepec/licitaciones/?al={hoy()}&constancia=1"),
    "portal_no_existe": (None, "/nada"),
}
"""Nombre → quién la ve y en qué dirección; entre llaves, lo que dejó ``siembra.py``."""

DESPLEGAR = "[...document.querySelectorAll('main details')].slice(0, 3).forEach(nodo => { nodo.open = true; })"


def exigir(pagina: Page) -> None:
    """Que a la pantalla no le falte nada, ni en computadora ni en teléfono."""
    faltas = []
    for medida in (ANCHO, TELEFONO):
        pagina.set_viewport_size(medida)
        faltas += [f"a {medida['width']} px, {falta}" for falta in faltas_de(pagina)]
    if faltas:
        pytest.fail(f"{pagina.title()} ({pagina.url}):\n" + "\n".join(faltas), pytrace=False)


@pytest.fixture(scope="module")
def ventanas(
    sitio_servido: Sitio, chromium: Browser, sesion: Callable[[str | None], str | None],
) -> Iterator[tuple[Callable[[str | None], Page], Vigia]]:
    """Una ventana por persona, que va de pantalla en pantalla sin cerrarse: aquí solo se mira."""
    vigia, abiertas = Vigia(sitio_servido.direccion), dict[str | None, Page]()

    def de(quien: str | None) -> Page:
        if quien not in abiertas:
            abiertas[quien] = abrir_pagina(chromium, vigia, ANCHO, sesion(quien))
        return abiertas[quien]

    yield de, vigia
    for pagina in abiertas.values():
        pagina.context.close()


@pytest.fixture
def ventana(ventanas: tuple[Callable[[str | None], Page], Vigia]) -> Iterator[Callable[[str | None], Page]]:
    """``ventana("garante")``: la suya. Al salir, la pantalla que se miró no debe haber hecho nada malo."""
    de, vigia = ventanas
    yield de
    faltas, vigia.faltas = vigia.faltas, []
    if faltas:
        pytest.fail("La página hizo lo que no debe:\n" + "\n".join(faltas), pytrace=False)


@pytest.mark.parametrize("pantalla", PANTALLAS)
def test_cualquiera_puede_usarla(pantalla: str, sitio_servido: Sitio, ventana: Callable[..., Page]) -> None:
    quien, ruta = PANTALLAS[pantalla]
    pagina = ventana(quien)
    pagina.set_viewport_size(ANCHO)
    pagina.goto(ruta.format_map(sitio_servido.folios))
    pagina.evaluate(DESPLEGAR)
    exigir(pagina)


def test_la_captura_con_errores(persona: Callable[..., Page]) -> None:
    pagina = persona("capt1.metepec")
    pagina.goto(f"{F}/nuevo")
    hoja = Hoja(pagina)
    hoja.escribe({"Fecha del contrato": "31/06/2026", "Monto total con impuestos": "cuatro millones"})
    hoja.agrega_un_oferente("Uno SA", "un millón")
    hoja.guarda()
    exigir(pagina)


def test_la_entrada_rechazada(persona: Callable[..., Page]) -> None:
    pagina = persona()
    pagina.goto("/ipo")
    pagina.get_by_label("Usuario").fill("nadie")
    pagina.get_by_label("Contraseña").fill("ninguna")
    pagina.get_by_role("button", name="Entrar").click()
    pagina.get_by_role("alert").wait_for()
    exigir(pagina)


def test_la_confirmacion_que_pide_motivo(sitio_servido: Sitio, persona: Callable[..., Page]) -> None:
    pagina = persona("unidad.metepec")
    pagina.goto(f"{F}/detalle?id={sitio_servido.folios['licitaciones_publicado']}")
    pagina.get_by_role("button", name="Retirar del portal…").click()
    pagina.get_by_label("Motivo").fill("x")
    pagina.get_by_role("button", name="Retirar del portal").click()
    pagina.get_by_role("alert").wait_for()
    exigir(pagina)


def test_la_confirmacion_de_proteger_un_dato(sitio_servido: Sitio, persona: Callable[..., Page]) -> None:
    pagina = persona("unidad.metepec")
    pagina.goto(f"/ipo/f/presupuesto/suprimir?id={sitio_servido.folios['presupuesto']}")
    pagina.get_by_role("button", name="Ver qué se va a proteger").click()
    pagina.get_by_role("alert").wait_for()
    exigir(pagina)
    pagina.get_by_role("checkbox").first.check()
    pagina.get_by_label("Número del acta").fill("CT/14/2026")
    pagina.get_by_label("Fecha del acta").fill("20/01/2026")
    pagina.get_by_label("Por qué no debía ser público").fill("Es de una persona particular.")
    pagina.get_by_label("Sellarlo").check()
    pagina.get_by_role("button", name="Ver qué se va a proteger").click()
    pagina.get_by_role("heading", name="Confirme lo que se va a proteger").wait_for()
    exigir(pagina)


def test_un_dato_sellado_abierto(persona: Callable[..., Page]) -> None:
    pagina = persona("garante")
    pagina.goto("/ipo/sujetos/metepec/sellados")
    pagina.get_by_role("button", name="Abrir").first.click()
    pagina.get_by_text("Esta lectura quedó apuntada").wait_for()
    exigir(pagina)


# --- la vara mide ---

def test_axe_conoce_las_wcag_2_2() -> None:
    assert "wcag22aa" in guion_de_axe()


@pytest.mark.parametrize(("mal", "falta"), [
    ("<img src='data:,'>", "image-alt"), ("<input>", "label"), ("<p style='color:#999'>gris</p>", "color-contrast"),
    ("<main style='width:2000px'>ancho</main>", "la página mide"), ("<button style='width:9px;padding:0'>x</button>", "mide"),
    ("<a href=/ style='font-size:9px'>a</a><a href=/ style='font-size:9px'>b</a>", "target-size")])
def test_lo_que_esta_mal_se_nota(mal: str, falta: str, persona: Callable[..., Page]) -> None:
    pagina = persona()
    pagina.goto("about:blank")
    pagina.set_content(f"<!doctype html><html lang=es><title>x</title><body>{mal}</body></html>")
    assert any(falta in dicha for dicha in faltas_de(pagina)), faltas_de(pagina)
