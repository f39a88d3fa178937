"""Las observaciones: algo por corregir, atado a un formato, a un registro o a un campo, con fecha para atenderlo.

Se abre, quien lo lleva contesta (y queda atendida), y la cierra quien la hizo, que también puede reabrirla con un motivo.
Cada una es además una conversación del buzón (``models.domain.mensajes``).
"""
