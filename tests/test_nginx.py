"""El ejemplo de nginx, con un nginx de verdad delante del sistema: guarda lo público y nunca da lo que ya no lo es.

Se usa el mismo ``despliegue/nginx.conf``, sin HTTPS y con otras rutas. Sin nginx instalado se salta, y lo dice.
"""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bases import RAIZ, Base
from tests.elenco import CLAVE
from tests.portal_prep import Visita, visitar
from tests.servidor import servir

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no hay nginx (en Debian: apt install nginx-light)")

visita = pytest.fixture(visitar)
LISTA = f"/metepec/{CLAVE}/2026/"


@dataclass
class Respuesta:
    codigo: int
    cabeceras: Message
    cuerpo: bytes

    @property
    def cache(self) -> str:
        """Lo que nginx hizo: ``MISS``, ``REVALIDATED``, ``EXPIRED``…"""
        return str(self.cabeceras["X-Cache"])


def pedir(direccion: str, ruta: str, **cabeceras: str) -> Respuesta:
    nombres = {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(direccion + ruta, headers=nombres), timeout=20) as respuesta:
            return Respuesta(respuesta.status, respuesta.headers, respuesta.read())
    except urllib.error.HTTPError as error:
        return Respuesta(error.code, error.headers, error.read())


def configurar(carpeta: Path, puerto: int, portal: int) -> Path:
    """El ejemplo, con lo que es de cada servidor cambiado por lo de la prueba."""
    texto = (RAIZ / "despliegue" / "nginx.conf").read_text(encoding="utf-8")
    texto = texto[:texto.rindex("server {")]  # el que solo manda de HTTP a HTTPS
    aqui = f"listen 127.0.0.1:{puerto};\n    add_header X-Cache $upstream_cache_status always;"
    for patron, cambio in ((r"listen 443 ssl;", aqui), (r"http2 on;|ssl_certificate\S* .*;|server_name .*;", ""),
                           (r"127\.0\.0\.1:8080", f"127.0.0.1:{portal}"), (r"/var/cache/nginx/ipomex", str(carpeta / "cache"))):
        texto, veces = re.subn(patron, cambio, texto)
        assert veces, patron
    cuales = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporales = "".join(f"{cual}_temp_path {carpeta / cual};\n" for cual in cuales)
    archivo = carpeta / "nginx.conf"
    dueno = "user root;\n" if os.geteuid() == 0 else ""  # la carpeta de la prueba es de quien la corre
    archivo.write_text(f"{dueno}pid {carpeta / 'pid'};\nerror_log {carpeta / 'error.log'};\nworker_processes 2;\nevents {{}}\n"
                       f"http {{\naccess_log off;\n{temporales}{texto}\n}}\n", encoding="utf-8")
    return archivo


@contextmanager
def nginx(carpeta: Path, direccion: str) -> Iterator[str]:
    """Un nginx delante de esa dirección, con su caché vacía."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        puerto = int(enchufe.getsockname()[1])
    archivo = configurar(carpeta, puerto, urlsplit(direccion).port or 80)
    proceso = subprocess.Popen([str(NGINX), "-c", str(archivo), "-p", str(carpeta), "-e", str(carpeta / "error.log"),
                                "-g", "daemon off;"])
    try:
        for _ in range(200):
            if proceso.poll() is not None:
                break
            with socket.socket() as enchufe:
                if enchufe.connect_ex(("127.0.0.1", puerto)) == 0:
                    break
            time.sleep(0.02)
        assert proceso.poll() is None, (carpeta / "error.log").read_text()
        yield f"http://127.0.0.1:{puerto}"
    finally:
        proceso.terminate()
        proceso.wait(10)


@pytest.mark.parametrize("motor", ["sqlite"])
def test_guarda_pregunta_siempre_y_lo_retirado_desaparece(visita: Visita, base: Base, tmp_path: Path) -> None:
    folio = visita.publicar()
    with servir(tmp_path, IPOMEX_BASE_DATOS=base.url, IPOMEX_PROXY="127.0.0.1") as portal, nginx(tmp_path, portal) as sitio:
        primera, otra = pedir(sitio, LISTA), pedir(sitio, LISTA)
        assert (primera.cache, otra.cache) == ("MISS", "REVALIDATED"), "se guardó, y se preguntó antes de darla"
        assert primera.cuerpo == otra.cuerpo and folio.encode() in otra.cuerpo
        assert "X-Accel-Expires" not in otra.cabeceras and otra.cabeceras["Cache-Control"] == "public, no-cache"
        assert "nonce-" not in otra.cabeceras["Content-Security-Policy"], "lo guardado es igual para todos"
        assert pedir(sitio, LISTA, If_None_Match=otra.cabeceras["ETag"]).codigo == 304
        comprimida = pedir(sitio, LISTA, Accept_Encoding="gzip")
        assert comprimida.cabeceras["Content-Encoding"] == "gzip" and len(comprimida.cuerpo) < len(otra.cuerpo)
        assert pedir(sitio, LISTA).cuerpo == otra.cuerpo, "cada variante es otra página guardada"

        visita.hacer("retirar", folio, motivo="Se publicó por duplicado.")
        despues = pedir(sitio, LISTA)
        assert folio.encode() not in despues.cuerpo and despues.cache == "EXPIRED"
        assert pedir(sitio, f"/metepec/{CLAVE}/r/{folio}").codigo == 410

        for ruta in ("/ipo", "/salud", "/nada/"):
            assert {pedir(sitio, ruta).cache for _ in range(3)} <= {"MISS", "None"}, ruta
