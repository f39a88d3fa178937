"""El tablero del órgano garante: cómo van todas las instituciones, de un vistazo."""

from __future__ import annotations

from flask import g, render_template, request

from admin_views.identidad import actor
from admin_views.sujetos import read_pedido
from models.domain.tablero_del_garante import DE_ENTRADA, read_board
from models.domain.tramos import cut_tramo
from models.presentacion.poderes import PODERES
from models.reloj import hoy


def show_tablero() -> str:
    """La lista que se pide, por páginas, con los totales de todo lo pedido."""
    pedido = read_pedido(request.args)
    filas = read_board(actor(), g.foto.catalogo, pedido, hoy())
    tramo = cut_tramo(filas, lambda fila: str(fila.sujeto.siglas), request.args.get("desde"))
    cubiertas, exigibles = sum(f.cubiertas for f in filas), sum(f.exigibles for f in filas)
    return render_template(
        "tablero_garante.html", tramo=tramo, pedido=pedido, PODERES=PODERES, orden=pedido.orden or DE_ENTRADA,
        porcentaje=100 * cubiertas // exigibles if exigibles else 100, cubiertas=cubiertas, exigibles=exigibles,
        vencidas=sum(f.vencidas for f in filas), por_vencer=sum(f.por_vencer for f in filas),
        calladas=sum(1 for f in filas if not f.ultima))
