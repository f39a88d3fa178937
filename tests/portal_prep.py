"""El portal armado sobre la base de una prueba, como lo ve quien lo visita: sin cookies y con su conexión de solo lectura.

Cada respuesta que da ``Visita.get`` pasa por lo que ninguna puede tener. En el archivo de pruebas:

    visita = pytest.fixture(visitar)
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from models.archivos.almacen import AlmacenEnDisco
from models.archivos.subida import receive
from models.domain.catalogo_vigente import vigente
from models.domain.sujetos import publish_sujeto
from models.folios import a_folio, de_folio
from models.motores import abrir_lectura
from models.publicados import Publicados
from models.servicio.marca import Marca
from portal import create_portal
from portal.contexto import Ventanilla
from tests.bases import Base
from tests.elenco import CLAVE, Casa, Persona
from tests.fabrica import pdf


def es_publica(tabla: str) -> bool:
    """La misma regla con que ``app.py`` abre la base del portal."""
    return tabla.startswith(("pub_", "sqlite_"))


@dataclass
class Visita:
    """Alguien que mira el portal, y el elenco que mientras tanto publica."""

    casa: Casa
    app: Flask
    publicados: Publicados
    almacen: AlmacenEnDisco

    def get(self, ruta: str, **mas: Any) -> TestResponse:
        """La respuesta, ya revisada: ni cookies, ni errores del programa, y siempre con idioma y caché dichos."""
        respuesta = self.app.test_client().get(ruta, buffered=True, **mas)
        assert respuesta.status_code < 500, f"{ruta} → {respuesta.status_code}"
        assert "Set-Cookie" not in respuesta.headers
        assert "cookie" not in respuesta.headers.get("Vary", "").lower()
        assert respuesta.status_code == 304 or respuesta.headers["Content-Language"] == "es-MX"
        assert respuesta.headers["Cache-Control"].startswith(("public", "no-cache"))
        return respuesta

    def sopa(self, ruta: str) -> BeautifulSoup:
        """La página, para preguntarle por sus partes; tiene que ser un 200."""
        respuesta = self.get(ruta)
        assert respuesta.status_code == 200, f"{ruta} → {respuesta.status_code}"
        return BeautifulSoup(respuesta.text, "html.parser")

    def texto(self, ruta: str) -> str:
        """Lo que se lee en el cuerpo de la página, con los blancos apretados."""
        apretado = " ".join(self.sopa(ruta).main.get_text(" ").split())
        return re.sub(r" ([,.])", r"\1", apretado)

    def folios(self, ruta: str) -> list[str]:
        """Los registros que la tabla de un formato enseña, en su orden."""
        return [str(fila["data-folio"]) for fila in self.sopa(ruta).select("tr[data-folio]")]

    def publicar(self, clave: str = CLAVE, persona: Persona | None = None, **campos: Any) -> str:
        """La unidad captura y publica un registro completo; da su folio."""
        quien = persona or self.casa.laura
        registro = self.casa.capturar(quien, clave, **campos)
        self.hacer("publicar", a_folio(registro), clave, quien)
        return a_folio(registro)

    def hacer(self, acto: str, folio: str, clave: str = CLAVE, persona: Persona | None = None, motivo: str = "") -> None:
        """Un acto de la unidad sobre un registro; tiene que quedar hecho."""
        resultado = self.casa.hacer(persona or self.casa.laura, acto, de_folio(folio), clave=clave, motivo=motivo)
        assert not resultado.fuera, resultado.fuera

    def subir(self, nombre: str = "convenio firmado.pdf", persona: Persona | None = None) -> str:
        """Un PDF de verdad, en el almacén; da su folio."""
        archivo = receive((persona or self.casa.laura).actor, self.almacen, nombre, io.BytesIO(pdf(nombre)), ("pdf",))
        return a_folio(archivo.id)

    def describir(self, **datos: str) -> None:
        """Publica de nuevo a Metepec, con esos datos suyos."""
        sujeto = self.casa.metepec.sujeto
        sujeto.datos = json.dumps(datos, ensure_ascii=False)
        sujeto.save()
        publish_sujeto(sujeto, vigente.foto.catalogo)


def visitar(casa: Casa, base: Base, tmp_path: Path) -> Iterator[Visita]:
    """El portal sobre la base de la prueba."""
    yield from abrir_portal(casa, base, tmp_path)


def visitar_con_catalogo_propio(base_propia: Base, casa: Casa, tmp_path: Path) -> Iterator[Visita]:
    """Lo mismo, para quien va a cambiar el catálogo."""
    yield from abrir_portal(casa, base_propia, tmp_path)


def abrir_portal(casa: Casa, base: Base, carpeta: Path) -> Iterator[Visita]:
    lectura = abrir_lectura(base.url, es_publica)
    publicados = Publicados(lectura, lambda: vigente.foto)
    almacen = AlmacenEnDisco(carpeta / "archivos")
    app = _armado()
    app.extensions["portal"] = Ventanilla(publicados, almacen, Marca(es_demo=True), publicados.foto, "")
    try:
        yield Visita(casa, app, publicados, almacen)
    finally:
        lectura.close_all()


@cache
def _armado() -> Flask:
    """El portal con sus rutas y plantillas, una vez por proceso; lo único que es de cada prueba es su ventanilla."""
    return create_portal(Publicados(abrir_lectura("sqlite:///:memory:", es_publica), lambda: vigente.foto),
                         AlmacenEnDisco(Path()), Marca(es_demo=True))
