"""Lo que alguien escriba se lee, nunca se ejecuta: ni en la pantalla de quien lo aprueba ni en el portal.

Cada página con el texto hostil debe tener, leída como la lee un navegador (html5lib), justo los mismos elementos y atributos
que con un texto llano: el texto no pudo crear ninguno.
"""

from collections.abc import Callable, Iterator
from html import escape

import html5lib
import pytest

from fracciones_config import TipoCampo
from models.adjuntos import Archivo
from models.domain.validation import de_canonico
from models.folios import a_folio
from models.mensajes import Entrada
from tests.cliente import Sitio, Visitante
from tests.elenco import CLAVE
from tests.escenario import CAMPO_DE_ARCHIVO, subir
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

HOSTILES = (
    "<script>pwn()</script>", "<img src=x onerror=pwn()>", "<svg/onload=pwn()>", "\"><script>pwn()</script>",
    "'><img src=x onerror=pwn()>", "</textarea><script>pwn()</script>", "</title><script>pwn()</script>",
    "</option></select><img src=x onerror=pwn()>", "</style><script>pwn()</script>", "</script><script>pwn()</script>",
    "<iframe srcdoc='<script>pwn()</script>'>", "<a href=javascript:pwn()>ver</a>", "javascript:pwn()",
    "<body onload=pwn()>", "<math><mi xlink:href='javascript:pwn()'>x", "<details open ontoggle=pwn()>",
    "<form action=//malo.example><button>Guardar", "<input autofocus onfocus=pwn()>", "<base href=//malo.example/>",
    "<meta http-equiv=refresh content='0;url=//malo.example'>", "<link rel=stylesheet href=//malo.example>",
    "<object data=//malo.example>", "<embed src=//malo.example>", "<!--<img src=x onerror=pwn()>-->", "--><script>pwn()",
    "<template><script>pwn()</script></template>", "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
    "<svg><style>&lt;img src=x onerror=pwn()&gt;</style></svg>", "&lt;script&gt;pwn()&lt;/script&gt;",
    "&#60;img src=x onerror=pwn()&#62;", "\" autofocus onfocus=\"pwn()", "' onmouseover='pwn()", "` onmouseover=`pwn()",
    "{{7*7}}{% for x in () %}{{ config }}", "${7*7}", "<x id=pwn style=position:fixed;inset:0>x", "<plaintext>",
    "＜script＞pwn()＜/script＞", "<scr<script>ipt>pwn()</scr</script>ipt>", "]]><script>pwn()</script>",
    "<div data-captura=x data-guardado>", "<h1>Aprobado</h1>", "<table><tr data-folio=x data-estado=publicado>",
)
PALABRA = "nevado"
"""Va en todos, para encontrarlos en el buscador."""

LLANO = "Texto llano y sin nada raro"
CON_ERROR = ("ejercicio", "denominacion_convenio", "objetivo", "contrapartes-0-nombre", "tipo_convenio", "area_responsable",
             "objetivo__causa", "objetivo__motivo", "periodo", "fecha_firma", "monto_recursos")
"""Campos que, así llenos, vuelven con su texto: unos con error y otros sin él."""

Esqueleto = list[tuple[str, tuple[str, ...]]]


def esqueleto(pagina: Pagina) -> Esqueleto:
    """Los elementos de la página, en orden, con los nombres de sus atributos; sin los ``wbr`` que parten palabras largas."""
    arbol = html5lib.parse(pagina.texto, treebuilder="etree", namespaceHTMLElements=False)
    return [(str(nodo.tag), tuple(sorted(nodo.attrib))) for nodo in arbol.iter() if nodo.tag != "wbr"]


def test_el_esqueleto_nota_lo_que_un_texto_crearia() -> None:
    def con(texto: str) -> Esqueleto:
        return esqueleto(Pagina("", 200, None, f"<p title='{texto}'>{texto}</p>".encode()))  # type: ignore[arg-type]

    creados = [hostil for hostil in HOSTILES if con(hostil) != con(LLANO)]
    assert len(creados) > 30 and all(con(escape(hostil)) == con(LLANO) for hostil in HOSTILES)


def campos_de_texto(sitio: Sitio) -> tuple[list[str], list[str]]:
    """Los campos donde cabe cualquier texto, y las columnas de la tabla «contrapartes»."""
    formato = sitio.casa.tabla().formato
    libres = (TipoCampo.TEXTO, TipoCampo.TEXTO_LARGO, TipoCampo.NOTA)
    columnas = [columna.nombre for columna in formato.por_nombre["contrapartes"].campos if columna.tipo in libres]
    return [campo.nombre for campo in formato.campos if campo.tipo in libres], columnas


def capturado_con(sitio: Sitio, textos: list[str]) -> int:
    """Un registro de Julieta con esos textos repartidos en todos sus campos, celdas y motivos de vacío."""
    casa, (nombres, columnas) = sitio.casa, campos_de_texto(sitio)
    vuelta = (f"{texto} {PALABRA}" for texto in textos * 20)
    campos: dict[str, object] = {nombre: next(vuelta) for nombre in nombres}
    campos["contrapartes"] = [{columna: next(vuelta) for columna in columnas}]
    campos[CAMPO_DE_ARCHIVO] = subir(sitio, casa.julieta, f"{next(vuelta)}.pdf".replace("/", "∕"))
    registro = casa.capturar(casa.julieta, **campos)
    casa.editar(casa.julieta, registro, **campos | {"monto_recursos": "77"})
    return registro


def vistas(sitio: Sitio, registro: int, motivo: str) -> Iterator[tuple[str, Pagina]]:
    """Cada pantalla donde alguien lee el registro, de la captura al retiro."""
    casa, folio = sitio.casa, a_folio(registro)
    laura, julieta, anonimo = sitio.de(casa.laura), sitio.de(casa.julieta), sitio.anonimo()
    laura.texto_ajeno = julieta.texto_ajeno = anonimo.texto_ajeno = True
    Entrada.delete().execute()  # que la cuenta de mensajes sin leer empiece igual las dos veces
    for quien, nombre in ((laura, "aprobar"), (julieta, "capturar")):
        for pantalla in ("detalle", "historial", "editar"):
            yield f"{pantalla} al {nombre}", quien.get(sitio.url(pantalla), id=folio)
    casa.hacer(casa.laura, "devolver", registro, motivo=motivo)
    yield "devuelto", julieta.get(sitio.url("editar"), id=folio)
    casa.editar(casa.julieta, registro, monto_recursos="78", **_conservar(casa.fila(registro)))
    yield "confirmar", laura.seguir(laura.post(sitio.url("acciones"), {
        "acto": "publicar", "sel": f"{folio}:{casa.fila(registro).version}"}))
    casa.hacer(casa.laura, "publicar", registro)
    yield "lista", laura.get(sitio.url())
    for ruta in (f"/metepec/{CLAVE}/2026/", f"/metepec/{CLAVE}/r/{folio}", f"/buscar?q={PALABRA}", "/metepec/"):
        yield f"portal {ruta[:20]}", anonimo.get(ruta)
    casa.hacer(casa.laura, "retirar", registro, motivo=motivo)
    yield "lápida", anonimo.get(f"/metepec/{CLAVE}/r/{folio}")
    yield "historial del retirado", laura.get(sitio.url("historial"), id=folio)


def _conservar(fila: object) -> dict[str, object]:
    """Lo que ya tenía escrito, para editarlo sin perderlo."""
    datos, _ = de_canonico(fila.contenido)  # type: ignore[attr-defined]
    return {nombre: datos[nombre] for nombre in ("contrapartes", CAMPO_DE_ARCHIVO, "nota", "objetivo",
                                                 "denominacion_convenio")}


@pytest.mark.parametrize("desde", range(0, len(HOSTILES), 11))
def test_ningun_texto_guardado_crea_nada(desde: int, sitio: Sitio) -> None:
    hostiles = list(HOSTILES[desde:desde + 11])
    llano = capturado_con(sitio, [LLANO])
    bases = {nombre: esqueleto(pagina) for nombre, pagina in vistas(sitio, llano, LLANO)}
    sitio.casa.tabla().trabajo.delete().where(sitio.casa.tabla().trabajo.id == llano).execute()
    Archivo.delete().where(Archivo.subido_por == sitio.casa.julieta.id).execute()
    for nombre, pagina in vistas(sitio, capturado_con(sitio, hostiles), hostiles[0] + LLANO):
        assert esqueleto(pagina) == bases[nombre], nombre


def test_lo_tecleado_que_vuelve_no_crea_nada(sitio: Sitio) -> None:
    """Lo que se busca, el destino de la entrada y el formulario con errores."""
    julieta, anonimo = sitio.de(sitio.casa.julieta), sitio.anonimo()
    julieta.texto_ajeno = anonimo.texto_ajeno = True
    ecos: dict[str, Callable[[str], Pagina]] = {
        "lista": lambda texto: julieta.get(sitio.url(), q=texto, orden=texto, estado=texto),
        "buscador": lambda texto: anonimo.get("/buscar", q=texto),
        "entrada": lambda texto: anonimo.get("/ipo", sigue=texto),
    }
    for nombre, pedir in ecos.items():
        base = esqueleto(pedir(LLANO))
        assert [hostil for hostil in HOSTILES if esqueleto(pedir(hostil)) != base] == [], nombre


def test_el_formulario_con_errores_no_crea_nada(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    julieta.texto_ajeno = True
    base = esqueleto(julieta.post(sitio.url("nuevo"), {nombre: LLANO for nombre in CON_ERROR}))
    for desde in range(0, len(HOSTILES), len(CON_ERROR)):
        tecleado = dict(zip(CON_ERROR, (HOSTILES + HOSTILES)[desde:], strict=False))
        pagina = julieta.post(sitio.url("nuevo"), tecleado)
        assert pagina.codigo == 422 and esqueleto(pagina) == base, tecleado


def test_una_direccion_que_ejecuta_no_se_guarda(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    clave, campo = next((clave, campo.nombre) for clave in sorted(sitio.casa.julieta.actor.claves)
                        for campo in sitio.casa.tabla(clave).formato.campos if campo.tipo is TipoCampo.URL)
    for direccion in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "//malo.example",
                      "java\tscript:alert(1)", "http://a\" onclick=\"x", "\x01javascript:alert(1)"):
        assert julieta.post(sitio.url("nuevo", clave), {campo: direccion}).codigo == 422, direccion


def test_un_archivo_ya_subido_con_nombre_hostil_se_ofrece_como_texto(sitio: Sitio) -> None:
    julieta: Visitante = sitio.de(sitio.casa.julieta)
    julieta.texto_ajeno = True
    for hostil in HOSTILES[:25]:
        subir(sitio, sitio.casa.julieta, f"{hostil}.pdf".replace("/", "∕"))
    con_hostiles = esqueleto(julieta.get(sitio.url("nuevo")))
    Archivo.update(nombre="contrato.pdf").where(Archivo.sujeto_id == sitio.casa.metepec.id).execute()
    assert con_hostiles == esqueleto(julieta.get(sitio.url("nuevo")))
