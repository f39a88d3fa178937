"""Las consultas que a propósito no nombran a un sujeto obligado, y por qué. Lo demás es una falta (``vigilancia.py``)."""

GLOBALES: dict[str, str] = {
    "models.trabajos.cola:take":
        "El trabajador atiende a todas las instituciones: toma el trabajo más antiguo, sea de quien sea. Lo que haga después "
        "ya nombra al sujeto del trabajo.",
}
"""``modulo:funcion`` → razón. Vale para lo que esa función pregunte, y para lo que pregunten las que ella llama."""
