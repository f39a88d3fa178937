"""Los estilos de las marcas, agregados a los del libro: cada celda conserva el suyo y gana fondo y borde.

Una marca de antes se reconoce por su fondo, que ningún otro programa usa; así un libro ya corregido vuelve sin ella. El color
que la celda tenía viaja en el segundo color de ese fondo, que en un fondo liso no se ve.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import IO

from models.hojas.errores.empalme import Empalme, children_of, with_attributes

POR_CORREGIR, PROPUESTA = "por_corregir", "propuesta"
"""Las dos clases de marca: lo que está mal, y lo que se propone corregir."""

_FONDOS = {POR_CORREGIR: "FFFBDAD7", PROPUESTA: "FFFDEFC9"}
_BORDES = {POR_CORREGIR: ("medium", "FFB3261E"), PROPUESTA: ("dashed", "FF8A6100")}

_SUELTAS = {
    "titulo": ('<font><b/><sz val="16"/><color rgb="FF0B4F6C"/><name val="Calibri"/><family val="2"/></font>', "", ""),
    "texto": ('<font><sz val="11"/><color rgb="FF1B2430"/><name val="Calibri"/><family val="2"/></font>', "", ""),
    "rotulo": ('<font><b/><sz val="11"/><color rgb="FF1B2430"/><name val="Calibri"/><family val="2"/></font>', "FFDCEBF2",
               "FFB9C4CE"),
    "liga": ('<font><u/><sz val="11"/><color rgb="FF0B4F6C"/><name val="Calibri"/><family val="2"/></font>', "", ""),
}
"""Las letras de la hoja de errores: su fuente, su fondo y su raya."""
_NINGUNO = 'indexed="64"'
_CUERPO = ("fonts", "fills", "borders", "cellXfs")

SIN_ESTILOS = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/'
               b'spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
               b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
               b'</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
               b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
               b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>')
"""Los de un libro que no trae ninguno."""


@dataclass(slots=True)
class _Seccion:
    """Una de las listas del libro: sus elementos tal como están escritos, y los que se le agregan."""

    suyos: list[str]
    nuevos: list[str] = field(default_factory=list)

    def add(self, elemento: str) -> int:
        if elemento not in self.nuevos:
            self.nuevos.append(elemento)
        return len(self.suyos) + self.nuevos.index(elemento)


class Estilos:
    """Los estilos de un libro. ``mark`` y ``unmark`` dan el número del que se quiere; ``write``, la parte completa."""

    def __init__(self, parte: bytes) -> None:
        self._parte = parte
        self.prefijo, hijos = children_of(parte, _CUERPO)
        self._secciones = {nombre: _Seccion(hijos[nombre]) for nombre in _CUERPO}
        fondos = {n for n, fondo in enumerate(hijos["fills"]) if any(color in fondo for color in _FONDOS.values())}
        self._marcados = {n for n, xf in enumerate(self._xfs) if _numero(xf, "fillId") in fondos}
        self._hechos: dict[tuple[int, str], int] = {}

    @property
    def _xfs(self) -> list[str]:
        return self._secciones["cellXfs"].suyos

    def is_marcado(self, estilo: int) -> bool:
        """Si una celda con ese estilo lleva una marca de antes."""
        return estilo in self._marcados

    def mark(self, estilo: int, clase: str) -> int:
        """El mismo estilo, con el fondo y el borde de esa marca."""
        if (estilo, clase) not in self._hechos:
            limpio = self.unmark(estilo)
            fondo = self._fondo(_FONDOS[clase], _color(self._fondo_de(limpio), "fgColor"))
            self._hechos[estilo, clase] = self._vary(limpio, fondo, self._borde(*_BORDES[clase]))
        return self._hechos[estilo, clase]

    def unmark(self, estilo: int) -> int:
        """El estilo sin la marca de antes: el que era, si todavía está, o el mismo sin fondo ni borde."""
        if estilo not in self._marcados:
            return estilo
        if (estilo, "") not in self._hechos:
            propio, color = _sin_fondo(self._xfs[estilo]), _color(self._fondo_de(estilo), "bgColor")
            hallado = next((n for n, xf in enumerate(self._xfs) if n not in self._marcados and _sin_fondo(xf) == propio
                            and _color(self._fondo_de(n), "fgColor") == color), None)
            fondo = self._liso(color) if color else 0
            self._hechos[estilo, ""] = self._vary(estilo, fondo, 0) if hallado is None else hallado
        return self._hechos[estilo, ""]

    def _fondo_de(self, estilo: int) -> str:
        """El fondo de un estilo del libro, tal como está escrito; ``""`` si no tiene."""
        numero = _numero(self._xfs[estilo], "fillId") if estilo < len(self._xfs) else 0
        suyos = self._secciones["fills"].suyos
        return suyos[numero] if numero < len(suyos) else ""

    def own(self, nombre: str) -> int:
        """El estilo de la hoja de errores: ``titulo``, ``texto``, ``rotulo``, ``liga``, o el de una clase de marca."""
        fuente, fondo, raya = _SUELTAS.get(nombre, _SUELTAS["texto"])
        fondo = _FONDOS.get(nombre, fondo)
        numeros = {"numFmtId": 0, "fontId": self._secciones["fonts"].add(self._prefixed(fuente)),
                   "fillId": self._fondo(fondo) if fondo else 0,
                   "borderId": self._borde("thin", raya) if raya else 0, "xfId": 0}
        atributos = "".join(f' {llave}="{n}"' for llave, n in numeros.items())
        dobla = "" if nombre in ("titulo", "liga") else ' wrapText="1"'
        return self._secciones["cellXfs"].add(self._prefixed(
            f'<xf{atributos} applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="left" vertical="top"{dobla}/></xf>'))

    def write(self) -> bytes:
        """La parte ``styles.xml``, con lo agregado."""
        salida = io.BytesIO()
        _Escritor(salida, self._secciones).run(io.BytesIO(self._parte))
        return salida.getvalue()

    def _vary(self, estilo: int, fondo: int, borde: int) -> int:
        xf = self._xfs[estilo] if estilo < len(self._xfs) else self._prefixed('<xf numFmtId="0" fontId="0" xfId="0"/>')
        etiqueta, _, resto = xf.partition(">")
        nueva = with_attributes(f"{etiqueta}>", {
            "fillId": str(fondo), "borderId": str(borde), "applyFill": "1", "applyBorder": "1"})
        return self._secciones["cellXfs"].add(f"{nueva}{resto}")

    def _fondo(self, color: str, era: str = "") -> int:
        return self._liso(f'rgb="{color}"', era)

    def _liso(self, color: str, era: str = "") -> int:
        return self._secciones["fills"].add(self._prefixed(
            f'<fill><patternFill patternType="solid"><fgColor {color}/><bgColor {era or _NINGUNO}/></patternFill></fill>'))

    def _borde(self, linea: str, color: str) -> int:
        lados = "".join(f'<{lado} style="{linea}"><color rgb="{color}"/></{lado}>'
                        for lado in ("left", "right", "top", "bottom"))
        return self._secciones["borders"].add(self._prefixed(f"<border>{lados}<diagonal/></border>"))

    def _prefixed(self, xml: str) -> str:
        return re.sub(r"<(/?)", rf"<\1{self.prefijo}", xml) if self.prefijo else xml


class _Escritor(Empalme):
    """Agrega a cada sección lo suyo y corrige su cuenta."""

    def __init__(self, salida: IO[bytes], secciones: dict[str, _Seccion]) -> None:
        super().__init__(salida)
        self._secciones, self._cerrada = secciones, False

    def open_(self, nombre: str, atributos: dict[str, str]) -> None:
        if self.hondura == 2 and nombre in self._secciones:
            seccion, etiqueta = self._secciones[nombre], self.tag()
            self._cerrada = etiqueta.endswith("/>")
            self.replace_tag(with_attributes(etiqueta.replace("/>", ">"), {
                "count": str(len(seccion.suyos) + len(seccion.nuevos))}))

    def close_(self, nombre: str) -> None:
        if self.hondura == 2 and nombre in self._secciones:
            self.insert("".join(self._secciones[nombre].nuevos) + (f"</{self.prefijo}{nombre}>" if self._cerrada else ""))


def _color(fondo: str, cual: str) -> str:
    """El color de un fondo liso, como está escrito; ``""`` si no tiene."""
    hallado = re.search(rf"<(?:\w+:)?{cual}\s+([^>]*?)\s*/?>", fondo) if "solid" in fondo else None
    return "" if hallado is None or hallado[1] == _NINGUNO else hallado[1]


def _numero(xf: str, atributo: str) -> int:
    hallado = re.search(rf"\s{atributo}\s*=\s*[\"'](\d+)", xf)
    return int(hallado[1]) if hallado else 0


def _sin_fondo(xf: str) -> str:
    """Lo que queda de un estilo sin su fondo ni su borde, para compararlo con otro."""
    etiqueta, _, resto = xf.partition(">")
    propia = with_attributes(f"{etiqueta}>", dict.fromkeys(("fillId", "borderId", "applyFill", "applyBorder")))
    return " ".join(sorted(re.findall(r"[\w:]+\s*=\s*[\"'][^\"']*[\"']", propia))) + resto
