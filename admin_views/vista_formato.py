"""Las pantallas de un formato: lista, formulario, detalle, historial, actos y descarga. Todas salen de su declaración."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin_views.pantallas import (
    actos,
    archivo,
    captura,
    carga,
    carga_actos,
    carga_errores,
    cargar,
    deshacer,
    detalle,
    exportacion,
    lista,
    personales,
    plantilla,
    proyeccion,
    revision,
    sipot,
    suprimir,
    versiones,
)
from admin_views.vista_segura import VistaSegura


class VistaFormato(VistaSegura):
    """La vista de un formato. Cada pantalla vive en su módulo de ``admin_views/pantallas``."""

    @expose("/")  # Flask-Admin exige una vista de inicio; las rutas de verdad están en ``despacho.RUTAS``
    def index_view(self) -> ResponseReturnValue:
        return lista.show(self)

    def create_view(self) -> ResponseReturnValue:
        return captura.create(self)

    def edit_view(self) -> ResponseReturnValue:
        return captura.edit(self)

    def details_view(self) -> ResponseReturnValue:
        return detalle.show(self)

    def historial(self) -> ResponseReturnValue:
        return detalle.show_historial(self)

    def version(self) -> ResponseReturnValue:
        return versiones.show(self)

    def revision(self) -> ResponseReturnValue:
        return revision.review(self)

    def acciones(self) -> ResponseReturnValue:
        return actos.freeze(self)

    def deshacer(self) -> ResponseReturnValue:
        return deshacer.undo_acto(self)

    def justificar(self) -> ResponseReturnValue:
        return personales.say_why(self)

    def suprimir(self) -> ResponseReturnValue:
        return suprimir.show(self)

    def confirmar(self, lote: str) -> ResponseReturnValue:
        return actos.confirm(self, lote)

    def exportar(self) -> ResponseReturnValue:
        return exportacion.send(self)

    def exportar_en(self, forma: str) -> ResponseReturnValue:
        return exportacion.send(self, forma)

    def sipot(self) -> ResponseReturnValue:
        return sipot.download(self)

    def archivo(self, folio: str) -> ResponseReturnValue:
        return archivo.download(self, folio)

    def traer(self) -> ResponseReturnValue:
        return proyeccion.bring(self)

    def plantilla(self) -> ResponseReturnValue:
        return plantilla.download(self)

    def cargar(self) -> ResponseReturnValue:
        return cargar.receive(self)

    def carga(self, folio: str) -> ResponseReturnValue:
        return carga.show(self, folio)

    def carga_estado(self, folio: str) -> ResponseReturnValue:
        return carga.show_estado(self, folio)

    def carga_errores(self, folio: str) -> ResponseReturnValue:
        return carga_errores.download(self, folio)

    def carga_acto(self, folio: str, acto: str) -> ResponseReturnValue:
        return carga_actos.decide(self, folio, acto)
