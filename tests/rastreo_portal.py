"""Recorrer el portal servido por sus ligas, como un buscador: unas cuantas páginas de cada clase, y lo que pesa cada una."""

import http.client
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

DE_CADA_CLASE = 2
"""De cada clase de página se abren pocas: las demás dicen lo mismo."""

TOPE = 150
SEMILLAS = ("/", "/instituciones", "/metepec/", "/toluca/", "/buscar?q=patrullas", "/buscar?q=zzzz", "/acerca", "/nada/x/")
_ABIERTOS = re.compile(r"\.(csv|json|xlsx|zip|atom|xml|txt|sha256|png|pdf)$|/archivo/")


@dataclass
class Vista:
    """Una página del portal, como llegó. ``pesos``: dirección → bytes que viajaron, con la compresión que dé el servidor."""

    ruta: str
    codigo: int
    cuerpo: bytes
    tipo: str
    pesos: dict[str, int] = field(default_factory=dict)

    @property
    def sopa(self) -> BeautifulSoup:
        return BeautifulSoup(self.cuerpo.decode(), "html.parser")

    @property
    def recursos(self) -> list[str]:
        """Lo que la página trae para pintarse, una vez cada cosa."""
        sopa = self.sopa
        ligas = [str(n["href"]) for n in sopa.select("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
        return list(dict.fromkeys([*ligas, *(str(n["src"]) for n in sopa.select("script[src], img[src]"))]))


class Portal:
    """Quien lo recorre, sin cookies, por una sola conexión."""

    def __init__(self, direccion: str) -> None:
        self.conexion = http.client.HTTPConnection(urlsplit(direccion).netloc, timeout=30)
        self.bajado: dict[str, int] = {}

    def cerrar(self) -> None:
        self.conexion.close()

    def pedir(self, ruta: str, **cabeceras: str) -> tuple[int, dict[str, str], bytes]:
        self.conexion.request("GET", ruta, headers=cabeceras)
        respuesta = self.conexion.getresponse()
        return respuesta.status, {k.lower(): v for k, v in respuesta.getheaders()}, respuesta.read()

    def ver(self, ruta: str) -> Vista:
        codigo, cabeceras, cuerpo = self.pedir(ruta)
        vista = Vista(ruta, codigo, cuerpo, cabeceras.get("content-type", ""))
        if vista.tipo.startswith("text/html"):
            vista.pesos = {uno: self.pesar(uno) for uno in [ruta, *vista.recursos]}
        return vista

    def pesar(self, ruta: str) -> int:
        """Los bytes del cuerpo, como se los manda a un navegador."""
        if ruta.startswith("data:"):
            return 0
        if ruta not in self.bajado:
            self.bajado[ruta] = len(self.pedir(ruta, **{"Accept-Encoding": "gzip, br"})[2])
        return self.bajado[ruta]

    def recorrer(self, semillas: Iterable[str] = SEMILLAS) -> list[Vista]:
        """Todo lo que se alcanza por ligas: las páginas, y de lo que se descarga solo si contesta."""
        por_ver, vistas, clases = list(semillas), list[Vista](), Counter[str]()
        encoladas = set(por_ver)
        while por_ver and len(vistas) < TOPE:
            vista = self.ver(por_ver.pop(0))
            vistas.append(vista)
            if not vista.tipo.startswith("text/html"):
                continue
            for liga in vista.sopa.select("a[href], form[action]"):
                destino = urljoin(vista.ruta, str(liga.get("href") or liga.get("action"))).split("#")[0]
                if not destino.startswith("/") or destino.startswith("//") or destino.startswith("/ipo"):
                    continue
                clase = clase_de(destino)
                if destino not in encoladas and clases[clase] < DE_CADA_CLASE:
                    clases[clase] += 1
                    encoladas.add(destino)
                    por_ver.append(destino)
        return vistas


def clase_de(destino: str) -> str:
    """A qué clase de página lleva: sin siglas, folios, años ni valores."""
    partes = urlsplit(destino)
    ruta = re.sub(r"/[0-9a-z]{14}\b", "/f", partes.path)
    ruta = re.sub(r"/\d{4}\b", "/a", ruta)
    ruta = re.sub(r"/archivo/f/.*", "/archivo/f", ruta)
    ruta = re.sub(r"^/(metepec|toluca)(?=[/.])", "/s", ruta)
    ruta = re.sub(r"^/(s|informacion)/(?!organos|cambios|archivo)[a-z_]+(?=[/.])", r"/\1/c", ruta)
    ruta = re.sub(r"^/(diccionario|esquemas|datos)/(?!volcado)[a-z_]+(?=[/.]|$)", r"/\1/c", ruta)
    nombres = sorted(set(re.findall(r"(?:^|&)([a-z_]+)=[^&]", partes.query)))
    return f"{ruta}?{'&'.join(nombres)}"
