"""``python -m benchmarks.consultas USUARIO RUTA``: cuántas consultas hace la oficina para una página, en el mismo proceso."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from app import create_app
from benchmarks.instituciones import CONTRASENA
from models.base import db

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def main(usuario: str, ruta: str) -> int:
    """Las consultas de la segunda visita: en la primera se lee también el catálogo."""
    cliente = create_app().test_client()
    hallado = _CSRF.search(cliente.get("/ipo").get_data(as_text=True))
    assert hallado is not None
    cliente.post("/ipo", data={"usuario": usuario, "contrasena": CONTRASENA, "csrf_token": hallado[1]})
    cliente.get(ruta)
    base, hechas = db.obj, []
    ejecutar = base.execute_sql

    def contar(sql: str, *mas: Any, **otras: Any) -> Any:
        hechas.append(sql)
        return ejecutar(sql, *mas, **otras)

    base.execute_sql = contar
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == 200, respuesta.status
    return len(hechas)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:3])))
