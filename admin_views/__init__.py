"""La oficina: lo que ven los servidores públicos, en ``/ipo``. Nunca importa al portal."""

from admin_views.oficina import create_oficina

__all__ = ["create_oficina"]
