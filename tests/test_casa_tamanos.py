"""La casa: funciones de 40 renglones y módulos de 300 cuando más. Lo normal es mucho menos; esto es la pared."""

import ast
from statistics import median

from tests.codigo import Modulo, modulos

FUNCION, MODULO = 40, 300


def largas(modulo: Modulo) -> list[str]:
    """Las funciones que no caben, y el módulo si no cabe."""
    malas = [f"{modulo.nombre}:{nodo.name} tiene {largo}" for nodo in funciones(modulo)
             if (largo := _largo(nodo)) > FUNCION]
    renglones = len(modulo.texto.splitlines())
    return malas + ([f"{modulo.nombre} tiene {renglones}"] if renglones > MODULO else [])


def funciones(modulo: Modulo) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [nodo for nodo in ast.walk(modulo.arbol) if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef)]


def _largo(nodo: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """De su primer decorador a su último renglón."""
    assert nodo.end_lineno is not None
    return nodo.end_lineno - min([nodo.lineno, *(d.lineno for d in nodo.decorator_list)]) + 1


def test_ninguna_funcion_pasa_de_40_renglones_ni_un_modulo_de_300() -> None:
    assert [mala for modulo in modulos() for mala in largas(modulo)] == []


def test_lo_comun_es_mucho_menos() -> None:
    largos = [_largo(nodo) for modulo in modulos() for nodo in funciones(modulo)]
    assert len(largos) > 500 and median(largos) <= 10


def test_la_regla_sabe_fallar() -> None:
    cuerpo = "    x = 1\n" * FUNCION
    assert largas(Modulo("mala", f"def f():\n{cuerpo}")) == ["mala:f tiene 41"]
    assert largas(Modulo("buena", "class C:\n    @property\n    def f(self):\n        x = 1\n")) == []
    assert largas(Modulo("mala", f"@cache\ndef f():\n{cuerpo[:-10]}")) == ["mala:f tiene 41"]
    assert largas(Modulo("mala", f"async def f():\n    def g():\n        x = 1\n{cuerpo}")) == ["mala:f tiene 43"]
    assert largas(Modulo("mala", "x = 1\n" * 301)) == ["mala tiene 301"]
    assert largas(Modulo("buena", f"def f():\n{cuerpo[:-10]}" + "x = 1\n" * 260)) == []
