"""Llenar el organigrama y el directorio desde Excel: el plan de lo que pasaría, y cargarlo."""
