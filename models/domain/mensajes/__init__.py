"""Los mensajes: quién le escribe a quién, las conversaciones, la bandeja, los avisos del sistema y las observaciones.

Los destinatarios quedan fijos al enviar: quien llega después no ve lo anterior, salvo lo que un relevo le entrega.
"""
