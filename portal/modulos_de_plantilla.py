"""Las piezas que unas plantillas toman de otras (``{% from "_piezas.html" import migas %}``) se arman una sola vez."""

from __future__ import annotations

from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class Plantilla(Template):
    """La de Jinja, que en cada ``import`` de cada página comparaba todos los nombres globales de las dos plantillas.

    Aquí todas tienen los mismos: los de su ambiente. Era la vigésima parte de la página de un formato.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module(None)
