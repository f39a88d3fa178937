"""Suprimir un dato personal que se publicó por error: qué ordena el acta, qué alcanza y qué rastros hay que limpiar.

Escribir en los registros le toca a ``models.domain.workflow.supresion``; aquí están las reglas y lo que no es un registro.
"""
