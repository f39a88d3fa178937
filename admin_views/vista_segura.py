"""La vista base: lo único de Flask-Admin que se usa, con cada puerta acotada a lo que la persona puede.

Tal como viene, el soporte de Peewee solo filtra la lista: detalles, edición, borrado y búsquedas por AJAX alcanzan filas
de otros (se probaron 27 puertas). Aquí cada fila sale de ``condiciones`` y lo que no se usa no tiene ruta.
"""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, url_for
from flask_admin.contrib.peewee import ModelView
from peewee import Select

from admin_views.identidad import actor
from models.base import Modelo
from models.domain.permissions import Accion, Actor, condiciones, puede_en_formato
from models.folios import a_folio, de_folio
from models.formatos import Tabla


class VistaSegura(ModelView):  # type: ignore[misc]
    """Vista de un formato. No se registra con ``add_view``: ``despacho`` le pasa las peticiones."""

    can_delete = False
    can_export = False
    can_view_details = True
    column_display_pk = False
    column_editable_list = None
    inline_models = None
    form_ajax_refs = None
    column_filters = None
    column_searchable_list = None
    action_disallowed_list = ("delete",)
    page_size = 50
    can_set_page_size = False

    def __init__(self, tabla: Tabla, admin: Any) -> None:
        self.tabla = tabla
        columnas = [tabla.columnas[campo.nombre] for campo in tabla.formato.en_lista()]
        self.column_list = columnas
        self.column_details_list = columnas
        self.form_columns: list[str] = []
        super().__init__(tabla.trabajo, name=tabla.formato.nombre_corto, endpoint="formato")
        self.admin = admin

    # --- lo que Flask-Admin pregunta antes de cada cosa -------------------------------------------------------

    def is_accessible(self) -> bool:
        return self._puede(Accion.VER)

    @property
    def can_create(self) -> bool:
        return self._puede(Accion.CAPTURAR)

    @property
    def can_edit(self) -> bool:
        return self._puede(Accion.EDITAR)

    def is_action_allowed(self, name: str) -> bool:
        return False

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:
        abort(404)

    def handle_view_exception(self, exc: Exception) -> bool:
        return False

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """Llama una sola vez: el de fábrica reintenta todo TypeError y esconde la causa."""
        return fn(self, *args, **kwargs)

    # --- filas: siempre acotadas --------------------------------------------------------------------------------

    def get_query(self) -> Select:
        return self.acotada(Accion.VER)

    def acotada(self, accion: Accion) -> Select:
        """Las filas sobre las que la persona tiene ``accion``."""
        return self.tabla.trabajo.select().where(*condiciones(self.actor, accion, self.tabla))

    def get_one(self, id: str) -> Modelo | None:
        return self.one(id, Accion.VER)

    def one(self, folio: str | None, accion: Accion) -> Modelo | None:
        """La fila de un folio si la persona tiene ``accion`` sobre ella; si no, ``None``, exista o no."""
        try:
            identificador = de_folio(folio or "")
        except ValueError:
            return None
        return self.acotada(accion).where(self.tabla.trabajo.id == identificador).first()  # type: ignore[no-any-return]

    def get_pk_value(self, model: Modelo) -> str:
        return a_folio(model.id)

    def create_model(self, form: Any) -> bool:
        raise NotImplementedError("Se captura con models.domain.workflow.guardar.")

    def update_model(self, form: Any, model: Modelo) -> bool:
        raise NotImplementedError("Se edita con models.domain.workflow.guardar.")

    def delete_model(self, model: Modelo) -> bool:
        raise NotImplementedError("Se borra con models.domain.workflow.aplicar.")

    # --- lo que Flask-Admin construye al nacer y aquí no hace falta -----------------------------------------------

    def scaffold_form(self) -> Any:
        return self.form_base_class

    def scaffold_filters(self, name: Any) -> None:
        return None

    def init_search(self) -> bool:
        return False

    # --- ayudas ---------------------------------------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        return actor()

    def _puede(self, accion: Accion) -> bool:
        sujeto_id = self.actor.sujeto_id
        return (sujeto_id is not None and self.tabla.clave in self.actor.claves
                and puede_en_formato(self.actor, accion, sujeto_id, self.tabla.clave))

    def get_url(self, endpoint: str, **kwargs: Any) -> str:
        if endpoint.startswith("."):
            return url_for(f"formato{endpoint}", clave=self.tabla.clave, **kwargs)
        return super().get_url(endpoint, **kwargs)  # type: ignore[no-any-return]

    def render(self, template: str, **kwargs: Any) -> str:
        """Las plantillas de la casa reciben la vista, el formato y la foto; no el contexto de Flask-Admin."""
        return render_template(template, vista=self, tabla=self.tabla, formato=self.tabla.formato, foto=g.foto, **kwargs)
