"""Toda ruta de la oficina, clasificada. Una que no esté aquí no existe: responde 404 y una prueba falla.

Las clases: ``abierta`` (sin sesión), ``persona`` (cualquier cuenta), ``cuentas`` (quien lleva cuentas de otros, y solo
las suyas: ``models.domain.personal``), ``garante`` (quien tiene esa acción sobre todas las instituciones o, sin acción,
cualquiera del órgano garante; a los demás la puerta les contesta 404) y ``registro`` (además, el permiso que se nombra, sobre
el formato y el registro de la dirección). ``docs/matriz_acceso.csv`` dice lo mismo a mano, y una prueba los compara.
"""

from typing import NamedTuple

from models.domain.permissions import Accion


class Clase(NamedTuple):
    """La clase de una ruta y, si es de registros, la acción que exige."""

    nombre: str
    permiso: Accion | None = None


ABIERTA, PERSONA, CUENTAS = Clase("abierta"), Clase("persona"), Clase("cuentas")


def _registro(accion: Accion) -> Clase:
    return Clase("registro", accion)


def _garante(accion: Accion | None = None) -> Clase:
    return Clase("garante", accion)


CLASES: dict[str, Clase] = {
    "salud.salud": ABIERTA,
    "estatico.archivo": ABIERTA,
    "entrada.entrar": ABIERTA,
    "entrada.salir": PERSONA,
    "entrada.contrasena": PERSONA,
    "tablero.tablero": PERSONA,
    "tablero.revision": PERSONA,
    "tablero.faltantes": PERSONA,
    "tablero.formatos": PERSONA,
    "avance.avance": PERSONA,
    "avance.estado": PERSONA,
    "avance.cancelar": PERSONA,
    "avance.deshacer": PERSONA,
    "acuses.lista": PERSONA,
    "acuses.acuse": PERSONA,
    "usuarios.lista": CUENTAS,
    "usuarios.nuevo": CUENTAS,
    "usuarios.ficha": CUENTAS,
    "usuarios.encargo": CUENTAS,
    "usuarios.acto": CUENTAS,
    "usuarios.relevo": CUENTAS,
    "sujetos.lista": _garante(),
    "sujetos.ficha": _garante(),
    "verificacion.formatos": _garante(Accion.VERIFICAR),
    "verificacion.lista": _garante(Accion.VERIFICAR),
    "verificacion.registro": _garante(Accion.VERIFICAR),
    "verificacion.lecturas": PERSONA,
    "sellados.lista": _garante(Accion.ABRIR_SELLADO),
    "sellados.abrir": _garante(Accion.ABRIR_SELLADO),
    "aplicabilidad.tabla": _garante(),
    "aplicabilidad.de_una": _garante(Accion.ADMINISTRAR_CATALOGO),
    "aplicabilidad.prorrogas": _garante(Accion.ADMINISTRAR_CATALOGO),
    "aplicabilidad.revocar": _garante(Accion.ADMINISTRAR_CATALOGO),
    "padron_excel.plantilla": _garante(Accion.ADMINISTRAR_SUJETOS),
    "padron_excel.importar": _garante(Accion.ADMINISTRAR_SUJETOS),
    "padron_excel.confirmar": _garante(Accion.ADMINISTRAR_SUJETOS),
    "padron_excel.cartas": _garante(Accion.ADMINISTRAR_SUJETOS),
    "sujetos.nuevo": _garante(Accion.ADMINISTRAR_SUJETOS),
    "sujetos.editar": _garante(Accion.ADMINISTRAR_SUJETOS),
    "sujetos.acto": _garante(Accion.ADMINISTRAR_SUJETOS),
    "sujetos.desbloquear": _garante(Accion.DAR_SOPORTE),
    "sesion.estado": ABIERTA,
    "sesion.seguir": PERSONA,
    "cargas.lista": PERSONA,
    "archivos_pendientes.lista": PERSONA,
    "archivos_pendientes.de_formato": _registro(Accion.EDITAR),
    "borradores.lista": PERSONA,
    "borradores.guardar": _registro(Accion.CAPTURAR),
    "borradores.descartar": PERSONA,
    "presencia.latir": _registro(Accion.EDITAR),
    "configuracion.configuracion": PERSONA,
    "configuracion.logo": PERSONA,
    "recordatorios.recordar": PERSONA,
    "observaciones.lista": PERSONA,
    "observaciones.nueva": PERSONA,
    "observaciones.ficha": PERSONA,
    "observaciones.seguir": PERSONA,
    "mensajes.bandeja": PERSONA,
    "mensajes.nuevo": PERSONA,
    "mensajes.leer": PERSONA,
    "mensajes.responder": PERSONA,
    "mensajes.sin_leer": PERSONA,
    "mensajes.leer_todo": PERSONA,
    "mensajes.preferencias": PERSONA,
    "copia.copiar": _registro(Accion.CAPTURAR),
    "ausencias.lista": PERSONA,
    "ausencias.proponer": _registro(Accion.CAPTURAR),
    "ausencias.decidir": _registro(Accion.PUBLICAR),
    "ayuda.entrar": ABIERTA,
    "ayuda.tema": PERSONA,
    "ayuda.manual": PERSONA,
    "ayuda.captura": PERSONA,
    "primeros_pasos.pagina": PERSONA,
    "sin_cambios.lista": PERSONA,
    "sin_cambios.decidir": _registro(Accion.PUBLICAR),
    "organigrama.arbol": _registro(Accion.VER),
    "organigrama.mover": _registro(Accion.CAPTURAR),
    "organigrama.quitar": _registro(Accion.CAPTURAR),
    "organigrama.reactivar": _registro(Accion.CAPTURAR),
    "directorio.lista": _registro(Accion.VER),
    "directorio.baja": _registro(Accion.CAPTURAR),
    "directorio.reactivar": _registro(Accion.CAPTURAR),
    "importacion.plantilla": _registro(Accion.CAPTURAR),
    "importacion.importar": _registro(Accion.CAPTURAR),
    "importacion.confirmar": _registro(Accion.CAPTURAR),
    "organos.lista": _registro(Accion.VER),
    "organos.ficha": _registro(Accion.VER),
    "organos.nuevo": _registro(Accion.CAPTURAR),
    "organos.datos": _registro(Accion.CAPTURAR),
    "organos.acto": _registro(Accion.PUBLICAR),
    "organos.baja": _registro(Accion.RETIRAR),
    "organos_partes.parte": _registro(Accion.CAPTURAR),
    "organos_partes.quitar": _registro(Accion.CAPTURAR),
    "organos_partes.acta": _registro(Accion.VER),
    "formato.index_view": _registro(Accion.VER),
    "formato.details_view": _registro(Accion.VER),
    "formato.historial": _registro(Accion.VER),
    "formato.version": _registro(Accion.VER),
    "formato.exportar": _registro(Accion.VER),
    "formato.sipot": _registro(Accion.PUBLICAR),
    "formato.exportar_en": _registro(Accion.VER),
    "formato.archivo": _registro(Accion.VER),
    "formato.create_view": _registro(Accion.CAPTURAR),
    "formato.edit_view": _registro(Accion.EDITAR),
    "formato.revision": _registro(Accion.REVISAR),
    "formato.acciones": _registro(Accion.VER),
    "formato.deshacer": _registro(Accion.VER),
    "formato.justificar": _registro(Accion.EDITAR),
    "formato.suprimir": _registro(Accion.SUPRIMIR),
    "formato.confirmar": _registro(Accion.VER),
    "formato.traer": _registro(Accion.CAPTURAR),
    "formato.plantilla": _registro(Accion.CAPTURAR),
    "formato.cargar": _registro(Accion.CAPTURAR),
    "formato.carga": _registro(Accion.CAPTURAR),
    "formato.carga_estado": _registro(Accion.CAPTURAR),
    "formato.carga_errores": _registro(Accion.CAPTURAR),
    "formato.carga_acto": _registro(Accion.CAPTURAR),
}
"""endpoint → clase. ``acciones`` y ``confirmar`` exigen además la del acto que se pide (``workflow.aplicar``); 
``version``, la de editar para restaurarla; ``deshacer``, la del acto que se deshace."""
