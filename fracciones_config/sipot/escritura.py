"""Escribe un formato en YAML como lo lee la casa: los textos que se prestan a confusión, siempre entre comillas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

_LLANO = re.compile(r"(?!(?i:yes|no|on|off|true|false|null|y|n)$)[A-Za-zÁÉÍÓÚÜÑáéíóúüñ¿¡]"
                    r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ0-9 _./()«»¿?¡!;$…-]{0,90}(?<! )")


class _Escritor(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _texto(escritor: _Escritor, valor: str) -> Any:
    return escritor.represent_scalar("tag:yaml.org,2002:str", valor, style=None if _LLANO.fullmatch(valor) else '"')


_Escritor.add_representer(str, _texto)
_Escritor.add_representer(tuple, lambda escritor, valor: escritor.represent_sequence("tag:yaml.org,2002:seq", valor))


def write_yaml(formato: Mapping[str, Any], notas: Iterable[str]) -> str:
    """El archivo completo; ``notas`` van arriba, como comentarios."""
    cabeza = "".join(f"# {' '.join(nota.split())}\n" for nota in notas)
    return cabeza + yaml.dump(dict(formato), Dumper=_Escritor, sort_keys=False, allow_unicode=True, width=118,
                            default_flow_style=None)
