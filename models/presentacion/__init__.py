"""Cómo lee una persona cada cosa: cantidades, fechas y datos de cada tipo, en el español de México.

Lo usan por igual la ventanilla interna y el portal. Aquí no hay HTML: quien pinta la página escapa el texto.
"""
