"""Cargas para las pruebas: el expediente se llena aquí mismo, renglón por renglón, sin abrir ningún libro de verdad.

Lo que lee libros tiene sus propias pruebas; estas son de lo que pasa después. ``leer`` hace lo que haría el proceso lector.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from models.base import db
from models.cargas import Carga
from models.domain.contexto import ContextoDeSujeto
from models.domain.lectores.crudo import plegar
from models.domain.personales import find_en_datos
from models.domain.validation import validar
from models.domain.workflow.contenido import columns_of
from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.hojas.cargas import confirm_carga, read_resumen, receive_libro
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.oficio import do_cargar
from models.hojas.cargas.pedido import read_archivos
from models.hojas.cargas.revisar import conclude
from models.hojas.cargas.situaciones import Situacion, move
from models.hojas.revision.anaqueles import FIJAS
from models.hojas.revision.expediente import BAJA, BUENO, MALO, Expediente
from models.reloj import ahora
from models.tareas import Trabajo
from tests.elenco import CLAVE, Casa, Persona


@dataclass(frozen=True)
class Renglon:
    """Un renglón del libro: lo tecleado y, si es de un registro que ya está, su folio y la versión que el libro vio.

    ``archivos``: campo → el nombre que dice su celda.
    """

    crudo: Mapping[str, Any]
    registro: int | None = None
    version: int | None = None
    baja: str | None = None
    archivos: Mapping[str, str] = field(default_factory=dict)


def subir(casa: Casa, persona: Persona, *renglones: Renglon | Mapping[str, Any], nombre: str = "convenios.xlsx",
          clave: str = CLAVE) -> Carga:
    """La persona sube un libro con esos renglones y espera a que se revise."""
    tabla = casa.tabla(clave)
    original = BytesIO(f"ejercicio,periodo\n2026,{nombre}\n".encode())
    carga = receive_libro(persona.actor, tabla, carpeta.almacen, nombre, original, {})
    return revisar(persona, tabla, carga, *renglones)


def revisar(persona: Persona, tabla: Tabla, carga: Carga, *renglones: Renglon | Mapping[str, Any]) -> Carga:
    """Lo que haría el trabajador con la revisión encargada."""
    _dar_por_hecho(carga)
    assert move(carga, (Situacion.RECIBIDA,), Situacion.REVISANDO)
    leer(tabla, carga, [uno if isinstance(uno, Renglon) else Renglon(uno) for uno in renglones])
    conclude(persona.actor, tabla, carga, {"forma": "xlsx", "segundos": 0.1}, ahora())
    return carga


def leer(tabla: Tabla, carga: Carga, renglones: list[Renglon]) -> None:
    """Llena el expediente."""
    contexto, llegados = ContextoDeSujeto(carga.sujeto_id), read_archivos(carga)
    fisicas = [columna for columna in tabla.columnas.values() if columna not in ("ejercicio", "periodo")]
    with Expediente.create(carpeta.ruta_de(carga), fisicas) as expediente:
        expediente.add("hoja", [(0, "Convenios", "principal")])
        expediente.add("columna", [("Convenios", 0, "A", "folio", "folio", None, "id")])
        for fila, renglon in enumerate(renglones, start=3):
            hallados = {campo: llegados.get(plegar(nombre)) for campo, nombre in renglon.archivos.items()}
            crudo = dict(renglon.crudo) | {campo: dato for campo, dato in hallados.items() if dato}
            expediente.add("archivo", [(fila, campo, f"M{fila}", nombre, (dato := hallados[campo]) and de_folio(dato["id"]))
                                       for campo, nombre in renglon.archivos.items()])
            expediente.add("hallazgo", [(fila, "Convenios", None, uno.campo, uno.clase, uno.oculto, uno.politica)
                                        for uno in find_en_datos(tabla.formato, renglon.crudo)])
            expediente.add_renglones([_fila(tabla, fila, renglon, crudo, contexto, fisicas)])
        expediente.seal({})


def _fila(tabla: Tabla, fila: int, renglon: Renglon, crudo: dict[str, Any], contexto: ContextoDeSujeto,
          fisicas: list[str]) -> list[Any]:
    validacion = validar(tabla.formato, crudo, {}, contexto)
    columnas = columns_of(tabla, validacion, 0)
    area = validacion.datos.get("area_responsable")
    propias = columnas | {
        "fila": fila, "accion": BAJA if renglon.baja else MALO if validacion.problemas else BUENO,
        "folio": renglon.registro and a_folio(renglon.registro), "registro_id": renglon.registro, "version": renglon.version,
        "baja_motivo": renglon.baja, "area_id": de_folio(area["id"]) if isinstance(area, dict) else None, "causa": None}
    return [propias.get(nombre) for nombre in (*FIJAS, *fisicas)]


def cargar(persona: Persona, carga: Carga, solo_buenos: bool = False) -> Carga:
    """La persona confirma, y el trabajador carga."""
    confirm_carga(persona.actor, carga, solo_buenos=solo_buenos)
    list(do_cargar(Trabajo.get(Trabajo.id == carga.trabajo_id)))
    _dar_por_hecho(carga)
    return releer(carga)


def releer(carga: Carga) -> Carga:
    return Carga.get(Carga.sujeto_id == carga.sujeto_id, Carga.id == carga.id)


def cuentas(carga: Carga) -> dict[str, int]:
    """Del resumen, lo que no es cero."""
    return {nombre: n for nombre, n in read_resumen(carga).items()
            if nombre in ("nuevos", "cambian", "iguales", "bajas", "malos", "por_corregir", "incompletos") and n}


def causas(carga: Carga) -> list[tuple[str, str | None]]:
    """``(accion, causa)`` de cada renglón."""
    with Expediente.open(carpeta.ruta_de(carga)) as expediente:
        return [(fila["accion"], fila["causa"]) for fila in expediente.iter_renglones()]


def _dar_por_hecho(carga: Carga) -> None:
    Trabajo.update(estado="terminado").where(Trabajo.id == carga.trabajo_id).execute()
    assert not db.in_transaction()
