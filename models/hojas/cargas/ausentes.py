"""Lo que el libro no trae no se borra: en un renglón con folio, el campo sin columna se queda con lo que el registro decía."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.domain.contexto import ContextoDeSujeto
from models.domain.errores import ActoImposible
from models.domain.personales import read_propios
from models.domain.protegidos import CAUSA, Protegido, has_protegidos, keep_protegidos
from models.domain.validation import canonico, de_canonico, validar
from models.domain.workflow.contenido import columns_of
from models.folios import de_folio
from models.formatos import Tabla
from models.hojas.revision.anaqueles import quote
from models.hojas.revision.apuntes import SIN_PROTEGER

_YA_NO = ("El libro no trae la columna «{}» y lo que el registro dice en ella ya no se admite: {} Agregue la columna, o "
          "corríjalo en la pantalla.")
_DEL_RENGLON = ("ejercicio", "periodo", "faltan", "contenido", "tokens", "huella", "personales")


class Ausentes:
    """Completa los renglones de un libro al que le faltan columnas. ``campos`` son las que faltan."""

    def __init__(self, tabla: Tabla, sujeto_id: int, base: Any) -> None:
        faltan = base.execute("SELECT c.campo FROM columna c JOIN hoja h ON h.nombre = c.hoja WHERE h.clase = 'principal' "
                              "AND c.posicion IS NULL AND c.campo IS NOT NULL").fetchall()
        self.campos = [str(campo) for (campo,) in faltan if campo in tabla.formato.por_nombre]
        self._tabla, self._base = tabla, base
        self._contexto, self._propios = ContextoDeSujeto(sujeto_id), read_propios(sujeto_id)

    def touches(self, contenido: str, previo: str) -> bool:
        """Si hay que completar el renglón: al libro le faltan columnas, o el registro o el renglón traen datos protegidos."""
        return bool(self.campos) or has_protegidos(previo) or f'"causa":"{CAUSA}"' in contenido

    def complete(self, fila: int, contenido: str, previo: str) -> tuple[str, int]:
        """Deja el renglón entero en el expediente; da su contenido y su huella. Lanza ``ActoImposible`` si no se puede."""
        (datos, vacios), (antes, vacios_antes) = de_canonico(contenido), de_canonico(previo)
        for campo in self.campos:
            for ahora, entonces in ((datos, antes), (vacios, vacios_antes)):
                ahora.pop(campo, None)
                if campo in entonces:
                    ahora[campo] = entonces[campo]  # type: ignore[assignment]
        self._take_protegidos(datos, vacios, vacios_antes)
        validacion = validar(self._tabla.formato, datos, vacios, self._contexto)
        for problema in validacion.problemas:
            raise ActoImposible(_YA_NO.format(self._tabla.formato.por_nombre[problema.campo].etiqueta, problema.mensaje))
        columnas = columns_of(self._tabla, validacion, 0, self._propios)
        area = validacion.datos.get("area_responsable")
        self._write(fila, columnas | {"area_id": de_folio(str(area["id"])) if isinstance(area, dict) else None})
        return canonico(validacion.datos, validacion.vacios), int(columnas["huella"])

    def _take_protegidos(self, datos: dict[str, Any], vacios: dict[str, Any], antes: dict[str, Any]) -> None:
        """Donde el libro dice «Dato protegido», o nada, sigue protegido lo que ya lo estaba."""
        for campo in [campo for campo, vacio in vacios.items() if vacio["causa"] == CAUSA and not isinstance(vacio, Protegido)]:
            if not isinstance(antes.get(campo), Protegido):
                raise ActoImposible(SIN_PROTEGER.format(self._tabla.formato.por_nombre[campo].etiqueta))
            del vacios[campo]
        keep_protegidos(datos, vacios, antes)

    def _write(self, fila: int, columnas: dict[str, Any]) -> None:
        nombres = [*_DEL_RENGLON, "area_id", *(c for c in self._tabla.columnas.values() if c not in _DEL_RENGLON)]
        dichos = [columnas[nombre] for nombre in nombres]
        valores = [dicho.isoformat() if isinstance(dicho, dt.date) else dicho for dicho in dichos]
        cambia = ", ".join(f"{quote(nombre)} = ?" for nombre in nombres)
        self._base.execute(f"UPDATE renglon SET {cambia} WHERE fila = ?", (*valores, fila))
