"""Las tablas de la base: las fijas, y las que salen del catálogo. Solo se agrega; nunca se borra ni se reconstruye.

(La reconstrucción de tablas de SQLite que hace ``playhouse.migrate`` movió un NOT NULL a otra columna: no se usa.)
"""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from fracciones_config import Campo, Catalogo, Formato
from models import (
    actos,
    actos_publicos,
    adjuntos,
    ausencias,
    borradores,
    cargas,
    conteos,
    lecturas,
    maestros,
    mensajes,
    organos,
    palabras,
    prorrogas,
    pulso,
    sellado,
    sin_cambios,
    sipot,
    sujetos,
    sumas,
    tareas,
    usuarios,
    vigor,
)
from models.base import Modelo, db
from models.busqueda.motores import indice_de
from models.formatos import Tabla, build_tabla, column_name
from models.vigor import EsquemaCampo, FormatoVersion

FIJAS: tuple[type[Modelo], ...] = (
    sujetos.SujetoObligado, sujetos.ActoDeSujeto, sujetos.SiglasAnteriores,
    prorrogas.Prorroga, prorrogas.PubProrroga, lecturas.Lectura, sujetos.Aplicabilidad, sujetos.PubSujeto, sujetos.PubNoAplica,
    sujetos.PubSujetoAntes,
    usuarios.Usuario, usuarios.Asignacion, usuarios.ActoDeCuenta, usuarios.Sesion, usuarios.Intento,
    maestros.Area, maestros.Persona, maestros.Organo,
    organos.OrganoIntegrante, organos.OrganoSesion, organos.PubOrgano,
    adjuntos.Archivo, adjuntos.RegistroArchivo, adjuntos.PubArchivo, adjuntos.PubArchivoAnterior,
    ausencias.Ausencia, ausencias.PubSinInformacion,
    sin_cambios.Confirmacion, sin_cambios.PubSinCambios,
    cargas.Carga, cargas.CargaRegistro, cargas.CargaPrevia, cargas.CargaArchivo, cargas.ArchivoPendiente,
    cargas.Receta, sipot.RenglonSipot,
    borradores.Borrador, borradores.Entrega, borradores.Presencia,
    actos.Acto, actos.ContenidoAnterior, actos.PubVersion, actos_publicos.PubActo, conteos.Tablero, conteos.PubResumen,
    sumas.PubSuma, pulso.PubPulso, sellado.Sellado, sellado.PorBorrar,
    tareas.Trabajo, tareas.Lote, tareas.LoteRenglon,
    mensajes.Hilo, mensajes.Mensaje, mensajes.Entrada, mensajes.Observacion, mensajes.Recordatorio, mensajes.PlazoAvisado,
    mensajes.TareaDiaria, mensajes.ResumenCorreo,
    vigor.CatalogoVersion, vigor.EsquemaCampo, vigor.FormatoVersion, vigor.Escritor, vigor.IndiceForma, palabras.PubPalabra,
)

_DDL = {"TEXT": "TEXT", "BIGINT": "BIGINT", "INT": "INTEGER", "DATE": "DATE", "BOOL": "BOOLEAN"}

MOLDE = 5
"""La forma de las tablas de formato, aparte de sus campos: columnas del sistema e índices. Al cambiarla se sube, y las que ya
existen se ponen al día al arrancar."""

Columnas = dict[str, dict[str, EsquemaCampo]]
"""clave → nombre del campo → su columna vigente."""


def create_fijas() -> None:
    """Crea las tablas que no dependen del catálogo (o les agrega las columnas nuevas), y el índice de búsqueda."""
    presentes = set(db.get_tables())
    db.create_tables(FIJAS, safe=True)
    for modelo in FIJAS:
        if modelo._meta.table_name in presentes:
            _create_or_extend(modelo)
    indice = indice_de(db.obj)
    indice.crear()
    if indice.NOMBRE not in presentes:
        vigor.IndiceForma.insert(nombre=indice.NOMBRE, forma=indice.FORMA, reglas=indice.REGLAS).on_conflict_ignore().execute()


def ensure_molde(tablas: Mapping[str, Tabla]) -> list[str]:
    """Agrega a las tablas hechas con un molde anterior lo que les falta, y da de qué formatos eran. Casi siempre, ninguno."""
    atrasado = FormatoVersion.molde.is_null() | (FormatoVersion.molde < MOLDE)
    claves = [clave for (clave,) in FormatoVersion.select(FormatoVersion.clave).where(atrasado).tuples() if clave in tablas]
    for clave in claves:
        for modelo in (tablas[clave].trabajo, tablas[clave].publica):
            _create_or_extend(modelo)
    if claves:
        FormatoVersion.update(molde=MOLDE).where(FormatoVersion.clave.in_(claves)).execute()
    return claves


def expand(catalogo: Catalogo, numero: int) -> None:
    """Deja en la base todo lo que el catálogo necesita. Dentro de la transacción de quien llama.

    Solo toca los formatos que cambiaron: mientras dura, nadie más escribe.
    """
    columnas = _columnas()
    for formato in catalogo.formatos:
        if _note_cambio(formato, numero):
            _expand_formato(formato, columnas[formato.clave], numero)
    FormatoVersion.delete().where(FormatoVersion.clave.not_in(list(catalogo.por_clave))).execute()


def _note_cambio(formato: Formato, numero: int) -> bool:
    """Apunta en qué versión cambió el formato, para volver a validar lo que se validó antes. Dice si cambió."""
    huella = hashlib.sha256(formato.model_dump_json().encode()).hexdigest()
    suya = FormatoVersion.clave == formato.clave
    anterior = FormatoVersion.get_or_none(suya)
    if anterior is None:
        FormatoVersion.insert(clave=formato.clave, huella=huella, numero=numero, molde=MOLDE).execute()
    elif anterior.huella != huella:
        FormatoVersion.update(huella=huella, numero=numero, molde=MOLDE).where(suya).execute()
    return anterior is None or bool(anterior.huella != huella)


class Tablas(Mapping[str, Tabla]):
    """Las tablas de los formatos de un catálogo; cada una se hace la primera vez que se pide.

    Hacer cien tarda medio segundo, y un proceso no necesita todas para contestar su primera página. Las que no cambiaron
    se toman de ``antes``, la foto anterior.
    """

    def __init__(self, catalogo: Catalogo, antes: Tablas | None = None) -> None:
        self._formatos = {formato.clave: formato for formato in catalogo.formatos}
        self._columnas = _columnas_por_nombre()
        self._numeros: dict[str, int] = dict(FormatoVersion.select(FormatoVersion.clave, FormatoVersion.numero).tuples())
        self._candado = threading.Lock()
        previas: dict[str, Tabla] = antes._hechas if antes is not None else {}
        self._hechas: dict[str, Tabla] = {clave: tabla for clave, tabla in list(previas.items())
                        if clave in self._formatos and tabla.numero == self._numeros.get(clave)}

    def __getitem__(self, clave: str) -> Tabla:
        if clave not in self._hechas:
            formato = self._formatos[clave]
            with self._candado:
                if clave not in self._hechas:
                    self._hechas[clave] = build_tabla(formato, self._columnas[clave], self._numeros.get(clave, 0))
        return self._hechas[clave]

    def __iter__(self) -> Iterator[str]:
        return iter(self._formatos)

    def __len__(self) -> int:
        return len(self._formatos)


def _columnas_por_nombre() -> dict[str, dict[str, str]]:
    """clave → nombre del campo → su columna física vigente."""
    por_clave: dict[str, dict[str, str]] = defaultdict(dict)
    campos = EsquemaCampo.select(EsquemaCampo.clave, EsquemaCampo.nombre, EsquemaCampo.columna)
    for clave, nombre, columna in campos.where(EsquemaCampo.baja.is_null()).tuples():
        por_clave[clave][nombre] = columna
    return por_clave


def _columnas() -> Columnas:
    vigentes: Columnas = defaultdict(dict)
    for fila in EsquemaCampo.select().where(EsquemaCampo.baja.is_null()):
        vigentes[fila.clave][fila.nombre] = fila
    return vigentes


def _expand_formato(formato: Formato, vistas: dict[str, EsquemaCampo], numero: int) -> None:
    for fila in _nuevas(formato, vistas, numero):
        EsquemaCampo.insert(**fila.__data__).execute()
        vistas[fila.nombre] = fila
    nombres = {campo.nombre for campo in formato.campos}
    for nombre in set(vistas) - nombres:
        fila = vistas.pop(nombre)
        EsquemaCampo.update(baja=numero).where(
            EsquemaCampo.clave == formato.clave, EsquemaCampo.columna == fila.columna).execute()
    tabla = build_tabla(formato, {nombre: fila.columna for nombre, fila in vistas.items()}, numero)
    for modelo in (tabla.trabajo, tabla.publica):
        _create_or_extend(modelo)


def _nuevas(formato: Formato, vistas: dict[str, EsquemaCampo], numero: int) -> Iterable[EsquemaCampo]:
    for campo in formato.campos:
        vista = vistas.get(campo.nombre)
        if vista is not None and vista.tipo == campo.tipo:
            continue
        if vista is not None:
            EsquemaCampo.update(baja=numero).where(
                EsquemaCampo.clave == formato.clave, EsquemaCampo.columna == vista.columna).execute()
        columna = _columna_libre(formato.clave, campo)
        yield EsquemaCampo(clave=formato.clave, nombre=campo.nombre, columna=columna, tipo=str(campo.tipo), alta=numero)


def _columna_libre(clave: str, campo: Campo) -> str:
    """El campo que vuelve con el mismo tipo recobra su columna; con otro tipo, estrena una que nadie haya usado."""
    usadas = list(EsquemaCampo.select().where(EsquemaCampo.clave == clave))
    for fila in usadas:
        if fila.nombre == campo.nombre and fila.tipo == campo.tipo:
            EsquemaCampo.delete().where(EsquemaCampo.clave == clave, EsquemaCampo.columna == fila.columna).execute()
            return str(fila.columna)
    ocupadas = {fila.columna for fila in usadas}
    return next(columna for alta in count(1) if (columna := column_name(campo, alta)) not in ocupadas)


def _create_or_extend(modelo: type[Modelo]) -> None:
    nombre = modelo._meta.table_name
    if not db.table_exists(nombre):
        modelo.create_table(safe=False)
        return
    presentes = {columna.name for columna in db.get_columns(nombre)}
    for field in modelo._meta.sorted_fields:
        if field.column_name not in presentes:
            tipo = _DDL[field.field_type]
            db.execute_sql(f'ALTER TABLE "{nombre}" ADD COLUMN "{field.column_name}" {tipo}')
    modelo._schema.create_indexes(safe=True)
