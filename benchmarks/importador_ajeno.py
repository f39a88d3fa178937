"""``python -m benchmarks.importador_ajeno LIBRO DATOS COLUMNAS``: el mismo libro con django-import-export.

En su modo más rápido: lotes (``use_bulk``), sin diferencias ni reporte, sin buscar si el renglón ya estaba, y en una sola
transacción: lo que su manual recomienda para libros grandes. Lee el libro como viene de fábrica. Imprime los segundos.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def load(libro: Path, datos: Path, columnas: list[str]) -> dict[str, float]:
    """``{"segundos", "leer", "filas"}`` de importar el libro en una base nueva dentro de ``datos``."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(datos / "ajena.db")}},
        INSTALLED_APPS=["import_export"], USE_TZ=False, IMPORT_EXPORT_USE_TRANSACTIONS=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()
    recurso = _recurso(columnas)
    from import_export.formats.base_formats import XLSX

    inicio = time.perf_counter()
    leidos = XLSX().create_dataset(libro.read_bytes())
    leido = time.perf_counter()
    resultado = recurso.import_data(leidos, raise_errors=True)
    fin = time.perf_counter()
    return {"segundos": fin - inicio, "leer": leido - inicio, "filas": resultado.totals["new"]}


def _recurso(columnas: list[str]) -> Any:
    """El modelo, con un campo de su tipo por columna, y su importador."""
    from django.db import connection, models
    from import_export import resources

    tipos = {"monto": models.DecimalField(max_digits=15, decimal_places=2),
             "pagado": models.DecimalField(max_digits=15, decimal_places=2),
             **{nombre: models.DateField() for nombre in ("firma", "convocatoria", "fallo")},
             **{nombre: models.IntegerField() for nombre in ("ejercicio", "partidas", "anticipo")}}
    meta = type("Meta", (), {"app_label": "medidas"})
    modelo: Any = type("Contrato", (models.Model,), {
        "Meta": meta, "__module__": __name__, **{nombre: tipos.get(nombre) or models.TextField() for nombre in columnas}})
    with connection.schema_editor() as editor:
        editor.create_model(modelo)
    ajustes = type("Meta", (), {
        "model": modelo, "fields": columnas, "import_id_fields": [], "use_bulk": True, "batch_size": 1000, "skip_diff": True,
        "skip_html_diff": True, "report_skipped": False, "force_init_instance": True, "use_transactions": True})
    return type("Importador", (resources.ModelResource,), {"Meta": ajustes})()


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))))
