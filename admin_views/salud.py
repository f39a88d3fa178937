"""``/salud``: para el vigilante del servidor. Dice si se puede leer y escribir; no dice nada más."""

from flask import Blueprint, Response, jsonify

from models.base import db
from models.domain.catalogo_vigente import vigente

bp = Blueprint("salud", __name__)


@bp.get("/salud")
def salud() -> tuple[Response, int]:
    """200 si la base responde y hay catálogo; 503 si no."""
    try:
        db.connect(reuse_if_open=True)
        db.execute_sql("SELECT 1")
        return jsonify(estado="bien", catalogo=vigente.foto.numero), 200
    except Exception:
        return jsonify(estado="mal"), 503
