"""Lee YAML sin sorpresas y recuerda en qué línea y columna estaba cada cosa.

Se usa el compositor en C de PyYAML (ruamel.yaml tardó 15 s en 500 archivos; este, menos de uno) y se
construyen los valores aquí: sin etiquetas, sin alias, sin llaves repetidas, y sin que ``no``
se vuelva falso o ``12_1`` se vuelva 121.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fracciones_config.faltas import Falta
from fracciones_config.mensajes import en_espanol_yaml

PESO_MAXIMO = 1_000_000
HONDURA_MAXIMA = 20

Ruta = tuple[str | int, ...]

_ENTERO = re.compile(r"-?(0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?\d{1,15}\.\d{1,6}")
_DUDOSO = re.compile(r"(?i)(yes|no|on|off|y|n|~|null|0\d+|0x[0-9a-f]+|[\d][\d_]*_[\d_]*|\.inf|\.nan)")
_SIMPLE = {"true": True, "false": False}
_ETIQUETAS = frozenset(
    f"tag:yaml.org,2002:{nombre}" for nombre in ("str", "int", "float", "bool", "null", "timestamp", "value", "map", "seq")
)
"""Las que YAML pone solo; cualquier otra la escribió alguien (``!!python/…``, ``!!binary``) y no se admite."""


@dataclass(slots=True)
class Documento:
    """Un archivo YAML ya leído: sus datos, y la línea y columna de cada ruta."""

    archivo: str
    datos: dict[str, Any] = field(default_factory=dict)
    marcas: dict[Ruta, tuple[int, int]] = field(default_factory=dict)
    faltas: list[Falta] = field(default_factory=list)

    def falta(self, ruta: Ruta, mensaje: str, remedio: str) -> Falta:
        """Hace la falta que toca a ``ruta``, o a lo más cercano de ella que exista en el archivo."""
        while ruta not in self.marcas and ruta:
            ruta = ruta[:-1]
        linea, columna = self.marcas.get(ruta, (1, 1))
        return Falta(self.archivo, linea, columna, mensaje, remedio)


def read_documento(archivo: str, contenido: bytes) -> Documento:
    """Lee un archivo. Lo que esté mal queda en ``faltas``; nunca lanza por culpa del contenido."""
    doc = Documento(archivo)
    try:
        if len(contenido) > PESO_MAXIMO:
            doc.faltas.append(doc.falta((), "El archivo pesa más de 1 MB.", "Divídalo o quite lo que sobre."))
            return doc
        texto = contenido.decode("utf-8")
        if honda := _marca_honda(texto):
            doc.faltas.append(Falta(archivo, *honda, "Hay demasiados niveles anidados.", "Revise los corchetes y llaves."))
            return doc
        raiz = yaml.compose(texto, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        doc.faltas.append(doc.falta((), "El archivo no está en UTF-8.", "Guárdelo como UTF-8 desde su editor."))
    except yaml.MarkedYAMLError as error:
        doc.faltas.append(_falta_de_sintaxis(archivo, error))
    except yaml.reader.ReaderError:
        doc.faltas.append(doc.falta((), "El archivo tiene un carácter que no se puede leer.",
                                    "Quite los caracteres invisibles o de control."))
    except (yaml.YAMLError, RecursionError):
        doc.faltas.append(doc.falta((), "El archivo no se puede leer.", "Compare con un archivo que sí funcione."))
    else:
        if isinstance(raiz, MappingNode):
            doc.datos = _Constructor(doc).valor(raiz, ()) or {}
        else:
            doc.faltas.append(doc.falta((), "El archivo está vacío o no es una lista de «llave: valor».",
                                        "Empiece con «nombre: …»."))
    return doc


def _marca_honda(texto: str) -> tuple[int, int] | None:
    """Línea y columna donde el texto pasa de ``HONDURA_MAXIMA`` niveles.

    Se mira antes de componer: el compositor en C es recursivo y 20 000 corchetes tiran el proceso entero.
    """
    hondura = 0
    for evento in yaml.parse(texto, Loader=yaml.CSafeLoader):
        if isinstance(evento, yaml.CollectionStartEvent):
            hondura += 1
            if hondura > HONDURA_MAXIMA:
                return _posicion(evento.start_mark)
        elif isinstance(evento, yaml.CollectionEndEvent):
            hondura -= 1
    return None


def _posicion(marca: Any) -> tuple[int, int]:
    """Línea y columna de una marca de PyYAML, desde 1."""
    return (marca.line + 1, marca.column + 1) if marca else (1, 1)


def _falta_de_sintaxis(archivo: str, error: yaml.MarkedYAMLError) -> Falta:
    sin_cerrar = (error.context or "").startswith(("while parsing a flow", "while scanning a quoted"))
    marca = error.context_mark if sin_cerrar else error.problem_mark  # donde abre, no donde se dio cuenta
    return Falta(archivo, *_posicion(marca), f"YAML mal escrito: {en_espanol_yaml(error.problem)}.",
                 "Revise la sangría, las comillas y los dos puntos de esa línea.")


class _Constructor:
    """Vuelve nodos de YAML en datos de Python, apuntando la posición de cada uno."""

    def __init__(self, doc: Documento) -> None:
        self.doc = doc
        self.vistos: set[int] = set()

    def valor(self, nodo: Node, ruta: Ruta) -> Any:
        self.doc.marcas.setdefault(ruta, _posicion(nodo.start_mark))
        if id(nodo) in self.vistos:
            self._falta(ruta, "Hay un alias (*).", "Escriba el texto completo, sin & ni *.")
            return None
        self.vistos.add(id(nodo))
        if nodo.tag not in _ETIQUETAS:
            self._falta(ruta, f"No se admiten etiquetas como «{nodo.tag}».", "Quite lo que empieza con !.")
            return None
        if isinstance(nodo, MappingNode):
            return self.mapa(nodo, ruta)
        if isinstance(nodo, SequenceNode):
            return [self.valor(n, (*ruta, i)) for i, n in enumerate(nodo.value)]
        assert isinstance(nodo, ScalarNode)
        return self.escalar(nodo, ruta)

    def mapa(self, nodo: MappingNode, ruta: Ruta) -> dict[str, Any]:
        datos: dict[str, Any] = {}
        for llave, valor in nodo.value:
            nombre = str(llave.value)
            aqui = (*ruta, nombre)
            self.doc.marcas[aqui] = _posicion(llave.start_mark)
            if not isinstance(llave, ScalarNode) or llave.tag not in _ETIQUETAS:
                self._falta(aqui, "Esta llave no se admite.", "Una llave es una palabra, sin corchetes, << ni !.")
                continue
            if nombre in datos:
                self._falta(aqui, f"La llave «{nombre}» está repetida.", "Deje una sola.")
                continue
            datos[nombre] = self.valor(valor, aqui)
        return datos

    def escalar(self, nodo: ScalarNode, ruta: Ruta) -> Any:
        texto = str(nodo.value)
        if nodo.style:  # entre comillas o en bloque; el lector en C pone "" y el de Python None cuando va suelto
            return texto
        if texto == "":
            return None
        if texto in _SIMPLE:
            return _SIMPLE[texto]
        if _ENTERO.fullmatch(texto):
            return int(texto)
        if _DECIMAL.fullmatch(texto):
            return float(texto)
        if _DUDOSO.fullmatch(texto):
            self._falta(ruta, f"«{texto}» sin comillas se presta a confusión.",
                        f'Escriba "{texto}" entre comillas si es texto, o true / false si es sí o no.')
        return texto

    def _falta(self, ruta: Ruta, mensaje: str, remedio: str) -> None:
        self.doc.faltas.append(self.doc.falta(ruta, mensaje, remedio))
