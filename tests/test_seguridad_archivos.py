"""Los archivos: qué se rechaza (en español, y sin que quede nada guardado), qué nombres se aguantan y quién los puede bajar."""

from collections.abc import Mapping

import pytest

from models.adjuntos import Archivo
from models.folios import a_folio, de_folio
from tests.cliente import Sitio, Visitante
from tests.elenco import Persona
from tests.escenario import CAMPO_DE_ARCHIVO, publicar, subir
from tests.fabrica import pdf

pytest_plugins = "tests.sitio"

DESCARGA = {
    "Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "private, no-store",
}
POLIGLOTA = b"GIF89a" + pdf()
EXCEL_FALSO = b"PK\x03\x04 esto no es un libro"
ENORME = b"%PDF-1.4\n" + b"0" * (26 * 1024 * 1024) + b"\n%%EOF"


def guardado(sitio: Sitio) -> tuple[int, int]:
    """Cuántos archivos hay en el disco y cuántos dice la base."""
    en_disco = [ruta for ruta in (sitio.sede.carpeta / "archivos").rglob("*") if ruta.is_file()]
    return len(en_disco), Archivo.select().count()


def enviar(visitante: Visitante, nombre: str, contenido: bytes, **mas: str) -> tuple[int, str, str]:
    """Llena el formulario con un archivo; da el código, el error y el folio de lo capturado."""
    pagina = visitante.post(visitante.sitio.url("nuevo"), {f"{CAMPO_DE_ARCHIVO}__subir": (nombre, contenido), **mas})
    return pagina.codigo, pagina.errores if pagina.es_html and pagina.codigo != 302 else "", pagina.lleva_a[-14:]


@pytest.mark.parametrize("nombre, contenido, dice", [
    ("informe.pdf", b"<!doctype html><script>alert(1)</script>", "no es un PDF ni un Excel completo"),
    ("informe.pdf", b"<!-- %PDF-1.4 --><script>alert(1)</script>%%EOF", "no es un PDF"),
    ("informe.pdf", POLIGLOTA, "no es un PDF"),
    ("informe.pdf", pdf()[:200], "no es un PDF"),
    ("informe.pdf", b"", "está vacío"),
    ("informe.pdf.exe", pdf(), "su nombre no termina en .pdf"),
    ("informe", pdf(), "su nombre no termina en .pdf"),
    ("../../app.py", pdf(), "su nombre no termina en .pdf"),
    ("informe.exe", b"MZ\x90\x00", "no es un PDF"),
    ("datos.pdf", EXCEL_FALSO, "no es un PDF"),
    ("foto.svg", b"<svg onload=alert(1)>", "no es un PDF"),
    ("enorme.pdf", ENORME, "pesa más de 25 MB"),
], ids=lambda valor: valor if isinstance(valor, str) else "")
def test_lo_que_no_es_un_documento_se_rechaza_y_no_queda_nada(
    nombre: str, contenido: bytes, dice: str, sitio: Sitio,
) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    antes = guardado(sitio)
    codigo, error, _ = enviar(julieta, nombre, contenido, nota="Lo que ya había escrito.")
    assert codigo == 422 and dice in error and f"«{nombre.rpartition('/')[2]}»" in error
    assert guardado(sitio) == antes


@pytest.mark.parametrize("nombre, queda", [
    ("../../../etc/contrato.pdf", "contrato.pdf"), ("C:\\Users\\ana\\contrato.pdf", "contrato.pdf"),
    ("con\x00tra\x1bto\u202e.pdf", "contrato.pdf"), ("CON.pdf", "CON.pdf"), (".contrato.pdf", "contrato.pdf"),
    ("a" * 5000 + ".pdf", "a" * 190 + ".pdf"), ("Contrato «ñandú» 😀; nº 3.PDF", "Contrato «ñandú» 😀; nº 3.PDF"),
    ('x"; filename="y.exe.pdf', 'x"; filename="y.exe.pdf'), ("..pdf.pdf", "pdf.pdf"),
], ids=lambda valor: valor[:20].encode("unicode_escape").decode())
def test_un_nombre_raro_se_limpia_y_nunca_es_una_ruta(nombre: str, queda: str, sitio_de_cada: Sitio) -> None:
    sitio = sitio_de_cada
    archivo = subir(sitio, sitio.casa.julieta, nombre)
    fila = Archivo.get(Archivo.id == de_folio(archivo))
    assert fila.nombre == queda
    en_disco = [ruta for ruta in sitio.sede.carpeta.rglob("*") if ruta.is_file() and "archivos" in ruta.parts]
    assert [ruta.name for ruta in en_disco] == [fila.sha256]
    bajada = sitio.de(sitio.casa.julieta).get(sitio.url(f"archivo/{archivo}"))
    assert bajada.codigo == 200 and bajada.cabeceras["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in bajada.cabeceras["Content-Disposition"]


def test_dos_instituciones_con_el_mismo_nombre_conservan_cada_una_el_suyo(sitio: Sitio) -> None:
    casa = sitio.casa
    for persona in (casa.julieta, casa.ines):
        _, _, registro = enviar(sitio.de(persona), "contrato.pdf", pdf(persona.usuario.nombre))
        detalle = sitio.de(persona).get(sitio.url("detalle"), id=registro)
        [liga] = [a for a in detalle.sopa.select("dd a") if a.text == "contrato.pdf"]
        bajado = sitio.de(persona).get(str(liga["href"]))
        assert bajado.cuerpo == pdf(persona.usuario.nombre)
        assert {nombre: bajado.cabeceras[nombre] for nombre in DESCARGA} == DESCARGA
        assert bajado.cabeceras["Content-Disposition"] == "attachment; filename=contrato.pdf"


def test_lo_bueno_no_se_pide_dos_veces_aunque_lo_demas_este_mal(sitio: Sitio) -> None:
    julieta = sitio.de(sitio.casa.julieta)
    pagina = julieta.post(sitio.url("nuevo"), {f"{CAMPO_DE_ARCHIVO}__subir": ("contrato.pdf", pdf()), "ejercicio": "dos mil"})
    assert pagina.codigo == 422 and "Ya está: contrato.pdf" in pagina.visible
    hecha = julieta.enviar(pagina.forma("form[data-captura]"), ejercicio="2026")
    assert "contrato.pdf" in julieta.seguir(hecha).visible


def test_sin_permiso_no_llega_ni_al_disco(sitio: Sitio) -> None:
    """Se pregunta antes de recibir: un archivo rechazado no deja rastro."""
    casa = sitio.casa
    registro = a_folio(casa.capturar(casa.julieta))
    antes = guardado(sitio)
    archivo: Mapping[str, tuple[str, bytes]] = {f"{CAMPO_DE_ARCHIVO}__subir": ("contrato.pdf", pdf("Otro"))}
    for persona in (casa.gabriela, casa.nadia):
        assert sitio.de(persona).post(sitio.url("nuevo"), archivo).codigo == 404
    for persona in (casa.beto, casa.ramiro, casa.nadia):
        assert sitio.de(persona).post(sitio.url(f"editar?id={registro}"), archivo).codigo == 404
    assert sitio.anonimo().post(sitio.url("nuevo"), archivo).codigo == 400
    assert sitio.de(casa.julieta).post(sitio.url("nuevo"), archivo, ficha=False).codigo == 400
    assert guardado(sitio) == antes


def test_el_de_un_borrador_solo_lo_baja_quien_ve_el_registro(sitio: Sitio) -> None:
    casa = sitio.casa
    archivo = subir(sitio, casa.julieta)
    casa.capturar(casa.julieta, **{CAMPO_DE_ARCHIVO: archivo})

    def codigo(persona: Persona) -> int:
        return sitio.de(persona).get(sitio.url(f"archivo/{archivo}")).codigo

    assert [codigo(p) for p in (casa.julieta, casa.ernesto, casa.laura)] == [200] * 3
    assert [codigo(p) for p in (casa.beto, casa.nadia, casa.ines, casa.ramiro, casa.gabriela)] == [404] * 5
    anonimo = sitio.anonimo()
    assert anonimo.get(sitio.url(f"archivo/{archivo}")).lleva_a.startswith("/ipo?")
    for siglas in ("metepec", "toluca"):
        assert anonimo.get(f"/{siglas}/archivo/{archivo}/contrato.pdf").codigo == 404


def test_publicado_lo_baja_cualquiera_y_al_retirarlo_nadie(sitio: Sitio) -> None:
    casa, anonimo = sitio.casa, sitio.anonimo()
    archivo = subir(sitio, casa.julieta)
    registro = publicar(sitio, casa.julieta, casa.laura, **{CAMPO_DE_ARCHIVO: archivo})
    ruta = f"/metepec/archivo/{archivo}/contrato.pdf"
    bajado = anonimo.get(ruta)
    assert bajado.cuerpo == pdf("Contrato")
    assert bajado.cabeceras["Content-Security-Policy"] == DESCARGA["Content-Security-Policy"]
    assert bajado.cabeceras["Content-Disposition"].startswith("attachment; ")
    assert anonimo.get(ruta.replace("metepec", "toluca")).codigo == 404
    casa.hacer(casa.laura, "retirar", registro, motivo="Se publicó por error.")
    retirado = anonimo.get(ruta)
    assert retirado.codigo == 410 and "Se publicó por error." in retirado.texto
    assert sitio.de(casa.laura).get(sitio.url(f"archivo/{archivo}")).codigo == 200


def test_si_falta_en_el_disco_se_dice_sin_tirar_nada(sitio: Sitio) -> None:
    archivo = subir(sitio, sitio.casa.julieta)
    sha256 = Archivo.get(Archivo.id == de_folio(archivo)).sha256
    (sitio.sede.carpeta / "archivos" / sha256[:2] / sha256[2:4] / sha256).unlink()
    assert sitio.de(sitio.casa.julieta).get(sitio.url(f"archivo/{archivo}")).codigo == 404
