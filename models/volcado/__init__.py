"""El volcado: todo lo público en un .zip que es un paquete de datos (Frictionless Data Package), hecho cada noche.

``redaccion`` escribe el paquete en cualquier archivo; ``deposito`` guarda el último y ``taller`` los junta: aparta el lugar,
mira si cabe y cambia el de ayer por el de hoy de una sola vez.
"""
