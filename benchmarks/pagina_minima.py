"""``python -m benchmarks.pagina_minima DATOS PUERTO SIGLAS MUESTRA``: la página de un formato, en treinta renglones de Flask.

Como enseña su manual: una conexión por hilo, una consulta, y una plantilla que dibuja la tabla. ``MUESTRA`` es la página de
la casa, guardada: de ahí salen, tal cual, lo que va antes y después de los renglones, así que mide los mismos bytes. No tiene
filtros, ni formatos por tipo, ni lo que no aplica, ni vigencias, ni versiones. Con ``constante`` por siglas, WSGI pelado,
siempre lo mismo: es lo más que puede waitress.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask
from peewee import sqlite3
from waitress import serve

from benchmarks.renglones import CLAVE
from models.folios import a_folio
from models.servicio.servidor import PERFIL

RENGLONES = """{% for r in filas %}
    <tr role="row" data-folio="{{ r.folio }}">
    {% for nombre, etiqueta in columnas %}<td role="cell" data-t="{{ etiqueta }}" class="{{ 'principal' if loop.first }}">
{%- if loop.first %}<span><a href="/{{ siglas }}/{{ clave }}/r/{{ r.folio }}">{{ r.datos[nombre] }}</a></span>
{%- elif nombre in r.datos %}{{ r.datos[nombre] }}
{%- else %}<span><span class="sin-dato">Sin dato</span></span>{% endif %}</td>{% endfor %}
    </tr>{% endfor %}"""
SQL = (f"SELECT p.id, p.contenido FROM pub_{CLAVE} p JOIN pub_sujeto s ON s.sujeto_id = p.sujeto_id "
       "WHERE s.siglas = ? AND p.ejercicio = 2026 ORDER BY p.id DESC LIMIT 25")
_CELDA = re.compile(r'data-t="([^"]+)"')


def create_minima(base: str, siglas: str, muestra: str, columnas: list[tuple[str, str]]) -> Flask:
    """La aplicación, con una sola página en ``/``. ``columnas``: (nombre, etiqueta)."""
    antes, _, resto = muestra.partition('<tbody role="rowgroup">')
    despues = resto.partition("</tbody>")[2]
    app, hilo = Flask(__name__), threading.local()
    plantilla = app.jinja_env.from_string(
        f'{{% raw %}}{antes}<tbody role="rowgroup">{{% endraw %}}{RENGLONES}{{% raw %}}</tbody>{despues}{{% endraw %}}')

    @app.get("/")
    def pagina() -> str:
        if not hasattr(hilo, "base"):
            hilo.base = sqlite3.connect(base)
        filas = [{"folio": a_folio(id_), "datos": json.loads(contenido)["datos"]}
                 for id_, contenido in hilo.base.execute(SQL, (siglas,)).fetchall()]
        return plantilla.render(filas=filas, columnas=columnas, siglas=siglas, clave=CLAVE)

    return app


def columns_in(muestra: str, datos: Path) -> list[tuple[str, str]]:
    """Las columnas que la página enseña, en su orden, con el nombre que llevan en los datos."""
    etiquetas = list(dict.fromkeys(_CELDA.findall(muestra)))
    base = sqlite3.connect(str(datos / "ipomex.db"))
    try:
        [(compilado,)] = base.execute("SELECT compilado FROM catalogo_version ORDER BY numero DESC LIMIT 1")
    finally:
        base.close()
    [formato] = [f for f in json.loads(compilado)["formatos"] if f["clave"] == CLAVE]
    nombres = {campo["etiqueta"]: campo["nombre"] for campo in formato["campos"]}
    return [(nombres[etiqueta], etiqueta) for etiqueta in etiquetas]


def build_constante(bytes_: int) -> Any:
    """WSGI que siempre contesta lo mismo."""
    cuerpo = b"x" * bytes_
    cabeceras = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(bytes_))]

    def constante(_ambiente: dict[str, Any], empezar: Any) -> list[bytes]:
        empezar("200 OK", cabeceras)
        return [cuerpo]

    return constante


if __name__ == "__main__":
    datos, puerto, cual, muestra = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]).read_text()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # como la casa: que no escriba un aviso por petición
    app = (build_constante(len(muestra.encode())) if cual == "constante"
           else create_minima(str(datos / "ipomex.db"), cual, muestra, columns_in(muestra, datos)))
    serve(app, host="127.0.0.1", port=puerto, **{**PERFIL, "clear_untrusted_proxy_headers": False})
