"""La marca de una copia: va en ``envio``, que no se repite en una institución, así que copiar dos veces es copiar una."""

from typing import Any

from peewee import fn

from models.domain.estados import Estado


def copy_mark(registro_id: int, ejercicio: int, periodo: str) -> str:
    """De qué registro se copia y a qué periodo."""
    return f"copia:{registro_id}:{ejercicio}{periodo}"


def is_untouched_copy(fila: Any) -> bool:
    """Si es una copia que nadie ha revisado ni editado. Ir a la papelera y volver, o devolverla y deshacerlo, no es verla."""
    return bool(fila.envio and fila.envio.startswith("copia:") and fila.estado == Estado.CAPTURADO
                and fila.contenido_en == fila.creado_en and not fila.numero_publico)


def not_untouched_copy(modelo: Any) -> Any:
    """Lo contrario, de toda una tabla: la condición de los registros que no son copias intactas."""
    return ((fn.SUBSTR(fn.COALESCE(modelo.envio, ""), 1, 6) != "copia:") | (modelo.estado != str(Estado.CAPTURADO))
            | (modelo.contenido_en != modelo.creado_en) | (modelo.numero_publico != 0))
