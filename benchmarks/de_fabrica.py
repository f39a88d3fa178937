"""La vista de Flask-Admin tal como viene, sobre una copia de la tabla sin índices: contra qué se compara la de la casa.

``python -m benchmarks.de_fabrica`` la sirve con waitress; cada institución tiene su vista, acotada como dice el manual, con
``get_query``. No pide sesión ni permisos: eso se lo ahorra.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, redirect
from flask_admin import Admin
from flask_admin.contrib.peewee import ModelView
from flask_babel import Babel
from peewee import AutoField, BigIntegerField, Field, IntegerField, Model, SqliteDatabase, TextField, sqlite3
from waitress import serve

from benchmarks.instituciones import CHICA, GRANDE, MEDIANA
from benchmarks.renglones import CLAVE
from fracciones_config.revision import load_catalogo
from models.formatos import column_name
from models.servicio.entorno import RAIZ, read_entorno

COPIA = "fabrica.db"
_CAMPO: dict[str, type[Field]] = {"TEXT": TextField, "INTEGER": IntegerField, "BIGINT": BigIntegerField}


def copy_tabla(datos: Path) -> None:
    """Copia la tabla de trabajo, con todas sus columnas, a otra base: solo la llave, ningún índice."""
    (datos / COPIA).unlink(missing_ok=True)
    base = sqlite3.connect(datos / COPIA)
    base.execute("ATTACH ? AS casa", (str(datos / "ipomex.db"),))
    columnas = [(nombre, tipo) for _, nombre, tipo, *_ in base.execute(f"PRAGMA casa.table_info(reg_{CLAVE})")]
    declaradas = ", ".join(f'"{nombre}" {"INTEGER PRIMARY KEY" if nombre == "id" else tipo}' for nombre, tipo in columnas)
    base.execute(f"CREATE TABLE copia ({declaradas})")
    base.execute(f"INSERT INTO copia SELECT * FROM casa.reg_{CLAVE}")
    base.commit()
    base.close()


def ruta(siglas: str) -> str:
    """La lista de una institución."""
    return f"/admin/{siglas}/"


def create_fabrica(datos: Path) -> Flask:
    """La aplicación: una vista por cada institución que se compara."""
    app = Flask(__name__)
    app.secret_key = "medir"
    Babel(app, default_locale="es")
    app.add_url_rule("/", view_func=lambda: redirect("/admin/"))
    base = SqliteDatabase(datos / COPIA, pragmas={"journal_mode": "wal", "cache_size": -4000})
    modelo = _modelo(base)
    admin = Admin(app, name="De fábrica")
    for sujeto_id, siglas in enumerate((GRANDE, MEDIANA, CHICA), start=1):
        admin.add_view(_vista(modelo, sujeto_id, siglas))
    app.before_request(lambda: None if base.connect(reuse_if_open=True) else None)
    app.teardown_request(lambda _: base.close())
    return app


def _modelo(base: SqliteDatabase) -> type[Model]:
    columnas = base.get_columns("copia")
    campos: dict[str, Any] = {c.name: AutoField() if c.primary_key else _CAMPO[c.data_type](null=c.null) for c in columnas}
    meta = type("Meta", (), {"database": base, "table_name": "copia"})
    base.close()
    return type("Copia", (Model,), {"Meta": meta, **campos})


def _vista(modelo: Any, sujeto_id: int, siglas: str) -> ModelView:
    formato = load_catalogo(RAIZ / "fracciones_config").por_clave[CLAVE]
    listadas = [column_name(campo) for campo in formato.en_lista()] + ["estado"]

    class Vista(ModelView):  # type: ignore[misc]
        column_list = listadas
        page_size = 50

        def get_query(self) -> Any:
            return self.model.select().where(self.model.sujeto_id == sujeto_id)

    return Vista(modelo, name=siglas, endpoint=siglas)


if __name__ == "__main__":
    entorno = read_entorno()
    serve(create_fabrica(entorno.datos), host="127.0.0.1", port=entorno.puerto, threads=8)
