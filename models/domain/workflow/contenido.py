"""Lo que se escribe en la fila de trabajo cada vez que cambia su contenido: columnas, JSON, índice y lo que falta."""

from typing import Any

from fracciones_config import Formato, TipoCampo
from models.adjuntos import RegistroArchivo
from models.busqueda.normalizador import tokens_de
from models.columnas import a_columna
from models.domain.personales import SIN_PROPIOS, Propios, find_en_datos, to_columna
from models.domain.repetidos import fingerprint
from models.domain.validation import Validacion, canonico
from models.folios import de_folio
from models.formatos import Tabla
from models.presentacion.textos import texto
from models.reloj import ahora


def columns_of(tabla: Tabla, validacion: Validacion, instante: int, propios: Propios = SIN_PROPIOS) -> dict[str, Any]:
    """Las columnas que dependen del contenido, listas para INSERT o UPDATE.

    ``propios`` son los teléfonos y correos de la institución: no cuentan como datos personales. Lo que se capturó con un
    tipo que el campo ya no tiene queda en ``contenido``, y su columna en blanco.
    """
    formato = tabla.formato
    legibles = _legibles(validacion)
    columnas: dict[str, Any] = {
        tabla.columnas[campo.nombre]: a_columna(campo, legibles.get(campo.nombre)) for campo in formato.campos
    }
    return columnas | {
        "ejercicio": validacion.datos.get("ejercicio", 0),
        "periodo": validacion.datos.get("periodo", ""),
        "contenido": canonico(validacion.datos, validacion.vacios),
        "tokens": tokens_de(_textos_buscables(formato, legibles)),
        "huella": fingerprint(validacion.datos, validacion.vacios),
        "personales": personales_of(tabla, validacion, propios),
        "faltan": len(validacion.faltan),
        "catalogo": tabla.numero,
        "contenido_en": instante,
        "puesto_al_dia": ahora(),
    }


def personales_of(tabla: Tabla, validacion: Validacion, propios: Propios) -> str | None:
    """Los datos personales que trae, como se guardan; nulo si no trae."""
    return to_columna(find_en_datos(tabla.formato, _legibles(validacion), propios, validacion.vacios))


def _legibles(validacion: Validacion) -> dict[str, Any]:
    con_problema = {problema.campo for problema in validacion.problemas}
    return {nombre: dato for nombre, dato in validacion.datos.items() if nombre not in con_problema}


def link_archivos(tabla: Tabla, sujeto_id: int, registro_id: int, datos: dict[str, Any]) -> None:
    """Apunta qué archivos usa un registro nuevo."""
    archivos = {de_folio(datos[c.nombre]["id"]) for c in tabla.formato.campos
                if c.tipo is TipoCampo.ARCHIVO and isinstance(datos.get(c.nombre), dict)}
    if archivos:
        RegistroArchivo.insert_many([
            {"sujeto_id": sujeto_id, "registro_id": registro_id, "archivo_id": archivo, "clave": tabla.clave}
            for archivo in sorted(archivos)]).execute()


def relink_archivos(tabla: Tabla, sujeto_id: int, registro_id: int, datos: dict[str, Any]) -> None:
    """Cambia lo apuntado por lo que el registro usa ahora."""
    suyos = (RegistroArchivo.sujeto_id == sujeto_id) & (RegistroArchivo.registro_id == registro_id)
    RegistroArchivo.delete().where(suyos).execute()
    link_archivos(tabla, sujeto_id, registro_id, datos)


def _textos_buscables(formato: Formato, datos: dict[str, Any]) -> list[str]:
    return [texto(campo, datos[campo.nombre]) for campo in formato.campos if campo.se_busca and campo.nombre in datos]
