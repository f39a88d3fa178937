"""La casa: solo ``models/domain/workflow`` cambia el estado de un registro, y solo él escribe en sus tablas."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.codigo import Modulo, modulos

DUENO = "models.domain.workflow"
ESCRITURAS = frozenset({"update", "insert", "insert_many", "insert_from", "replace", "replace_many", "delete", "create",
                        "bulk_create", "bulk_update", "save", "delete_instance"})
DE_REGISTROS = frozenset({"trabajo", "publica"})
"""Como se llaman, en una ``Tabla``, los modelos de ``reg_…`` y ``pub_…``."""

CON_ESTADO_PROPIO = frozenset({"Trabajo"})
"""Modelos que no son registros y tienen su propia columna ``estado``."""

_SQL = re.compile(r"\b(update|insert\s+into|delete\s+from)\s+(\W?(reg_|pub_(?!busqueda)|tablero)|$)", re.I)


def faltas(modulo: Modulo) -> list[str]:
    """Los renglones de un módulo que escriben el estado o las filas de un registro."""
    alias = _nombres_de_modelos(modulo)
    return [f"{modulo.nombre}:{nodo.lineno} {ast.unparse(nodo)[:90]}" for nodo in _sospechosos(modulo, alias)]


def _sospechosos(modulo: Modulo, alias: frozenset[str]) -> Iterator[ast.expr | ast.stmt]:
    for nodo in ast.walk(modulo.arbol):
        if isinstance(nodo, ast.Assign | ast.AugAssign | ast.AnnAssign):
            destinos = nodo.targets if isinstance(nodo, ast.Assign) else [nodo.target]
            if any(isinstance(d, ast.Attribute) and d.attr == "estado" and not _es_self(d.value) for d in destinos):
                yield nodo
        elif isinstance(nodo, ast.Call):
            if _escribe_registros(nodo, alias) or _escribe_estado(nodo):
                yield nodo
        elif isinstance(nodo, ast.Constant) and isinstance(nodo.value, str) and _SQL.search(nodo.value):
            yield nodo


def _nombres_de_modelos(modulo: Modulo) -> frozenset[str]:
    """Las variables locales que guardan un modelo de registros: ``modelo = tabla.trabajo``."""
    nombres = set(DE_REGISTROS)
    for nodo in ast.walk(modulo.arbol):
        if isinstance(nodo, ast.Assign) or (isinstance(nodo, ast.AnnAssign) and nodo.value is not None):
            destino = nodo.targets[0] if isinstance(nodo, ast.Assign) else nodo.target
            pares = zip(_partes(destino), _partes(nodo.value), strict=False)
            nombres |= {d.id for d, v in pares
                        if isinstance(d, ast.Name) and isinstance(v, ast.Attribute) and v.attr in DE_REGISTROS}
    return frozenset(nombres)


def _partes(nodo: ast.expr) -> list[ast.expr]:
    return list(nodo.elts) if isinstance(nodo, ast.Tuple) else [nodo]


def _escribe_registros(nodo: ast.Call, alias: frozenset[str]) -> bool:
    """``tabla.trabajo.update(…)``, o ``modelo.delete()`` si ``modelo`` es uno de ellos."""
    funcion = nodo.func
    if not isinstance(funcion, ast.Attribute) or funcion.attr not in ESCRITURAS:
        return False
    quien = funcion.value
    return (isinstance(quien, ast.Attribute) and quien.attr in DE_REGISTROS) or (
        isinstance(quien, ast.Name) and quien.id in alias)


def _escribe_estado(nodo: ast.Call) -> bool:
    """``X.update(estado=…)`` o ``X.update({X.estado: …})``, salvo en los modelos con estado propio."""
    funcion = nodo.func
    if isinstance(funcion, ast.Name) and funcion.id == "setattr":
        return len(nodo.args) > 1 and isinstance(nodo.args[1], ast.Constant) and nodo.args[1].value == "estado"
    if not isinstance(funcion, ast.Attribute) or funcion.attr not in ESCRITURAS:
        return False
    if isinstance(funcion.value, ast.Name) and funcion.value.id in CON_ESTADO_PROPIO:
        return False
    llaves = [llave for argumento in nodo.args if isinstance(argumento, ast.Dict) for llave in argumento.keys]
    return any(palabra.arg == "estado" for palabra in nodo.keywords) or any(
        (isinstance(llave, ast.Attribute) and llave.attr == "estado")
        or (isinstance(llave, ast.Constant) and llave.value == "estado") for llave in llaves)


def _es_self(nodo: ast.expr) -> bool:
    return isinstance(nodo, ast.Name) and nodo.id == "self"


def test_solo_el_flujo_de_trabajo_escribe_registros() -> None:
    ajenos = [modulo for modulo in modulos() if not modulo.nombre.startswith(DUENO)]
    assert len(ajenos) > 60
    assert [falta for modulo in ajenos for falta in faltas(modulo)] == []


def test_el_flujo_de_trabajo_si_los_escribe() -> None:
    """Si esta regla no viera ni lo que de veras escribe, no serviría de nada."""
    propios = [modulo.nombre for modulo in modulos() if modulo.nombre.startswith(DUENO) and faltas(modulo)]
    assert {f"{DUENO}.escritura", f"{DUENO}.guardado", f"{DUENO}.publicacion", f"{DUENO}.puesta_al_dia"} <= set(propios)


@pytest.mark.parametrize("codigo", [
    "fila.estado = 'publicado'", "fila.estado: str = 'publicado'", "setattr(fila, 'estado', 'publicado')",
    "tabla.trabajo.update(nota='x').execute()", "tabla.publica.delete().execute()",
    "modelo = tabla.trabajo\nmodelo.insert(id=1).execute()",
    "a, b = tabla.trabajo, tabla.publica\nb.insert_from(a, [])",
    "modelo.update(estado='publicado').where(modelo.id == 1)", "modelo.update({modelo.estado: 'publicado'})",
    "modelo.update({'estado': 'publicado'})", "db.execute_sql('UPDATE reg_padrones SET estado = 1')",
    "db.execute_sql(f'DELETE FROM {tabla}')", "db.execute_sql('insert into \"pub_padrones\" values (1)')",
])
def test_la_regla_sabe_fallar(codigo: str) -> None:
    assert len(faltas(Modulo("models.mala", codigo))) == 1


@pytest.mark.parametrize("codigo", [
    "Trabajo.update(estado='terminado').execute()", "self.estado = 'x'", "aplicar(actor, 'publicar', tabla, pares)",
    "if fila.estado == 'publicado': pass", "diccionario.update(otro)", "Acto.insert(acto='x')",
    "db.execute_sql('DELETE FROM pub_busqueda WHERE sujeto_id = ?')", "tabla.trabajo.select()",
])
def test_la_regla_deja_pasar_lo_que_no_es(codigo: str) -> None:
    assert faltas(Modulo("models.buena", codigo)) == []
