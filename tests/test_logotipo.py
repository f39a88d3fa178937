"""El logotipo: solo una imagen de verdad, vuelta a escribir; lo pone la Unidad y el portal lo entrega con su huella."""

import io
import struct
import zlib

import pytest
from PIL import Image

from models.adjuntos import Archivo
from models.archivos.imagen import LADO_GUARDADO, clean_imagen
from models.archivos.subida import ArchivoRechazado
from models.domain.catalogo_vigente import vigente
from models.domain.errores import NoPermitido
from models.domain.logotipo import put_logo, remove_logo
from models.sujetos import ActoDeSujeto
from tests.cliente import Sitio
from tests.pagina import Pagina

pytest_plugins = "tests.sitio"

RUTA = "/ipo/configuracion"
SECRETO = b"<script>alert(1)</script>"


def dibujo(formato: str = "PNG", medida: tuple[int, int] = (900, 300), **mas: object) -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", medida, "#7a1f2b").save(salida, formato, **mas)
    return salida.getvalue()


def bomba() -> bytes:
    """Un PNG de unos cientos de bytes que dice medir 60,000 por 60,000."""
    def trozo(nombre: bytes, datos: bytes) -> bytes:
        return struct.pack(">I", len(datos)) + nombre + datos + struct.pack(">I", zlib.crc32(nombre + datos))
    cabeza = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + trozo(b"IHDR", cabeza) + trozo(b"IDAT", zlib.compress(b"\0" * 100)) + trozo(b"IEND", b""))


@pytest.mark.parametrize("formato", ["PNG", "JPEG", "WEBP"])
def test_lo_que_se_guarda_es_un_png_nuevo_y_sin_nada_escondido(formato: str) -> None:
    limpia = clean_imagen(dibujo(formato) + SECRETO)
    assert limpia.contenido.startswith(b"\x89PNG") and SECRETO not in limpia.contenido
    assert (limpia.ancho, limpia.alto) == (LADO_GUARDADO, LADO_GUARDADO // 3)


def test_los_metadatos_no_pasan() -> None:
    exif = Image.Exif()
    exif[0x010E] = "calle privada 12"
    limpia = clean_imagen(dibujo("JPEG", exif=exif))
    assert b"privada" not in limpia.contenido and not Image.open(io.BytesIO(limpia.contenido)).info


@pytest.mark.parametrize("contenido, dice", [
    (b"", "Elija"), (b"<svg onload=alert(1)>", "no es una imagen"), (b"%PDF-1.4 %%EOF", "no es una imagen"),
    (b"GIF89a" + b"\0" * 60, "no es una imagen"), (dibujo()[:60], "no es una imagen"), (dibujo("BMP"), "no es una imagen"),
    (dibujo(medida=(4001, 10)), "4,001 por 10"), (b"\x89PNG" + b"\0" * 2_100_000, "más de 2 MB"), (bomba(), "no es una imagen"),
])
def test_lo_que_no_es_una_imagen_que_sirva_se_rechaza(contenido: bytes, dice: str) -> None:
    with pytest.raises(ArchivoRechazado, match=dice):
        clean_imagen(contenido)


def poner(sitio: Sitio, contenido: bytes | None, **campos: str) -> Pagina:
    laura = sitio.de(sitio.casa.laura)
    forma = laura.get(RUTA).forma("form[data-logotipo]")
    return laura.enviar(forma, **({"imagen": ("escudo.jpg", contenido)} if contenido else {}), **campos)


def test_se_pone_se_ve_en_las_dos_caras_y_se_quita(sitio: Sitio) -> None:
    laura, portal = sitio.de(sitio.casa.laura), sitio.portal.test_client()
    assert portal.get("/metepec/logo.png").status_code == 404
    puesta = laura.seguir(poner(sitio, dibujo("JPEG"), texto="Escudo de Metepec"))
    assert puesta.avisos == ["El logotipo ya se ve en el portal."] and puesta.sopa.select_one(".barra img.logo")
    imagen = portal.get("/metepec/logo.png")
    assert imagen.headers["Content-Type"] == "image/png" and imagen.headers["ETag"].startswith('"')
    assert "no-cache" in imagen.headers["Cache-Control"] and imagen.headers["X-Content-Type-Options"] == "nosniff"
    assert portal.get("/metepec/logo.png", headers={"If-None-Match": imagen.headers["ETag"]}).status_code == 304
    assert portal.get("/metepec.json").get_json()["logo"].endswith("/metepec/logo.png")
    assert 'alt="Escudo de Metepec"' in portal.get("/metepec/").text and "logo.png" not in portal.get("/toluca/").text
    laura.enviar(laura.get(RUTA).forma("form[data-logotipo]"), quitar="si")
    assert portal.get("/metepec/logo.png").status_code == 404 and "logo.png" not in portal.get("/metepec/").text
    assert [acto.detalle for acto in ActoDeSujeto.select().order_by(ActoDeSujeto.instante)] == ["Logotipo", "Quitó el logotipo"]


def test_el_texto_se_cambia_sin_volver_a_subir_y_es_obligatorio(sitio: Sitio) -> None:
    sin_texto = poner(sitio, dibujo())
    assert sin_texto.codigo == 422 and "qué se ve" in sin_texto.errores
    assert not Archivo.select().where(Archivo.tipo == "png").exists()
    poner(sitio, dibujo(), texto="Escudo")
    poner(sitio, None, texto="Escudo nuevo")
    assert 'alt="Escudo nuevo"' in sitio.portal.test_client().get("/metepec/").text
    assert Archivo.select().where(Archivo.tipo == "png").count() == 1
    mala = poner(sitio, b"<html>", texto="Otro")
    assert mala.codigo == 422 and "no es una imagen" in mala.errores and mala.sopa.select_one("#texto-logo")["value"] == "Otro"


def test_guardar_los_datos_no_pierde_el_logotipo(sitio: Sitio) -> None:
    laura = sitio.de(sitio.casa.laura)
    poner(sitio, dibujo(), texto="Escudo")
    laura.enviar(laura.get(RUTA).forma("form[data-configuracion]"), horario="De 9 a 18")
    assert sitio.portal.test_client().get("/metepec/logo.png").status_code == 200


@pytest.mark.parametrize("quien", ["ernesto", "julieta", "gabriela"])
def test_nadie_mas_lo_pone(quien: str, sitio: Sitio) -> None:
    persona = getattr(sitio.casa, quien)
    assert sitio.de(persona).post(f"{RUTA}/logo", {"texto": "X", "imagen": ("a.png", dibujo())}).codigo == 404
    with pytest.raises(NoPermitido):
        put_logo(persona.actor, sitio.app.extensions["almacen"], io.BytesIO(dibujo()), "X y Z", vigente.foto.catalogo)
    with pytest.raises(NoPermitido):
        remove_logo(persona.actor, vigente.foto.catalogo)
    assert sitio.de(sitio.casa.laura).get(f"{RUTA}/logo").codigo == 405
    assert sitio.de(sitio.casa.laura).post(f"{RUTA}/logo", {"texto": "X"}, ficha=False).codigo == 400
