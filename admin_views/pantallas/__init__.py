"""Una pantalla por módulo: recibe la vista del formato y responde."""
