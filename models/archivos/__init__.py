"""Los archivos adjuntos: se guardan por su SHA-256, se escriben y sincronizan antes que su fila, y nunca se ejecutan."""
