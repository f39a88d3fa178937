"""Todo lo que sale en archivo: CSV para programas, CSV para Excel, libro de Excel, JSON y el paquete de todos los CSV.

Lo usan por igual la lista de la oficina, el portal y la orden ``exportar``. Quien pide trae los renglones
(``renglones.Bloque``), leídos con lo que esa persona puede ver; aquí solo se escriben, por bloques y por columnas: la memoria
no crece con la tabla.
"""
