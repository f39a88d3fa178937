"""Lo único que el portal ciudadano recibe: ``Publicados``, que solo puede ver tablas ``pub_…``. Aquí no hay Flask."""

from models.publicados.archivos import ArchivoPublico
from models.publicados.facetas import Facetas
from models.publicados.filtros import CAMPOS_FILTRABLES, Filtro, Orden
from models.publicados.hallazgos import Busqueda, Hallazgo, Hallazgos, OrdenDeHallazgos, Tras
from models.publicados.instituciones import Institucion
from models.publicados.obligaciones import Obligacion, SinCambios, SinInformacion, Situacion
from models.publicados.organos import OrganoPublico
from models.publicados.paginas import Cursor, Pagina
from models.publicados.panorama import Conteo, Novedad, Panorama
from models.publicados.publicados import Publicados
from models.publicados.registros import FilaPublica, Lapida, Registro
from models.publicados.resumenes import ResumenDeEjercicio, ResumenDeFormato

__all__ = [
    "CAMPOS_FILTRABLES", "ArchivoPublico", "Busqueda", "Conteo", "Cursor", "Facetas", "FilaPublica", "Filtro", "Hallazgo",
    "Hallazgos", "Institucion", "Lapida", "Novedad", "Obligacion", "Orden", "OrdenDeHallazgos", "OrganoPublico", "Pagina",
    "Panorama", "Publicados", "Registro", "ResumenDeEjercicio", "ResumenDeFormato", "SinCambios", "SinInformacion",
    "Situacion", "Tras",
]
