"""Una respuesta, leída: lo que se ve, sus formularios, y las faltas que ninguna página de la casa puede tener."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import Headers, MultiDict

QUE_SE_SIGUEN = frozenset({"href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"})
SIN_LEER = frozenset({"script", "style", "template", "title"})
_PROHIBIDO = re.compile(r"\bNone\b|\[object|\{\{|\{%|\bundefined\b|<built-in|&(?:amp;)?lt;")
_LLAVE = re.compile(r"(?<![\w.@/=&?:-])[a-z]+\d*(?:_[a-z0-9]+)+(?![\w.@/=-])")
_NONCE = re.compile(r"script-src 'self' 'nonce-([\w-]{16,})'")
CABECERAS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
             "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cache-Control")


@dataclass(frozen=True)
class Forma:
    """Un formulario tal como el navegador lo enviaría sin tocar nada."""

    etiqueta: Tag
    ruta: str

    @property
    def destino(self) -> str:
        return str(self.etiqueta.get("action") or self.ruta)

    @property
    def es_post(self) -> bool:
        return str(self.etiqueta.get("method", "get")).lower() == "post"

    @cached_property
    def campos(self) -> MultiDict[str, str]:
        """Lo que trae escrito, como lo mandaría el navegador: sin casillas apagadas, botones ni archivos."""
        campos: MultiDict[str, str] = MultiDict()
        for control in self.etiqueta.select("input[name], select[name], textarea[name]"):
            if control.find_parent("template") is None:
                for valor in _valores(control):
                    campos.add(str(control["name"]), valor)
        return campos


def _valores(control: Tag) -> Iterator[str]:
    if control.name == "textarea":
        yield control.text.removeprefix("\n")
    elif control.name == "select":
        opciones = control.select("option")
        elegida = next((o for o in opciones if o.has_attr("selected")), opciones[0])
        yield str(elegida.get("value", elegida.text))
    elif control.get("type") in ("checkbox", "radio"):
        if control.has_attr("checked"):
            yield str(control.get("value", "on"))
    elif control.get("type") not in ("file", "submit", "button"):
        yield str(control.get("value", ""))


@dataclass(frozen=True, repr=False)
class Pagina:
    """Una respuesta de la oficina o del portal."""

    ruta: str
    codigo: int
    cabeceras: Headers
    cuerpo: bytes

    def __repr__(self) -> str:
        return f"<{self.codigo} {self.ruta[:120]} {self.lleva_a}>"

    @property
    def es_html(self) -> bool:
        return self.cabeceras.get("Content-Type", "").startswith("text/html")

    @cached_property
    def texto(self) -> str:
        """El cuerpo, tal como llegó."""
        return self.cuerpo.decode()

    @property
    def lleva_a(self) -> str:
        """A dónde redirige; vacío si no redirige."""
        return self.cabeceras.get("Location", "")

    @cached_property
    def sopa(self) -> BeautifulSoup:
        return BeautifulSoup(self.texto, "html.parser")

    @cached_property
    def visible(self) -> str:
        """Lo que se lee en la página."""
        return " ".join(_Lector(self.texto).visible)

    @property
    def avisos(self) -> list[str]:
        return [aviso.get_text(" ", strip=True) for aviso in self.sopa.select("main > p.aviso")]

    @cached_property
    def errores(self) -> str:
        """El resumen de errores de arriba del formulario."""
        if 'role="alert"' not in self.texto:
            return ""
        return " ".join(caja.get_text(" ", strip=True) for caja in self.sopa.select(".resumen[role=alert]"))

    @property
    def renglones(self) -> list[Tag]:
        """Las filas de una lista de la oficina."""
        return self.sopa.select("tr[data-folio]")

    @property
    def folios(self) -> list[str]:
        return [str(fila["data-folio"]) for fila in self.renglones]

    def forma(self, selector: str = "main form[method=post]") -> Forma:
        """El único formulario que cumple el selector."""
        [etiqueta] = self.sopa.select(selector)
        return Forma(etiqueta, self.ruta)

    @property
    def ficha(self) -> str:
        """El testigo contra falsificación (CSRF) que trae la página; vacío si no trae."""
        hallada = re.search(r'name="csrf_token" value="([^"]+)"', self.texto)
        return hallada[1] if hallada else ""


class _Lector(HTMLParser):
    """Recorre la página una vez y apunta etiquetas y texto a la vista."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.etiquetas: list[tuple[str, dict[str, str | None]]] = []
        self.formas: list[tuple[dict[str, str | None], bool]] = []
        self.visible: list[str] = []
        self.titulo = ""
        self._dentro: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "template" not in self._dentro:
            atributos = dict(attrs)
            self.etiquetas.append((tag, atributos))
            self.visible += [dicho for nombre in ("aria-label", "title", "placeholder", "alt")
                             if (dicho := atributos.get(nombre))]
            self._apuntar_forma(tag, atributos)
        if tag in SIN_LEER or tag == "code":
            self._dentro.append(tag)

    def _apuntar_forma(self, tag: str, atributos: dict[str, str | None]) -> None:
        """Cada formulario con sus atributos, y si trae su testigo."""
        if tag == "form":
            self.formas.append((atributos, False))
        elif atributos.get("name") == "csrf_token" and atributos.get("value"):
            self.formas[-1] = (self.formas[-1][0], True)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._dentro:
            self._dentro.remove(tag)

    def handle_data(self, data: str) -> None:
        if self._dentro == ["title"]:
            self.titulo += data
        elif not self._dentro and data.strip():
            self.visible.append(data.strip())


def faltas_de(pagina: Pagina, texto_ajeno: bool = False) -> list[str]:
    """Lo que una página HTML de la casa tiene mal. Con ``texto_ajeno`` no se juzga lo que dice (lo escribió un hostil)."""
    leida = _Lector(pagina.texto)
    return [*_de_estructura(leida), *_de_seguridad(leida, pagina), *_de_formas(leida),
            *([] if texto_ajeno else [*_de_titulo(leida), *_de_palabras(leida)])]


def _de_estructura(leida: _Lector) -> Iterator[str]:
    titulares = sum(etiqueta == "h1" for etiqueta, _ in leida.etiquetas)
    if titulares != 1:
        yield f"tiene {titulares} h1"
    if ("html", {"lang": "es-MX"}) not in leida.etiquetas:
        yield "html no dice lang=es-MX"
    ids = Counter(atributos["id"] for _, atributos in leida.etiquetas if "id" in atributos)
    yield from (f"id repetido: {nombre}" for nombre, veces in ids.items() if veces > 1)


def _de_titulo(leida: _Lector) -> Iterator[str]:
    if not re.match(r"\W?\w.{4,} · \w", leida.titulo):
        yield f"el título no dice de qué es la página: {leida.titulo!r}"


def _de_seguridad(leida: _Lector, pagina: Pagina) -> Iterator[str]:
    yield from (f"falta la cabecera {nombre}" for nombre in CABECERAS if nombre not in pagina.cabeceras)
    hallado = _NONCE.search(pagina.cabeceras.get("Content-Security-Policy", ""))
    nonce = hallado[1] if hallado else "la política no lleva nonce"
    for etiqueta, atributos in leida.etiquetas:
        es_dato = atributos.get("type") == "application/ld+json"  # no se ejecuta: la política no habla de él
        if etiqueta in ("script", "style") and atributos.get("nonce") != nonce and not atributos.get("src") and not es_dato:
            yield f"<{etiqueta}> en línea sin el nonce de la política"
        se_carga = atributos.get("rel") in ("stylesheet", "icon", "preload")
        trae = atributos.get("src") or (atributos.get("href") if se_carga else "") or "/"
        if not trae.startswith(("/", "data:,")) or trae.startswith("//"):
            yield f"<{etiqueta}> trae algo de fuera: {trae}"
        for nombre, valor in atributos.items():
            if nombre.startswith("on") or nombre == "style":
                yield f"<{etiqueta}> con {nombre} en línea"
            if nombre in QUE_SE_SIGUEN and (valor or "").lower().lstrip().startswith(("javascript:", "data:text")):
                yield f"<{etiqueta} {nombre}> ejecuta: {valor}"


def _de_formas(leida: _Lector) -> Iterator[str]:
    for atributos, con_testigo in leida.formas:
        es_post = (atributos.get("method") or "get").lower() == "post"
        if es_post != con_testigo:
            yield f"el formulario a {atributos.get('action')} {'no trae' if es_post else 'enseña'} su testigo"


def _de_palabras(leida: _Lector) -> Iterator[str]:
    for trozo in leida.visible:
        for patron in (_PROHIBIDO, _LLAVE):
            if hallado := patron.search(trozo):
                yield f"se lee {hallado[0]!r} en «{trozo[:120]}»"
