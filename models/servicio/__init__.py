"""Lo que el proceso necesita para servir, sin Flask: entorno, bitácora técnica, puerta de entrada y apagado."""
