"""Las cargas: lo que le pasa a un libro desde que alguien lo sube hasta que sus renglones son registros (o se deshace).

``receive_libro`` lo recibe y lo manda a revisar; la persona ve el expediente, acepta correcciones y agrega archivos;
``confirm_carga`` lo manda cargar, todo o nada. El trabajo largo lo hace el trabajador (``revision`` y ``volcado``).
"""

from models.hojas.cargas.adjuntar import attach_archivos, read_reparto
from models.hojas.cargas.consulta import PaginaDeCargas, find_carga, list_cargas, open_expediente, read_opciones, read_resumen
from models.hojas.cargas.decisiones import accept_correcciones, cancel_carga, confirm_carga, resume_carga
from models.hojas.cargas.deshacer import Deshecha, undo_carga
from models.hojas.cargas.recepcion import receive_libro
from models.hojas.cargas.reparto import Reparto
from models.hojas.cargas.zips import Subido

__all__ = ["Deshecha", "PaginaDeCargas", "Reparto", "Subido", "accept_correcciones", "attach_archivos", "cancel_carga",
           "confirm_carga", "find_carga", "list_cargas", "open_expediente", "read_opciones", "read_reparto", "read_resumen",
           "receive_libro", "resume_carga", "undo_carga"]
