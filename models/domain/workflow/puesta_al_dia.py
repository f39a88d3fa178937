"""Poner al día un registro sin que nadie lo edite: el formato cambió, un área cambió de nombre, o se descartó un cambio."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import fn

from fracciones_config import TipoCampo
from models.base import Modelo
from models.domain.contexto import ContextoDeSujeto
from models.domain.personales import is_held
from models.domain.validation import Validacion, canonico, de_canonico, validar
from models.domain.workflow.anteriores import keep_contenidos
from models.domain.workflow.conjuntos import ids_of
from models.domain.workflow.contenido import columns_of, personales_of, relink_archivos
from models.domain.workflow.justificacion import keep_motivo
from models.formatos import Tabla, waits
from models.maestros import Area, Organo, Persona

_MAESTROS: dict[TipoCampo, type[Modelo]] = {
    TipoCampo.AREA: Area, TipoCampo.SERVIDOR_PUBLICO: Persona, TipoCampo.ORGANO_COLEGIADO: Organo}

MARGEN = 10_000
"""Milisegundos. Quien guarda lee el nombre del área y luego espera turno: pudo apuntar el viejo después de que cambió."""


def find_viejas(tabla: Tabla, sujeto_id: int, condiciones: Sequence[Any]) -> list[Any]:
    """De las filas que cumplen eso, las guardadas con un formato anterior, o cuyos maestros cambiaron después.

    También las que detiene un dato personal: el teléfono o el correo pueden ser ya los de la institución.
    """
    modelo: Any = tabla.trabajo
    ultimo = _ultimo_cambio_de_maestros(tabla, sujeto_id)
    vieja = (modelo.catalogo != tabla.numero) | (modelo.puesto_al_dia < ultimo + MARGEN) | is_held(modelo)
    return list(modelo.select().where(*condiciones, vieja).order_by(modelo.id))


def refresh(tabla: Tabla, viejas: Sequence[Any]) -> None:
    """Vuelve a validar esas filas, y reescribe las que cambian.

    Se publica el nombre que el área o la persona tienen al aprobar, no el que tenían al capturar.
    """
    if not viejas:
        return
    contexto = ContextoDeSujeto(viejas[0].sujeto_id)
    for fila in viejas:
        validacion = validate_guardado(tabla, fila.contenido, contexto)
        if not _esta_igual(tabla, fila, validacion, contexto):
            rewrite(tabla, fila, validacion, fila.contenido_en, contexto)


def ask_for_refresh(tabla: Tabla) -> None:
    """Lo que espera a alguien, en cualquier institución, se volverá a validar al aprobarlo.

    Al arrancar con un programa más nuevo: lo que él mira (datos personales), en lo de antes nadie lo miró.
    """
    tabla.trabajo.update(puesto_al_dia=0).where(waits(tabla.trabajo)).execute()


def _esta_igual(tabla: Tabla, fila: Any, validacion: Validacion, contexto: ContextoDeSujeto) -> bool:
    """Si volver a escribirla no cambiaría nada, que es casi siempre: cambió otra área. Escribir cuesta más que validar."""
    return bool(fila.catalogo == tabla.numero and fila.faltan == len(validacion.faltan)
                and fila.contenido == canonico(validacion.datos, validacion.vacios)
                and fila.personales == personales_of(tabla, validacion, contexto.propios))


def revert_to_publico(tabla: Tabla, sujeto_id: int, filas: list[Any]) -> dict[int, tuple[int, str]]:
    """Regresa el contenido de trabajo, tal cual, a lo que ve la ciudadanía. Da el (ejercicio, periodo) de cada registro.

    Si un área cambió de nombre o el formato cambió, se pondrá al día cuando se vuelva a aprobar, no ahora.
    """
    publica = tabla.publica
    contexto = ContextoDeSujeto(sujeto_id)
    keep_contenidos(filas)
    copias = {c.id: c for c in publica.select().where(ids_of(publica, sujeto_id, [f.id for f in filas]))}
    for fila in filas:
        copia = copias[fila.id]
        tal_cual = {"contenido": copia.contenido, "catalogo": copia.catalogo, "puesto_al_dia": 0}
        rewrite(tabla, fila, validate_guardado(tabla, copia.contenido, contexto), copia.actualizado_en, contexto, tal_cual)
    return {copia.id: (copia.ejercicio, copia.periodo) for copia in copias.values()}


def validate_guardado(tabla: Tabla, contenido: str, contexto: ContextoDeSujeto) -> Validacion:
    """Valida lo ya guardado. Lo que el formato de hoy ya no admite se conserva y cuenta como faltante: no se pierde."""
    datos, vacios = de_canonico(contenido)
    validacion = validar(tabla.formato, datos, vacios, contexto)
    for nombre in dict.fromkeys(problema.campo for problema in validacion.problemas):
        if nombre in datos:
            validacion.datos[nombre] = datos[nombre]
        validacion.faltan.append(nombre)
    return validacion


def rewrite(
    tabla: Tabla, fila: Any, validacion: Validacion, actualizado_en: int, contexto: ContextoDeSujeto,
    tal_cual: Mapping[str, Any] | None = None,
) -> None:
    """Escribe ese contenido en la fila, sin subir su versión; ``tal_cual`` son las columnas que no salen de él."""
    columnas = columns_of(tabla, validacion, actualizado_en, contexto.propios) | dict(tal_cual or {})
    columnas["personales_motivo"] = keep_motivo(fila, columnas["personales"])
    modelo = tabla.trabajo
    modelo.update(**columnas).where(modelo.sujeto_id == fila.sujeto_id, modelo.id == fila.id).execute()
    relink_archivos(tabla, fila.sujeto_id, fila.id, validacion.datos)


def _ultimo_cambio_de_maestros(tabla: Tabla, sujeto_id: int) -> int:
    tipos = {campo.tipo for campo in tabla.formato.campos} & _MAESTROS.keys()
    cambios = []
    for tipo in tipos:
        maestro = _MAESTROS[tipo]
        cambios.append(maestro.select(fn.MAX(maestro.cambiado_en)).where(maestro.sujeto_id == sujeto_id).scalar() or 0)
    return max(cambios, default=0)
