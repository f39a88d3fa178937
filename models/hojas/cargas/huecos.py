"""Los archivos que el libro nombra y que no llegaron con él, pero ya están: en el propio registro, o en el portal.

Quien baja la plantilla llena y la vuelve a subir no manda otra vez los PDF: su celda dice el nombre del que ya tiene.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from models.adjuntos import Archivo, PubArchivo
from models.domain.faltantes import find_faltantes
from models.domain.lectores.crudo import plegar
from models.domain.permissions import Accion, Actor, condiciones
from models.domain.repetidos import fingerprint
from models.domain.validation import canonico, de_canonico
from models.folios import a_folio, de_folio
from models.formatos import Tabla
from models.hojas.cargas.carpeta import carpeta
from models.hojas.cargas.conjuntos import any_of, in_chunks
from models.sujetos import SiglasAnteriores, SujetoObligado

Dato = Mapping[str, Any]
"""El de un archivo: ``id``, ``nombre``, ``bytes``, ``sha256`` y ``tipo``."""

TROZO = 1000


def fill_huecos(actor: Actor, tabla: Tabla, base: Any, llegados: Mapping[str, Dato]) -> None:
    """Pone en los renglones los archivos que nombran y ya están. Solo mira los renglones a los que les falta alguno.

    ``llegados`` son los que vinieron junto al libro, por su nombre plegado: alguno pudo llegar mientras se leía.
    """
    faltan: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for fila, campo, nombre in base.execute("SELECT fila, campo, nombre FROM archivo WHERE archivo_id IS NULL").fetchall():
        faltan[fila].append((campo, nombre))
    if not faltan:
        return
    por_direccion = _by_direccion(actor.sujeto_id or 0, {nombre for suyos in faltan.values() for _, nombre in suyos})
    for trozo in in_chunks(sorted(faltan), TROZO):
        previos = _previos(actor, tabla, base, trozo)
        base.execute("BEGIN")
        for fila in trozo:
            suyos = {campo: llegados.get(plegar(nombre)) or por_direccion.get(nombre)
                     or _same_file(previos.get(fila, {}).get(campo), nombre) for campo, nombre in faltan[fila]}
            hallados = {campo: dato for campo, dato in suyos.items()
                        if dato and dato["tipo"] in tabla.formato.por_nombre[campo].acepta}
            if hallados:
                put_archivos(tabla, base, fila, hallados)
        base.execute("COMMIT")


def put_archivos(tabla: Tabla, base: Any, fila: int, hallados: Mapping[str, Dato]) -> None:
    """Completa un renglón del expediente con esos archivos, como si su celda los hubiera traído."""
    renglon = base.execute("SELECT contenido FROM renglon WHERE fila = ? AND contenido IS NOT NULL", (fila,)).fetchone()
    if renglon is None:
        return
    datos, vacios = de_canonico(renglon[0])
    datos = {**datos, **{campo: dict(dato) for campo, dato in hallados.items()}}
    columnas: dict[str, Any] = {tabla.columnas[campo]: de_folio(dato["id"]) for campo, dato in hallados.items()}
    columnas |= {"contenido": canonico(datos, vacios), "huella": fingerprint(datos, vacios),
                 "faltan": len(find_faltantes(tabla.formato, datos, vacios))}
    puestas = ", ".join(f'"{columna}" = ?' for columna in columnas)
    base.execute(f"UPDATE renglon SET {puestas} WHERE fila = ?", (*columnas.values(), fila))
    base.executemany("UPDATE archivo SET archivo_id = ? WHERE fila = ? AND campo = ?",
                     [(de_folio(dato["id"]), fila, campo) for campo, dato in hallados.items()])


def dato_de(archivo: Any) -> dict[str, Any]:
    """El dato de un archivo, tal como va en el contenido de un registro."""
    return {"id": a_folio(archivo.id), "nombre": archivo.nombre, "bytes": archivo.bytes, "sha256": archivo.sha256,
            "tipo": archivo.tipo}


def _previos(actor: Actor, tabla: Tabla, base: Any, filas: list[int]) -> dict[int, dict[str, Any]]:
    """Fila → los datos del registro que su folio nombra, si es de la persona."""
    marcas = ",".join("?" * len(filas))
    folios: dict[int, int] = {}
    for fila, folio in base.execute(f"SELECT fila, folio FROM renglon WHERE folio IS NOT NULL AND fila IN ({marcas})", filas):
        try:
            folios[de_folio(folio)] = fila
        except ValueError:
            continue
    if not folios:
        return {}
    m = tabla.trabajo
    consulta = m.select(m.id, m.contenido).where(*condiciones(actor, Accion.EDITAR, tabla), any_of(m.id, folios)).tuples()
    return {folios[registro]: dict(de_canonico(contenido)[0]) for registro, contenido in consulta}


def _same_file(dato: Any, nombre: str) -> Dato | None:
    """El archivo que el registro ya tiene, si la celda lo llama por su nombre o por su dirección (la de la oficina, que es la
    que lleva lo descargado de una lista, o la pública)."""
    if not isinstance(dato, dict):
        return None
    suyo = plegar(str(dato.get("nombre", ""))) == plegar(nombre) or _folio_en(nombre) == dato["id"]
    return dato if suyo else None


def _folio_en(direccion: str) -> str | None:
    """El folio que sigue a ``/archivo/`` en una dirección."""
    _, archivo, resto = direccion.partition("/archivo/")
    return resto.partition("/")[0] if archivo else None


def _by_direccion(sujeto_id: int, nombres: set[str]) -> dict[str, Dato]:
    """Las direcciones públicas de este mismo sistema que dan un archivo de esta institución. Ninguna otra se visita nunca."""
    siglas = {fila.siglas for fila in SujetoObligado.select().where(SujetoObligado.id == sujeto_id)}
    siglas |= {fila.siglas for fila in SiglasAnteriores.select().where(SiglasAnteriores.sujeto_id == sujeto_id)}
    hallados: dict[str, Dato] = {}
    for nombre in nombres:
        if (archivo_id := _id_en(nombre, siglas)) is None:
            continue
        publico = PubArchivo.select().where(PubArchivo.sujeto_id == sujeto_id, PubArchivo.archivo_id == archivo_id).exists()
        archivo = publico and Archivo.get_or_none(Archivo.sujeto_id == sujeto_id, Archivo.id == archivo_id)
        if archivo:
            hallados[nombre] = dato_de(archivo)
    return hallados


def _id_en(direccion: str, siglas: set[str]) -> int | None:
    """El archivo que nombra ``…/<siglas>/archivo/<folio>/<nombre>``; ``None`` si no es de esas."""
    if "/archivo/" not in direccion:
        return None
    try:
        partida = urlsplit(direccion.strip())
        partes = unquote(partida.path).strip("/").split("/")
        suya = len(partes) == 4 and partes[0] in siglas and partes[1] == "archivo" and carpeta.is_nuestra(partida.hostname)
        return de_folio(partes[2]) if suya else None
    except ValueError:
        return None
