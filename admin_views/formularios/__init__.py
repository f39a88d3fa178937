"""El formulario de un formato: lo que la persona tecleó, los controles y lo que vuelve si algo no se pudo guardar."""
